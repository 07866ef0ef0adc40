"""What a screen reader hears where docutils leaves it nothing sound.

A table's header cell without a word is no header, and a source in the list of sources is an item of
a list: the role that docutils gives it is withdrawn. The theme's own faults are mended in
``book/_templates``.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def visit_entry(self: Any, node: nodes.entry) -> None:
    """Begin a table's cell."""
    HTML5Translator.visit_entry(self, node)
    if not node.astext().strip() and self.body[-1].startswith("<th"):
        self.body[-1] = "<td" + self.body[-1].removeprefix("<th")
        self.context[-1] = "</td>\n"


def depart_entry(self: Any, node: nodes.entry) -> None:
    """End it."""
    HTML5Translator.depart_entry(self, node)


def visit_citation(self: Any, node: nodes.citation) -> None:
    """Begin a source."""
    HTML5Translator.visit_citation(self, node)
    self.body[-1] = self.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')


def depart_citation(self: Any, node: nodes.citation) -> None:
    """End it."""
    HTML5Translator.depart_citation(self, node)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
