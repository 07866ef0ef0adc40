"""Does a network beat a table of counts? Both learn from the same names and guess the same others.

A guess is a hit if the letter thought likeliest is the one that comes.
"""

import math
from collections.abc import Callable
from functools import partial

from book.experiments import trials
from microgpt.engines import plain
from microgpt.tokenizer import prediction_pairs

Table = list[list[float]]


def counted(names: list[str], extra: float = 1.0) -> Table:
    """Return, for each token, the probabilities of the next: counts, each with ``extra`` added."""
    tokenizer = trials.vocabulary()
    counts = [[extra] * tokenizer.size for _ in range(tokenizer.size)]
    for name in names:
        for token, target in prediction_pairs(tokenizer.encode(name), 16):
            counts[token][target] += 1
    return [[count / sum(row) for count in row] for row in counts]


def judge_table(table: Table, names: list[str]) -> dict[str, float]:
    """Return the share of hits and the mean surprise of a table of probabilities."""
    tokenizer = trials.vocabulary()
    pairs = [p for n in names for p in prediction_pairs(tokenizer.encode(n), 16)]
    hits = sum(table[token].index(max(table[token])) == target for token, target in pairs)
    surprise = math.fsum(-math.log(table[token][target]) for token, target in pairs)
    return {"hits": hits / len(pairs), "nats": surprise / len(pairs)}


def judge_net(engine: plain.Plain, names: list[str]) -> dict[str, float]:
    """Return the same of a network."""
    tokenizer = trials.vocabulary()
    hits, surprises = 0, []
    for name in names:
        cache: dict[str, plain.Table] = {}
        pairs = prediction_pairs(tokenizer.encode(name), engine.block)
        for position, (token, target) in enumerate(pairs):
            probabilities = plain.softmax(engine.gpt(token, position, cache).logits)[0]
            hits += probabilities.index(max(probabilities)) == target
            surprises.append(-math.log(probabilities[target]))
    return {"hits": hits / len(surprises), "nats": math.fsum(surprises) / len(surprises)}


def race(seed: int) -> dict[str, dict[str, float]]:
    """Judge table and network after the same names, and the table after all of them."""
    names, held_out = trials.split(seed)
    result = {"table, all": judge_table(counted(names), held_out)}
    for many in (30, 100, 300, 1000):
        result[f"table, {many}"] = judge_table(counted(names[:many]), held_out)
        model, _ = trials.trained(seed, many)
        result[f"network, {many}"] = judge_net(plain.Plain(model), held_out)
    result["network, 0"] = judge_net(plain.Plain(trials.fresh(seed)), held_out)
    return result


PARTS: dict[str, Callable[[], object]] = {
    f"seed {seed}": partial(race, seed) for seed in (1, 2, 3, 4, 5)
}
