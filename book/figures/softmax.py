"""Figure of the lesson "Softmax": logits of the pocket model on their way to shares."""

from __future__ import annotations

from math import exp
from typing import Any

from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import softmax
from microgpt.model import gpt


def bars(style: Any) -> Any:
    """Three bar charts: the logits at the start of a name, their exponentials, the shares."""
    model, tokenizer = load_model(POCKET)
    logits = gpt(tokenizer.bos, 0, model, {})
    steps = (
        ("logit", [logit.data for logit in logits], style.GREY),
        ("e to that power", [exp(logit.data) for logit in logits], style.GREY),
        ("share", [p.data for p in softmax(logits)], style.TEAL),
    )
    figure = style.figure(width=7, height=2.6)
    for axes, (label, heights, color) in zip(figure.subplots(1, 3), steps):
        axes.bar(range(3), heights, color=color, width=0.6)
        reach = max(heights) - min(0, *heights)
        for place, height in enumerate(heights):
            up = 1 if height >= 0 else -1
            axes.text(place, height + 0.02 * up * reach, f"{height:.2f}".replace("-", "−"),
                      ha="center", va="bottom" if up > 0 else "top")  # fmt: skip
        axes.set_ylim(min(0, *heights) - 0.16 * reach * (min(heights) < 0),
                      max(heights) + 0.16 * reach)  # fmt: skip
        axes.axhline(0, color=style.GREY, linestyle="-", linewidth=0.9 * style.scale)
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set_visible(False)
        axes.set_yticks([])
        axes.set_xticks(range(3), ["a", "n", "end"])
        axes.tick_params(length=0)
        axes.set_xlabel(label)
    return figure
