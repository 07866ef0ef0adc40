"""The nodes of a deck, how they become HTML, and how much room they take on a slide."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sphinx_revealjs
from docutils import nodes
from PIL import ImageFont
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.util.docutils import SphinxTranslator

from .lecture_code import Example, fetches
from .lecture_pictures import picture_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FONTS = Path(sphinx_revealjs.__file__).parent / "_static/revealjs/dist/theme/fonts"
WIDTH = 1152  # of a slide's body: 1280 less the margins
TITLE, TEXT, SMALL, STATEMENT, CODE = 44, 28, 24, 40, 28  # sizes in px, as in deck.css

LEAST = 390  # px: no figure is lower


class deck_column(nodes.General, nodes.Element):
    """A section of the lesson: slides below each other."""


class deck_slide(nodes.General, nodes.Element):
    """One slide: title, body, foot, notes."""


class deck_title(nodes.General, nodes.TextElement):
    """The sentence a slide stands for."""


class deck_box(nodes.General, nodes.Element):
    """A ``div`` with a class; ``tag`` names another element."""


class deck_words(deck_box, nodes.TextElement):
    """A line of words in a ``p`` with a class."""

    def __init__(self, parts: list[nodes.Node], *classes: str) -> None:
        nodes.TextElement.__init__(self, "", "", *parts, classes=list(classes), tag="p")

    def copy(self) -> deck_words:
        """Return a twin without the words."""
        twin = type(self)([], *self["classes"])
        twin.attributes = {**self.attributes}
        return twin


class deck_code(nodes.General, nodes.Element):
    """A listing (``lines``) or part of a session (``examples``), cut to fit."""


class deck_picture(nodes.General, nodes.Element):
    """A figure or diagram: ``of``, to be drawn ``high`` pixels high at most."""


class deck_notes(nodes.General, nodes.Element):
    """What the speaker sees."""


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "source-sans-pro-semibold.ttf" if bold else "source-sans-pro-regular.ttf"
    return ImageFont.truetype(str(FONTS / "source-sans-pro" / name), size)


def text_width(text: str, size: int, bold: bool = False) -> float:
    """Return how many pixels a text takes on one line."""
    return _font(size, bold).getlength(text)


def text_lines(text: str, size: int, width: float, bold: bool = False) -> int:
    """Return how many lines a text takes in a column of ``width`` pixels."""
    return _lines([text_width(word, size, bold) for word in text.split()], size, width)


def lines_of(node: nodes.Element, size: int, width: float) -> int:
    """Return how many lines a node's words take: code is set wider, and not broken."""
    widths: list[float] = []
    open_word = False
    for text in node.findall(nodes.Text):
        words = str(text)
        code = isinstance(text.parent, nodes.literal)
        long = [len(words) * size * 0.53] if code else []
        if not code:
            long = [text_width(word, size) * 1.03 for word in words.split()]
        if long and widths and open_word and not words[:1].isspace():
            widths[-1] += long.pop(0)
        widths += long
        open_word = not words[-1:].isspace()
    return _lines(widths, size, width)


def _lines(widths: list[float], size: int, width: float) -> int:
    lines, used = 1, 0.0
    space = text_width(" ", size)
    for long in widths:
        if used and used + space + long > width:
            lines, used = lines + 1, long
        else:
            used += (space if used else 0) + long
    return lines


def code_lines(node: nodes.Element) -> int:
    """Return how many lines of code a node shows."""
    if not isinstance(node, deck_code):
        return 0
    if node.get("examples"):
        return sum(len(example) for example in node["examples"])
    return len(node["lines"])


def code_width(node: nodes.Element) -> int:
    """Return the columns of the widest line of code."""
    lines = list(node.get("lines") or [])
    for example in cast("list[Example]", node.get("examples") or []):
        lines += example.source + example.output
    return max((len(line) for line in lines), default=0)


def captioned(node: nodes.Element) -> bool:
    """Say whether a line stands above the code."""
    examples = node.get("examples")
    return bool(node.get("caption")) or bool(examples and not examples[0].source)


