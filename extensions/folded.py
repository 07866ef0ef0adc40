"""Solutions are folded on web pages, with HTML's own ``details``: no script opens them.

sphinx-exercise leaves ``:class: dropdown`` to a script of another package. The exercise's own title
stands right above its solution, so the summary says only "Solution"; those who hear the page hear
which exercise it belongs to.
"""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator
from sphinx_exercise.nodes import solution_node


def visit_solution(self: SphinxTranslator, node: nodes.Element) -> None:
    """Open the fold."""
    writer = cast(Any, self)
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    words = title.astext() if title is not None else "Solution"
    rest = words.removeprefix("Solution").strip()
    if title is not None:
        node.remove(title)
    hidden = f'<span class="visually-hidden"> {writer.encode(rest)}</span>' if rest else ""
    node["classes"] = [name for name in node["classes"] if name != "dropdown"]
    writer.body.append(writer.starttag(node, "details", CLASS="fold"))
    writer.body.append(f"<summary>Solution{hidden}</summary>\n")


def depart_solution(self: SphinxTranslator, node: nodes.Element) -> None:
    """Close the fold."""
    cast(Any, self).body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.setup_extension("sphinx_exercise")
    for translator in ("html", "singlehtml"):
        visits = {translator: (visit_solution, depart_solution)}
        app.add_node(solution_node, override=True, **visits)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
