"""Figures of the lesson "Adam": walks in the valley of two throws, and two real parameters."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from book.figures.gradient_descent import contours, loss_of, walk
from microgpt.assets import NAMES
from microgpt.autograd import Value
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.optimizer import Adam
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

STEPS = 65
RATE = 0.01


class Trace(NamedTuple):
    """What one parameter went through, a number a step."""

    slopes: list[float]
    means: list[float]
    sizes: list[float]
    moves: list[float]


def follow(places: list[tuple[str, int, int]]) -> list[Trace]:
    """Train for some steps at a constant rate and follow some parameters."""
    names, rng = load_documents(NAMES), Random(42)
    rng.shuffle(names)
    tokenizer = Tokenizer(names)
    model = Model()
    model.draw(tokenizer.size, rng)
    engine = plain.Plain(model)
    flat = {place: i for i, place in enumerate(every(engine))}
    traces = [Trace([], [], [], []) for _ in places]
    for step in range(1, STEPS + 1):
        engine.backward(tokenizer.encode(names[step - 1]))
        slopes = [engine.grads[name][row][column] for name, row, column in places]
        i = 0
        for name, table in engine.tables.items():
            for row, grads in zip(table, engine.grads[name]):
                for j, grad in enumerate(grads):
                    engine.means[i] = 0.85 * engine.means[i] + (1 - 0.85) * grad
                    engine.squares[i] = 0.99 * engine.squares[i] + (1 - 0.99) * grad**2
                    mean = engine.means[i] / (1 - 0.85**step)
                    size = (engine.squares[i] / (1 - 0.99**step)) ** 0.5
                    row[j] -= RATE * mean / (size + 1e-8)
                    i += 1
                grads[:] = [0.0] * len(grads)
        for trace, place, slope in zip(traces, places, slopes):
            mean = engine.means[flat[place]] / (1 - 0.85**step)
            size = (engine.squares[flat[place]] / (1 - 0.99**step)) ** 0.5
            trace.slopes.append(slope)
            trace.means.append(mean)
            trace.sizes.append(size)
            trace.moves.append(-mean / (size + 1e-8))
    return traces


def every(engine: plain.Plain) -> list[tuple[str, int, int]]:
    """Return the places of all parameters, in the order of Adam's memories."""
    return [
        (name, i, j)
        for name, table in engine.tables.items()
        for i, row in enumerate(table)
        for j in range(len(row))
    ]


def traces(style: Any) -> Any:
    """Slopes, mean and size above, moves below, for a rare and a wavering parameter."""
    places = [("token", 25, 0), ("output", 0, 0)]
    titles = ("a weight of the token z", "a weight in the output row of a")
    figure = style.figure(width=7, height=4.2)
    panels = figure.subplots(2, 2, sharex=True, height_ratios=[1.4, 1])
    steps = range(1, STEPS + 1)
    for column, (trace, title) in enumerate(zip(follow(places), titles)):
        above, below = panels[0][column], panels[1][column]
        above.bar(steps, trace.slopes, width=0.8, color=style.LINE)
        above.plot(steps, trace.sizes, "--", color=style.AMBER, linewidth=1.4 * style.scale)
        above.plot(steps, trace.means, color=style.TEAL, linewidth=1.8 * style.scale)
        above.axhline(0, color=style.GREY, linewidth=0.7 * style.scale)
        above.set_title(title)
        below.bar(steps, trace.moves, width=0.8, color=style.TEAL)
        below.axhline(0, color=style.GREY, linewidth=0.7 * style.scale)
        below.set_ylim(-1.15, 1.15)
        below.set_yticks([-1, 0, 1])
        below.set_xlabel("step")
    panels[0][0].set_ylabel("slope")
    panels[1][0].set_ylabel("move / rate")
    return figure


def adam_walk(rate: float, steps: int) -> tuple[list[tuple[float, float]], list[float]]:
    """Return the places and losses of Adam in the valley of two throws."""
    dials = [Value(3.0), Value(1.0)]
    adam = Adam(dials)
    places, losses = [], []
    for step in range(1, steps + 1):
        loss = loss_of(*dials)
        places.append((dials[0].data, dials[1].data))
        losses.append(loss.data)
        loss.backward()
        adam.update(step, rate)
    return places, losses


def valley(style: Any) -> Any:
    """The valley with a walk of each kind on the left, their losses on the right."""
    figure = style.figure(width=7, height=3.6)
    left, right = figure.subplots(1, 2, width_ratios=[1.15, 1])
    contours(left, style)
    marks = {"markersize": 3.5 * style.scale}
    places, losses = walk(0.05, 60)
    left.plot(*zip(*places[:9]), "--s", color=style.AMBER, linewidth=1.4 * style.scale, **marks)
    left.text(2.85, 3.1, "gradient\ndescent 0.05", color=style.AMBER)
    right.plot(losses, "--", color=style.AMBER)
    right.text(26, 300, "gradient descent 0.05", color=style.AMBER, va="center")
    for rate, line, color in (
        (0.01, ":", style.GREY),
        (0.1, "-", style.TEAL),
        (1, "-.", style.INK),
    ):
        places, losses = adam_walk(rate, 251)
        right.plot(losses, line, color=color, linewidth=1.6 * style.scale)
        if rate > 0.01:
            left.plot(*zip(*places), line, color=color, linewidth=1.6 * style.scale)
            left.plot(*zip(*places[:101:10]), "o", color=color, **marks)
    left.text(1.3, 4.6, "Adam 0.1", color=style.TEAL, ha="right")
    left.text(1.95, 6.1, "Adam 1", color=style.INK)
    right.text(120, 25, "Adam 0.01", color=style.GREY)
    right.text(76, 0.006, "Adam 0.1", color=style.TEAL)
    right.text(100, 2e-5, "Adam 1", color=style.INK)
    left.plot([3], [1], "o", color=style.INK, markersize=6 * style.scale)
    left.annotate("start", (3, 1), xytext=(12, -2), textcoords="offset points", color=style.INK)
    left.plot([0], [10], "*", color=style.INK, markersize=10 * style.scale)
    left.annotate("bottom", (0, 10), xytext=(13, 9), textcoords="offset points", color=style.INK)
    left.set_xlim(-1.5, 5)
    left.set_ylim(-1.5, 12)
    left.set_yticks([0, 5, 10])
    left.set_xlabel("band")
    left.set_ylabel("tilt")
    right.set_xlabel("step")
    right.set_ylabel("loss")
    right.set_yscale("log")
    right.set_ylim(1e-5, 1000)
    right.set_xlim(0, 255)
    return figure
