"""Figures of the lesson "The loss of a document", drawn from the trained model's guesses."""

from __future__ import annotations

import math
from typing import Any

from microgpt.checkpoint import load_model
from microgpt.engines import plain
from microgpt.tokenizer import prediction_pairs

NAMES = ("emma", "anna")


def guesses(name: str) -> list[tuple[str, float, bool]]:
    """Return each letter of a name, the surprise at it, and whether it was the favourite."""
    model, tokenizer = load_model()
    engine = plain.Plain(model)
    cache: dict[str, plain.Table] = {}
    found = []
    for position, (token, target) in enumerate(
        prediction_pairs(tokenizer.encode(name), model.block)
    ):
        heaps = plain.softmax(engine.gpt(token, position, cache).logits)[0]
        letter = "end" if target == tokenizer.bos else tokenizer.letters[target]
        found.append((letter, -math.log(heaps[target]), heaps[target] == max(heaps)))
    return found


def letters(style: Any) -> Any:
    """Surprise letter by letter for two names: hits are filled, misses are hatched."""
    figure = style.figure(width=7, height=3)
    panels = figure.subplots(1, 2, sharey=True)
    clueless = math.log(27)
    for axes, name in zip(panels, NAMES):
        rows = guesses(name)
        for at, (_, surprise, hit) in enumerate(rows):
            look: dict[str, Any] = {"color": style.TEAL}
            if not hit:
                look = {"facecolor": style.SAND, "edgecolor": style.AMBER, "hatch": "//"}
            axes.bar(at, surprise, width=0.7, linewidth=1.2 * style.scale, **look)
            words = f"{surprise:.2f}" if style.scale < 1.2 else f"{surprise:.1f}"
            axes.text(at, 0.3, words, ha="center", va="center", color=style.INK,
                      bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5})  # fmt: skip
        mean = sum(surprise for _, surprise, _ in rows) / len(rows)
        axes.axhline(mean, color=style.INK, linestyle="--", linewidth=1.4 * style.scale)
        axes.axhline(clueless, color=style.GREY, linestyle=":", linewidth=1.4 * style.scale)
        beside = style.scale < 1.2  # on a slide the labels stand above and below their lines
        words = f"mean\n{mean:.2f}" if beside else f"mean {mean:.2f}"
        frame = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1} if beside else None
        axes.text(5.45, mean - (0 if beside else 0.1), words, ha="right", color=style.INK,
                  va="center" if beside else "top", bbox=frame)  # fmt: skip
        axes.text(5.45, clueless, "ln 27", ha="right", color=style.GREY,
                  va="center" if beside else "bottom", bbox=frame)  # fmt: skip
        axes.set_xticks(range(len(rows)), [letter for letter, _, _ in rows])
        axes.set_xlim(-0.6, 5.5)
        axes.set_ylim(0, 5.8)
        axes.set_xlabel(f"letters of {name}")
    panels[0].set_ylabel("surprise (nats)")
    return figure