def height(node: nodes.Node, size: int = CODE) -> float:
    """Return the height of a block on a slide, in pixels."""
    if isinstance(node, deck_code):
        return code_lines(node) * size * 1.3 + 36 + (36 if captioned(node) else 0)
    if isinstance(node, nodes.math_block):
        rows = node.astext().count(r"\\") + 1
        tall = 50 if r"\frac" in node.astext() or r"\dfrac" in node.astext() else 0
        return rows * (70 + tall) + 24
    if isinstance(node, nodes.table):
        return table_height(node)
    if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
        size = max(size, TEXT)
        items = list(node.findall(nodes.list_item))
        return sum([lines_of(item, size, WIDTH - 70) * size * 1.36 + 12.0 for item in items])
    if isinstance(node, nodes.definition_list):
        return sum(
            text_lines(part.astext(), TEXT, WIDTH - 80) * 38
            for item in node.children
            for part in item.children
        ) + 12 * len(node.children)
    if isinstance(node, deck_box):
        classes = node["classes"]
        if "statement" in classes:
            size = statement_size(node.astext())
            return lines_of(node, size, 1010) * size * 1.3 + 20
        if "figure" in classes:
            return LEAST + height_of_caption(node)
        if "task" in classes:
            size = max(size, 30)
            return lines_of(node, size, WIDTH - 20) * size * 1.34 + 4
        if "lead" in classes:
            return lines_of(node, TEXT, WIDTH) * 38
        if "answer" in classes:
            return sum(height(child) + 14 for child in node.children) + 50
        if "key" in classes:
            return lines_of(node, 32, WIDTH - 90) * 42 + 52
    if isinstance(node, nodes.paragraph):
        return lines_of(node, TEXT, WIDTH - 20) * 38 + 6
    return 120


def statement_size(text: str) -> int:
    """Return the size of a statement: the longer, the smaller."""
    return STATEMENT if len(text) <= 150 else 34


def height_of_caption(node: nodes.Element) -> float:
    """Return the height of the line below a figure."""
    for child in node.findall(deck_box):
        if "caption" in child["classes"]:
            return text_lines(child.astext(), SMALL, WIDTH - 40) * 32 + 12
    return 0


def _columns(node: nodes.table, size: int) -> list[float]:
    rows = [
        [entry.astext() for entry in row.findall(nodes.entry)] for row in node.findall(nodes.row)
    ]
    return [
        max((text_width(row[i], size) for row in rows if i < len(row)), default=0) * 1.06 + 40
        for i in range(max(len(row) for row in rows))
    ]


def table_width(node: nodes.table, size: int) -> float:
    """Return how wide a table would be if no cell were broken."""
    return sum(_columns(node, size))


def table_height(node: nodes.table, size: int = 26) -> float:
    """Return the height of a table whose columns share the width by their longest cell."""
    rows = [
        [entry.astext() for entry in row.findall(nodes.entry)] for row in node.findall(nodes.row)
    ]
    natural = _columns(node, size)
    total = sum(natural)
    share = [w if total <= WIDTH else w * WIDTH / total for w in natural]
    return sum(
        max(text_lines(cell, size, share[i] - 36) for i, cell in enumerate(row)) * size * 1.35 + 17
        for row in rows
    )


def table_parts(node: nodes.table, room: float) -> list[nodes.table]:
    """Cut a table that is too high into several, each with the head."""
    body = next(node.findall(nodes.tbody))
    if height(node) <= room or len(body) < 4:
        return [node]
    half = (len(body) + 1) // 2
    parts = []
    for chosen in (slice(0, half), slice(half, None)):
        part = node.deepcopy()
        tbody = next(part.findall(nodes.tbody))
        tbody.children = tbody.children[chosen]
        if chosen.start:
            part["ids"] = []
        parts.append(part)
    return [piece for part in parts for piece in table_parts(part, room)]


# HTML


def _open(
    self: SphinxTranslator, tag: str, classes: list[str], ids: list[str], **attributes: Any
) -> None:
    words = [tag]
    if ids:
        words.append(f'id="{ids[0]}"')
    if classes:
        words.append(f'class="{" ".join(classes)}"')
    words += [f'{k.replace("_", "-")}="{html.escape(str(v))}"' for k, v in attributes.items()]
    spans = "".join(f'<span id="{other}"></span>' for other in ids[1:])
    cast(Any, self).body.append(f"<{' '.join(words)}>{spans}")


def _visit_column(self: SphinxTranslator, node: deck_column) -> None:
    cast(Any, self).body.append("<section>\n")


def _depart_column(self: SphinxTranslator, node: deck_column) -> None:
    cast(Any, self).body.append("</section>\n")


def _visit_slide(self: SphinxTranslator, node: deck_slide) -> None:
    extra: dict[str, Any] = dict(node.get("data", {}))
    _open(self, "section", ["slide", node["kind"]], node["ids"], **extra)
    cast(Any, self).body.append('<div class="frame">\n')


def _depart_slide(self: SphinxTranslator, node: deck_slide) -> None:
    cast(Any, self).body.append("</section>\n")


def _visit_title(self: SphinxTranslator, node: deck_title) -> None:
    level = node.get("level", 2)
    _open(self, f"h{level}", node["classes"], node["ids"])


def _depart_title(self: SphinxTranslator, node: deck_title) -> None:
    cast(Any, self).body.append(f"</h{node.get('level', 2)}>\n")


def _visit_box(self: SphinxTranslator, node: deck_box) -> None:
    extra: dict[str, Any] = dict(node.get("data", {}))
    if node.get("style"):
        extra["style"] = node["style"]
    _open(self, node.get("tag", "div"), node["classes"], node["ids"], **extra)


