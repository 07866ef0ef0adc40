"""How a run shows itself: a bar on a screen, now and then a line elsewhere, a plot at the end."""

from __future__ import annotations

import contextlib
import itertools
import sys
import time
from collections.abc import Sequence
from typing import Protocol

from microgpt.cli.console import is_terminal, say


class Progress(Protocol):
    """What a run reports to."""

    def start(self, done: int, steps: int) -> None:
        """Begin: so many steps are done of so many."""

    def step(self, number: int, loss: float) -> None:
        """Take note of a step, counted from 1, and its loss."""

    def stop(self) -> None:
        """End, whether all steps are done or not."""


class Silence:
    """Show nothing."""

    def start(self, done: int, steps: int) -> None:
        """Show nothing."""

    def step(self, number: int, loss: float) -> None:
        """Show nothing."""

    def stop(self) -> None:
        """Show nothing."""


class Lines:
    """Say now and then where the run is: at its first step, at each tenth, at least once a minute.

    For logs and pipes, where a moving bar would only make a mess.
    """

    def start(self, done: int, steps: int) -> None:
        """Begin to measure."""
        self.done, self.steps = done, steps
        self.began = self.spoke = time.monotonic()

    def step(self, number: int, loss: float) -> None:
        """Say it if it is time."""
        now = time.monotonic()
        tenth = number * 10 // self.steps > (number - 1) * 10 // self.steps
        if not tenth and number != self.done + 1 and now - self.spoke < 60:
            return
        self.spoke = now
        rate = (number - self.done) / max(now - self.began, 1e-9)
        left = clock((self.steps - number) / rate)
        say(f"step {number} of {self.steps}, loss {loss:.4f}, {per_second(rate)}, {left} left")

    def stop(self) -> None:
        """Nothing is left open."""


class Bar:
    """A bar that moves, with the loss, the steps a second and the time left."""

    def start(self, done: int, steps: int) -> None:
        """Draw it."""
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self.done = done
        self.steps = steps
        self.began = time.monotonic()
        self.shown = 0.0
        self.last: tuple[int, float] | None = None
        self.bar = RichProgress(
            TextColumn("step {task.completed} of {task.total}", markup=False),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[facts]}", markup=False),
            console=Console(stderr=True),
            auto_refresh=False,
            expand=True,
        )
        self.task = self.bar.add_task("", total=steps, completed=done, facts="")
        self.alive = True
        try:
            self.bar.start()
            self.bar.refresh()
        except (OSError, ValueError):
            self.alive = False

    def step(self, number: int, loss: float) -> None:
        """Move it, at most ten times a second."""
        now = time.monotonic()
        self.last = number, loss
        if not self.alive or (now - self.shown < 0.1 and number < self.steps):
            return
        self.shown = now
        rate = (number - self.done) / max(now - self.began, 1e-9)
        left = clock((self.steps - number) / rate)
        facts = f"loss {loss:.4f}  {per_second(rate)}  {left} left"
        try:
            self.bar.update(self.task, completed=number, facts=facts)
            self.bar.refresh()
        except (OSError, ValueError):  # the terminal has gone; the run goes on
            self.alive = False

    def stop(self) -> None:
        """Leave it at the last step and give the cursor back."""
        if self.last is not None:
            self.shown = 0.0
            self.step(*self.last)
        with contextlib.suppress(OSError, ValueError):
            self.bar.stop()


def choose(quiet: bool) -> Progress:
    """Return the progress that fits where standard error goes."""
    if quiet:
        return Silence()
    return Bar() if is_terminal(sys.stderr) else Lines()


def per_second(rate: float) -> str:
    """Return a speed as people read it.

    Example:
        >>> per_second(9.86), per_second(312.4), per_second(0.25)
        ('9.9 steps/s', '312 steps/s', '0.25 steps/s')
    """
    digits = 0 if rate >= 100 else 1 if rate >= 1 else 2
    return f"{rate:.{digits}f} steps/s"


def clock(seconds: float) -> str:
    """Return a length of time as minutes and seconds, with hours if there are any.

    Example:
        >>> clock(92.4), clock(3 * 3600 + 61)
        ('1:32', '3:01:01')
    """
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def running_mean(losses: Sequence[float], window: int) -> list[float]:
    """Return, for each step, the mean of the losses of the last ``window`` steps.

    Example:
        >>> running_mean([4.0, 2.0, 3.0], window=2)
        [4.0, 3.0, 2.5]
    """
    sums = [0.0, *itertools.accumulate(losses)]
    result = []
    for end in range(1, len(sums)):
        begin = max(0, end - window)
        result.append((sums[end] - sums[begin]) / (end - begin))
    return result


def loss_plot(
    losses: Sequence[float], width: int = 80, height: int = 16, plain: bool = False
) -> str:
    """Return the running loss drawn with characters, each line ending in a newline.

    Args:
        losses: the loss of each step.
        width: columns.
        height: lines.
        plain: use ASCII only.
    """
    import plotext  # type: ignore[import-untyped]

    window = min(100, max(1, len(losses) // 10))
    means = running_mean(losses, window)
    chosen = range(0, len(means), max(1, len(means) // (4 * width)))
    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(width, height)
    points = [i + 1 for i in chosen], [means[i] for i in chosen]
    quarters = sorted({1 + (len(losses) - 1) * i // 4 for i in range(5)})
    figure.ruler("x").ticks(quarters, [str(step) for step in quarters])
    figure.draw(figure.signal(*points, marker="*" if plain else "hd"))
    text = figure.build().string(colorless=True)
    figure.clear()
    lines = [line.rstrip() for line in text.splitlines()]
    title = f"loss, mean of the last {window} steps" if window > 1 else "loss"
    text = "\n".join([title, *lines]).rstrip() + "\n"
    return text.translate(_ASCII) if plain else text


_ASCII = str.maketrans({letter: "+" for letter in "┌┐└┘├┤┬┴┼"} | {"─": "-", "│": "|"})
