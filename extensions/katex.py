"""Formulas set by KaTeX when the book is built: no script and no other host on the page.

One node process sets all formulas of a build. A page gets HTML for the eye and MathML for the ear;
KaTeX's style sheet and letters are copied in, of the very version that set the formulas.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.math import get_node_equation_number

from .fetched import node_program, packages

logger = logging.getLogger(__name__)
SCRIPT = Path(__file__).parent / "assets" / "katex.mjs"
CLOSING = tuple(".,;:?!)”’")
OPENING = tuple("([“‘")
SHORT = 24  # signs of TeX; a longer formula must be free to break on a phone
SHORT_CODE = 22  # signs that fit beside each other on a phone, even in a list
WIDE_CODE = 30  # signs that fit on every wider screen


class Katex:
    """The node process that sets formulas; it starts with the first one."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    @cache  # noqa: B019 - lives as long as the build
    def set(self, tex: str, display: bool) -> str:
        """Return a formula as HTML and MathML.

        Raises:
            ValueError: KaTeX does not understand the formula; the message is KaTeX's.
        """
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [node_program(), str(SCRIPT), str(packages() / "anchor.js")],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
        pipes = self.process
        assert pipes.stdin is not None
        assert pipes.stdout is not None
        pipes.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        pipes.stdin.flush()
        line = pipes.stdout.readline()
        if not line:
            raise ValueError("KaTeX ended without an answer")
        answer = json.loads(line)
        if "problem" in answer:
            raise ValueError(answer["problem"])
        return str(answer["html"])

    def stop(self) -> None:
        """End the process."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait(timeout=30)
            self.process = None


katex = Katex()


def _set(node: nodes.Element, display: bool) -> str:
    try:
        return katex.set(node.astext().strip(), display)
    except ValueError as problem:
        logger.warning("formula: %s", problem, location=node)
        raise nodes.SkipNode from problem


def visit_math(self: SphinxTranslator, node: nodes.math) -> None:
    """Write a formula in a sentence."""
    cast(Any, self).body.append(f'<span class="math">{_set(node, False)}</span>')
    raise nodes.SkipNode


def visit_displaymath(self: SphinxTranslator, node: nodes.math_block) -> None:
    """Write a formula that stands alone, with its number if it has a label."""
    writer = cast(Any, self)
    formula = _set(node, True)
    writer.body.append(writer.starttag(node, "div", CLASS="math", tabindex="0", role="group"))
    if node.get("number"):
        number = get_node_equation_number(writer, node)
        writer.body.append(f'<span class="eqno">({number})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    writer.body.append(f"{formula}</div>\n")
    raise nodes.SkipNode


class KeepTogether(SphinxPostTransform):
    """Let no line break between a formula and the sign behind or before it, nor in short code."""

    default_priority = 800
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Box each formula with the signs that touch it; say of short code that it is short."""
        for formula in list(self.document.findall(nodes.math)):
            _box(formula)
        for code in self.document.findall(nodes.literal):
            length = len(code.astext())
            if length <= WIDE_CODE:
                code["classes"].append(
                    "short-code" if length <= SHORT_CODE else "rather-short-code"
                )


def _box(formula: nodes.math) -> None:
    """Put a formula, an opening sign before it and a closing one behind it into one box.

    Neighbours are found by their place: two texts of a sentence may be equal.
    """
    parent = formula.parent
    place = next(i for i, child in enumerate(parent.children) if child is formula)
    inside: list[nodes.Node] = [formula]
    if place + 1 < len(parent.children):
        behind = parent.children[place + 1]
        if isinstance(behind, nodes.Text) and behind.startswith(CLOSING):
            parent[place + 1] = nodes.Text(behind[1:])
            inside.append(nodes.Text(behind[0]))
    if place > 0:
        before = parent.children[place - 1]
        if isinstance(before, nodes.Text) and before.endswith(OPENING):
            parent[place - 1] = nodes.Text(before[:-1])
            inside.insert(0, nodes.Text(before[-1]))
    if len(inside) > 1:
        short = len(formula.astext()) <= SHORT
        box = nodes.inline("", "", classes=["unbroken" if short else "bound"])
        parent[place] = box
        box += inside


def bring(app: Sphinx) -> None:
    """Copy KaTeX's style sheet and letters to where Sphinx takes static files from."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    source = packages() / "katex"
    folder = Path(app.doctreedir, "katex-static")
    target = folder / "katex"
    shutil.rmtree(folder, ignore_errors=True)
    (target / "fonts").mkdir(parents=True)
    sheet = (source / "dist" / "katex.min.css").read_text(encoding="utf-8")
    # Every browser of the last ten years reads woff2; the other formats stay behind.
    sheet = re.sub(r',url\([^)]+\) format\("(?:woff|truetype)"\)', "", sheet)
    (target / "katex.min.css").write_text(sheet, encoding="utf-8")
    for font in source.glob("dist/fonts/*.woff2"):
        shutil.copyfile(font, target / "fonts" / font.name)
    shutil.copyfile(source / "LICENSE", target / "LICENSE")
    app.config.html_static_path.append(str(folder))


def stop(app: Sphinx, problem: Exception | None) -> None:
    """End the node process with the build."""
    katex.stop()


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.add_html_math_renderer("katex", (visit_math, None), (visit_displaymath, None))
    app.add_css_file("katex/katex.min.css")
    app.add_post_transform(KeepTogether)
    app.connect("builder-inited", bring)
    app.connect("build-finished", stop)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
