"""Does a model copy names, or make them up?

Each model is trained for 1,000 steps, so on 1,000 names, and then writes 400 names at temperature
0.5. How many of those stand in the file of names, and how many of these are among the 1,000 that
the model was trained on? Five models, each with another seed for its order of names, its first
numbers and its draws.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain

SEEDS = (1, 2, 3, 4, 5)
STEPS, DRAWN, TEMPERATURE = 1000, 400, 0.5


def part(seed: int) -> dict[str, object]:
    """Train one model, let it write, and count."""
    model, _ = trials.trained(seed, STEPS)
    engine, rng, tokenizer = plain.Plain(model), Random(seed), trials.vocabulary()
    names = set(load_documents(NAMES))
    used = set(trials.split(seed)[0][:STEPS])
    written = [plain.sample(engine, tokenizer, rng, TEMPERATURE, "") for _ in range(DRAWN)]
    return {
        "written": len(written),
        "in the file": sum(name in names for name in written),
        "trained on": sum(name in used for name in written),
        "first": written[:20],
    }


PARTS: dict[str, Callable[[], object]] = {f"seed {seed}": partial(part, seed) for seed in SEEDS}
