"""Attention: who listens to whom, before and after training."""

from __future__ import annotations

from .asking import Answer, Tell, question
from .models import known


@question
def attention(name: str, tell: Tell) -> Answer:
    """Return who listens to whom, for each head, before and after training."""
    it = known()
    tokens = it.tokens(name, it.settings.block - 1)
    looks: Answer = {"tokens": ["BOS", *name], "heads": it.settings.heads}
    for when in ("before", "after"):
        memories = it.memories(tokens, when)
        looks[when] = [
            [memory.layers[layer].weights[head][0] for memory in memories]
            for layer in range(it.settings.layers)
            for head in range(it.settings.heads)
        ]
    return looks
