"""A link from one page to a place on another, made after all pages have been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def make_reference(app: Sphinx, here: str, docname: str, anchor: str, text: str) -> nodes.reference:
    """Return the link, for any builder."""
    node = nodes.reference("", "", nodes.inline("", text), internal=True)
    if here == docname and app.builder.format != "latex":
        node["refid"] = anchor
    elif app.builder.format == "latex":
        node["refuri"] = f"%{docname}#{anchor}"
    else:
        node["refuri"] = app.builder.get_relative_uri(here, docname) + f"#{anchor}"
    return node
