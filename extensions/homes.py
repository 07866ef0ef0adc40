"""Remember which lesson is home to which lines of the program, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class Home:
    """A listing that explains lines.

    Attributes:
        docname: the lesson.
        source_line: where the listing stands in the lesson's source.
        anchor: its id on the lesson's page.
        module: the module quoted.
        lines: the lines of the module it shows.
    """

    docname: str
    source_line: int
    anchor: str
    module: str
    lines: tuple[int, ...]


def homes(env: BuildEnvironment) -> dict[str, list[Home]]:
    """Return the homes that each page gives."""
    if not hasattr(env, "listing_homes"):
        env.listing_homes = {}  # type: ignore[attr-defined]
    return env.listing_homes  # type: ignore[attr-defined, no-any-return]


def homes_of_lines(env: BuildEnvironment, module: str) -> dict[int, list[Home]]:
    """Return the homes of each line of a module; there should be one each."""
    found: dict[int, list[Home]] = {}
    for docname in sorted(homes(env)):
        for home in homes(env)[docname]:
            for line in home.lines if home.module == module else ():
                found.setdefault(line, []).append(home)
    return found


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    homes(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: Any) -> None:
    homes(env).update({k: v for k, v in homes(other).items() if k in docnames})


def title_of(env: BuildEnvironment, docname: str) -> str:
    """Return a page's title as text."""
    return env.titles[docname].astext() if docname in env.titles else docname


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
