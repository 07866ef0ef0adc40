"""The book's letters: Source Serif, Sans and Code, served by the book itself.

They come from the packages that ``extensions/assets`` pins. Only the files that the book's style
sheet names are copied, with their licences.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from .fetched import packages

FAMILIES = {
    "source-serif-4": ("latin-opsz-normal", "latin-opsz-italic", "greek-opsz-normal"),
    "source-sans-3": ("latin-wght-normal", "latin-wght-italic", "greek-wght-normal"),
    "source-code-pro": ("latin-wght-normal", "latin-wght-italic", "greek-wght-normal"),
}


def bring(app: Sphinx) -> None:
    """Copy the letters to where Sphinx takes static files from."""
    if app.builder.name not in ("html", "dirhtml", "singlehtml"):
        return
    folder = Path(app.doctreedir, "letters-static")
    shutil.rmtree(folder, ignore_errors=True)
    for family, cuts in FAMILIES.items():
        source = packages() / "@fontsource-variable" / family
        target = folder / "letters"
        target.mkdir(parents=True, exist_ok=True)
        for cut in cuts:
            shutil.copyfile(
                source / "files" / f"{family}-{cut}.woff2", target / f"{family}-{cut}.woff2"
            )
        shutil.copyfile(source / "LICENSE", target / f"{family}-LICENSE.txt")
    app.config.html_static_path.append(str(folder))


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.connect("builder-inited", bring)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
