"""Figures of the lesson "Temperature and sampling"."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded
from microgpt.checkpoint import load_model
from microgpt.engines import plain

BEGINNING = "mar"
SHOWN = 14
DRAWN = 400


def bars(style: Any) -> Any:
    """The chances of the next letter after a beginning, at three temperatures."""
    model, tokenizer = load_model()
    engine = plain.Plain(model)
    cache: dict[str, plain.Table] = {}
    for position, token in enumerate(tokenizer.encode(BEGINNING)[:-1]):
        logits = engine.gpt(token, position, cache).logits
    order = sorted(range(tokenizer.size), key=lambda token: -logits[token])[:SHOWN]
    letters = [tokenizer.letters[t] if t < tokenizer.bos else "\nend" for t in order]
    figure = style.figure(width=7, height=2.9)
    for axes, temperature in zip(figure.subplots(1, 3, sharey=True), (0.5, 1.0, 2.0)):
        chances, _, _ = plain.softmax([logit / temperature for logit in logits])
        axes.bar(range(SHOWN), [chances[t] for t in order], color=style.TEAL, width=0.75,
                 linewidth=0)  # fmt: skip
        axes.set_xticks(range(SHOWN), letters, size=style.SMALL)
        axes.text(SHOWN - 0.5, 0.97, f"T = {temperature:g}", ha="right", va="top",
                  transform=axes.get_xaxis_transform(), color=style.INK)  # fmt: skip
        axes.tick_params(axis="x", length=0)
        axes.set_xlim(-0.6, SHOWN - 0.4)
    figure.axes[0].set_ylabel("chance")
    figure.supxlabel(f"next token after “{BEGINNING}”", size=style.SIZE)
    return figure


def village(style: Any) -> Any:
    """Shares of known, odd and usable names against the temperature."""
    runs = list(recorded("temperature").values())
    shown = [t for t in runs[0] if float(t) >= 0.25]
    temperatures = [float(t) for t in shown]
    figure = style.figure(width=7, height=2.8)
    axes = figure.subplots()
    looks = (
        ("in the file", "in the file already", style.AMBER, "--", style.SAND),
        ("odd", "odd", style.GREY, ":", style.LINE),
        ("new, no odd pair", "new, different, not odd", style.TEAL, "-", style.MIST),
    )
    for key, name, color, line, face in looks:
        rows = [[100 * run[t][key] / DRAWN for t in shown] for run in runs]
        columns = list(zip(*rows))
        means = [sum(column) / len(column) for column in columns]
        axes.fill_between(temperatures, [min(c) for c in columns], [max(c) for c in columns],
                          color=face, linewidth=0)  # fmt: skip
        axes.plot(temperatures, means, linestyle=line, color=color, marker="o",
                  markersize=3.5 * style.scale, label=name)  # fmt: skip
    axes.set_xscale("log", base=2)
    axes.set_xlim(0.22, 4.2)
    axes.set_ylim(0, 100)
    axes.set_xticks([0.25, 0.5, 0.75, 1, 1.5, 2, 4], ["0.25", "0.5", "0.75", "1", "1.5", "2", "4"])
    axes.minorticks_off()
    axes.set_xlabel("temperature")
    axes.set_ylabel("of a hundred names")
    axes.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.14), handlelength=2.2)
    return figure
