"""Weave an index of wrong beliefs: ``{wrong-beliefs}`` lists every ``{wrong}`` box of the book.

Each entry leads to its box; the lessons stand in the order of reading. The directive's body may say
each of them in words, in a paragraph of three lines: the title of the box, the belief, and what the
run shows. Then a box without words, or words without a box, is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .boxes import wrong
from .homes import title_of
from .links import make_reference
from .terms import reading_order

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


logger = logging.getLogger(__name__)


class wrong_beliefs(nodes.General, nodes.Element):
    """The place of the index; its children are the words, if there are any."""


class words(nodes.General, nodes.Element):
    """A belief and what the run shows, two paragraphs; ``box`` is the title of the box."""


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

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place of the index; it is filled when all pages are read."""
        _pages(self.env).add(self.env.docname)
        node = wrong_beliefs("")
        self.set_source_info(node)
        for entry in "\n".join(self.content).split("\n\n") if self.content else []:
            lines = entry.strip().split("\n")
            if len(lines) != 3:
                raise self.error(f"three lines are wanted: box, belief, run; given: {entry!r}")
            said = words("", box=plain(lines[0]))
            for line in lines[1:]:
                said += nodes.paragraph(line, "", *self.parse_inline(line)[0])
            node += said
        return [node]


def plain(title: str) -> str:
    """Return a title with its quotation marks as they are typed."""
    return title.translate(str.maketrans("“”’", '""\'')).strip()


class Fill(SphinxPostTransform):
    """Put the index in its place."""

    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Write one list a lesson."""
        for place in list(self.document.findall(wrong_beliefs)):
            if place.children:
                place.replace_self(self.in_words(place))
                continue
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

    def in_words(self, place: wrong_beliefs) -> nodes.bullet_list:
        """Return the list with a sentence for each belief and one for what breaks it."""
        said = {entry["box"]: entry for entry in place.findall(words)}
        listed = nodes.bullet_list(classes=["beliefs"])
        for docname in reading_order(self.env, self.env.config.root_doc):
            for anchor, title in beliefs(self.env).get(docname, []):
                entry = said.pop(plain(title), None)
                if entry is None:
                    logger.warning("%s: no words for the box %r", docname, title, location=place)
                    continue
                believed, shown = entry.findall(nodes.paragraph)
                belief = nodes.paragraph("", "", nodes.strong("", "", *believed.children))
                lesson = title_of(self.env, docname)
                link = make_reference(self.app, self.env.docname, docname, anchor, lesson)
                where = [nodes.Text(" ("), link, nodes.Text(")")]
                run = nodes.paragraph("", "", *shown.children, *where)
                listed += nodes.list_item("", belief, run)
        for title in said:
            logger.warning("the book has no box %r", title, location=place)
        return listed


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
    app.add_node(words)
    app.add_directive("wrong-beliefs", WrongBeliefs)
    app.add_post_transform(Fill)
    app.connect("doctree-read", _collect)
    app.connect("env-updated", _rewrite)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
