"""The figure of the lesson "The training loop": the losses behind the shipped model."""

from __future__ import annotations

from math import log
from typing import Any

from book.experiments import recorded

WINDOW = 100


def running(numbers: list[float]) -> list[float]:
    """Return the mean of the last hundred numbers at each place that has a hundred."""
    return [sum(numbers[i - WINDOW : i]) / WINDOW for i in range(WINDOW, len(numbers) + 1)]


def curve(style: Any) -> Any:
    """All losses as dots, the running means of model and bigram table, and ln 27."""
    run = recorded("training_loop")["shipped run"]
    losses, bigram = run["losses"], run["bigram"]
    figure = style.figure(width=7, height=3.9)
    axes = figure.subplots()
    steps = range(1, len(losses) + 1)
    axes.plot(steps, losses, linestyle="none", marker=".", markersize=3 * style.scale,
              color=style.LINE)  # fmt: skip
    axes.plot(steps[WINDOW - 1 :], running(bigram), color=style.AMBER, linestyle="--")
    axes.plot(steps[WINDOW - 1 :], running(losses), color=style.TEAL)
    axes.axhline(log(27), color=style.GREY, linestyle=":")
    words = {"textcoords": "offset points", "xytext": (6, 0), "annotation_clip": False}
    for y, text, color in (
        (log(27), "ln 27:\nknows nothing", style.GREY),
        (running(bigram)[-1] + 0.1, "bigram table", style.AMBER),
        (running(losses)[-1] - 0.1, "model", style.TEAL),
    ):
        axes.annotate(text, (len(losses), y), color=color, va="center", **words)
    axes.plot([759], [losses[758]], marker="o", color=style.INK, markersize=5 * style.scale)
    axes.annotate("dwight", (759, losses[758]), xytext=(7, 0), textcoords="offset points",
                  va="center", color=style.INK)  # fmt: skip
    axes.set_xlim(0, 1005)
    axes.set_xlabel("step")
    axes.set_ylabel("loss, nats per token")
    return figure
