"""Model files and checkpoints: plain JSON, checked before it is believed, never executed.

A **model file** holds what the model learnt and what it takes to learn it again::

    {"schema": 1, "kind": "model", "width": 16, "heads": 4, "layers": 1, "block": 16,
     "letters": "abc...", "seed": 42, "steps": 1000, "data": "SHA-256 of the documents",
     "matrices": {"token": [[0.1, ...], ...], ...}}

Numbers are written so that they are read back to the last bit. A **checkpoint** has the same and in
addition what an unfinished run needs to go on as if it had never stopped: the steps done and their
losses, Adam's two lists, and the state of the random stream.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random
from typing import Any, NoReturn

from microgpt.assets import MODEL
from microgpt.autograd import Value
from microgpt.files import InputError, printable, quoted, read_bytes, write_whole
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

SCHEMA = 1
MAX_WIDTH = 1024
MAX_LAYERS = 128
MAX_BLOCK = 1024
MAX_STEPS = 1_000_000
MAX_LETTERS = 100_000
MAX_PARAMETERS = 1_000_000
MAX_SEED = 2**64 - 1
MAX_MODEL_BYTES = 32 * 2**20
MAX_CHECKPOINT_BYTES = 128 * 2**20

RandomState = tuple[int, tuple[int, ...], float | None]


@dataclass(frozen=True)
class Settings:
    """All that decides what a training run gives, to the last bit.

    Attributes:
        width: as in :class:`~microgpt.parameters.Model`, like the next three.
        heads: as there.
        layers: as there.
        block: as there.
        letters: the vocabulary, sorted, without BOS.
        seed: of the one random stream.
        steps: how many steps the whole run has.
        data: SHA-256 of the documents, see :func:`fingerprint`.
    """

    width: int
    heads: int
    layers: int
    block: int
    letters: str
    seed: int
    steps: int
    data: str

    def check(self) -> None:
        """Raise an InputError unless every size is one that can be had."""
        _check_range("width", self.width, 1, MAX_WIDTH)
        _check_range("heads", self.heads, 1, MAX_WIDTH)
        _check_range("layers", self.layers, 1, MAX_LAYERS)
        _check_range("block", self.block, 1, MAX_BLOCK)
        _check_range("seed", self.seed, 0, MAX_SEED)
        _check_range("steps", self.steps, 1, MAX_STEPS)
        _check_range("number of letters", len(self.letters), 1, MAX_LETTERS)
        if self.width % self.heads:
            fitting = [str(n) for n in range(1, self.width + 1) if self.width % n == 0]
            raise InputError(
                f"a width of {self.width} cannot be shared by {self.heads} heads; "
                f"wanted a number of heads that divides it: {', '.join(fitting)}"
            )
        if self.parameters() > MAX_PARAMETERS:
            raise InputError(
                f"width {self.width}, {self.layers} layers, block {self.block} and "
                f"{len(self.letters)} letters make {self.parameters():,} parameters; "
                f"wanted at most {MAX_PARAMETERS:,}"
            )

    def shapes(self) -> dict[str, tuple[int, int]]:
        """Return the shape of each matrix, in the order in which they are drawn."""
        vocabulary = len(self.letters) + 1
        shapes = {
            "token": (vocabulary, self.width),
            "position": (self.block, self.width),
            "output": (vocabulary, self.width),
        }
        for layer in range(self.layers):
            for name in ("query", "key", "value", "mix"):
                shapes[f"{layer}.{name}"] = (self.width, self.width)
            shapes[f"{layer}.expand"] = (4 * self.width, self.width)
            shapes[f"{layer}.contract"] = (self.width, 4 * self.width)
        return shapes

    def parameters(self) -> int:
        """Return how many numbers the model learns."""
        return sum(rows * columns for rows, columns in self.shapes().values())

    def model(self, parameters: Iterable[float]) -> Model:
        """Return the model that has these parameters, in the order in which they are drawn."""
        numbers = iter(parameters)
        model = Model(self.width, self.heads, self.layers, self.block)
        for name, (rows, columns) in self.shapes().items():
            matrix = [[Value(next(numbers)) for _ in range(columns)] for _ in range(rows)]
            model.matrices[name] = matrix
        return model


@dataclass
class State:
    """How far a run has come.

    Attributes:
        step: how many steps are done.
        losses: the loss of each.
        parameters: all numbers of the model in one list, in the order of their draws.
        means: Adam's running means.
        squares: Adam's running means of the squares.
        random: the random stream, as ``Random.getstate`` gives it.
        source: the file of the documents; None for the names that come with the package.
    """

    step: int
    losses: list[float]
    parameters: list[float]
    means: list[float]
    squares: list[float]
    random: RandomState
    source: str | None


def fingerprint(documents: list[str]) -> str:
    """Return the SHA-256 of the documents, one a line.

    It is what ``sha256sum`` says of a file that is UTF-8 without a byte-order mark, ends each line
    with a line feed and has no empty lines; how a file is written makes no difference.
    """
    digest = hashlib.sha256()
    for document in documents:
        digest.update(document.encode() + b"\n")
    return digest.hexdigest()


def save_model(path: Path, settings: Settings, parameters: list[float]) -> None:
    """Write a model file; the old one stays until the new one is whole.

    Raises:
        InputError: it cannot be written.
    """
    write_whole(path, _encode("model", settings, parameters, {}), "the model")


def load_model(path: str | Path = MODEL) -> tuple[Model, Tokenizer]:
    """Read a model file.

    Args:
        path: the file; the trained model that comes with the package if left out.

    Returns:
        The model with its parameters, and the tokenizer it was trained with.

    Raises:
        InputError: there is no such file, or it is no whole and sound model file.

    Example:
        >>> model, tokenizer = load_model()
        >>> model.width, tokenizer.size, len(model.parameters())
        (16, 27, 4192)
    """
    settings, parameters = read_model(Path(path))
    return settings.model(parameters), Tokenizer(list(settings.letters))


def read_model(path: Path) -> tuple[Settings, list[float]]:
    """Read a model file and return what it says about the run, and the parameters.

    Raises:
        InputError: as for :func:`load_model`.
    """
    wanted = "a model file, as 'microgpt train' writes it"
    reader = _Reader(path, "model", MAX_MODEL_BYTES, wanted)
    settings = reader.settings()
    parameters = reader.matrices(settings)
    reader.no_more()
    return settings, parameters


def save_checkpoint(path: Path, settings: Settings, state: State) -> None:
    """Write a checkpoint; the old one stays until the new one is whole.

    Raises:
        InputError: it cannot be written.
    """
    version, words, gauss = state.random
    more = {
        "source": state.source,
        "step": state.step,
        "losses": state.losses,
        "means": state.means,
        "squares": state.squares,
        "random": [version, list(words), gauss],
    }
    content = _encode("checkpoint", settings, state.parameters, more)
    write_whole(path, content, "the checkpoint")


def read_checkpoint(path: Path) -> tuple[Settings, State]:
    """Read a checkpoint and return the settings of its run, and how far it has come.

    Raises:
        InputError: there is no such file, or it is no whole and sound checkpoint.
    """
    wanted = "a checkpoint, as 'microgpt train' writes it"
    reader = _Reader(path, "checkpoint", MAX_CHECKPOINT_BYTES, wanted)
    settings = reader.settings()
    count = settings.parameters()
    source = reader.take("source")
    if source is not None and not isinstance(source, str):
        reader.refuse("'source' is neither a text nor null")
    step = reader.integer("step")
    if not 0 <= step <= settings.steps:
        reader.refuse(f"'step' is {step} of {settings.steps}")
    state = State(
        step,
        reader.numbers("losses", reader.take("losses"), step),
        reader.matrices(settings),
        reader.numbers("means", reader.take("means"), count),
        reader.numbers("squares", reader.take("squares"), count),
        reader.random_state(),
        source,
    )
    if any(square < 0 for square in state.squares):
        reader.refuse("'squares' has a negative number")
    reader.no_more()
    return settings, state


def _check_range(name: str, given: int, least: int, most: int) -> None:
    if not least <= given <= most:
        raise InputError(f"the {name} is {quoted(given, 30)}; wanted {least} to {most:,}")


def _encode(kind: str, settings: Settings, numbers: list[float], more: dict[str, Any]) -> bytes:
    """Return the text of a file: one line a setting, one line a row of a matrix."""
    head = {"schema": SCHEMA, "kind": kind} | {
        field.name: getattr(settings, field.name) for field in fields(settings)
    }
    lines = [f"{json.dumps(key)}: {_dump(value)}" for key, value in (head | more).items()]
    matrices = []
    start = 0
    for name, (rows, columns) in settings.shapes().items():
        texts = []
        for _ in range(rows):
            texts.append("   " + _dump(numbers[start : start + columns]))
            start += columns
        matrices.append(f"  {json.dumps(name)}: [\n" + ",\n".join(texts) + "\n  ]")
    lines.append('"matrices": {\n' + ",\n".join(matrices) + "\n }")
    return ("{\n " + ",\n ".join(lines) + "\n}\n").encode("ascii")


def _dump(value: object) -> str:
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise InputError("the model has numbers that are no longer finite; not written") from error


class _Reader:
    """A file that is being checked, one entry after the other."""

    def __init__(self, path: Path, kind: str, limit: int, wanted: str) -> None:
        self.path = path
        self.wanted = wanted
        content = read_bytes(path, limit, wanted)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            self.refuse("it is not text")
        # JSON can blow a small file up to a great many objects: count them before they are made.
        if text.count("{") > 8 or text.count("[") > 1_000_000:
            self.refuse("it is nested in a way that no such file is")
        try:
            loaded = json.loads(text, parse_constant=self.not_a_number)
        except json.JSONDecodeError as error:
            self.refuse(f"it breaks off or has a fault at line {error.lineno}")
        except (ValueError, RecursionError):
            self.refuse("it is nested too deeply or has a number that is too long")
        if not isinstance(loaded, dict):
            self.refuse("it is JSON, but no object")
        self.entries: dict[str, Any] = loaded
        if self.integer("schema") != SCHEMA:
            self.refuse(f"its schema is not {SCHEMA}, the only one that this version knows")
        if self.take("kind") != kind:
            self.refuse(f"it is no {kind}")

    def refuse(self, why: str) -> NoReturn:
        raise InputError(f"cannot use {quoted(self.path)}: {printable(why)}; wanted {self.wanted}")

    def not_a_number(self, constant: str) -> NoReturn:
        self.refuse(f"it holds {constant}, which is no number")

    def take(self, name: str) -> Any:
        if name not in self.entries:
            self.refuse(f"it has no '{name}'")
        return self.entries.pop(name)

    def no_more(self) -> None:
        if self.entries:
            unknown = quoted(next(iter(self.entries)), 40)
            self.refuse(f"it has an entry that is not known: {unknown}")

    def integer(self, name: str) -> int:
        value = self.take(name)
        if type(value) is not int:
            self.refuse(f"'{name}' is no whole number")
        return value

    def string(self, name: str) -> str:
        value = self.take(name)
        if not isinstance(value, str):
            self.refuse(f"'{name}' is no text")
        return value

    def numbers(self, name: str, values: Any, count: int) -> list[float]:
        if not isinstance(values, list) or len(values) != count:
            self.refuse(f"'{name}' is no list of {count} numbers")
        for value in values:
            if type(value) is not float or not math.isfinite(value):
                self.refuse(f"'{name}' holds something that is no finite decimal number")
        return values

    def settings(self) -> Settings:
        sizes = {name: self.integer(name) for name in ("width", "heads", "layers", "block")}
        letters = self.string("letters")
        if "".join(sorted(set(letters))) != letters or not letters:
            self.refuse("'letters' is not a sorted text of different letters")
        if any("\ud800" <= letter <= "\udfff" for letter in letters):
            self.refuse("'letters' has half a character")
        run = {name: self.integer(name) for name in ("seed", "steps")}
        data = self.string("data")
        if len(data) != 64 or set(data) - set("0123456789abcdef"):
            self.refuse("'data' is no SHA-256")
        settings = Settings(**sizes, letters=letters, **run, data=data)
        try:
            settings.check()
        except InputError as error:
            self.refuse(str(error).replace("; wanted", ", not"))
        return settings

    def matrices(self, settings: Settings) -> list[float]:
        matrices = self.take("matrices")
        shapes = settings.shapes()
        if not isinstance(matrices, dict) or list(matrices) != list(shapes):
            self.refuse(f"its matrices are not those of {settings.layers} layers, in their order")
        numbers: list[float] = []
        for name, (rows, columns) in shapes.items():
            matrix = matrices[name]
            if not isinstance(matrix, list) or len(matrix) != rows:
                self.refuse(f"matrix '{name}' does not have {rows} rows")
            for row in matrix:
                numbers += self.numbers(f"{name}", row, columns)
        return numbers

    def random_state(self) -> RandomState:
        value = self.take("random")
        try:
            version, words, gauss = value
            state: RandomState = (version, tuple(words), gauss)
            ints = all(type(word) is int and 0 <= word < 2**32 for word in state[1])
            if not ints or not (gauss is None or type(gauss) is float):
                raise ValueError
            Random().setstate(state)
        except (TypeError, ValueError, OverflowError):
            self.refuse("'random' is no state of a random stream")
        return state
