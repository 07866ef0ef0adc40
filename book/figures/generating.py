"""The figure of the lesson "Generating a name": the pocket model's tree of beginnings."""

from __future__ import annotations

from typing import Any

from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import softmax
from microgpt.model import gpt
from microgpt.parameters import Matrix

DEPTH = 3
DRAWN = ("", "a", "an", "an|")


def chances(prefix: str) -> list[float]:
    """Return the pocket model's probabilities of a, n and the end after a beginning."""
    pocket, tokenizer = load_model(POCKET)
    cache: dict[str, Matrix] = {}
    for position, token in enumerate(tokenizer.encode(prefix)[:-1]):
        logits = gpt(token, position, pocket, cache)
    return [p.data for p in softmax(logits)]


def tree(style: Any) -> Any:
    """Draw every beginning of up to two letters, and what each may go on to."""
    return draw_tree(style, DEPTH, height=4.4)


def tree_slide(style: Any) -> Any:
    """One letter less, so that a room can read it."""
    return draw_tree(style, DEPTH - 1, height=3)


def draw_tree(style: Any, deepest: int, height: float) -> Any:
    """Draw the tree up to beginnings of so many letters."""
    figure = style.figure(width=7, height=height)
    axes = style.clean(figure.subplots())
    leaves = iter(range(1000))
    branch(axes, style, "", leaves, deepest)
    axes.set_xlim(-0.25, deepest + 0.45)
    axes.invert_yaxis()
    return figure


def branch(axes: Any, style: Any, prefix: str, leaves: Any, deepest: int) -> float:
    """Draw what can follow a beginning; return the height at which it stands."""
    depth = len(prefix)
    if depth == deepest or prefix.endswith("|"):
        height = float(next(leaves))
        label(axes, style, prefix, depth, height, deepest)
        return height
    heights = []
    for letter, chance in zip("an|", chances(prefix)):
        child = prefix + letter
        heights.append((branch(axes, style, child, leaves, deepest), child, chance))
    height = sum(h for h, _, _ in heights) / len(heights)
    for end, child, chance in heights:
        strong = child in DRAWN
        color = style.TEAL if strong else style.GREY
        axes.plot([depth + 0.13, depth + 0.87], [height, end], color=color, linestyle="-",
                  linewidth=(0.5 + 6 * chance) * style.scale, solid_capstyle="butt",
                  zorder=1 + strong)  # fmt: skip
        axes.text(depth + 0.6, height + (end - height) * 0.635, f"{chance:.2f}", ha="center",
                  va="center", size=style.SMALL, color=style.INK, zorder=4,
                  bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.8})  # fmt: skip
    label(axes, style, prefix, depth, height, deepest)
    return height


def label(axes: Any, style: Any, prefix: str, depth: int, height: float, deepest: int) -> None:
    """Write a beginning; a name that is over gets the word end."""
    over = prefix.endswith("|")
    word = prefix[:-1] if over else prefix
    text = (f"{word} end" if word else "end") if over else (word + "…" if word else "BOS")
    strong = prefix in DRAWN
    axes.text(depth if not over else depth - 0.06, height, text,
              ha="left" if over or depth == deepest else "center", va="center",
              color=style.TEAL if strong else style.INK,
              zorder=5)  # fmt: skip
