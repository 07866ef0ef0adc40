"""The book without a network: a service worker beside the pages, and on each page its registration.

``live/offline.js`` is the worker. It gets a hash of every file of the built book, so that each
build has a cache of its own, and the list of what Python loads on a page.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

WORKER = Path(__file__).parent.parent / "live" / "offline.js"
# Pages from files, and old or distrustful browsers, have no service workers.
REGISTER = """
<script>
if ("serviceWorker" in navigator && location.protocol.startsWith("http")) addEventListener("load", () => {
  const workers = navigator.serviceWorker;
  workers.addEventListener("controllerchange", () => { // what came before it took over
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    workers.controller?.postMessage({ keep: [location.origin + location.pathname, ...loaded] });
  });
  workers.register(%s).catch(() => { /* the book works without */ });
});
</script>
"""  # noqa: E501


def register(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Have a page register the worker."""
    if app.builder.name == "html":
        address = context["pathto"]("offline.js", 1)
        context["metatags"] = context.get("metatags", "") + REGISTER % json.dumps(address)


def book_hash(folder: Path) -> str:
    """Return a hash of the names and bytes of all that a browser may ask for."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / "offline.js":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def write_worker(app: Sphinx, error: Exception | None) -> None:
    """Write the worker when all else is written."""
    if error or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    live = sorted((folder / "_static" / "live").rglob("*"))
    python = [path.relative_to(folder).as_posix() for path in live if path.is_file()]
    head = f"const BOOK = {json.dumps(book_hash(folder))};\nconst PYTHON = {json.dumps(python)};\n"
    text = head + WORKER.read_text(encoding="utf-8")
    (folder / "offline.js").write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("html-page-context", register)
    app.connect("build-finished", write_worker, priority=999)  # after all who copy files
    return {"parallel_read_safe": True, "parallel_write_safe": True}
