"""Figure of the lesson "A baseline that only counts": the table of counts of all the names."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import Rectangle

from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.tokenizer import Tokenizer, prediction_pairs

STEPS = (0.0, 0.01, 0.03, 0.08, 0.2, 0.4)  # the lower ends of the six shades


def table() -> tuple[list[str], list[list[int]]]:
    """Return the names of the tokens, and how often each follows each."""
    names = load_documents(NAMES)
    tokenizer = Tokenizer(names)
    counts = [[0] * tokenizer.size for _ in range(tokenizer.size)]
    for name in names:
        for token, target in prediction_pairs(tokenizer.encode(name), 16):
            counts[token][target] += 1
    return [*tokenizer.letters, "BOS"], counts


def heat(style: Any) -> Any:
    """The 27 by 27 table, each cell shaded by its share of the row."""
    labels, counts = table()
    return draw_table(style, labels, labels, counts, height=6.6)


def heat_slide(style: Any) -> Any:
    """Nine rows of the table, so that a room can read them."""
    labels, counts = table()
    kept = [labels.index(label) for label in ("a", "e", "h", "i", "n", "q", "t", "y", "BOS")]
    rows = [labels[token] for token in kept]
    return draw_table(style, labels, rows, [counts[token] for token in kept], height=3.3)


def draw_table(
    style: Any, labels: list[str], rows: list[str], counts: list[list[int]], height: float
) -> Any:
    """Draw the rows of the table."""
    size = len(labels)
    figure = style.figure(width=7, height=height)
    axes = figure.subplots()
    for token, row in enumerate(counts):
        for target, count in enumerate(row):
            if not count:
                continue
            share = count / sum(row)
            shade = sum(share >= low for low in STEPS) - 1
            axes.add_patch(Rectangle((target - 0.5, token - 0.5), 1, 1, linewidth=0,
                                     facecolor=style.TEALS[shade]))  # fmt: skip
    for line, edges in ((axes.axhline, len(rows)), (axes.axvline, size)):
        for edge in range(edges + 1):
            line(edge - 0.5, color=style.LINE, linewidth=0.4 * style.scale)
    axes.set_xlim(-0.5, size - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_aspect("equal")
    axes.set_xticks(range(size), labels)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0)
    axes.set_xlabel("what comes next")
    axes.set_ylabel("the token in sight")
    handles = [Rectangle((0, 0), 1, 1, facecolor=color) for color in style.TEALS]
    words = ["under 1%", "1 to 3%", "3 to 8%", "8 to 20%", "20 to 40%", "over 40%"]
    blank = Rectangle((0, 0), 1, 1, facecolor=style.PAPER, edgecolor=style.LINE)
    figure.legend([blank, *handles], ["never", *words], loc="outside lower center", ncols=7,
                  fontsize=style.SMALL, handlelength=1, handleheight=1, columnspacing=0.9,
                  handletextpad=0.4)  # fmt: skip
    return figure
