"""Figures of the Math Refresher."""

from __future__ import annotations

import math
from random import Random
from typing import Any


def lines(style: Any) -> Any:
    """Three lines through one point: climbing, level, falling."""
    figure = style.figure(width=7, height=3)
    panel = figure.subplots()
    xs = [-1.0, 1.2]
    for slope, color, dash in ((3, style.TEAL, "-"), (0, style.GREY, "-"), (-1, style.AMBER, "--")):
        panel.plot(xs, [slope * x + 2 for x in xs], dash, color=color, linewidth=2)
        words = f"slope {slope}".replace("-", "−")
        panel.text(1.25, slope * 1.2 + 2, words, color=color, va="center")
    panel.plot([0], [2], "o", color=style.INK, markersize=5)
    panel.set_xlim(-1, 1.7)
    panel.set_xlabel("x")
    panel.set_ylabel("y")
    return figure


def bell(style: Any) -> Any:
    """A histogram of normal draws, with the curve that it follows."""
    rng = Random(42)
    draws = [rng.gauss(0, 0.08) for _ in range(4192)]
    width = 0.02
    figure = style.figure(width=7, height=2.8)
    panel = figure.subplots()
    for bar in range(-16, 16):
        count = sum(bar * width <= draw < (bar + 1) * width for draw in draws)
        inside = -4 <= bar < 4
        panel.bar((bar + 0.5) * width, count, width, linewidth=0.8 * style.scale,
                  edgecolor=style.PAPER,
                  color=style.TEALS[2] if inside else style.MIST)  # fmt: skip
    xs = [x / 500 for x in range(-160, 161)]
    height = len(draws) * width / (0.08 * math.sqrt(2 * math.pi))
    curve = [height * math.exp(-((x / 0.08) ** 2) / 2) for x in xs]
    panel.plot(xs, curve, color=style.INK, linewidth=1.5 * style.scale)
    panel.set_xticks([-0.24, -0.16, -0.08, 0, 0.08, 0.16, 0.24])
    panel.set_xlabel("number drawn")
    panel.set_ylabel("how many")
    return figure
