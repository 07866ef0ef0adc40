"""Do surprise and hits judge alike? The trained model on names it never saw, with sharper odds.

Each part multiplies every logit by a factor before the softmax. The order of the letters stays as
it is, so the favourite is right just as often, whatever the factor.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.tokenizer import prediction_pairs

USED = 1000  # documents of the shuffled file that the shipped model was trained on
FACTORS = (0.5, 1.0, 1.5, 2.0, 3.0)


def judge(factor: float) -> dict[str, float]:
    """Return the mean surprise and the share of right favourites over the unseen names."""
    names = load_documents(NAMES)
    Random(42).shuffle(names)
    model, tokenizer = load_model()
    engine = plain.Plain(model)
    surprises: list[float] = []
    hits = 0
    for name in names[USED:]:
        cache: dict[str, plain.Table] = {}
        pairs = prediction_pairs(tokenizer.encode(name), model.block)
        for position, (token, target) in enumerate(pairs):
            logits = [factor * z for z in engine.gpt(token, position, cache).logits]
            probabilities = plain.softmax(logits)[0]
            surprises.append(-math.log(probabilities[target]))
            hits += probabilities[target] == max(probabilities)
    count = len(surprises)
    return {"loss": math.fsum(surprises) / count, "hits": hits / count, "tokens": count}


PARTS: dict[str, Callable[[], object]] = {str(f): partial(judge, f) for f in FACTORS}
