"""Figures of the lesson "Surprise: how good is a guess?"."""

from __future__ import annotations

import math
from statistics import mean
from typing import Any

from book.experiments import recorded


def curve(style: Any) -> Any:
    """The surprise against the probability, with the lesson's guesses marked."""
    figure = style.figure(width=7, height=3.2)
    axes = figure.subplots()
    xs = [0.004 + 0.996 * i / 400 for i in range(401)]
    axes.plot(xs, [-math.log(x) for x in xs], color=style.TEAL)
    marks = (
        (0.9, "0.9", (0, 10), "center"),
        (0.2, "0.2", (10, 4), "left"),
        (0.01, "0.01", (12, 0), "left"),
        (1 / 27, "1 in 27", (12, 2), "left"),
    )
    for x, label, shift, side in marks:
        clueless = x == 1 / 27
        color = style.AMBER if clueless else style.INK
        axes.plot([x], [-math.log(x)], "s" if clueless else "o", color=color,
                  markersize=5 * style.scale)  # fmt: skip
        up = "center" if shift[1] < 9 else "bottom"
        axes.annotate(f"{label}: {-math.log(x):.2f}", (x, -math.log(x)), xytext=shift,
                      textcoords="offset points", ha=side, va=up, color=color)  # fmt: skip
    axes.set_xlim(-0.01, 1.02)
    axes.set_ylim(-0.1, 5.6)
    axes.set_xlabel("probability given to what came")
    axes.set_ylabel("surprise in nats")
    return figure


def bold(style: Any) -> Any:
    """Mean surprise and hits of the bigram table, made more timid and bolder."""
    runs = recorded("nats")
    powers = ("0.5", "1", "1.5", "2", "3")
    names = {p: f"bigrams, power {p}" for p in powers} | {"1": "bigrams, 1 added"}
    figure = style.figure(width=7, height=2.8)
    left, right = figure.subplots(1, 2)
    for axes, what, label in ((left, "nats", "mean surprise in nats"), (right, "hits", "hits")):
        for place, power in enumerate(powers):
            values = [run[names[power]][what] for run in runs.values()]
            honest = power == "1"
            color = style.TEAL if honest else style.AMBER
            low, high = min(values), max(values)
            axes.plot([place, place], [low, high], "-", color=color, linewidth=3 * style.scale)
            axes.plot([place], [mean(values)], "o" if honest else "s", color=color,
                      markersize=6 * style.scale)  # fmt: skip
        axes.set_xticks(range(len(powers)), powers)
        axes.set_xlim(-0.5, len(powers) - 0.5)
        axes.set_xlabel("power")
        axes.set_ylabel(label)
    left.set_ylim(2, None)
    right.set_ylim(0, 0.4)
    return figure
