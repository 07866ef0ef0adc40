"""Figures of the lesson "Attention: asking": who gives how much of its attention to whom."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from microgpt.assets import NAMES, POCKET
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.layers import linear, rmsnorm
from microgpt.model import attention_weights, embed
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

NAME = "maria"


def triangle(model: Model, tokenizer: Tokenizer, name: str, size: int) -> list[list[float]]:
    """Return the attention weights of every token of a name, in the first head of this size."""
    keys, lines = [], []
    for position, token in enumerate(tokenizer.encode(name)[:-1]):
        x = rmsnorm(embed(token, position, model))
        keys.append(linear(x, model.matrices["0.key"])[:size])
        query = linear(x, model.matrices["0.query"])[:size]
        lines.append([weight.data for weight in attention_weights(query, keys)])
    return lines


def rounds(style: Any) -> Any:
    """Bars: the shares of the last n in "ann" and in "nan", from the pocket model."""
    model, tokenizer = load_model(POCKET)
    figure = style.figure(width=7, height=2.5)
    for axes, name in zip(figure.subplots(1, 2, sharey=True), ("ann", "nan")):
        shares = triangle(model, tokenizer, name, model.width)[-1]
        colors = [style.TEAL if share == max(shares) else style.GREY for share in shares]
        if name == "ann":
            colors = [style.GREY] * 4
        axes.bar(range(4), shares, color=colors, width=0.6)
        for position, share in enumerate(shares):
            axes.text(position, share + 0.012, f"{share:.2f}", ha="center", va="bottom",
                      color=style.INK)  # fmt: skip
        axes.set_xticks(range(4), ["BOS", *name[:-1], f"{name[-1]}, asking"])
        axes.set_ylim(0, 0.52)
        axes.set_yticks([0, 0.25, 0.5])
        axes.axhline(0.25, color=style.LINE, linewidth=1.2 * style.scale, zorder=0)
        axes.tick_params(length=0)
    figure.axes[0].set_ylabel("share")
    return figure


def fit(style: Any) -> Any:
    """The query of the last n in "an" and the three keys on a map, with lines of equal score."""
    model, tokenizer = load_model(POCKET)
    figure = style.figure(width=7, height=3.3)
    axes = style.clean(figure.subplots())
    keys = []
    for position, token in enumerate(tokenizer.encode("an")[:-1]):
        x = rmsnorm(embed(token, position, model))
        keys.append([value.data for value in linear(x, model.matrices["0.key"])])
    query = [value.data for value in linear(x, model.matrices["0.query"])]
    length = math.hypot(*query)
    ahead = [part / length for part in query]
    aside = [ahead[1], -ahead[0]]
    for score in (-0.6, -0.4, -0.2, 0, 0.2, 0.4):
        ends = []
        for along in (-0.45, 0.85):
            ends.append([score / length * ahead[i] + along * aside[i] for i in (0, 1)])
        axes.plot(*zip(*ends), "-", color=style.GREY if score == 0 else style.LINE,
                  linewidth=1.2 * style.scale, zorder=0)  # fmt: skip
        at = [ends[1][i] + 0.09 * aside[i] for i in (0, 1)]
        axes.text(*at, f"{score:g}".replace("-", "−"), ha="center", va="center",
                  color=style.GREY, size=style.SMALL)  # fmt: skip
    axes.annotate("", query, (0, 0),
                  arrowprops=style.arrow(style.TEAL, 3, shrinkA=0, shrinkB=0))  # fmt: skip
    axes.text(query[0] - 0.04, query[1], "your question", color=style.TEAL, ha="right", va="center")
    for words, key, (dx, dy), side in zip(
        ("label of BOS", "label of the a", "your own label"), keys,
        ((0.06, 0.06), (0.07, 0.02), (-0.06, -0.04)), ("left", "left", "right"),
    ):  # fmt: skip
        axes.annotate("", key, (0, 0), arrowprops=style.arrow(style.AMBER, shrinkA=0, shrinkB=0))
        axes.plot(*key, "o", color=style.AMBER, markersize=5 * style.scale, zorder=4)
        axes.text(key[0] + dx, key[1] + dy, words, color=style.AMBER, ha=side, va="center",
                  bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5})  # fmt: skip
    axes.set_aspect("equal")
    axes.set_xlim(-1.9, 1.5)
    axes.set_ylim(-0.6, 1.02)
    return figure


def before_after(style: Any) -> Any:
    """Two triangles of shares for one name: before the first step and after the last."""
    trained, tokenizer = load_model()
    names, rng = load_documents(NAMES), Random(42)
    rng.shuffle(names)
    untrained = Model()
    untrained.draw(tokenizer.size, rng)
    figure = style.figure(width=7, height=3.5)
    for axes, model, label in zip(
        figure.subplots(1, 2), (untrained, trained), ("before training", "after training")
    ):
        lines = triangle(model, tokenizer, NAME, model.width // model.heads)
        draw_triangle(axes, style, lines, ["BOS", *NAME])
        axes.set_xlabel(label, labelpad=8)
    figure.axes[0].set_ylabel("who asks")
    return figure


def draw_triangle(axes: Any, style: Any, lines: list[list[float]], tokens: list[str]) -> None:
    """Draw one square for each share, darker for more, with its number."""
    for y, line in enumerate(lines):
        for x, share in enumerate(line):
            shade = min(int(share * 8), 5)
            face = (style.PAPER, *style.TEALS)[shade] if y else style.LINE
            axes.fill([x, x + 1, x + 1, x], [y, y, y + 1, y + 1], facecolor=face,
                      edgecolor=style.PAPER, linestyle="-",
                      linewidth=1.5 * style.scale)  # fmt: skip
            ink = style.PAPER if shade > 4 and y else style.INK
            text = "1" if share == 1 else f"{share:.2f}"[1:]
            axes.text(x + 0.5, y + 0.52, text, ha="center", va="center", color=ink,
                      size=style.SMALL)  # fmt: skip
    count = len(tokens)
    axes.set_xlim(0, count)
    axes.set_ylim(count, 0)
    axes.set_aspect("equal")
    places = [place + 0.5 for place in range(count)]
    axes.set_xticks(places, tokens)
    axes.xaxis.tick_top()
    axes.set_yticks(places, tokens)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
