"""Figures of the lesson "The 200 lines on one page": the program from a distance."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import Rectangle

from microgpt.single_file import MODULES, Line, line_map

DEEPEST = 62  # rows in a column
APART = 118  # from column to column, in letters; the longest line has 100


def part_of(line: Line) -> str:
    """Return the part of the file that a line stands in: the imports, or one of the modules."""
    return "imports" if line.text.startswith(("from ", "import ")) else line.origins[0][0]


def parts() -> list[tuple[str, list[tuple[int, Line]]]]:
    """Return the parts in the order of the file, each with its lines and their numbers."""
    lines = list(enumerate(line_map(), start=1))
    return [
        (part, [(number, line) for number, line in lines if part_of(line) == part])
        for part in ("imports", *MODULES)
    ]


def from_afar(style: Any) -> Any:
    """Every line of code as a bar as long as the line, coloured by the module that explains it.

    Behind each bar lies an empty one as wide as the column, so that a stretch of lines can be
    pointed at; both have the line's number as their name.
    """
    colors = {"imports": style.GREY, "data": style.TEALS[2], "tokenizer": style.TEALS[2],
              "autograd": style.TEAL, "parameters": style.AMBER, "layers": style.AMBER,
              "model": style.AMBER, "loss": style.TEALS[3], "optimizer": style.TEALS[3],
              "training": style.TEALS[3], "generation": style.INK}  # fmt: skip
    explained = {"data": 1, "tokenizer": 1, "autograd": 2, "parameters": 3, "layers": 3,
                 "model": 3, "loss": 4, "optimizer": 4, "training": 4, "generation": 5}  # fmt: skip
    figure = style.figure(width=7, height=4.6)
    axes = style.clean(figure.subplots())
    column, row = 0, 0.0
    for part, lines in parts():
        if row > DEEPEST - 8:
            column, row = column + 1, 0.0
        left = column * APART
        module = f" ({explained[part]})" if part in explained else ""
        axes.text(left, row + 1.5, f"{part}: {len(lines)}{module}", color=style.INK, va="center")
        row += 3.4
        for place, (number, line) in enumerate(lines):
            if row > DEEPEST and len(lines) - place > 4:
                column, row = column + 1, 0.0
            indent = len(line.text) - len(line.text.lstrip())
            bar = Rectangle((column * APART + indent, row - 0.36), len(line.text) - indent, 0.72,
                            facecolor=colors[part], edgecolor="none")  # fmt: skip
            behind = Rectangle((column * APART, row - 0.5), APART - 10, 1, fill=False, linewidth=0)
            for patch in (behind, bar):
                patch.set_gid(f"line-{number}")
                axes.add_patch(patch)
            row += 1
        row += 1.2
    axes.set_xlim(-2, 4 * APART - 8)
    axes.set_ylim(DEEPEST + 4, -0.5)
    return figure
