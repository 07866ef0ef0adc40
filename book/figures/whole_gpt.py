"""The figure of the lesson "The whole gpt() function": one page with numbers."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import FancyBboxPatch

from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import add, linear, rmsnorm
from microgpt.model import attention, embed, mlp
from microgpt.parameters import Vector


def numbers(vector: Vector) -> str:
    """Write a vector with two decimals and true minus signs."""
    return ", ".join(f"{value.data:.2f}" for value in vector).replace("-", "−")


def box(axes: Any, style: Any, at: tuple[float, float], text: str, face: str) -> None:
    """Draw a part of the model, centred."""
    x, y = at
    axes.add_patch(FancyBboxPatch((x - 0.95, y - 0.3), 1.9, 0.6, facecolor=face, zorder=3,
                                  boxstyle="round,pad=0,rounding_size=0.1",
                                  edgecolor=style.INK))  # fmt: skip
    axes.text(x, y, text, ha="center", va="center", zorder=4)


def poster_slide(style: Any) -> Any:
    """The path from left to right, as wide as a slide."""
    x, heard, middle, thought, last, logits, _ = path()
    figure = style.figure(width=7, height=2.9)
    axes = style.clean(figure.subplots())
    axes.set_xlim(-1.2, 15.4)
    axes.set_ylim(-1.7, 4.2)
    line = {"color": style.INK, "linewidth": 1.5 * style.scale, "linestyle": "-"}
    axes.annotate("", (14.2, 0), (-1.1, 0), arrowprops=style.arrow(style.TEAL, width=3.5))
    box(axes, style, (0, 0), "embed", style.MIST)
    for left, name, written in ((2.2, "attention", heard), (7.0, "MLP", thought)):
        axes.plot([left, left], [0, 3], **line)
        axes.plot([left, left + 3.2], [3, 3], **line)
        axes.annotate("", (left + 3.2, 0.2), (left + 3.2, 3), arrowprops=style.arrow(shrinkA=0))
        box(axes, style, (left, 1.5), "norm", style.PAPER)
        box(axes, style, (left + 0.3, 3), name, style.MIST)
        axes.text(left + 3.1, 1.5, numbers(written), ha="right", va="center", color=style.INK,
                  size=style.SMALL)  # fmt: skip
        axes.text(left + 3.2, 0, "+", ha="center", va="center", size=style.LARGE, zorder=5,
                  bbox={"boxstyle": "circle,pad=0.12", "facecolor": style.PAPER,
                        "edgecolor": style.TEAL})  # fmt: skip
    box(axes, style, (12.3, 0), "output", style.MIST)
    axes.text(15.3, 0.5, "logits", ha="right", va="center", color=style.INK)
    for at, shape, vector in (
        (1.4, "(16)", x), (6.2, "(16)", middle), (10.4, "(16)", last), (14.1, "(27)", logits)
    ):  # fmt: skip
        axes.text(at, -0.75, numbers(vector), ha="center", va="center", color=style.TEAL,
                  size=style.SMALL)  # fmt: skip
        axes.text(at, -1.4, shape, ha="center", va="center", color=style.GREY, size=style.SMALL)
    return figure


def path() -> tuple[Any, ...]:
    """Follow the n of "an" through gpt; return what it is at each stop, and its token and place."""
    pocket, letters = load_model(POCKET)
    cache: dict[str, list[Vector]] = {}
    for position, token in enumerate(letters.encode("an")[:-1]):
        x = embed(token, position, pocket)
        heard = attention(rmsnorm(x), 0, pocket, cache)
        middle = add(heard, x)
        thought = mlp(rmsnorm(middle), 0, pocket)
        last = add(thought, middle)
        logits = linear(last, pocket.matrices["output"])
    return x, heard, middle, thought, last, logits, (token, position)


def poster(style: Any) -> Any:
    """The path of the n of "an" through gpt: parts, shapes in the real model, pocket numbers."""
    x, heard, middle, thought, last, logits, (token, position) = path()
    figure = style.figure(width=7, height=6.6)
    axes = style.clean(figure.subplots())
    axes.set_xlim(-3.2, 8.2)
    axes.set_ylim(-1.2, 10.3)
    line = {"color": style.INK, "linewidth": 1.5 * style.scale, "linestyle": "-"}
    axes.add_patch(FancyBboxPatch((-1.3, 1.75), 5.9, 6.05, facecolor="none", linestyle="--",
                                  boxstyle="round,pad=0,rounding_size=0.15",
                                  edgecolor=style.GREY))  # fmt: skip
    axes.text(-1.2, 7.45, "a layer", color=style.GREY, va="center", ha="left")
    axes.annotate("", (0, -0.85), (0, 9.0), arrowprops=style.arrow(style.TEAL, width=3.5))
    axes.annotate("", (0, 9.15), (0, 9.75), arrowprops=style.arrow())
    axes.text(0, 9.9, f"token {token}, position {position}", ha="center", va="center")
    box(axes, style, (0, 8.75), "embed", style.MIST)
    for top, name, written in ((7.2, "attention", heard), (4.3, "MLP", thought)):
        axes.plot([0, 2.2], [top, top], **line)
        axes.annotate("", (2.2, top - 0.35), (2.2, top), arrowprops=style.arrow(shrinkA=0))
        box(axes, style, (2.2, top - 0.6), "RMSNorm", style.PAPER)
        axes.plot([2.2, 2.2], [top - 0.9, top - 1.2], **line)
        box(axes, style, (2.2, top - 1.45), name, style.MIST)
        axes.plot([2.2, 2.2], [top - 1.75, top - 2.2], **line)
        axes.annotate("", (0.15, top - 2.2), (2.2, top - 2.2), arrowprops=style.arrow(shrinkA=0))
        axes.text(0, top - 2.2, "+", ha="center", va="center", size=style.LARGE, zorder=5,
                  bbox={"boxstyle": "circle,pad=0.12", "facecolor": style.PAPER,
                        "edgecolor": style.TEAL})  # fmt: skip
        axes.text(5.0, top - 1.45, numbers(written), va="center", color=style.INK)
        axes.text(-1.6, top - 1.45, "(16)", va="center", ha="right", color=style.GREY)
    both_ways = style.arrow(style.GREY, arrowstyle="<|-|>")
    axes.annotate("", (3.2, 5.75), (4.5, 5.75), arrowprops=both_ways)
    axes.text(3.85, 6.05, "cache", ha="center", va="center", color=style.GREY)
    box(axes, style, (0, 1.2), "output", style.MIST)
    box(axes, style, (0, -0.1), "softmax", style.PAPER)
    axes.text(1.15, -0.1, "outside gpt", va="center", color=style.GREY)
    stops = ((8.1, "(16)", x), (4.65, "(16)", middle), (2.1, "(16)", last), (0.55, "(27)", logits))
    for height, shape, vector in stops:
        axes.text(5.0, height, numbers(vector), va="center", color=style.TEAL, size=style.LARGE)
        axes.text(-1.6, height, shape, va="center", ha="right", color=style.GREY)
    axes.text(5.0, 9.9, "pocket model", color=style.INK, va="center")
    axes.text(-1.6, 9.9, "real model", color=style.GREY, va="center", ha="right")
    return figure
