"""What the secant, the pairs and the two walks are answered: the program's numbers, or why not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

from book.figures import adam as figures_adam
from book.figures import gradient_descent, slopes
from live import widgets
from live.widgets import descent
from live.widgets.slopes import CURVES, NUDGES, throw
from microgpt.assets import NAMES
from microgpt.autograd import Value
from microgpt.data import load_documents
from microgpt.tokenizer import Tokenizer, prediction_pairs


@pytest.fixture(autouse=True)
def fresh():
    """Every test begins with the shipped model and no walk."""
    yield
    widgets.use(None, 0)
    descent.Desk.walks.clear()


# --- the secant ---


@pytest.mark.parametrize(
    ("name", "function"),
    [("square", slopes.square), ("cube", slopes.cube), ("throw", slopes.throw), ("abs", abs)],
)
@pytest.mark.parametrize("x", [-2, -0.3, 0, 3, 4.2])
def test_rates_are_those_of_the_lesson_and_the_slope_is_value_s(name, function, x):
    curve = CURVES[name]
    x = min(max(x, curve.low), curve.high - NUDGES[0])
    found = widgets.secant(name, x, 0.01)
    assert found["here"] == [x, pytest.approx(function(x), rel=1e-15)]
    for h, rate in found["rates"]:
        assert rate == slopes.rate(function, x, h)
    if x or name != "abs":
        assert found["slope"] == pytest.approx(slopes.central(function, x, 1e-5), abs=1e-8)
    assert [found["there"][1]] == [function(x + 0.01)]
    json.dumps(found, allow_nan=False)


def test_the_ball_in_the_grass_rolls_as_in_the_lesson():
    rates = dict(widgets.secant("roll", 4, 0.01)["rates"])
    assert round(rates[0.001], 3) == 0.763
    assert round(widgets.secant("roll", 8, 0.01)["slope"], 3) == 0.45


def test_at_the_corner_the_program_says_0_and_every_secant_1():
    found = widgets.secant("abs", 0, 0.01)
    assert found["slope"] == 0
    assert {rate for _, rate in found["rates"]} == {1.0}


def test_nudges_go_down_in_even_steps_until_they_are_lost():
    offered = widgets.curves()
    assert offered["nudges"] == sorted(NUDGES)
    assert {0.1, 0.01, 0.001, 1e-8, 1e-16} <= set(NUDGES)
    assert widgets.secant("square", 3, 1e-16)["there"] == [3, 9]
    for name, _, low, high, start in offered["curves"]:
        assert low <= start <= high
        assert "refused" not in widgets.secant(name, high, 2)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("<b>", 3, 0.1), "there is no curve '<b>'"),
        (("", 3, 0.1), "there is no curve ''"),
        (("square", 9, 0.1), "x = 9 given; wanted -2 to 4"),
        (("square", float("nan"), 0.1), "x = nan given"),
        (("square", 3, 0), "a nudge of 0 given"),
        (("square", 3, -1), "a nudge of -1 given"),
    ],
)
def test_no_secant_without_a_curve_a_point_and_a_nudge(given, why):
    assert widgets.secant(*given)["refused"].startswith(why)


def test_the_curve_is_the_sling_of_the_lesson():
    dial = Value(3.0)
    loss = throw(dial)
    loss.backward()
    assert (loss.data, dial.grad) == (9, -12)


# --- pairs ---


@pytest.mark.parametrize("block", [1, 8, 16])
@pytest.mark.parametrize("name", ["", "mia", "christopher", "a" * 40])
def test_tokens_and_pairs_are_the_program_s(name, block):
    tokenizer = Tokenizer(load_documents(NAMES))
    tokens = tokenizer.encode(name)
    found = widgets.pairs(name, block)
    assert [number for _, number in found["tokens"]] == tokens
    assert "".join(word for word, _ in found["tokens"][1:-1]) == name
    assert {found["tokens"][0][0], found["tokens"][-1][0]} == {"BOS"}
    assert found["pairs"] == list(zip(tokens, tokens[1:]))
    assert found["pairs"][: found["kept"]] == prediction_pairs(tokens, block)


@pytest.mark.parametrize(
    ("name", "block", "why"),
    [
        ("Ada", 16, "the model has never met 'A'"),
        ("<img>", 16, "the model has never met '<'"),
        ("an\x07na", 16, r"the model has never met '\x07'"),
        ("\u202ebob", 16, r"the model has never met '\u202e'"),
        ("a" * 41, 16, "41 letters are too many here; wanted at most 40"),
        ("anna", 0, "a block of 0 given; wanted 1 to 16"),
        ("anna", 17, "a block of 17 given; wanted 1 to 16"),
    ],
)
def test_a_name_that_cannot_be_read_and_a_block_that_is_none_are_refused(name, block, why):
    assert widgets.pairs(name, block)["refused"].startswith(why)


# --- gradient descent and Adam ---


@pytest.mark.parametrize("rate", [0.01, 0.04, 0.1, 1])
def test_walks_are_those_of_the_lessons_step_for_step(rate):
    places, losses = gradient_descent.walk(0.04, 101)
    found = widgets.walks(0.04, rate, 3, 1, 100)
    assert found["plain"]["track"] == [[*place, loss] for place, loss in zip(places, losses)]
    places, losses = figures_adam.adam_walk(rate, 101)
    assert found["adam"]["track"] == [[*place, loss] for place, loss in zip(places, losses)]


def test_adam_s_losses_are_those_that_the_lesson_prints():
    losses = [loss for _, _, loss in widgets.walks(0.01, 0.01, 3, 1, 100)["adam"]["track"]]
    assert [round(losses[i], 4) for i in (0, 1, 20, 100)] == [18.0, 17.882, 16.0598, 12.2053]


def test_a_walk_goes_on_where_it_stopped_and_can_be_looked_back_on():
    whole = widgets.walks(0.04, 1, 3, 1, 30)
    descent.Desk.walks.clear()
    for steps in (0, 7, 30, 12):
        found = widgets.walks(0.04, 1, 3, 1, steps)
        for kind in ("plain", "adam"):
            assert found[kind]["track"] == whole[kind]["track"][: steps + 1]
    assert widgets.walks(0.04, 1, 2, 1, 0)["adam"]["track"][0][:2] == [2, 1]


def test_a_walk_that_flies_apart_ends_and_says_so():
    found = widgets.walks(1, 2, 3, 1, 250)
    assert found["plain"]["away"]
    assert not found["adam"]["away"]
    assert len(found["plain"]["track"]) < 20
    assert not widgets.walks(1, 2, 3, 1, 2)["plain"]["away"]
    json.dumps(found, allow_nan=False)


def test_on_a_line_the_loss_is_the_same_everywhere():
    found = widgets.valley()
    for level, line in zip(found["levels"], found["lines"]):
        assert line[0] == pytest.approx(line[-1])
        for band, tilt in line:
            assert gradient_descent.loss_of(band, tilt) == pytest.approx(level)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((0, 1, 3, 1, 5), "a rate of 0 given; wanted 0.001 to 2"),
        ((0.04, 9, 3, 1, 5), "a rate of 9 given"),
        ((0.04, 1, 99, 1, 5), "band 99 given; wanted -1.5 to 5"),
        ((0.04, 1, 3, float("nan"), 5), "tilt nan given"),
        ((0.04, 1, 3, 1, 251), "251 steps given; wanted 0 to 250"),
        ((0.04, 1, 3, 1, -1), "-1 steps given"),
    ],
)
def test_no_walk_without_a_rate_a_start_and_a_number_of_steps(given, why):
    assert widgets.walks(*given)["refused"].startswith(why)
