"""``{check}`` in an exercise: the reader writes the code on the page, and hidden examples judge it.

The block holds what the reader starts from and, from the first prompt on, the examples::

    ```{check}
    def double(x):
        ...
    >>> double(4)
    8
    ```

Both run while the page is read, each in a copy of the lesson's session: the starter must run and
fail, and the solution of the same exercise must pass. On a page ``live/answers.js`` shows an
editor; on paper and in the decks nothing of it is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.directive import ExerciseDirective

from .examples import Solution, session_of, shown_path, true_line
from .stale import note_failed

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
EXERCISE = "check_exercise"  # the label of the exercise that is being read
OPEN = "check_open"


def open_checks(env: BuildEnvironment) -> dict[str, tuple[str, int]]:
    """Return what solutions of the page have still to pass: by label, examples and their line."""
    return cast("dict[str, tuple[str, int]]", env.current_document.get(OPEN, {}))


class check_block(nodes.General, nodes.Element):
    """The place of an editor: ``exercise`` is its label, ``starter`` and ``source`` its text."""


class Exercise(ExerciseDirective):  # type: ignore[misc]
    """An exercise that tells its label to the ``{check}`` within."""

    def run(self) -> list[nodes.Node]:
        """Parse the exercise."""
        current = self.env.current_document
        current[EXERCISE] = self.options.get("label", "")
        try:
            return list(super().run())
        finally:
            current[EXERCISE] = ""


class Check(SphinxDirective):
    """The ``{check}`` directive."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Run the starter against the examples, and keep them for the solution."""
        label = self.env.current_document.get(EXERCISE, "")
        if not label:
            raise self.error("a {check} stands in an exercise that has a label")
        lines = list(self.content)
        cut = next((i for i, line in enumerate(lines) if line.startswith(">>> ")), len(lines))
        starter, examples = _text(lines[:cut]), _text(lines[cut:])
        if not starter.strip() or not examples.strip():
            raise self.error("a {check} holds a starter, then examples")
        text = Path(self.env.doc2path(self.env.docname)).read_text(encoding="utf-8")
        line = true_line(text, lines, self.lineno + 1)
        self.try_starter(starter, examples, line, cut)
        current = self.env.current_document
        current[OPEN] = open_checks(self.env) | {label: (examples, line + cut)}
        return [check_block("", exercise=label, starter=starter.rstrip(), source=examples)]

    def try_starter(self, starter: str, examples: str, line: int, cut: int) -> None:
        """See that the starter runs, and that it is no answer yet."""
        lesson = session_of(self.env)
        copy = lesson.fork()
        try:
            faults = [(one.place, one.text) for one in copy.run(starter, line, hidden=True)]
            if not copy.run(examples, line + cut) and not faults:
                faults = [(f"{lesson.path}:{line}", "the starter passes all examples")]
        finally:
            copy.close()
        for place, fault in faults:
            _complain(self, place, fault)


class Judged(SphinxDirective):
    """What :class:`Checked` puts at the end of a solution."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"line": directives.nonnegative_int}

    def run(self) -> list[nodes.Node]:
        """Run the hidden examples where the solution ran."""
        examples, line = open_checks(self.env).pop(self.arguments[0])
        for failure in session_of(self.env).run(examples, line):
            _complain(self, failure.place, f"the solution fails:\n{failure.text}")
        return []


class Checked(Solution):
    """A solution that must pass what its exercise checks."""

    def run(self) -> list[nodes.Node]:
        """Add the hidden examples to those that stand in the solution."""
        label = self.arguments[0]
        if label in open_checks(self.env):
            if not any(">>>" in row for row in self.content):
                raise self.error(f"{label} is checked, but its solution has no code")
            source = str(self.content.source(0) or "")
            last = self.content_offset + len(self.content)
            rows = ["", f"```{{judged}} {label}", "```"]
            self.content.extend(StringList(rows, items=[(source, last)] * len(rows)))
        return super().run()


def _text(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n") + "\n"


def _complain(directive: SphinxDirective, place: str, text: str) -> None:
    logger.warning("%s", text, location=place, type="examples")
    note_failed(directive.env)


def _refuse_open(app: Sphinx, doctree: nodes.document) -> None:
    """Complain about an exercise whose check nothing was shown to pass."""
    for label in open_checks(app.env):
        place = shown_path(app.env, app.env.docname)
        logger.warning("%s is checked, but has no solution", label, location=place, type="examples")


class OnlyOnPages(SphinxPostTransform):
    """Take the editors out of every edition in which nothing can be written."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Remove the nodes."""
        if self.app.builder.name != "html":
            for node in list(self.document.findall(check_block)):
                node.parent.remove(node)


def visit_html(self: Any, node: check_block) -> None:
    """Leave a place that only the script fills."""
    self.body.append(f'<div class="your-answer" data-exercise="{node["exercise"]}"></div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.examples")
    app.add_node(check_block, html=(visit_html, None))
    app.add_directive("exercise", Exercise, override=True)
    app.add_directive("solution", Checked, override=True)
    app.add_directive("check", Check)
    app.add_directive("judged", Judged)
    app.add_post_transform(OnlyOnPages)
    app.connect("doctree-read", _refuse_open)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
