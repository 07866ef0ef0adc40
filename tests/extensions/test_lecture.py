"""A lesson becomes a deck: what stands on slides, what is said, what is left out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from extensions.lecture_code import (  # noqa: E402
    COLUMNS,
    LINES,
    Example,
    asked_steps,
    cut,
    cut_session,
    listing_lines,
    read_steps,
    session_examples,
    steps_of,
    wrap_line,
)
from extensions.lecture_nodes import mathml_only, text_lines, text_width  # noqa: E402
from extensions.lecture_pictures import turned  # noqa: E402

CONF = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
extensions = ["myst_parser", "sphinx_exercise", "extensions.examples", "extensions.katex",
              "extensions.where", "extensions.boxes", "extensions.live", "extensions.lecture"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
html_math_renderer = "katex"
revealjs_html_theme = "lecture"
deck_list = "lectures.toml"
html_use_index = html_domain_indices = html_copy_source = False
"""

LESSON = """# A sling with two dials

The friend wipes the board.
How could a 9 keep its path?

| name | result |
|---|---|
| push | 6 |
| land | 7 |

(nudge)=
## A sum hands every nudge on

Read the [program](https://example.org/program) and see {doc}`other`, or {ref}`nudge`.
With $x^2$ it is *the same*:

```{doctest}
>>> 1 + 1
2
>>> x = 3
>>> [x + number for number in range(100, 109)], "a long line" * 3  # doctest: +ELLIPSIS
([103, ...
```

$$y = x^2$$

Said after the code.

## Only said

Every number keeps a slip of its own.
This part is for the speaker.

## A long session

All of it is shown:

```{doctest}
>>> for number in range(20):
...     print(number)
0
1
2
3
4
5
6
7
8
9
10
11
12
13
14
15
16
17
18
19
>>> print("one", "", "two", sep="\\n")
one
<BLANKLINE>
two
```

```{where} slopes
```

The road goes on from here.

## Exercises

::::{exercise} Turn it too late (4 minutes)
:label: ex-1

Predict `push`, then look.
::::

::::{solution} ex-1
:class: dropdown

The hidden words of the answer key.

```{doctest}
>>> "secret session of the solution"
'secret session of the solution'
```
::::

## Sources

From a book that is named here.
"""

COURSE = """
title = "A short course"
about = "What can a sling teach?"
name = "Ada"
date = "in May"
logo = "mark.svg"
exercises = false

[colours]
teal = "#123456"

[[part]]
title = "Day one"
lessons = [
  { lesson = "2-slopes/sling", minutes = 7, sections = [
    "nudge", "only-said"], drop = ["Only said"], add = [
    { title = "Mine & ours", text = "Added here.", notes = "Say this.", after = "nudge" },
  ] },
]

[[part]]
title = "Day two"
lessons = ["2-slopes/other"]
"""

MARKED = """# A lesson with marks

This sentence is no question.

:::{deck-only}
What is marked?
:::

```{testsetup}
hidden = 41
```

```{doctest}
>>> from math import sqrt
>>> sqrt(hidden + 8)
7.0
>>> number = 2
>>> number * hidden
82
```

```python
def longest(words):
    found = ""
    for word in words:
        if len(word) > len(found):
            found = word
    return found
```

## One at a time

:::{stepwise}
- first
- second
:::

:::{book-only}
Only readers see this sentence of the lesson.
:::

:::{deeper} The matrix of slopes
Said for a university room.

$$A_{ij} = x_i$$
:::

## The room

:::{deck-only}
- Only the room sees this
:::
"""

OTHER = """# Another lesson

What is left?

## The other section

It has one sentence to show.
And one to say.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Build a small book's decks, warnings being errors."""
    folder = tmp_path_factory.mktemp("book")
    module = folder / "2-slopes"
    module.mkdir()
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# Book\n\n```{toctree}\n2-slopes/index\n```\n")
    (module / "index.md").write_text(
        "# Slopes\n\n```{toctree}\nsling\nother\nmarked\nunlisted\n```\n"
    )
    (module / "sling.md").write_text(LESSON)
    (module / "other.md").write_text(OTHER)
    (module / "marked.md").write_text(MARKED)
    (module / "unlisted.md").write_text("# A page without a deck\n\nWords.\n")
    (folder / "lectures.toml").write_text(
        '[[deck]]\nlesson = "2-slopes/sling"\nminutes = 20\n'
        '[[deck]]\nlesson = "2-slopes/other"\nminutes = 10\n'
        '[[deck]]\nlesson = "2-slopes/marked"\nminutes = 5\n'
    )
    (folder / "course.toml").write_text(COURSE)
    (folder / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "deep.toml").write_text(
        'title = "Deep"\nabout = "?"\ndeeper = true\n[[part]]\nlessons = ["2-slopes/marked"]\n'
    )
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", "revealjs",
         str(folder), str(folder / "out")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-D", "html_theme=basic",
         str(folder), str(folder / "book")], check=True,
    )  # fmt: skip
    return folder / "out"


