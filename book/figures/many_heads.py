"""Figures of the lesson "Many heads", from the trained model and from recorded trainings."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded
from microgpt.autograd import Value
from microgpt.checkpoint import load_model
from microgpt.layers import linear, rmsnorm
from microgpt.model import attention, attention_weights, embed

NAME = "jenni"


def slices(style: Any) -> Any:
    """The query of a name's last letter, cut into heads, and each head's attention weights."""
    model, tokenizer = load_model()
    cache: dict[str, list[list[Value]]] = {}
    for position, token in enumerate(tokenizer.encode(NAME)[:-1]):
        x = rmsnorm(embed(token, position, model))
        attention(x, 0, model, cache)
    query, keys = linear(x, model.matrices["0.query"]), cache["0.key"]
    size = model.width // model.heads
    figure = style.figure(width=7, height=4)
    rows = figure.subplots(2, model.heads, sharey="row", height_ratios=[1, 1.3])
    labels = ["BOS", *NAME]
    for number in range(model.heads):
        head = slice(number * size, (number + 1) * size)
        above, below = rows[0][number], rows[1][number]
        above.bar(range(head.start, head.stop), [v.data for v in query[head]],
                  color=style.GREY, width=0.7)  # fmt: skip
        above.axhline(0, color=style.GREY, linewidth=0.8 * style.scale)
        above.set_xticks(range(head.start, head.stop))
        above.set_xlabel(f"head {number}", color=style.TEAL)
        weights = [w.data for w in attention_weights(query[head], [key[head] for key in keys])]
        most = max(weights)
        colors = [style.TEAL if weight == most else style.TEALS[1] for weight in weights]
        below.bar(range(len(weights)), weights, color=colors, width=0.75)
        for place, weight in enumerate(weights):
            if weight == most:
                below.text(place, weight + 0.015, f"{weight:.2f}", ha="center", color=style.TEAL)
        below.set_xticks(range(len(labels)), labels)
        if number:
            for axes in (above, below):
                axes.spines["left"].set_visible(False)
                axes.tick_params(left=False)
    rows[0][0].set_ylabel("query")
    rows[1][0].set_ylabel("share")
    rows[1][0].set_ylim(0, 0.7)
    return figure


def held_out(style: Any) -> Any:
    """The loss on held-out names for each number of heads: a line for each seed, the mean."""
    results = recorded("many_heads")
    heads = (1, 2, 4, 8, 16)
    seeds = (1, 2, 3, 4, 5)
    losses = {s: [results[f"{h} heads, seed {s}"]["held out"] for h in heads] for s in seeds}
    figure = style.figure(width=7, height=3.2)
    axes = figure.subplots()
    places = range(len(heads))
    for line in losses.values():
        axes.plot(places, line, "-", marker="o", color=style.GREY, linewidth=1 * style.scale,
                  markersize=4 * style.scale)  # fmt: skip
    means = [sum(line[i] for line in losses.values()) / len(seeds) for i in places]
    axes.plot(places, means, "-", marker="D", color=style.TEAL, linewidth=2.5 * style.scale)
    axes.annotate("mean", (places[-1], means[-1]), xytext=(8, 0), textcoords="offset points",
                  va="center", color=style.TEAL)  # fmt: skip
    axes.set_xticks(places, [str(h) for h in heads])
    axes.set_xlim(-0.3, len(heads) - 0.4)
    axes.set_xlabel("heads")
    axes.set_ylabel("held-out loss, nats")
    axes.grid(axis="y")
    return figure
