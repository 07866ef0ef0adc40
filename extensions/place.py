"""``{your-place}``: what the reader's browser keeps, on one page; every page notes the place.

``live/place.js`` marks what was read and leads back to where a reader stopped,
``live/your-place.js`` shows, saves, reads back and clears it. Nothing leaves the browser.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class your_place(nodes.General, nodes.Element):
    """Where the page shows it, after a body for those without JavaScript."""


class YourPlace(SphinxDirective):
    """The ``{your-place}`` directive."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place, or in other editions the body alone."""
        self.assert_has_content()
        body = self.parse_content_to_nodes()
        if self.env.app.builder.name != "html":  # each edition has doctrees of its own
            return body
        return [your_place("", *body)]


def visit_html(self: Any, node: your_place) -> None:
    """Begin the body, which the script puts away."""
    self.body.append('<div class="place-body">\n')


def depart_html(self: Any, node: your_place) -> None:
    """End it, and make the place."""
    self.body.append('</div>\n<div class="your-place"></div>\n')


def add_scripts(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give every page the script that notes, and one page the script that shows."""
    if app.builder.name != "html":
        return
    app.add_js_file("live/place.js", priority=700, loading_method="defer")
    if doctree and next(iter(doctree.findall(your_place)), None) is not None:
        app.add_js_file("live/your-place.js", priority=701, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(your_place, html=(visit_html, depart_html))
    app.add_directive("your-place", YourPlace)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
