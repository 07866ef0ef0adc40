"""Set what stands on a slide as large as the slide has room for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from docutils import nodes

from .lecture_nodes import (
    CODE,
    LEAST,
    TEXT,
    WIDTH,
    code_width,
    deck_box,
    deck_code,
    deck_picture,
    height,
    lines_of,
    table_height,
    table_width,
)

Node = TypeVar("Node", bound=nodes.Element)
INSIDE = 56  # px that the frame of an answer takes on both sides


def inside(blocks: Sequence[nodes.Element], kind: type[Node]) -> list[Node]:
    """Return the nodes of a kind among the blocks and in the answers among them."""
    found = [block for block in blocks if isinstance(block, kind)]
    for block in blocks:
        if isinstance(block, deck_box) and "answer" in block["classes"]:
            found += [child for child in block.children if isinstance(child, kind)]
    return found


def grow(blocks: Sequence[nodes.Element], extra: float) -> None:
    """Give each kind of block the largest letters for which there is room; figures take the rest.

    Args:
        blocks: what the slide shows.
        extra: the pixels of its height that are free.
    """
    frame = INSIDE if any("answer" in block["classes"] for block in blocks) else 0
    for kind in (_code, _tables, _lists, _tasks, _words, _formulas):
        extra -= kind(blocks, extra, WIDTH - frame)
    _figures(blocks, extra)


def _code(blocks: Sequence[nodes.Element], extra: float, width: float) -> float:
    codes = [code for block in blocks for code in block.findall(deck_code)]
    for size in (36, 34, 32, 30, 28, 26, 24):
        wide = max((code_width(code) for code in codes), default=0) * size * 0.6025
        more = sum(height(code, size) - height(code, CODE) for code in codes)
        if codes and wide <= width - 60 and more <= extra:
            for code in codes:
                code["size"] = size
            return more
    if codes and (extra < 0 or max(map(code_width, codes)) * CODE * 0.6025 > width - 60):
        for code in codes:  # the least that the last row can read
            code["size"] = 24
    return 0


def _tables(blocks: Sequence[nodes.Element], extra: float, width: float) -> float:
    tables = inside(blocks, nodes.table)
    for size in (36, 34, 32, 30, 28):
        more = sum(table_height(table, size) - height(table) for table in tables)
        wide = max((table_width(table, size) for table in tables), default=0)
        if tables and wide <= width and more <= extra:
            _sized(tables, size)
            return more
    return 0


def _lists(blocks: Sequence[nodes.Element], extra: float, width: float) -> float:
    lists: list[nodes.Element] = [*inside(blocks, nodes.bullet_list)]
    lists += inside(blocks, nodes.enumerated_list)
    for size in (36, 34, 32, 30):
        more = sum(height(each, size) - height(each) for each in lists)
        if lists and more <= extra:
            _sized(lists, size)
            return more
    return 0


def _sized(found: Sequence[nodes.Element], size: int) -> None:
    for node in found:
        node["classes"].append(f"size-{size}")


def _tasks(blocks: Sequence[nodes.Element], extra: float, width: float) -> float:
    tasks = [block for block in blocks if "task" in block["classes"]]
    for size in (38, 34):
        more = sum(height(task, size) - height(task) for task in tasks)
        if tasks and more <= extra:
            for task in tasks:
                task["style"] = f"--size: {size}px"
            return more
    return 0


def _words(blocks: Sequence[nodes.Element], extra: float, width: float) -> float:
    """Enlarge the sentences that lead to a block, and those of an answer."""
    said = [block for block in blocks if "lead" in block["classes"]]
    said += inside(blocks, nodes.paragraph)
    for size in (34, 32, 30):
        rows = [(lines_of(node, TEXT, WIDTH - 20), lines_of(node, size, width - 20))
                for node in said]  # fmt: skip
        more = sum(after * size * 1.36 - before * TEXT * 1.36 for before, after in rows)
        if said and more <= extra:
            _sized(said, size)
            return more
    return 0


def _formulas(blocks: Sequence[nodes.Element], extra: float, width: float) -> float:
    """Enlarge formulas where they are all that a slide shows, but for a sentence."""
    formulas = inside(blocks, nodes.math_block)
    others = [
        b for b in blocks if not isinstance(b, nodes.math_block) and "lead" not in b["classes"]
    ]
    if not formulas or others:
        return 0
    for size, most in ((62, 30), (54, 36)):
        more = sum(height(each) * (size / 42 - 1) for each in formulas)
        if more <= extra and all(widest(each) <= most for each in formulas):
            _sized(formulas, size)
            return more
    return 0


def widest(node: nodes.math_block) -> int:
    """Return about how many signs the widest line of a formula has."""
    return max(map(formula_width, node.astext().split(r"\\")))


def _figures(blocks: Sequence[nodes.Element], extra: float) -> None:
    figures = [block for block in blocks if "figure" in block["classes"]]
    for figure in figures:
        high = int(LEAST + max(0, extra) / len(figures))
        figure["style"] = f"--high: {high}px"
        for picture in figure.findall(deck_picture):
            picture["high"] = high


def formula_width(text: str) -> int:
    r"""Return about how many signs a formula is wide.

    >>> formula_width(r"\frac{a}{b} = x_i \qquad y")
    10
    """
    text = text.replace(r"\qquad", "####").replace(r"\quad", "##")
    text = re.sub(
        r"\\(operatorname|mathbf|mathrm|text|mathit|tfrac|dfrac|frac|left|right|sqrt)", "", text
    )
    return len(re.sub(r"[\s{}^_&!,;:]|\\[,;!: ]", "", re.sub(r"\\[a-zA-Z]+", "#", text)))
