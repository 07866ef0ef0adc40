"""Figures of the lesson "Value: a number that remembers", drawn from slips of a real throw."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import FancyBboxPatch

from microgpt.autograd import Value

Place = tuple[float, float]


def signed(number: float) -> str:
    """Write a number with a true minus sign."""
    return f"{number:g}".replace("-", "−")


def card(style: Any) -> Any:
    """The slip of a product with all its fields, and the two slips it was made from."""
    band, notches = Value(3), Value(2)
    push = band * notches
    figure = style.figure(width=7, height=3.3)
    axes = style.clean(figure.subplots())
    rows(axes, style, (0, 2.35), "band", band, "()")
    rows(axes, style, (0, 0), "notches", notches, "()")
    rows(axes, style, (4.4, 1.15), "push", push, "(band, notches)")
    for height, end, slope in ((3.2, 2.2, push.slopes[0]), (0.85, 1.75, push.slopes[1])):
        axes.annotate("", (4.4, end), (2.6, height), arrowprops=style.arrow(style.TEAL))
        axes.text(
            3.5, (height + end) / 2 + 0.32, f"slope {signed(slope)}", ha="center", color=style.TEAL,
            rotation=0, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    axes.set_xlim(-0.1, 8.2)
    axes.set_ylim(-0.1, 4.3)
    return figure


def rows(axes: Any, style: Any, at: Place, name: str, value: Value, inputs: str) -> None:
    """Draw one slip with its four fields."""
    x, y = at
    width, height = (3.6, 1.75) if value.inputs else (2.6, 1.75)
    face = style.MIST if value.inputs else style.PAPER
    axes.add_patch(FancyBboxPatch(at, width, height, boxstyle="round,pad=0,rounding_size=0.1",
                                  facecolor=face, edgecolor=style.INK,
                                  linewidth=1.2 * style.scale))  # fmt: skip
    axes.text(x, y + height + 0.06, name, color=style.TEAL, va="bottom")
    slopes = "(" + ", ".join(signed(slope) for slope in value.slopes) + ")"
    fields = (("data", signed(value.data)), ("inputs", inputs), ("slopes", slopes),
              ("grad", str(value.grad)))  # fmt: skip
    for row, (field, content) in enumerate(fields):
        height_of_row = y + height - 0.25 - 0.42 * row
        axes.text(x + 0.12, height_of_row, field, color=style.GREY, va="center")
        axes.text(x + 1.15, height_of_row, content, color=style.INK, va="center")


def sling(style: Any) -> Any:
    """The throw as boxes and arrows: numbers and local slopes as the slips hold them."""
    band, notches, tilt, bucket = Value(3), Value(2), Value(1), Value(-10)
    push = band * notches
    land = push + tilt
    miss = land + bucket
    loss = miss * miss
    places: dict[Value, tuple[str, Place]] = {
        band: ("band", (0, 1.6)), notches: ("notches", (0, 0.2)), push: ("push", (1.7, 0.9)),
        tilt: ("tilt", (1.7, -0.5)), land: ("land", (3.4, 0.9)), bucket: ("bucket", (3.4, -0.5)),
        miss: ("miss", (5.1, 0.9)), loss: ("loss", (6.8, 0.9)),
    }  # fmt: skip
    figure = style.figure(width=7, height=3)
    axes = style.clean(figure.subplots())
    boxes = {}
    for value, (name, place) in places.items():
        face = style.MIST if value.inputs else style.PAPER
        box = {"boxstyle": "round,pad=0.35", "facecolor": face, "edgecolor": style.INK}
        words = f"{name}\n{signed(value.data)}"
        text = axes.text(*place, words, ha="center", va="center", color=style.INK, bbox=box)
        boxes[value] = text.get_bbox_patch()
    for value, (_, place) in places.items():
        twice = len(set(value.inputs)) < len(value.inputs)
        for which, (source, slope) in enumerate(zip(value.inputs, value.slopes)):
            start = places[source][1]
            bend = (-0.35, 0.35)[which] if twice else 0.0
            arrow = style.arrow(style.TEAL, patchA=boxes[source], patchB=boxes[value],
                                connectionstyle=f"arc3,rad={bend}")  # fmt: skip
            axes.annotate("", place, start, arrowprops=arrow)
            lift = (0.5, -0.5)[which] if twice else 0.2
            axes.text((start[0] + place[0]) / 2, (start[1] + place[1]) / 2 + lift,
                      signed(slope), ha="center", va="center", color=style.TEAL)  # fmt: skip
    axes.set_xlim(-0.6, 7.3)
    axes.set_ylim(-1.0, 2.1)
    return figure
