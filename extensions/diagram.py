"""``{mermaid}``: diagrams written as text, drawn when the book is built, without a browser.

sphinxcontrib-mermaid reads the directive; this extension draws it. On web pages and slides the
drawing is SVG in the page, with colours that follow light and dark, a label for those who cannot
see it, and no script. Paper gets a PDF of it. ``:alt:`` is required. A box can be lit by writing
``:::lit`` behind it, set back with ``:::quiet``, marked as wrong with ``:::wrong``.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any, cast

import mermaidx
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinxcontrib.mermaid import Mermaid, mermaid

logger = logging.getLogger(__name__)
WIDEST = 1018  # px: letters of 16 px are still 11 px when this is shown 700 px wide
SVG = "{http://www.w3.org/2000/svg}"

# The same colours as in book/figures/style.py.
COLOURS = {
    "ink": "#16282b", "grey": "#566a6e", "line": "#c3d0d2", "teal": "#0b6b66",
    "amber": "#b45309", "mist": "#dcefed", "sand": "#fbe9d0", "paper": "#fefefe",
}  # fmt: skip
BOX = {"": ("mist", "teal", "ink"), "lit": ("teal", "teal", "paper"),
       "quiet": ("paper", "line", "grey"), "wrong": ("sand", "amber", "ink")}  # fmt: skip
SHAPES = ("rect", "circle", "ellipse", "polygon", "path")


class Diagram(Mermaid):  # type: ignore[misc]
    """The ``{mermaid}`` directive, which insists on words for those who cannot see it."""

    def run(self, **more: Any) -> list[nodes.Node]:
        """Return the diagram's node."""
        found = cast("list[nodes.Node]", super().run(**more))
        if not " ".join(self.options.get("alt", "").split()):
            source, line = self.state_machine.get_source_and_line(self.lineno)
            words = "mermaid diagram has no :alt: (say in words what it shows)"
            logger.warning(words, location=(source, line))
        for node in found:
            for each in node.findall(mermaid):
                each.source, each.line = self.state_machine.get_source_and_line(self.lineno)
        return found


@cache
def drawn(code: str) -> str:
    """Return mermaid's own drawing of a diagram."""
    config = {"htmlLabels": False, "flowchart": {"htmlLabels": False, "padding": 12}}
    return cast(str, mermaidx.render(code, theme="base", config=config).svg())


def words_of(code: str) -> set[str]:
    r"""Return the words that a diagram's source says its picture shows.

    >>> sorted(words_of('flowchart LR\n  a["one<br/>two"] -->|3| b'))
    ['3', 'one', 'two']
    """
    labels = re.findall(r'"([^"\n]*)"', code) + re.findall(r"\|([^|\n\"]+)\|", code)
    text = " ".join(re.sub(r"<br\s*/?>", " ", label) for label in labels)
    return set(html.unescape(re.sub(r"#(\w+);", r"&\1;", text)).split())


def clean(code: str, alt: str, prefix: str, plain: bool = False) -> str:
    """Return a diagram as SVG in the book's colours.

    Args:
        code: the diagram in mermaid's language.
        alt: what it shows, in words.
        prefix: begins every id, so that two diagrams of a page do not meet.
        plain: with fixed colours, for paper, in place of variables that follow the page.

    Raises:
        ValueError: a word of the source is not in the picture, or the picture is too wide.
    """

    def colour(name: str) -> str:
        return COLOURS[name] if plain else f"var(--fig-{name}, {COLOURS[name]})"

    root = ET.fromstring(drawn(code))
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.removeprefix(SVG)
            empty = tag == "rect" and "width" not in child.attrib
            if tag in ("style", "script") or empty:
                parent.remove(child)
    shown = " ".join(text for text in root.itertext())
    gone = words_of(code) - set(shown.split())
    if gone:
        raise ValueError(f"not in the picture: {', '.join(sorted(gone))}")
    x, y, width, height = (float(n) for n in root.attrib["viewBox"].split())
    if width > WIDEST:
        raise ValueError(f"{width:.0f} px wide, {WIDEST} at most; its letters would be too small")

    paint(root, colour, BOX[""])
    used = set(re.findall(r"url\(#([^)]+)\)", ET.tostring(root, encoding="unicode")))
    for parent in list(root.iter()):
        for child in list(parent):
            shared = child.tag.removeprefix(SVG) in ("marker", "filter", "linearGradient")
            if shared and child.get("id") not in used:
                parent.remove(child)
    for node in root.iter():
        kept = {}
        for name, value in node.attrib.items():
            if name == "id" and value in used:
                kept[name] = f"{prefix}-{value.removeprefix('my-svg_')}"
            elif name.startswith("marker-"):
                kept[name] = value.replace("#my-svg_", f"#{prefix}-")
            elif name == "class" or name.startswith("data-") or (not value and name == "style"):
                continue
            elif name != "id":
                kept[name] = value
        node.attrib.clear()
        node.attrib.update(kept)
    root.attrib.clear()
    font = "var(--fig-font, 'Source Sans Pro'), 'DejaVu Sans', sans-serif"
    font = "TeX Gyre Heros, DejaVu Sans" if plain else font
    root.attrib.update({
        "role": "img", "aria-label": alt, "class": "diagram",
        "viewBox": f"{x:g} {y:g} {width:g} {height:g}",
        "width": f"{width:.0f}", "height": f"{height:.0f}",
        "style": f"font-family: {font}; font-size: 16px; --wide: {width:.0f}px",
        "xml:space": "preserve",  # a word is a part of its own and begins with its space
    })  # fmt: skip
    ET.register_namespace("", SVG[1:-1])
    return ET.tostring(root, encoding="unicode")


