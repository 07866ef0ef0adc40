"""What does the temperature change: how open the choice is, and what is written?

Five models, each trained for 1,000 steps on names of its own split, write 400 names at each
temperature. ``entropy`` is the mean, over all letters drawn, of the entropy of the probabilities
from which the letter was drawn, in nats. ``in the file`` and ``trained on`` count names that exist
already, ``different`` how many of the 400 are not repeats, ``odd`` those with a pair of letters
that no name of the file has, ``new, no odd pair`` those that are different, not empty, not in the
file, and have no odd pair.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.tokenizer import Tokenizer

SEEDS = (1, 2, 3, 4, 5)
STEPS, DRAWN = 1000, 400
TEMPERATURES = (0.01, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)


def entropy(probabilities: list[float]) -> float:
    """Return the mean surprise of someone who knows these probabilities, in nats."""
    return -math.fsum(p * math.log(p) for p in probabilities if p > 0)


def write(
    engine: plain.Plain, tokenizer: Tokenizer, rng: Random, temperature: float
) -> tuple[str, list[float]]:
    """Return what :func:`plain.sample` would, and the entropy at each letter drawn."""
    tokens, cache, entropies = [tokenizer.bos], dict[str, plain.Table](), list[float]()
    for position in range(engine.block):
        logits = engine.gpt(tokens[position], position, cache).logits
        weights, _, _ = plain.softmax([logit * temperature**-1 for logit in logits])
        entropies.append(entropy(weights))
        tokens += rng.choices(range(tokenizer.size), weights=weights)
        if tokens[-1] == tokenizer.bos:
            break
    return tokenizer.decode([t for t in tokens if t != tokenizer.bos]), entropies


def judge(engine: plain.Plain, seed: int, temperature: float) -> dict[str, object]:
    """Let a model write at a temperature, and count."""
    tokenizer, rng = trials.vocabulary(), Random(seed)
    names = set(load_documents(NAMES))
    used = set(trials.split(seed)[0][:STEPS])
    pairs = {pair for name in names for pair in zip(name, name[1:])}
    drawn = [write(engine, tokenizer, rng, temperature) for _ in range(DRAWN)]
    written = [name for name, _ in drawn]
    entropies = [e for _, row in drawn for e in row]
    odd = {name for name in written if any(p not in pairs for p in zip(name, name[1:]))}
    return {
        "entropy": math.fsum(entropies) / len(entropies),
        "in the file": sum(name in names for name in written),
        "trained on": sum(name in used for name in written),
        "different": len(set(written)),
        "odd": sum(name in odd for name in written),
        "new, no odd pair": len(set(written) - names - odd - {""}),
        "length": sum(map(len, written)) / DRAWN,
        "first": written[:8],
    }


def part(seed: int) -> dict[str, object]:
    """Train one model and judge it at every temperature."""
    model, _ = trials.trained(seed, STEPS)
    engine = plain.Plain(model)
    return {str(temperature): judge(engine, seed, temperature) for temperature in TEMPERATURES}


PARTS: dict[str, Callable[[], object]] = {f"seed {seed}": partial(part, seed) for seed in SEEDS}
