"""Weave an index of wrong beliefs: ``{wrong-beliefs}`` lists every ``{wrong}`` box of the book.

Each entry leads to its box; the lessons stand in the order of reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .boxes import wrong
from .homes import title_of
from .links import make_reference
from .terms import reading_order

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class wrong_beliefs(nodes.General, nodes.Element):
    """The place of the index."""


def beliefs(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Return the (anchor, title) of each wrong version, page by page."""
    if not hasattr(env, "wrong_beliefs"):
        env.wrong_beliefs = {}  # type: ignore[attr-defined]
    return env.wrong_beliefs  # type: ignore[attr-defined, no-any-return]


def _pages(env: BuildEnvironment) -> set[str]:
    if not hasattr(env, "wrong_beliefs_pages"):
        env.wrong_beliefs_pages = set()  # type: ignore[attr-defined]
    return env.wrong_beliefs_pages  # type: ignore[attr-defined, no-any-return]


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Give each box an address, and keep it with its title."""
    found = []
    for number, box in enumerate(doctree.findall(wrong), start=1):
        title = next(iter(box.findall(nodes.title)), None)
        if not box["ids"]:
            box["ids"] = [f"wrong-{number}"]
        text = title.astext() if title else ""
        found.append((box["ids"][0], text.removeprefix("Wrong: ")))
    if found:
        beliefs(app.env)[app.env.docname] = found


class WrongBeliefs(SphinxDirective):
    """The index."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the index; it is filled when all pages are read."""
        _pages(self.env).add(self.env.docname)
        node = wrong_beliefs("")
        self.set_source_info(node)
        return [node]


class Fill(SphinxPostTransform):
    """Put the index in its place."""

    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Write one list a lesson."""
        for place in list(self.document.findall(wrong_beliefs)):
            root = self.env.config.root_doc
            found: list[nodes.Node] = []
            for docname in reading_order(self.env, root):
                entries = beliefs(self.env).get(docname, [])
                if not entries:
                    continue
                lesson = nodes.paragraph("", "", nodes.strong("", title_of(self.env, docname)))
                items = nodes.bullet_list()
                for anchor, text in entries:
                    link = make_reference(self.app, self.env.docname, docname, anchor, text)
                    items += nodes.list_item("", nodes.paragraph("", "", link))
                found += [lesson, items]
            place.replace_self(found)


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return sorted(_pages(env))


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    beliefs(env).pop(docname, None)
    _pages(env).discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: Any) -> None:
    beliefs(env).update({k: v for k, v in beliefs(other).items() if k in docnames})
    _pages(env).update(_pages(other) & docnames)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.boxes")
    app.add_node(wrong_beliefs)
    app.add_directive("wrong-beliefs", WrongBeliefs)
    app.add_post_transform(Fill)
    app.connect("doctree-read", _collect)
    app.connect("env-updated", _rewrite)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
