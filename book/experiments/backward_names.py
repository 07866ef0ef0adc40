"""Do the same 200 lines learn something else when they are given something else?

Models are trained for 1,000 steps on the names, and others on the same names spelled backwards.
Nothing else differs. Then each writes 400 names at temperature 0.5: how many of them begin with an
a, and how many end with one?
"""

from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.engines import plain

SEEDS = (1, 2, 3)
STEPS, WRITTEN, TEMPERATURE = 1000, 400, 0.5


def part(backwards: bool, seed: int) -> dict[str, object]:
    """Train one model, let it write, and count."""
    model, tokenizer = trials.fresh(seed), trials.vocabulary()
    names = trials.split(seed)[0]
    if backwards:
        names = [name[::-1] for name in names]
    list(plain.train(names, tokenizer, model, STEPS))
    engine, rng = plain.Plain(model), Random(seed)
    written = [plain.sample(engine, tokenizer, rng, TEMPERATURE, "") for _ in range(WRITTEN)]
    return {
        "begin with a": sum(name.startswith("a") for name in written) / WRITTEN,
        "end with a": sum(name.endswith("a") for name in written) / WRITTEN,
        "first": written[:12],
    }


PARTS: dict[str, Callable[[], object]] = {
    f"{spelled}, seed {seed}": partial(part, spelled == "backwards", seed)
    for spelled in ("forwards", "backwards")
    for seed in SEEDS
}
