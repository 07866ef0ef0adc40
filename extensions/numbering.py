"""Lesson numbers: the module's number is its folder's, the lesson's its place in the module.

``2-calculus-and-autograd/value`` is lesson 2.3 if it stands third in the module's contents,
whatever other modules there are; Sphinx would count the modules that exist. Figures and exercises
are numbered by lesson: Figure 2.3.1.

``{lesson}`value``` in a text is the number of that lesson, and a link to it.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxRole


def module_of(docname: str) -> int | None:
    """Return the number in the name of a lesson's folder.

    >>> module_of("2-calculus-and-autograd/value"), module_of("appendix/glossary")
    (2, None)
    """
    found = re.match(r"(\d+)-", docname)
    return int(found[1]) if found and "/" in docname else None


class LessonNumbers(TocTreeCollector):
    """Sphinx's own numbering with the module's number put in front."""

    def assign_section_numbers(self, env: BuildEnvironment) -> list[str]:
        """Number the sections, then begin the lessons' numbers with their module's."""
        before = getattr(env, "lesson_numbers", {})
        super().assign_section_numbers(env)
        for docname, numbers in env.toc_secnumbers.items():
            module = module_of(docname)
            if module is None:
                continue
            for anchor, number in numbers.items():
                if number:  # only titles have one: the contents are numbered one level deep
                    numbers[anchor] = (module, *number)
            for reference in env.tocs[docname].findall(nodes.reference):
                if numbers.get(reference["anchorname"]):
                    reference["secnumber"] = numbers[reference["anchorname"]]
            title = env.titles[docname]
            if "secnumber" in title:
                title["secnumber"] = numbers.get("") or title["secnumber"]
        now = {name: dict(numbers) for name, numbers in env.toc_secnumbers.items()}
        env.lesson_numbers = now  # type: ignore[attr-defined]
        return [name for name in now if now[name] != before.get(name)]


class LessonRole(SphinxRole):
    """The number of a lesson, as a link to it; which number, only the finished contents tell."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link to the document, still without its text."""
        link = addnodes.pending_xref(
            self.rawtext, refdomain="std", reftype="doc", refexplicit=True, refwarn=True,
            reftarget=self.text, refdoc=self.env.docname, lesson=True,
        )  # fmt: skip
        link += nodes.inline(self.rawtext, self.text)
        self.set_source_info(link)
        return [link], []


class LessonLinks(SphinxPostTransform):
    """Write the numbers into the links, before Sphinx resolves them."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace the text of each link; a page that is no lesson keeps its title."""
        for link in self.document.findall(addnodes.pending_xref):
            if not link.get("lesson"):
                continue
            title = self.env.titles.get(docname_join(link["refdoc"], link["reftarget"]))
            if title is not None:  # else Sphinx itself says that there is no such document
                number = ".".join(map(str, title.get("secnumber", ()))) or title.astext()
                link.children = [nodes.inline(number, number)]


def replace(app: Sphinx) -> None:
    """Put our numbering in the place of Sphinx's."""
    for listener in list(app.events.listeners["env-get-updated"]):
        owner = getattr(listener.handler, "__self__", None)
        if type(owner) is TocTreeCollector:
            owner.disable(app)
    app.add_env_collector(LessonNumbers)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.connect("builder-inited", replace)
    app.add_role("lesson", LessonRole())
    app.add_post_transform(LessonLinks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
