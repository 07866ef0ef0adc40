"""The reader's place stays in the browser: shown, saved, read back, cleared; nothing is sent."""

from __future__ import annotations

import json

import pytest

LESSON = "4-training/adam"
PLACE = "appendix/your-place.html"
NASTY = "<img src=x onerror=\"document.title='run'\">"
# A browser that lets no page keep anything.
NOTHING = """Object.defineProperty(window, "localStorage", { configurable: true,
  get() { throw new DOMException("denied", "SecurityError"); } });"""


def kept(page) -> dict:
    """Return what the book keeps in the browser."""
    found = page.evaluate("({ ...localStorage })")
    return {name: text for name, text in found.items() if name.startswith("microgpt:")}


def finish(page) -> None:
    """Scroll to the end of a lesson and wait until that is noted."""
    page.locator(".prev-next-area").scroll_into_view_if_needed()
    page.wait_for_function("(localStorage.getItem('microgpt:place') || '').includes('true')")


def read_back(page, kept, *, name="place.json", raw=None):
    """Give the page a file, and return what it says."""
    text = json.dumps({"microgpt-place": 1, "kept": kept}) if raw is None else raw
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.locator(".your-place input[type=file]").set_input_files([file])
    page.wait_for_function("document.querySelector('.your-place [role=status]').textContent")
    return page.locator(".your-place [role=status]").inner_text()


def test_a_lesson_read_to_its_end_has_a_mark_and_the_landing_page_leads_on(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{LESSON}.html")
    assert page.locator(".bd-links .place-mark").count() == 0
    finish(page)
    mark = page.locator(".bd-links li.current.active .place-mark").last
    assert mark.inner_text().strip().startswith("✓")
    page.goto(f"{site}/index.html")
    go_on = page.locator(".place-on a")
    assert go_on.inner_text() == "4.5 The learning-rate schedule"
    go_on.click()
    page.wait_for_url("**/4-training/learning-rate-schedule.html", wait_until="load")
    assert page.locator(".bd-links .place-mark").count() == 1


def test_who_stops_in_the_middle_comes_back_to_the_section(visit, site):
    page = visit().go(f"{site}/{LESSON}.html")
    section = page.locator(".bd-article section section[id]").nth(1)
    section.evaluate("(e) => e.scrollIntoView({ block: 'start' })")
    identity = section.get_attribute("id")
    page.goto(f"{site}/index.html")
    wanted = f"{site}/{LESSON}.html#{identity}"
    page.locator(".place-on a").click()
    page.wait_for_url(wanted, wait_until="load")
    assert "true" not in kept(page)["microgpt:place"]


def test_the_first_visit_shows_nothing_of_all_this(visit, site):
    page = visit().go(f"{site}/index.html")
    assert page.locator(".place-on").count() == 0
    page.goto(f"{site}/{PLACE}")
    assert "Nothing is kept yet." in page.locator(".your-place").inner_text()


def test_what_is_kept_is_shown_saved_cleared_and_read_back(visit, site, tmp_path):
    seen = visit()
    page = seen.go(f"{site}/{LESSON}.html")
    page.locator("details.solution > summary").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("(localStorage.getItem('microgpt:place') || '').includes('solution')")
    finish(page)
    page.evaluate("localStorage.setItem('microgpt:4-training/adam:edits', '{\"1\": \"print(2)\"}')")
    page.locator(".your-place-link a").click()
    row = page.locator(".your-place tbody tr")
    row.wait_for()
    assert row.locator("th, td").all_inner_texts() == ["4.4 Adam", "yes", "1", "1"]
    before = kept(page)
    page.locator(".your-place details summary").click()
    assert page.locator(".your-place pre").all_inner_texts() == [
        value for _, value in sorted(before.items())
    ]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "microgpt-place.json"

    page.once("dialog", lambda box: box.dismiss())
    page.get_by_role("button", name="Clear everything").click()
    assert kept(page) == before
    page.once("dialog", lambda box: box.accept())
    page.get_by_role("button", name="Clear everything").click()
    assert kept(page) == {}
    assert page.locator(".place-mark").count() == 0

    said = read_back(page, {}, raw=saved.read_text(encoding="utf-8"))
    assert said in ("Everything is cleared.", "Read back from the file.")
    page.wait_for_function("document.querySelector('.your-place tbody tr')")
    assert kept(page) == before
    assert page.locator(".bd-links .place-mark").count() == 1
    assert [url for url in seen.asked if not url.startswith((site, "data:", "blob:"))] == []
    assert seen.said == []


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("no json", "no JSON"),
        ("[]", "not saved by this page"),
        ('{"microgpt-place": 2, "kept": {}}', "not saved by this page"),
        ('{"microgpt-place": 1, "kept": {"a b": "x"}}', "cannot be read"),
        ('{"microgpt-place": 1, "kept": {"model": 3}}', "cannot be read"),
        ('{"microgpt-place": 1, "kept": {"place": "[]"}}', "cannot be read"),
        ('{"microgpt-place": 1, "kept": {"a:edits": "{\\"1\\": {}}"}}', "cannot be read"),
    ],
)
def test_a_file_that_is_not_sound_changes_nothing(visit, site, raw, words):
    page = visit().go(f"{site}/{PLACE}")
    page.evaluate("localStorage.setItem('microgpt:model', 'mine')")
    assert words in read_back(page, {}, raw=raw)
    assert kept(page) == {"microgpt:model": "mine"}


