"""Plain gradient descent in the real model: which learning rate works, and how alike are slopes?

``rate.RATE.SEED`` trains from scratch with one document a step and a constant rate, each parameter
moved by rate times slope. ``alike.SEED`` asks, at a random start, how well one name's gradient
agrees with the mean over 200 names. ``random.SEED`` compares, in the trained model, the slope along
the gradient with slopes along random directions.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments.trials import fresh, split, vocabulary
from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.parameters import Model

RATES = (0.01, 0.1, 1.0, 10.0)
STEPS = 500
SEEDS = (1, 2, 3)
MANY = 200


def descend(rate: float, seed: int) -> dict[str, object]:
    """Return the mean loss over each 50 steps, and whether the run broke down."""
    engine, tokenizer = plain.Plain(fresh(seed)), vocabulary()
    losses: list[float] = []
    broke = False
    for document in split(seed)[0][:STEPS]:
        try:
            losses.append(engine.backward(tokenizer.encode(document)))
        except (ValueError, OverflowError, ZeroDivisionError):
            broke = True
            break
        for name, table in engine.tables.items():
            for row, grads in zip(table, engine.grads[name]):
                for i, grad in enumerate(grads):
                    row[i] -= rate * grad
                    grads[i] = 0.0
    means = [sum(losses[i : i + 50]) / 50 for i in range(0, len(losses) - 49, 50)]
    return {"means": means, "steps": len(losses), "broke": broke}


def gradient(made: Model, documents: list[str]) -> list[float]:
    """Return the mean gradient over some documents, flat."""
    engine, tokenizer = plain.Plain(made), vocabulary()
    for document in documents:
        engine.backward(tokenizer.encode(document))
    tables = engine.grads.values()
    return [grad / len(documents) for table in tables for row in table for grad in row]


def cosine(a: list[float], b: list[float]) -> float:
    """Return the cosine of the angle between two directions."""
    product = math.fsum(x * y for x, y in zip(a, b))
    return product / math.sqrt(math.fsum(x * x for x in a) * math.fsum(y * y for y in b))


def alike(seed: int) -> dict[str, list[float]]:
    """Return the cosines between single names' gradients and the mean over other names."""
    names = split(seed)[0]
    found: dict[str, list[float]] = {}
    for when, made in (("before", fresh(seed)), ("after", load_model()[0])):
        mean = gradient(made, names[:MANY])
        found[when] = [cosine(gradient(made, [n]), mean) for n in names[MANY : MANY + 20]]
    return found


def random_directions(seed: int) -> dict[str, float]:
    """Return the slope along the gradient and the mean size along 200 random directions."""
    names = load_documents(NAMES)
    Random(seed).shuffle(names)
    slopes = gradient(load_model()[0], names[:MANY])
    steepest = math.sqrt(math.fsum(slope**2 for slope in slopes))
    rng = Random(seed)
    sizes = []
    for _ in range(MANY):
        direction = [rng.gauss(0, 1) for _ in slopes]
        sizes.append(abs(cosine(direction, slopes)) * steepest)
    return {"steepest": steepest, "random": math.fsum(sizes) / MANY}


PARTS: dict[str, Callable[[], object]] = {}
for SEED in SEEDS:
    for RATE in RATES:
        PARTS[f"rate.{RATE}.{SEED}"] = partial(descend, RATE, SEED)
    PARTS[f"alike.{SEED}"] = partial(alike, SEED)
    PARTS[f"random.{SEED}"] = partial(random_directions, SEED)
