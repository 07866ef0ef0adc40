"""Figures of the lesson "Adam", drawn from the first steps of the shipped model's training."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
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
