"""Let a drawing of the program lead to the lessons: ``{drawing} LESSON.FUNCTION`` with ``:lines:``.

The figure gives what it draws for line N of the 200 the name ``line-N`` (matplotlib's ``set_gid``).
On a web page each run of lines with the same home becomes one link to that lesson, which a keyboard
reaches like any other. Paper and slides show the same drawing without links.
"""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import TYPE_CHECKING

from microgpt import single_file

from .homes import Home, title_of
from .whole_program import homes_of_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

NAMED = re.compile(r'<g id="line-(\d+)">\s*(.*?)\s*</g>\s*', re.DOTALL)


def pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that show the program as a map."""
    if not hasattr(env, "program_map_pages"):
        env.program_map_pages = set()  # type: ignore[attr-defined]
    return env.program_map_pages  # type: ignore[attr-defined, no-any-return]


def linked(svg: str, builder: Builder, here: str) -> str:
    """Turn the named groups of a figure into links from the page ``here`` to the lines' homes."""
    lines = single_file.line_map(docstrings=False)
    found = list(NAMED.finditer(svg))
    pieces, end = [], 0

    def home(match: re.Match[str]) -> Home | None:
        return next(iter(homes_of_line(builder.env, lines[int(match[1]) - 1])), None)

    def lesson(match: re.Match[str]) -> str:
        at = home(match)
        return at.docname if at else ""

    for docname, group in groupby(found, lesson):
        run = list(group)
        at = home(run[0])
        drawn = "\n".join(match[2] for match in run)
        if at:
            words = f"{title_of(builder.env, docname)} ({spoken(run)})"
            address = f"{builder.get_relative_uri(here, docname)}#{at.anchor}"
            words, address = html.escape(words), html.escape(address)
            drawn = (
                f'<a href="{address}" aria-label="{words}">\n<title>{words}</title>\n{drawn}\n</a>'
            )
        pieces += [svg[end : run[0].start()], drawn, "\n"]
        end = run[-1].end()
    return "".join([*pieces, svg[end:]])


def spoken(run: list[re.Match[str]]) -> str:
    """Return "line 7", or "lines 9 to 11"."""
    first, last = run[0][1], run[-1][1]
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the map again at every build: any lesson may have become a line's home."""
    return sorted(pages(env))


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    pages(env).discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    pages(env).update(pages(other) & docnames)


def setup(app: Sphinx) -> dict[str, object]:
    """Register with Sphinx."""
    app.connect("env-updated", _rewrite)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
