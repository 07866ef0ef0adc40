"""Weave in the boxes that mean something: ``{predict}`` with ``{answer}``, ``{wrong}``, ``{key}``.

Each is a node of its own, so that a deck can make a question a slide and its answer a step. An
answer folds on a web page and stands open, under its name, in print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import SphinxTranslator


class predict(nodes.Admonition, nodes.Element):
    """A question to answer before reading on."""


class answer(nodes.General, nodes.Element):
    """Its answer, folded."""


class wrong(nodes.Admonition, nodes.Element):
    """A version that does not work, and how it fails."""


class key(nodes.Admonition, nodes.Element):
    """The sentence to keep."""


class _Box(SphinxDirective):
    """A box with a title and a body."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        "class": directives.class_option,
        "name": directives.unchanged,
    }
    node: ClassVar[type[nodes.Element]]
    title: ClassVar[str]
    mark: ClassVar[str] = ""

    def run(self) -> list[nodes.Node]:
        """Return the box."""
        self.assert_has_content()
        box = self.node("\n".join(self.content))
        self.set_source_info(box)
        box["classes"] += self.options.get("class", [])
        self.add_name(box)
        text = f"{self.mark}{self.arguments[0]}" if self.arguments else self.title
        words, messages = self.parse_inline(text, lineno=self.lineno)
        if self.node is answer:
            box["summary"] = nodes.Element("", *words).astext()
        else:
            box += nodes.title(text, "", *words)
        box += messages
        box += self.parse_content_to_nodes()
        return [box]


class Predict(_Box):
    """A question before the answer is shown."""

    node, title = predict, "Predict first"


class Answer(_Box):
    """The answer to the question around it."""

    node, title = answer, "Answer"

    def run(self) -> list[nodes.Node]:
        """Return the answer."""
        return super().run()


class Wrong(_Box):
    """A wrong version, said to be wrong in its title."""

    node, title, mark = wrong, "Wrong", "Wrong: "


class Key(_Box):
    """A key idea."""

    node, title = key, "Key idea"


def _visit_box(self: SphinxTranslator, node: nodes.Element) -> None:
    body = cast(Any, self).body
    body.append(self.starttag(node, "div", CLASS=f"admonition {type(node).__name__}"))  # type: ignore[attr-defined]


def _depart_box(self: SphinxTranslator, node: nodes.Element) -> None:
    cast(Any, self).body.append("</div>\n")


def _visit_answer(self: SphinxTranslator, node: answer) -> None:
    body = cast(Any, self).body
    body.append(self.starttag(node, "details", CLASS="answer"))  # type: ignore[attr-defined]
    body.append(f"<summary>{cast(Any, self).encode(node['summary'])}</summary>\n")


def _depart_answer(self: SphinxTranslator, node: answer) -> None:
    cast(Any, self).body.append("</details>\n")


LATEX = {"predict": "tip", "wrong": "danger", "key": "important"}


def _visit_latex(self: SphinxTranslator, node: nodes.Element) -> None:
    # The addresses stand before the box: what follows its first argument is its title.
    cast(Any, self).body += ["\n", *(cast(Any, self).hypertarget(name) for name in node["ids"])]
    kind = LATEX[type(node).__name__]
    cast(Any, self).body.append(f"\n\\begin{{sphinxadmonition}}{{{kind}}}")
    cast(Any, self).no_latex_floats += 1


def _depart_latex(self: SphinxTranslator, node: nodes.Element) -> None:
    cast(Any, self).body.append("\\end{sphinxadmonition}\n")
    cast(Any, self).no_latex_floats -= 1


def _visit_answer_latex(self: SphinxTranslator, node: answer) -> None:
    words = cast(Any, self).encode(node["summary"])
    cast(Any, self).body.append(f"\n\\par\\sphinxstylestrong{{{words}.}}\n\n")


def _nothing(self: SphinxTranslator, node: nodes.Element) -> None:
    return


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.marks")
    plain: Any = {name: (_nothing, _nothing) for name in ("text", "man", "texinfo")}
    for box in (predict, wrong, key):
        app.add_node(
            box, html=(_visit_box, _depart_box), latex=(_visit_latex, _depart_latex), **plain
        )
    app.add_node(
        answer,
        html=(_visit_answer, _depart_answer),
        latex=(_visit_answer_latex, _nothing),
        **plain,
    )
    for name, directive in (
        ("predict", Predict), ("answer", Answer), ("wrong", Wrong), ("key", Key)
    ):  # fmt: skip
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
