"""The built decks, every slide, in a real Chromium. Needs ``tox -e slides`` to have run."""

from __future__ import annotations

import functools
import http.server
import re
import threading
import tomllib
from collections import Counter
from html import unescape

import html5lib
import pytest
from checker import DECKS, ROOT, SIZES, manifest, open_deck

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


def without_solutions(markdown: str) -> str:
    """Return the lesson without its solutions."""
    for block in blocks_named(markdown, "solution"):
        markdown = markdown.replace(block, "")
    return markdown


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
    lesson = without_solutions(source(deck))
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
    lesson = without_solutions(source(deck))
    wanted = sum(
        len(re.findall(r"^ *>>> ", block, re.MULTILINE))
        for block in re.findall(r"^(?:`{3,})\{doctest\}(.*?)^`{3,}", lesson, re.M | re.S)
    )
    shown = sum(
        "".join(pre.itertext()).count(">>> ") for s in slides_of(deck) for pre in s.iter("pre")
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
    elsewhere = plain(without_solutions(lesson))
    shown = plain(text(tree(deck)))
    checked = 0
    for block in blocks_named(lesson, "solution"):
        for line in block.splitlines()[1:]:
            for run in runs(line) if not line.startswith((">>>", "...", ":", "`")) else [line]:
                words = plain(run)
                if len(words) >= 22 and words not in elsewhere:
                    checked += 1
                    assert words not in shown, f"of a solution: {run}"
    assert checked > 5


@pytest.mark.parametrize("deck", LESSONS)
def test_the_prose_of_the_lesson_is_in_the_notes(deck):
    lesson = without_solutions(source(deck)).partition("\n## Sources")[0]
    lesson = re.sub(r"^(`{3,}).*?^\1 *$", "", lesson, flags=re.MULTILINE | re.DOTALL)
    shown = plain(text(tree(deck)))
    prose = [
        line
        for line in lesson.splitlines()
        if line and not line.startswith((":", "#", "(", "|", "<", "%"))
    ]
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
    book = ROOT / "build" / "html"
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
    assert abs(manifest()[deck]["minutes"] - planned) <= 3


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
    handler = functools.partial(QuietHandler, directory=str(DECKS.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        speaker_view(chromium, f"http://127.0.0.1:{server.server_port}/slides/{LESSONS[0]}.html")
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
