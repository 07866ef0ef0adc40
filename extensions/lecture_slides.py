"""Turn a lesson into slides: what is shown stays, what is said becomes the speaker's notes.

Runs after everything else has been resolved and only for the deck builders, so that the book looks
as if this were not here. A section becomes a column of slides under its title. Code, formulas,
figures, tables, lists and key ideas are blocks; blocks fill a slide until it is full. Paragraphs
go to the notes of the slide whose block they lead to. Solutions are left out altogether.
"""

from __future__ import annotations

import copy
import doctest
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .examples import setup_block
from .lecture_code import (
    LINES,
    asked_steps,
    cut,
    cut_session,
    listing_lines,
    session_examples,
    steps_of,
)
from .lecture_list import Lesson, lesson_of
from .lecture_nodes import (
    LEAST,
    TITLE,
    WIDTH,
    code_lines,
    deck_box,
    deck_code,
    deck_column,
    deck_notes,
    deck_picture,
    deck_slide,
    deck_title,
    deck_words,
    height,
    table_parts,
    text_lines,
)
from .lecture_pictures import too_high
from .lecture_size import formula_width, grow
from .marks import mark

GAP = 22
NOTE_KINDS = ("note", "tip", "hint", "seealso", "attention", "caution", "important", "warning")
DROPPED = (
    "solution_node", "comment", "index", "pending", "sidebar", "Margin", "system_message",
    "substitution_definition", "toctree", "target", "highlightlang", "raw", "transition",
)  # fmt: skip


@dataclass
class Slide:
    """A slide while it is being filled."""

    kind: str
    title: list[nodes.Node]
    blocks: list[nodes.Element] = field(default_factory=list)
    notes: list[nodes.Node] = field(default_factory=list)
    eyebrow: str = ""
    ids: list[str] = field(default_factory=list)
    anchor: str = ""
    part: tuple[int, int] = (1, 1)
    minutes: float = 0
    cue: str = ""
    fixed: float = 0  # minutes that the lesson itself names
    spare: deck_words | None = None  # a sentence for a slide that would be bare
    silence: str = (
        "Go through it line by line; the lesson explains it on the slides around this one."
    )

    @property
    def room(self) -> float:
        """How high the body may be."""
        text = "".join(node.astext() for node in self.title)
        lines = text_lines(text, TITLE, WIDTH - 80, bold=True)  # 80: the part's number
        return 720.0 - 40 - lines * 51 - 24 - 64 - (40 if self.eyebrow else 0)

    @property
    def used(self) -> float:
        """How high the blocks are together, gaps included."""
        return sum(height(block) + GAP for block in self.blocks) - GAP if self.blocks else 0

    def takes(self, block: nodes.Element) -> bool:
        """Say whether another block fits, in height and in lines of code."""
        lines = sum(map(all_code_lines, self.blocks)) + all_code_lines(block)
        return lines <= LINES and self.used + GAP + height(block) <= self.room

    def takes_both(self, lead: nodes.Element, block: nodes.Element) -> bool:
        """Say whether a block still fits with the line that leads to it."""
        return self.used + 2 * GAP + height(lead) + height(block) <= self.room


def all_code_lines(node: nodes.Element) -> int:
    """Return the lines of code in a block and in what it holds."""
    return sum(code_lines(code) for code in node.findall(deck_code))


def kind_of(node: nodes.Node) -> str:
    """Name what a node is, ours and others' alike."""
    name = type(node).__name__
    classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
    for ours in ("predict", "answer", "wrong", "key", "where", "mermaid", "listing"):
        if name in (ours, f"{ours}_node", f"{ours}_box") or f"{ours}-box" in classes:
            return ours
    for ours in ("predict", "answer", "wrong", "key", "where", "listing"):
        if ours in classes:
            return ours
    return name


def sentences(paragraph: nodes.Element) -> list[list[nodes.Node]]:
    """Take a paragraph apart into sentences: one a source line, markup kept."""
    found: list[list[nodes.Node]] = [[]]
    for child in paragraph.children:
        if isinstance(child, nodes.Text):
            pieces = re.split(r"\n|(?<=[.!?]) +(?=[A-Z])", child.astext())
            for number, piece in enumerate(pieces):
                if number:
                    found.append([])
                if piece:
                    found[-1].append(nodes.Text(piece))
        else:
            found[-1].append(child)
    return [sentence for sentence in found if text_of(sentence).strip()]


def text_of(parts: list[nodes.Node]) -> str:
    """Return the words of some nodes."""
    return "".join(part.astext() for part in parts)


