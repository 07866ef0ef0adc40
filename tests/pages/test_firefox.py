"""The main road in Debian's Firefox: an example runs, an endless one is stopped, a model learns."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

from live import widgets

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 240  # seconds; a test waits for an end, never for a time


@pytest.fixture(scope="module")
def firefox():
    """One browser for all of these tests."""
    if not FIREFOX:
        pytest.skip("Firefox is not installed")
    driver = pytest.importorskip(
        "marionette_driver.marionette", reason="marionette-driver is not installed"
    )
    opened = driver.Marionette(bin=FIREFOX, headless=True, startup_timeout=PATIENCE, gecko_log="-")
    opened.start_session()
    yield opened
    opened.quit()


def find(firefox, selector: str):
    return firefox.find_element("css selector", selector)


def until(firefox, script: str) -> None:
    """Wait until a script returns something true."""
    from marionette_driver import Wait

    Wait(firefox, timeout=PATIENCE).until(lambda seen: seen.execute_script(f"return {script}"))


def status(firefox, number: int = 0) -> str:
    rows = firefox.find_elements("css selector", ".live-row")
    return rows[number].find_element("css selector", ".live-status").text


def run(firefox, number: int = 0) -> str:
    """Press Run at the numbered example and return what its row says when it is done."""
    row = firefox.find_elements("css selector", ".live-row")[number]
    row.find_element("css selector", ".live-run").click()
    until(firefox, f"!document.querySelectorAll('.live-row')[{number}].classList.contains('busy')")
    return status(firefox, number)


def test_an_example_runs_and_an_endless_one_is_stopped(firefox, site):
    firefox.navigate(f"{site}/2-calculus-and-autograd/value.html")
    assert run(firefox) == "same as the book"
    find(firefox, ".live-edit").click()
    until(firefox, "document.querySelector('.cm-content')")
    find(firefox, ".cm-content").send_keys("\ue009a\ue000")  # Control and A
    find(firefox, ".cm-content").send_keys("while True: pass")
    find(firefox, ".live-run").click()
    until(firefox, "document.querySelector('.live-stop').checkVisibility()")
    find(firefox, ".live-stop").click()
    assert status(firefox) == "stopped"
    find(firefox, ".live-reset").click()
    assert run(firefox, 1) == "same as the book"


def test_a_model_learns_and_can_be_stopped(firefox, site):
    firefox.navigate(f"{site}/4-training/training-loop.html")
    find(firefox, ".explore .start").click()
    until(firefox, "document.querySelector('.explore .works').checkVisibility()")
    buttons = firefox.find_elements("css selector", ".works button")
    main = next(button for button in buttons if button.text == "Train")
    main.click()
    said = "document.querySelector('.explore').textContent"
    until(firefox, rf"/step [1-9]\d+ of 1000/.test({said})")
    assert main.text == "Stop"
    main.click()
    until(firefox, f"{said}.includes('Stopped')")
    step, loss = re.search(
        r"step (\d+) of 1000, loss ([\d.]+)", firefox.execute_script(f"return {said}")
    ).groups()
    widgets.begin(None)
    losses: list[float] = []
    while len(losses) < int(step):
        losses += widgets.learn(int(step) - len(losses))["losses"]
    assert len(losses) >= 10
    assert f"{losses[-1]:.4f}" == loss