def _depart_box(self: SphinxTranslator, node: deck_box) -> None:
    cast(Any, self).body.append(f"</{node.get('tag', 'div')}>\n")


def _coloured(text: str, language: str) -> str:
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return html.escape(text)
    formatter = HtmlFormatter(nowrap=True)
    return highlight(text, lexer, formatter).rstrip("\n")


def _visit_code(self: SphinxTranslator, node: deck_code) -> None:
    body = cast(Any, self).body
    size = node.get("size", CODE)
    _open(self, "div", ["code", *node["classes"]], node["ids"], style=f"--size: {size}px")
    if node.get("examples") and not node["examples"][0].source:
        body.append('<p class="file">It prints:</p>')
    if node.get("caption"):
        body.append(f'<p class="file">{html.escape(node["caption"])}</p>')
    if "number" in node:
        body.append(RUN.format(lesson=node["lesson"], number=node["number"]))
    if node.get("examples"):
        body.append("<pre>" + "\n".join(_session(node["examples"])) + "</pre>")
    else:
        body.append(_listing(node))
    body.append("</div>\n")
    raise nodes.SkipNode


def _session(examples: list[Example]) -> list[str]:
    """Write a session; what is typed before the next output is lit together, imports never."""
    parts = []
    step = 0
    steps = sum(bool(example.output) for example in examples)
    light = "dimmed" if steps > 1 else ""
    work = any(not fetches(example) for example in examples)
    for example in examples:
        if example.source:
            text = "\n".join(example.source)
            state = "fetched" if work and fetches(example) else light if step else ""
            data = f' data-step="{step}"' if steps > 1 and state != "fetched" else ""
            parts.append(
                f'<span class="{f"typed {state}".strip()}"{data}>{_coloured(text, "pycon")}</span>'
            )
        if example.output:
            text = "\n".join(example.output)
            plain = "Traceback" not in text
            shown = html.escape(text) if plain else _coloured(text, "pytb")
            kind = "shown" if plain else "shown error"
            parts.append(f'<span class="{kind} fragment">{shown}</span>')
            step += 1
    return parts


def _listing(node: deck_code) -> str:
    """Write a listing; each click lights its next lines and dims the others."""
    lines = _coloured("\n".join(node["lines"]), node["language"]).split("\n")
    steps: list[list[int]] = node.get("steps", [])
    if not steps:
        return f"<pre>{chr(10).join(lines)}</pre>"
    for number, line in enumerate(lines):
        mine = " ".join(str(at) for at, step in enumerate(steps, 1) if number in step)
        lines[number] = f'<span data-step="{mine}">{line}</span>'
    lights = '<span class="light fragment"></span>' * len(steps)
    return f"{lights}<pre>{chr(10).join(lines)}</pre>"


def _visit_picture(self: SphinxTranslator, node: deck_picture) -> None:
    drawn = picture_for(node["of"], WIDTH, node["high"])
    cast(Any, self).body.append(f'<div class="picture">{drawn}</div>\n')
    raise nodes.SkipNode


def _visit_notes(self: SphinxTranslator, node: deck_notes) -> None:
    body = cast(Any, self).body
    body.append(FOOT.format(**node["foot"]))
    body.append("</div>\n")  # the frame
    body.append('<aside class="notes">\n')
    cast(Any, self).in_notes = True


def _depart_notes(self: SphinxTranslator, node: deck_notes) -> None:
    cast(Any, self).body.append("</aside>\n")
    cast(Any, self).in_notes = False


RUN = (
    '<button class="run" type="button" data-lesson="{lesson}" data-block="{number}" '
    'aria-label="Run this code" title="Run this code"></button>'
)
FOOT = (
    '<footer class="foot"><a href="{book}" target="_blank" rel="noopener" '
    'title="This place in the book">{lesson}</a>'
    '<span class="page"><b>{number}</b> / {count}</span></footer>\n'
)


def mathml_only(text: str) -> str:
    """Keep of a formula only its MathML, for a window that has none of the deck's styles.

    >>> mathml_only('<span class="katex"><span><math><mi>x</mi></math></span><span>x</span></span>')
    '<math><mi>x</mi></math>'
    """
    found = re.search(r"<math.*?</math>", text, re.DOTALL)
    return found[0] if found else text


def setup_nodes(app: Sphinx) -> None:
    """Register how each node is written, for both deck builders."""

    def nothing(self: SphinxTranslator, node: nodes.Node) -> None:
        return

    for node, visit, depart in (
        (deck_column, _visit_column, _depart_column),
        (deck_slide, _visit_slide, _depart_slide),
        (deck_title, _visit_title, _depart_title),
        (deck_box, _visit_box, _depart_box),
        (deck_words, _visit_box, _depart_box),
        (deck_code, _visit_code, nothing),
        (deck_picture, _visit_picture, nothing),
        (deck_notes, _visit_notes, _depart_notes),
    ):
        app.add_node(node, revealjs=(visit, depart), dirrevealjs=(visit, depart))
