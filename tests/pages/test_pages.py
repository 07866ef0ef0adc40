"""What a reader's browser does with every page of the book."""

import json
import re
from pathlib import Path

import pytest
from measuring import LOOKS, WIDTHS

INSIDE = ("data:", "blob:", "about:")


def test_a_page_asks_no_other_host_for_anything_and_its_console_is_quiet(facts, site, page_name):
    found = facts(page_name)
    assert [url for url in found["asked"] if not url.startswith((site, *INSIDE))] == []
    assert found["failed"] == []
    assert found["said"] == []


def test_a_page_opened_as_a_file_asks_no_host_and_is_quiet(visit, book, page_name):
    seen = visit()
    seen.go(f"{book.as_uri()}/{page_name}").wait_for_timeout(100)
    assert [url for url in seen.asked if not url.startswith((book.as_uri(), *INSIDE))] == []
    assert seen.failed == []
    assert seen.said == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_never_scrolls_sideways(facts, page_name, look):
    found = facts(page_name)[look]
    assert found["look"] == look
    for width in WIDTHS:
        wide, cut = found[width]
        assert wide <= 0, f"{wide} px wider than a window of {width} px"
        assert cut == []


@pytest.mark.parametrize("look", LOOKS)
def test_every_text_stands_out_from_what_is_behind_it(facts, page_name, look):
    assert facts(page_name)[look]["poor"] == []


@pytest.mark.parametrize("look", LOOKS)
def test_formulas_and_drawings_are_seen(facts, lesson, look):
    found = facts(lesson)[look]
    assert found["flat"] == []
    paper, inks = found["inks"]
    assert not inks or set(inks) - {paper}


def test_each_picture_says_in_words_what_it_shows(facts, lesson):
    assert [label for label in facts(lesson)["labels"] if len(label) < 30] == []


def test_letters_of_a_formula_are_katex_s_own(visit, site):
    page = visit().go(f"{site}/2-calculus-and-autograd/powers-minus-division.html")
    assert page.evaluate("document.fonts.check('16px KaTeX_Math')")
    assert page.evaluate("document.fonts.check('16px \"Source Serif\"')")


def test_the_copy_button_copies_code_without_prompts_and_output(facts, lesson):
    if not facts(lesson)["copied"]:
        pytest.skip("the lesson has no example outside its exercises")
    shown, copied = facts(lesson)["copied"]
    wanted = [line[4:] for line in shown if line.startswith((">>> ", "... "))]
    assert copied.splitlines() == wanted != []
    compile(copied, "copied", "exec")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_a_word_of_a_lesson(visit, site, book, scheme):
    seen = visit()
    base = site if scheme == "http" else book.as_uri()
    page = seen.go(f"{base}/search.html?q=topological")
    page.wait_for_selector("#search-results li a", timeout=15000)
    found = page.eval_on_selector_all("#search-results li a", "all => all.map((e) => e.href)")
    assert any("topological-sort" in address for address in found)
    assert [url for url in seen.asked if not url.startswith((base, "data:", "blob:"))] == []
    # From a file the browser lets no page read another: the results come without their excerpts.
    kept = [
        words for words in seen.said if scheme == "http" or not re.search("fetch|ERR_FAILED", words)
    ]
    assert kept == []


def test_light_and_dark_can_be_chosen_and_stay_chosen(visit, site):
    page = visit(1280, "light").go(f"{site}/2-calculus-and-autograd/index.html")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".theme-switch-button").first.click()
    page.locator(".theme-change-button[data-mode=dark]").first.click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_landing_page_leads_to_the_first_lesson_and_to_the_code(visit, site, width):
    page = visit(width).go(f"{site}/index.html")
    buttons = page.locator(".hero a.sd-btn")
    assert buttons.all_inner_texts() == ["Start learning", "View the code"]
    for button in buttons.all():
        box = button.bounding_box()
        assert box["y"] + box["height"] < 900  # seen without scrolling
        assert box["height"] >= 40
    stations = page.locator("ol.road .station .name").all_inner_texts()
    assert stations == [
        "Raw text", "Tokens", "Embeddings", "Transformer", "Probabilities", "Generated text",
    ]  # fmt: skip
    buttons.nth(1).click()
    assert page.url.endswith("appendix/whole-program.html")
    page.go_back()
    buttons.nth(0).click()
    assert page.url.endswith("0-big-picture/language-model.html")


