"""Figures of the lesson "The chain rule", drawn from the numbers in it."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.patches import Polygon, Rectangle


def gears(style: Any) -> Any:
    """Two pairs of wheels with real teeth, and how often each axle turns."""
    figure = style.figure(width=7, height=3.4)
    axes = style.clean(figure.subplots())
    axes.set_aspect("equal")
    size = 0.05  # radius for each tooth
    middle_x = (40 + 20) * size
    last_x = middle_x + (30 + 10) * size
    pitch = {"linewidth": 1.2 * style.scale, "edgecolor": style.INK}
    # The 30 and the 10 lie behind; the 40 and the 20 mesh in front of them.
    wheel(axes, middle_x, 30 * size, 30, facecolor=style.SAND, **pitch)
    wheel(axes, last_x, 10 * size, 10, facecolor=style.SAND, **pitch)
    wheel(axes, 0, 40 * size, 40, facecolor=style.MIST, **pitch)
    wheel(axes, middle_x, 20 * size, 20, facecolor=style.MIST, **pitch)
    axes.plot([0, middle_x, last_x], [0, 0, 0], "o", color=style.INK, markersize=4 * style.scale)
    axes.text(0, 0.75, "40 teeth", ha="center", color=style.INK)
    axes.text(middle_x, 0.42, "20", ha="center", color=style.INK)
    axes.text(middle_x, 1.12, "30", ha="center", color=style.INK)
    axes.text(last_x + 0.62, 0, "10", va="center", color=style.INK)
    turns = (1, 40 / 20, 40 / 20 * 30 / 10)
    places = zip((0, middle_x, last_x + 0.9), ("crank", "middle", "last"), turns)
    for x, name, count in places:
        word = "turn" if count == 1 else "turns"
        axes.text(x, -2.5, f"{name}: {count:g} {word}", ha="center", color=style.TEAL, va="center")
    for left, right, slope in ((0.95, 1.9, "× 2"), (4.1, 4.95, "× 3")):
        axes.annotate("", (right, -2.5), (left, -2.5), arrowprops=style.arrow(style.AMBER))
        axes.text((left + right) / 2, -2.32, slope, ha="center", va="bottom", color=style.AMBER)
    axes.set_xlim(-2.3, 7.4)
    axes.set_ylim(-2.9, 2.2)
    return figure


def wheel(axes: Any, x: float, radius: float, teeth: int, **look: Any) -> None:
    """Draw a wheel with its number of teeth, centred on the line of axles."""
    corners = []
    for tooth in range(teeth):
        for part, reach in ((-0.3, -0.04), (-0.15, 0.06), (0.15, 0.06), (0.3, -0.04)):
            angle = 2 * math.pi * (tooth + part) / teeth
            out = radius + reach
            corners.append((x + out * math.cos(angle), out * math.sin(angle)))
    axes.add_patch(Polygon(corners, closed=True, **look))


def carpet(style: Any) -> Any:
    """A carpet 3 by 2 with the strips that a nudge to each side adds."""
    figure = style.figure(width=7, height=3)
    axes = style.clean(figure.subplots())
    axes.set_aspect("equal")
    width, depth, h = 3.0, 2.0, 0.3
    look = {"edgecolor": style.INK, "linewidth": 1.2 * style.scale}
    axes.add_patch(Rectangle((0, 0), width, depth, facecolor=style.MIST, **look))
    axes.add_patch(Rectangle((width, 0), h, depth, facecolor=style.SAND, hatch="//", **look))
    axes.add_patch(Rectangle((0, depth), width, h, facecolor=style.SAND, hatch="\\\\", **look))
    axes.add_patch(Rectangle((width, depth), h, h, facecolor=style.PAPER, **look))
    axes.text(width / 2, depth / 2, f"area {width * depth:g}", ha="center", va="center",
              size=style.LARGE, color=style.INK)  # fmt: skip
    axes.text(width / 2, -0.1, f"{width:g}", ha="center", va="top", color=style.INK)
    axes.text(-0.12, depth / 2, f"{depth:g}", ha="right", va="center", color=style.INK)
    axes.text(width + h / 2, -0.1, "h", ha="center", va="top", color=style.AMBER)
    axes.text(-0.12, depth + h / 2, "h", ha="right", va="center", color=style.AMBER)
    axes.text(width + h + 0.15, depth / 2, f"gains {depth:g} × h", va="center", color=style.AMBER)
    axes.text(width / 2, depth + h + 0.08, f"gains {width:g} × h", ha="center", va="bottom",
              color=style.AMBER)  # fmt: skip
    axes.text(width + h + 0.15, depth + h / 2, "the corner: h × h", va="center", color=style.GREY)
    axes.set_xlim(-1.4, 5.6)
    axes.set_ylim(-0.4, 2.7)
    return figure


def chains(style: Any) -> Any:
    """The product of equal slopes along a chain, step by step."""
    figure = style.figure(width=7, height=3)
    axes = figure.subplots()
    looks = ((1.1, style.AMBER, "--"), (1.0, style.GREY, ":"), (0.9, style.TEAL, "-"))
    for slope, color, line in looks:
        left = [1.0]
        for _ in range(40):
            left.append(left[-1] * slope)
        axes.semilogy(range(41), left, line, color=color)
        words = f"each {slope:g}: {left[-1]:.3g}"
        axes.annotate(words, (40, left[-1]), xytext=(8, 0), textcoords="offset points",
                      va="center", color=color, annotation_clip=False)  # fmt: skip
    axes.set_xlim(0, 50)
    axes.set_xticks([0, 10, 20, 30, 40])
    axes.set_yticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    axes.minorticks_off()
    axes.set_xlabel("steps")
    axes.set_ylabel("slope of the chain")
    return figure
