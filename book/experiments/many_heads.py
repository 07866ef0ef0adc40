"""Does the number of heads matter, when the number of parameters does not change?

Models with 1, 2, 4, 8 and 16 heads have the same 4,192 parameters. For each seed all of them start
from the same random parameters, are trained on the same names in the same order for 1,000 steps,
and are judged on the same 500 names that none was trained on.
"""

from collections.abc import Callable
from functools import partial

from book.experiments import trials

HEADS = (1, 2, 4, 8, 16)
SEEDS = (1, 2, 3, 4, 5)


def part(heads: int, seed: int) -> dict[str, float]:
    """Train and judge one model; losses in nats per token."""
    model, losses = trials.trained(seed, heads=heads)
    return {
        "parameters": len(model.parameters()),
        "training": sum(losses[-100:]) / 100,
        "held out": trials.held_out_loss(model, trials.split(seed)[1]),
    }


PARTS: dict[str, Callable[[], object]] = {
    f"{heads} heads, seed {seed}": partial(part, heads, seed) for heads in HEADS for seed in SEEDS
}
