"""An exercise is answered in the page: written, judged, kept, stopped, and never more than text."""

from __future__ import annotations

import pytest

LESSON = "0-big-picture/language-model.html"
PATIENCE = 240_000  # milliseconds; a test waits for an end, never for a time
RIGHT = """def hat2(two, names):
    cards = []
    for name in names:
        letters = list(name) + ["end"]
        for place in range(2, len(letters)):
            if letters[place - 2] + letters[place - 1] == two:
                cards.append(letters[place])
    return cards
"""


def press(place, name: str) -> None:
    """Press a button by keyboard."""
    place.get_by_role("button", name=name, exact=True).focus()
    place.page.keyboard.press("Enter")


def opened(page, button: str = "Write your answer here"):
    """Open the editor of the page's first answer by keyboard and return its place."""
    place = page.locator(".your-answer").first
    press(place, button)
    place.locator(".cm-content").wait_for()
    return place


def write(place, text: str) -> None:
    """Replace what is in the editor, by keyboard."""
    place.locator(".cm-content").focus()
    place.page.keyboard.press("Control+A")
    place.page.keyboard.insert_text(text)


def check(place) -> str:
    """Have it judged and return what is said in the end."""
    press(place, "Check")
    place.page.wait_for_function(
        """place => !place.classList.contains("busy")""",
        arg=place.element_handle(),
        timeout=PATIENCE,
    )
    return place.get_by_role("status").text_content()


def test_an_answer_is_judged_case_by_case_with_its_numbers_and_is_kept(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{LESSON}")
    assert not any("modules/" in url for url in seen.asked)
    place = opened(page)
    assert not any("pyodide" in url for url in seen.asked)
    assert "5 of 5 wrong" in check(place)
    first = place.locator("li").first.text_content()
    assert 'hat2("an", ["anna"])' in first
    assert "gives []" in first
    assert "wanted ['n']" in first
    write(place, "print('<b>here</b>')\n" + RIGHT.replace("range(2,", "range(3,"))
    assert "wrong" in check(place)
    assert place.locator("pre").text_content() == "<b>here</b>\n"
    assert place.locator("b", has_text="here").count() == 0
    write(place, RIGHT)
    assert check(place) == "all 5 right"
    assert set(place.locator("li > b").all_text_contents()) == {"right: "}
    page.reload()
    place = opened(page, "Open your answer")
    assert "letters[place - 2]" in place.locator(".cm-content").text_content()
    press(place, "Starter again")
    place.locator(".cm-content", has_text="which letters").wait_for()
    assert "letters[place - 2]" not in place.locator(".cm-content").text_content()
    page.reload()
    assert "for place" not in opened(page).locator(".cm-content").text_content()
    assert [url for url in seen.asked if not url.startswith((site, "data:", "blob:"))] == []


def test_an_endless_answer_is_stopped_and_a_broken_one_is_shown(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    place = opened(page)
    write(place, "while True: pass")
    press(place, "Check")
    place.get_by_role("button", name="Stop", exact=True).wait_for()
    page.wait_for_timeout(300)  # the loop is on its way, or Python is
    press(place, "Stop")
    page.wait_for_function("place => !place.classList.contains('busy')", arg=place.element_handle())
    assert place.get_by_role("status").text_content() == "stopped"
    write(place, "def hat2(two, names):\n    return cards[\n")
    assert "stops with an error" in check(place)
    assert "line 2" in place.locator("pre").text_content()
    write(place, RIGHT)
    assert check(place) == "all 5 right"


def test_what_others_left_in_the_browser_is_only_text_and_does_not_run(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{LESSON}")
    for kept in ('"x"', "{", '{"ex-language-model-3": "<img src=x onerror=alert(1)>"}'):
        page.evaluate(
            "text => localStorage.setItem('microgpt:0-big-picture/language-model:answers', text)",
            kept,
        )
        page.reload()
        place = page.locator(".your-answer").first
        assert place.get_by_role("button").count() > 0
    page.wait_for_timeout(300)
    assert not any("pyodide" in url for url in seen.asked)
    place = opened(page, "Open your answer")
    assert "stops with an error" in check(place)
    assert page.locator(".your-answer img").count() == 0


@pytest.mark.parametrize("scheme", ["print", "file", "no script"])
def test_where_nothing_can_run_nothing_is_promised(visit, site, book, chromium, scheme):
    if scheme == "no script":
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{site}/{LESSON}")
        assert page.locator(".your-answer").first.text_content().strip() == ""
        context.close()
    elif scheme == "print":
        page = visit().go(f"{site}/{LESSON}")
        page.emulate_media(media="print")
        assert not page.locator(".your-answer").first.is_visible()
    else:
        page = visit().go(f"{book.as_uri()}/{LESSON}")
        place = page.locator(".your-answer").first
        press(place, "Write your answer here")
        place.get_by_text("needs a server").wait_for()
