"""Lecture decks from the lessons themselves: ``tox -e slides``.

The builder is that of sphinx-revealjs with three differences: it writes only the lessons that stand
in the lecture list, every link to a page without a deck leads to the book, and formulas in the
speaker's notes are MathML, because the speaker's window has none of the deck's styles.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, cast

import matplotlib
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx_revealjs.builders import RevealjsHTMLBuilder
from sphinx_revealjs.writers import RevealjsSlideTranslator

from . import live
from .lecture_compose import Composed, Shown, body_of, compose, signed
from .lecture_list import Lecture, Lesson, decks, lectures, lesson_of, usual_settings
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

    def visit_literal(self, node: nodes.literal) -> None:
        """Write code in a sentence; it is broken only where it is long."""
        if len(node.astext()) > 36:
            node["classes"].append("long")
        super().visit_literal(node)

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
    """Add the decks that lists make of the lessons' decks, and the page that lists them all."""
    if app.builder.name != "revealjs":
        return
    facts: dict[str, dict[str, Any]] = app.env.lecture_decks  # type: ignore[attr-defined]
    here = [name for name in decks(app) if name in facts and lesson_of(app, name)]
    lessons = {name: cast(Lesson, lesson_of(app, name)) for name in here}
    bodies = {name: body_of(Path(app.outdir, name + ".html")) for name in here}
    manifest = {name: facts[name] for name in here}
    modules: list[dict[str, Any]] = []
    courses: list[dict[str, Any]] = []
    for lecture in lectures(app):
        name = f"lectures/{lecture.name}"
        book = "../" + str(app.config.deck_book_url)
        made = compose(lecture, lessons, bodies, book, app.config.project)
        for problem in made.problems:
            logger.warning("lecture list %s: %s", lecture.name, problem)
        manifest[name] = lecture_facts(lecture, made)
        shown = {"url": name + ".html", "about": lecture.about, **manifest[name]}
        if lecture.module:
            inside = [n for part in lecture.parts for n in (e.lesson for e in part.entries)]
            shown["number"] = lecture.name.partition("-")[2]
            shown["decks"] = [{"url": n + ".html", **facts[n]} for n in inside if n in facts]
            modules.append(shown)
        else:
            courses.append(shown)
        yield name, {"body": made.body(), "lecture": lecture}, "page.html"
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    Path(app.outdir, "decks.json").write_text(text + "\n", encoding="utf-8")
    more = {"title": "Lecture decks", "modules": modules, "courses": courses}
    yield "index", more, "decks.html"


def lecture_facts(lecture: Lecture, made: Composed) -> dict[str, Any]:
    """Return what the index and the checks need to know of a list's deck."""

    def minutes(slides: list[Shown], exercises: bool) -> int:
        return round(sum(s.seconds for s in slides if ("now" in s.kinds) == exercises) / 60)

    parts = []
    for part in lecture.parts if len(lecture.parts) > 1 else []:
        inside = [s for name, column in made.columns if name == part.name for s in column]
        parts.append({
            "title": part.title, "name": part.name, "slides": len(inside),
            "minutes": minutes(inside, False), "exercises": minutes(inside, True),
        })  # fmt: skip
    return {
        "title": lecture.title,
        "slides": len(made.slides),
        "titles": [slide.title for slide in made.slides],
        "minutes": minutes(made.slides, False),
        "exercises": minutes(made.slides, True),
        "parts": parts,
    }


def _context(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates what they need."""
    if app.builder.name != "revealjs":
        return
    lecture: Lecture | None = context.get("lecture")
    lesson = lesson_of(app, page)
    blocks: dict[str, Any] = app.env.lecture_blocks  # type: ignore[attr-defined]
    if page in blocks:
        target = Path(app.outdir, "_static", "live", "blocks", page + ".json")
        target.parent.mkdir(parents=True, exist_ok=True)
        runs = live.settings_of(app, f"slides/{page}", blocks[page])
        target.write_text(json.dumps(runs, separators=(",", ":")), encoding="utf-8")
    settings = lecture.settings if lecture else usual_settings(app)
    context["deck"] = lesson
    context["name_of_deck"] = lecture.title if lecture else f"{lesson.number} {lesson.title}" if (
        lesson) else ""  # fmt: skip
    context["settings"] = settings
    context["to_root"] = "../" * page.count("/")
    if "extensions.live" in app.extensions and (lesson or lecture):
        context["import_map"] = live.import_map(f"{context['to_root'] or './'}_static/live/")
    context["book"] = context["to_root"] + str(app.config.deck_book_url)
    if lecture or lesson:
        context["body"] = signed(context["body"], settings, context["to_root"])
        if settings.logo:
            logo = (Path(app.confdir) / app.config.deck_list).parent / settings.logo
            if logo.is_file():
                Path(app.outdir, "_static").mkdir(exist_ok=True)
                shutil.copyfile(logo, Path(app.outdir, "_static", logo.name))
            else:
                logger.warning("lecture list: there is no logo %s", settings.logo)


def _remember(app: Sphinx) -> None:
    """Know the decks of an earlier build: the next one writes only what has changed."""
    if app.builder.name != "revealjs":
        return
    known: dict[str, Any] = {}
    before = Path(app.outdir, "decks.json")
    if before.is_file():
        known = {name: facts for name, facts in json.loads(before.read_text("utf-8")).items()
                 if name in decks(app)}  # fmt: skip
    app.env.lecture_decks = known  # type: ignore[attr-defined]
    app.env.lecture_blocks = {}  # type: ignore[attr-defined]


def _state_of_lists(app: Sphinx, config: Config) -> None:
    """Write all decks anew when a lecture list has changed."""
    main = Path(app.confdir) / config.deck_list
    digest = hashlib.sha256()
    for path in sorted(main.parent.glob("*.toml")):
        digest.update(path.read_bytes())
    config.deck_state = digest.hexdigest()


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
    app.add_config_value("deck_state", "", "html")
    app.add_builder(DeckBuilder, override=True)
    app.add_post_transform(LectureTransform)
    app.add_html_theme("lecture", str(THEME))
    setup_nodes(app)
    app.connect("config-inited", _late_directives)
    app.connect("config-inited", _state_of_lists)
    app.connect("builder-inited", _remember)
    app.connect("html-collect-pages", _index)
    app.connect("html-page-context", _context)
    app.connect("build-finished", _finish)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": False}
