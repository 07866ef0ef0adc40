"""Make the reference's signatures readable where a dataclass makes a default by a factory.

Python shows such a default as ``<factory>``, which Sphinx cannot read as Python: it would cut the
signature at every comma. An ellipsis can be read by both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _process(
    app: Sphinx, what: str, name: str, thing: object, options: object,
    signature: str | None, returned: str | None,
) -> tuple[str, str | None] | None:  # fmt: skip
    if signature and "<factory>" in signature:
        return signature.replace("<factory>", "..."), returned
    return None


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-signature", _process)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
