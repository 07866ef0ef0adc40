"""Figures of the lesson "Mixing the past": three ways to weigh, and how they are judged."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded
from book.figures.attention_asking import triangle
from microgpt.assets import POCKET
from microgpt.checkpoint import load_model

WAYS = ("last letter", "average", "attention")


def weights(style: Any) -> Any:
    """Bars: what the last n of "nan" takes from each token, in three ways."""
    model, tokenizer = load_model(POCKET)
    attention = triangle(model, tokenizer, "nan", model.width)[-1]
    count = len(attention)
    rows = ([0.0] * (count - 1) + [1.0], [1 / count] * count, attention)
    figure = style.figure(width=7, height=2.3)
    for axes, name, row in zip(figure.subplots(1, 3, sharey=True), WAYS, rows):
        color = style.TEAL if row is attention else style.GREY
        axes.bar(range(count), row, color=color, width=0.65)
        for place, weight in enumerate(row):
            text = f"{weight:.2f}" if 0 < weight < 1 else f"{weight:.0f}"
            axes.text(place, weight + 0.02, text, ha="center", va="bottom", size=style.SMALL)
        axes.set_xticks(range(count), ["BOS", *"nan"])
        axes.set_yticks([])
        axes.set_ylim(0, 1.12)
        axes.spines["left"].set_visible(False)
        axes.tick_params(length=0)
        axes.set_xlabel(name)
    return figure


def held_out(style: Any) -> Any:
    """One line a seed: the held-out loss of the three ways."""
    results = recorded("plain_average")
    figure = style.figure(width=7, height=3)
    axes = figure.subplots()
    seeds = [part.split()[-1] for part in results if part.startswith("attention, seed")]
    for seed in seeds:
        losses = [results[f"{way}, seed {seed}"] for way in ("last", "average", "attention")]
        axes.plot(range(3), losses, "-", color=style.LINE, zorder=1)
        axes.scatter(range(3), losses, color=(style.GREY, style.GREY, style.TEAL), zorder=2,
                     s=34 * style.scale)  # fmt: skip
    axes.set_xticks(range(3), WAYS)
    axes.set_xlim(-0.3, 2.3)
    axes.set_ylabel("held-out loss (nats per token)")
    return figure
