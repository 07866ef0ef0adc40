"""Figures of the lesson "Attention: answering, and the cache"."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded
from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import dot, linear, rmsnorm
from microgpt.model import attention_weights, embed, gpt, weighted_sum
from microgpt.parameters import Matrix, Vector


def mixture(style: Any) -> Any:
    """The values of BOS, a and n on a map, and the point that the n hears."""
    model, tokenizer = load_model(POCKET)
    pairs = enumerate(tokenizer.encode("an")[:-1])
    row = [rmsnorm(embed(token, position, model)) for position, token in pairs]
    keys, values = (
        [linear(x, model.matrices[f"0.{kind}"]) for x in row] for kind in ("key", "value")
    )
    weights = attention_weights(linear(row[-1], model.matrices["0.query"]), keys)
    corners = [[number.data for number in value] for value in values]
    heard = [number.data for number in weighted_sum(weights, values)]
    figure = style.figure(width=7, height=2.4)
    axes = style.clean(figure.subplots())
    axes.fill(*zip(*corners), facecolor=style.MIST, edgecolor=style.LINE, linestyle="-",
              linewidth=1.4 * style.scale)  # fmt: skip
    for name, corner, weight, (dx, dy), side in zip(
        ("BOS", "the a", "you"), corners, weights,
        ((0.1, 0.1), (0.1, -0.1), (-0.1, -0.08)), ("left", "left", "right"),
    ):  # fmt: skip
        axes.plot([heard[0], corner[0]], [heard[1], corner[1]], "-", color=style.TEAL,
                  linewidth=9 * weight.data * style.scale, zorder=2)  # fmt: skip
        axes.plot(*corner, "o", color=style.TEAL, markersize=7 * style.scale, zorder=3)
        axes.text(corner[0] + dx, corner[1] + dy, f"{name}: share {weight.data:.2f}",
                  color=style.TEAL, ha=side, va="center")  # fmt: skip
    axes.plot(*heard, "D", color=style.AMBER, markersize=8 * style.scale, zorder=4)
    axes.text(heard[0], heard[1] - 0.42, "what you hear", color=style.AMBER, ha="center",
              va="center")  # fmt: skip
    axes.set_aspect("equal")
    axes.set_xlim(-3.4, 3.4)
    axes.set_ylim(-0.95, 1.25)
    return figure


def growing(style: Any) -> Any:
    """The cache of the pocket model after each token of "an", what is new set off."""
    model, tokenizer = load_model(POCKET)
    cache: dict[str, Matrix] = {}
    figure = style.figure(width=7, height=2.4)
    axes = style.clean(figure.subplots())
    names = ("BOS", "a", "n")
    left = 0.0
    for position, token in enumerate(tokenizer.encode("an")[:-1]):
        gpt(token, position, model, cache)
        axes.text(left - 0.55, 2.78, f"{names[position]} has its turn", ha="left", va="center")
        for place in range(position + 1):
            new = place == position
            x = left + 1.2 * place
            for y, kind in ((1.15, "0.key"), (0, "0.value")):
                corners = [x - 0.55, x + 0.55, x + 0.55, x - 0.55], [y, y, y + 0.95, y + 0.95]
                axes.fill(
                    *corners, facecolor=style.MIST if new else style.PAPER, linestyle="-",
                    edgecolor=style.TEAL if new else style.LINE, linewidth=1.4 * style.scale,
                )  # fmt: skip
                numbers = "\n".join(f"{v.data:.2f}".replace("-", "−") for v in cache[kind][place])
                axes.text(x, y + 0.46, numbers, ha="center", va="center", size=style.SMALL,
                          color=style.INK if new else style.GREY, linespacing=1.3)  # fmt: skip
            axes.text(x, 2.32, names[place], ha="center", va="center",
                      color=style.TEAL if new else style.GREY)  # fmt: skip
        left += 1.2 * (position + 1) + 0.9
    for y, kind in ((1.6, "keys"), (0.45, "values")):
        axes.text(-0.8, y, kind, ha="right", va="center", color=style.GREY)
    axes.set_xlim(-1.7, left - 1.2)
    axes.set_ylim(-0.1, 3.0)
    return figure


def prize(style: Any) -> Any:
    """One point a model: how sure it is of the right answer in either round."""
    results = recorded("attention_answering")
    figure = style.figure(width=7, height=3.6)
    axes = figure.subplots()
    axes.plot([0, 1], [1, 0], "--", color=style.GREY, linewidth=1.2 * style.scale)
    looks = (
        ("attention", style.TEAL, "o", "with attention", (0.9, 0.85), "right"),
        ("itself only", style.AMBER, "^", "each sees only itself", (0.06, 0.24), "left"),
    )
    for part, color, marker, label, place, side in looks:
        bets = [bet for name, bet in results.items() if name.startswith(part)]
        axes.scatter([bet["ann"][0] for bet in bets], [bet["nan"][2] for bet in bets],
                     color=color, marker=marker, s=36 * style.scale, clip_on=False,
                     zorder=3)  # fmt: skip
        axes.text(*place, label, color=color, ha=side, va="center")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_aspect("equal")
    axes.set_xticks([0, 0.5, 1])
    axes.set_yticks([0, 0.5, 1])
    axes.set_xlabel("probability of a after ann")
    axes.set_ylabel("probability of the end after nan")
    return figure


def page(style: Any) -> Any:
    """All of attention for the last n of "an", from the vectors at the top to what it hears."""
    model, tokenizer = load_model(POCKET)
    pairs = enumerate(tokenizer.encode("an")[:-1])
    row = [rmsnorm(embed(token, position, model)) for position, token in pairs]
    query = linear(row[-1], model.matrices["0.query"])
    keys, values = (
        [linear(x, model.matrices[f"0.{kind}"]) for x in row] for kind in ("key", "value")
    )
    weights = attention_weights(query, keys)
    figure = style.figure(width=7, height=4.1)
    axes = style.clean(figure.subplots())

    def pair(vector: Vector) -> str:
        numbers = [f"{round(value.data, 2) + 0:.2f}".replace("-", "−") for value in vector]
        return ", ".join(numbers)

    def box(x: float, y: float, text: str, edge: str, face: str) -> None:
        axes.fill([x - 0.72, x + 0.72, x + 0.72, x - 0.72], [y - 0.3, y - 0.3, y + 0.3, y + 0.3],
                  facecolor=face, edgecolor=edge, linestyle="-",
                  linewidth=1.3 * style.scale, zorder=3)  # fmt: skip
        axes.text(x, y, text, ha="center", va="center", zorder=4)

    def arrow(start: tuple[float, float], end: tuple[float, float], **more: Any) -> None:
        axes.annotate("", end, start, arrowprops=style.arrow(style.GREY, 1.1, **more))

    def line(x: list[float], y: list[float]) -> None:
        axes.plot(x, y, "-", color=style.GREY, linewidth=1.1 * style.scale, zorder=1)

    places = (0.0, 1.8, 3.6)
    for x, name, vector, key, value, weight in zip(
        places, ("BOS", "a", "n, you"), row, keys, values, weights
    ):
        axes.text(x, 6.05, name, ha="center", va="center", color=style.TEAL)
        box(x, 5.4, pair(vector), style.INK, style.PAPER)
        arrow((x, 5.1), (x, 4.4))
        box(x, 4.1, pair(key), style.AMBER, style.SAND)
        score = dot(query, key).data / len(query) ** 0.5
        arrow((x, 3.8), (x, 3.22))
        axes.text(x, 3.02, f"{score:.2f}".replace("-", "−"), ha="center", va="center")
        arrow((x, 2.82), (x, 2.24))
        for width, face in ((1.44, style.PAPER), (1.44 * weight.data, style.TEALS[1])):
            axes.fill([x - 0.72, x - 0.72 + width, x - 0.72 + width, x - 0.72],
                      [1.79, 1.79, 2.19, 2.19], facecolor=face, edgecolor=style.LINE,
                      linestyle="-", linewidth=style.scale)  # fmt: skip
        axes.text(x + 0.36, 1.99, f"{weight.data:.2f}", ha="center", va="center")
        box(x, 0.95, pair(value), style.TEAL, style.MIST)
        arrow((x, 1.74), (x, 1.27))
    box(6.0, 4.1, pair(query), style.AMBER, style.SAND)
    axes.text(6.0, 4.62, "your query", ha="center", va="center", color=style.AMBER)
    arrow((4.32, 5.4), (5.28, 4.42))
    line([5.28, 4.6, 0.0], [3.9, 3.5, 3.5])
    box(6.0, 0.95, pair(weighted_sum(weights, values)), style.INK, style.PAPER)
    axes.text(6.0, 1.47, "what you hear", ha="center", va="center", color=style.INK)
    line([0.0, 0.0, 6.0], [0.65, 0.35, 0.35])
    for x in places[1:]:
        line([x, x], [0.65, 0.35])
    arrow((6.0, 0.31), (6.0, 0.63))
    for y, words in ((5.4, "vectors"), (4.1, "keys"), (3.02, "scores"), (1.99, "shares"),
                     (0.95, "values")):  # fmt: skip
        axes.text(-1.0, y, words, ha="right", va="center", color=style.GREY)
    axes.set_xlim(-2.0, 6.9)
    axes.set_ylim(0.2, 6.3)
    return figure
