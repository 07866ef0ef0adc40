"""The figure of the lesson "The complete picture": the program, with numbers for "an"."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import FancyBboxPatch

from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import softmax
from microgpt.loss import document_loss
from microgpt.model import gpt
from microgpt.optimizer import Adam, learning_rate
from microgpt.parameters import Vector
from microgpt.tokenizer import prediction_pairs

NAME = "an"
WIDE, HIGH = 3.3, 0.86  # of a box


def box(axes: Any, style: Any, at: tuple[float, float], lines: tuple[str, str], face: str) -> None:
    """Draw a part of the program: its name, and below it its number."""
    x, y = at
    axes.add_patch(FancyBboxPatch((x - WIDE / 2, y - HIGH / 2), WIDE, HIGH, facecolor=face,
                                  boxstyle="round,pad=0,rounding_size=0.12", zorder=3,
                                  edgecolor=style.INK))  # fmt: skip
    if lines[1] and style.scale < 1.5:  # a slide has room for the names only
        axes.text(x, y + 0.2, lines[0], ha="center", va="center", zorder=4)
        axes.text(x, y - 0.2, lines[1], ha="center", va="center", zorder=4, color=style.TEAL,
                  size=style.SMALL)  # fmt: skip
    else:
        axes.text(x, y, lines[0], ha="center", va="center", zorder=4)


def written(numbers: list[float]) -> str:
    """Write numbers with two decimals."""
    return ", ".join(f"{number:.2f}" for number in numbers)


def whole_slide(style: Any) -> Any:
    """Both circles from left to right: training goes back below the model, writing above it."""
    figure = style.figure(width=7, height=2.9)
    axes = style.clean(figure.subplots())
    axes.set_xlim(-0.1, 14.1)
    axes.set_ylim(-0.6, 5.4)

    def part(x: float, y: float, text: str, face: str, wide: float = 2.3) -> None:
        axes.add_patch(FancyBboxPatch((x - wide / 2, y - 0.42), wide, 0.84, facecolor=face,
                                      boxstyle="round,pad=0,rounding_size=0.12", zorder=3,
                                      edgecolor=style.INK))  # fmt: skip
        axes.text(x, y, text, ha="center", va="center", zorder=4)

    def arrow(start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
        axes.annotate("", end, start, arrowprops=style.arrow(**look))

    teal = {"color": style.TEAL, "width": 3}
    amber = {"color": style.AMBER, "width": 3, "linestyle": "--"}
    part(1, 2.4, "a name", style.PAPER, 1.9)
    part(3.6, 2.4, "tokens", style.PAPER, 1.9)
    part(7, 2.4, "gpt: the model", style.MIST, 3.4)
    part(10.5, 2.4, "softmax", style.PAPER, 1.9)
    part(13, 2.4, "loss", style.PAPER, 1.7)
    for start, end in ((1.95, 2.65), (4.55, 5.3), (8.7, 9.55), (11.45, 12.15)):
        arrow((start, 2.4), (end, 2.4))
    part(12.8, 0.2, "backward", style.PAPER, 2.2)
    part(10, 0.2, "Adam", style.PAPER, 1.9)
    part(7, 0.2, "parameters", style.MIST, 2.6)
    arrow((12.8, 1.98), (12.8, 0.62), **teal)
    arrow((11.7, 0.2), (10.95, 0.2), **teal)
    arrow((9.05, 0.2), (8.3, 0.2), **teal)
    arrow((7, 0.62), (7, 1.98), **teal)
    axes.text(4.4, 0.2, "training", ha="center", va="center", color=style.TEAL, size=style.LARGE)
    part(10.5, 4.6, "draw a token", style.PAPER, 3.0)
    part(7, 4.6, "append it", style.PAPER, 2.3)
    part(3.6, 4.6, "a new name", style.PAPER, 2.6)
    arrow((10.5, 2.82), (10.5, 4.18), **amber)
    arrow((9.0, 4.6), (8.15, 4.6), **amber)
    arrow((7, 4.18), (7, 2.82), **amber)
    arrow((5.85, 4.6), (4.9, 4.6), **amber)
    axes.text(0.2, 4.6, "writing", ha="left", va="center", color=style.AMBER, size=style.LARGE)
    return figure


def whole(style: Any) -> Any:
    """Training on the left, the model in the middle, writing on the right; the name "an"."""
    pocket, letters = load_model(POCKET)
    tokens = letters.encode(NAME)
    cache: dict[str, list[Vector]] = {}
    chances = []
    for position, (token, target) in enumerate(prediction_pairs(tokens, pocket.block)):
        chances.append(softmax(gpt(token, position, pocket, cache))[target])
    surprises = [-chance.log().data for chance in chances]
    loss = document_loss(tokens, pocket)
    loss.backward()
    values = pocket.parameters()
    steepest = max(values, key=lambda value: abs(value.grad))
    before, slope = steepest.data, steepest.grad
    Adam(values).update(1, learning_rate(1, 1000))
    left, middle, right = 1.9, 6.6, 11.3
    heights = {"text": 11.4, "tokens": 10.2, "embed": 8.7, "attention": 7.5, "mlp": 6.3,
               "output": 5.1, "softmax": 3.6, "surprise": 2.4, "loss": 1.2}  # fmt: skip
    figure = style.figure(width=7, height=6.4)
    axes = style.clean(figure.subplots())
    axes.set_xlim(0, 13.2)
    axes.set_ylim(0.5, 12)
    axes.add_patch(FancyBboxPatch((middle - 1.95, 4.45), 3.9, 4.9, facecolor="none",
                                  boxstyle="round,pad=0,rounding_size=0.15", linestyle="--",
                                  edgecolor=style.GREY))  # fmt: skip
    axes.text(middle - 1.95, 9.55, "gpt", ha="left", va="center", color=style.GREY)
    tape = " ".join(str(token) for token in tokens)
    for name, number in (
        ("text", f"“{NAME}”"), ("tokens", tape), ("embed", ""), ("attention", ""), ("mlp", ""),
        ("output", ""), ("softmax", written([chance.data for chance in chances])),
        ("surprise", written(surprises)), ("loss", f"{loss.data:.4f}"),
    ):  # fmt: skip
        label = {"mlp": "MLP", "text": "a name", "output": "output: logits"}.get(name, name)
        face = style.MIST if name in ("embed", "attention", "mlp", "output") else style.PAPER
        box(axes, style, (middle, heights[name]), (label, number), face)
    order = list(heights.values())
    for high, low in zip(order, order[1:]):
        axes.annotate("", (middle, low + HIGH / 2), (middle, high - HIGH / 2),
                      arrowprops=style.arrow())  # fmt: skip
    minus = f"{slope:.2f}".replace("-", "−")
    moved = f"{before:.2f} → {steepest.data:.2f}".replace("-", "−")
    box(axes, style, (left, 1.2), ("backward", f"largest slope {minus}"), style.PAPER)
    box(axes, style, (left, 3.6), ("Adam", moved), style.PAPER)
    box(axes, style, (left, 6.9), ("parameters", f"{len(values)}"), style.MIST)
    teal = style.arrow(style.TEAL, width=3)
    axes.annotate("", (left + WIDE / 2, 1.2), (middle - WIDE / 2, 1.2), arrowprops=teal)
    axes.annotate("", (left, 3.6 - HIGH / 2), (left, 1.2 + HIGH / 2), arrowprops=teal)
    axes.annotate("", (left, 6.9 - HIGH / 2), (left, 3.6 + HIGH / 2), arrowprops=teal)
    axes.annotate("", (middle - 1.95, 6.9), (left + WIDE / 2, 6.9), arrowprops=teal)
    axes.text(left, 5.25, "training", ha="center", va="center", color=style.TEAL,
              size=style.LARGE, bbox={"facecolor": style.PAPER, "edgecolor": "none"})  # fmt: skip
    amber = style.arrow(style.AMBER, width=3, linestyle="--")
    box(axes, style, (right, 5.1), ("÷ temperature", "then softmax"), style.PAPER)
    box(axes, style, (right, 6.9), ("draw a token", ""), style.PAPER)
    box(axes, style, (right, 8.7), ("append it", ""), style.PAPER)
    box(axes, style, (right, 11.4), ("a new name", ""), style.PAPER)
    axes.annotate("", (right - WIDE / 2, 5.1), (middle + 1.95, 5.1), arrowprops=amber)
    axes.annotate("", (right, 6.9 - HIGH / 2), (right, 5.1 + HIGH / 2), arrowprops=amber)
    axes.annotate("", (right, 8.7 - HIGH / 2), (right, 6.9 + HIGH / 2), arrowprops=amber)
    axes.annotate("", (middle + 1.95, 8.7), (right - WIDE / 2, 8.7), arrowprops=amber)
    axes.annotate("", (right, 11.4 - HIGH / 2), (right, 8.7 + HIGH / 2), arrowprops=amber)
    axes.text(right, 10.0, "after BOS", ha="center", va="center", color=style.INK,
              bbox={"facecolor": style.PAPER, "edgecolor": "none"})  # fmt: skip
    axes.text(right, 4.1, "writing", ha="center", va="center", color=style.AMBER,
              size=style.LARGE)  # fmt: skip
    axes.annotate("", (middle + WIDE / 2, 7.8), (right - WIDE / 2 + 0.1, 7.8),
                  arrowprops=style.arrow(style.GREY, arrowstyle="<|-|>"))  # fmt: skip
    axes.text(right - WIDE / 2 + 0.15, 7.8, "cache", va="center", color=style.GREY)
    return figure
