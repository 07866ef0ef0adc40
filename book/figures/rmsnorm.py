"""The figure of the lesson "RMSNorm": the pocket model's sums on their way to the circle."""

from __future__ import annotations

import math
from typing import Any

from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import add, rmsnorm

INSIDE = {("n", 0): (-0.85, 0.5), ("BOS", 0): (0.3, -0.3)}  # labels that another arrow would cross


def circle(style: Any) -> Any:
    """Each sum of a token's and a position's row, and the arrow that rmsnorm moves it along."""
    pocket, tokenizer = load_model(POCKET)
    figure = style.figure(width=7, height=3.8)
    axes = style.clean(figure.subplots())
    turn = [math.tau * step / 200 for step in range(201)]
    radius = math.sqrt(2)
    axes.plot([radius * math.cos(t) for t in turn], [radius * math.sin(t) for t in turn],
              "-", color=style.TEAL, linewidth=1.5 * style.scale)  # fmt: skip
    axes.plot([-1.5, 1.5], [0, 0], "-", color=style.LINE, linewidth=style.scale)
    axes.plot([0, 0], [-1.5, 1.5], "-", color=style.LINE, linewidth=style.scale)
    for token, row in enumerate(pocket.matrices["token"]):
        sign = [*tokenizer.letters, "BOS"][token]
        for position in (0, 1, 3):
            total = add(row, pocket.matrices["position"][position])
            x, y = (value.data for value in total)
            end = tuple(value.data for value in rmsnorm(total))
            axes.annotate("", end, (x, y),
                          arrowprops=style.arrow(style.AMBER, shrinkA=3, shrinkB=0))  # fmt: skip
            axes.plot(x, y, "o", color=style.INK, markersize=5 * style.scale, zorder=4)
            far = math.hypot(x, y)
            reach = max(far, radius) + 0.25
            at = INSIDE.get((sign, position), (reach * x / far, reach * y / far))
            places = "0, 2" if position == 0 else f"{position}"
            align = "left" if sign == "n" and position == 0 else side(x)
            axes.text(*at, f"{sign} at {places}", ha=align, va="center", color=style.INK)
    axes.set_xlim(-4, 4)
    axes.set_ylim(-1.9, 1.95)
    axes.set_aspect("equal")
    return figure


def side(x: float) -> str:
    """Return how letters are aligned so that they lead away from the middle."""
    if abs(x) < 0.1:
        return "center"
    return "left" if x > 0 else "right"
