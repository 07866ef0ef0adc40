"""Is every slope of the real model right, and what if only the target's score gets one?

``check.NAME`` compares one backward pass over the trained model's loss on "emma" with central
differences, for every parameter of a matrix. ``full.SEED`` and ``lone.SEED`` train from scratch,
with the slopes as they are, and with those of all scores but the target's left out, as if the total
under the softmax stood still; then probabilities sink to 0, and their logarithm fails.
"""

import math
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

from book.experiments.trials import fresh, split, vocabulary
from microgpt.checkpoint import load_model
from microgpt.engines import plain
from microgpt.tokenizer import prediction_pairs

NAME = "emma"
NUDGE = 1e-5
STEPS = 200
SEEDS = (1, 2, 3)


def check(matrix: str) -> dict[str, float]:
    """Return how many parameters a matrix has, how many have no slope, and the worst difference."""
    model, tokenizer = load_model()
    tokens = tokenizer.encode(NAME)
    engine = plain.Plain(model)
    engine.backward(tokens)
    grads = [row[:] for row in engine.grads[matrix]]
    worst, zeros, largest = 0.0, 0, 0.0
    for row, row_grads in zip(engine.tables[matrix], grads):
        for i, grad in enumerate(row_grads):
            kept = row[i]
            row[i] = kept + NUDGE
            up = forward(engine, tokens)
            row[i] = kept - NUDGE
            down = forward(engine, tokens)
            row[i] = kept
            worst = max(worst, abs((up - down) / (2 * NUDGE) - grad))
            largest = max(largest, abs(grad))
            zeros += grad == 0
    count = sum(len(row) for row in grads)
    return {"count": count, "zeros": zeros, "largest": largest, "worst": worst}


def forward(engine: plain.Plain, tokens: list[int]) -> float:
    """Return a document's loss without going back."""
    cache: dict[str, plain.Table] = {}
    pairs = prediction_pairs(tokens, engine.block)
    total = 0.0
    for position, (token, target) in enumerate(pairs):
        logits = engine.gpt(token, position, cache).logits
        total += -math.log(plain.softmax(logits)[0][target])
    return total / len(pairs)


def lone_target(
    exponentials: plain.Numbers, total: float, target: int, grad: float
) -> plain.Numbers:
    """Return the slopes as they would be if the total were a constant."""
    grads = [0.0] * len(exponentials)
    grads[target] = -grad
    return grads


def train(seed: int, lone: bool) -> dict[str, object]:
    """Return the mean loss over each 20 steps, and the step at which the training broke down."""
    back = lone_target if lone else plain.surprise_back
    losses: list[float] = []
    broke = False
    with patch.object(plain, "surprise_back", back):
        try:
            for loss in plain.train(split(seed)[0], vocabulary(), fresh(seed), STEPS):
                losses.append(loss)
        except ValueError:  # the logarithm of a probability that has become 0
            broke = True
    means = [sum(losses[i : i + 20]) / 20 for i in range(0, len(losses) - 19, 20)]
    return {"means": means, "steps": len(losses), "broke": broke}


MATRICES = (
    "token", "position", "output", "0.query", "0.key", "0.value", "0.mix", "0.expand", "0.contract",
)  # fmt: skip

PARTS: dict[str, Callable[[], object]] = {
    f"check.{matrix}": partial(check, matrix) for matrix in MATRICES
}
for SEED in SEEDS:
    PARTS[f"full.{SEED}"] = partial(train, SEED, False)
    PARTS[f"lone.{SEED}"] = partial(train, SEED, True)
