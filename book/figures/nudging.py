"""Figures of the lesson "How a machine learns: nudging"."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded

NUDGE, SHARE = 0.1, 0.2


def loss(w: float) -> float:
    """Return the loss of the lesson's string: its distance from 3, squared."""
    return (w - 3) * (w - 3)


def turns(w: float, count: int) -> list[float]:
    """Return the settings of the dial, from the first on, when each turn follows a nudge."""
    settings = [w]
    for _ in range(count):
        change = (loss(w + NUDGE) - loss(w)) / NUDGE
        w -= SHARE * change
        settings.append(w)
    return settings


def parabola(style: Any) -> Any:
    """The loss against the dial, with the turns from 1 and from 5."""
    figure = style.figure(width=7, height=3)
    axes = figure.subplots()
    dial = [0.6 + 0.02 * i for i in range(241)]
    axes.plot(dial, [loss(w) for w in dial], color=style.GREY, linewidth=1.5 * style.scale)
    for start, color, marker, words, side in (
        (1.0, style.TEAL, "o", "from 1", "right"), (5.0, style.AMBER, "s", "from 5", "left"),
    ):  # fmt: skip
        settings = turns(start, 4)
        axes.plot(settings, [loss(w) for w in settings], marker, color=color,
                  markersize=6 * style.scale)  # fmt: skip
        for here, there in zip(settings[:3], settings[1:]):
            arrow = style.arrow(color, shrinkA=4, shrinkB=4, connectionstyle="arc3,rad=0")
            axes.annotate("", (there, loss(there)), (here, loss(here)), arrowprops=arrow)
        place = (start - 0.12 if side == "right" else start + 0.12, loss(start))
        axes.text(*place, words, color=color, ha=side, va="center")
    axes.set_xlim(0.2, 5.8)
    axes.set_ylim(-0.3, 6)
    axes.set_xticks([1, 2, 3, 4, 5])
    axes.set_xlabel("peg w")
    axes.set_ylabel("loss")
    return figure


def learning(style: Any) -> Any:
    """The loss of three small models that learn by nudges alone, round by round."""
    figure = style.figure(width=7, height=2.8)
    axes = figure.subplots()
    looks = ((style.TEAL, "-"), (style.AMBER, "--"), (style.GREY, ":"))
    runs = recorded("nudging")
    for part, (color, line) in zip(("seed 1", "seed 2", "seed 3"), looks):
        losses = runs[part]["losses"]
        axes.plot(
            range(len(losses)), losses, line, color=color, label=part.replace("seed", "start")
        )
    axes.set_xlabel("rounds of nudging every dial")
    axes.set_ylabel("loss")
    axes.set_ylim(0, 1.25)
    axes.legend(loc="lower left", ncols=3)
    return figure