def test_the_road_grows_darker_from_station_to_station(visit, site):
    page = visit().go(f"{site}/index.html")
    colours = page.eval_on_selector_all(
        "ol.road .station", "all => all.map((e) => getComputedStyle(e).backgroundColor)"
    )
    sums = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours]
    assert len(sums) == 6
    assert sums == sorted(sums, reverse=True)


def test_a_phone_s_reader_can_open_the_contents(visit, site):
    page = visit(390).go(f"{site}/2-calculus-and-autograd/index.html")
    page.locator(".primary-toggle:visible").first.click()
    page.locator("#pst-primary-sidebar-modal a, .bd-sidebar-primary a").filter(
        has_text="Gradient check"
    ).first.wait_for(state="visible", timeout=3000)


def test_every_link_and_every_published_address_leads_somewhere(book):
    import links

    found = links.pages(book)
    assert links.broken(book, found) == []
    assert links.unpublished(found, links.published()) == []
    assert len(links.published()) > 30


def test_the_link_check_finds_what_is_broken(tmp_path):
    import links

    (tmp_path / "index.html").write_text(
        '<a href="there.html">x</a><a href="#here">x</a><a href="gone.html">x</a>'
        '<a href="there.html#gone">x</a><a href="https://example.org/">x</a><p id="here">',
        encoding="utf-8",
    )
    (tmp_path / "there.html").write_text("<h1 id='top'>", encoding="utf-8")
    found = links.pages(tmp_path)
    lines = links.broken(tmp_path, found)
    assert [line.split(": ")[1] for line in lines] == ["gone.html", "there.html#gone"]
    lost = links.unpublished(found, ["index.html#here", "there.html#old", "old.html"])
    assert [line.split(" was")[0] for line in lost] == ["there.html#old", "old.html"]


def test_no_file_of_the_book_names_another_host_to_load_from(book):
    loads = re.compile(
        r"""(?:src|srcset)=["'](?:https?:)?//|@import\s+(?:url\()?["']?(?:https?:)?//|"""
        r"""url\(["']?(?:https?:)?//|(?:import|fetch)\(["'](?:https?:)?//|<link[^>]+href=["']https?://"""
    )
    named = [
        str(path.relative_to(book))
        for path in book.rglob("*")
        if path.suffix in (".html", ".css", ".js", ".mjs", ".svg")
        and loads.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_before_the_first_click_a_lesson_keeps_to_the_budget(facts, site, book, lesson):
    import budgets

    sent = budgets.weigh(book, site, facts(lesson)["first"])
    assert sum(sent.values()) <= budgets.WEIGHT, sent
    assert len(sent) <= budgets.REQUESTS, sent


def test_the_weight_is_that_of_all_that_is_asked_for_once_and_texts_compressed(tmp_path):
    import budgets

    (tmp_path / "a.css").write_text("p { color: teal }" * 1000, encoding="utf-8")
    (tmp_path / "a.woff2").write_bytes(bytes(range(256)) * 40)
    asked = ["http://here/a.css?v=1", "http://here/a.css?v=1", "http://here/a.woff2", "data:,x"]
    sent = budgets.weigh(tmp_path, "http://here", [*asked, "http://there/b.css"])
    assert sent["a.woff2"] == 10240
    assert 50 < sent["a.css"] < 500
    assert len(sent) == 2
    assert budgets.outside("http://here", [*asked, "http://there/b"]) == ["http://there/b"]


# The icons that a page names, and those that come out of an icon font's private letters.
ICONS = """() => [...document.querySelectorAll("[class*='fa-']")]
  .filter((e) => e.checkVisibility() && e.matches("i, span"))
  .map((e) => [e.className, getComputedStyle(e, "::before")])
  .filter(([, s]) => !s.maskImage.startsWith("url") || /[\ue000-\uf8ff]/.test(s.content))
  .map(([name]) => name)"""


@pytest.mark.parametrize("width", [390, 1280])
def test_every_icon_is_drawn_by_the_book_s_own_sheet(visit, site, width):
    page = visit(width).go(f"{site}/4-training/adam.html")
    for button in (".theme-switch-button", ".primary-toggle", ".search-button__button"):
        for each in page.locator(f"{button}:visible").all()[:1]:
            each.click()
            page.wait_for_timeout(100)
            assert page.locator("[class*='fa-']:visible").count() > 3
            assert page.evaluate(ICONS) == []
            page.keyboard.press("Escape")


def test_the_lock_file_names_versions_and_checksums_but_no_registry():
    pins = Path(__file__).parents[2] / "extensions" / "assets"
    lock = json.loads((pins / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) >= 4
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
    wanted = json.loads((pins / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
