"""One style sheet and two scripts out of all that the theme and the extensions bring to a page.

One by one they are twenty requests. Joined in the order in which the page names them they do the
same; what was written for this book stays apart. The theme's icon font stays behind: ``book.css``
draws the icons that are used.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

APART = (
    "book.css",
    "live/",
    "pygments.css",
)  # the book's own, and what the theme writes at the end
# What the theme's layout would load by itself, around the files that Sphinx knows.
FIRST = ("basic.css", "styles/pydata-sphinx-theme.css")
LAST = ("scripts/bootstrap.js", "scripts/pydata-sphinx-theme.js")
UNUSED = ("scripts/fontawesome.js*", "vendor/fontawesome/webfonts/*", "**/*.map")

ICONS = re.compile(
    r"@font-face\s*\{[^}]*Font Awesome[^}]*\}|(?:\.fa-[\w-]+,?)+\{--fa:\"[^\"]*\"\}"
    r"|/\*# sourceMappingURL=.*?\*/|@charset \"[^\"]*\";"
)
_written: set[Path] = set()
ADDRESS = re.compile(r"url\((['\"]?)(?!data:|#|/|[a-z]+:)([^'\")]+)\1\)")


def sheet(static: Path, name: str) -> str:
    """Return a style sheet without the icon font, its addresses as seen from ``static``."""
    text = ICONS.sub("", (static / name).read_text(encoding="utf-8"))
    folder = posixpath.dirname(name)
    return ADDRESS.sub(lambda m: f"url({posixpath.normpath(posixpath.join(folder, m[2]))})", text)


def script(static: Path, name: str) -> str:
    """Return a script; the semicolon ends it, and keeps its "use strict" from all after it."""
    text = (static / name).read_text(encoding="utf-8")
    return ";" + re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)


def pack(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Have a page name the joined files instead of their parts."""
    if app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    sheets = sorted(context["css_files"], key=lambda one: one.priority)
    theirs = [one for one in sheets if _known(one)]
    first = FIRST if _all(static, FIRST) else ()
    names = list(dict.fromkeys([*first, *map(_name, theirs)]))
    joined = theirs[:1] and [type(theirs[0])(join(static, names, ".css", sheet), priority=0)]
    context["css_files"] = [*joined, *(one for one in sheets if one not in theirs)]

    scripts = sorted(context["script_files"], key=lambda one: one.priority)
    theirs = [
        one for one in scripts if _known(one) and not {"defer", "async"} & set(one.attributes)
    ]
    if theirs:
        kind = type(theirs[0])
        first = kind(join(static, [_name(one) for one in theirs], ".js", script), priority=0)
        rest = [one for one in scripts if one not in theirs]
        last = [kind(join(static, list(LAST), ".js", script), priority=400, defer="defer")]
        context["script_files"] = [first, *(last if _all(static, LAST) else []), *rest]


def join(static: Path, names: list[str], ending: str, read: Callable[[Path, str], str]) -> str:
    """Write the joined file, each set of parts once a build, and return its place."""
    mark = hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]
    path = static / f"packed-{mark}{ending}"
    if path not in _written:
        if missing := [name for name in names if not (static / name).is_file()]:
            raise ExtensionError(f"a page names {', '.join(missing)}, which is not there yet")
        parts = [read(static, name) for name in names]
        path.write_text("\n".join(parts), encoding="utf-8", newline="\n")
        _written.add(path)
    return f"_static/{path.name}"


def _name(one: Any) -> str:
    """Return a file's place below ``_static``."""
    return str(one.filename).partition("?")[0].removeprefix("_static/")


def _known(one: Any) -> bool:
    return (
        bool(one.filename) and "://" not in str(one.filename) and not _name(one).startswith(APART)
    )


def _all(static: Path, names: tuple[str, ...]) -> bool:
    return all((static / name).is_file() for name in names)


def tidy(app: Sphinx, problem: Exception | None) -> None:
    """Take away what no page loads."""
    if problem or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    for pattern in UNUSED:
        for path in static.glob(pattern):
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("builder-inited", lambda app: _written.clear())
    app.connect("html-page-context", pack, priority=900)  # when all have named their files
    app.connect("build-finished", tidy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
