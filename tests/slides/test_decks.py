"""The built decks, every slide, in a real Chromium. Needs ``tox -e slides`` to have run."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import re
import subprocess
import sys
import threading
import tomllib
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import html5lib
import pytest
from checker import DECKS, ROOT, SIZES, manifest, open_deck, visit_deck

sys.path.insert(0, str(ROOT / "scripts"))
import handouts

LIST = tomllib.loads((ROOT / "slides" / "lectures.toml").read_text(encoding="utf-8"))["deck"]
LESSONS = [entry["lesson"] for entry in LIST]
LECTURES = [
    *(f"lectures/module-{number}" for number in sorted({name[0] for name in LESSONS})),
    *(f"lectures/{path.stem}" for path in sorted((ROOT / "slides").glob("*.toml"))
      if path.stem != "lectures"),
]  # fmt: skip
DECKS_SHOWN = [*LESSONS, *LECTURES]
PAGES = [*DECKS_SHOWN, "index"]


def page(name: str) -> str:
    """Return the HTML of a deck."""
    path = DECKS / f"{name}.html"
    assert path.is_file(), f"{path.relative_to(ROOT)} is missing: run tox -e slides"
    return path.read_text(encoding="utf-8")


def source(name: str) -> str:
    """Return the lesson."""
    return (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")


def tree(name: str):
    """Return the parsed deck."""
    return parsed(name)


@functools.cache
def parsed(name: str):
    """Parse a deck once: a term has a thousand slides."""
    return html5lib.parse(page(name), namespaceHTMLElements=False)


def text(element) -> str:
    """Return all words of an element, white space made even."""
    return " ".join("".join(element.itertext()).split())


def slides_of(name: str) -> list:
    """Return the elements of the slides that are shown unless more is asked for."""
    return [
        e
        for e in tree(name).iter("section")
        if "slide" in (e.get("class") or "").split() and not e.get("data-visibility")
    ]


def blocks_named(markdown: str, name: str) -> list[str]:
    """Return the bodies of the colon directives of a name, read without Sphinx."""
    found = []
    for match in re.finditer(rf"^(:{{3,}})\{{{name}\}}.*$", markdown, re.MULTILINE):
        end = re.search(rf"^{match[1]}$", markdown[match.end() :], re.MULTILINE)
        assert end, f"{name} is not closed"
        found.append(markdown[match.start() : match.end() + end.start()])
    return found


def without(markdown: str, *names: str) -> str:
    """Return the lesson without the blocks of some names."""
    for name in names:
        for block in blocks_named(markdown, name):
            markdown = markdown.replace(block, "")
    return markdown


def shown_part(markdown: str) -> str:
    """Return of a lesson what its deck shows if nothing more is asked for."""
    return without(markdown, "solution", "book-only", "deeper")


def headings(markdown: str) -> list[str]:
    """Return the headings below the title, outside fences."""
    outside = re.sub(r"^(`{3,}).*?^\1$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#{2,3} (.+?)\s*$", outside, re.MULTILINE)


def plain(words: str) -> str:
    """Return letters and digits only, to compare words whatever their markup."""
    return re.sub(r"[^a-z0-9]+", "", unescape(words).lower())


def runs(line: str) -> list[str]:
    """Return the stretches of a line of prose that hold no markup."""
    parts = re.split(
        r"\{[^{}]*\}`[^`]*`|`[^`]*`|\$[^$]*\$|\[|\]\([^)]*\)|\*+|_|\\|[“”\"'\u2019]", line
    )
    return [part for part in parts if len(plain(part)) >= 22]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("deck", DECKS_SHOWN)
def test_every_slide_is_fit_to_be_projected(deck, size, report):
    page(deck)
    found = report(deck, size)
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize("deck", DECKS_SHOWN)
def test_every_slide_is_fit_in_the_dark_look_too(deck, report):
    page(deck)
    found = report(deck, SIZES[0], "?dark")
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize("deck", DECKS_SHOWN)
def test_the_slides_shown_are_the_slides_planned(deck, report):
    planned = manifest()[deck]
    shown = report(deck, SIZES[0])
    assert shown.slides == planned["slides"] == len(slides_of(deck))
    assert shown.titles[0] == planned["title"]


@pytest.mark.parametrize("name", PAGES)
def test_the_html_is_valid(name):
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page(name))
    ids = Counter(e.get("id") for e in tree(name).iter() if e.get("id"))
    assert not [i for i, count in ids.items() if count > 1]


@pytest.mark.parametrize("deck", LESSONS)
def test_every_section_of_the_lesson_is_a_slide(deck):
    titles = {plain(text(s.find(".//h2"))) for s in slides_of(deck) if s.find(".//h2") is not None}
    left_out = {"sources", "exercises", "whereweare", "furtherreading"}
    lesson = shown_part(source(deck))
    missing = [
        heading
        for heading in headings(lesson)
        if plain(heading) not in left_out
        and not any(t.startswith(plain(re.sub(r"\{[^}]*\}", "", heading))) for t in titles)
        and "{where}" not in lesson.partition(heading)[2].partition("\n## ")[0]
    ]
    assert not missing


@pytest.mark.parametrize("deck", LESSONS)
def test_every_example_of_the_lesson_is_on_a_slide(deck):
    lesson = shown_part(source(deck))
    typed = re.compile(r"^ *>>> (?!from |import )", re.MULTILINE)  # a slide may have no imports
    wanted = sum(
        len(typed.findall(block))
        for block in re.findall(r"^(?:`{3,})\{doctest\}(.*?)^`{3,}", lesson, re.M | re.S)
    )
    shown = sum(
        len(typed.findall("".join(pre.itertext())))
        for s in slides_of(deck)
        for pre in s.iter("pre")
    )
    assert wanted > 0
    assert shown == wanted


@pytest.mark.parametrize("deck", LESSONS)
def test_every_exercise_is_a_now_you_slide_with_its_minutes(deck):
    wanted = [
        int(re.search(r"\((\d+) min", block)[1]) for block in blocks_named(source(deck), "exercise")
    ]
    shown = [
        int(found[1])
        for slide in slides_of(deck)
        if (found := re.search(r"Now you · (\d+) minutes", text(slide)))
    ]
    assert shown == wanted
    assert wanted


@pytest.mark.parametrize("deck", LESSONS)
def test_every_question_is_a_slide_with_its_answer_as_a_later_step(deck):
    wanted = len(blocks_named(source(deck), "predict"))
    asked = [s for s in slides_of(deck) if "predict" in s.get("class").split()]
    assert len({id(s) for s in asked}) >= wanted > 0
    for slide in asked:
        for answer in slide.iter("div"):
            if "answer" in (answer.get("class") or "").split():
                assert "fragment" in answer.get("class").split()


@pytest.mark.parametrize("deck", LESSONS)
def test_no_solution_is_in_the_deck(deck):
    lesson = source(deck)
    elsewhere = plain(without(lesson, "solution"))
    shown = plain(text(tree(deck)))
    checked = 0
    for block in blocks_named(lesson, "solution"):
        for line in block.splitlines()[1:]:
            if line.startswith((">>> from ", ">>> import ")):
                continue  # what a listing of the lesson may show as well
            for run in runs(line) if not line.startswith((">>>", "...", ":", "`")) else [line]:
                words = plain(run)
                if len(words) >= 22 and words not in elsewhere:
                    checked += 1
                    assert words not in shown, f"of a solution: {run}"
    assert checked > 5


@pytest.mark.parametrize("deck", LESSONS)
def test_the_prose_of_the_lesson_is_in_the_notes(deck):
    lesson = without(source(deck), "solution", "book-only").partition("\n## Sources")[0]
    lesson = re.sub(r"^(`{3,}).*?^\1 *$", "", lesson, flags=re.MULTILINE | re.DOTALL)
    shown = plain(text(tree(deck)))
    prose = [
        line
        for line in lesson.splitlines()
        if line and not line.startswith((":", "#", "(", "|", "<", "%"))
    ]
    prose = [re.sub(r"^ *(\d+\.|[-*]) ", "", line) for line in prose]
    lost = [run for line in prose for run in runs(line) if plain(run) not in shown]
    assert len(prose) > 20
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_loaded_from_elsewhere(name):
    for element in tree(name).iter():
        for key in ("src", "href", "poster", "srcset", "data-background-image"):
            value = element.get(key, "")
            loads = element.tag in ("link", "script", "img", "iframe", "source", "video")
            assert not (loads and re.match(r"(https?:)?//", value)), value


def test_no_stylesheet_or_script_asks_another_host():
    for path in DECKS.rglob("*.css"):
        assert not re.search(
            r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", path.read_text("utf-8")
        ), path
    assert not list(DECKS.rglob("mathjax*.js"))


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    here = DECKS / f"{name}.html"
    book = DECKS.parent / "html"
    dead = []
    for element in tree(name).iter("a"):
        address, _, anchor = element.get("href", "").partition("#")
        address = address.partition("?")[0]
        if re.match(r"[a-z]+:", address) or not element.get("href"):
            continue
        target = (here.parent / address).resolve() if address else here
        if target.is_relative_to(book) and not book.is_dir():
            continue  # the book was not built
        words = target.read_text(encoding="utf-8") if target.is_file() else ""
        if not words or (anchor and f'id="{anchor}"' not in words):
            dead.append(element.get("href"))
    assert not dead


def test_the_index_lists_every_deck_with_its_counts():
    words = text(tree("index").find("body"))
    for deck in LESSONS:
        facts = manifest()[deck]
        assert f"{facts['title']} {facts['slides']} slides · {facts['minutes']} min" in words
    hrefs = [a.get("href") for a in tree("index").iter("a")]
    assert [f"{deck}.html" for deck in LESSONS] == [h for h in hrefs if h and h[0].isdigit()]
    for deck in LECTURES:
        assert f"{deck}.html" in hrefs
        for part in manifest()[deck]["parts"]:
            assert f"{deck}.html?part={part['name']}" in hrefs


@pytest.mark.parametrize("deck", LESSONS)
def test_the_minutes_are_those_of_the_lecture_list(deck):
    planned = next(entry["minutes"] for entry in LIST if entry["lesson"] == deck)
    assert abs(seconds(slides_of(deck)) / 60 - planned) <= 1
    assert manifest()[deck]["minutes"] == round(seconds(slides_of(deck)) / 60)


def seconds(slides: list) -> int:
    """Return how long slides are planned to be shown, exercises not counted."""
    return sum(int(s.get("data-timing")) for s in slides if "now" not in s.get("class").split())


@pytest.mark.parametrize(
    "deck", [n for n in LECTURES if (ROOT / "slides" / f"{n[9:]}.toml").exists()]
)
def test_the_minutes_of_a_course_are_those_of_its_list(deck):
    given = tomllib.loads((ROOT / "slides" / f"{deck[9:]}.toml").read_text(encoding="utf-8"))
    entries = [e for part in given["part"] for e in part["lessons"]]
    if all(isinstance(entry, dict) and "minutes" in entry for entry in entries):
        planned = sum(entry["minutes"] for entry in entries)
        assert abs(seconds(slides_of(deck)) / 60 - planned) <= len(entries) / 2


@pytest.mark.parametrize("deck", DECKS_SHOWN)
def test_every_slides_notes_open_with_a_cue_and_its_minutes(deck):
    for slide in tree(deck).iter("section"):
        if "slide" not in (slide.get("class") or "").split():
            continue
        notes = next(e for e in slide if e.get("class") == "notes")
        cue = notes[0]
        assert cue.get("class") == "cue"
        assert 0 < len(text(cue.find("strong")).split()) <= 25, text(cue)
        said = re.search(r"\(([\d.]*)(½?) min\)$", text(cue))
        assert said, text(cue)
        minutes = float(said[1] or 0) + (0.5 if said[2] else 0)
        assert minutes * 60 == int(slide.get("data-timing"))


def speaker_view(opened, path_or_url: str) -> None:
    """Open the speaker's window and see that it shows the notes and follows."""
    deck = opened.new_page(viewport={"width": 1280, "height": 720})
    strays: list[str] = []
    home = path_or_url.split("/")[2]
    deck.context.on(
        "request",
        lambda r: (
            None
            if r.url.split("/")[2:3] in ([home], [])
            or r.url.startswith(("data:", "blob:", "about:", "file:"))
            else strays.append(r.url)
        ),
    )
    deck.goto(path_or_url)
    deck.wait_for_function("window.Reveal && Reveal.isReady()")
    with deck.expect_popup() as popup:
        deck.keyboard.press("s")
    window = popup.value
    window.wait_for_selector(".speaker-controls-notes:not(.hidden)", timeout=20000)
    seen = []
    for place in deck.evaluate("Reveal.getSlides().map((s) => Reveal.getIndices(s))")[:4]:
        deck.evaluate("(p) => Reveal.slide(p.h, p.v || 0)", place)
        said = deck.evaluate(
            "Reveal.getCurrentSlide().querySelector('aside.notes .cue').textContent"
        )
        window.wait_for_function(
            "(said) => document.querySelector('.speaker-controls-notes .value')"
            ".textContent.includes(said)",
            arg=said,
            timeout=10000,
        )
        seen.append(said)
    assert len(set(seen)) == len(seen)
    # and the other way round: a key in the window moves the deck
    before = deck.evaluate("JSON.stringify(Reveal.getIndices())")
    window.keyboard.press("ArrowRight")
    deck.wait_for_function("(b) => JSON.stringify(Reveal.getIndices()) !== b", arg=before)
    assert not strays
    window.close()
    deck.close()


