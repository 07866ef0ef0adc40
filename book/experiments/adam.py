"""What do the parts of Adam do for the real model? All at a constant rate, 1000 steps, held out.

``adam.SEED`` is the program's optimizer; ``uncorrected.SEED`` uses its running means without the
correction for their start; ``sign.SEED`` moves every parameter by the rate, whatever the slope's
size, without memory; ``plain.RATE.SEED`` is gradient descent. Each part gives the mean training
loss of the first and the last hundred steps and the held-out loss. ``still`` follows the shipped
run: how many parameters have not moved yet, and what happens to the row of z.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments.trials import fresh, held_out_loss, split, vocabulary
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.parameters import Model

STEPS = 1000
RATE = 0.01
SEEDS = (1, 2, 3, 4, 5)
FEW = (1, 2, 3)
RATES = (0.03, 0.1, 0.3)

Move = Callable[[plain.Plain, int, list[float]], list[float]]


def adam(engine: plain.Plain, step: int, grads: list[float], corrected: bool = True) -> list[float]:
    """Return how far Adam moves each parameter."""
    moves = []
    mean_share = 1 - 0.85**step if corrected else 1.0
    square_share = 1 - 0.99**step if corrected else 1.0
    for i, grad in enumerate(grads):
        engine.means[i] = 0.85 * engine.means[i] + (1 - 0.85) * grad
        engine.squares[i] = 0.99 * engine.squares[i] + (1 - 0.99) * grad**2
        root = math.sqrt(engine.squares[i] / square_share)
        moves.append(RATE * engine.means[i] / mean_share / (root + 1e-8))
    return moves


def sign(engine: plain.Plain, step: int, grads: list[float]) -> list[float]:
    """Return the rate with the sign of each slope."""
    return [RATE * ((grad > 0) - (grad < 0)) for grad in grads]


def descent(rate: float, engine: plain.Plain, step: int, grads: list[float]) -> list[float]:
    """Return rate times slope."""
    return [rate * grad for grad in grads]


def apply(engine: plain.Plain, move: Move, step: int) -> None:
    """Move every parameter and empty the boxes."""
    grads = [grad for table in engine.grads.values() for row in table for grad in row]
    moves = iter(move(engine, step, grads))
    for name, table in engine.tables.items():
        for row in table:
            row[:] = [number - next(moves) for number in row]
        for row_grads in engine.grads[name]:
            row_grads[:] = [0.0] * len(row_grads)


def run(move: Move, seed: int) -> dict[str, float]:
    """Train, and return losses."""
    made, (names, held_out) = fresh(seed), split(seed)
    engine, tokenizer = plain.Plain(made), vocabulary()
    losses = []
    for step in range(1, STEPS + 1):
        losses.append(engine.backward(tokenizer.encode(names[step - 1])))
        apply(engine, move, step)
    engine.write_back()
    return {
        "first": math.fsum(losses[:100]) / 100,
        "last": math.fsum(losses[-100:]) / 100,
        "held_out": held_out_loss(made, held_out),
    }


def still() -> dict[str, object]:
    """Follow the shipped run, but at a constant rate."""
    rng = Random(42)
    names = load_documents(NAMES)
    rng.shuffle(names)
    tokenizer = vocabulary()
    made = Model()
    made.draw(tokenizer.size, rng)
    engine = plain.Plain(made)
    start = engine.parameters()
    z = tokenizer.letters.index("z")
    unmoved: dict[str, int] = {}
    rows: dict[str, list[float]] = {"z": [], "z slopes": [], "a slopes": []}
    for step in range(1, STEPS + 1):
        engine.backward(tokenizer.encode(names[step - 1]))
        rows["z slopes"].append(size(engine.grads["token"][z]))
        rows["a slopes"].append(size(engine.grads["token"][0]))
        before = list(engine.tables["token"][z])
        apply(engine, adam, step)
        rows["z"].append(size([a - b for a, b in zip(engine.tables["token"][z], before)]))
        if step in (1, 2, 3, 5, 10, 30, 100, 300, 1000):
            now = engine.parameters()
            unmoved[str(step)] = sum(a == b for a, b in zip(start, now))
    steps = [i + 1 for i, slope in enumerate(rows["z slopes"]) if slope]
    first = steps[0]
    return {
        "names": names[:10],
        "unmoved": unmoved,
        "z steps": steps,
        "z name": names[first - 1],
        "z moves": rows["z"][first - 1 : first + 30],
        "z slope": rows["z slopes"][first - 1],
        "a steps": sum(slope != 0 for slope in rows["a slopes"]),
    }


def size(numbers: list[float]) -> float:
    """Return the mean absolute value."""
    return math.fsum(abs(number) for number in numbers) / len(numbers)


PARTS: dict[str, Callable[[], object]] = {"still": still}
for SEED in SEEDS:
    PARTS[f"adam.{SEED}"] = partial(run, adam, SEED)
    PARTS[f"uncorrected.{SEED}"] = partial(run, partial(adam, corrected=False), SEED)
for SEED in FEW:
    PARTS[f"sign.{SEED}"] = partial(run, sign, SEED)
    for GIVEN in RATES:
        PARTS[f"plain.{GIVEN}.{SEED}"] = partial(run, partial(descent, GIVEN), SEED)
