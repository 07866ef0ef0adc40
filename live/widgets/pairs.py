"""A name as tokens and prediction pairs, and what a short block cuts off."""

from __future__ import annotations

from microgpt.files import InputError
from microgpt.tokenizer import prediction_pairs

from .asking import Answer, Tell, question
from .models import known

MOST_LETTERS = 40


@question
def pairs(name: str, block: int, tell: Tell) -> Answer:
    """Return the tokens of a name, all its pairs, and how many of them a block keeps."""
    tokenizer, most = known().tokenizer, known().settings.block
    if not 1 <= block <= most:
        raise InputError(f"a block of {block} given; wanted 1 to {most}")
    tokens = [*known().tokens(name, MOST_LETTERS), tokenizer.bos]
    words = [*tokenizer.letters, "BOS"]
    return {
        "tokens": [[words[token], token] for token in tokens],
        "pairs": prediction_pairs(tokens, len(tokens)),
        "kept": len(prediction_pairs(tokens, block)),
        "most": most,
    }
