"""Figures of the lesson "Order: the topological sort", drawn from walks over real slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microgpt.autograd import Value, topological_order

Deliver = Callable[[Value, float], None]


def diamond(style: Any) -> Any:
    """The slips a, b, c, and what the box of a holds after each delivery of four walks."""
    figure = style.figure(width=7, height=3)
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.35])
    style.clean(left)
    left.set_xlim(-0.5, 2.5)
    left.set_ylim(-1, 1)
    for start, end in ((0, 1), (1, 2)):
        for bend, height in ((-0.45, 0.36), (0.45, -0.36)):
            arrow = style.arrow(shrinkA=15, shrinkB=15, connectionstyle=f"arc3,rad={bend}")
            left.annotate("", (end, 0), (start, 0), arrowprops=arrow)
            left.text((start + end) / 2, height, "1", ha="center", va="center", color=style.GREY)
    for place, name in enumerate("abc"):
        box = {"boxstyle": "circle,pad=0.4", "facecolor": style.MIST, "edgecolor": style.TEAL}
        left.text(place, 0, name, ha="center", va="center", bbox=box, size=style.LARGE)
    looks = (
        ("Ada", ada, style.AMBER, "--", "^"),
        ("Ben", ben, style.AMBER, ":", "s"),
        ("Cleo", cleo, style.GREY, "-", "o"),
        ("waits at b", waiting, style.TEAL, "-", "D"),
    )
    for name, walk, color, line, marker in looks:
        boxes = deliveries(walk)
        right.plot(
            range(len(boxes)), boxes, line, marker=marker, color=color, markersize=5 * style.scale
        )
        spot = {"xytext": (8, 0), "ha": "left"}
        if walk is waiting:
            spot = {"xytext": (-8, 8), "ha": "right"}
        at, text = (len(boxes) - 1, boxes[-1]), f"{name}: {boxes[-1]:.0f}"
        right.annotate(text, at, va="center", textcoords="offset points", color=color, **spot)
    right.set_xlim(-0.1, 5.0)
    right.set_xticks(range(5))
    right.set_yticks(range(0, 9, 2))
    right.set_xlabel("deliveries to a")
    right.set_ylabel("box of a")
    return figure


def deliveries(walk: Callable[[Value, Deliver], None]) -> list[float]:
    """Run a walk on b = a + a, c = b + b; return the box of a after each delivery to it."""
    a = Value(1.0)
    b = a + a
    c = b + b
    boxes = [0.0]

    def deliver(slip: Value, amount: float) -> None:
        slip.grad += amount
        if slip is a:
            boxes.append(a.grad)

    c.grad = 1.0
    walk(c, deliver)
    return boxes


def ada(slip: Value, deliver: Deliver) -> None:
    """Deliver along all arrows, then follow each."""
    for source, slope in zip(slip.inputs, slip.slopes):
        deliver(source, slope * slip.grad)
    for source in slip.inputs:
        ada(source, deliver)


def ben(slip: Value, deliver: Deliver) -> None:
    """Follow each arrow as soon as it has been delivered along."""
    for source, slope in zip(slip.inputs, slip.slopes):
        deliver(source, slope * slip.grad)
        ben(source, deliver)


def cleo(slip: Value, deliver: Deliver, arrived: float = 1.0) -> None:
    """Carry on only what has just arrived."""
    for source, slope in zip(slip.inputs, slip.slopes):
        deliver(source, slope * arrived)
        cleo(source, deliver, slope * arrived)


def waiting(last: Value, deliver: Deliver) -> None:
    """Visit each slip once, results before inputs."""
    for slip in reversed(topological_order(last)):
        for source, slope in zip(slip.inputs, slip.slopes):
            deliver(source, slope * slip.grad)


def rows(style: Any) -> Any:
    """The slips of push * (push + 1) in a row: sorted, and as the walk by distance has them."""
    push = Value(3) * 2
    more = push + 1
    score = push * more
    names = {push: "push", more: "push + 1", score: "score"}
    figure = style.figure(width=7, height=3)
    above, below = figure.subplots(2, 1)
    draw_row(above, style, topological_order(score), names)
    draw_row(below, style, [more, push, score], names)
    return figure


def draw_row(axes: Any, style: Any, order: list[Value], names: dict[Value, str]) -> None:
    """Write slips in a row, with an arrow from each input to its result."""
    style.clean(axes)
    axes.set_xlim(-0.6, len(order) - 0.4)
    axes.set_ylim(-0.6, 1.2)
    place = {slip: 1.0 * at for at, slip in enumerate(order)}
    boxes = {}
    for slip, at in place.items():
        box = {"boxstyle": "round,pad=0.4", "facecolor": style.MIST, "edgecolor": style.TEAL}
        text = axes.text(at, 0, names[slip], ha="center", va="center", bbox=box)
        boxes[slip] = text.get_bbox_patch()
    for slip in order:
        for source in slip.inputs:
            if source not in place:
                continue
            start, end = place[source], place[slip]
            if abs(end - start) > 1:
                arrow = style.arrow(color=style.TEAL, connectionstyle="arc3,rad=-0.2")
                axes.annotate("", (end, 0.32), (start, 0.32), arrowprops=arrow)
                continue
            color, line = (style.TEAL, "-") if end > start else (style.AMBER, "--")
            arrow = style.arrow(
                color=color, linestyle=line, patchA=boxes[source], patchB=boxes[slip]
            )
            axes.annotate("", (end, 0), (start, 0), arrowprops=arrow)
            if end < start:
                axes.text(
                    (start + end) / 2, -0.3, "points back", ha="center", va="center", color=color
                )
