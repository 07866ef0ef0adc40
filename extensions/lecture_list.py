"""Read ``slides/*.toml``: the lessons with decks and their minutes, and the lists made of them.

``lectures.toml`` names every lesson that has a deck and the minutes planned for it. Any other file
beside it is a lecture list: it selects lessons, or sections of them, for an hour or a term. The
number of a lesson comes from where it stands in its module's contents, as in the book.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
COLOURS = ("paper", "ink", "grey", "line", "wash", "teal", "deep", "amber", "amber-wash")


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


@dataclass(frozen=True)
class Settings:
    """Whose lecture it is, and how it looks."""

    name: str = ""
    date: str = ""
    logo: str = ""
    colours: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Extra:
    """A slide that a list adds: ``after`` is the id or title of the slide before it."""

    title: str
    text: list[str]
    notes: str = ""
    minutes: float = 1
    after: str = ""


@dataclass(frozen=True)
class Entry:
    """One lesson of a list: all of it, or some of its sections, in so many minutes."""

    lesson: str
    minutes: float | None = None
    sections: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    add: list[Extra] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """What is taught in one go: a week, a morning."""

    title: str
    entries: list[Entry]

    @property
    def name(self) -> str:
        """How an address names it: ``?part=week-3``."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


@dataclass(frozen=True)
class Lecture:
    """A lecture list."""

    name: str
    title: str
    about: str
    parts: list[Part]
    settings: Settings
    exercises: bool = True
    deeper: bool = False
    module: bool = False


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


def settings_of(given: dict[str, Any], usual: Settings | None = None) -> Settings:
    """Return the settings in a list; what it leaves out is as usual.

    Raises:
        ValueError: a colour that the theme does not have, or that is none.
    """
    usual = usual or Settings()
    colours = {**usual.colours, **given.get("colours", {})}
    for name, value in colours.items():
        if name not in COLOURS or not re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)):
            raise ValueError(f'colours: {name} = "{value}"; wanted is one of {", ".join(COLOURS)} '
                             'and a value like "#0b6b66"')  # fmt: skip
    words = {key: str(given.get(key, getattr(usual, key))) for key in ("name", "date", "logo")}
    return Settings(colours=colours, **words)


def read_lecture(path: Path, usual: Settings | None = None) -> Lecture:
    """Read a lecture list.

    Raises:
        ValueError: something in it is missing, misspelt or of the wrong type.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        known = {"title", "about", "exercises", "deeper", "part", "name", "date", "logo", "colours"}
        if unknown := set(given) - known:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        parts = []
        for part in given["part"]:
            entries = []
            for entry in part["lessons"]:
                entry = dict(entry) if isinstance(entry, dict) else {"lesson": entry}
                entry["add"] = [
                    Extra(**{**extra, "text": _list(extra["text"])})
                    for extra in entry.pop("add", [])
                ]
                entries.append(Entry(**entry))
            parts.append(Part(str(part.get("title", given["title"])), entries))
        return Lecture(
            path.stem, str(given["title"]), str(given["about"]), parts,
            settings_of(given, usual), bool(given.get("exercises", True)),
            bool(given.get("deeper", False)),
        )  # fmt: skip
    except KeyError as error:
        raise ValueError(f"{error} is missing") from error
    except (OSError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _list(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def lectures(app: Sphinx) -> list[Lecture]:
    """Return the lists of this project: one for each module, then the files of ``slides/``."""
    main = Path(app.confdir) / app.config.deck_list
    usual = usual_settings(app)
    modules: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for name in decks(app):
        lesson = lesson_of(app, name)
        if lesson is not None and lesson.module.isdigit():
            modules.setdefault(lesson.module, []).append(name)
            titles[lesson.module] = lesson.module_title
    found = [
        Lecture(f"module-{number}", titles[number], f"Module {number}, lesson by lesson.",
                [Part(titles[number], [Entry(name) for name in names])], usual, module=True)
        for number, names in modules.items()
    ]  # fmt: skip
    for path in sorted(main.parent.glob("*.toml")):
        if path == main or path.name == "pyproject.toml":
            continue
        try:
            found.append(read_lecture(path, usual))
        except ValueError as error:
            logger.warning("lecture list %s: %s", path.name, error)
    return found


def usual_settings(app: Sphinx) -> Settings:
    """Return the settings that hold where a list has none of its own."""
    found: Settings | None = getattr(app, "lecture_settings", None)
    if found is None:
        main = Path(app.confdir) / app.config.deck_list
        try:
            found = settings_of(tomllib.loads(main.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            logger.warning("lecture list %s: %s", app.config.deck_list, error)
            found = Settings()
        app.lecture_settings = found  # type: ignore[attr-defined]
    return found


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
