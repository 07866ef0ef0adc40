"""What is lost if one of the three norms of the model is left out, or all of them?

The plain engine makes it affordable: its ``rmsnorm`` is replaced by one that does nothing at the
places named. A changed program, a few steps of it, shows that this is the same change.
"""

import math
from collections.abc import Callable
from functools import partial
from itertools import cycle
from unittest.mock import patch

from book.experiments.trials import (
    changed,
    fresh,
    held_out_loss,
    split,
    trained_by_program,
    vocabulary,
)
from microgpt.engines import plain
from microgpt.layers import add, linear, rmsnorm
from microgpt.model import attention, mlp
from microgpt.parameters import Matrix, Model, Vector

STEPS = 1000
SEEDS = (1, 2, 3)
PLACES = ("embedding", "attention", "mlp")  # in the order in which a token meets them
Normed = tuple[list[float], float, float]
normed = plain.rmsnorm


def engine_norm(without: tuple[str, ...], layers: int = 1) -> Callable[[list[float]], Normed]:
    """Return a norm for the plain engine that does nothing at some places of the model.

    There the scale is 1, and a base without bound makes the slope of the scale 0.
    """
    places = cycle(PLACES[:1] + PLACES[1:] * layers)

    def norm(x: list[float]) -> Normed:
        return (list(x), 1.0, math.inf) if next(places) in without else normed(x)

    return norm


def gpt_without(without: tuple[str, ...]) -> Callable[..., Vector]:
    """Return the program's ``gpt`` with norms left out."""

    def norm(x: Vector, place: str) -> Vector:
        return x if place in without else rmsnorm(x)

    def gpt(token: int, position: int, model: Model, cache: dict[str, Matrix]) -> Vector:
        x = add(model.matrices["token"][token], model.matrices["position"][position])
        x = norm(x, "embedding")
        for layer in range(model.layers):
            x = add(attention(norm(x, "attention"), layer, model, cache), x)
            x = add(mlp(norm(x, "mlp"), layer, model), x)
        return linear(x, model.matrices["output"])

    return gpt


def loss_without(without: tuple[str, ...], seed: int, layers: int = 1) -> float:
    """Train without some norms; return the held-out loss."""
    made = fresh(seed, layers=layers)
    with patch.object(plain, "rmsnorm", engine_norm(without, layers)):
        for _ in plain.train(split(seed)[0], vocabulary(), made, STEPS):
            pass
        return held_out_loss(made, split(seed)[1])


def two_ways(without: tuple[str, ...]) -> dict[str, list[float]]:
    """Return the first losses of the changed engine and of the changed program."""
    with patch.object(plain, "rmsnorm", engine_norm(without)):
        by_engine = list(plain.train(split(1)[0], vocabulary(), fresh(1), 5))
    with changed(gpt=gpt_without(without)):
        by_program = trained_by_program(1, 5, fresh(1))
    return {"engine": by_engine, "program": by_program}


PARTS: dict[str, Callable[[], object]] = {}
for _name, _without in (("none", ()), *((p, (p,)) for p in PLACES), ("all", PLACES)):
    PARTS[f"two ways, {_name}"] = partial(two_ways, _without)
    for _seed in SEEDS:
        PARTS[f"{_name}, seed {_seed}"] = partial(loss_without, _without, _seed)
for _name, _without in (("none", ()), ("all", PLACES)):
    for _seed in SEEDS:
        PARTS[f"{_name}, 4 layers, seed {_seed}"] = partial(loss_without, _without, _seed, 4)
