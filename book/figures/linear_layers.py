"""The figure of the lesson "Dot products and linear layers", computed with the program."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import Rectangle

from microgpt.autograd import Value
from microgpt.layers import linear

MARKS = {"singing": 2, "dancing": -1, "costume": 4}
JURY = {"Ida": (1, 2, 0), "Karl": (3, 1, -1)}


def signed(number: float) -> str:
    """Return a whole number with a true minus sign."""
    return f"{number:g}".replace("-", "−")


def rows(style: Any) -> Any:
    """A matrix of two rows over the same input, each row's products and their sum."""
    x = [Value(mark) for mark in MARKS.values()]
    weights = [[Value(weight) for weight in row] for row in JURY.values()]
    scores = linear(x, weights)
    figure = style.figure(width=7, height=3)
    axes = style.clean(figure.subplots())
    for column, (name, mark) in enumerate(MARKS.items()):
        at = 1.5 * column
        axes.text(at + 0.65, 3.2, name, ha="center", va="center", color=style.GREY)
        box(axes, style, (at, 2.35), 0.6, style.SAND, style.AMBER)
        axes.text(at + 0.65, 2.65, signed(mark), ha="center", va="center", color=style.AMBER,
                  size=style.LARGE)  # fmt: skip
    for number, (name, row) in enumerate(JURY.items()):
        y = 1.1 - 1.15 * number
        axes.text(-0.2, y + 0.5, name, ha="right", va="center", color=style.TEAL)
        for column, (weight, mark) in enumerate(zip(row, MARKS.values())):
            at = 1.5 * column
            box(axes, style, (at, y), 1.0, style.MIST, style.TEAL)
            words = f"{signed(weight)} × {bracketed(mark)}"
            axes.text(at + 0.65, y + 0.72, words, ha="center", va="center", color=style.INK)
            axes.text(at + 0.65, y + 0.28, signed(weight * mark), ha="center", va="center",
                      color=style.TEAL, size=style.LARGE)  # fmt: skip
            if column:
                axes.text(at - 0.1, y + 0.28, "+", ha="center", va="center", color=style.GREY)
        axes.text(4.75, y + 0.28, "=", ha="center", va="center", color=style.GREY)
        box(axes, style, (5.2, y), 1.0, style.PAPER, style.INK)
        axes.text(5.85, y + 0.5, signed(scores[number].data), ha="center", va="center",
                  color=style.INK, size=style.LARGE)  # fmt: skip
    axes.text(5.85, 2.65, "score", ha="center", va="center", color=style.GREY)
    axes.text(-0.2, 2.65, "marks", ha="right", va="center", color=style.AMBER)
    axes.set_xlim(-1, 6.7)
    axes.set_ylim(-0.2, 3.5)
    return figure


def bracketed(number: float) -> str:
    """Return a number as a factor: in brackets if it is negative."""
    return f"({signed(number)})" if number < 0 else signed(number)


def box(
    axes: Any, style: Any, at: tuple[float, float], height: float, face: str, edge: str
) -> None:
    """Draw the frame of one number."""
    axes.add_patch(Rectangle(at, 1.3, height, facecolor=face, edgecolor=edge,
                             linewidth=1.2 * style.scale))  # fmt: skip
