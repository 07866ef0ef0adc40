"""Figures of the lesson "Slopes", drawn from nudges and throws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def throw(band: float, tilt: float = 1.0) -> float:
    """Return the loss of a throw, as in the lesson."""
    miss = band * 2 + tilt - 10
    return miss * miss


def square(x: float) -> float:
    """Return x times itself."""
    return x * x


def cube(x: float) -> float:
    """Return the volume of a cube with edge x."""
    return x * x * x


def rate(f: Callable[[float], float], x: float, h: float) -> float:
    """Return the slope by a nudge to one side."""
    return (f(x + h) - f(x)) / h


def central(f: Callable[[float], float], x: float, h: float) -> float:
    """Return the slope by nudges to both sides."""
    return (f(x + h) - f(x - h)) / (2 * h)


def secant(style: Any) -> Any:
    """Draw x squared at 3 with three secants that turn into the tangent."""
    figure = style.figure(width=7, height=4)
    axes = figure.subplots()
    xs = [1.6 + 4.5 * i / 100 for i in range(101)]
    axes.plot(xs, [square(x) for x in xs], color=style.TEAL, label="x²")
    for h, line in ((3.0, ":"), (1.5, "-."), (0.5, "--")):
        slope = rate(square, 3, h)
        ends = [2.1, 6.15]
        heights = [9 + slope * (x - 3) for x in ends]
        axes.plot(ends, heights, line, color=style.GREY, linewidth=1.3 * style.scale)
        axes.plot([3 + h], [square(3 + h)], "o", color=style.GREY, markersize=5 * style.scale)
        axes.annotate(
            f"h = {h:g}: slope {slope:g}", (ends[1], heights[1]), xytext=(6, 2),
            textcoords="offset points", va="center", color=style.INK, annotation_clip=False,
        )  # fmt: skip
    slope = central(square, 3, 1e-5)
    ends = [2.1, 6.15]
    heights = [9 + slope * (x - 3) for x in ends]
    axes.plot(ends, heights, color=style.AMBER)
    axes.annotate(
        f"tangent: slope {slope:.0f}", (ends[1], heights[1]), xytext=(6, -6),
        textcoords="offset points", va="center", color=style.AMBER, annotation_clip=False,
    )  # fmt: skip
    axes.plot([3], [9], "o", color=style.INK)
    axes.set_xlim(1.6, 7.6)
    axes.set_ylim(0, 39)
    axes.set_xticks([2, 3, 3.5, 4.5, 6], ["2", "3", "3.5", "4.5", "6"])
    axes.set_yticks([0, 9, 36])
    axes.set_xlabel("x")
    axes.set_ylabel("x²")
    return figure


def breaking(style: Any) -> Any:
    """The error of both measured slopes of the cube at 3, against the nudge."""
    figure = style.figure(width=7, height=3.2)
    axes = figure.subplots()
    nudges = [10 ** (-k / 4) for k in range(2, 69)]
    looks = (
        ("one-sided", rate, style.AMBER, "--"),
        ("central", central, style.TEAL, "-"),
    )
    for name, measure, color, line in looks:
        errors = [abs(measure(cube, 3.0, h) - 27) for h in nudges]
        seen = [(h, error) for h, error in zip(nudges, errors) if error > 0]
        axes.loglog(*zip(*seen), line, color=color, label=name, linewidth=1.6 * style.scale)
    axes.set_xlabel("nudge h")
    axes.set_ylabel("error of the slope")
    axes.set_xticks([1e-16, 1e-12, 1e-8, 1e-4, 1])
    axes.set_yticks([1e-8, 1e-4, 1])
    axes.minorticks_off()
    axes.set_xlim(4e-18, 1)
    axes.legend(loc="upper center")
    return figure


def sling(style: Any) -> Any:
    """The loss of the throw against band, with the tangent at four settings."""
    figure = style.figure(width=7, height=3.2)
    axes = figure.subplots()
    bands = [2.8 + 2.9 * i / 100 for i in range(101)]
    axes.plot(bands, [throw(band) for band in bands], color=style.TEAL)
    for band, side in ((3.0, 1), (4.0, 1), (4.5, 0), (5.0, -1)):
        slope, loss = central(throw, band, 1e-5), throw(band)
        reach = 0.34
        ends = [band - reach, band + reach]
        axes.plot(ends, [loss + slope * (x - band) for x in ends], "--", color=style.AMBER)
        axes.plot([band], [loss], "o", color=style.INK)
        words = f"slope {slope:.0f}".replace("-0", "0").replace("-", "−")
        spot = {1: (12, 8), 0: (0, 12), -1: (14, -6)}[side]
        if band == 4 and style.scale > 1.2:  # on a slide two labels would meet
            spot = (-4, 22)
        axes.annotate(
            words, (band, loss), xytext=spot, textcoords="offset points",
            ha="center" if side == 0 else "left", color=style.INK,
        )  # fmt: skip
    axes.set_ylim(-1.5, 12)
    axes.set_yticks([0, 3, 6, 9, 12])
    axes.set_xlabel("band")
    axes.set_ylabel("loss")
    return figure
