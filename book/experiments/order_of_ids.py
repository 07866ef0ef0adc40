"""Does it matter which letter has which number? The same names under other numberings.

"order ..." trains a model under each numbering from the same first numbers, so a letter begins with
another letter's row. "rows moved along" moves the rows with the letters: the same model under
other names.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.engines import plain
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer, prediction_pairs

KEYBOARD = "qwertyuiopasdfghjklzxcvbnm"
ORDERS = ("alphabet", "keyboard", "drawn")
STEPS = 1000


def numbering(order: str, seed: int) -> Tokenizer:
    """Return a tokenizer whose letters stand in an order."""
    tokenizer = trials.vocabulary()
    if order == "keyboard":
        tokenizer.letters = list(KEYBOARD)
    if order == "drawn":
        Random(seed).shuffle(tokenizer.letters)
    return tokenizer


def held_out_loss(model: Model, tokenizer: Tokenizer, names: list[str]) -> float:
    """Return the mean surprise over all the tokens of the names."""
    engine = plain.Plain(model)
    surprises = []
    for name in names:
        cache: dict[str, plain.Table] = {}
        for position, (token, target) in enumerate(
            prediction_pairs(tokenizer.encode(name), model.block)
        ):
            logits = engine.gpt(token, position, cache).logits
            surprises.append(-math.log(plain.softmax(logits)[0][target]))
    return math.fsum(surprises) / len(surprises)


def trained(order: str, seed: int) -> float:
    """Train under an order of the letters; return the held-out loss."""
    names, held_out = trials.split(seed)
    tokenizer, model = numbering(order, seed), trials.fresh(seed)
    list(plain.train(names, tokenizer, model, STEPS))
    return held_out_loss(model, tokenizer, held_out)


def moved(seed: int) -> dict[str, float]:
    """Train twice, the second time with letters and rows in the keyboard's order; compare."""
    names, _ = trials.split(seed)
    first, second = numbering("alphabet", seed), numbering("keyboard", seed)
    here, there = trials.fresh(seed), trials.fresh(seed)
    for table in ("token", "output"):
        rows = [there.matrices[table][first.letters.index(letter)] for letter in second.letters]
        there.matrices[table] = [*rows, there.matrices[table][first.bos]]
    losses = [list(plain.train(names, t, m, STEPS)) for t, m in ((first, here), (second, there))]
    return {
        "largest difference": max(abs(a - b) for a, b in zip(*losses)),
        "last loss": losses[0][-1],
    }


PARTS: dict[str, Callable[[], object]] = {
    f"order {order}, seed {seed}": partial(trained, order, seed)
    for seed in (1, 2, 3, 4, 5)
    for order in ORDERS
}
PARTS["rows moved along"] = partial(moved, 1)
