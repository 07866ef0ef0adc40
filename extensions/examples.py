"""Weave runs into the lessons: ``{doctest}``, ``{testsetup}``, and solutions with a copy of it all.

Every block of a lesson runs while the page is read, in one namespace, in order; a solution's
blocks run in a copy of it. So the numbers in sentences (:mod:`extensions.number`) find the names
of the page at their place, and a wrong example breaks every edition. ``-b examples`` writes
nothing but counts: what is found in the sources against what was executed, lesson by lesson.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.directive import SolutionDirective

from .raw_examples import scan
from .session import Session, Tally, run_docstrings
from .stale import note_computed, note_failed

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
KEY = "examples_session"


def session_of(env: BuildEnvironment) -> Session:
    """Return the session of the page that is being read."""
    current = env.current_document
    if KEY not in current:
        current[KEY] = Session(shown_path(env, env.docname))
        note_computed(env)
    return cast(Session, current[KEY])


def shown_path(env: BuildEnvironment, docname: str) -> str:
    """Return a page's file the way messages name it: relative to where one stands, if below."""
    path = Path(env.doc2path(docname))
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def true_line(text: str, content: list[str], near: int) -> int:
    """Return the line, from 1, at which ``content`` stands in ``text``, the nearest to ``near``.

    The line that a parser reports for a nested block may be off by a few; the text cannot be.
    """
    wanted = [row.strip() for row in content]
    rows = [row.strip() for row in text.split("\n")]
    places = [
        i + 1 for i in range(len(rows) - len(wanted) + 1) if rows[i : i + len(wanted)] == wanted
    ]
    return min(places, key=lambda place: abs(place - near), default=near)


class _Run(SphinxDirective):
    """What the two directives share."""

    has_content = True
    hidden: ClassVar[bool]

    def run_content(self) -> None:
        env = self.env
        lines = list(self.content)
        text = Path(env.doc2path(env.docname)).read_text(encoding="utf-8")
        line = true_line(text, lines, self.lineno + 1)
        session = session_of(env)
        for failure in session.run("\n".join(lines) + "\n", line, self.hidden):
            logger.warning("%s", failure.text, location=failure.place, type="examples")
            note_failed(env)


class DoctestDirective(_Run):
    """Show a session in Python, and run it."""

    option_spec: ClassVar[dict[str, Any]] = {
        "class": directives.class_option,
        "name": directives.unchanged,
    }
    hidden = False

    def run(self) -> list[nodes.Node]:
        """Run the examples and return them as a literal block, without doctest's flags."""
        self.run_content()
        text = "\n".join(self.content).rstrip()
        shown = re.sub(r"[ \t]*#\s*doctest:[^\n]*", "", text)
        shown = re.sub(r"^[ \t]*<BLANKLINE>[ \t]*$", "", shown, flags=re.MULTILINE)
        node = nodes.literal_block(shown, shown, language="pycon", classes=["doctest"])
        node["classes"] += self.options.get("class", [])
        node["tested"] = text
        self.set_source_info(node)
        self.add_name(node)
        return [node]


class setup_block(nodes.Invisible, nodes.Element):
    """The place of statements that the reader does not see; ``source`` has them."""


class SetupDirective(_Run):
    """Run statements that the reader does not see."""

    hidden = True

    def run(self) -> list[nodes.Node]:
        """Run the statements; nothing is shown."""
        self.run_content()
        return [setup_block("", source="\n".join(self.content) + "\n")]


class OnlyForPages(SphinxPostTransform):
    """Take hidden set-up out of every edition in which nothing can run; decks look at it first."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Remove the nodes."""
        if self.app.builder.name not in ("html", "revealjs"):
            for node in list(self.document.findall(setup_block)):
                node.parent.remove(node)


def _skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


class Solution(SolutionDirective):  # type: ignore[misc]
    """A solution whose examples run in a copy of the lesson's namespace."""

    def run(self) -> list[nodes.Node]:
        """Parse the solution with a session of its own."""
        current = self.env.current_document
        lesson = session_of(self.env)
        has_examples = any(">>>" in row or "{testsetup}" in row or "{number}" in row
                           for row in self.content)  # fmt: skip
        if has_examples:
            current[KEY] = lesson.fork()
        try:
            return cast("list[nodes.Node]", super().run())
        finally:
            if has_examples:
                lesson.absorb(current[KEY])
                current[KEY].close()
                current[KEY] = lesson


# What a page's run leaves behind


def tallies(env: BuildEnvironment) -> dict[str, Tally]:
    """Return the tally of every page that runs something."""
    if not hasattr(env, "examples_tallies"):
        env.examples_tallies = {}  # type: ignore[attr-defined]
    return env.examples_tallies  # type: ignore[attr-defined, no-any-return]


