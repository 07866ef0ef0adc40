"""Figures of the lesson "The MLP block", from the trained model and from recorded runs."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded
from microgpt.autograd import Value
from microgpt.checkpoint import load_model
from microgpt.layers import add, linear, rmsnorm
from microgpt.model import attention, embed

NAME = "anna"


def bend(style: Any) -> Any:
    """The 64 sums of the last letter of a name before relu, and what relu leaves of them."""
    model, tokenizer = load_model()
    cache: dict[str, list[list[Value]]] = {}
    for position, token in enumerate(tokenizer.encode(NAME)[:-1]):
        x = embed(token, position, model)
        x = add(attention(rmsnorm(x), 0, model, cache), x)
    sums = linear(rmsnorm(x), model.matrices["0.expand"])
    hidden = [value.relu() for value in sums]
    figure = style.figure(width=7, height=3.6)
    rows = figure.subplots(2, 1, sharex=True)
    for axes, values, name in zip(rows, (sums, hidden), ("before relu", "after relu")):
        numbers = [value.data for value in values]
        colors = [style.TEAL if number > 0 else style.LINE for number in numbers]
        axes.bar(range(len(numbers)), numbers, color=colors, width=0.8)
        axes.axhline(0, color=style.GREY, linewidth=0.8 * style.scale)
        axes.set_ylim(-2.3, 2.0)
        axes.set_ylabel(name)
    rows[1].set_xlabel("unit")
    rows[1].set_xticks(range(0, 64, 8))
    return figure


def shares(style: Any) -> Any:
    """How often each hidden unit is on, sorted, before and after training."""
    results = recorded("mlp")
    figure = style.figure(width=7, height=3.1)
    axes = figure.subplots()
    looks = (("units, untrained", "before training", style.AMBER, "s", 0.07),
             ("units", "after training", style.TEAL, "o", 0.05))  # fmt: skip
    for part, name, color, marker, lift in looks:
        tokens = results[part]["tokens"]
        each = sorted(count / tokens for count in results[part]["on"])
        axes.plot(range(64), each, "-", marker=marker, color=color, markersize=3.5 * style.scale,
                  linewidth=1 * style.scale)  # fmt: skip
        axes.text(26, each[26] + lift, name, color=color, ha="right")
    axes.set_xlabel("units, sorted")
    axes.set_ylabel("share of tokens")
    axes.set_ylim(0, 0.8)
    axes.grid(axis="y")
    return figure
