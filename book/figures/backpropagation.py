"""Figures of the lesson "Backpropagation through the model", drawn from real guesses."""

from __future__ import annotations

from random import Random
from typing import Any

from microgpt.checkpoint import load_model
from microgpt.engines import plain
from microgpt.parameters import Model

SEEN = 3  # BOS, e, m; the second m comes


def pushes(style: Any) -> Any:
    """How each logit wants to move when the second m of emma comes, before and after training."""
    trained, tokenizer = load_model()
    drawn = Model()
    drawn.draw(tokenizer.size, Random(42))
    tokens = tokenizer.encode("emma")
    target = tokens[SEEN]
    figure = style.figure(width=7, height=4.2)
    panels = figure.subplots(2, 1, sharex=True)
    for axes, made, when in zip(panels, (drawn, trained), ("before training", "after training")):
        engine = plain.Plain(made)
        cache: dict[str, plain.Table] = {}
        for position, token in enumerate(tokens[:SEEN]):
            logits = engine.gpt(token, position, cache).logits
        heaps = plain.softmax(logits)[0]
        push = [(i == target) - heap for i, heap in enumerate(heaps)]
        for i, height in enumerate(push):
            look: dict[str, Any] = {"facecolor": style.SAND, "edgecolor": style.AMBER}
            if i == target:
                look = {"facecolor": style.TEAL, "edgecolor": style.TEAL}
            axes.bar(i, height, width=0.75, linewidth=1.2 * style.scale, **look)
        axes.axhline(0, color=style.INK, linewidth=0.9 * style.scale)
        axes.text(target + 0.6, 0.8, f"{push[target]:+.2f}", color=style.TEAL)
        worst = min(range(len(push)), key=push.__getitem__)
        number = f"{push[worst]:+.2f}".replace("-", "−")
        axes.text(worst, push[worst] - 0.04, number, color=style.AMBER, ha="center", va="top")
        axes.set_ylim(-0.72, 1.08)
        axes.text(26.4, 0.8, when, ha="right", color=style.INK)
        axes.set_ylabel("push")
    panels[1].set_xticks(range(27), [*tokenizer.letters, "end"])
    return figure
