"""Read ``slides/lectures.toml``: which lessons have decks, and how many minutes they are planned.

The number of a lesson comes from where it stands in its module's contents, as in the book.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lesson:
    """What a deck needs to know about its lesson."""

    docname: str
    number: str
    title: str
    module: str
    module_title: str
    minutes: float
    next_title: str = ""
    next_url: str = ""


def read_list(path: Path) -> dict[str, float]:
    """Return the planned minutes of every lesson that has a deck, in order.

    Raises:
        ValueError: the list is not there, or an entry is not ``{ lesson, minutes }``.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["deck"]
        return {str(entry["lesson"]): float(entry["minutes"]) for entry in entries}
    except OSError as error:
        raise ValueError(str(error.strerror)) from error
    except (KeyError, TypeError, ValueError) as error:
        wanted = 'every [[deck]] needs lesson = "folder/name" and minutes = number'
        raise ValueError(f"{wanted} ({error})") from error


def decks(app: Sphinx) -> dict[str, float]:
    """Return the lecture list of this project, read once."""
    found: dict[str, float] | None = getattr(app, "lecture_list", None)
    if found is None:
        try:
            found = read_list(Path(app.confdir) / app.config.deck_list)
        except ValueError as error:
            logger.warning("lecture list %s: %s", app.config.deck_list, error)
            found = {}
        app.lecture_list = found  # type: ignore[attr-defined]
    return found


def lesson_of(app: Sphinx, docname: str) -> Lesson | None:
    """Return what is known about a lesson, or None if it has no deck."""
    listed = decks(app)
    if docname not in listed or docname not in app.env.titles:
        return None
    env = app.env
    folder = docname.rpartition("/")[0]
    index = f"{folder}/index" if folder else "index"
    order = [name for name in env.toctree_includes.get(index, []) if name != index]
    place = order.index(docname) + 1 if docname in order else list(listed).index(docname) + 1
    module = folder.rpartition("/")[2].split("-")[0]
    module_title = env.titles[index].astext() if index in env.titles else folder
    for separator in (": ", " · ", ". ", " — "):
        if separator in module_title and module_title[:1] in "M0123456789":
            module_title = module_title.partition(separator)[2]
            break
    later = [name for name in listed if name in env.titles]
    later = later[later.index(docname) + 1 :]
    next_title = env.titles[later[0]].astext() if later else ""
    next_url = ""
    if later:
        next_url = later[0].rpartition("/")[2] + ".html"
        if later[0].rpartition("/")[0] != folder:
            next_url = "../" * docname.count("/") + later[0] + ".html"
    return Lesson(
        docname,
        f"{module}.{place}" if module.isdigit() else str(place),
        env.titles[docname].astext(),
        module,
        module_title,
        listed[docname],
        next_title,
        next_url,
    )
