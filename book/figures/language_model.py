"""Figures of the lesson "What is a language model?": next letters, counted and from the model."""

from __future__ import annotations

from typing import Any

from microgpt.assets import NAMES
from microgpt.autograd import Value
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.layers import softmax
from microgpt.model import gpt

SHOWN = 6
Share = tuple[str, float]


def counted(letter: str) -> list[Share]:
    """Return how often each letter follows this one in the names, as shares, largest first."""
    found = [
        after
        for name in load_documents(NAMES)
        for before, after in zip(name, [*name[1:], "end"])
        if before == letter
    ]
    shares = [(after, found.count(after) / len(found)) for after in sorted(set(found))]
    return sorted(shares, key=lambda share: -share[1])


def asked(beginning: str) -> list[Share]:
    """Return the model's probability of each next letter after a beginning, largest first."""
    model, tokenizer = load_model()
    cache: dict[str, list[list[Value]]] = {}
    logits: list[Value] = []
    for position, token in enumerate(tokenizer.encode(beginning)[:-1]):
        logits = gpt(token, position, model, cache)
    shares = zip([*tokenizer.letters, "end"], [p.data for p in softmax(logits)])
    return sorted(shares, key=lambda share: -share[1])


def next_letters(style: Any) -> Any:
    """What follows a in all the names, and what the model expects after ma and after angela."""
    figure = style.figure(width=7, height=2.7)
    panels = figure.subplots(1, 3, sharey=True)
    views = (
        ("after any a, counted", counted("a"), style.GREY, "//"),
        ("the model, after ma", asked("ma"), style.TEAL, ""),
        ("the model, after angela", asked("angela"), style.TEAL, ""),
    )
    for axes, (words, shares, color, hatch) in zip(panels, views):
        shown = shares[:SHOWN]
        bars = axes.bar(range(SHOWN), [share for _, share in shown], color=color, width=0.7)
        if hatch:
            for bar in bars:
                bar.set(facecolor=style.LINE, edgecolor=style.GREY, hatch=hatch)
        for place, (_, share) in enumerate(shown):
            axes.text(place, share + 0.012, f"{share:.2f}", ha="center", color=style.INK,
                      size=style.SMALL)  # fmt: skip
        axes.set_xticks(range(SHOWN), [letter for letter, _ in shown])
        axes.tick_params(axis="x", length=0)
        axes.set_xlabel(words)
    panels[0].set_ylabel("probability")
    panels[0].set_ylim(0, 0.88)
    return figure