def parted(said: list[nodes.Node]) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """Part what is said between two slides: the end leads to the second, the rest ends the first.

    A lone paragraph is parted before its last sentence.
    """
    if len(said) > 1 or not said or not isinstance(said[0], nodes.paragraph):
        return said[:-1], said[-1:]
    spoken = sentences(said[0])
    if len(spoken) < 2:
        return [], said
    first, last = said[0].copy(), nodes.paragraph()
    for number, sentence in enumerate(spoken):
        part = last if number == len(spoken) - 1 else first
        part.extend([*map(clean, sentence), nodes.Text("\n")])
    return [first], [last]


def stepwise(node: nodes.Element) -> None:
    """Let the items of lists and the rows of tables inside a mark appear one at a time."""
    for item in node.findall(nodes.list_item):
        item["classes"].append("fragment")
    for body in node.findall(nodes.tbody):
        for row in body.findall(nodes.row):
            row["classes"].append("fragment")


def words(text: str) -> int:
    """Count words."""
    return len(text.split())


def clean(node: nodes.Node) -> nodes.Node:
    """Copy a node without ids, so that it can stand twice in a deck."""
    twin = node.deepcopy() if isinstance(node, nodes.Element) else copy.copy(node)
    if isinstance(twin, nodes.Element):
        for element in [twin, *twin.findall(nodes.Element)]:
            element["ids"] = []
            element["names"] = []
    return twin


def runnable(section: nodes.Element) -> list[nodes.Element]:
    """Return what runs in a lesson, in order: examples and hidden set-up, solutions left out."""
    found: list[nodes.Element] = []
    for child in section.children:
        if kind_of(child) == "solution_node" or not isinstance(child, nodes.Element):
            continue
        if isinstance(child, setup_block) or "tested" in child:
            found.append(child)
        found += runnable(child)
    return found


def live_blocks(
    docname: str, runs: list[nodes.Element], shown: list[deck_code]
) -> list[dict[str, object]]:
    """Return the blocks of a deck that can be run, each on its slide, as ``live/`` wants them.

    What no slide shows runs hidden, so that the rest finds its names.
    """
    blocks: list[dict[str, object]] = []
    for node in runs:
        pieces = [piece for piece in shown if piece.get("from") is node]
        for piece in pieces:
            whole = [example.whole for example in piece["examples"] if example.whole]
            if not whole:
                continue
            piece["lesson"], piece["number"] = docname, len(blocks)
            blocks.append(block_of("".join(whole)))
        if not pieces:
            source = node["source"] if isinstance(node, setup_block) else (
                str(block_of(node["tested"] + "\n")["code"]))  # fmt: skip
            blocks.append({"source": source, "hidden": True, "session": ""})
    return blocks


def block_of(source: str) -> dict[str, object]:
    """Return a block that a reader can run and edit."""
    examples = doctest.DocTestParser().get_examples(source)
    code = "".join(example.source for example in examples)
    return {"source": source, "code": code, "hidden": False, "session": ""}


class Start(Protocol):
    """Begin a slide."""

    def __call__(self, kind: str, heading: list[nodes.Node], eyebrow: str = "") -> Slide:
        """Return the new slide."""


class LectureTransform(SphinxPostTransform):
    """Rearrange a lesson into columns of slides."""

    default_priority = 900
    builders = ("revealjs", "dirrevealjs")

    def run(self, **kwargs: object) -> None:
        """Replace the document's sections by columns."""
        lesson = lesson_of(self.app, self.env.docname)
        section = next(self.document.findall(nodes.section), None)
        if lesson is None or section is None:
            return
        deck = Deck(lesson, self.app.config.deck_book_url)
        runs = runnable(section)
        columns = deck.columns(section)
        self.document.children = []
        self.document += columns
        self.env.lecture_decks[self.env.docname] = deck.facts()  # type: ignore[attr-defined]
        if "extensions.live" not in self.app.extensions:
            return
        blocks = live_blocks(lesson.docname, runs, list(self.document.findall(deck_code)))
        self.env.lecture_blocks[self.env.docname] = blocks  # type: ignore[attr-defined]