@pytest.fixture(scope="module")
def slides(built) -> list:
    """Return the slides of the first deck."""
    tree = html5lib.parse((built / "2-slopes/sling.html").read_text(), namespaceHTMLElements=False)
    return [e for e in tree.iter("section") if "slide" in (e.get("class") or "").split()]


def text(element) -> str:
    """Return the words of an element."""
    return " ".join("".join(element.itertext()).split())


def part(slide, tag: str, name: str):
    """Return the first element of a class."""
    return next((e for e in slide.iter(tag) if name in (e.get("class") or "").split()), None)


def titled(slides: list, title: str) -> list:
    """Return the slides of a title."""
    return [s for s in slides for h in s.iter("h2") if text(h).startswith(title)]


def test_only_the_listed_lessons_are_written(built):
    assert {p.name for p in built.rglob("*.html")} == {
        "index.html", "sling.html", "other.html", "marked.html",
        "module-2.html", "course.html", "deep.html",
    }  # fmt: skip


def test_the_first_slide_asks_the_lessons_question(slides):
    assert text(slides[0].find(".//h1")) == "A sling with two dials"
    assert text(part(slides[0], "p", "question")) == "How could a 9 keep its path?"
    assert text(part(slides[0], "p", "large")) == "2.1"
    assert "Slopes" in text(part(slides[0], "p", "eyebrow"))


def test_prose_goes_to_the_notes_with_its_links_and_formulas(slides):
    slide = titled(slides, "A sum hands every nudge on")[0]
    notes = part(slide, "aside", "notes")
    assert "Said after the code." in text(notes)
    assert "Said after the code." not in text(part(slide, "div", "body"))
    links = [a.get("href") for a in notes.iter("a")]
    assert "https://example.org/program" in links
    assert "../../html/2-slopes/other.html" in links  # the book's page, not the deck
    assert "../../html/2-slopes/sling.html#nudge" in links
    assert next(notes.iter("em")).text == "the same"
    tags = {str(e.tag).rpartition("}")[2] for e in notes.iter()}
    assert "math" in tags
    assert not [e for e in notes.iter() if "katex-html" in (e.get("class") or "")]


def test_a_formula_stays_on_the_slide_in_full(slides):
    body = part(titled(slides, "A sum hands every nudge on")[0], "div", "body")
    assert [e for e in body.iter() if "katex-html" in (e.get("class") or "")]


def test_every_slide_opens_its_notes_with_a_cue_and_minutes(slides):
    for slide in slides:
        cue = part(slide, "p", "cue")
        assert len(text(cue.find("strong")).split()) <= 25
        assert "min)" in text(cue)
        assert int(slide.get("data-timing")) >= 30


def test_an_output_is_a_step_of_its_own(slides):
    code = part(titled(slides, "A sum hands every nudge on")[0], "div", "code")
    shown = [e for e in code.iter("span") if "shown" in (e.get("class") or "").split()]
    assert [text(e) for e in shown] == ["2", "([103, ..."]
    assert all("fragment" in e.get("class").split() for e in shown)
    assert "doctest:" not in text(code)


def test_a_section_without_anything_to_show_becomes_a_statement(slides):
    slide = titled(slides, "Only said")[0]
    assert text(part(slide, "p", "statement")) == "Every number keeps a slip of its own."
    assert "This part is for the speaker." in text(part(slide, "aside", "notes"))