def paint(node: ET.Element, colour: Any, box: tuple[str, str, str], within: str = "") -> None:
    """Give every shape its colours as a style of its own; mermaid's style sheet is gone."""
    classes = node.get("class", "").split()
    if "node" in classes:
        within = "node"
        box = next((BOX[name] for name in classes if name in BOX), BOX[""])
    elif "cluster" in classes:
        within = "cluster"
        box = ("paper", "line", "grey")
    elif "edgeLabel" in classes:
        within = "label"
    tag = node.tag.removeprefix(SVG)
    style = ""
    if tag == "text":
        name = box[2] if within in ("node", "cluster") else "ink"
        style = f"fill: {colour(name)}; text-anchor: middle"
    elif tag == "rect" and "background" in classes:
        style = f"fill: {colour('paper') if within == 'label' else 'none'}; stroke: none"
    elif (within == "node" and tag in SHAPES) or (within == "cluster" and tag == "rect"):
        style = f"fill: {colour(box[0])}; stroke: {colour(box[1])}; stroke-width: 1.5"
        if tag == "rect":
            node.set("rx", "6")
    elif "arrowMarkerPath" in classes:
        style = f"fill: {colour('grey')}; stroke: none"
    elif tag == "path":
        dash = (
            "; stroke-dasharray: 5 4"
            if any("dotted" in c or "dashed" in c for c in classes)
            else ""
        )
        thick = 3 if any("thick" in c and "normal" not in c for c in classes) else 1.6
        style = f"fill: none; stroke: {colour('grey')}; stroke-width: {thick}{dash}"
    elif tag in ("line", "polyline", "polygon", "circle", "rect"):
        style = f"fill: {colour('mist')}; stroke: {colour('grey')}; stroke-width: 1.4"
    if style:
        node.set("style", style)
    for child in node:
        paint(child, colour, box, within)


def _made(self: SphinxTranslator, node: mermaid, plain: bool = False) -> tuple[str, str]:
    """Return a diagram and its name, or warn and skip it."""
    name = "diagram-" + hashlib.sha256(node["code"].encode()).hexdigest()[:10]
    same = [n for n in node.document.findall(mermaid) if n["code"] == node["code"]] if (
        node.document
    ) else [node]  # fmt: skip
    number = next((i for i, n in enumerate(same) if n is node), 0)
    prefix = f"{name}-{number + 1}" if number else name
    alt = " ".join(str(node.get("alt", "")).split())
    try:
        return clean(node["code"], alt, prefix, plain), name
    except (ValueError, RuntimeError) as problem:
        words = str(problem).strip().splitlines()[0]
        logger.warning("mermaid diagram: %s", words, location=node)
        raise nodes.SkipNode from problem


def visit_html(self: SphinxTranslator, node: mermaid) -> None:
    """Write the diagram into the page."""
    svg, _ = _made(self, node)
    ids = f' id="{node["ids"][0]}"' if node["ids"] else ""
    # On a phone a wide diagram scrolls, and those who have only keys must reach it.
    stop = ' tabindex="0"' if cast(Any, self).builder.name == "html" else ""
    cast(Any, self).body.append(f'<div class="picture"{ids}{stop}>{svg}</div>\n')
    raise nodes.SkipNode


def visit_latex(self: SphinxTranslator, node: mermaid) -> None:
    """Write the diagram beside the LaTeX file, as a PDF."""
    svg, name = _made(self, node, plain=True)
    folder = Path(cast(Any, self).builder.outdir)
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    tool = shutil.which("rsvg-convert")
    if tool is None:
        logger.warning("mermaid diagram: rsvg-convert is not installed", location=node)
        raise nodes.SkipNode
    subprocess.run(
        [tool, "-f", "pdf", "-z", "0.7", "-o", f"{name}.pdf", f"{name}.svg"], cwd=folder, check=True
    )
    cast(Any, self).body.append(
        f"\n\\begin{{center}}\\sphinxincludegraphics{{{name}.pdf}}\\end{{center}}\n"
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.setup_extension("sphinxcontrib.mermaid")
    app.add_directive("mermaid", Diagram, override=True)
    for translator in ("html", "revealjs", "dirrevealjs"):
        app.add_node(mermaid, override=True, **{translator: (visit_html, None)})
    app.add_node(mermaid, override=True, latex=(visit_latex, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
