"""``{drawing} LESSON.FUNCTION``: a figure that is drawn from numbers when the book is built.

The function stands in ``book/figures/LESSON.py``, takes the style and returns a matplotlib figure.
Web pages get it as SVG in the page, its colours turned into CSS variables so that it follows light
and dark; paper gets a PDF; slides get it drawn again with larger letters. The directive's body is
the caption; ``:alt:`` (required) says in words what the figure shows. With ``:lines:`` the figure
is a map of the program, and on a web page its parts lead to the lessons (see ``program_map``).
"""

from __future__ import annotations

import ast
import html
import importlib.util
import io
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import matplotlib
from docutils import nodes
from docutils.parsers.rst import directives
from matplotlib.figure import Figure
from matplotlib.text import Text
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from . import program_map
from .stale import note_computed

logger = logging.getLogger(__name__)
SMALLEST = 11.0  # px, where the figure is 700 px wide
SLIDES = ("revealjs", "dirrevealjs")


class picture(nodes.General, nodes.Element):
    """A figure before a builder has drawn it: ``file``, ``function``, ``alt``, ``prefix``."""


class Drawing(SphinxDirective):
    """The ``{drawing}`` directive."""

    has_content = True
    required_arguments = 1
    option_spec = {  # noqa: RUF012
        "alt": directives.unchanged_required,
        "name": directives.unchanged,
        "lines": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return a figure with the drawing and its caption."""
        lesson, _, function = self.arguments[0].rpartition(".")
        file = Path(self.env.srcdir, "figures", f"{lesson}.py")
        self.env.note_dependency(str(file))
        self.env.note_dependency(str(file.with_name("style.py")))
        note_computed(self.env)
        problem = missing(file, function)
        if problem:
            raise self.error(f"drawing {self.arguments[0]}: {problem}")
        alt = " ".join(self.options.get("alt", "").split())
        if not alt:
            logger.warning(
                "drawing %s has no :alt: (say in words what the figure shows)",
                self.arguments[0],
                location=self.get_location(),
            )
        prefix = f"{lesson}-{function}".replace("_", "-")
        drawn = picture("", file=str(file), function=function, alt=alt, prefix=prefix)
        drawn["lines"] = "lines" in self.options
        if drawn["lines"]:
            program_map.pages(self.env).add(self.env.docname)
        self.set_source_info(drawn)
        figure = nodes.figure("", drawn, classes=["drawing-box"])
        self.set_source_info(figure)
        self.add_name(figure)
        if self.content:
            figure += captions(self)
        return [figure]


def captions(directive: SphinxDirective) -> list[nodes.Node]:
    """Return the caption, and a legend if there is more than one paragraph."""
    parsed = directive.parse_content_to_nodes()
    if not isinstance(parsed[0], nodes.paragraph):
        raise directive.error("the caption must begin with a sentence")
    caption = nodes.caption(parsed[0].rawsource, "", *parsed[0].children)
    directive.set_source_info(caption)
    return [caption, nodes.legend("", *parsed[1:])] if parsed[1:] else [caption]


def missing(file: Path, function: str) -> str:
    """Return what is wrong with the name of a figure, or nothing."""
    if not file.is_file():
        return f"there is no file {file.parent.name}/{file.name}"
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return "" if function in names else f"{file.name} has no function {function}"


def load(file: Path) -> ModuleType:
    """Run a Python file and return it as a module."""
    spec = importlib.util.spec_from_file_location(f"figures_{file.stem.replace('-', '_')}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def draw(
    file: Path, function: str, scale: float = 1.0, kind: str = "svg", stretch: float = 1.0
) -> tuple[bytes, Any]:
    """Draw a figure.

    Args:
        file: the module the function stands in; the style stands beside it.
        function: its name.
        scale: how much larger the letters are than in the book.
        kind: ``svg`` or ``pdf``.
        stretch: how much wider the figure is than in the book, its letters as they are.

    Returns:
        The file's bytes, always the same for the same figure, and the style it was drawn with.
    """
    style = load(file.with_name("style.py")).Style(scale)
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, "backend": "agg"}):
        matplotlib.rcParams.update(style.settings())
        figure = getattr(load(file), function)(style)
        if not isinstance(figure, Figure):
            raise TypeError(f"{function} returned {type(figure).__name__}, not a Figure")
        too_small(figure, scale)
        figure.set_size_inches(figure.get_figwidth() * stretch, figure.get_figheight())
        target = io.BytesIO()
        dates = {"Date": None} if kind == "svg" else {"CreationDate": None}
        figure.savefig(target, format=kind, metadata=dates)
    return target.getvalue(), style


def too_small(figure: Figure, scale: float) -> None:
    """Refuse letters that nobody could read where the figure is 700 px wide."""
    figure.draw_without_rendering()
    for text in figure.findobj(Text):
        if not isinstance(text, Text) or not text.get_visible() or not text.get_text().strip():
            continue
        pixels = float(text.get_fontsize()) / scale / 72 * 100
        if pixels < SMALLEST:
            raise ValueError(f"the letters of {text.get_text()!r} are {pixels:.1f} px: too small")


def variables(style: Any) -> dict[str, str]:
    """Return each colour of the style with the name of its CSS variable."""
    names = ("INK", "GREY", "LINE", "TEAL", "AMBER", "MIST", "SAND", "PAPER")
    found = {getattr(style, name): name.lower() for name in names}
    return found | {colour: f"teal-{i}" for i, colour in enumerate(style.TEALS, 1)}


def inline(svg: str, style: Any, prefix: str, alt: str, role: str = "img") -> str:
    """Make a figure's SVG part of a page: colours by name, ids of its own, a label.

    A figure with links in it has the role ``group``, since an image hides what is inside.

    Raises:
        ValueError: a colour that is none of the style's, and would not follow light and dark.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    known = variables(style)
    strange = {c for c in re.findall(r"#[0-9a-fA-F]{6}\b", svg) if c.lower() not in known}
    strange -= {"#000000"} if ": #000000" not in svg else set()
    if strange:
        raise ValueError(f"{', '.join(sorted(strange))}: use the colours of the style")

    def named(found: re.Match[str]) -> str:
        colour = found[0].lower()
        return f"var(--fig-{known[colour]}, {colour})"

    svg = re.sub(r"#[0-9a-fA-F]{6}\b", named, svg)
    used = set(re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r'xlink:href="#', f'href="#{prefix}-', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}-", svg)
    width, height = (float(n) for n in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    head = (
        f'<svg class="drawing" role="{role}" aria-label="{html.escape(alt)}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width / 0.72:.0f}" '
        f'height="{height / 0.72:.0f}" xmlns="http://www.w3.org/2000/svg">'
    )
    body = svg[svg.index(">") + 1 :]
    return head + re.sub(r"\s*\n\s*", "\n", body).strip() + "\n"


def _drawn(self: SphinxTranslator, node: picture, kind: str, scale: float) -> tuple[bytes, Any]:
    """Draw, or warn and draw nothing."""
    try:
        return draw(Path(node["file"]), node["function"], scale, kind)
    except Exception as problem:
        name = f"{Path(node['file']).stem}.{node['function']}"
        logger.warning("drawing %s: %s: %s", name, type(problem).__name__, problem, location=node)
        raise nodes.SkipNode from problem


def visit_html(self: SphinxTranslator, node: picture) -> None:
    """Write the figure into the page."""
    builder = cast(Any, self).builder
    scale = builder.config.drawing_slide_scale if builder.name in SLIDES else 1.0
    data, style = _drawn(self, node, "svg", scale)
    svg, role = data.decode(), "img"
    if node["lines"] and builder.name == "html":
        svg, role = program_map.linked(svg, builder, builder.current_docname), "group"
    try:
        svg = inline(svg, style, node["prefix"], node["alt"], role)
    except ValueError as problem:
        logger.warning("drawing %s: %s", node["prefix"], problem, location=node)
        raise nodes.SkipNode from problem
    # On a phone a wide figure scrolls, and those who have only keys must reach it.
    stop = ' tabindex="0"' if builder.name == "html" else ""
    cast(Any, self).body.append(f'<div class="picture"{stop}>{svg}</div>\n')
    raise nodes.SkipNode


def visit_latex(self: SphinxTranslator, node: picture) -> None:
    """Write the figure beside the LaTeX file, as a PDF."""
    data, _ = _drawn(self, node, "pdf", 1.0)
    name = f"drawing-{node['prefix']}.pdf"
    Path(cast(Any, self).builder.outdir, name).write_bytes(data)
    cast(Any, self).body.append(f"\n\\sphinxincludegraphics{{{name}}}\n")
    raise nodes.SkipNode


def visit_text(self: SphinxTranslator, node: picture) -> None:
    """Say the figure in words, where no picture is possible."""
    cast(Any, self).add_text(f"[{node['alt']}]")
    raise nodes.SkipNode


def number_references(app: Sphinx, doctree: nodes.document) -> None:
    """Let ``{ref}`` to a figure read as "Figure 2.3.1" where the lesson gives no words."""
    for node in doctree.findall(pending_xref):
        bare = node.get("reftype") == "ref" and not node.get("refexplicit")
        if bare and str(node.get("reftarget", "")).startswith("fig-"):
            node["reftype"] = "numref"


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.setup_extension("extensions.stale")
    app.setup_extension("extensions.program_map")
    app.add_config_value("drawing_slide_scale", 1.3, "env")
    app.add_node(
        picture,
        html=(visit_html, None),
        revealjs=(visit_html, None),
        dirrevealjs=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
        man=(visit_text, None),
        texinfo=(visit_text, None),
    )
    app.add_directive("drawing", Drawing)
    app.connect("doctree-read", number_references)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
