"""What the experiments share: names split, a model trained and judged, a function changed."""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from unittest.mock import patch

from microgpt import layers, loss, model, training
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.loss import document_loss
from microgpt.optimizer import Adam
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer, prediction_pairs

HELD_OUT = 500  # names that no model here is trained on


def split(seed: int) -> tuple[list[str], list[str]]:
    """Return the shuffled names to train on and those held out, the last 500 of them."""
    names = load_documents(NAMES)
    Random(seed).shuffle(names)
    return names[:-HELD_OUT], names[-HELD_OUT:]


def vocabulary() -> Tokenizer:
    """Return the tokenizer of all the names, the same for every split."""
    return Tokenizer(load_documents(NAMES))


def fresh(seed: int, **sizes: int) -> Model:
    """Return a model with random parameters; ``sizes`` as in :class:`microgpt.parameters.Model`."""
    drawn = Model(**sizes)  # type: ignore[arg-type]  # matrices, the other kind, is never given
    drawn.draw(vocabulary().size, Random(seed))
    return drawn


def trained(seed: int, steps: int = 1000, **sizes: int) -> tuple[Model, list[float]]:
    """Return a model trained with the plain engine on the names of a split, and its losses."""
    made = fresh(seed, **sizes)
    return made, list(plain.train(split(seed)[0], vocabulary(), made, steps))


def trained_by_program(seed: int, steps: int, made: Model) -> list[float]:
    """Train a model with the program itself, whatever :func:`changed` did to it."""
    return list(training.train(split(seed)[0], vocabulary(), made, steps))


def held_out_loss(made: Model, documents: list[str]) -> float:
    """Return the mean surprise, in nats per token, over all the tokens of the documents."""
    return held_out_loss_by_engine(plain.Plain(made), documents)


def held_out_loss_by_engine(engine: plain.Plain, documents: list[str]) -> float:
    """Return the same as :func:`held_out_loss`, from a plain engine, a changed one perhaps."""
    tokenizer = vocabulary()
    surprises: list[float] = []
    for document in documents:
        cache: dict[str, plain.Table] = {}
        pairs = prediction_pairs(tokenizer.encode(document), engine.block)
        for position, (token, target) in enumerate(pairs):
            logits = engine.gpt(token, position, cache).logits
            surprises.append(-math.log(plain.softmax(logits)[0][target]))
    return math.fsum(surprises) / len(surprises)


def held_out_loss_by_program(made: Model, documents: list[str]) -> float:
    """Return the same as :func:`held_out_loss`, from the program, whatever was changed in it."""
    tokenizer = vocabulary()
    total, count = 0.0, 0
    for document in documents:
        tokens = tokenizer.encode(document)
        pairs = len(prediction_pairs(tokens, made.block))
        total += document_loss(tokens, made).data * pairs
        count += pairs
    return total / count


@contextmanager
def changed(**functions: Callable[..., object]) -> Iterator[None]:
    """Put other functions in the place of the program's, by name, inside a ``with`` block."""
    with ExitStack() as stack:
        for name, function in functions.items():
            homes = [m for m in (layers, model, loss, training) if hasattr(m, name)]
            if not homes:
                raise AttributeError(f"the program has no {name}")
            for home in homes:
                stack.enter_context(patch.object(home, name, function))
        yield


def both(
    engine: plain.Plain, made: Model, change: dict[str, Callable[..., object]], steps: int
) -> list[tuple[float, float]]:
    """Train the changed program and the engine that is to be the same; return both's losses.

    Args:
        engine: begins with the parameters of ``made``.
        made: what the program trains.
        change: the program's functions that are exchanged, as for :func:`changed`.
        steps: how many, and the plan's length.
    """
    names, tokenizer, optimizer = split(1)[0], vocabulary(), Adam(made.parameters())
    losses = []
    with changed(**change):
        for step in range(1, steps + 1):
            tokens = tokenizer.encode(names[step - 1])
            loss = training.train_step(tokens, made, optimizer, step, steps)
            losses.append((loss, engine.train_step(tokens, step, steps)))
    return losses


def shipped_start() -> tuple[list[str], Tokenizer, Model]:
    """Return what ``microgpt train`` begins with: the shuffled names, and the model just drawn."""
    documents = load_documents(NAMES)
    rng = Random(42)
    rng.shuffle(documents)
    tokenizer, drawn = Tokenizer(documents), Model()
    drawn.draw(tokenizer.size, rng)
    return documents, tokenizer, drawn
