"""``{where} PART``: the map text → tokens → model → loss → slopes → turn the dials, one part lit.

On a page it is a list, set by the style sheet (a row on a wide screen, two rows on a phone); on
paper one line; on a slide the page's list again. The lit part is bold and marked "we are here" for
those who hear the page. With ``where_links`` each part of a page's map leads to the page that
begins it.
"""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

PARTS = {
    "text": "text",
    "tokens": "tokens",
    "model": "model",
    "loss": "loss",
    "slopes": "slopes",
    "dials": "turn the dials",
}


class where(nodes.General, nodes.Element):
    """The map, with ``part`` lit."""


class Where(SphinxDirective):
    """The ``{where}`` directive."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the map."""
        part = self.arguments[0].strip()
        if part not in PARTS:
            raise self.error(f"where: there is no part {part!r}; there are {', '.join(PARTS)}")
        node = where("", part=part, classes=["where"])
        self.set_source_info(node)
        return [node]


def visit_html(self: SphinxTranslator, node: where) -> None:
    """Write the map as a list."""
    items = []
    links = _links(self) if self.builder.name == "html" else {}
    for name, words in PARTS.items():
        if name in links:
            words = f'<a href="{links[name]}">{words}</a>'
        if name == node["part"]:
            mark = '<span class="visually-hidden"> (we are here)</span>'
            items.append(f'<li class="here" aria-current="step"><b>{words}</b>{mark}</li>')
        else:
            items.append(f"<li>{words}</li>")
    label = "The road of the whole program, and where we are on it"
    cast(Any, self).body.append(f'<ol class="where" aria-label="{label}">{"".join(items)}</ol>\n')
    raise nodes.SkipNode


def _links(self: SphinxTranslator) -> dict[str, str]:
    """Return the address of each part that has a page."""
    builder = cast(Any, self.builder)
    pages = self.config.where_links
    return {
        part: builder.get_relative_uri(builder.current_docname, page)
        for part, page in pages.items()
        if page in builder.env.found_docs and page != builder.current_docname
    }


def visit_latex(self: SphinxTranslator, node: where) -> None:
    """Write the map as one line."""
    words = [
        rf"\colorbox{{teal}}{{\color{{white}}\bfseries\strut {text}}}"
        if name == node["part"]
        else text
        for name, text in PARTS.items()
    ]
    line = r" \enspace{\color{teal}$\rightarrow$}\enspace ".join(words)
    begin, end = r"\begin{center}\medskip\sffamily\small", r"\par\smallskip\end{center}"
    cast(Any, self).body.append(f"\n{begin} {line}{end}\n")
    raise nodes.SkipNode


def visit_text(self: SphinxTranslator, node: where) -> None:
    """Write the map as one line of plain text."""
    words = [f"[{t}]" if name == node["part"] else t for name, t in PARTS.items()]
    cast(Any, self).add_text(" → ".join(words))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.add_node(
        where,
        html=(visit_html, None),
        revealjs=(visit_html, None),
        dirrevealjs=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
        man=(visit_text, None),
        texinfo=(visit_text, None),
    )
    app.add_config_value("where_links", {}, "html")
    app.add_directive("where", Where)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
