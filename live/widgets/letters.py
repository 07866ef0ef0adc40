"""The next letter: the model's probabilities at a temperature, and draws from them."""

from __future__ import annotations

from random import Random

from microgpt.cli.training import sample_many
from microgpt.engines.plain import softmax
from microgpt.files import InputError

from .asking import Answer, Tell, question
from .models import Desk, known


def _chances(beginning: str, temperature: float) -> list[float]:
    if not 0.01 <= temperature <= 100:
        raise InputError(f"temperature {temperature:g} given; wanted 0.01 to 100")
    if Desk.logits is None or Desk.logits[0] != beginning:  # a slider asks again and again
        tokens = known().tokens(beginning, known().settings.block - 1)
        Desk.logits = (beginning, known().memories(tokens)[-1].logits)
    return softmax([logit / temperature for logit in Desk.logits[1]])[0]


def _shown(token: int) -> str:
    """Return a token's letter; BOS, which ends a name here, is the empty text."""
    letters = known().tokenizer.letters
    return letters[token] if token < len(letters) else ""


@question
def next_letters(beginning: str, temperature: float, tell: Tell) -> Answer:
    """Return the probability of each token after a beginning, in the order of the tokens."""
    chances = _chances(beginning, temperature)
    return {"rows": [[_shown(token), chance] for token, chance in enumerate(chances)]}


@question
def draw(beginning: str, temperature: float, seed: int, tell: Tell) -> Answer:
    """Draw the next letter; the empty text says that the name ends."""
    chances = _chances(beginning, temperature)
    token = Random(seed).choices(range(known().tokenizer.size), weights=chances)[0]
    return {"letter": _shown(token)}


@question
def finish(beginning: str, temperature: float, seed: int, tell: Tell) -> Answer:
    """Write a name to its end."""
    _chances(beginning, temperature)  # refuses what cannot be read
    rng, it = Random(seed), known()
    return {"name": next(sample_many(it.model, it.tokenizer, rng, temperature, beginning, 1))}
