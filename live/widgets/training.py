"""Train in the page: the tool's own engine, a few steps at a time, with checkpoints."""

from __future__ import annotations

import math
from random import Random

from microgpt.assets import NAMES
from microgpt.checkpoint import (
    Settings,
    State,
    fingerprint,
    read_checkpoint,
    save_checkpoint,
    save_model,
)
from microgpt.cli.training import TEMPERATURE, PlainEngine, fresh_state, sample_many
from microgpt.data import load_documents
from microgpt.files import InputError, read_documents
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

from .asking import Answer, Tell, from_text, question, to_text

STEPS = 1000
SAMPLE_EVERY = 100
SAMPLES = 3
LAST_SAMPLES = 10


class Training:
    """A run of the tool's own engine, taken a few steps at a time.

    Args:
        settings: of the run.
        state: how far it has come.
        documents: in the order of the file.
    """

    def __init__(self, settings: Settings, state: State, documents: list[str]) -> None:
        self.settings, self.state, self.documents = settings, state, list(documents)
        Random(settings.seed).shuffle(self.documents)
        self.tokenizer = Tokenizer(list(settings.letters))
        self.engine = PlainEngine(settings, state)

    def step(self) -> float:
        """Take one step, as ``microgpt train`` does, and return the loss."""
        number, block = self.state.step + 1, self.settings.block
        document = self.documents[(number - 1) % len(self.documents)]
        try:
            loss = self.engine.step(self.tokenizer.encode(document[:block]), number)
        except (ArithmeticError, ValueError):
            loss = math.nan
        if not math.isfinite(loss):
            raise InputError(f"the numbers overflow at step {number}")
        self.state.step = number
        self.state.losses.append(loss)
        return loss

    def keep(self) -> None:
        """Bring the state up to what the engine has learnt."""
        numbers = self.engine.numbers()
        self.state.parameters, self.state.means, self.state.squares = numbers

    def samples(self) -> list[str]:
        """Return some names; at the end they are those that ``microgpt train`` prints first."""
        self.keep()
        rng, count = Random(self.state.step), SAMPLES
        if self.state.step == self.settings.steps:
            rng.setstate(self.state.random)
            count = LAST_SAMPLES
        model = self.settings.model(self.state.parameters)
        return list(sample_many(model, self.tokenizer, rng, TEMPERATURE, "", count))


class Desk:
    """What this thread has in hand."""

    run: Training | None = None


def documents_of(text: str | None) -> list[str]:
    """Return the documents of a pasted list, by the tool's own rules; None for the shipped ones."""
    return load_documents(NAMES) if text is None else from_text(text, "your list", read_documents)


def running() -> Training:
    """Return the run in hand."""
    if Desk.run is None:
        raise InputError("there is no run to go on with")
    return Desk.run


@question
def begin(text: str | None, tell: Tell) -> Answer:
    """Start a run with the tool's default sizes on a list of documents, one a line."""
    documents = documents_of(text)
    sizes = Model()
    settings = Settings(
        sizes.width, sizes.heads, sizes.layers, sizes.block,
        "".join(Tokenizer(documents).letters), 42, STEPS, fingerprint(documents),
    )  # fmt: skip
    settings.check()
    rng = Random(settings.seed)
    rng.shuffle(list(documents))  # the tool shuffles first, then draws the numbers
    Desk.run = Training(settings, fresh_state(settings, rng, None), documents)
    longer = sum(len(document) > settings.block for document in documents)
    return {
        "documents": len(documents),
        "letters": settings.letters,
        "parameters": settings.parameters(),
        "steps": settings.steps,
        "block": settings.block,
        "longer": longer,
    }


@question
def learn(count: int, tell: Tell) -> Answer:
    """Take at most so many steps; stop early where there are samples to show."""
    run = running()
    losses: list[float] = []
    while len(losses) < count and run.state.step < run.settings.steps:
        losses.append(run.step())
        if run.state.step % SAMPLE_EVERY == 0:
            break
    due = bool(losses) and run.state.step % SAMPLE_EVERY == 0
    return {"step": run.state.step, "losses": losses, "samples": run.samples() if due else None}


@question
def checkpoint(tell: Tell) -> Answer:
    """Return the run as the tool's checkpoint, with which :func:`resume` can go on."""
    run = running()
    run.keep()
    return {"text": to_text(lambda path: save_checkpoint(path, run.settings, run.state))}


@question
def resume(text: str, documents: str | None, tell: Tell) -> Answer:
    """Go on from a checkpoint, to the last bit as if nothing had happened."""
    settings, state = from_text(text, "the checkpoint", read_checkpoint)
    Desk.run = Training(settings, state, documents_of(documents))
    return {"step": state.step}


@question
def trained(tell: Tell) -> Answer:
    """Return the model file of a run that has ended, as ``microgpt train`` writes it."""
    run = running()
    run.keep()
    text = to_text(lambda path: save_model(path, run.settings, run.state.parameters))
    return {"text": text, "documents": len(run.documents)}
