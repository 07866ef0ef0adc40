"""How does the loss fall, step by step?

The run that made the shipped model, with the plain engine, whose losses equal the program's to the
last bit. Beside each loss stands what the same name costs if one guesses all 27 tokens alike, or by
the bigram table of all the names.
"""

import math
from collections import Counter
from collections.abc import Callable

from book.experiments import trials
from microgpt.engines import plain
from microgpt.tokenizer import Tokenizer

STEPS = 1000
SEEDS = (1, 2, 3, 4, 5)


def shipped_run() -> dict[str, list[float]]:
    """Train as ``microgpt train`` does; return the losses, and the bigram table's."""
    documents, tokenizer, model = trials.shipped_start()
    losses = list(plain.train(documents, tokenizer, model, STEPS))
    return {"losses": losses, "bigram": bigram(documents, documents[:STEPS], tokenizer)}


def bigram(counted: list[str], judged: list[str], tokenizer: Tokenizer) -> list[float]:
    """Return the mean surprise of a bigram table, one added to each count, at each name."""
    pairs: Counter[tuple[int, int]] = Counter()
    totals: Counter[int] = Counter()
    for name in counted:
        tokens = tokenizer.encode(name)
        pairs.update(zip(tokens[:-1], tokens[1:]))
        totals.update(tokens[:-1])
    losses = []
    for name in judged:
        tokens = tokenizer.encode(name)
        surprises = [
            -math.log((pairs[pair] + 1) / (totals[pair[0]] + tokenizer.size))
            for pair in zip(tokens[:-1], tokens[1:])
        ]
        losses.append(math.fsum(surprises) / len(surprises))
    return losses


def hundreds(seed: int) -> list[float]:
    """Return the mean loss of each hundred steps of a run with other names and numbers."""
    losses = trials.trained(seed)[1]
    return [math.fsum(losses[i : i + 100]) / 100 for i in range(0, STEPS, 100)]


def _part(seed: int) -> Callable[[], object]:
    return lambda: hundreds(seed)


PARTS: dict[str, Callable[[], object]] = {"shipped run": shipped_run}
PARTS |= {f"hundreds, seed {seed}": _part(seed) for seed in SEEDS}
