"""Figures and diagrams redrawn for a slide: as large as its room, no letter below 24 px."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util import logging

from .diagram import clean as clean_diagram
from .drawing import SMALLEST as BOOK_SMALLEST
from .drawing import draw, inline, missing

logger = logging.getLogger(__name__)
SMALLEST = 24.4  # px
MOST = 2.8  # times the size of the book's letters, before a figure gets too crowded
WIDEST = 1.8  # times a figure's width in the book
LETTERS = 16  # px: a diagram's letters before it is scaled
TIGHTER = (
    "",
    "%%{init: {'flowchart': {'nodeSpacing': 34, 'rankSpacing': 34, 'padding': 10}}}%%\n",
    "%%{init: {'flowchart': {'nodeSpacing': 22, 'rankSpacing': 24, 'padding': 8}}}%%\n",
)


@cache
def proportions(file: str, function: str) -> tuple[float, float]:
    """Return the width and height of a figure in points."""
    data, _ = draw(Path(file), function)
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', data.decode())
    assert found is not None
    return float(found[1]), float(found[2])


def sized(svg: str, width: float, height: float) -> str:
    """Give a picture its size on the slide."""
    head, rest = svg.split(">", 1)
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    return f'{head} width="{width:.0f}" height="{height:.0f}">{rest}'


def drawing_for(node: nodes.Element, width: float, height: float) -> str:
    """Draw a figure of the book with letters that the last row can read.

    A figure that is higher than a slide is drawn wider, so that its letters have room. If the
    module has a function of the same name with ``_slide`` behind, that one is drawn instead.
    """
    file, function = str(node["file"]), str(node["function"])
    if not missing(Path(file), function + "_slide"):
        function += "_slide"
    wide, high = proportions(file, function)
    stretch = min(WIDEST, max(1.0, width / height * high / wide))
    wide *= stretch
    shown = min(width, height * wide / high)
    letters = BOOK_SMALLEST * 0.72 * shown / wide
    scale = max(1.0, SMALLEST / letters)
    if scale > MOST:
        logger.warning("drawing %s: its letters are too small for a slide", function)
        scale = MOST
    data, style = draw(Path(file), function, scale, stretch=stretch)
    svg = inline(data.decode(), style, node["prefix"], node["alt"])
    return sized(svg, shown, shown * high / wide)


def too_high(node: nodes.Element) -> bool:
    """Say whether a figure needs all of a slide's height."""
    if type(node).__name__ != "picture":
        return False
    file, function = str(node["file"]), str(node["function"])
    if not missing(Path(file), function + "_slide"):
        return False
    wide, high = proportions(file, function)
    return wide / high < 1.3


def turned(code: str) -> str:
    """Turn a flow from left-right to top-down or back."""
    swap = {"LR": "TB", "RL": "BT", "TB": "LR", "TD": "LR", "BT": "RL"}
    return re.sub(
        r"^(\s*(?:flowchart|graph)\s+)(LR|RL|TB|TD|BT)\b",
        lambda m: m[1] + swap[m[2]],
        code,
        count=1,
        flags=re.MULTILINE,
    )


def diagram_for(node: nodes.Element, width: float, height: float) -> str:
    """Draw a diagram so that its letters are large enough: tighter, or turned, if need be."""
    code = str(node["code"])
    alt = " ".join(str(node.get("alt", "")).split())
    prefix = "diagram-" + hashlib.sha256(code.encode()).hexdigest()[:10]
    best: tuple[float, str, float, float] | None = None
    for form in (code, turned(code)):
        for spacing in TIGHTER:
            try:
                svg = clean_diagram(spacing + form, alt, prefix)
            except ValueError:
                continue
            found = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
            assert found is not None
            wide, high = float(found[1]), float(found[2])
            scale = min(width / wide, height / high, 2.6)
            if best is None or scale > best[0] * 1.12:
                best = scale, svg, wide * scale, high * scale
            if scale * LETTERS >= SMALLEST:
                return sized(svg, wide * scale, high * scale)
    if best is None:
        logger.warning("diagram: not drawn on its slide", location=node)
        raise nodes.SkipNode
    small = best[0] * LETTERS
    logger.warning("diagram: letters of %.1f px on its slide", small, location=node)
    return sized(best[1], best[2], best[3])


def picture_for(node: nodes.Element, width: float, height: float) -> Any:
    """Draw whatever picture a node stands for, or nothing if it is not one of ours."""
    if type(node).__name__ == "picture":
        return drawing_for(node, width, height)
    if type(node).__name__ == "mermaid":
        return diagram_for(node, width, height)
    return None
