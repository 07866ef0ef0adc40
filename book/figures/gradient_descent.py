"""Figures of the lesson "Gradient descent", drawn from walks in the valley of two throws."""

from __future__ import annotations

from typing import Any

from microgpt.autograd import Value


def loss_of(band: Any, tilt: Any) -> Any:
    """Return the sum of the squared misses of a throw with two notches and one with four."""
    short = 2 * band + tilt - 10
    long = 4 * band + tilt - 10
    return short * short + long * long


def walk(rate: float, steps: int) -> tuple[list[tuple[float, float]], list[float]]:
    """Return the places and losses of gradient descent from band 3, tilt 1."""
    band, tilt = Value(3.0), Value(1.0)
    places, losses = [], []
    for _ in range(steps):
        loss = loss_of(band, tilt)
        places.append((band.data, tilt.data))
        losses.append(loss.data)
        loss.backward()
        for dial in (band, tilt):
            dial.data -= rate * dial.grad
            dial.grad = 0.0
    return places, losses


def contours(axes: Any, style: Any) -> None:
    """Draw the lines of equal loss of the two throws."""
    bands = [-1.5 + 6.5 * i / 130 for i in range(131)]
    tilts = [-1.5 + 13.5 * i / 130 for i in range(131)]
    heights = [[loss_of(band, tilt) for band in bands] for tilt in tilts]
    axes.contour(
        bands, tilts, heights, levels=[1, 4, 10, 18, 40, 80, 160],
        colors=[style.LINE], linewidths=1.0 * style.scale,
    )  # fmt: skip


def valley(style: Any) -> Any:
    """The valley with two walks on the left, the losses of three rates on the right."""
    figure = style.figure(width=7, height=3.6)
    left, right = figure.subplots(1, 2, width_ratios=[1.15, 1])
    contours(left, style)
    small = {"markersize": 3.5 * style.scale}
    places, _ = walk(0.05, 8)
    left.plot(*zip(*places), "--s", color=style.AMBER, linewidth=1.4 * style.scale, **small)
    places, _ = walk(0.01, 800)
    left.plot(*zip(*places), "-", color=style.TEAL)
    left.plot(*zip(*places[::100]), "o", color=style.TEAL, **small)
    left.plot([3], [1], "o", color=style.INK, markersize=6 * style.scale)
    left.annotate("start", (3, 1), xytext=(12, -2), textcoords="offset points", color=style.INK)
    left.plot([0], [10], "*", color=style.INK, markersize=10 * style.scale)
    left.annotate("bottom", (0, 10), xytext=(8, 4), textcoords="offset points", color=style.INK)
    left.text(1.15, 5.2, "rate 0.01", color=style.TEAL, ha="right")
    left.text(3.15, 3.4, "rate 0.05", color=style.AMBER, ha="left")
    left.set_xlim(-1.5, 5)
    left.set_ylim(-1.5, 12)
    left.set_xlabel("band")
    left.set_ylabel("tilt")
    looks = ((0.01, style.TEAL, "-"), (0.04, style.GREY, ":"), (0.05, style.AMBER, "--"))
    for rate, color, line in looks:
        _, losses = walk(rate, 61)
        right.plot(range(1, 62), losses, line, color=color)
        high = min(losses[-1], 900.0)
        at = next((i for i, loss in enumerate(losses) if loss > 500), 60)
        right.text(at + 2, high if at == 60 else 500, f"{rate}", color=color, va="center")
    right.set_yscale("log")
    right.set_ylim(1.5, 1000)
    right.set_xlim(0, 72)
    right.set_xlabel("step")
    right.set_ylabel("loss")
    return figure
