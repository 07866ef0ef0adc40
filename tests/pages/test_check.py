"""The judge in the page: starters fail, the program passes, and nothing written harms it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

from microgpt.exercises import TITLES
from microgpt.exercises.cases import cases_of
from microgpt.exercises.starter import WARM_UP
from microgpt.single_file import assemble

PAGE = "appendix/build-it.html"
PATIENCE = 240_000  # milliseconds; a test waits for an end, never for a time
DIAL = """
def slope(loss, w, nudge=0.001):
    return (loss(w + nudge) - loss(w - nudge)) / (2 * nudge)

def learn(loss, w, rate, steps):
    for _ in range(steps):
        w = w - rate * slope(loss, w)
    return w
"""
# Let go in one, each link frees the next: deeper than a browser's stack.
DEEP = """
class Link:
    pass

last = None
for _ in range(100_000):
    one = Link()
    one.next = last
    last = one
del last, one
"""


@pytest.fixture(scope="module")
def panel(chromium, site):
    """Return the panel, started once for all of these tests."""
    page = chromium.new_page()
    page.goto(f"{site}/{PAGE}")
    found = page.locator(".explore")
    found.locator(".start").click()
    found.locator(".works").wait_for(state="visible", timeout=PATIENCE)
    yield found
    page.close()


def choose(panel, number: int) -> None:
    """Choose an exercise; each begins with its starter in a browser that has kept nothing."""
    panel.page.evaluate("localStorage.clear()")
    panel.get_by_label("Exercise", exact=True).select_option(str(number))
    panel.get_by_role("button", name="Starter again").click()


def write(panel, text: str) -> None:
    """Replace what is in the editor, by keyboard."""
    panel.locator(".cm-content").focus()
    panel.page.keyboard.press("Control+A")
    panel.page.keyboard.insert_text(text)


def begin(panel) -> None:
    """Have it judged, by keyboard."""
    panel.get_by_role("button", name="Check", exact=True).focus()
    panel.page.keyboard.press("Enter")


def end(panel) -> list[str]:
    """Wait until the judge is back, and return a line for each promise."""
    panel.get_by_role("button", name="Check", exact=True).wait_for(timeout=PATIENCE)
    return panel.locator("li").all_text_contents()


@pytest.mark.parametrize("number", TITLES)
def test_a_starter_fails_in_the_page_and_the_program_itself_passes(panel, number):
    choose(panel, number)
    begin(panel)
    lines = end(panel)
    assert len(lines) == len(cases_of(number))
    assert all(line.startswith("not kept: ") for line in lines)
    write(panel, DIAL if number == 0 else assemble([], docstrings=False))
    begin(panel)
    assert end(panel) == [f"kept: {case.promise}" for case in cases_of(number)]
    assert f"All {len(lines)} kept" in panel.text_content()


def test_what_is_wrong_is_said_with_its_numbers_and_the_work_is_kept(panel):
    choose(panel, 0)
    wrong = DIAL.replace("(2 * nudge)", "nudge")
    write(panel, wrong)
    begin(panel)
    told = end(panel)[0]
    assert "slope(lambda w: w ** 2, 3.0) gives 12, wanted 6; divide by how far apart" in told
    kept = panel.page.evaluate("localStorage.getItem('microgpt:exercise:0')")
    assert kept.strip() == wrong.strip()
    panel.get_by_role("button", name="Starter again").click()
    shown = panel.locator(".cm-content").text_content()
    assert WARM_UP.read_text("utf-8").split("\n")[0] in shown
    assert panel.page.evaluate("localStorage.getItem('microgpt:exercise:0')") is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def slope(:\n", "line 1"),
        ("import sys\nsys.exit()\n", "it ended Python itself (SystemExit)"),
        ("def slope(f, w):\n    return slope(f, w)\n", "calls itself too often"),
        ("<img src=x onerror=alert(1)>", "line 1"),
    ],
)
def test_a_broken_answer_is_told_in_a_sentence(panel, text, wanted):
    choose(panel, 0)
    write(panel, text)
    begin(panel)
    assert wanted in " ".join(end(panel))
    assert panel.locator("img").count() == 0


def test_an_endless_answer_can_be_stopped_and_the_next_is_judged(panel):
    choose(panel, 0)
    write(panel, "while True:\n    pass\n")
    begin(panel)
    stop = panel.get_by_role("button", name="Stop", exact=True)
    stop.wait_for()
    panel.page.wait_for_timeout(300)  # the loop is on its way
    stop.click()
    assert end(panel) == []
    assert "stopped" in panel.text_content()
    write(panel, DIAL)
    begin(panel)
    assert len(end(panel)) == 4
    assert "All 4 kept" in panel.text_content()


def test_python_that_breaks_down_starts_again(panel):
    choose(panel, 0)
    write(panel, DEEP)
    begin(panel)
    end(panel)
    assert "Python itself broke down" in panel.text_content()
    write(panel, DIAL)
    begin(panel)
    end(panel)
    assert "All 4 kept" in panel.text_content()
