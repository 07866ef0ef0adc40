"""Figures of the lesson "Residual connections": a stream, and what is lost without it."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from matplotlib.patches import FancyBboxPatch

from book.experiments.residual_connections import Without
from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.engines import plain
from microgpt.layers import add, rmsnorm
from microgpt.model import attention, embed, mlp
from microgpt.parameters import Model, Vector


def pair(vector: Vector) -> str:
    """Write a vector of two numbers with true minus signs."""
    numbers = ", ".join(f"{value.data:.2f}" for value in vector)
    return f"({numbers})".replace("-", "−")


def stream(style: Any) -> Any:
    """The stream of the last n in "an" through the pocket model, with what is written to it."""
    pocket, letters = load_model(POCKET)
    cache: dict[str, list[Vector]] = {}
    for position, token in enumerate(letters.encode("an")[:-1]):
        x = embed(token, position, pocket)
        heard = attention(rmsnorm(x), 0, pocket, cache)
        middle = add(heard, x)
        thought = mlp(rmsnorm(middle), 0, pocket)
    figure = style.figure(width=7, height=2.7)
    axes = style.clean(figure.subplots())
    axes.set_xlim(-0.4, 12.2)
    axes.set_ylim(-0.9, 2.9)
    line = {"color": style.INK, "linewidth": 1.5 * style.scale, "linestyle": "-"}
    axes.annotate("", (11.1, 0), (-0.2, 0), arrowprops=style.arrow(style.TEAL, width=3.5))
    axes.text(-0.3, 0.4, "embedding", color=style.INK)
    stops = ((-0.2, x), (5.3, middle), (10.3, add(thought, middle)))
    for place, vector in stops:
        axes.text(place, -0.55, pair(vector), color=style.TEAL, va="center",
                  ha="left" if place < 1 else "center", size=style.LARGE)  # fmt: skip
    for start, name, written in ((1.75, "attention", heard), (6.9, "MLP", thought)):
        end = start + 2.3
        axes.plot([start, start], [0, 1.0], **line)
        arrow = style.arrow(style.INK)
        axes.annotate("", (end, 0.2), (end, 1.2), arrowprops=arrow)
        for bottom, label, face in ((0.75, "RMSNorm", style.PAPER), (1.95, name, style.MIST)):
            axes.add_patch(FancyBboxPatch((start - 0.85, bottom), 1.7, 0.7, facecolor=face,
                                          boxstyle="round,pad=0,rounding_size=0.1", zorder=3,
                                          edgecolor=style.INK))  # fmt: skip
            axes.text(start, bottom + 0.35, label, ha="center", va="center", zorder=4)
        axes.plot([start, start], [1.45, 1.95], **line)
        axes.plot([start + 0.85, end, end], [2.3, 2.3, 0.5], **line)
        axes.text(end + 0.12, 1.3, pair(written), va="center", color=style.INK)
        axes.text(end, 0, "+", ha="center", va="center", color=style.INK, size=style.LARGE,
                  zorder=5, bbox={"boxstyle": "circle,pad=0.12", "facecolor": style.PAPER,
                                  "edgecolor": style.TEAL})  # fmt: skip
    axes.text(11.15, 0, "output", va="center", ha="left", color=style.INK)
    return figure


def normed(numbers: list[float]) -> list[float]:
    """Return the vector as :func:`microgpt.layers.rmsnorm` does."""
    return plain.rmsnorm(numbers)[0]


def after_each_layer(engine: plain.Plain, tokens: list[int]) -> list[list[float]]:
    """Return the normalised stream of the last token at the start and after each layer."""
    cache: dict[str, plain.Table] = {}
    for position, token in enumerate(tokens):
        memory = engine.gpt(token, position, cache)
    starts = [step.x for step in memory.layers]
    return [normed(x) for x in [*starts, memory.x]]


def distance(style: Any) -> Any:
    """How far apart two names' streams are, layer by layer, with additions and without."""
    _, tokenizer = load_model()
    figure = style.figure(width=7, height=3.2)
    axes = figure.subplots()
    looks = ((plain.Plain, style.TEAL, "-", "o"), (Without, style.AMBER, "--", "s"))
    for engine_class, color, line, marker in looks:
        for seed in (1, 2, 3):
            model = Model(layers=8)
            model.draw(tokenizer.size, Random(seed))
            engine = engine_class(model)
            one = after_each_layer(engine, tokenizer.encode("ma")[:-1])
            other = after_each_layer(engine, tokenizer.encode("me")[:-1])
            apart = [math.dist(a, b) for a, b in zip(one, other)]
            axes.plot(range(len(apart)), apart, line, marker=marker, color=color,
                      markersize=4 * style.scale)  # fmt: skip
    axes.set_yscale("log")
    axes.set_yticks([10.0**-k for k in range(5)], ["1", "0.1", "0.01", "0.001", "0.0001"])
    axes.minorticks_off()
    axes.set_xlabel("layers")
    axes.set_ylabel("distance")
    axes.text(6.3, 1.0, "added", color=style.TEAL, va="center")
    axes.text(4.4, 0.16, "whispered", color=style.AMBER, va="center")
    axes.grid(axis="y")
    return figure
