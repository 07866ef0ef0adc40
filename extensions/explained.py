"""Weave the API reference to the lessons: each entry says which lesson explains its lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .homes import Home, homes_of_lines, title_of
from .links import make_reference
from .quoting import QuoteError, find_module

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ExplainedIn(SphinxPostTransform):
    """Write "Explained in" at the top of each entry whose lines have a home."""

    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        """Add the links to the entries of this page."""
        for entry in list(self.document.findall(addnodes.desc)):
            if entry.get("domain") != "py" or len(entry) < 2:
                continue
            signature = next(iter(entry.findall(addnodes.desc_signature)), None)
            if signature is None:
                continue
            found = self._lessons(signature.get("module") or "", signature.get("fullname") or "")
            if not found:
                continue
            line = nodes.paragraph("", "Explained in ", classes=["explained-in"])
            for number, home in enumerate(found):
                if number:
                    line += nodes.Text(" and " if number == len(found) - 1 else ", ")
                title = title_of(self.env, home.docname)
                line += make_reference(self.app, self.env.docname, home.docname, home.anchor, title)
            body = entry[-1]
            if isinstance(body, nodes.Element):
                body.insert(0, line)

    def _lessons(self, module: str, name: str) -> list[Home]:
        """Return the first listing of each lesson that explains an object."""
        if not module or not name:
            return []
        try:
            quoted, inner = find_module(Path(self.app.confdir), f"{module}.{name}")
            lines = quoted.quote(inner).lines if inner else ()
            if inner and quoted.is_class(inner):
                lines = quoted.quote(inner, "head").lines
        except (QuoteError, SyntaxError):
            return []
        homes = homes_of_lines(self.env, quoted.name)
        first: dict[str, Home] = {}
        for line in lines:
            for home in homes.get(line, []):
                first.setdefault(home.docname, home)
        return list(first.values())


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the reference again at every build: any lesson may have become a home."""
    return sorted({entry.docname for entry in env.domains.python_domain.objects.values()})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.homes")
    app.add_post_transform(ExplainedIn)
    app.connect("env-updated", _rewrite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
