"""Figures of the lesson "Backward", drawn from a backward pass of the program."""

from __future__ import annotations

from typing import Any

from microgpt.autograd import Value


def flow(style: Any) -> Any:
    """The graph of relu(a * b + d): numbers above, gradients below, a slope on every arrow."""
    a, b, d = Value(2), Value(-3), Value(10)
    product = a * b
    total = product + d
    y = total.relu()
    y.backward()
    places = {
        "a": (0.0, 2.0, a),
        "b": (0.0, 1.0, b),
        "d": (0.0, 0.0, d),
        "a · b": (2.0, 1.5, product),
        "sum": (4.0, 0.75, total),
        "y": (6.0, 0.75, y),
    }
    arrows = (
        ("a", "a · b", product.slopes[0]),
        ("b", "a · b", product.slopes[1]),
        ("a · b", "sum", total.slopes[0]),
        ("d", "sum", total.slopes[1]),
        ("sum", "y", y.slopes[0]),
    )
    figure = style.figure(width=7, height=3.4)
    panel = figure.subplots()
    gap = 0.38 * style.scale**0.7  # from a box's middle to the end of an arrow
    for start, end, slope in arrows:
        (x0, y0, _), (x1, y1, _) = places[start], places[end]
        panel.annotate(
            "",
            (x0 + gap, y0),
            (x1 - gap, y1),
            arrowprops={"arrowstyle": "-|>", "color": style.AMBER, "linewidth": 1.6},
        )
        panel.text(
            (x0 + x1) / 2,
            (y0 + y1) / 2 + 0.16,
            f"× {slope:g}".replace("-", "−"),
            color=style.AMBER,
            ha="center",
        )
    for name, (x, height, value) in places.items():
        box = {"boxstyle": "round,pad=0.35", "facecolor": style.PAPER, "edgecolor": style.TEAL}
        words = f"{name} = {value.data:g}\ngrad {value.grad:g}".replace("-", "−")
        panel.text(x, height, words, color=style.INK, ha="center", va="center", bbox=box)
    panel.set_xlim(-0.7, 6.7)
    panel.set_ylim(-0.5, 2.5)
    panel.axis("off")
    return figure
