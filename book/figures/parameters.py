"""The figure of the lesson "Parameters", drawn from the shapes of two models."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.parameters import Model

PLACES = {
    "token": (0, 0), "position": (22, 0), "output": (44, 0), "0.query": (0, 36),
    "0.key": (22, 36), "0.value": (44, 36), "0.mix": (66, 36), "0.expand": (88, 0),
    "0.contract": (0, 61),
}  # fmt: skip


def poster_slide(style: Any) -> Any:
    """The nine matrices in one row, their names below them: the boxes are too small for words."""
    real, pocket = load_model()[0], load_model(POCKET)[0]
    figure = style.figure(width=7, height=2.5)
    axes = style.clean(figure.subplots())
    for place, name in enumerate(PLACES):
        rows, columns = shape(real, name)
        left = 27 * place
        draw(axes, style, (left, 64 - rows), (rows, columns), style.MIST, style.TEAL)
        draw(axes, style, (5 * place, 6), shape(pocket, name), style.SAND, style.AMBER)
        words = f"{name.removeprefix('0.')}\n{rows} × {columns}"
        axes.text(left + columns / 2, 68, words, ha="center", va="top", color=style.INK,
                  size=style.SMALL)  # fmt: skip
    axes.text(58, 9, f"the pocket model, all {len(pocket.parameters())} numbers",
              color=style.AMBER, va="center", size=style.SMALL)  # fmt: skip
    axes.set_xlim(-6, 27 * 8 + 66)
    axes.set_ylim(92, -1)
    axes.set_aspect("equal")
    return figure


def poster(style: Any) -> Any:
    """The nine matrices of the real model and of the pocket model, to one scale."""
    real, pocket = load_model()[0], load_model(POCKET)[0]
    figure = style.figure(width=7, height=5)
    axes = style.clean(figure.subplots())
    for name, (left, top) in PLACES.items():
        rows, columns = shape(real, name)
        draw(axes, style, (left, top), (rows, columns), style.MIST, style.TEAL)
        words = f"{name.removeprefix('0.')}\n{rows} × {columns}\n= {rows * columns:,}"
        axes.text(
            left + columns / 2, top + rows / 2, words, ha="center", va="center", color=style.INK
        )
    x, y = 69.0, 4.0
    for name in PLACES:
        rows, columns = shape(pocket, name)
        draw(axes, style, (x, y), (rows, columns), style.SAND, style.AMBER)
        x += columns + 1
        if x > 80:
            x, y = 69.0, y + 5
    label = f"the pocket model,\nall {len(pocket.parameters())} numbers"
    if style.scale > 1.5:  # on a slide
        label = f"pocket\nmodel:\n{len(pocket.parameters())} in all"
    axes.text(66, 26, label, color=style.AMBER, va="center")
    axes.set_xlim(-1, 105)
    axes.set_ylim(78, -1)
    axes.set_aspect("equal")
    return figure


def shape(model: Model, name: str) -> tuple[int, int]:
    """Return the rows and columns of a matrix."""
    return len(model.matrices[name]), len(model.matrices[name][0])


def draw(
    axes: Any, style: Any, at: tuple[float, float], size: tuple[int, int], face: str, edge: str
) -> None:
    """Draw a matrix as a rectangle, one unit a number."""
    rows, columns = size
    axes.add_patch(Rectangle(at, columns, rows, facecolor=face, edgecolor=edge,
                             linewidth=1.2 * style.scale))  # fmt: skip


CELL = 4.75  # points
GRAIN = 0.5  # points: a mark is a whole number of these wide, which keeps the page small
LARGEST = 9  # of these
FULL = 0.6  # the size of a number whose mark is the largest

Places = list[tuple[float, float]]


def numbers(style: Any) -> Any:
    """Every number of the real model: the larger the mark, the further from 0."""
    real, tokenizer = load_model()
    figure = style.figure(width=106 * CELL / 72, height=82 * CELL / 72)
    figure.set_layout_engine("none")  # the marks are as wide as the cells only if nothing moves
    axes = style.clean(figure.add_axes((0, 0, 1, 1)))
    axes.set_xlim(-1, 105)
    axes.set_ylim(78, -4)
    for name, (left, top) in PLACES.items():
        rows, columns = shape(real, name)
        draw(axes, style, (left - 0.5, top - 0.5), (rows + 1, columns + 1), "none", style.LINE)
        axes.text(left - 0.5, top - 0.9, name.removeprefix("0."), va="bottom", color=style.INK)
        if style.scale < 1.2:  # on a slide the names alone are wide enough
            axes.text(left + columns + 0.5, top - 0.9, f"{rows} × {columns}", va="bottom",
                      ha="right", color=style.GREY, size=style.SMALL)  # fmt: skip
        table = [[value.data for value in row] for row in real.matrices[name]]
        marks(axes, style, table, (left, top))
    left, top = PLACES["output"]
    for letter in "fjqx":  # the rows that the caption names
        row = tokenizer.encode(letter)[1]
        axes.text(left - 1.2, top + row + 0.5, letter, va="center_baseline", ha="right",
                  color=style.GREY, size=style.SMALL)  # fmt: skip
    for line, number in enumerate((0.6, 0.3, 0.1, 0.03)):
        marks(axes, style, [[number], [-number]], (68, 4 + 6 * line))
        # On a slide two lines of letters do not fit beside two marks.
        words = f"{number:g}\n−{number:g}" if style.scale < 1.2 else f"±{number:g}"
        axes.text(70.5, 5 + 6 * line, words, va="center", color=style.INK, linespacing=1.0)
    return figure


def marks(axes: Any, style: Any, table: list[list[float]], at: tuple[float, float]) -> None:
    """Draw a matrix's numbers: a square for one above 0, a disc for one below.

    All marks of a size are one line that is as wide as they are, which keeps the page small.
    """
    sizes: dict[tuple[bool, int], Places] = defaultdict(list)
    for row, line in enumerate(table):
        for column, number in enumerate(line):
            size = round(min(abs(number) / FULL, 1) ** 0.5 * LARGEST)
            sizes[number > 0, size].append((at[0] + column + 0.5, at[1] + row + 0.5))
    for (above, size), places in sorted(sizes.items()):
        half = size * GRAIN / CELL / 2 if above else 0.0  # round ends make a disc of a dot
        points = [(x + end, y) for x, y in places for end in (-half, half)]
        path = Path(points, [Path.MOVETO, Path.LINETO] * len(places))
        path.should_simplify = False
        axes.add_patch(PathPatch(
            path, facecolor="none", edgecolor=style.TEAL if above else style.AMBER,
            linewidth=size * GRAIN * (1 if above else 1.1), capstyle="butt" if above else "round",
        ))  # fmt: skip
