"""How far from 0 do the logits of the trained model lie?"""

from collections.abc import Callable

from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines.plain import Plain, Table


def extremes() -> list[float]:
    """Return the lowest and the highest logit that the shipped model gives on every 25th name."""
    model, tokenizer = load_model()
    engine = Plain(model)
    logits: list[float] = []
    for name in load_documents(NAMES)[::25]:
        cache: dict[str, Table] = {}
        for position, token in enumerate(tokenizer.encode(name)[:-1]):
            logits += engine.gpt(token, position, cache).logits
    return [min(logits), max(logits)]


PARTS: dict[str, Callable[[], object]] = {"logits of every 25th name": extremes}
