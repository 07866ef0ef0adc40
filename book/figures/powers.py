"""Figures of the lesson "Powers, minus, division", drawn from slips and nudges."""

from __future__ import annotations

from typing import Any

from microgpt.autograd import Value

STEP = 0.0001  # of the nudges


def curves(style: Any) -> Any:
    """Three powers above, their slopes below: the formula as a line, nudges as dots."""
    figure = style.figure(width=7, height=4)
    panels = figure.subplots(2, 3, sharex="col")
    cases = (
        (2, "x²", -2.0, 2.0, 1.0, 0.8),
        (-1, "1/x", 0.3, 3.0, 1.0, 0.55),
        (0.5, "root of x", 0.05, 4.0, 1.0, 0.9),
    )
    for column, (power, name, low, high, touch, reach) in enumerate(cases):
        above, below = panels[0][column], panels[1][column]
        xs = [low + (high - low) * i / 100 for i in range(101)]
        above.plot(xs, [(Value(x) ** power).data for x in xs], color=style.TEAL, linewidth=2)
        tangent(above, style, touch, power, reach)
        above.set_title(name, color=style.INK)
        below.axhline(0, color=style.GREY, linewidth=0.8)
        below.plot(xs, [slope_on_slip(x, power) for x in xs], color=style.AMBER, linewidth=2)
        dots = xs[::10]
        below.plot(dots, [nudged(x, power) for x in dots], "o", color=style.TEAL, markersize=4)
    panels[0][0].set_ylabel("value")
    panels[1][0].set_ylabel("slope")
    for panel in panels[1]:
        panel.set_xlabel("x")
    return figure


def tangent(panel: Any, style: Any, x: float, power: float, reach: float) -> None:
    """Draw the piece of straight line that the slip's slope promises, with its point."""
    here, slope = (Value(x) ** power).data, slope_on_slip(x, power)
    ends = [x - reach, x + reach]
    panel.plot(ends, [here + slope * (end - x) for end in ends], "--", color=style.AMBER)
    panel.plot([x], [here], "o", color=style.INK, markersize=4)


def slope_on_slip(x: float, power: float) -> float:
    """Return the local slope that the slip of x ** power carries."""
    return (Value(x) ** power).slopes[0]


def nudged(x: float, power: float) -> float:
    """Return the slope by central difference."""
    return float(((x + STEP) ** power - (x - STEP) ** power) / (2 * STEP))
