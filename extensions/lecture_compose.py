"""Compose a deck out of the slides of other decks: a module, an hour, a term.

It works on the HTML that the lessons' decks were just written with, so that a list never shows
anything else than they do. Ids get the lesson's name in front, page numbers are counted anew and
the minutes are those of the list.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .lecture_list import Entry, Extra, Lecture, Lesson, Settings
from .lecture_nodes import FOOT

COLUMN = "<section>\n"
MINUTES = re.compile(r'(<span class="minutes"> \()[^)]*( min\)</span>)')


@dataclass(frozen=True)
class Shown:
    """One slide as HTML."""

    text: str

    def _find(self, pattern: str) -> str:
        found = re.search(pattern, self.text, re.DOTALL)
        return found[1] if found else ""

    @property
    def kinds(self) -> list[str]:
        """Its classes."""
        return self._find(r'^<section[^>]* class="([^"]*)"').split()

    @property
    def seconds(self) -> int:
        """How long it is planned to be shown."""
        return int(self._find(r'^<section[^>]* data-timing="(\d+)"') or 0)

    @property
    def title(self) -> str:
        """Its title, without the number of the part."""
        words = re.sub(r'<span class="part">.*?</span>', "", self._find(r"<h[12][^>]*>(.*?)</h"))
        return " ".join(html.unescape(re.sub(r"<[^>]*>", "", words)).split())

    def named(self, wanted: Iterable[str]) -> bool:
        """Say whether its title or one of its ids is among those wanted."""
        ids = re.findall(r' id="([^"]*)"', self.text.partition('<aside class="notes">')[0])
        return bool({self.title, *ids} & set(wanted))

    def timed(self, seconds: int) -> Shown:
        """Return it with other minutes."""
        minutes = f"{seconds / 60:g}".replace(".5", "½").replace("0½", "½")
        text = re.sub(r' data-timing="\d+"', f' data-timing="{seconds}"', self.text, count=1)
        return Shown(MINUTES.sub(rf"\g<1>{minutes}\g<2>", text, count=1))

    def moved(self, lesson: Lesson) -> Shown:
        """Return it with ids and addresses that hold in another deck."""
        folder, _, name = lesson.docname.rpartition("/")
        pieces = re.split(r"(<svg\b.*?</svg>)", self.text, flags=re.DOTALL)
        for number, piece in enumerate(pieces):
            if piece.startswith("<svg"):
                continue
            piece = re.sub(r' id="([^"]*)"', rf' id="{name}-\1"', piece)
            piece = re.sub(r' href="#([^"]*)"', rf' href="#{name}-\1"', piece)
            pieces[number] = re.sub(
                r' href="(?![a-z]+:|#|\.\./)', f' href="../{folder}/' if folder else ' href="../',
                piece,
            )  # fmt: skip
        return Shown("".join(pieces))


@dataclass
class Composed:
    """A deck made of others."""

    columns: list[tuple[str, list[Shown]]] = field(default_factory=list)  # part's name, slides
    problems: list[str] = field(default_factory=list)

    @property
    def slides(self) -> list[Shown]:
        """All slides in order."""
        return [slide for _, column in self.columns for slide in column]

    def body(self) -> str:
        """Return the HTML, pages counted."""
        count, number, parts = len(self.slides), 0, []
        for part, column in self.columns:
            parts.append(f'<section data-part="{part}">\n' if part else COLUMN)
            for slide in column:
                number += 1
                parts.append(
                    re.sub(
                        r'<span class="page"><b>\d+</b> / \d+</span>',
                        f'<span class="page"><b>{number}</b> / {count}</span>',
                        slide.text,
                        count=1,
                    )
                )
            parts.append("</section>\n")
        return "".join(parts)


def columns_of(body: str) -> list[list[Shown]]:
    """Take the body of a lesson's deck apart into columns of slides."""
    found = []
    for column in body.split(COLUMN)[1:]:
        column = column.rstrip().removesuffix("</section>")
        found.append([Shown("<section " + s) for s in column.split("<section ")[1:]])
    return found


def body_of(path: Path) -> str:
    """Return the slides of a deck that was written."""
    text = path.read_text(encoding="utf-8")
    return text.partition('<div class="slides">\n')[2].partition("\n<!-- end of slides -->")[0]


def chosen(lecture: Lecture, entry: Entry, lesson: Lesson, body: str, spent: float = 0) -> Composed:
    """Return of a lesson what a list takes, in the minutes it gives, less those spent before."""
    made = Composed()
    columns = columns_of(body)
    every = [slide for column in columns for slide in column]
    for name in [*entry.sections, *entry.drop, *(extra.after for extra in entry.add)]:
        if name and not any(slide.named([name]) for slide in every):
            made.problems.append(f"{entry.lesson} has no slide with the id or title {name!r}")
    if entry.sections:
        columns = [c for c in columns if "opening" in c[0].kinds
                   or any(slide.named(entry.sections) for slide in c)]  # fmt: skip
        if "opening" in columns[0][0].kinds:
            columns[0] = columns[0][:1]
    kept = []
    for column in columns:
        left = [
            slide for slide in column
            if not slide.named(entry.drop) and (lecture.exercises or "now" not in slide.kinds)
            and (lecture.deeper or "deeper" not in slide.kinds)
        ]  # fmt: skip
        for extra in entry.add:
            places = [n for n, slide in enumerate(left) if slide.named([extra.after])]
            if places:
                left.insert(places[-1] + 1, added(extra, lesson))
        if left:
            kept.append(left)
    kept += [[added(extra, lesson)] for extra in entry.add if not extra.after]
    if entry.minutes is not None:
        kept = retimed(kept, entry.minutes - spent)
    made.columns = [("", [slide.moved(lesson) for slide in column]) for column in kept]
    return made