def test_markup_and_addresses_in_a_file_are_only_text(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{PLACE}")
    place = {
        "last": {"page": LESSON, "title": NASTY, "section": NASTY},
        "lessons": {LESSON: {"read": True, "opened": [NASTY, 3]}, "javascript:alert(1)": {}},
    }
    more = {"place": json.dumps(place), "9-x/y:edits": json.dumps({"1": NASTY}), "note": NASTY}
    assert read_back(page, more) == "Read back from the file."
    page.locator(".your-place details summary").click()
    assert NASTY in page.locator(".your-place pre").all_inner_texts()
    assert "javascript" not in kept(page)["microgpt:place"]
    page.goto(f"{site}/index.html")
    assert page.locator(".place-on a").inner_text() == NASTY
    page.locator(".place-on a").click()
    page.wait_for_url(f"{site}/{LESSON}.html#*", wait_until="load")
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "run"

    evil = {**place, "last": {"page": "//elsewhere.invalid/x", "title": "x"}}
    page.goto(f"{site}/{PLACE}")
    page.once("dialog", lambda box: box.accept())
    read_back(page, {"place": json.dumps(evil)})
    page.goto(f"{site}/index.html")
    assert page.locator(".place-on").count() == 0


def test_where_nothing_can_be_kept_the_page_says_so_and_nothing_breaks(visit, site):
    seen = visit()
    seen.page.add_init_script(NOTHING)
    page = seen.go(f"{site}/{PLACE}")
    assert "keeps nothing" in page.locator(".your-place [role=status]").inner_text()
    assert page.get_by_role("button", name="Clear everything").is_disabled()
    seen.said.clear()
    page.goto(f"{site}/{LESSON}.html")
    page.locator(".prev-next-area").scroll_into_view_if_needed()
    assert page.locator(".live-run").first.is_visible()
    assert page.locator("button.copybtn").count() > 0
    page.locator("details.answer > summary").first.click()
    assert page.locator("details.answer").first.evaluate("(e) => e.open")
    assert seen.said == []


def test_from_a_file_the_place_is_kept_as_well(visit, book):
    page = visit().go(f"{book.as_uri()}/{LESSON}.html")
    finish(page)
    page.goto(f"{book.as_uri()}/{PLACE}")
    assert page.locator(".your-place tbody tr").count() == 1
    assert page.locator(".bd-links .place-mark").count() == 1
