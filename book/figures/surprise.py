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


def prices(style: Any) -> Any:
    """What guesses cost in the long run by two rules, when n comes three times of four."""

    def by_miss(p: float) -> float:
        return 0.75 * (1 - p) + 0.25 * p

    def by_surprise(p: float) -> float:
        return 0.75 * -math.log(p) + 0.25 * -math.log(1 - p)

    figure = style.figure(width=7, height=2.7)
    people = ((0.75, "honest"), (0.9, "bold"), (0.99, "reckless"))
    shifts = {by_miss: ((-6, -8), (-6, -8), (3, -16)), by_surprise: ((0, -15), (-9, 5), (-9, 0))}
    for axes, price, title in zip(
        figure.subplots(1, 2), (by_miss, by_surprise), ("1 − p", "minus ln p"), strict=True
    ):
        xs = [0.2 + 0.795 * i / 300 for i in range(301)]
        axes.plot(xs, [price(x) for x in xs], color=style.GREY)
        for (p, who), shift in zip(people, shifts[price], strict=True):
            honest = who == "honest"
            color = style.TEAL if honest else style.AMBER
            axes.plot([p], [price(p)], "o" if honest else "s", color=color,
                      markersize=6 * style.scale, clip_on=False)  # fmt: skip
            side = "right" if shift[0] else "center"
            beside = (shift[0] * style.scale, shift[1] * style.scale)
            axes.annotate(who, (p, price(p)), xytext=beside, textcoords="offset points",
                          ha=side, va="center", color=color)  # fmt: skip
        axes.set_xlim(0.2, 1.02)
        axes.set_xlabel("probability given to n")
        axes.set_ylabel(f"average price by {title}")
    figure.axes[0].set_ylim(0, 0.75)
    figure.axes[1].set_ylim(0.4, 1.5)
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
