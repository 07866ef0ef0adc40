"""Does the order of the names matter? The same names, sorted and shuffled, the same judges.

With 1000 steps the sorted run sees only the beginning of the alphabet. With one step for every
name both runs see the same names, each once; only the order differs. And the program itself, as it
is and without the line that shuffles.
"""

from collections.abc import Callable
from math import fsum
from random import Random

from book.experiments import trials
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.parameters import Model


def run(in_order: bool, seed: int, steps: int) -> dict[str, object]:
    """Train on the names of a split, sorted or as shuffled; return losses and ten samples."""
    names, held_out = trials.split(seed)
    if in_order:
        names = sorted(names)
    tokenizer = trials.vocabulary()
    model = trials.fresh(seed)
    losses = list(plain.train(names, tokenizer, model, steps))
    rng = Random(seed)
    return {
        "training": fsum(losses[-100:]) / 100,
        "held_out": trials.held_out_loss(model, held_out),
        "samples": [plain.sample(plain.Plain(model), tokenizer, rng, 0.5, "") for _ in range(10)],
    }


def program(shuffle: bool) -> dict[str, object]:
    """Do what the program's last lines do, with or without the shuffle."""
    names = load_documents(NAMES)
    rng = Random(42)
    if shuffle:
        rng.shuffle(names)
    tokenizer = trials.vocabulary()
    model = Model()
    model.draw(tokenizer.size, rng)
    losses = list(plain.train(names, tokenizer, model, 1000))
    return {
        "training": fsum(losses[-100:]) / 100,
        "samples": [plain.sample(plain.Plain(model), tokenizer, rng, 0.5, "") for _ in range(20)],
    }


def _part(in_order: bool, seed: int, steps: int) -> Callable[[], object]:
    return lambda: run(in_order, seed, steps)


NAMES_TO_TRAIN_ON = len(trials.split(1)[0])
PARTS: dict[str, Callable[[], object]] = {
    f"{'sorted' if in_order else 'shuffled'}, {steps} steps, seed {seed}": _part(
        in_order, seed, steps
    )
    for steps, seeds in ((1000, (1, 2, 3, 4, 5)), (NAMES_TO_TRAIN_ON, (1, 2, 3)))
    for seed in seeds
    for in_order in (True, False)
}
PARTS["program without its shuffle"] = lambda: program(shuffle=False)
PARTS["program"] = lambda: program(shuffle=True)
