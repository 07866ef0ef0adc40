"""How should the learning rate go? Four schedules, five starts, 1000 steps of Adam, held out.

``NAME.SEED`` trains with the plain engine, whose ``learning_rate`` is replaced, and gives the
held-out loss after 250, 500, 750 and 1000 steps. ``end.NAME.SEED`` gives it after each of the last
ten steps, to show how much hangs on the name that happens to come last. ``descent.RATE.SEED`` is
gradient descent whose rate falls in a straight line from RATE.
"""

import math
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

from book.experiments.adam import apply
from book.experiments.trials import fresh, held_out_loss, split, vocabulary
from microgpt.engines import plain

STEPS = 1000
SEEDS = (1, 2, 3, 4, 5)
MARKS = (250, 500, 750, 1000)
ENDS = tuple(range(STEPS - 9, STEPS + 1))


def constant(step: int, steps: int) -> float:
    """Return 0.01, always."""
    return 0.01


def half(step: int, steps: int) -> float:
    """Return 0.005, always: as much in all as a straight line from 0.01 to 0."""
    return 0.005


def linear(step: int, steps: int) -> float:
    """Return the program's rate."""
    return 0.01 * (1 - (step - 1) / steps)


def cosine(step: int, steps: int) -> float:
    """Return a rate that falls from 0.01 to 0 along half a cosine wave."""
    return 0.01 * (1 + math.cos(math.pi * (step - 1) / steps)) / 2


SCHEDULES = {"constant": constant, "half": half, "linear": linear, "cosine": cosine}


def run(name: str, marks: tuple[int, ...], seed: int) -> list[float]:
    """Train and return the held-out loss after some of the steps."""
    made, (names, held_out) = fresh(seed), split(seed)
    found = []
    with patch.object(plain, "learning_rate", SCHEDULES[name]):
        for step, _ in enumerate(plain.train(names, vocabulary(), made, STEPS), start=1):
            if step in marks:
                found.append(held_out_loss(made, held_out))
    return found


def descend(rate: float, seed: int) -> float:
    """Train by gradient descent with a falling rate and return the held-out loss."""
    made, (names, held_out) = fresh(seed), split(seed)
    engine, tokenizer = plain.Plain(made), vocabulary()

    def move(engine: plain.Plain, step: int, grads: list[float]) -> list[float]:
        return [rate * (1 - (step - 1) / STEPS) * grad for grad in grads]

    for step in range(1, STEPS + 1):
        engine.backward(tokenizer.encode(names[step - 1]))
        apply(engine, move, step)
    engine.write_back()
    return held_out_loss(made, held_out)


PARTS: dict[str, Callable[[], object]] = {}
for SEED in SEEDS:
    for NAME in SCHEDULES:
        PARTS[f"{NAME}.{SEED}"] = partial(run, NAME, MARKS, SEED)
for SEED in SEEDS[:3]:
    for NAME in ("constant", "linear"):
        PARTS[f"end.{NAME}.{SEED}"] = partial(run, NAME, ENDS, SEED)
    for RATE in (0.1, 0.3):
        PARTS[f"descent.{RATE}.{SEED}"] = partial(descend, RATE, SEED)
