"""Figures of the lesson "Exp, log, relu", drawn from slips, nudges and a run of the dial."""

from __future__ import annotations

from typing import Any

from microgpt.autograd import Value

STEP = 0.0001  # of the nudges
AFTERNOONS = ((98, 0), (104, 4), (106, 6))  # pupils who came, pupils who stood
SEATS = 100


def curves(style: Any) -> Any:
    """Each operation above, its slope below: the slip's slope as a line, nudges as dots."""
    figure = style.figure(width=7, height=4)
    panels = figure.subplots(2, 3, sharex="col")
    cases = (("exp", -2.0, 2.0, 0.0, 1.0), ("log", 0.1, 3.0, 1.0, 0.8), ("relu", -2.0, 2.0, 1.0, 0))
    for column, (name, low, high, touch, reach) in enumerate(cases):
        above, below = panels[0][column], panels[1][column]
        xs = [low + (high - low) * i / 200 for i in range(201)]
        above.plot(xs, [apply(name, x).data for x in xs], color=style.TEAL)
        if reach:
            slope = apply(name, touch).slopes[0]
            start = apply(name, touch).data
            ends = [touch - reach, touch + reach]
            line = [start + slope * (end - touch) for end in ends]
            above.plot(ends, line, "--", color=style.AMBER)
            above.plot([touch], [start], "o", color=style.INK, markersize=4 * style.scale)
        above.set_title(name)
        for part in pieces(name, xs):
            slopes = [apply(name, x).slopes[0] for x in part]
            below.plot(part, slopes, "--", color=style.AMBER)
        dots = [x for x in xs[::20] if name != "relu" or abs(x) > STEP]
        below.plot(
            dots, [nudged(name, x) for x in dots], "o", color=style.TEAL, markersize=4 * style.scale
        )
    ring = {"markersize": 6 * style.scale, "markeredgecolor": style.AMBER, "linestyle": "none"}
    panels[1][2].plot([0], [0], "o", markerfacecolor=style.AMBER, **ring)
    panels[1][2].plot([0], [1], "o", markerfacecolor=style.PAPER, **ring)
    panels[0][0].set_ylabel("value")
    panels[1][0].set_ylabel("slope")
    for panel in panels[1]:
        panel.set_xlabel("x")
    return figure


def seats(style: Any) -> Any:
    """The dial over fifteen steps, from three starting points."""
    figure = style.figure(width=7, height=3)
    axes = figure.subplots()
    axes.axhline(SEATS, color=style.GREY, linewidth=0.9 * style.scale, linestyle=":")
    for start, color, marker in (
        (110, style.AMBER, "s"),
        (103, style.GREY, "^"),
        (90, style.TEAL, "o"),
    ):
        path = dial_path(start, 15)
        axes.plot(
            range(len(path)), path, "-", marker=marker, color=color, markersize=4 * style.scale
        )
    axes.annotate("from 110: every slope is 0", (3.2, 107.6), color=style.AMBER)
    axes.annotate("from 103", (1.2, 102.1), color=style.GREY)
    axes.annotate("from 90", (0.8, 92.5), color=style.TEAL)
    axes.set_yticks(range(90, 111, 5))
    axes.set_xlabel("step")
    axes.set_ylabel("seats")
    return figure


def dial_path(start: float, steps: int) -> list[float]:
    """Return the dial before every step, turned against its slope."""
    path = [start]
    for _ in range(steps):
        slope = 0.0
        for pupils, stood in AFTERNOONS:
            guess = Value(pupils - path[-1]).relu()
            slope += 2 * (guess.data - stood) * guess.slopes[0] * -1
        path.append(path[-1] - 0.1 * slope)
    return path


def apply(name: str, x: float) -> Value:
    """Return the slip of the operation called ``name`` at ``x``."""
    return getattr(Value(x), name)()  # type: ignore[no-any-return]


def nudged(name: str, x: float) -> float:
    """Return the slope by central difference."""
    return (apply(name, x + STEP).data - apply(name, x - STEP).data) / (2 * STEP)


def pieces(name: str, xs: list[float]) -> list[list[float]]:
    """Return ``xs`` whole, or for relu cut at the corner, where its slope jumps."""
    if name != "relu":
        return [xs]
    return [[x for x in xs if x <= 0], [x for x in xs if x > 0]]
