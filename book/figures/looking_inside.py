"""Figures of the lesson "Looking inside": every head's maps, and the heads of seven models."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded

NAMES = ("jenni", "maria", "alexandra")
MODELS = ("shipped", *(f"start {seed}" for seed in range(1, 7)))


def draw_map(axes: Any, style: Any, lines: list[list[float]], tokens: list[str]) -> None:
    """Draw one square for each share, darker for more; large shares get their number."""
    for y, line in enumerate(lines):
        for x, share in enumerate(line):
            shade = min(int(share * 8), 5)
            face = (style.PAPER, *style.TEALS)[shade] if y else style.LINE
            axes.fill([x, x + 1, x + 1, x], [y, y, y + 1, y + 1], facecolor=face,
                      edgecolor=style.LINE, linestyle="-",
                      linewidth=0.8 * style.scale)  # fmt: skip
            if y and share >= 0.5 and len(tokens) < 8:
                ink = style.PAPER if shade > 4 else style.INK
                axes.text(x + 0.5, y + 0.53, f"{share:.2f}"[1:], ha="center", va="center",
                          color=ink, size=style.SMALL)  # fmt: skip
    count = len(tokens)
    axes.set_xlim(0, count)
    axes.set_ylim(count, 0)
    axes.set_aspect("equal")
    places = [place + 0.5 for place in range(count)]
    axes.set_xticks(places, tokens)
    axes.xaxis.tick_top()
    axes.set_yticks(places, tokens)
    axes.tick_params(length=0, pad=1)
    for spine in axes.spines.values():
        spine.set_visible(False)


def maps(style: Any) -> Any:
    """Three names, four heads: who gives how much to whom, in the shipped model."""
    return draw_maps(style, NAMES, height=6)


def maps_slide(style: Any) -> Any:
    """One of the names, so that a room can read it."""
    return draw_maps(style, NAMES[1:2], height=2.6)


def draw_maps(style: Any, names: tuple[str, ...], height: float) -> Any:
    """Draw a row of four maps for each name."""
    kept = recorded("looking_inside")["shipped"]["maps"]
    figure = style.figure(width=7, height=height)
    grid = figure.subplots(len(names), 4, squeeze=False)
    for row, name in zip(grid, names):
        for number, axes in enumerate(row):
            draw_map(axes, style, kept[name][number], ["·", *name])
    for number, axes in enumerate(grid[-1]):
        axes.set_xlabel(f"head {number}", labelpad=5)
    return figure


def starts(style: Any) -> Any:
    """Two habits of each head in seven models: looking at vowels, and being missed."""
    return draw_starts(
        style, "to vowels,\nbeyond a plain average", "rise of the loss\nwhen silent, nats"
    )


def starts_slide(style: Any) -> Any:
    """The same with short words, so that they fit beside the axes."""
    return draw_starts(style, "to vowels", "loss rises")


def draw_starts(style: Any, looks: str, missed: str) -> Any:
    """Draw a bar for each head: how much it looks at vowels, and how much it is missed."""
    results = recorded("looking_inside")
    figure = style.figure(width=7, height=4.4)
    above, below = figure.subplots(2, 1, sharex=True)
    for place, model in enumerate(MODELS):
        result = results[model]
        level = result["looks"][-1]["vowels"]
        for head in range(4):
            x = place + (head - 1.5) * 0.19
            color = style.TEAL if head == 0 else style.TEALS[1]
            for axes, height in (
                (above, result["looks"][head]["vowels"] - level),
                (below, result["silent"][head] - result["whole"]),
            ):
                axes.bar([x], [height], width=0.17, color=color)
    for axes in (above, below):
        axes.axhline(0, color=style.INK, linewidth=0.9 * style.scale, linestyle="-")
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="y")
    above.set_ylabel(looks)
    below.set_ylabel(missed)
    below.set_xticks(range(len(MODELS)), [model.replace(" ", "\n") for model in MODELS])
    return figure