def test_the_speakers_window_opens_and_follows_from_the_file_system(chromium):
    speaker_view(chromium, (DECKS / f"{LESSONS[0]}.html").resolve().as_uri())


def test_the_speakers_window_opens_and_follows_from_a_server(chromium):
    with serving(DECKS.parent) as address:
        speaker_view(chromium, f"{address}/{DECKS.name}/{LESSONS[0]}.html")


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves without a line for every file."""

    def log_message(self, *args) -> None:
        """Say nothing."""


def test_the_keys_work(chromium):
    deck, strays = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    paper = "getComputedStyle(document.body).backgroundColor"
    light = deck.evaluate(paper)
    deck.keyboard.press("d")
    assert deck.evaluate(paper) != light
    deck.keyboard.press("d")
    assert deck.evaluate(paper) == light
    deck.keyboard.press("b")
    assert deck.evaluate("Reveal.isPaused()")
    deck.keyboard.press("b")
    deck.keyboard.press("o")
    assert deck.evaluate("Reveal.isOverview()")
    deck.keyboard.press("o")
    deck.keyboard.press("Control+Shift+F")
    deck.wait_for_selector(".searchbox input", state="visible")
    deck.keyboard.press("Control+Shift+F")
    deck.evaluate("document.activeElement.blur()")
    deck.keyboard.press("Shift+?")
    deck.wait_for_selector(".r-overlay-help")
    deck.keyboard.press("Escape")
    deck.keyboard.press("m")
    deck.wait_for_url("**/index.html")
    assert deck.inner_text("h1") == "Lecture decks"
    assert not strays
    deck.close()


def test_an_output_appears_only_after_it_was_asked_for(chromium):
    deck, _ = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    found = deck.evaluate(
        """() => {
          for (const s of Reveal.getSlides()) {
            const out = s.querySelector(".body .shown");
            if (!out || out.closest(".answer")) continue;
            const at = Reveal.getIndices(s);
            Reveal.slide(at.h, at.v || 0, -1);
            const before = getComputedStyle(out).visibility;
            Reveal.next();
            return [before, getComputedStyle(out).visibility];
          }
        }"""
    )
    assert found == ["hidden", "visible"]
    deck.close()


def test_the_search_finds_a_slide(chromium):
    deck, strays = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    deck.keyboard.press("Control+Shift+F")
    deck.fill(".searchbox input", "probabilities")
    deck.keyboard.press("Enter")
    deck.wait_for_selector("em[style*=background]", state="attached")
    assert deck.evaluate("Reveal.getIndices().h") > 0
    assert "probabilities" in deck.evaluate("Reveal.getCurrentSlide().textContent")
    assert not strays
    deck.close()


def test_a_part_of_a_course_is_shown_alone_with_its_own_pages(chromium):
    deck, _ = open_deck(chromium, DECKS / "lectures/term.html", SIZES[0], "?part=week-3")
    parts = manifest()["lectures/term"]["parts"]
    planned = next(part for part in parts if part["name"] == "week-3")
    assert deck.evaluate("Reveal.getTotalSlides()") == planned["slides"]
    assert deck.inner_text(".slide.present h2") == "Week 3"
    assert deck.inner_text(".slide.present .page") == f"1 / {planned['slides']}"
    deck.close()


def test_the_pen_draws_and_the_next_slide_is_clean(chromium):
    deck, strays = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    marks = (
        "[...document.querySelector('.pen').getContext('2d')"
        ".getImageData(0, 0, innerWidth, innerHeight).data].some((v) => v > 0)"
    )

    def draw() -> None:
        deck.mouse.move(300, 300)
        deck.mouse.down()
        deck.mouse.move(500, 400, steps=4)
        deck.mouse.up()

    assert deck.is_hidden(".pen")
    deck.keyboard.press("w")
    draw()
    assert deck.evaluate(marks)
    deck.keyboard.press("c")
    assert not deck.evaluate(marks)
    draw()
    deck.keyboard.press("ArrowRight")
    assert not deck.evaluate(marks)
    deck.keyboard.press("w")
    assert deck.is_hidden(".pen")
    assert not strays
    deck.close()


def test_the_lesson_opens_beside_the_deck_at_the_same_place(chromium):
    deck, _ = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    deck.evaluate("Reveal.slide(2, 0)")
    wanted = deck.evaluate("Reveal.getCurrentSlide().querySelector('.foot a').href")
    assert f"html/{LESSONS[0]}.html#" in wanted
    with deck.expect_popup() as popup:
        deck.keyboard.press("l")
    popup.value.wait_for_url(lambda url: url == wanted or url.startswith("chrome-error"))
    popup.value.close()
    assert deck.evaluate("Reveal.getIndices().h") == 2
    deck.close()


def test_the_speakers_window_has_a_pace_line(chromium):
    deck, _ = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    with deck.expect_popup() as popup:
        deck.keyboard.press("s")
    popup.value.wait_for_selector(".pacing", state="visible", timeout=20000)
    assert popup.value.inner_text(".pacing-title").lower().startswith("pacing")
    popup.value.close()
    deck.close()


def test_slides_for_a_university_room_are_shown_when_asked_for(chromium):
    asked = [name for name in LESSONS if manifest()[name]["deeper"]]
    assert len(asked) >= 6
    name = asked[0]
    facts = manifest()[name]
    deck, _ = open_deck(chromium, DECKS / f"{name}.html", SIZES[0], "?deeper")
    assert deck.evaluate("Reveal.getTotalSlides()") == facts["slides"] + facts["deeper"]
    deck.close()


@pytest.mark.parametrize("deck", [n for n in LESSONS if "{deeper}" in source(n)])
def test_every_slide_for_a_university_room_is_fit_to_be_projected(deck, chromium):
    page(deck)
    found = visit_deck(chromium, DECKS / f"{deck}.html", ((SIZES[0], ""),), query="?deeper")
    assert not found[SIZES[0], ""].faults


LIT = (
    "[...Reveal.getCurrentSlide().querySelectorAll('[data-step]')]"
    ".map((e) => !e.classList.contains('dimmed'))"
)


def test_a_listing_is_lit_step_by_step_and_the_rest_is_dimmed(chromium):
    deck, strays = open_deck(chromium, DECKS / "2-calculus-and-autograd/backward.html", SIZES[0])
    deck.evaluate(
        "{ const at = Reveal.getIndices(Reveal.getSlides().find((s) => s.querySelector('.light')));"
        " Reveal.slide(at.h, at.v || 0, -1); }"
    )
    lines = [deck.evaluate(LIT)]
    steps = deck.evaluate("Reveal.getCurrentSlide().querySelectorAll('.light').length")
    for _ in range(steps):
        deck.keyboard.press("ArrowRight")
        lines.append(deck.evaluate(LIT))
    assert all(lines[0])  # the whole at first
    assert [any(now) and not all(now) for now in lines[1:]] == [True] * steps
    assert [any(column) for column in zip(*lines[1:], strict=True)] == [True] * len(lines[0])
    deck.keyboard.press("ArrowLeft")
    assert deck.evaluate(LIT) == lines[-2]
    assert not strays
    deck.close()


def first_example(deck) -> None:
    """Go to the first slide that can be run."""
    deck.evaluate(
        "{ const at = Reveal.getIndices(Reveal.getSlides().find((s) => s.querySelector('.run')));"
        " Reveal.slide(at.h, at.v || 0, 99); }"
    )


def test_from_a_file_an_example_shows_its_recorded_output(chromium):
    deck, strays = open_deck(chromium, DECKS / f"{LESSONS[0]}.html", SIZES[0])
    first_example(deck)
    shown = deck.evaluate("Reveal.getCurrentSlide().querySelector('.shown').textContent")
    deck.keyboard.press("r")
    deck.wait_for_selector(".live-panel[open]")
    assert deck.inner_text(".live-output") == shown
    assert "python -m http.server -d build" in deck.inner_text(".live-status")
    assert deck.is_hidden(".live-run")
    deck.keyboard.press("Escape")
    assert deck.is_hidden(".live-panel")
    assert not strays
    deck.close()


def test_an_example_runs_and_can_be_edited_before_the_audience(chromium):
    with serving(DECKS.parent) as address:
        deck = chromium.new_page(viewport={"width": 1280, "height": 720})
        asked: list[str] = []
        deck.on("request", lambda request: asked.append(request.url))
        deck.goto(f"{address}/{DECKS.name}/{LESSONS[0]}.html")
        deck.wait_for_function("window.Reveal && Reveal.isReady()")
        first_example(deck)
        assert not [url for url in asked if "live" in url]
        deck.click(".slide.present .run")
        deck.wait_for_selector(".live-status.same", timeout=120000)
        shown = deck.evaluate("Reveal.getCurrentSlide().querySelector('.shown').textContent")
        assert deck.inner_text(".live-output").strip() == shown
        for part in (".cm-content", ".live-output", ".live-status", ".live-row button"):
            size = deck.evaluate(
                "(e) => parseFloat(getComputedStyle(e).fontSize)", deck.query_selector(part)
            )
            assert size >= 24, part
        before = deck.evaluate("JSON.stringify(Reveal.getIndices())")
        deck.click(".cm-content")
        deck.keyboard.press("Control+A")
        deck.keyboard.type('print("a new name")')
        deck.keyboard.press("Shift+Enter")
        deck.wait_for_selector(".live-status.yours", timeout=60000)
        assert deck.inner_text(".live-output").strip() == "a new name"
        assert deck.evaluate("JSON.stringify(Reveal.getIndices())") == before
        deck.click(".live-reset")
        deck.wait_for_selector(".live-status.same", timeout=60000)
        deck.click(".live-close")
        assert deck.is_hidden(".live-panel")
        assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        deck.close()


@pytest.mark.parametrize("deck", LESSONS)
def test_no_solution_is_among_what_a_deck_can_run(deck):
    found = json.loads((DECKS / "_static/live/blocks" / f"{deck}.json").read_text(encoding="utf-8"))
    assert {block["session"] for block in found["blocks"]} == {""}
    buttons = [b for b in tree(deck).iter("button") if b.get("class") == "run"]
    assert buttons
    for button in buttons:
        assert not found["blocks"][int(button.get("data-block"))]["hidden"]


@pytest.mark.parametrize(("form", "notes"), [("", False), ("-notes", True)])
def test_a_hand_out_has_a_page_for_each_slide(form, notes, tmp_path, chromium):
    target = tmp_path / "deck.pdf"
    name = "lectures/one-hour"
    handouts.print_deck(chromium, DECKS / f"{name}.html", target, handouts.FORMS[form])
    data = target.read_bytes()
    pages = len(re.findall(rb"/Type ?/Page\b", data))
    slides = manifest()[name]["slides"]
    assert pages == slides if not notes else pages > slides
    assert b"/URI" in data
    words = subprocess.run(
        ["pdftotext", str(target), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert manifest()[name]["title"] in words
    assert ("Welcome. This is what we shall see." in words) == notes


def test_hand_outs_are_asked_for_by_the_end_of_a_name():
    assert [p.stem for p in handouts.wanted(["one-hour"], DECKS)] == ["one-hour"]
    with pytest.raises(SystemExit, match="there is no deck two-hours"):
        handouts.wanted(["two-hours"], DECKS)
