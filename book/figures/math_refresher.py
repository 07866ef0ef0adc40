"""Figures of the Math Refresher."""

from __future__ import annotations

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
