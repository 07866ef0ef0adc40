"""Every parameter of the model: what it is for, and what changing one of them changes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from microgpt.engines.plain import Numbers, softmax
from microgpt.files import InputError
from microgpt.tokenizer import prediction_pairs

from .asking import Answer, Tell, question
from .models import Known, known

WHAT = {
    "token": "number {column} of what the model reads where it meets {row}",
    "position": "number {column} of what is added to a token at position {row}",
    "output": "how much number {column} of the stream speaks for {row} as the next token",
    "query": "how much number {column} counts in number {row} of a query, in head {row head}",
    "key": "how much number {column} counts in number {row} of a key, in head {row head}",
    "value": "how much number {column} counts in number {row} of a value, in head {row head}",
    "mix": "how much number {column} of what the heads heard, here head {column head}, adds to "
    "number {row} of the stream",
    "expand": "how much number {column} counts in unit {row} of the MLP",
    "contract": "how much unit {column} of the MLP, where it is open, adds to number {row} of the "
    "stream",
}
FURTHEST = 10.0  # what a parameter may be set to; those of the shipped model lie within 1.3
REACH, POINTS = 1.0, 21  # how far the curve of the loss goes to both sides, and in how many points


def _tokens(it: Known, name: str) -> list[int]:
    """Return a name as the model learns it, with BOS at both ends."""
    return [*it.tokens(name, it.settings.block - 1), it.tokenizer.bos]


def _read(it: Known, name: str) -> tuple[float, list[Numbers]]:
    """Return the loss of a name, and the probabilities after each of its tokens."""
    pairs = prediction_pairs(_tokens(it, name), it.settings.block)
    memories = it.memories([token for token, _ in pairs])
    chances = [softmax(memory.logits)[0] for memory in memories]
    surprises = [-math.log(chance[target]) for chance, (_, target) in zip(chances, pairs)]
    return math.fsum(surprises) / len(surprises), chances


def _next(it: Known, beginning: str) -> Numbers:
    """Return the probability of each token after a beginning."""
    return softmax(it.memories(_tokens(it, beginning)[:-1])[-1].logits)[0]


def _place(it: Known, table: str, row: int, column: int) -> Numbers:
    """Return the row of numbers that has a parameter in a column."""
    rows = it.engines["after"].tables.get(table, [])
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise InputError(f"there is no parameter {table}, row {row}, column {column}")
    return rows[row]


@contextmanager
def _standing_at(place: Numbers, column: int, number: float) -> Iterator[None]:
    """Let a parameter have another number for a while."""
    kept = place[column]
    place[column] = number
    try:
        yield
    except (ArithmeticError, ValueError) as error:
        raise InputError(f"at {number:g} the loss is beyond all numbers") from error
    finally:
        place[column] = kept


@question
def poster(name: str, tell: Tell) -> Answer:
    """Return every parameter with what it is for, and its slope for a name."""
    it = known()
    engine = it.engines["after"]
    engine.backward(_tokens(it, name))
    slopes = {title: [list(row) for row in table] for title, table in engine.grads.items()}
    for table in engine.grads.values():  # the next name begins at 0
        for row in table:
            row[:] = [0.0] * len(row)
    signs = [*it.tokenizer.letters, "BOS"]
    tables = [
        {
            "name": title,
            "numbers": table,
            "slopes": slopes[title],
            "rows": signs if title in ("token", "output") else list(range(len(table))),
            "what": WHAT[title.rpartition(".")[2]],
        }
        for title, table in engine.tables.items()
    ]
    return {
        "tables": tables,
        "head": it.settings.width // it.settings.heads,
        "tokens": [*it.tokenizer.letters, "end"],
    }


@question
def turned(
    table: str, row: int, column: int, number: float | None, name: str, beginning: str, tell: Tell
) -> Answer:
    """Return the loss of a name and the next letters while one parameter has some number."""
    if number is None or not -FURTHEST <= number <= FURTHEST:
        given = "no number" if number is None else f"{number:g}"
        raise InputError(f"{given} given; wanted a number from -{FURTHEST:g} to {FURTHEST:g}")
    it = known()
    place = _place(it, table, row, column)
    with _standing_at(place, column, number):
        loss, chances = _read(it, name)
        after = chances[len(beginning)] if name.startswith(beginning) else _next(it, beginning)
        return {"chances": after, "loss": loss}


@question
def around(table: str, row: int, column: int, name: str, tell: Tell) -> Answer:
    """Return the loss of a name at some numbers to both sides of a parameter's own."""
    it = known()
    place = _place(it, table, row, column)
    turns = [REACH * (2 * i / (POINTS - 1) - 1) for i in range(POINTS)]
    losses = []
    for turn in turns:
        with _standing_at(place, column, place[column] + turn):
            losses.append(_read(it, name)[0])
    return {"turns": turns, "losses": losses}
