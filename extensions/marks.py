"""Small marks for the decks: ``{book-only}``, ``{deck-only}``, ``{stepwise}``, ``{deeper}``.

``book-only`` passages are on no slide and in no notes, ``deck-only`` ones on no page. The items of
a list that is ``stepwise`` appear one at a time. A ``deeper`` passage, with the title that its
slide will have, is for a university room: hidden in the decks unless asked for, and on a page
folded, in print a box. Of the others a reader of the book sees nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .boxes import answer

SLIDES = ("revealjs", "dirrevealjs")


class mark(nodes.General, nodes.Element):
    """A passage with a mark: ``what`` it is, and its ``title`` if it is a deeper one."""


class _Mark(SphinxDirective):
    """A passage with a mark."""

    has_content = True
    what: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Return the passage."""
        self.assert_has_content()
        node = mark("", what=self.what, title=" ".join(self.arguments))
        self.set_source_info(node)
        node += self.parse_content_to_nodes()
        return [node]


class BookOnly(_Mark):
    """On no slide."""

    what = "book-only"


class DeckOnly(_Mark):
    """On no page."""

    what = "deck-only"


class Stepwise(_Mark):
    """One item at a time."""

    what = "stepwise"


class Deeper(_Mark):
    """For a university room."""

    what = "deeper"
    required_arguments = 1
    final_argument_whitespace = True


class Unmark(SphinxPostTransform):
    """Takes the marks away where there are no slides."""

    default_priority = 5  # before anything looks at what stands beside what

    def run(self, **_: Any) -> None:
        """Replace each mark by what it holds."""
        if self.app.builder.name in SLIDES:
            return
        while node := next(iter(self.document.findall(mark)), None):
            if node["what"] == "deeper":
                node.parent.replace(node, self.box(node))
            else:
                node.parent.replace(node, [] if node["what"] == "deck-only" else node.children)

    def box(self, node: mark) -> nodes.Element:
        """Return the box in which a reader of the book may look deeper, or not."""
        title = f"Deeper: {node['title']}"
        if self.app.builder.format == "latex":
            return nodes.admonition("", nodes.title("", title), *node.children, classes=["deeper"])
        return answer("", *node.children, summary=title, classes=["deeper"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(mark)
    app.add_post_transform(Unmark)
    for directive in (BookOnly, DeckOnly, Stepwise, Deeper):
        app.add_directive(directive.what, directive)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
