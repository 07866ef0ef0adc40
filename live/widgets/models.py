"""The model that the panels look into: the one that comes with the program, or the reader's own."""

from __future__ import annotations

from random import Random

from microgpt.assets import MODEL, NAMES
from microgpt.checkpoint import Settings, read_model
from microgpt.data import load_documents
from microgpt.engines.plain import Memory, Plain
from microgpt.files import InputError, quoted
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

from .asking import Answer, Tell, from_text, question


class Known:
    """A model, and the same model before it had learnt anything.

    Args:
        settings: of its training.
        parameters: what it learnt.
        documents: how many there were; shuffling them came before the first number was drawn.
    """

    def __init__(self, settings: Settings, parameters: list[float], documents: int) -> None:
        self.settings = settings
        self.tokenizer = Tokenizer(list(settings.letters))
        self.model = settings.model(parameters)
        rng = Random(settings.seed)
        rng.shuffle([None] * documents)
        first = Model(settings.width, settings.heads, settings.layers, settings.block)
        first.draw(self.tokenizer.size, rng)
        self.engines = {"before": Plain(first), "after": Plain(self.model)}

    def tokens(self, text: str, most: int) -> list[int]:
        """Return the tokens of a text, BOS in front, if the model can read it."""
        unknown = next((letter for letter in text if letter not in self.tokenizer.letters), None)
        if unknown is not None:
            letters = quoted("".join(self.tokenizer.letters), 60)
            what = f"the model has never met {quoted(unknown)}"
            raise InputError(f"{what}; wanted letters of {letters}")
        if len(text) > most:
            raise InputError(f"{len(text)} letters are too many here; wanted at most {most}")
        return self.tokenizer.encode(text)[:-1]

    def memories(self, tokens: list[int], when: str = "after") -> list[Memory]:
        """Return all that is computed for each token, in order."""
        cache: dict[str, list[list[float]]] = {}
        return [self.engines[when].gpt(token, i, cache) for i, token in enumerate(tokens)]


class Desk:
    """What this thread has in hand."""

    known: Known | None = None
    logits: tuple[str, list[float]] | None = None


def known() -> Known:
    """Return the model in use, at first the one that comes with the program."""
    if Desk.known is None:
        settings, parameters = read_model(MODEL)
        Desk.known = Known(settings, parameters, len(load_documents(NAMES)))
    return Desk.known


@question
def use(text: str | None, documents: int, tell: Tell) -> Answer:
    """Look into another model from now on; None brings back the shipped one."""
    Desk.known = Desk.logits = None
    if text is not None:
        settings, parameters = from_text(text, "the model kept in this browser", read_model)
        Desk.known = Known(settings, parameters, documents)
    return {"letters": "".join(known().tokenizer.letters), "block": known().settings.block}
