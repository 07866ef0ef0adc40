"""Figures of the lesson "BOS and prediction pairs", drawn from real tokens."""

from __future__ import annotations

from typing import Any

from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.tokenizer import Tokenizer, prediction_pairs

SHORT = 8


def tape(style: Any) -> Any:
    """The tokens of a name twice, the second time shifted by one: pairs one above the other."""
    tokenizer = Tokenizer(load_documents(NAMES))
    tokens = tokenizer.encode("mia")
    names = [*tokenizer.letters, "BOS"]
    figure = style.figure(width=7, height=2.7)
    axes = style.clean(figure.subplots())
    rows = (("seen", tokens[:-1], 1.5, style.PAPER, style.INK),
            ("target", tokens[1:], 0.0, style.MIST, style.TEAL))  # fmt: skip
    for label, row, height, face, color in rows:
        axes.text(-0.75, height, label, ha="right", va="center", color=color)
        for position, token in enumerate(row):
            box = {"boxstyle": "square,pad=0.45", "facecolor": face, "edgecolor": color}
            axes.text(position, height, f"{names[token]}  {token}", ha="center", va="center",
                      bbox=box, color=color)  # fmt: skip
    for position, (token, target) in enumerate(prediction_pairs(tokens, 16)):
        assert (token, target) == (rows[0][1][position], rows[1][1][position])
        axes.annotate("", (position, 0.38), (position, 1.12), arrowprops=style.arrow(style.GREY))
        axes.text(position, 2.15, str(position), ha="center", va="center", color=style.GREY)
        if position:
            axes.annotate("", (position - 0.3, 1.2), (position - 0.75, 0.3),
                          arrowprops=style.arrow(style.GREY, 1.2, linestyle="--"))  # fmt: skip
    axes.text(-0.75, 2.15, "position", ha="right", va="center", color=style.GREY)
    axes.set_xlim(-1.7, len(tokens) - 1.4)
    axes.set_ylim(-0.5, 2.4)
    return figure


def cut(style: Any) -> Any:
    """Three names with their targets, and where a block of eight cuts."""
    tokenizer = Tokenizer(load_documents(NAMES))
    names = [*tokenizer.letters, "BOS"]
    figure = style.figure(width=7, height=2.7)
    axes = style.clean(figure.subplots())
    words = ("matthew", "jonathan", "christopher")
    for row, word in enumerate(words):
        height = len(words) - row
        axes.text(-0.8, height, word, ha="right", va="center", color=style.INK)
        tokens = tokenizer.encode(word)
        kept = len(prediction_pairs(tokens, SHORT))
        for position, (_, target) in enumerate(prediction_pairs(tokens, 16)):
            color = style.TEAL if position < kept else style.AMBER
            face = style.MIST if position < kept else style.PAPER
            box = {"boxstyle": "square,pad=0.35", "facecolor": face, "edgecolor": color,
                   "linestyle": "-" if position < kept else "--"}  # fmt: skip
            small = style.SMALL if target == tokenizer.bos else style.SIZE
            axes.text(position, height, names[target], ha="center", va="center", bbox=box,
                      color=color, size=small)  # fmt: skip
    axes.axvline(SHORT - 0.5, color=style.INK, linestyle=":", ymin=0.02, ymax=0.95)
    for position in range(12):
        axes.text(position, 0.2, str(position), ha="center", va="center", color=style.GREY)
    axes.text(-0.8, 0.2, "position", ha="right", va="center", color=style.GREY)
    axes.set_xlim(-3.1, 11.6)
    axes.set_ylim(-0.1, 3.6)
    return figure
