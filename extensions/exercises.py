"""Exercises and solutions as the book shows them; sphinx-exercise reads, numbers and links them.

Solutions are folded on web pages with HTML's own ``details``: no script opens them, while
sphinx-exercise leaves ``:class: dropdown`` to a script of another package. The exercise's title
stands right above its solution, so the summary says only "Solution"; those who hear the page hear
which exercise it belongs to. Titles lose the brackets around them, and the parts of exercises the
one id that they all share. In print, where nothing folds, the solutions stand at the lesson's end.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import sphinx_exercise
from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxTranslator
from sphinx_exercise.nodes import (
    exercise_enumerable_node,
    exercise_latex_number_reference,
    exercise_node,
    is_exercise_node,
    solution_node,
)

SLIDES = ("revealjs", "dirrevealjs")


class Plain(SphinxPostTransform):
    """Takes the brackets off titles, and the shared ids off the parts."""

    default_priority = 30  # after sphinx-exercise has made the titles

    def run(self, **_: Any) -> None:
        """Do so on pages and on paper; the decks have their own way with exercises."""
        if self.app.builder.name in SLIDES:
            return
        for node in self.document.findall(nodes.Element):
            if not is_exercise_node(node) and not isinstance(node, solution_node):
                continue
            for part in node.findall(nodes.section):
                if part["ids"] in (["exercise-content"], ["solution-content"]):
                    part["ids"] = []
            title = next(iter(node.children))
            if not is_exercise_node(node) or not isinstance(title, nodes.title):
                continue
            brackets = [word for word in title.children if word.astext() in (" (", ")")]
            if len(brackets) == 2:
                title.replace(brackets[0], nodes.Text(" "))
                title.remove(brackets[1])


class OnPaper(SphinxPostTransform):
    """Puts the solutions of a lesson at its end, where no eye falls on them before it should.

    Each has its exercise's title, which leads back, and each exercise the page of its solution.
    """

    builders = ("latex",)
    default_priority = 900  # when sphinx-exercise has made the titles

    def run(self, **_: Any) -> None:
        """Do so in print, where all lessons stand in one tree."""
        found = self.document.findall(nodes.Element)
        exercises = {node["label"]: node for node in found if is_exercise_node(node)}
        ends: dict[nodes.Element, nodes.section] = {}
        for solution in list(self.document.findall(solution_node)):
            lesson = _lesson(solution)
            if lesson not in ends:
                ends[lesson] = nodes.section("", nodes.title("", "Solutions"))
                ends[lesson]["ids"] = [f"solutions-{len(ends)}"]
                lesson += ends[lesson]
            label = solution["target_label"]
            exercise = exercises[label]
            heading = cast(nodes.title, exercise.children[0])
            name = re.sub(r" \([^()]*minutes?\)$", "", heading.astext())
            title = next(c for c in solution.children if isinstance(c, nodes.title))
            back = exercise_latex_number_reference(name, name, refid=label)
            title.children = []
            title += back
            page = f"{exercise['docname']}:{solution['label']}"
            title += nodes.raw("", LABEL % page, format="latex")
            heading += nodes.raw("", PAGE % (page, page), format="latex")
            solution.parent.remove(solution)
            ends[lesson] += solution
        for label, exercise in exercises.items():
            heading = cast(nodes.title, exercise.children[0])
            heading += nodes.raw("", LABEL % f"exercise:{label}", format="latex")


# In the title: before its box, a label would name the page that the box may just have left.
LABEL = r"\phantomsection\label{%s}"
PAGE = r"\hfill\sphinxstylesolutionpage{\hyperref[%s]{solution: page \pageref*{%s}}}"


def _lesson(node: nodes.Node) -> nodes.section:
    """Return the outermost section of the file that a node was written in."""
    found = node
    while not isinstance(node.parent, nodes.document | start_of_file):
        node = node.parent
        if isinstance(node, nodes.section):
            found = node
    return cast(nodes.section, found)


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


def visit_on_paper(self: SphinxTranslator, node: nodes.Element) -> None:
    """Begin the box of an exercise or a solution; its title has the label."""
    cast(Any, self).body.append("\n\\begin{sphinxadmonition}{note}")


def depart_on_paper(self: SphinxTranslator, node: nodes.Element) -> None:
    """End the box."""
    cast(Any, self).body.append("\\end{sphinxadmonition}\n")


def bring_style(app: Sphinx) -> None:
    """Have the package's style sheet there before pages are written; it would come after them."""
    style = Path(sphinx_exercise.__file__).parent / "assets" / "html" / "exercise.css"
    app.config.html_static_path.append(str(style))


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.setup_extension("sphinx_exercise")
    app.connect("builder-inited", bring_style)
    app.add_post_transform(Plain)
    app.add_post_transform(OnPaper)
    for translator in ("html", "singlehtml"):
        visits = {translator: (visit_solution, depart_solution)}
        app.add_node(solution_node, override=True, **visits)
    for boxed in (exercise_node, exercise_enumerable_node, solution_node):
        app.add_node(boxed, override=True, latex=(visit_on_paper, depart_on_paper))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