def retimed(columns: list[list[Shown]], minutes: float) -> list[list[Shown]]:
    """Share the minutes among all slides but the exercises, which have their own."""
    total = sum(s.seconds for c in columns for s in c if "now" not in s.kinds)
    done = shown = 0.0
    found = []
    for column in columns:
        found.append(list(column))
        for number, slide in enumerate(column):
            if "now" in slide.kinds or not total:
                continue
            done += slide.seconds * minutes * 60 / total
            seconds = max(30, round((done - shown) / 30) * 30)
            shown += seconds
            found[-1][number] = slide.timed(seconds)
    return found


def _slide(kind: str, title: str, inside: str, cue: str, notes: str, minutes: float,
           foot: dict[str, Any], above: str = "") -> Shown:  # fmt: skip
    """Return a slide that no lesson has."""
    level = "h1" if kind == "opening" else "h2"
    back = ' data-background-color="var(--deep)"' if kind == "opening" else ""
    words = html.escape(title)
    eyebrow = f'<p class="eyebrow">{html.escape(above)}</p>\n' if above else ""
    slide = Shown(
        f'<section class="slide {kind}" data-timing="{round(minutes * 60)}"{back}>'
        f'<div class="frame">\n{eyebrow}<{level}>{words}</{level}>\n'
        f'<div class="body">{inside}</div>\n{FOOT.format(number=0, count=0, **foot)}</div>\n'
        f'<aside class="notes">\n<p class="cue"><strong>{html.escape(cue)}</strong>'
        f'<span class="minutes"> (0 min)</span></p>\n{notes}</aside>\n</section>\n'
    )
    return slide.timed(round(minutes * 60))


def added(extra: Extra, lesson: Lesson) -> Shown:
    """Return a slide that the list itself holds."""
    inside = "".join(f'<p class="task">{html.escape(words)}</p>\n' for words in extra.text)
    words = extra.notes.split()
    cue = extra.notes if 0 < len(words) <= 25 else extra.title
    notes = f"<p>{html.escape(extra.notes or 'A slide of the lecture list.')}</p>\n"
    foot = {
        "book": "../../html/" + lesson.docname + ".html",
        "lesson": f"{lesson.number} {lesson.title}",
    }
    return _slide("plain", extra.title, inside, cue, notes, extra.minutes, foot)


def compose(
    lecture: Lecture, lessons: dict[str, Lesson], bodies: dict[str, str], book: str, project: str
) -> Composed:
    """Return the deck of a lecture list."""
    made = Composed()
    foot = {"book": f"{book}index.html", "lesson": project}
    question = f'<p class="question">{html.escape(lecture.about)}</p>'
    names = [[lessons[e.lesson].title for e in p.entries if e.lesson in lessons]
             for p in lecture.parts]  # fmt: skip
    told = "".join(f"<p>{html.escape('; '.join(part))}.</p>\n" for part in names)
    opening = _slide("opening", lecture.title, question, "Welcome. This is what we shall see.",
                     told, 1, foot, project)  # fmt: skip
    made.columns.append(("", [opening]))
    spent = 1  # minutes of the slides that belong to no lesson
    for part, titles in zip(lecture.parts, names, strict=True):
        name = part.name if len(lecture.parts) > 1 else ""
        if name:
            items = "".join(f"<li>{html.escape(title)}</li>\n" for title in titles)
            inside = f'<ol class="size-34">\n{items}</ol>\n'
            cue = f"Today we have {len(titles)} things to understand."
            slide = _slide("plain", part.title, inside, cue, "<p>The lessons in their order.</p>\n",
                           1, foot, lecture.title)  # fmt: skip
            made.columns.append((name, [slide]))
            spent += 1
        for entry in part.entries:
            if entry.lesson not in bodies:
                made.problems.append(f"{entry.lesson} has no deck")
                continue
            found = chosen(lecture, entry, lessons[entry.lesson], bodies[entry.lesson], spent)
            spent = 0
            made.problems += found.problems
            made.columns += [(name, column) for _, column in found.columns]
    hidden = ' data-visibility="hidden"'
    for number, (name, column) in enumerate(made.columns):
        made.columns[number] = name, [Shown(s.text.replace(hidden, "", 1)) for s in column]
    return made


def signed(body: str, settings: Settings, root: str) -> str:
    """Put the speaker's name, the date and the logo on the title slide."""
    words = " · ".join(html.escape(part) for part in (settings.name, settings.date) if part)
    logo = ""
    if settings.logo:
        alt = html.escape(f"Logo of {settings.name or 'the lecturer'}")
        logo = f'<img class="logo" src="{root}_static/{Path(settings.logo).name}" alt="{alt}">'
    if not words and not logo:
        return body
    before, foot, after = body.partition('<footer class="foot">')
    return f'{before}<p class="by">{logo}<span>{words}</span></p>\n{foot}{after}'
