"""Weave terms to their definitions: ``{def}`local slope```, bold once, where a term is defined.

The glossary's entry links back to that place. A term defined twice, a definition without a glossary
entry, and (with ``terms_in_order``) a ``{term}`` that stands before its definition in the order of
reading are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from .homes import title_of
from .links import make_reference

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
EXPLICIT = re.compile(r"(?P<shown>.+?)\s*<(?P<term>[^<>]+)>", re.DOTALL)


@dataclass(frozen=True)
class Definition:
    """Where a term is defined.

    Attributes:
        term: the term, in small letters.
        docname: the page.
        line: the line of the page's source.
        anchor: the id on the page.
    """

    term: str
    docname: str
    line: int
    anchor: str


def definitions(env: BuildEnvironment) -> dict[str, list[Definition]]:
    """Return the definitions on each page."""
    if not hasattr(env, "terms_definitions"):
        env.terms_definitions = {}  # type: ignore[attr-defined]
    return env.terms_definitions  # type: ignore[attr-defined, no-any-return]


def uses(env: BuildEnvironment) -> dict[str, list[tuple[str, int, bool]]]:
    """Return, for each page in order, (term, line, whether it is the definition)."""
    if not hasattr(env, "terms_uses"):
        env.terms_uses = {}  # type: ignore[attr-defined]
    return env.terms_uses  # type: ignore[attr-defined, no-any-return]


class DefRole(SphinxRole):
    """The place where a term is defined."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the term in bold, as a target."""
        found = EXPLICIT.fullmatch(self.text)
        shown = found["shown"] if found else self.text
        term = " ".join((found["term"] if found else self.text).lower().split())
        anchor = nodes.make_id(f"def-{term}")
        line = self.get_source_info()[1] or 0
        here = definitions(self.env).setdefault(self.env.docname, [])
        node = nodes.strong(self.rawtext, shown, classes=["definition"])
        if not any(other.anchor == anchor for other in here):
            node["ids"] = [anchor]
        node["term"] = term
        here.append(Definition(term, self.env.docname, line, anchor))
        return [node], []


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note the terms of a page in their order."""
    found: list[tuple[str, int, bool]] = []
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.strong) and "term" in node:
            found.append((node["term"], node.line or 0, True))
        elif isinstance(node, addnodes.pending_xref) and node.get("reftype") == "term":
            found.append((" ".join(node["reftarget"].lower().split()), _line(node), False))
    if found:
        uses(app.env)[app.env.docname] = found


def _line(node: nodes.Node | None) -> int:
    while node is not None:
        if node.line:
            return node.line
        node = node.parent
    return 0


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    definitions(env).pop(docname, None)
    uses(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: Any) -> None:
    definitions(env).update({k: v for k, v in definitions(other).items() if k in docnames})
    uses(env).update({k: v for k, v in uses(other).items() if k in docnames})


def reading_order(env: BuildEnvironment, start: str) -> Iterator[str]:
    """Yield the pages in the order of the tables of contents, each once."""
    seen: set[str] = set()
    pile = [start]
    while pile:
        docname = pile.pop()
        if docname not in seen:
            seen.add(docname)
            yield docname
            pile += reversed(env.toctree_includes.get(docname, []))


def glossary(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return (page, anchor) of every entry of the glossary, by its term in small letters."""
    return {
        " ".join(name.lower().split()): place
        for (kind, name), place in env.domains.standard_domain.objects.items()
        if kind == "term"
    }


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    entries = glossary(env)
    first: dict[str, Definition] = {}
    order = list(reading_order(env, app.config.root_doc))
    order += sorted(set(definitions(env)) - set(order))
    for docname in order:
        for one in definitions(env).get(docname, []):
            place = (one.docname, one.line)
            if one.term in first:
                other = first[one.term]
                text = f"{one.term!r} is defined a second time; first in {other.docname}"
                logger.warning("%s", text, location=place, type="terms")
            elif one.term not in entries:
                text = f"{one.term!r} is defined here and has no entry in the glossary"
                logger.warning("%s", text, location=place, type="terms")
            first.setdefault(one.term, one)
    if app.config.terms_in_order:
        _check_order(env, order, set(first), {page for page, _ in entries.values()})


def _check_order(
    env: BuildEnvironment, order: list[str], defined: set[str], glossaries: set[str]
) -> None:
    met: set[str] = set()
    for docname in order:
        if docname in glossaries:
            continue
        for term, line, is_definition in uses(env).get(docname, []):
            if is_definition:
                met.add(term)
            elif term in defined - met:
                text = f"{term!r} is used before it is defined"
                logger.warning("%s", text, location=(docname, line), type="terms")
                met.add(term)


class GlossaryLinks(SphinxPostTransform):
    """Write below each entry of the glossary where its term is defined."""

    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        """Append the link to each entry that has one."""
        if self.app.builder.format == "latex":
            for node in list(self.document.findall(nodes.strong)):
                if "term" in node and node["ids"]:  # bold type is no target in LaTeX
                    place = node.parent.index(node)
                    node.parent.insert(place, nodes.target("", "", ids=node["ids"]))
        found = {one.term: one for page in definitions(self.env).values() for one in page}
        for item in self.document.findall(nodes.definition_list_item):
            names = [t for t in item.children if isinstance(t, nodes.term)]
            names = [t for t in names if any(i.startswith("term-") for i in t["ids"])]
            terms = [" ".join(t.astext().lower().split()) for t in names]
            one = next((found[t] for t in terms if t in found), None)
            body = next((c for c in item.children if isinstance(c, nodes.definition)), None)
            if (
                one is None
                or body is None
                or not any(i.startswith("term-") for t in names for i in t["ids"])
            ):
                continue
            line = nodes.paragraph("", "Explained in ", classes=["explained-in"])
            title = title_of(self.env, one.docname)
            line += make_reference(self.app, self.env.docname, one.docname, one.anchor, title)
            body += line


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return sorted({docname for docname, _ in glossary(env).values()})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("terms_in_order", False, "env")
    app.add_role("def", DefRole())
    app.add_post_transform(GlossaryLinks)
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _check)  # env-check-consistency is skipped if nothing changed
    app.connect("env-updated", _rewrite)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
