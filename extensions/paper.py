"""What paper needs in the finished text: page numbers where they help, and only there.

A link on paper ends in its page. In a signature of the reference three of them would bury the
names, so there they are left out; and a page within brackets needs no brackets of its own:
(Slopes, page 89) and not (Slopes (page 89)).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

DOUBLE = re.compile(r" \((\\autopageref\*\{\\detokenize\{[^{}]*\}\})\)\)")


class BareSignatures(SphinxPostTransform):
    """Takes the links out of signatures."""

    builders = ("latex",)
    default_priority = 900  # when all links have been made

    def run(self, **kwargs: Any) -> None:
        """Do so."""
        for signature in self.document.findall(addnodes.desc_signature):
            for link in list(signature.findall(nodes.reference)):
                link.parent.replace(link, link.children)


def one_pair_of_brackets(app: Sphinx, problem: Exception | None) -> None:
    """Write the page of a link within brackets without its own."""
    if problem or app.builder.name != "latex":
        return
    for name in (document[1] for document in app.config.latex_documents):
        path = Path(app.outdir, name)
        text = path.read_text(encoding="utf-8")
        path.write_text(DOUBLE.sub(r", \1)", text), encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_post_transform(BareSignatures)
    app.connect("build-finished", one_pair_of_brackets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
