"""Weave the pencil-and-paper sheets: ``{worksheet}`` with lines to fill in, ``:key:`` with numbers.

The sheets are the rows of a module of the book (``worksheet_module``); each becomes a table with a
heading of its own. With ``:matrices:`` it shows the matrices of the pocket model instead.
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

BLANK = r"\_\_\_\_\_\_\_"


def number(value: float) -> str:
    """Write a number with four decimals at most and a true minus sign.

    Example:
        >>> number(-0.5), number(0.41124), number(-0.00001)
        ('−0.5', '0.4112', '0')
    """
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")


def table(rows: list[Any], key: bool) -> str:
    """Return a sheet as a Markdown table."""
    lines = ["| step | do | numbers |", "|---:|---|---|"]
    for count, row in enumerate(rows, start=1):
        shown = [number(value) if key else BLANK for value in row.numbers]
        lines.append(f"| {count} | {row.what} | {' &nbsp; '.join(shown)} |")
    return "\n".join(lines)


class Worksheet(SphinxDirective):
    """All sheets, to fill in or filled in."""

    option_spec: ClassVar[dict[str, Any]] = {"key": directives.flag, "matrices": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the tables."""
        module = importlib.import_module(self.config.worksheet_module)
        note_computed(self.env)
        self.env.note_dependency(str(module.__file__))
        if "matrices" in self.options:
            return self.parse_text_to_nodes(self._matrices(module), offset=self.content_offset)
        key = "key" in self.options
        text = "".join(
            f"## {title}\n\n{table(rows, key)}\n\n" for title, rows in module.sheets().items()
        )
        return self.parse_text_to_nodes(
            text, offset=self.content_offset, allow_section_headings=True
        )

    def _matrices(self, module: Any) -> str:
        model, _, names = module.pocket()
        lines = ["| matrix | rows |", "|---|---|"]
        for name, matrix in model.matrices.items():
            rows = ["(" + ", ".join(number(v.data) for v in row) + ")" for row in matrix]
            if len(matrix) == len(names) and name in ("token", "output"):
                rows = [f"{letter}: {row}" for letter, row in zip(names, rows)]
            lines.append(f"| {name.removeprefix('0.')} | {' &nbsp; '.join(rows)} |")
        return "\n".join(lines)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.stale")
    app.add_config_value("worksheet_module", "book.worksheets", "env")
    app.add_directive("worksheet", Worksheet)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
