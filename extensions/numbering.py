"""Lesson numbers: the module's number is its folder's, the lesson's its place in the module.

``2-calculus-and-autograd/value`` is lesson 2.3 if it stands third in the module's contents,
whatever other modules there are; Sphinx would count the modules that exist. Figures and exercises
are numbered by lesson: Figure 2.3.1.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector


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
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
