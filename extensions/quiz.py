"""Weave the quiz bank: ``{quiz} SEED`` gives a sheet of questions, with ``:key:`` their answers.

The questions come from a module of the book (``quiz_module``); a sheet and its key with the same
seed belong together. Each question names the lesson that has its subject.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from .stale import note_computed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Quiz(SphinxDirective):
    """A sheet, or its key."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"key": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return a numbered list."""
        try:
            seed = int(self.arguments[0])
        except ValueError:
            given = self.arguments[0]
            raise self.error(f"quiz: {given!r} given; wanted a seed, a whole number") from None
        module = importlib.import_module(self.config.quiz_module)
        note_computed(self.env)
        self.env.note_dependency(str(module.__file__))
        key = "key" in self.options
        lines = []
        for count, question in enumerate(module.sheet(seed), start=1):
            text = question.answer if key else question.text
            link = "" if key else f" ({{doc}}`lesson </{question.lesson}>`)"
            lines.append(f"{count}. {text}{link}")
        return self.parse_text_to_nodes("\n".join(lines), offset=self.content_offset)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.stale")
    app.add_config_value("quiz_module", "book.quiz", "env")
    app.add_directive("quiz", Quiz)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
