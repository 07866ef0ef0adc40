"""Figures of the lesson "Gradient check", measured on its neuron."""

from __future__ import annotations

from math import exp
from typing import Any

from microgpt.autograd import Value

INPUTS = [1.0, 0.5, -2.0, 1.5]
WEIGHTS = [0.5, -1.2, 0.3, 0.8, 0.1]


def weighted(weights: list[Any]) -> Any:
    """Return the neuron's sum, of numbers or of Values."""
    total = weights[4]
    for weight, number in zip(weights, INPUTS):
        total = total + weight * number
    return total


def valley(style: Any) -> Any:
    """The error of nudged slopes against the backward pass, for many sizes of the nudge."""
    slips = [Value(weight) for weight in WEIGHTS]
    weighted(slips).exp().backward()
    true = slips[0].grad

    def result(change: float) -> float:
        return exp(weighted([WEIGHTS[0] + change, *WEIGHTS[1:]]))

    sizes = [10 ** -(1 + 11 * i / 88) for i in range(89)]
    central = [abs((result(h) - result(-h)) / (2 * h) - true) for h in sizes]
    one_sided = [abs((result(h) - result(0.0)) / h - true) for h in sizes]
    figure = style.figure(width=7, height=3.4)
    panel = figure.subplots()
    panel.loglog(sizes, central, color=style.TEAL, linewidth=2)
    panel.loglog(sizes, one_sided, "--", color=style.AMBER, linewidth=1.8)
    panel.text(1.5e-3, 1e-9, "central", color=style.TEAL)
    panel.text(6e-4, 1e-2, "one-sided", color=style.AMBER, ha="right")
    panel.set_xlabel("nudge h")
    panel.set_ylabel("error of the slope")
    return figure
