"""Does asking the others win both rounds of "Finish my name"?

Models as small as the pocket model, from random parameters, learn the five names that it was made
for. Each is then asked what follows "ann" (an a, for anna) and what follows "nan" (the end). The
same with models whose tokens see only themselves.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments.plain_average import LastOnly
from microgpt.engines.plain import Plain, Table, softmax
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

NAMES = ["an", "ana", "nan", "anna", "na"]
SEEDS = range(1, 9)
STEPS = 2000


def next_token(engine: Plain, tokenizer: Tokenizer, name: str) -> list[float]:
    """Return the probabilities of a, n and the end after the beginning of a name."""
    cache: dict[str, Table] = {}
    for position, token in enumerate(tokenizer.encode(name)[:-1]):
        memory = engine.gpt(token, position, cache)
    return softmax(memory.logits)[0]


def rounds(kind: type[Plain], seed: int) -> dict[str, list[float]]:
    """Train one small model and return its bets in both rounds."""
    tokenizer, rng = Tokenizer(NAMES), Random(seed)
    made = Model(width=2, heads=1, block=4)
    made.draw(tokenizer.size, rng)
    engine = kind(made)
    for step in range(1, STEPS + 1):
        engine.train_step(tokenizer.encode(rng.choice(NAMES)), step, STEPS)
    return {name: next_token(engine, tokenizer, name) for name in ("ann", "nan")}


PARTS: dict[str, Callable[[], object]] = {
    f"{name}, seed {seed}": partial(rounds, kind, seed)
    for name, kind in (("attention", Plain), ("itself only", LastOnly))
    for seed in SEEDS
}