def _keep(app: Sphinx, doctree: nodes.document) -> None:
    current = app.env.current_document
    if KEY in current:
        tallies(app.env)[app.env.docname] = current[KEY].tally


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    tallies(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: Any) -> None:
    tallies(env).update({k: v for k, v in tallies(other).items() if k in docnames})


def _read_all(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    return sorted(env.found_docs) if app.builder.name == ExamplesBuilder.name else []


class ExamplesBuilder(Builder):
    """Run everything afresh, count, compare; write only the table."""

    name = "examples"
    epilog = "The table of examples is in %(outdir)s/examples.txt."
    allow_parallel = True

    def get_outdated_docs(self) -> Iterator[str]:
        """Return every page."""
        yield from self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return an address, for nobody."""
        return docname

    def write_documents(self, docnames: Set[str]) -> None:
        """Write no page: reading was running."""

    def finish(self) -> None:
        """Compare and print the table."""
        rows = self._lessons() + self._docstrings()
        width = max([len(name) for name, *_ in rows] + [10])
        table = [f"{'':{width}}  found  executed  skipped  failed"]
        for name, found, executed, skipped, failed in rows:
            table.append(f"{name:{width}}  {found:5}  {executed:8}  {skipped:7}  {failed:6}")
        total = [sum(row[i] for row in rows) for i in range(1, 5)]  # type: ignore[misc]
        table.append(f"{'all':{width}}  {total[0]:5}  {total[1]:8}  {total[2]:7}  {total[3]:6}")
        Path(self.outdir, "examples.txt").write_text("\n".join(table) + "\n", encoding="utf-8")
        logger.info("\n" + "\n".join(table))

    def _complain(self, place: str, text: str) -> None:
        logger.warning("%s", text, location=place, type="examples")
        self.app.statuscode = 1

    def _lessons(self) -> list[tuple[str, int, int, int, int]]:
        rows = []
        lesson = re.compile(self.config.examples_lessons)
        for docname in sorted(self.env.found_docs):
            path = shown_path(self.env, docname)
            text = Path(self.env.doc2path(docname)).read_text(encoding="utf-8")
            raw = scan(text)
            tally = tallies(self.env).get(docname, Tally())
            for line, fault in raw.faults:
                self._complain(f"{path}:{line}", fault)
            row = self._row(path, len(raw.examples), tally)
            if row[1] or lesson.match(docname):
                rows.append(row)
            if lesson.match(docname) and tally.executed < self.config.examples_at_least:
                wanted = self.config.examples_at_least
                self._complain(path, f"{tally.executed} examples; a lesson wants {wanted} or more")
        return rows

    def _docstrings(self) -> list[tuple[str, int, int, int, int]]:
        rows = []
        root = Path(self.app.confdir)
        for folder in self.config.examples_packages:
            for path in sorted((root / folder).rglob("*.py")):
                text = path.read_text(encoding="utf-8")
                found = len(re.findall(r"^\s*>>> ", text, re.MULTILINE))
                if not found:
                    continue
                shown = path.relative_to(root).as_posix()
                module = shown.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                tally = run_docstrings(
                    path,
                    shown,
                    lambda name=module: vars(importlib.import_module(name)),  # type: ignore[misc]
                )
                for failure in tally.failures:
                    self._complain(failure.place, failure.text)
                rows.append(self._row(shown, found, tally))
        return rows

    def _row(self, path: str, found: int, tally: Tally) -> tuple[str, int, int, int, int]:
        ran, skipped = tally.executed, len(tally.skipped)
        if found != ran + skipped:
            self._complain(path, f"{found} examples found, {ran} executed, {skipped} skipped")
        for line, reason in tally.skipped:
            logger.info("%s:%s is skipped: %s", path, line, reason)
        return path, found, ran, skipped, len(tally.failures)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("sphinx_exercise")
    app.setup_extension("extensions.stale")
    app.add_config_value("examples_lessons", r"[0-9]-[^/]+/(?!index$)", "env")
    app.add_config_value("examples_at_least", 5, "env")
    app.add_config_value("examples_packages", ["microgpt"], "env")
    app.add_node(setup_block, html=(_skip, None))
    app.add_post_transform(OnlyForPages)
    app.add_directive("doctest", DoctestDirective)
    app.add_directive("testsetup", SetupDirective)
    app.add_directive("solution", Solution, override=True)
    app.add_builder(ExamplesBuilder)
    app.connect("doctree-read", _keep)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _read_all)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
