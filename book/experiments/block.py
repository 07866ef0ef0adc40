"""What does a shorter block cost? Models with 8 and 16 positions, on the same names.

"BOS in front" and "BOS missing" ask the model that comes with the program for the letters of names.
"trained without BOS" learns from the letters alone.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.tokenizer import prediction_pairs

STEPS, DRAWN = 1000, 500


def surprises(engine: plain.Plain, tokens: list[int]) -> list[float]:
    """Return the surprise at each token after the first."""
    cache: dict[str, plain.Table] = {}
    result = []
    for position, (token, target) in enumerate(prediction_pairs(tokens, engine.block)):
        logits = engine.gpt(token, position, cache).logits
        result.append(-math.log(plain.softmax(logits)[0][target]))
    return result


def trained(block: int, seed: int) -> dict[str, object]:
    """Train, judge the first eight pairs of each held-out name, and draw names."""
    model, _ = trials.trained(seed, STEPS, block=block)
    engine, tokenizer, rng = plain.Plain(model), trials.vocabulary(), Random(seed)
    judged = [s for name in trials.split(seed)[1] for s in
              surprises(engine, tokenizer.encode(name))[:8]]  # fmt: skip
    drawn = [plain.sample(engine, tokenizer, rng, 1.0, "") for _ in range(DRAWN)]
    return {
        "first eight": math.fsum(judged) / len(judged),
        "unfinished": sum(len(name) == block for name in drawn),
        "longer than eight": sum(len(name) > 8 for name in drawn),
        "eight or more": [name for name in drawn if len(name) >= 8][:12],
    }


def bos_in_front(given: bool) -> float:
    """Return the mean surprise at all tokens but the first letter, over 500 names."""
    names = load_documents(NAMES)
    Random(42).shuffle(names)
    model, tokenizer = load_model()
    engine = plain.Plain(model)
    judged: list[float] = []
    for name in names[-500:]:
        tokens = tokenizer.encode(name)
        judged += surprises(engine, tokens)[1:] if given else surprises(engine, tokens[1:])
    return math.fsum(judged) / len(judged)


def without_bos(seed: int) -> list[str]:
    """Train on names without their ends; return names drawn after given first letters."""
    names, tokenizer = trials.split(seed)[0], trials.vocabulary()
    engine = plain.Plain(trials.fresh(seed))
    for step in range(1, STEPS + 1):
        engine.train_step(tokenizer.encode(names[step - 1])[1:-1], step, STEPS)
    rng, drawn = Random(seed), []
    for first in "almsdn":
        cache: dict[str, plain.Table] = {}
        tokens = tokenizer.encode(first)[1:-1]
        for position in range(engine.block - 1):
            logits = engine.gpt(tokens[position], position, cache).logits
            weights = plain.softmax([2 * logit for logit in logits])[0]
            tokens += rng.choices(range(tokenizer.size), weights=weights)
        drawn.append(tokenizer.decode([t for t in tokens if t != tokenizer.bos]))
    return drawn


PARTS: dict[str, Callable[[], object]] = {
    f"block {block}, seed {seed}": partial(trained, block, seed)
    for seed in (1, 2, 3, 4, 5)
    for block in (8, 16)
}
PARTS["BOS in front"] = partial(bos_in_front, True)
PARTS["BOS missing"] = partial(bos_in_front, False)
PARTS["trained without BOS"] = partial(without_bos, 1)