def test_a_long_session_is_cut_and_nothing_of_it_is_lost(slides):
    found = titled(slides, "A long session")
    lines = ["".join(pre.itertext()).split("\n") for s in found for pre in s.iter("pre")]
    assert len(found) > 1
    assert max(map(len, lines)) <= LINES
    shown = [line for each in lines for line in each]
    assert shown[2:22] == [str(number) for number in range(20)]
    assert shown[-3:] == ["one", "", "two"]


def test_an_exercise_becomes_a_now_you_slide(slides):
    slide = titled(slides, "Turn it too late")[0]
    assert text(part(slide, "p", "eyebrow")) == "Now you · 4 minutes"
    assert text(part(slide, "p", "task")) == "Predict push, then look."
    assert slide.get("data-timing") == "240"


def test_a_solution_is_nowhere_in_the_deck(built):
    deck = (built / "2-slopes/sling.html").read_text()
    assert "hidden words" not in deck
    assert "secret session" not in deck


def test_the_last_slide_is_the_map_with_the_next_lesson(slides):
    last = slides[-1]
    assert text(last.find(".//h2")) == "Where we are"
    assert "slopes" in text(part(last, "li", "here"))
    assert "The road goes on from here." in text(part(last, "aside", "notes"))
    link = part(last, "p", "ahead").find("a")
    assert (link.get("href"), text(link)) == ("other.html", "Another lesson")


def test_sources_are_not_read_aloud(slides):
    assert not titled(slides, "Sources")


def test_the_manifest_says_how_many_slides_and_minutes(built, slides):
    facts = json.loads((built / "decks.json").read_text())["2-slopes/sling"]
    assert facts["slides"] == len(slides)
    assert facts["minutes"] == pytest.approx(20, abs=1)
    assert facts["exercises"] == 4


def test_the_html_is_valid(built):
    for path in built.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text())


def test_nothing_of_reveal_that_names_another_host_is_left(built):
    static = built / "_static"
    assert not list(static.rglob("mathjax*")) + list(static.rglob("highlight.js"))
    assert (static / "revealjs/plugin/notes/notes.js").is_file()
    assert (static / "fonts/DejaVuSansMono.ttf").is_file()


def build(folder: Path, deck_list: str) -> subprocess.CompletedProcess:
    """Build a book of one lesson with a lecture list."""
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# Book\n\n```{toctree}\nlesson\n```\n")
    (folder / "lesson.md").write_text(OTHER)
    (folder / "lectures.toml").write_text(deck_list)
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "revealjs", str(folder),
         str(folder / "out")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("deck_list", "said"),
    [
        ('[[deck]]\nlesson = "gone"\nminutes = 5\n', "names gone, which is not in the book"),
        ('[[deck]]\nlesson = "lesson"\n', "minutes = number"),
        ('[[deck]]\nlesson = "lesson"\nminutes = "many"\n', "minutes = number"),
        ("deck = [", "lecture list lectures.toml"),
    ],
)
def test_a_wrong_lecture_list_stops_the_build_with_one_line(tmp_path, deck_list, said):
    run = build(tmp_path, deck_list)
    assert run.returncode != 0
    assert said in run.stderr
    assert "Traceback" not in run.stderr


# Lists: decks made of other decks


def slides_in(path: Path) -> list:
    """Return the slides of a deck."""
    tree = html5lib.parse(path.read_text(), namespaceHTMLElements=False)
    return [e for e in tree.iter("section") if "slide" in (e.get("class") or "").split()]


def heading(slide) -> str:
    """Return a slide's title."""
    return next(text(e) for e in slide.iter() if e.tag in ("h1", "h2"))


def minutes(found: list) -> float:
    """Return the planned minutes of some slides."""
    return sum(int(slide.get("data-timing")) for slide in found) / 60


def test_a_module_has_a_deck_of_all_its_lessons(built, slides):
    found = slides_in(built / "lectures/module-2.html")
    inside = [heading(slide) for slide in found]
    rest = [s for name in ("other", "marked") for s in slides_in(built / f"2-slopes/{name}.html")
            if not s.get("data-visibility")]  # fmt: skip
    assert inside == ["Slopes", *map(heading, slides), *map(heading, rest)]
    pages = [text(part(slide, "span", "page")) for slide in found]
    assert pages == [f"{n} / {len(found)}" for n in range(1, len(found) + 1)]


