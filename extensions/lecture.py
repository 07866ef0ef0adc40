"""Lecture decks from the lessons themselves: ``tox -e slides``.

The builder is that of sphinx-revealjs with three differences: it writes only the lessons that stand
in the lecture list, every link to a page without a deck leads to the book, and formulas in the
speaker's notes are MathML, because the speaker's window has none of the deck's styles.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import matplotlib
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx_revealjs.builders import RevealjsHTMLBuilder
from sphinx_revealjs.writers import RevealjsSlideTranslator

from .lecture_list import decks, lesson_of
from .lecture_nodes import FONTS, mathml_only, setup_nodes
from .lecture_slides import LectureTransform

logger = logging.getLogger(__name__)
THEME = Path(__file__).parent.parent / "slides" / "theme"
UNUSED = (
    "plugin/math", "plugin/markdown", "plugin/highlight", "plugin/*/plugin.js",
    "plugin/*/*.esm.js", "plugin/notes/speaker-view.html", "css", "dist/theme",
    "dist/*.esm.js", "dist/*.map",
)  # fmt: skip


class DeckTranslator(RevealjsSlideTranslator):  # type: ignore[misc]
    """Writes a deck's HTML."""

    in_notes = False

    def visit_math(self, node: nodes.math, math_env: str = "") -> None:
        """Write a formula; in the notes only its MathML."""
        with self.formula():
            super().visit_math(node, math_env)

    def visit_math_block(self, node: nodes.math_block, math_env: str = "") -> None:
        """Write a displayed formula; in the notes only its MathML."""
        with self.formula():
            super().visit_math_block(node, math_env)

    @contextmanager
    def formula(self) -> Iterator[None]:
        """Reduce what is written inside to MathML, if it belongs to the notes."""
        begin = len(self.body)
        try:
            yield
        finally:
            if self.in_notes:
                self.body[begin:] = [mathml_only("".join(self.body[begin:]))]

    def visit_reference(self, node: nodes.Element) -> None:
        """Write a link; every link opens beside the deck, not in its place."""
        uri = node.get("refuri", "")
        page = self.builder.deck_page(self.builder.current_docname)
        if node.get("refid"):
            node["refuri"] = f"{page}#{node['refid']}"
            del node["refid"]
        elif uri.startswith("#"):
            node["refuri"] = page + uri
        begin = len(self.body)
        super().visit_reference(node)
        self.body[begin:] = [
            part.replace("<a ", '<a target="_blank" rel="noopener" ') for part in self.body[begin:]
        ]


class DeckBuilder(RevealjsHTMLBuilder):  # type: ignore[misc]
    """Builds the decks of the lecture list."""

    name = "revealjs"
    default_translator_class = DeckTranslator

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the lessons of the lecture list, and no other page."""
        listed = decks(self.app)
        for name in set(listed) - set(self.env.all_docs):
            words = "the lecture list names %s, which is not in the book"
            logger.warning(words, name, location=str(self.config.deck_list))
        super().write_documents({name for name in listed if name in self.env.all_docs})

    def deck_page(self, docname: str, start: str | None = None) -> str:
        """Return the address of a page of the book, as seen from a deck."""
        start = docname if start is None else start
        return "../" * start.count("/") + str(self.config.deck_book_url) + docname + ".html"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of another page: that of the book."""
        if from_ == to:
            return ""
        return self.deck_page(to, from_)


class Margin(SphinxDirective):
    """A margin note of the book; a deck leaves it out."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """Leave it out."""
        return []


def _index(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page that lists the decks."""
    if app.builder.name != "revealjs":
        return
    modules: dict[str, dict[str, Any]] = {}
    facts: dict[str, dict[str, Any]] = app.env.lecture_decks  # type: ignore[attr-defined]
    for docname in decks(app):
        lesson = lesson_of(app, docname)
        if lesson is None or docname not in facts:
            continue
        module = modules.setdefault(
            lesson.module, {"number": lesson.module, "title": lesson.module_title, "decks": []}
        )
        module["decks"].append({"url": docname + ".html", **facts[docname]})
    manifest = {name: facts[name] for name in decks(app) if name in facts}
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    Path(app.outdir, "decks.json").write_text(text + "\n", encoding="utf-8")
    yield "index", {"title": "Lecture decks", "modules": list(modules.values())}, "decks.html"


def _context(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates what they need."""
    if app.builder.name == "revealjs":
        context["deck"] = lesson_of(app, page)
        context["to_root"] = "../" * page.count("/")
        context["book"] = context["to_root"] + str(app.config.deck_book_url)


def _remember(app: Sphinx) -> None:
    if not hasattr(app.env, "lecture_decks"):
        app.env.lecture_decks = {}  # type: ignore[attr-defined]


def _finish(app: Sphinx, error: Exception | None) -> None:
    """Bring the fonts in; remove parts of reveal.js that no deck uses (some name other hosts)."""
    if error is not None or app.builder.name != "revealjs":
        return
    static = Path(app.outdir) / "_static"
    target = static / "fonts"
    target.mkdir(exist_ok=True)
    letters = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for font in [
        *FONTS.glob("source-sans-pro/*.woff"), FONTS / "source-sans-pro" / "LICENSE",
        letters / "DejaVuSansMono.ttf", letters / "DejaVuSansMono-Bold.ttf",
        letters / "LICENSE_DEJAVU",
    ]:  # fmt: skip
        shutil.copyfile(font, target / font.name)
    for path in [path for name in UNUSED for path in (static / "revealjs").glob(name)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _late_directives(app: Sphinx, config: Any) -> None:
    if "margin" not in directives._directives:  # type: ignore[attr-defined]
        app.add_directive("margin", Margin)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.setup_extension("sphinx_revealjs")
    app.add_config_value("deck_list", "slides/lectures.toml", "env")
    app.add_config_value("deck_book_url", "../html/", "env")
    app.add_builder(DeckBuilder, override=True)
    app.add_post_transform(LectureTransform)
    app.add_html_theme("lecture", str(THEME))
    setup_nodes(app)
    app.connect("config-inited", _late_directives)
    app.connect("builder-inited", _remember)
    app.connect("html-collect-pages", _index)
    app.connect("html-page-context", _context)
    app.connect("build-finished", _finish)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": False}
