"""A training run that can be stopped at any moment, and goes on as if it had not been.

A checkpoint is written before the first step, then every few seconds, always between two steps. So
whatever is on the disk is a state that the run went through, and going on from it gives the same
numbers to the last bit: the order of the documents follows from the seed, and all else is in it.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from random import Random
from types import FrameType
from typing import NoReturn, Protocol

from microgpt.autograd import collector_paused
from microgpt.checkpoint import Settings, State, save_checkpoint, save_model
from microgpt.cli.console import give, say
from microgpt.cli.progress import Progress
from microgpt.engines.plain import Plain
from microgpt.files import InputError, quoted, reason, target
from microgpt.generation import sample
from microgpt.optimizer import Adam
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer
from microgpt.training import train_step

CHECKPOINT_SECONDS = 5.0
TEMPERATURE = 0.5


class Engine(Protocol):
    """Something that can take the training step."""

    def step(self, tokens: list[int], number: int) -> float:
        """Learn from an encoded document in step ``number``, counted from 1; return the loss."""

    def numbers(self) -> tuple[list[float], list[float], list[float]]:
        """Return copies of the parameters, Adam's means and Adam's squares."""


class ProgramEngine:
    """The program itself."""

    def __init__(self, settings: Settings, state: State) -> None:
        self.steps = settings.steps
        self.model = settings.model(state.parameters)
        self.optimizer = Adam(self.model.parameters())
        self.optimizer.means = list(state.means)
        self.optimizer.squares = list(state.squares)

    def step(self, tokens: list[int], number: int) -> float:
        """Take a step with the program's own function."""
        return train_step(tokens, self.model, self.optimizer, number, self.steps)

    def numbers(self) -> tuple[list[float], list[float], list[float]]:
        """Return copies of the three lists."""
        parameters = [value.data for value in self.optimizer.values]
        return parameters, list(self.optimizer.means), list(self.optimizer.squares)


class PlainEngine:
    """The same step with every slope worked out by hand, bit for bit and many times as fast."""

    def __init__(self, settings: Settings, state: State) -> None:
        self.steps = settings.steps
        self.plain = Plain(settings.model(state.parameters))
        self.plain.means = list(state.means)
        self.plain.squares = list(state.squares)

    def step(self, tokens: list[int], number: int) -> float:
        """Take a step on plain numbers."""
        return self.plain.train_step(tokens, number, self.steps)

    def numbers(self) -> tuple[list[float], list[float], list[float]]:
        """Return copies of the three lists."""
        return list(self.plain.parameters()), list(self.plain.means), list(self.plain.squares)


ENGINES: dict[str, Callable[[Settings, State], Engine]] = {
    "program": ProgramEngine,
    "plain": PlainEngine,
}


class Stopped(Exception):
    """The run was asked to stop, and what it had done is safe.

    Attributes:
        number: the signal that asked.
        step: how many steps are done.
    """

    def __init__(self, number: int, step: int) -> None:
        super().__init__(number, step)
        self.number = number
        self.step = step


class StopSwitch:
    """Turn the signals that ask a program to end into a wish that is granted between two steps.

    A second signal does not wait: it ends the run where it stands, at its last checkpoint.
    """

    def __init__(self) -> None:
        self.number: int | None = None

    def pressed(self, number: int, frame: FrameType | None) -> None:
        """Take note of a signal."""
        if self.number is not None:
            raise KeyboardInterrupt
        self.number = number

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Listen inside a ``with`` block; only the main thread may."""
        before = {}
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    before[number] = signal.signal(number, self.pressed)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@dataclass(frozen=True)
class Places:
    """Where a run writes.

    Attributes:
        out: the model file.
        checkpoint: the checkpoint, beside it.
        log: the losses, one JSON object a line; None for none.
    """

    out: Path
    checkpoint: Path
    log: Path | None


def checkpoint_beside(out: Path) -> Path:
    """Return where the checkpoint of a run lies that will write the model to ``out``."""
    return out.with_name(out.name + ".checkpoint")


def fresh_state(settings: Settings, rng: Random, source: str | None) -> State:
    """Return a run before its first step; the model's numbers are drawn from the stream."""
    model = Model(settings.width, settings.heads, settings.layers, settings.block)
    model.draw(len(settings.letters) + 1, rng)
    parameters = [value.data for value in model.parameters()]
    zeros = [0.0] * len(parameters)
    version, words, gauss = rng.getstate()
    return State(0, [], parameters, zeros, list(zeros), (version, words, gauss), source)