def test_a_list_selects_drops_and_adds(built):
    found = [heading(slide) for slide in slides_in(built / "lectures/course.html")]
    assert found[:4] == ["A short course", "Day one", "A sling with two dials",
                         "A sum hands every nudge on"]  # fmt: skip
    assert found[4:] == ["Mine & ours", "Day two", "Another lesson", "The other section",
                         "Where we are"]  # fmt: skip


def test_a_list_gives_its_own_minutes(built):
    found = slides_in(built / "lectures/course.html")
    taught = [slide for slide in found[2:5] if heading(slide) != "Mine & ours"]
    assert minutes(found[:5]) == pytest.approx(7, abs=0.5)  # its own two slides counted
    for slide in taught:
        planned = f"{int(slide.get('data-timing')) / 60:g}".replace(".5", "½")
        assert f"({planned} min)" in text(part(slide, "p", "cue"))


def test_a_list_has_no_ids_twice_and_no_dead_links(built):
    for path in (built / "lectures").glob("*.html"):
        tree = html5lib.parse(path.read_text(), namespaceHTMLElements=False)
        ids = [e.get("id") for e in tree.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        inside = [a.get("href") for a in tree.iter("a") if not a.get("href").startswith("http")]
        decks = [h for h in inside if "html/" not in h and not h.startswith("#")]
        assert all((path.parent / h).is_file() for h in decks)


def test_a_list_says_whose_lecture_it_is_in_its_own_colours(built):
    words = (built / "lectures/course.html").read_text()
    assert text(part(slides_in(built / "lectures/course.html")[0], "p", "by")) == "Ada · in May"
    assert "--teal: #123456;" in words
    assert "--teal: #123456;" not in (built / "lectures/module-2.html").read_text()


def test_a_list_shows_its_logo(built):
    logo = next(slides_in(built / "lectures/course.html")[0].iter("img"))
    assert (built / "lectures" / logo.get("src")).resolve().is_file()
    assert logo.get("alt") == "Logo of Ada"
    assert 'class="logo"' not in (built / "lectures/module-2.html").read_text()


def test_a_list_may_leave_the_exercises_out(built):
    assert not any(
        "now" in s.get("class").split() for s in slides_in(built / "lectures/course.html")
    )
    assert any("now" in s.get("class").split() for s in slides_in(built / "lectures/module-2.html"))


def test_a_list_is_on_the_index_with_its_parts(built):
    tree = html5lib.parse((built / "index.html").read_text(), namespaceHTMLElements=False)
    hrefs = [a.get("href") for a in tree.iter("a")]
    assert "lectures/course.html?part=day-one" in hrefs
    assert "lectures/module-2.html" in hrefs


def test_every_cue_of_a_list_can_be_said_aloud(built):
    for slide in slides_in(built / "lectures/course.html"):
        said = text(part(slide, "p", "cue").find("strong"))
        assert 0 < len(said.split()) <= 25
        assert "min)" in text(part(slide, "p", "cue"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('lessons = [{ lesson = "gone" }]', "gone has no deck"),
        ('lessons = [{ lesson = "lesson", sections = ["lost"] }]', "no slide with the id or title"),
        ('lessons = [{ lesson = "lesson", minuts = 3 }]', "minuts"),
        ('lessons = ["lesson"]\n[colours]\nteal = "blue"', 'teal = "blue"'),
    ],
)
def test_a_wrong_list_stops_the_build_with_one_line(tmp_path, words, said):
    (tmp_path / "mine.toml").write_text(f'title = "Mine"\nabout = "?"\n[[part]]\n{words}\n')
    run = build(tmp_path, '[[deck]]\nlesson = "lesson"\nminutes = 10\n')
    assert run.returncode != 0
    assert said in run.stderr
    assert "Traceback" not in run.stderr


# Marks in a lesson


def test_what_is_for_the_book_only_is_on_no_slide_and_in_no_notes(built):
    assert "Only readers see this" not in (built / "2-slopes/marked.html").read_text()


def test_what_is_for_the_deck_only_is_on_a_slide(built):
    body = " ".join(text(part(s, "div", "body")) for s in slides_in(built / "2-slopes/marked.html"))
    assert "Only the room sees this" in body


def test_a_stepwise_list_appears_one_item_at_a_time(built):
    slide = titled(slides_in(built / "2-slopes/marked.html"), "One at a time")[0]
    items = [e for e in part(slide, "div", "body").iter("li")]
    assert [text(e) for e in items] == ["first", "second"]
    assert all("fragment" in e.get("class").split() for e in items)


def test_a_deeper_passage_is_a_slide_that_is_hidden(built):
    found = titled(slides_in(built / "2-slopes/marked.html"), "The matrix of slopes")
    assert [slide.get("data-visibility") for slide in found] == ["hidden"]
    assert "Said for a university room." in text(part(found[0], "aside", "notes"))
    facts = json.loads((built / "decks.json").read_text())
    assert facts["2-slopes/marked"]["deeper"] == 1
    shown = [heading(slide) for slide in slides_in(built / "lectures/module-2.html")]
    assert "The matrix of slopes" not in shown


def test_a_list_may_show_what_is_deeper(built):
    found = titled(slides_in(built / "lectures/deep.html"), "The matrix of slopes")
    assert [slide.get("data-visibility") for slide in found] == [None]


def marked(built) -> list:
    """Return the slides of the lesson with marks."""
    tree = html5lib.parse((built / "2-slopes/marked.html").read_text(), namespaceHTMLElements=False)
    return [e for e in tree.iter("section") if "slide" in (e.get("class") or "").split()]


def test_what_is_for_the_deck_only_may_be_the_first_question(built):
    first = marked(built)[0]
    assert [text(p) for p in first.iter("p") if p.get("class") == "question"] == ["What is marked?"]


def test_a_listing_lights_up_step_by_step(built):
    listing = next(s for s in marked(built) if "def longest" in text(s))
    assert len([e for e in listing.iter("span") if e.get("class") == "light fragment"]) == 4
    code = next(
        e
        for e in listing.iter("div")
        if "def longest" in text(e) and "code" in e.get("class").split()
    )
    steps = [(e.get("data-step"), text(e)) for e in code.iter("span") if e.get("data-step")]
    assert [step for step, _ in steps] == ["1", "2", "3", "3", "3", "4"]
    assert steps[-1][1] == "return found"


def test_a_session_is_lit_up_to_its_next_output_and_imports_never(built):
    session = next(s for s in marked(built) if "sqrt" in text(s))
    typed = [e for e in session.iter("span") if "typed" in (e.get("class") or "")]
    assert [(e.get("class"), e.get("data-step")) for e in typed] == [
        ("typed fetched", None), ("typed", "0"), ("typed dimmed", "1"), ("typed dimmed", "1")
    ]  # fmt: skip


def test_an_example_of_a_slide_can_be_run_with_what_came_before(built):
    session = next(s for s in marked(built) if "sqrt" in text(s))
    button = next(session.iter("button"))
    assert button.get("data-lesson") == "2-slopes/marked"
    found = json.loads((built / "_static/live/blocks/2-slopes/marked.json").read_text())
    hidden, shown = found["blocks"]
    assert hidden == {"source": "hidden = 41\n", "hidden": True, "session": ""}
    assert button.get("data-block") == "1"
    assert shown["code"].startswith("from math import sqrt\nsqrt(hidden + 8)\n")
    assert (built / "_static/live/pyodide/pyodide.mjs").is_file()


def test_a_solution_is_not_among_what_can_be_run(built):
    words = (built / "_static/live/blocks/2-slopes/sling.json").read_text()
    assert "range(20)" in words
    assert "secret session" not in words


def test_the_book_looks_as_if_no_mark_were_there(built):
    page = (built.parent / "book" / "2-slopes/marked.html").read_text()
    assert "Only readers see this" in page
    assert "Said for a university room." in page
    assert "Only the room sees this" not in page
    assert "fragment" not in page


def test_a_deeper_passage_is_folded_in_the_book(built):
    tree = html5lib.parse(
        (built.parent / "book" / "2-slopes/marked.html").read_text(), namespaceHTMLElements=False
    )
    box = next(e for e in tree.iter("details") if "deeper" in e.get("class").split())
    assert text(box.find("summary")) == "Deeper: The matrix of slopes"
    assert box.get("open") is None
    assert "Said for a university room." in text(box)


# Code on slides


def test_a_long_line_is_broken_inside_its_brackets_and_still_runs():
    line = "total = sum(number * number for number in range(1, 4)) + sum([1000, 2000, 3000, 40000])"
    lines = wrap_line("x = dict(first=[1, 2, 3], second=[4, 5, 6], third=(7, 8, 9), fourth=None)")
    assert max(map(len, lines)) <= COLUMNS
    names: dict = {}
    exec("\n".join(lines), names)
    assert names["x"]["third"] == (7, 8, 9)
    assert "".join("".join(wrap_line(line)).replace("↪ ", "").split()) == "".join(line.split())


def test_a_break_that_python_would_not_allow_is_marked():
    lines = wrap_line("        other = other if isinstance(other, Value) else Value(other)")
    assert lines[1].strip().startswith("↪ else")


def test_a_comment_moves_above_its_line():
    lines = wrap_line("    weights = rows[position]  # one row for each position of the block (T)")
    assert lines[0].startswith("    # one row")
    assert lines[-1] == "    weights = rows[position]"


def test_every_line_of_the_program_fits_a_slide():
    for path in (ROOT / "microgpt").glob("*.py"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if '"""' not in line:
                assert max(map(len, listing_lines(line or " "))) <= COLUMNS, line


def test_a_listing_is_cut_evenly_and_loses_nothing():
    lines = [f"line {number}" for number in range(26)]
    parts = cut(lines)
    assert [line for each in parts for line in each] == lines
    assert max(map(len, parts)) <= LINES
    assert min(map(len, parts)) >= 6


def test_a_listing_is_not_cut_after_an_opening_line():
    lines = ["def f():"] + ["    x = 1"] * 7 + ["    for i in x:"] + ["        y = 2"] * 6
    assert not any(each[-1].endswith(":") for each in cut(lines)[:-1])


def test_an_example_is_kept_together_if_it_fits():
    short, long = Example([">>> f()"], ["1"] * 4), Example([">>> g()"], ["2"] * 8)
    assert cut_session([short, long]) == [[short], [long]]


def test_a_session_keeps_its_prompts_and_blank_lines():
    examples = session_examples(">>> def f():\n...     return 1\n>>> f()\n1\n<BLANKLINE>\n2\n")
    assert examples[0] == Example([">>> def f():", "...     return 1"])
    assert examples[1].output == ["1", "", "2"]


def test_a_session_is_not_cut_inside_a_statement():
    before, after = [">>> a = 1"] * 6, [">>> b = 2"] * 6
    total = [">>> total = sum(", "...     row", "...     for row in rows)"]
    assert cut([*before, *total, *after]) == [before, [*total, *after]]


def test_a_slide_of_imports_alone_is_left_out_and_still_run():
    imports = "".join(f">>> from math import sqrt as root{n}\n" for n in range(6))
    work = ">>> for n in range(7):\n" + "".join(f"...     print({n})\n" for n in range(7))
    groups = cut_session(session_examples(imports + work + "0\n"))
    assert [len(group) for group in groups] == [1]
    assert groups[0][0].whole.startswith(">>> from math import sqrt as root0\n")


def test_steps_are_those_the_lesson_asks_for():
    listing = ["a = 1", "b = 2", "c = 3"]
    assert asked_steps("\n".join(listing), read_steps("1-2; 3; 1"), [listing[:2], listing[2:]]) == [
        [[0, 1], [0]], [[0]]
    ]  # fmt: skip


def test_a_plain_list_of_imports_has_no_steps():
    assert steps_of(["import a", "import b", "", "from c import d", "from e import f"]) == []


def test_a_comment_that_is_broken_stays_a_comment():
    wrapped = wrap_line("    # " + "word " * 20)
    assert len(wrapped) == 2
    assert all(line.startswith("    # word") for line in wrapped)


def test_a_formula_in_the_notes_is_mathml_alone():
    assert mathml_only("<span class='katex'><math><mi>x</mi></math>x</span>") == (
        "<math><mi>x</mi></math>"
    )
    assert mathml_only("no formula") == "no formula"


def test_widths_are_those_of_the_letters():
    assert text_width("mmm", 28) > text_width("iii", 28)
    assert text_lines("one two three", 28, 1152) == 1
    assert text_lines("word " * 100, 28, 1152) > 4


def test_a_diagram_can_be_turned():
    assert turned("flowchart LR\n  a --> b") == "flowchart TB\n  a --> b"
    assert turned("sequenceDiagram\n  a->>b: hi") == "sequenceDiagram\n  a->>b: hi"
