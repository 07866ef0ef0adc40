"""The secant, prediction pairs and two walks, by keyboard; their numbers are the program's."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from moving import outside, press, slide, start, until, write

sys.path.append(str(Path(__file__).resolve().parents[2]))

from live import widgets

SECANT = "2-calculus-and-autograd/slopes.html"
PAIRS = "1-data-and-tokenization/prediction-pairs.html"
DESCENT = "4-training/adam.html"
REFUSED = (
    ("<img src=x onerror=alert(1)>", "the model has never met '<'; wanted letters of"),
    ("an\x07na", re.escape(r"the model has never met '\x07'")),
    ("a" * 60, "60 letters are too many here; wanted at most 40"),
)


def test_the_secant_becomes_the_tangent_and_at_last_the_nudge_is_lost(visit, site):
    seen = visit()
    panel = start(seen.go(f"{site}/{SECANT}"))
    until(panel, "From 3 to 5 the square goes from 9 to 25.*a rate of 8.*the secant is 2 above it")
    slide(panel, "nudge h", *["ArrowLeft"] * 7)
    until(
        panel, r"From 3 to 3\.01 the square goes from 9 to 9\.0601\. .* rate of 6\.01\. .* is 6: "
    )
    slide(panel, "point x", "ArrowLeft", "ArrowLeft")
    until(panel, r"slope at 2\.8 is 5\.6: the secant is 0\.01 above it")
    slide(panel, "nudge h", "Home")
    until(panel, r"2\.8 \+ 1e−16 is 2\.8 again, .* the rate is 0\.")
    slide(panel, "Curve", "ArrowDown", "ArrowDown")
    until(panel, r"The program's slope at 3 is −12")
    panel.locator("summary").focus()
    panel.page.keyboard.press("Enter")
    rates = dict(widgets.secant("throw", 3, 0.01)["rates"])
    rows = panel.locator("details tbody tr").all_text_contents()
    assert len(rows) == 17
    assert rows[2] == f"0.01{rates[0.01]:.9g}0.04".replace("-", "−")
    slide(panel, "Curve", "End")
    slide(panel, "nudge h", *["PageUp"] * 5)
    until(panel, "a rate of 1. The program's slope at 0 is 0: the secant is 1 above it")
    assert outside(seen, site) == []
    assert seen.said == []


def test_a_name_is_pulled_through_the_slit_and_the_block_cuts_its_end(visit, site):
    seen = visit()
    panel = start(seen.go(f"{site}/{PAIRS}"))
    until(
        panel, "mia is BOS 26, m 12, i 8, a 0, BOS 26: 5 tokens, 4 pairs. A block of 16 keeps them"
    )
    slide(panel, "position", "End")
    until(panel, "Position 3: in sight is BOS m i a. It sees a 0 and must say BOS 26")
    write(panel, "Name", "jonathan")
    until(panel, "10 tokens, 9 pairs")
    slide(panel, "block", *["ArrowLeft"] * 8)
    until(panel, "A block of 8 keeps 8 of them and drops the last one")
    slide(panel, "position", "End")
    until(
        panel, "Position 8 lies beyond the block: that after BOS j o n a t h a n comes BOS is never"
    )
    found = widgets.pairs("jonathan", 8)
    cells = panel.locator("tbody td").all_text_contents()
    tokens = [f"{word}{number}" for word, number in found["tokens"]]
    assert cells == tokens[:-1] + tokens[1:]
    assert panel.locator("td.cut").count() == 2
    for name, said in REFUSED:
        write(panel, "Name", name)
        until(panel, said)
    write(panel, "Name", "")
    until(panel, "The empty name is BOS 26, BOS 26: 2 tokens, 1 pair. A block of 8 keeps it.")
    assert panel.locator("img").count() == 0
    assert outside(seen, site) == []
    assert seen.said == []


def test_both_walks_step_run_and_begin_again(visit, site):
    seen = visit()
    panel = start(seen.go(f"{site}/{DESCENT}"))
    until(
        panel,
        r"After 20 steps gradient descent, rate 0\.04, .* loss 9\.13; Adam, rate 1, .*0\.4583",
    )
    press(panel, "Reset")
    until(panel, r"After 0 steps .* stands at band 3, tilt 1, loss 18; Adam, .* loss 18")
    press(panel, "Step")
    until(panel, r"After 1 step .* loss 26")
    slide(panel, "rate of gradient descent", "ArrowRight")
    until(panel, r"gradient descent, rate 0\.05")
    press(panel, "Run")  # the visitor wants no motion: it goes straight to the end
    until(panel, r"After 250 steps gradient descent, .* has flown apart at step \d+")
    plain, adam = (widgets.walks(0.05, 1, 3, 1, 250)[kind]["track"] for kind in ("plain", "adam"))
    until(panel, f"apart at step {len(plain) - 1}, .* loss {adam[-1][2]:.4g}\\.")
    assert panel.get_by_role("button", name="Step", exact=True).is_disabled()
    slide(panel, "start: tilt", "End")
    until(panel, "After 250 steps")
    wanted = widgets.walks(0.05, 1, 3, 12, 250)["adam"]["track"][250]
    said = until(panel, r"(?<=Adam, rate 1, stands at band ).*(?=\.How|\.Both)")
    numbers = re.findall(r"[−\d][\d.e−]*", said)
    assert [float(each.replace("−", "-")) for each in numbers] == pytest.approx(wanted, rel=1e-3)
    slide(panel, "rate of Adam", *["ArrowLeft"] * 7)
    until(panel, r"Adam, rate 0\.1")
    panel.locator("summary").focus()
    panel.page.keyboard.press("Enter")
    row = panel.locator("details tbody tr", has=panel.page.get_by_text("20", exact=True)).first
    wanted = widgets.walks(0.05, 0.1, 3, 12, 20)["adam"]["track"][20]
    cells = row.locator("td").all_text_contents()[3:]
    assert [float(cell.replace("−", "-")) for cell in cells] == pytest.approx(wanted, rel=1e-3)
    assert outside(seen, site) == []
    assert seen.said == []


def test_a_run_with_motion_can_be_stopped_and_a_touch_sets_the_start(visit, site):
    page = visit().page
    page.emulate_media(reduced_motion="no-preference")
    page.goto(f"{site}/{DESCENT}")
    panel = start(page)
    press(panel, "Run")
    until(panel, r"After 2[3-9] steps")
    press(panel, "Stop")
    panel.get_by_role("button", name="Run", exact=True).wait_for()
    stopped = until(panel, r"After \d+ steps")
    page.wait_for_timeout(300)
    assert until(panel, r"After \d+ steps") == stopped
    panel.locator(".map svg").click(position={"x": 200, "y": 60})
    band, tilt = (panel.get_by_label(f"start: {dial}").input_value() for dial in ("band", "tilt"))
    assert (band, tilt) != ("3", "1")
    press(panel, "Reset")
    until(panel, f"After 0 steps .* stands at band {band}, tilt {tilt}, ".replace("-", "−"))
