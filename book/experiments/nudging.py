"""Is nudging enough to make a language model learn?

A model with 70 parameters, drawn at random, learns five names. In each round every parameter is
nudged alone, the loss is measured and the nudge taken back; then all of them are turned against the
slopes so found. No slope comes from anywhere else. One of the models climbs on the way: does it
still, if each turn is a fifth as large?
"""

from collections.abc import Callable
from functools import partial
from random import Random

from microgpt.generation import sample
from microgpt.loss import document_loss
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

NAMES = ("an", "ana", "nan", "anna", "na")
SEEDS = (1, 2, 3)
ROUNDS, NUDGE, SHARE = 60, 0.001, 0.5


def mean_loss(model: Model, tokenizer: Tokenizer) -> float:
    """Return the mean of the five names' losses."""
    losses = [document_loss(tokenizer.encode(name), model).data for name in NAMES]
    return sum(losses) / len(losses)


def written(model: Model, tokenizer: Tokenizer, seed: int) -> list[str]:
    """Return eight names that a model writes, drawn by its own probabilities."""
    rng = Random(seed)
    return [sample(model, tokenizer, rng, 1.0, "") for _ in range(8)]


def part(seed: int, share: float = SHARE) -> dict[str, object]:
    """Let one model learn; return its loss before each round and at the end."""
    tokenizer = Tokenizer(list(NAMES))
    model = Model(width=2, heads=1, layers=1, block=5)
    model.draw(tokenizer.size, Random(seed))
    dials = model.parameters()
    wrote = written(model, tokenizer, seed)
    losses = [mean_loss(model, tokenizer)]
    for _ in range(ROUNDS):
        slopes = []
        for dial in dials:
            before = dial.data
            dial.data = before + NUDGE
            slopes.append((mean_loss(model, tokenizer) - losses[-1]) / NUDGE)
            dial.data = before
        for dial, slope in zip(dials, slopes):
            dial.data -= share * slope
        losses.append(mean_loss(model, tokenizer))
    return {"dials": len(dials), "losses": losses, "wrote": wrote,
            "writes": written(model, tokenizer, seed)}  # fmt: skip


PARTS: dict[str, Callable[[], object]] = {f"seed {seed}": partial(part, seed) for seed in SEEDS}
PARTS["small turns, seed 2"] = partial(part, 2, SHARE / 5)
