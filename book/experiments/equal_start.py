"""What becomes of a model whose parameters all start equal, or wider or narrower than usual?"""

import math
from collections import Counter
from collections.abc import Callable
from functools import partial

from book.experiments.trials import fresh, held_out_loss, split, vocabulary
from microgpt.engines import plain
from microgpt.parameters import Model

STEPS = 1000
SEEDS = (1, 2, 3)


def judged(made: Model, seed: int) -> dict[str, object]:
    """Train a model; return its held-out loss and how many different numbers its rows hold."""
    for _ in plain.train(split(seed)[0], vocabulary(), made, STEPS):
        pass
    unlike = {
        name: max(len({value.data for value in row}) for row in matrix)
        for name, matrix in made.matrices.items()
    }
    return {"held_out": held_out_loss(made, split(seed)[1]), "different_in_a_row": unlike}


def equal(seed: int) -> dict[str, object]:
    """Start every parameter at 0.08."""
    made = fresh(seed)
    for value in made.parameters():
        value.data = 0.08
    return judged(made, seed)


def spread(factor: float, seed: int) -> dict[str, object]:
    """Start from the usual random numbers, all multiplied by a factor."""
    made = fresh(seed)
    for value in made.parameters():
        value.data *= factor
    return judged(made, seed)


def counted(seed: int) -> dict[str, object]:
    """Guess the next letter by how often each occurs in the training names."""
    tokenizer = vocabulary()
    train, held_out = split(seed)
    counts = Counter(token for name in train for token in tokenizer.encode(name)[1:])
    targets = [token for name in held_out for token in tokenizer.encode(name)[1:]]
    share = {token: count / counts.total() for token, count in counts.items()}
    return {"held_out": math.fsum(-math.log(share[t]) for t in targets) / len(targets)}


PARTS: dict[str, Callable[[], object]] = {}
for _seed in SEEDS:
    PARTS[f"equal, seed {_seed}"] = partial(equal, _seed)
    PARTS[f"counted, seed {_seed}"] = partial(counted, _seed)
    for _deviation, _factor in (("0.0008", 0.01), ("0.08", 1.0), ("0.8", 10.0)):
        PARTS[f"spread {_deviation}, seed {_seed}"] = partial(spread, _factor, _seed)