class Run:
    """A training run, from a state to its end.

    Args:
        settings: of the run.
        state: how far it has come.
        documents: the shuffled documents.
        places: where to write.
        progress: what to report to.
        engine: a key of ``ENGINES``.
        notes: what to tell the user when the run begins.
        fresh: it is a new run, not one that goes on.
    """

    def __init__(
        self,
        settings: Settings,
        state: State,
        documents: list[str],
        places: Places,
        progress: Progress,
        engine: str,
        notes: list[str],
        fresh: bool,
    ) -> None:
        self.settings = settings
        self.state = state
        self.documents = documents
        self.places = places
        self.progress = progress
        self.engine = engine
        self.switch = StopSwitch()
        self.notes = list(notes)
        self.fresh = fresh
        self.saved = state.step  # the step of the checkpoint on the disk
        self.old: Path | None = None  # where the checkpoint of an older run was put

    def complete(self, samples: int) -> None:
        """Take the steps that are left, write the model, and print samples.

        Raises:
            Stopped: a signal asked for it; the checkpoint is there.
            InputError: something could not be written, or the numbers overflowed.
        """
        try:
            with self.switch.installed(), Log(self.places.log) as log:
                self.begin(log)
                if self.state.step < self.settings.steps:
                    self.train(log)
                save_model(self.places.out, self.settings, self.state.parameters)
                self.print_samples(samples)
                with contextlib.suppress(OSError):
                    self.places.checkpoint.unlink()
        except KeyboardInterrupt:
            raise Stopped(signal.SIGINT, self.saved) from None
        except InputError:
            if self.fresh and self.saved == 0:  # nothing was learnt: leave all as it was
                with contextlib.suppress(OSError):
                    self.places.checkpoint.unlink()
                if self.old is not None:
                    with contextlib.suppress(OSError):
                        self.old.replace(self.places.checkpoint)
            raise

    def begin(self, log: Log) -> None:
        """Write what there is before the first step, and find out whether it can be written."""
        if self.fresh and self.places.checkpoint.exists():
            old = self.places.checkpoint.with_name(self.places.checkpoint.name + ".old")
            old = target(old, "the checkpoint of a run that had been stopped")
            try:
                self.places.checkpoint.replace(old)
            except OSError as error:
                raise InputError(f"cannot write {quoted(old)}: {reason(error)}") from error
            self.old = old
            self.notes.append(
                f"a run that had been stopped is here; its checkpoint is kept as {quoted(old)}"
            )
        self.save()
        log.open(self.state.losses)
        for note in self.notes:
            say(note)

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(self.places.checkpoint, self.settings, self.state)
        self.saved = self.state.step

    def train(self, log: Log) -> None:
        """Take the steps that are left."""
        steps = self.settings.steps
        tokenizer = Tokenizer(list(self.settings.letters))
        engine = ENGINES[self.engine](self.settings, self.state)
        self.progress.start(self.state.step, steps)
        try:
            written = before = time.monotonic()
            for number in range(self.state.step + 1, steps + 1):
                document = self.documents[(number - 1) % len(self.documents)]
                # What lies beyond the block is not learnt: there is no need to encode it.
                tokens = tokenizer.encode(document[: self.settings.block])
                loss = self.step(engine, tokens, number)
                self.state.losses.append(loss)
                self.state.step = number
                log.add(number, loss)
                self.progress.step(number, loss)
                now = time.monotonic()
                spent, before = now - before, now
                stopping = self.switch.number is not None
                # Write it when five seconds have gone by, or will have before the next step ends.
                if stopping or number == steps or now - written + spent >= CHECKPOINT_SECONDS:
                    numbers = engine.numbers()
                    self.state.parameters, self.state.means, self.state.squares = numbers
                    self.save()
                    written = time.monotonic()
                if self.switch.number is not None and stopping:
                    raise Stopped(self.switch.number, number)
        finally:
            self.progress.stop()

    def step(self, engine: Engine, tokens: list[int], number: int) -> float:
        """Take one step."""
        try:
            loss = engine.step(tokens, number)
        except (ArithmeticError, ValueError):
            loss = math.nan
        if not math.isfinite(loss):
            raise InputError(
                f"the numbers overflow at step {number}: training does not work with these sizes "
                "and this data; wanted a smaller width or fewer layers"
            )
        return loss

    def print_samples(self, count: int) -> None:
        """Print samples from the stream that shuffled the documents and drew the model."""
        model = self.settings.model(self.state.parameters)
        rng = Random()
        rng.setstate(self.state.random)
        for text in sample_many(
            model, Tokenizer(list(self.settings.letters)), rng, TEMPERATURE, "", count
        ):
            give(text)
            if self.switch.number is not None:
                raise Stopped(self.switch.number, self.state.step)


class Log:
    """The file that gets the losses, one JSON object a line, each written at once.

    Args:
        path: where; None for no log at all.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.file: FileIO | None = None

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *exception: object) -> None:
        if self.file is not None:
            with contextlib.suppress(OSError):
                self.file.close()

    def open(self, losses: list[float]) -> None:
        """Open the file and replace what it held by the losses so far."""
        if self.path is None:
            return
        try:
            self.file = FileIO(self.path, "a")
            if stat.S_ISREG(os.fstat(self.file.fileno()).st_mode):
                self.file.truncate(0)
        except (OSError, ValueError) as error:
            self.fail(error)
        self.write("".join(log_line(i, loss) for i, loss in enumerate(losses, start=1)))

    def add(self, step: int, loss: float) -> None:
        """Add a step."""
        self.write(log_line(step, loss))

    def write(self, text: str) -> None:
        """Write all of the text, or raise."""
        rest = text.encode()
        try:
            while self.file is not None and rest:
                rest = rest[self.file.write(rest) :]
        except OSError as error:
            self.fail(error)

    def fail(self, error: OSError | ValueError) -> NoReturn:
        """Raise the clear error."""
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot write the log to {quoted(self.path)}: {why}") from error


def log_line(step: int, loss: float) -> str:
    r"""Return what the log says of a step.

    Example:
        >>> log_line(1, 3.25)
        '{"step": 1, "loss": 3.25}\n'
    """
    return json.dumps({"step": step, "loss": loss}) + "\n"


def sample_many(
    model: Model, tokenizer: Tokenizer, rng: Random, temperature: float, prefix: str, count: int
) -> Iterator[str]:
    """Yield samples, one after the other from the same stream.

    Raises:
        InputError: the numbers overflow, because the temperature is next to nothing or the model's
            numbers are enormous.
    """
    for _ in range(count):
        try:
            with collector_paused():
                text = sample(model, tokenizer, rng, temperature, prefix)
        except (ArithmeticError, ValueError) as error:
            raise InputError(
                f"the numbers overflow at temperature {temperature}; wanted a temperature that is "
                "not so close to 0, and a model whose numbers are not enormous"
            ) from error
        yield text
