"""Figures of the lesson "The learning-rate schedule", drawn from recorded runs."""

from __future__ import annotations

from typing import Any

from book.experiments import recorded, schedule


def curves(style: Any) -> Any:
    """The rate of four schedules on the left; held-out loss along the way on the right."""
    figure = style.figure(width=7, height=3.4)
    left, right = figure.subplots(1, 2)
    runs = recorded("schedule")
    looks = {
        "constant": ("constant 0.01", style.AMBER, "--", "s"),
        "half": ("constant 0.005", style.GREY, ":", "^"),
        "cosine": ("cosine", style.INK, "-.", "D"),
        "linear": ("straight line", style.TEAL, "-", "o"),
    }
    steps = range(1, schedule.STEPS + 1)
    for shift, (name, (label, color, line, marker)) in enumerate(looks.items()):
        rates = [schedule.SCHEDULES[name](step, schedule.STEPS) for step in steps]
        left.plot(steps, rates, line, color=color)
        losses = [runs[f"{name}.{seed}"] for seed in schedule.SEEDS]
        marks = [mark + 14 * (shift - 1.5) for mark in schedule.MARKS]
        means = [sum(column) / len(column) for column in zip(*losses)]
        below = [mean - min(column) for mean, column in zip(means, zip(*losses))]
        above = [max(column) - mean for mean, column in zip(means, zip(*losses))]
        right.errorbar(
            marks, means, [below, above], fmt=line, marker=marker, color=color, label=label,
            markersize=5 * style.scale, linewidth=1.4 * style.scale, capsize=2 * style.scale,
        )  # fmt: skip
    left.text(40, 0.0104, "constant 0.01", color=style.AMBER, va="bottom")
    left.text(40, 0.0046, "constant 0.005", color=style.GREY, va="top")
    left.text(800, 0.0038, "straight\nline", color=style.TEAL, va="center")
    left.text(330, 0.0083, "cosine", color=style.INK, va="bottom")
    left.set_ylim(0, 0.0118)
    left.set_xlabel("step")
    left.set_ylabel("learning rate")
    right.set_xticks(schedule.MARKS)
    right.set_ylim(2.22, 2.54)  # room for the legend above the bars
    right.set_xlabel("step")
    right.set_ylabel("held-out loss")
    right.legend()
    return figure
