"""Figures of the lesson "The dataset", counted from the names that come with the package."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase
from typing import Any

from microgpt.assets import NAMES
from microgpt.data import load_documents

STEPS = 1000


def lengths(style: Any) -> Any:
    """How many names have how many letters."""
    sizes = [len(name) for name in load_documents(NAMES)]
    counts = {size: sizes.count(size) for size in range(min(sizes), max(sizes) + 1)}
    figure = style.figure(width=7, height=2.7)
    axes = figure.subplots()
    axes.bar(list(counts), list(counts.values()), color=style.TEAL, edgecolor=style.PAPER)
    for size, count in counts.items():
        axes.annotate(f"{count:,}", (size, count), xytext=(0, 3), textcoords="offset points",
                      ha="center", va="bottom", color=style.INK, size=style.SMALL)  # fmt: skip
    axes.set_xticks(list(counts))
    axes.set_ylim(0, 1.12 * max(counts.values()))
    axes.set_xlabel("letters in the name")
    axes.set_ylabel("names")
    return figure


def initials(style: Any) -> Any:
    """First letters of the names of the first thousand steps, in file order and shuffled."""
    names = load_documents(NAMES)
    shuffled = list(names)
    Random(42).shuffle(shuffled)
    figure = style.figure(width=7, height=3.4)
    panels = figure.subplots(2, 1, sharex=True, sharey=True)
    cases = (("as in the file", names, style.AMBER), ("shuffled", shuffled, style.TEAL))
    for axes, (label, order, color) in zip(panels, cases):
        seen = [name[0] for name in order[:STEPS]]
        counts = [seen.count(letter) for letter in ascii_lowercase]
        axes.bar(range(26), counts, color=color, edgecolor=style.PAPER,
                 linewidth=0.4 * style.scale)  # fmt: skip
        axes.text(0.98, 0.85, label, ha="right", va="top", transform=axes.transAxes, color=color)
        axes.set_ylabel("names")
        axes.set_ylim(0, 430)
    panels[1].set_xticks(range(26), list(ascii_lowercase))
    panels[1].set_xlabel("first letter of the names that the first thousand steps see")
    return figure
