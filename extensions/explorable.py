"""``{explorable} NAME``: a figure that a reader can move by hand, drawn by the book's own program.

On a page the directive's body stands first, a still figure or table; under it
``live/explorables.js`` puts a panel that loads nothing before it is started (then
``live/panels/NAME.js`` and, in Python, ``live/widgets/``). Without JavaScript, on paper and in the
decks the body is all there is.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from .fetched import packages

NAMES = (
    "train",
    "temperature",
    "attention",
    "graph",
    "embeddings",
    "poster",
    "check",
    "secant",
    "pairs",
    "descent",
)
PLOT = {"uPlot.esm.js": "modules/uplot.js", "uPlot.min.css": "modules/uplot.css"}


class explorable(nodes.General, nodes.Element):
    """The place of a panel, around what stands there without it."""


class Explorable(SphinxDirective):
    """The ``{explorable}`` directive."""

    has_content = True
    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the body, and on a web page a place for the panel around it."""
        name = self.arguments[0]
        if name not in NAMES:
            raise self.error(f"there is no explorable {name!r}; there are {', '.join(NAMES)}")
        body = self.parse_content_to_nodes()
        if not body:
            raise self.error(f"explorable {name!r} has no body for those who cannot run it")
        if self.env.app.builder.name != "html":  # each edition has doctrees of its own
            return body
        return [explorable("", *body, name=name)]


def has_explorable(doctree: nodes.document) -> bool:
    """Return whether a page has a panel."""
    return next(iter(doctree.findall(explorable)), None) is not None


def visit_html(self: Any, node: explorable) -> None:
    """Begin the place of a panel."""
    self.body.append(f'<div class="explorable" data-explorable="{node["name"]}">\n')


def depart_html(self: Any, node: explorable) -> None:
    """End it."""
    self.body.append("</div>\n")


def add_script(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give a page with a panel the script that draws it, after the one that runs Python."""
    if app.builder.name == "html" and doctree and has_explorable(doctree):
        app.add_js_file("live/explorables.js", priority=600, loading_method="defer")
        app.add_css_file("live/explorables.css", priority=600)


def copy_plot(app: Sphinx, error: Exception | None) -> None:
    """Put the plotting library, which the first training loads, beside the pages."""
    if error or app.builder.name != "html":
        return
    for name, place in PLOT.items():
        target = Path(app.outdir, "_static", "live", place)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages() / "uplot" / "dist" / name, target)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(explorable, html=(visit_html, depart_html))
    app.add_directive("explorable", Explorable)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_plot)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
