"""The secant that becomes a tangent: a rate by a nudge, beside the slope that the program finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from microgpt.autograd import Value
from microgpt.files import InputError, quoted

from .asking import Answer, Tell, question

POINTS = 160
# From 2 down to 1e-16, three to each power of ten: even steps on the slider.
NUDGES = [float(f"{digit}e-{power}") for power in range(17) for digit in (5, 2, 1)][1:]


class Curve(NamedTuple):
    """A function of the lesson and the part of it that is drawn."""

    words: str
    function: Callable[[Value], Value]
    low: float
    high: float
    start: float


def square(x: Value) -> Value:
    """Return a number times itself."""
    return x * x


def cube(x: Value) -> Value:
    """Return the volume of a cube with edge x."""
    return x * x * x


def throw(band: Value) -> Value:
    """Return the loss of the sling, with the tilt at 1."""
    push = band * 2
    land = push + 1
    miss = land + -10
    return miss * miss


def roll(speed: Value) -> Value:
    """Return how far a ball rolls through high grass in two seconds."""
    way = Value(0.0)
    for _ in range(20):
        way += speed * 0.1
        speed -= 0.02 * speed * speed
    return way


def without_sign(x: Value) -> Value:
    """Return the plain metres of a miss; of its two parts one is always 0."""
    return x.relu() + (-x).relu()


CURVES = {
    "square": Curve("the square, x · x", square, -2, 6, 3),
    "cube": Curve("the cube, x · x · x", cube, -2, 5, 3),
    "throw": Curve("the loss of the throw, x is band", throw, 2, 7, 3),
    "roll": Curve("the ball in the grass, x is its speed", roll, 1, 12, 4),
    "abs": Curve("a corner, x without its sign", without_sign, -3, 4, 0),
}


@lru_cache
def drawn(name: str) -> tuple[list[float], list[float]]:
    """Return the places of a curve; a slider asks for them again and again."""
    _, function, low, high, _ = CURVES[name]
    places = [low + (high - low) * i / POINTS for i in range(POINTS + 1)]
    return places, [function(Value(place)).data for place in places]


@question
def curves(tell: Tell) -> Answer:
    """Return what can be chosen: curves, how far their point may move, and nudges."""
    return {
        "curves": [
            [name, curve.words, curve.low, curve.high - NUDGES[0], curve.start]
            for name, curve in CURVES.items()
        ],
        "nudges": NUDGES[::-1],
    }


@question
def secant(name: str, x: float, nudge: float, tell: Tell) -> Answer:
    """Return a curve, its rate between x and a nudge beyond, and the program's slope at x."""
    curve = CURVES.get(name)
    if curve is None:
        raise InputError(f"there is no curve {quoted(name, 30)}; wanted one of {', '.join(CURVES)}")
    if not curve.low <= x <= curve.high - NUDGES[0]:
        wanted = f"{curve.low:g} to {curve.high - NUDGES[0]:g}"
        raise InputError(f"x = {x:g} given; wanted {wanted}")
    if nudge not in NUDGES:
        raise InputError(f"a nudge of {nudge:g} given; wanted {NUDGES[-1]:g} to {NUDGES[0]:g}")

    def height(place: float) -> float:
        return curve.function(Value(place)).data

    dial = Value(float(x))
    curve.function(dial).backward()
    here = height(x)
    return {
        "curve": drawn(name),
        "here": [x, here],
        "there": [x + nudge, height(x + nudge)],
        "slope": dial.grad,
        "rates": [[h, (height(x + h) - here) / h] for h in NUDGES[::-1]],
    }
