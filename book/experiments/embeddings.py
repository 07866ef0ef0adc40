"""How do the rows of the letters move while the model learns?

The run that made the shipped model, with the plain engine, looked at every 40 steps. A letter's row
has sixteen numbers; it is shown by its shadow on a flat wall, the one on which the rows at the end
spread most (their two principal components). The wall is the same for all steps, and the middle of
the letters is always in its middle.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from book.experiments import trials
from microgpt.engines import plain
from microgpt.parameters import Model

STEPS = 1000
EVERY = 40
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Rows = list[list[float]]


def rows_of(made: Model) -> Rows:
    """Return the rows of the letters; that of BOS is left out."""
    return [[value.data for value in row] for row in made.matrices["token"][: len(LETTERS)]]


def shipped_run() -> list[Rows]:
    """Train as ``microgpt train`` does, and return the rows after every 40 steps."""
    documents, tokenizer, model = trials.shipped_start()
    seen = [rows_of(model)]
    for step, _ in enumerate(plain.train(documents, tokenizer, model, STEPS), 1):
        if step % EVERY == 0:
            seen.append(rows_of(model))
    return seen


def wall(rows: Rows) -> Any:
    """Return the two directions in which the rows spread most, with i at the upper right."""
    centred = np.array(rows) - np.mean(rows, axis=0)
    directions = np.linalg.svd(centred, full_matrices=False)[2][:2]
    signs = np.where((centred @ directions.T)[LETTERS.index("i")] < 0, -1, 1)
    return directions * signs[:, None]


def nearest(rows: Rows, place: int) -> str:
    """Return the three letters whose rows, of sixteen numbers, lie nearest to a letter's."""
    others = [other for other in range(len(rows)) if other != place]
    others.sort(key=lambda other: math.dist(rows[place], rows[other]))
    return "".join(LETTERS[other] for other in others[:3])


def seen_on(directions: Any, rows: Rows) -> dict[str, object]:
    """Return what is shown of a step: shadows, the share of the spread in them, neighbours."""
    centred = np.array(rows) - np.mean(rows, axis=0)
    shadow = centred @ directions.T
    return {
        "share": round(float((shadow**2).sum() / (centred**2).sum()), 3),
        "places": " ".join(f"{x:.3f},{y:.3f}" for x, y in shadow),
        "nearest": " ".join(nearest(rows, place) for place in range(len(rows))),
    }


def moving() -> dict[str, object]:
    """Return what is seen after every 40 steps of the run."""
    seen = shipped_run()
    directions = wall(seen[-1])
    return {"steps": STEPS, "every": EVERY, "seen": [seen_on(directions, rows) for rows in seen]}


PARTS: dict[str, Callable[[], object]] = {"moving": moving}
