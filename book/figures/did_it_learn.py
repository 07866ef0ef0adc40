"""Figures of the lesson "Did it learn?", drawn from recorded runs."""

from __future__ import annotations

from math import log
from typing import Any

from book.experiments import recorded

ROWS = (
    ("no additions", "without the two additions", "gpt", "held out"),
    ("width 8", "8 numbers a token", "gpt", "held out"),
    ("no norm", "without the norms", "gpt", "held out"),
    ("no layer", "no layer at all", "gpt", "held out"),
    ("no positions", "without positions", "gpt", "held out"),
    ("no relu", "without relu", "gpt", "held out"),
    ("equal shares", "plain average as attention", "gpt", "held out"),
    ("2 layers", "two layers", "gpt", "held out"),
    ("block 8", "block of 8, on 8 tokens", "gpt", "held out, first 8"),
    ("width 32", "32 numbers a token", "gpt", "held out"),
    ("one epoch", "4,663 steps", "gpt", "held out"),
)


def fifty(style: Any) -> Any:
    """The losses of three models on their fifty names, and on five hundred others."""
    runs = recorded("did_it_learn")
    figure = style.figure(width=7, height=3.6)
    axes = figure.subplots()
    for seed in (1, 2, 3):
        run = runs[f"few, seed {seed}"]
        axes.plot(run["step"], run["held out"], color=style.AMBER, linestyle="--",
                  linewidth=1.6 * style.scale)  # fmt: skip
        axes.plot(run["step"], run["trained on"], color=style.TEAL, linestyle="-",
                  linewidth=1.6 * style.scale)  # fmt: skip
    axes.axhline(log(27), color=style.GREY, linestyle=":", linewidth=1.4 * style.scale)
    axes.text(2000, log(27) + 0.08, "ln 27: knows nothing", ha="right", va="bottom",
              color=style.GREY)  # fmt: skip
    axes.text(1120, 5.75, "five hundred other names", ha="right", va="bottom", color=style.AMBER)
    axes.text(1150, 0.9, "the fifty names trained on", ha="left", va="bottom", color=style.TEAL)
    axes.set_xlim(0, 2005)
    axes.set_ylim(0, 7.6)
    axes.set_xlabel("step")
    axes.set_ylabel("loss, nats per token")
    return figure


def differences(name: str, base: str, key: str) -> list[float]:
    """Return, seed by seed, how much dearer a token is than with the other model."""
    runs = recorded("did_it_learn")
    return [
        result[key] - runs[part.replace(name, base)][key]
        for part, result in runs.items()
        if part.startswith(f"{name}, seed")
    ]


def ablations(style: Any) -> Any:
    """Each change of the model as a row of dots, one a seed."""
    figure = style.figure(width=7, height=4.1)
    axes = figure.subplots()
    for row, (name, _, base, key) in enumerate(ROWS):
        dots = differences(name, base, key)
        mean = sum(dots) / len(dots)
        color = style.AMBER if mean > 0 else style.TEAL
        axes.barh(row, mean, height=0.62, color=style.SAND if mean > 0 else style.MIST,
                  edgecolor=color, linewidth=0.8 * style.scale)  # fmt: skip
        axes.plot(dots, [row] * len(dots), linestyle="none", marker="o", color=color,
                  markersize=4 * style.scale)  # fmt: skip
        side = max(*dots, 0) + 0.006
        axes.text(side, row, f"{mean:+.3f}".replace("-", "−"), va="center", color=style.INK)
    axes.axvline(0, color=style.INK, linewidth=0.9 * style.scale)
    axes.set_yticks(range(len(ROWS)), [words for _, words, _, _ in ROWS])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(-0.125, 0.175)
    axes.set_xlabel("cheaper  ←  held-out loss against the unchanged model, in nats  →  dearer")
    axes.spines["left"].set_visible(False)
    return figure