class Deck:
    """All slides of a lesson."""

    def __init__(self, lesson: Lesson, book: str) -> None:
        self.lesson = lesson
        depth = lesson.docname.count("/")
        self.page = "../" * depth + book + lesson.docname + ".html"
        self.where: list[nodes.Element] = []
        self.where_notes: list[nodes.Node] = []
        self.where_ids: list[str] = []
        self.where_anchor = ""
        self.slides: list[list[Slide]] = []

    # Sections

    def columns(self, section: nodes.section) -> list[nodes.Element]:
        """Return the columns: title, sections, exercises, the map."""
        subsections = [node for node in section.children if isinstance(node, nodes.section)]
        intro = [node for node in section.children if not isinstance(node, nodes.section)]
        self.slides.append(self.opening(section, intro))
        for part in subsections:
            slides = self.section(part)
            if slides:
                self.slides.append(slides)
        self.slides.append([self.closing()])
        self.time()
        return [self.write_column(column) for column in self.slides]

    def opening(self, section: nodes.section, intro: list[nodes.Node]) -> list[Slide]:
        """Return the title slide and what comes before the first heading."""
        title = next(iter(section.findall(nodes.title)))
        given = [each for each in intro
                 if isinstance(each, mark) and each["what"] == "deck-only"]  # fmt: skip
        intro = [node for node in intro if node not in given]
        paragraphs = [node for node in intro if isinstance(node, nodes.paragraph)]
        spoken = [sentence for node in paragraphs for sentence in sentences(node)]
        asked = [s for s in spoken if text_of(s).strip().endswith("?")][-3:]
        quoted = [s for s in spoken if text_of(s).strip().rstrip("”\"'").endswith("?")][-1:]
        while sum(len(text_of(s)) for s in asked) > 230:
            asked = asked[1:]
        told = [s for s in spoken if text_of(s).rstrip().endswith((".", "!", "”", '"'))]
        own = [sentence for each in given for paragraph in each.findall(nodes.paragraph)
               for sentence in sentences(paragraph)]  # fmt: skip
        questions = own or asked or quoted or told[-1:] or spoken[:1]
        first = Slide("opening", list(title.children), ids=section["ids"][:1])
        first.anchor = section["ids"][0] if section["ids"] else ""
        first.eyebrow = f"Module {self.lesson.module} · {self.lesson.module_title}"
        for question in questions:
            first.blocks.append(deck_words([clean(n) for n in question], "question"))
        rest = self.fill(list(title.children), intro, first.anchor)
        if rest and rest[0].blocks[0]["classes"] != ["statement"]:
            rest[0].notes, lead = self.split_lead(rest[0].notes)
            first.notes, rest[0].notes = rest[0].notes, lead
            return [first, *rest]
        first.notes = [note for slide in rest for note in slide.notes]
        return [first]

    @staticmethod
    def split_lead(notes: list[nodes.Node]) -> tuple[list[nodes.Node], list[nodes.Node]]:
        """Split off the last paragraph: it leads to the block that follows."""
        if len(notes) > 1:
            return notes[:-1], notes[-1:]
        return notes, []

    def section(self, section: nodes.section) -> list[Slide]:
        """Return the slides of a section and of the sections inside it."""
        title = next(iter(section.findall(nodes.title)))
        name = title.astext().strip().lower()
        anchor = section["ids"][0] if section["ids"] else ""
        inside = [node for node in section.children if isinstance(node, nodes.section)]
        content = [n for n in section.children if not isinstance(n, nodes.section | nodes.title)]
        content = self.without_where(section, content)
        if name in ("sources", "further reading", "references"):
            return []
        slides = self.fill(list(title.children), content, anchor, name)
        if not slides and not inside and name != "exercises":
            return []
        if slides and not any(slide.title == list(title.children) for slide in slides):
            for slide in slides:
                if slide.kind.startswith("wrong"):
                    slide.eyebrow += f": {text_of(slide.title)}"
                    slide.title = list(title.children)
        for number, slide in enumerate(slides):
            slide.anchor = slide.anchor or anchor
            if number == 0:
                slide.ids = section["ids"] or slide.ids
        for part in inside:
            slides += self.section(part)
        return slides

    def without_where(self, section: nodes.section, content: list[nodes.Node]) -> list[nodes.Node]:
        """Keep the map, and the words below it, for the last slide; return what stands above."""
        for number, node in enumerate(content):
            found = [e for e in node.findall(nodes.Element) if kind_of(e) == "where"]
            if found:
                self.where = found
                after = number + 1
                while after < len(content) and isinstance(content[after], nodes.paragraph):
                    self.where_notes.append(content[after])
                    after += 1
                above = [*content[:number], *content[after:]]
                if not any(isinstance(e, nodes.Element) for e in self.flatten(above)):
                    self.where_ids = section["ids"]
                    return []
                self.where_anchor = section["ids"][0] if section["ids"] else ""
                return above
        return content

    def closing(self) -> Slide:
        """Return the last slide: the map, and the lesson that comes next."""
        slide = Slide("where", [nodes.Text("Where we are")], ids=self.where_ids)
        slide.anchor = self.where_ids[0] if self.where_ids else self.where_anchor
        slide.notes = list(self.where_notes)
        if self.where:
            slide.blocks.append(deck_box("", *self.where, classes=["map"]))
        for note in self.where_notes[:1]:
            said = sentences(note)[:2]  # type: ignore[arg-type]
            parts = [n for s in said for n in [*map(clean, s), nodes.Text(" ")]]
            if parts and len(text_of(parts)) < 230:
                slide.blocks.append(deck_words(parts, "after"))
        if self.lesson.next_title:
            link = nodes.reference("", self.lesson.next_title, internal=True)
            link["refuri"] = self.lesson.next_url
            slide.blocks.append(deck_words([nodes.Text("Next: "), link], "ahead"))
        if len(slide.blocks) < 2:
            link = nodes.reference("", self.lesson.title, refuri=self.page, internal=True)
            slide.blocks.append(deck_words([nodes.Text("In the book: "), link], "ahead"))
        slide.cue = "This is the part of the model that we understand now."
        return slide

    # Blocks

    def flatten(self, content: list[nodes.Node]) -> Iterator[nodes.Element]:
        """Walk through wrappers that mean nothing on a slide, and leave out what is dropped."""
        for node in content:
            kind = kind_of(node)
            if kind in DROPPED or not isinstance(node, nodes.Element):
                continue
            if "book-only" in node.get("classes", []) or "margin" in node.get("classes", []):
                continue
            if kind == "mark" and node["what"] != "deeper":
                if node["what"] == "stepwise":
                    stepwise(node)
                if node["what"] != "book-only":
                    yield from self.flatten(list(node.children))
                continue
            code = list(node.findall(nodes.literal_block))
            plain = kind in ("container", "compound", "block_quote", "section", "topic")
            if kind == "container" and node.get("literal_block") and code:
                yield node
            elif plain:
                yield from self.flatten(list(node.children))
            else:
                yield node

    def fill(
        self, title: list[nodes.Node], content: list[nodes.Node], anchor: str, name: str = ""
    ) -> list[Slide]:
        """Fill as many slides as the content needs."""
        slides: list[Slide] = []
        waiting: list[nodes.Node] = []

        def start(kind: str, heading: list[nodes.Node], eyebrow: str = "") -> Slide:
            """Begin a slide; the last words before it lead to it, the others end the one before."""
            nonlocal waiting
            slide = Slide(kind, heading, eyebrow=eyebrow, anchor=anchor)
            if slides:
                ending, leading = parted(waiting)
                slides[-1].notes += ending
                slide.notes += leading
            else:
                slide.notes += waiting
            waiting = []
            slides.append(slide)
            return slide

        for node in self.flatten(content):
            kind = kind_of(node)
            if isinstance(node, nodes.title):
                continue
            if kind == "predict":
                self.predict(node, start, title)
            elif kind in ("exercise_node", "exercise_enumerable_node"):
                self.exercise(node, start)
            elif kind == "wrong":
                self.wrong(node, start)
            elif kind == "mark":
                self.deeper(node, start)
            elif blocks := self.blocks(node, name):
                for block in blocks:
                    shows = "figure" in block["classes"]
                    lead = None if shows else self.lead(waiting, block)
                    before = waiting
                    if slides and slides[-1].kind == "plain" and slides[-1].takes(block):
                        slides[-1].notes += waiting
                        waiting = []
                    else:
                        start("plain", title)
                    if lead and slides[-1].takes_both(lead, block):
                        slides[-1].blocks.append(lead)
                    elif not slides[-1].blocks:
                        slides[-1].spare = self.spare(before)
                    slides[-1].blocks.append(block)
                waiting += self.captions(node)
            else:
                waiting += self.said(node)
        if not slides and waiting:
            self.statement(start("plain", title))
        elif slides:
            slides[-1].notes += waiting
        for slide in slides:
            if [block["classes"] for block in slide.blocks] == [["key"]]:
                slide.blocks[0]["classes"] = ["key", "statement"]
        for slide in slides:
            bare = slide.blocks and "key" not in slide.blocks[0]["classes"]
            if slide.spare and bare and slide.used < 0.5 * slide.room:
                slide.blocks.insert(0, slide.spare)
            self.break_silence(slide)
        plain = [slide for slide in slides if slide.kind in ("plain", "plain reply")]
        for number, slide in enumerate(plain):
            slide.part = (number + 1, len(plain))
        return slides

    @staticmethod
    def break_silence(slide: Slide) -> None:
        """Say something where the lesson has no words of its own for a slide."""
        part = next((re.search(r"\((\d+) of (\d+)\)$", code["caption"])
                     for block in slide.blocks for code in block.findall(deck_code)
                     if code.get("caption")), None)  # fmt: skip
        if slide.notes or slide.cue:
            return
        if slide.eyebrow == "The answer":
            slide.cue = "Compare this with what you wrote down."
            slide.silence = "It answers the question on the slide before."
        elif part and part[1] != part[2]:
            slide.cue = "Read this part with me; the rest is on the next slide."
            slide.silence = "The explanation follows when all of the listing has been shown."

    @staticmethod
    def captions(node: nodes.Element) -> list[nodes.Node]:
        """Return what stands below a figure, to be said too."""
        if not any("figure" in type(e).__name__ for e in node.findall(nodes.figure)):
            return []
        said = [nodes.paragraph("", "", *c.children) for c in node.findall(nodes.caption)]
        return [*said, *(p for c in node.findall(nodes.legend) for p in c.findall(nodes.paragraph))]

    @staticmethod
    def lead(waiting: list[nodes.Node], block: nodes.Element, most: int = 150) -> deck_words | None:
        """Return the short sentence that leads to a block, to stand above it."""
        if not waiting or not isinstance(waiting[-1], nodes.paragraph):
            return None
        said = sentences(waiting[-1])
        if not said or len(text_of(said[-1])) > most:
            return None
        if "key" in block["classes"]:
            return None
        about_code = isinstance(block, deck_code) or "answer" in block["classes"]
        if about_code and not text_of(said[-1]).rstrip().endswith(":"):
            return None
        return deck_words([clean(node) for node in said[-1]], "lead")

    @staticmethod
    def spare(waiting: list[nodes.Node]) -> deck_words | None:
        """Return the sentence before a block, to stand above it if the slide would be bare."""
        said = [s for p in waiting[-1:] if isinstance(p, nodes.paragraph) for s in sentences(p)]
        if not said or not 20 < len(text_of(said[-1])) < 130:
            return None
        return deck_words([clean(node) for node in said[-1]], "lead")

    @staticmethod
    def statement(slide: Slide) -> None:
        """Put one sentence on a slide that would hold nothing but its title."""
        paragraphs = [node for node in slide.notes if isinstance(node, nodes.paragraph)]
        spoken = [sentence for node in paragraphs for sentence in sentences(node)]
        defined = [
            s
            for s in spoken
            if len(text_of(s)) < 220
            and any(isinstance(n, nodes.strong) or "definition" in n.get("classes", [])
                    for n in s if isinstance(n, nodes.Element))
        ]  # fmt: skip
        short = [s for s in spoken[:3] if 30 < len(text_of(s)) < 170]
        chosen = (defined or short or spoken or [[nodes.Text(slide.title[0].astext())]])[0]
        slide.blocks.append(deck_words([clean(node) for node in chosen], "statement"))
        slide.kind = "plain said"

    def said(self, node: nodes.Node) -> list[nodes.Node]:
        """Return what of a node goes to the notes."""
        if isinstance(node, nodes.paragraph):
            return [node]
        if isinstance(node, nodes.Element) and kind_of(node) in NOTE_KINDS:
            return [child for child in node.children if isinstance(child, nodes.paragraph)]
        if isinstance(node, nodes.Admonition | nodes.Body):
            return [p for p in node.findall(nodes.paragraph)]
        return []

    def blocks(self, node: nodes.Node, name: str = "") -> list[nodes.Element]:
        """Return what of a node is shown, cut into blocks that fit a slide."""
        kind = kind_of(node)
        if not isinstance(node, nodes.Element):
            return []
        if kind == "key":
            inside = [c for c in node.children if not isinstance(c, nodes.title)]
            box = deck_box("", *inside, classes=["key"], ids=node["ids"])
            return [box]
        if kind in ("picture", "mermaid", "figure", "image"):
            return [self.figure(node)]
        if isinstance(node, nodes.doctest_block | nodes.literal_block) or kind == "listing":
            return self.code(node)
        if kind == "container" and node.get("literal_block"):
            return self.code(node)
        if isinstance(node, nodes.math_block):
            return [self.formula(node)]
        if isinstance(node, nodes.table):
            return list(table_parts(node, 440))
        if isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            items = [item.astext() for item in node.children]
            long = [item for item in items if len(item) > (230 if "summary" in name else 150)]
            return [] if long else self.list_parts(node)
        if isinstance(node, nodes.definition_list):
            return [node] if height(node) < 440 else []
        return []

    @staticmethod
    def formula(node: nodes.math_block) -> nodes.math_block:
        """Set formulas beside each other below each other, if they are too wide together."""
        text = node.astext()
        parts = text.split(r"\qquad")
        if len(parts) < 2 or r"\\" in text or formula_width(text) <= 46:
            return node
        rows = r" \\[0.5em] ".join(part.strip() for part in parts)
        node.children = [nodes.Text(rf"\begin{{gathered}} {rows} \end{{gathered}}")]
        node.rawsource = node.astext()
        return node

    @staticmethod
    def list_parts(node: nodes.Element) -> list[nodes.Element]:
        """Cut a list that is too high in two."""
        if height(node) < 460 or len(node) < 4:
            return [node]
        half = (len(node) + 1) // 2
        first, second = node.deepcopy(), node.deepcopy()
        first.children, second.children = first.children[:half], second.children[half:]
        second["ids"] = []
        if isinstance(second, nodes.enumerated_list):
            second["start"] = node.get("start", 1) + half
        return [first, second]

    @staticmethod
    def figure(node: nodes.Element) -> nodes.Element:
        """Return a figure with its caption as one line below it."""
        box = deck_box("", classes=["figure"], ids=node["ids"])
        captions = list(node.findall(nodes.caption))
        ours = [e for e in node.findall(nodes.Element) if kind_of(e) in ("picture", "mermaid")]
        if ours:
            box += deck_picture("", of=ours[0], high=LEAST)
        else:
            picture = clean(node)
            for part in [*picture.findall(nodes.caption), *picture.findall(nodes.legend)]:
                part.parent.remove(part)
            box += picture
        if captions and not (ours and too_high(ours[0])):  # its words are in the notes as well
            shown: list[nodes.Node] = []
            for sentence in sentences(captions[0]):
                longer = [*shown, *map(clean, sentence), nodes.Text(" ")]
                if text_lines(text_of(longer), 24, WIDTH - 80) > 2:
                    break
                shown = longer
            if shown:
                box += deck_words(shown, "caption")
        return box

    def code(self, node: nodes.Element) -> list[nodes.Element]:
        """Return a listing or a session as blocks of at most twelve lines."""
        block = node
        if not isinstance(node, nodes.literal_block | nodes.doctest_block):
            found = [e for e in node.findall(nodes.Element) if isinstance(e, nodes.literal_block)]
            if not found:
                return []
            block = found[0]
        text = str(block.get("tested") or block.astext())
        caption = "".join(c.astext() for c in node.findall(nodes.caption))
        if text.lstrip().startswith(">>>"):
            made = [
                deck_code("", examples=group)
                for group in cut_session(session_examples(text), LINES)
                if group
            ]
            for piece in made if "tested" in block else []:
                piece["from"] = block
        else:
            language = block.get("language", "python")
            parts = cut(listing_lines(text), LINES)
            steps = [steps_of(part) if language == "python" else [] for part in parts]
            if "steps" in block:
                steps = asked_steps(text, block["steps"], parts)
            made = [
                deck_code("", lines=part, language=language, caption=caption, steps=chosen)
                for part, chosen in zip(parts, steps, strict=True)
            ]
            if len(made) > 1 and caption:
                for number, part in enumerate(made):
                    part["caption"] = f"{caption} ({number + 1} of {len(made)})"
        if made:
            made[0]["ids"] = list(node["ids"])
        return list(made)

    # Slides of their own

    def predict(self, node: nodes.Element, start: Start, title: list[nodes.Node]) -> None:
        """Make a question a slide, its answer a step of the same slide or the next."""
        children = list(self.flatten(list(node.children)))
        answers = [child for child in children if kind_of(child) == "answer"]
        question = [
            c for c in children if kind_of(c) != "answer" and not isinstance(c, nodes.title)
        ]
        asked = [c for c in question if isinstance(c, nodes.paragraph)]
        slide = start("predict", title, "Predict first")
        slide.cue = "Write your answer down before I show mine."
        shows = [block for c in question if not isinstance(c, nodes.paragraph)
                 for block in self.blocks(c)]  # fmt: skip
        slide.notes += asked
        if not shows:
            spoken = [s for p in asked for s in sentences(p)]
            text = " ".join(text_of(s) for s in spoken)
            shown = spoken if len(text) <= 330 else spoken[-2:]
            parts = [n for s in shown for n in [*map(clean, s), nodes.Text(" ")]]
            slide.blocks.append(deck_words(parts, "ask", "statement"))
        for child in question if shows else []:
            words_of_it = isinstance(child, nodes.paragraph)
            blocks = [deck_words([clean(n) for n in child.children], "task")] if words_of_it else (
                self.blocks(child))  # fmt: skip
            for block in blocks:
                if not slide.takes(block):
                    slide = start("predict", title, "Predict first")
                    slide.cue = "Write your answer down before I show mine."
                slide.blocks.append(block)
        for answer in answers:
            self.answer(answer, slide, start, title)

    def answer(
        self, node: nodes.Element, slide: Slide, start: Start, title: list[nodes.Node]
    ) -> None:
        """Show the answer at a click: its first sentence and its code."""
        inside = [c for c in self.flatten(list(node.children)) if not isinstance(c, nodes.title)]
        paragraphs = [c for c in inside if isinstance(c, nodes.paragraph)]
        first: list[nodes.Element] = []
        if paragraphs:
            said = sentences(paragraphs[0])
            chosen = said[:2] if len(text_of([n for s in said[:2] for n in s])) < 170 else said[:1]
            parts = [n for s in chosen for n in [*map(clean, s), nodes.Text(" ")]]
            first.append(nodes.paragraph("", "", *parts))
        for child in inside:
            if not isinstance(child, nodes.paragraph):
                first += self.blocks(child)
        held: list[nodes.Element] = []

        def box() -> deck_box:
            return deck_box("", *held, classes=["answer", "fragment"])

        for block in first:
            trial = deck_box("", *[*held, block], classes=["answer", "fragment"])
            lines = sum(map(all_code_lines, slide.blocks)) + all_code_lines(trial)
            if slide.used + GAP + height(trial) <= slide.room and lines <= LINES:
                held.append(block)
                continue
            if held:
                slide.blocks.append(box())
            slide.notes += paragraphs
            paragraphs = []
            slide = start("plain reply", title, "The answer")
            held = [block]
        if held:
            slide.blocks.append(box())
        slide.notes += paragraphs

    def wrong(self, node: nodes.Element, start: Start) -> None:
        """Make a wrong version slides of its own, marked in words and colour."""
        heading = next((c for c in node.children if isinstance(c, nodes.title)), None)
        title: list[nodes.Node] = [nodes.Text("A wrong version")]
        if heading is not None:
            title = list(heading.children)
            if text_of(title).startswith("Wrong:"):
                title = [nodes.Text(text_of(title).removeprefix("Wrong:").strip())]
        inside = [c for c in self.flatten(list(node.children)) if not isinstance(c, nodes.title)]
        slide = start("wrong", title, "Wrong on purpose")
        first = slide
        if node["ids"]:
            slide.ids = node["ids"]
        waiting: list[nodes.Node] = []
        for child in inside:
            blocks = self.blocks(child)
            if not blocks:
                waiting += self.said(child)
                continue
            for block in blocks:
                lead = self.lead(waiting, block)
                if slide.blocks and not slide.takes(block):
                    following = start("wrong", title, "Wrong on purpose")
                    ending, leading = parted(waiting)
                    slide.notes += ending
                    following.notes += leading
                    slide = following
                else:
                    slide.notes += waiting
                waiting = []
                if lead and slide.takes_both(lead, block):
                    slide.blocks.append(lead)
                slide.blocks.append(block)
        slide.notes += waiting
        if not first.blocks:
            self.statement(first)
            first.kind = "wrong said"

    def deeper(self, node: nodes.Element, start: Start) -> None:
        """Make a passage for a university room slides of its own, hidden unless asked for."""
        title: list[nodes.Node] = [nodes.Text(node["title"])]
        slide = start("deeper", title, "Deeper")
        first = slide
        waiting: list[nodes.Node] = []
        for child in self.flatten(list(node.children)):
            blocks = self.blocks(child)
            for block in blocks:
                lead = self.lead(waiting, block, 240)
                room = lead is None or slide.takes_both(lead, block)
                if slide.blocks and not (slide.takes(block) and room):
                    slide.notes += waiting[:-1]
                    waiting = waiting[-1:]
                    slide = start("deeper", title, "Deeper")
                slide.notes += waiting
                waiting = []
                if lead and slide.takes_both(lead, block):
                    slide.blocks.append(lead)
                slide.blocks.append(block)
            if not blocks:
                waiting += self.said(child)
        slide.notes += waiting
        if not first.blocks:
            self.statement(first)
            first.kind = "deeper"

    def exercise(self, node: nodes.Element, start: Start) -> None:
        """Make an exercise a slide with its minutes."""
        heading = next((c for c in node.children if isinstance(c, nodes.title)), None)
        name = heading.astext() if heading is not None else "Exercise"
        name = re.sub(r"^\s*Exercise\s*(%s|\d+)?\s*", "", name).strip()
        if name.startswith("(") and name.endswith(")"):
            name = name[1:-1]
        found = re.search(r"\(?(\d+)\s*min(?:ute)?s?\)?", name)
        minutes = int(found[1]) if found else 5
        name = re.sub(r"\s*\(?\d+\s*min(?:ute)?s?\)?", "", name).strip(" .,()") or "Exercise"
        slide = start("now", [nodes.Text(name)], f"Now you · {minutes} minutes")
        slide.fixed = minutes
        slide.ids, slide.anchor = list(node["ids"]), (node["ids"] or [""])[0]
        slide.cue = f"Now you: {minutes} minutes, alone first, then with your neighbour."
        body = [c for c in node.children if isinstance(c, nodes.section)]
        content = list(body[0].children) if body else list(node.children)
        for child in self.flatten(content):
            if isinstance(child, nodes.title):
                continue
            if isinstance(child, nodes.paragraph):
                slide.notes.append(child)
                told = deck_words(list(map(clean, child.children)), "task")
                if slide.used + GAP + height(told) <= slide.room:
                    slide.blocks.append(told)
                continue
            for block in self.blocks(child):
                if not slide.takes(block):
                    ids = slide.anchor
                    slide = start("now", [nodes.Text(name)], "Now you")
                    slide.anchor = ids
                slide.blocks.append(block)

    # Time and writing

    def time(self) -> None:
        """Give every slide its minutes: exercises their own, the others by what they show."""
        flat = [slide for column in self.slides for slide in column]
        weights = []
        for slide in flat:
            figures = sum("figure" in b["classes"] for b in slide.blocks)
            code = sum(map(all_code_lines, slide.blocks))
            said = sum(words(note.astext()) for note in slide.notes)
            own = slide.kind in ("now", "deeper")
            weights.append(0 if own else 1 + figures + code / 8 + said / 90)
        scale = self.lesson.minutes / sum(weights) if sum(weights) else 1
        done = shown = 0.0
        for slide, weight in zip(flat, weights, strict=True):
            if slide.kind in ("now", "deeper"):  # an exercise's second slide takes a moment
                slide.minutes = slide.fixed or (2 if slide.kind == "deeper" else 0.5)
                continue
            done += weight * scale
            slide.minutes = max(0.5, round((done - shown) * 2) / 2)
            shown += slide.minutes

    def facts(self) -> dict[str, object]:
        """Return what the index of decks and the checks need to know."""
        every = [slide for column in self.slides for slide in column]
        flat = [slide for slide in every if slide.kind != "deeper"]
        return {
            "lesson": self.lesson.number,
            "title": self.lesson.title,
            "slides": len(flat),
            "titles": [text_of(slide.title) for slide in flat],
            "kinds": [slide.kind.split()[0] for slide in flat],
            "minutes": round(sum(slide.minutes for slide in flat if slide.kind != "now")),
            "deeper": len(every) - len(flat),
            "exercises": round(sum(slide.fixed for slide in flat)),
        }

    def write_column(self, column: list[Slide]) -> nodes.Element:
        """Return the nodes of a column."""
        box = deck_column("")
        flat = [slide for each in self.slides for slide in each]
        for slide in column:
            box += self.write(slide, flat.index(slide) + 1, len(flat))
        return box

    def write(self, slide: Slide, number: int, count: int) -> nodes.Element:
        """Return the nodes of a slide."""
        node = deck_slide("", kind=slide.kind, ids=slide.ids)
        node["data"] = {"data-timing": round(slide.minutes * 60)}
        if slide.kind == "deeper":
            node["data"]["data-visibility"] = "hidden"
        if slide.kind == "opening":
            node["data"]["data-background-color"] = "var(--deep)"
        if slide.eyebrow:
            node += deck_words([nodes.Text(slide.eyebrow)], "eyebrow")
        title = deck_title("", "", *[clean(part) for part in slide.title])
        title["level"] = 1 if slide.kind == "opening" else 2
        if slide.kind == "opening":
            node += deck_words([nodes.Text(self.lesson.number)], "large")
        elif slide.fixed and slide.used < slide.room - 220:
            node += deck_words([nodes.Text(f"{slide.fixed:g} min")], "large")
        if slide.part[1] > 1:
            part = f" {slide.part[0]}/{slide.part[1]}"
            title += nodes.inline("", part, classes=["part"])
        node += title
        body = deck_box("", classes=["body"])
        grow(slide.blocks, 0.97 * slide.room - slide.used)
        body += slide.blocks
        node += body
        notes = deck_notes("")
        notes["foot"] = {
            "book": self.page + (f"#{slide.anchor}" if slide.anchor else ""),
            "lesson": f"{self.lesson.number} {self.lesson.title}",
            "number": number,
            "count": count,
        }
        notes += self.spoken(slide)
        node += notes
        return node

    def spoken(self, slide: Slide) -> list[nodes.Node]:
        """Return the notes: one cue to say aloud and the minutes, then the prose."""
        notes = [note.deepcopy() if isinstance(note, nodes.Element) else note
                 for note in slide.notes]  # fmt: skip
        cue: list[nodes.Node] = [nodes.Text(slide.cue)] if slide.cue else []
        if not cue and notes and isinstance(notes[0], nodes.paragraph):
            said = sentences(notes[0])
            if said and words(text_of(said[0])) <= 25:
                cue = said[0]
                rest = [n for s in said[1:] for n in [*s, nodes.Text("\n")]]
                ids = notes[0]["ids"]
                notes[0] = nodes.paragraph("", "", *rest, ids=ids)
                if not rest:
                    notes = notes[1:]
        if not cue:
            heading = text_of(slide.title)
            end = "" if heading[-1:] in ".?!" else "."
            cue = [nodes.Text(heading + end)]
        if not notes:
            notes = [nodes.paragraph("", slide.silence)]
        minutes = f"{slide.minutes:g}".replace(".5", "½").replace("0½", "½")
        first = nodes.paragraph("", "", nodes.strong("", "", *[clean(c) for c in cue]))
        first += nodes.inline("", f" ({minutes} min)", classes=["minutes"])
        first["classes"] = ["cue"]
        return [first, *notes]
