"""The book's letters: Source Serif, Sans and Code, served by the book itself.

They come from the packages that ``extensions/assets`` pins. Of each cut that the book's style sheet
names, the characters and weights that the book uses are copied, a third of its weight, with its
licence. A character that is not among them comes from the reader's machine.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from sphinx.application import Sphinx

from .fetched import ROOT, packages

FAMILIES = {
    "source-serif-4": ("latin-opsz-normal", "latin-opsz-italic", "greek-opsz-normal"),
    "source-sans-3": ("latin-wght-normal", "latin-wght-italic", "greek-wght-normal"),
    "source-code-pro": ("latin-wght-normal", "latin-wght-italic", "greek-wght-normal"),
}
AXES = {"wght": (400, 800), "opsz": 18}  # drawn for text of 18 px
# ASCII, the letters of western Europe, Greek; dashes, quotation marks, dots, arrows, signs
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x391, 0x3CA),
    *map(ord, "–—‘’“”„…•′⁰¹²³⁴⁻ᵢ←↑→↓↵∂∑∏−√∞∣≈≠≤≥⋅⋯■★"),
]
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "tnum", "lnum"]
NAMES = [0, 13, 14]  # copyright and licence; the cut may not call itself Source


def cut(source: Path, target: Path) -> None:
    """Write the part of a font that the book uses."""
    with TTFont(source) as font:
        options = subset.Options()
        options.layout_features = FEATURES
        options.name_IDs = NAMES
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        limits = {axis.axisTag: AXES[axis.axisTag] for axis in font["fvar"].axes}
        instancer.instantiateVariableFont(font, limits, inplace=True)
        font.flavor = "woff2"
        font.save(target, reorderTables=None)


def letters() -> Path:
    """Return the folder with the cuts; make them if this machine has not yet."""
    found = packages()
    choice = repr((found.parent.name, FAMILIES, AXES, CHARACTERS, FEATURES, NAMES))
    mark = hashlib.sha256(choice.encode()).hexdigest()[:16]
    folder = ROOT / "build" / "letters" / mark
    for family, cuts in FAMILIES.items():
        source = found / "@fontsource-variable" / family
        for name in (f"{family}-{one}.woff2" for one in cuts):
            if not (folder / name).is_file():
                folder.mkdir(parents=True, exist_ok=True)
                cut(source / "files" / name, folder / f"{name}.new")
                (folder / f"{name}.new").replace(folder / name)
        shutil.copyfile(source / "LICENSE", folder / f"{family}-LICENSE.txt")
    return folder


def bring(app: Sphinx) -> None:
    """Copy the letters to where Sphinx takes static files from."""
    if app.builder.name not in ("html", "dirhtml", "singlehtml"):
        return
    folder = Path(app.doctreedir, "letters-static")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(letters(), folder / "letters", ignore=shutil.ignore_patterns("*.new"))
    app.config.html_static_path.append(str(folder))


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.connect("builder-inited", bring)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
