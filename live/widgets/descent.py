"""Two walks in the valley of the two throws: gradient descent, and the program's Adam."""

from __future__ import annotations

import math
from typing import ClassVar

from microgpt.autograd import Value
from microgpt.files import InputError
from microgpt.optimizer import Adam

from .asking import Answer, Tell, question

LOW, HIGH = (-1.5, -1.5), (5.0, 12.0)  # of band and tilt
LEVELS = (1, 4, 10, 18, 40, 80, 160)
CORNERS = 120
RATES = [float(f"{digit}e-{power}") for power in (3, 2, 1, 0) for digit in (1, 1.5, 2, 3, 4, 5, 7)]
RATES = [rate for rate in RATES if rate <= 2]
MOST_STEPS = 250
FAR = 1e9  # a loss beyond which a walk has flown apart


def two_throws(band: Value, tilt: Value) -> Value:
    """Return the loss of the lesson: the squared misses with two notches and with four."""
    short = 2 * band + tilt - 10
    long = 4 * band + tilt - 10
    return short * short + long * long


class Walk:
    """A walk that goes on where it stopped.

    Args:
        rate: the learning rate.
        band: where it starts.
        tilt: where it starts.
    """

    def __init__(self, rate: float, band: float, tilt: float) -> None:
        self.given = (rate, band, tilt)
        self.rate, self.dials = rate, [Value(float(band)), Value(float(tilt))]
        self.track: list[list[float]] = []  # band, tilt and loss, before each step

    def to(self, steps: int) -> Answer:
        """Return the track, as far as so many steps or until the walk flies apart."""
        while len(self.track) <= steps and not self.away:
            if self.track:
                self.move(len(self.track))
            loss = two_throws(*self.dials)
            loss.backward()
            self.track.append([*(dial.data for dial in self.dials), loss.data])
        return {
            "track": self.track[: steps + 1],
            "away": self.away and len(self.track) <= steps + 1,
        }

    @property
    def away(self) -> bool:
        """Return whether it has flown apart."""
        return bool(self.track) and not self.track[-1][-1] <= FAR

    def move(self, step: int) -> None:
        """Move as gradient descent does: against the slope, by the rate times the slope."""
        for dial in self.dials:
            dial.data -= self.rate * dial.grad
            dial.grad = 0.0


class AdamWalk(Walk):
    """The same with the program's optimizer."""

    def __init__(self, rate: float, band: float, tilt: float) -> None:
        super().__init__(rate, band, tilt)
        self.adam = Adam(self.dials)

    def move(self, step: int) -> None:
        """Let the program move the dials."""
        self.adam.update(step, self.rate)


class Desk:
    """What this thread has in hand."""

    walks: ClassVar[dict[type[Walk], Walk]] = {}


def going(kind: type[Walk], rate: float, band: float, tilt: float) -> Walk:
    """Return the walk in hand, or a new one if something else is asked for."""
    walk = Desk.walks.get(kind)
    if walk is None or walk.given != (rate, band, tilt):
        walk = Desk.walks[kind] = kind(rate, band, tilt)
    return walk


@question
def valley(tell: Tell) -> Answer:
    """Return lines of equal loss: there the two misses, as a pair, lie on a circle."""
    lines = []
    for level in LEVELS:
        line = []
        for corner in range(CORNERS + 1):
            turn = 2 * math.pi * corner / CORNERS
            short, long = level**0.5 * math.cos(turn), level**0.5 * math.sin(turn)
            line.append([(long - short) / 2, 10 + 2 * short - long])
        lines.append(line)
    return {
        "lines": lines, "levels": LEVELS, "low": LOW, "high": HIGH, "rates": RATES,
        "steps": MOST_STEPS,
    }  # fmt: skip


@question
def walks(plain: float, adam: float, band: float, tilt: float, steps: int, tell: Tell) -> Answer:
    """Return both tracks from a start, with a rate for each."""
    for rate in (plain, adam):
        if rate not in RATES:
            raise InputError(f"a rate of {rate:g} given; wanted {RATES[0]:g} to {RATES[-1]:g}")
    for word, given, low, high in zip(("band", "tilt"), (band, tilt), LOW, HIGH):
        if not low <= given <= high:
            raise InputError(f"{word} {given:g} given; wanted {low:g} to {high:g}")
    if not 0 <= steps <= MOST_STEPS:
        raise InputError(f"{steps} steps given; wanted 0 to {MOST_STEPS}")
    return {
        "plain": going(Walk, plain, band, tilt).to(steps),
        "adam": going(AdamWalk, adam, band, tilt).to(steps),
    }
