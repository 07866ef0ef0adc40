"""The examples run in the page, by the book's own program; Stop, Edit and Reset do their work."""

from __future__ import annotations

import doctest
import re
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import Quiet

LESSON = "2-calculus-and-autograd/value.html"
PATIENCE = 240_000  # milliseconds; a test waits for an end, never for a time


def rows(page):
    return page.locator(".live-row")


def run(page, number: int) -> str:
    """Press Run at the numbered example and return what the row says when it is done."""
    row = rows(page).nth(number)
    row.locator(".live-run").evaluate("button => button.click()")
    finished = "n => !document.querySelectorAll('.live-row')[n].classList.contains('busy')"
    page.wait_for_function(finished, arg=number, timeout=PATIENCE)
    return row.locator(".live-status").text_content()


def output(page, number: int) -> str:
    return page.locator("pre.live-output").nth(number).text_content()


def edit(page, number: int, text: str) -> None:
    """Open the editor at the numbered example and replace what is in it."""
    rows(page).nth(number).locator(".live-edit").click()
    page.locator(".cm-content").wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def checked(page) -> list[tuple[str, str, str]]:
    """Return label, starter and solution of each exercise that the page can check."""
    blocks = page.evaluate("window.microgpt.settings.blocks")
    sessions = page.evaluate("""() => {
      const labels = [...document.querySelectorAll(".your-answer")].map((e) => e.dataset.exercise);
      const session = (label) => document.getElementById(label).nextElementSibling.id;
      return Object.fromEntries(labels.map((label) => [label, session(label)]));
    }""")
    found = []
    for block in blocks:
        if "exercise" in block:
            mine = [other for other in blocks if other["session"] == sessions[block["exercise"]]]
            examples = [
                example
                for other in mine
                for example in doctest.DocTestParser().get_examples(other["source"])
            ]
            # what shows an error would end an answer
            solution = "".join(example.source for example in examples if not example.exc_msg)
            found.append((block["exercise"], block["starter"], solution))
    assert len(found) == len(sessions)
    return found


def judged(page, exercise: str, answer: str) -> list[dict]:
    """Return what each hidden example gives with an answer."""
    found = page.evaluate(
        """async ([exercise, answer]) => {
      const { python, settings } = window.microgpt;
      const number = settings.blocks.findIndex((block) => block.exercise === exercise);
      return python.check(number, answer, () => {}, () => {});
    }""",
        [exercise, answer],
    )
    assert found["cases"], found["output"]
    return found["cases"]


def test_every_example_of_a_lesson_gives_the_book_s_output(visit, site, lesson):
    seen = visit()
    page = seen.go(f"{site}/{lesson}")
    count = rows(page).count()
    assert count == page.locator("div.doctest.highlight-pycon").count() > 0
    told = {}
    for number in range(count):
        said = run(page, number)
        if said != "same as the book":
            told[number] = (said, output(page, number))
    assert told == {}
    assert [url for url in seen.asked if not url.startswith((site, "data:", "blob:"))] == []
    # Python is here now, so the lesson's exercises are tried as well.
    for exercise, starter, solution in checked(page):
        assert not all(case["same"] for case in judged(page, exercise, starter)), exercise
        wrong = [case for case in judged(page, exercise, solution) if not case["same"]]
        assert wrong == [], exercise


def test_nothing_of_python_is_loaded_before_the_first_click(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{LESSON}")
    assert not any("pyodide" in url or "modules/" in url for url in seen.asked)
    assert run(page, 0) == "same as the book"
    assert any("pyodide.asm.wasm" in url for url in seen.asked)
    assert not any("modules/" in url for url in seen.asked)


def test_a_late_example_runs_what_it_depends_on_first(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    last = rows(page).count() - 1
    assert run(page, last) == "same as the book"


def test_an_edit_runs_as_it_is_and_reset_brings_the_book_s_back(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    edit(page, 0, "print(6 * 7)\n1 / 0")
    page.keyboard.press("Shift+Enter")
    said = "() => document.querySelector('.live-status').textContent == 'your version ran'"
    page.wait_for_function(said, timeout=PATIENCE)
    assert output(page, 0).startswith("42\n")
    assert "line 2" in output(page, 0)
    assert "ZeroDivisionError: division by zero" in output(page, 0)
    assert "page.py" not in output(page, 0)
    page.reload()
    assert "live-edited" in page.locator("div.doctest").first.get_attribute("class")
    rows(page).first.locator(".live-reset").click()
    assert run(page, 0) == "same as the book"
    page.reload()
    assert "live-edited" not in page.locator("div.doctest").first.get_attribute("class")


def test_an_edit_changes_what_later_examples_see(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    edit(page, 0, "from microgpt.autograd import Value\nband = Value(30)")
    assert "different" in run(page, 1) or "your version" in run(page, 0)


def test_a_broken_edit_says_what_is_wrong_and_harms_nothing(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    for broken in ("def f(:", "import nothing_of_the_kind", "while True print(1)"):
        edit(page, 0, broken)
        assert run(page, 0) == "your version ran", broken
        assert "Error" in output(page, 0), broken
        rows(page).first.locator(".live-reset").click()
        assert run(page, 0) == "same as the book", broken


def test_stop_ends_an_endless_loop_and_the_page_goes_on(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    assert run(page, 1) == "same as the book"
    edit(page, 3, "while True:\n    pass")
    row = rows(page).nth(3)
    row.locator(".live-run").click()
    row.locator(".live-stop").wait_for()
    page.wait_for_timeout(300)
    row.locator(".live-stop").click()
    assert row.locator(".live-status").text_content() == "stopped"
    row.locator(".live-reset").click()
    assert run(page, 4) == "same as the book"


def test_stop_ends_the_loading_of_python_and_run_begins_again(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    row = rows(page).first
    row.locator(".live-run").click()
    row.locator(".live-stop").click()
    page.wait_for_function("() => !document.querySelector('.live-row').classList.contains('busy')")
    assert row.locator(".live-status").text_content() == "stopped"
    assert run(page, 0) == "same as the book"


def test_examples_that_are_asked_for_together_all_have_their_turn(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    page.evaluate("document.querySelectorAll('.live-row .live-run').forEach((run) => run.click())")
    page.wait_for_function("() => !document.querySelector('.live-row.busy')", timeout=PATIENCE)
    assert set(rows(page).locator(".live-status").all_text_contents()) == {"same as the book"}


def test_from_a_file_a_sentence_says_why_it_does_not_run(visit, book):
    page = visit().go(f"{book.as_uri()}/{LESSON}")
    assert "needs a server" in run(page, 0)
    rows(page).first.locator(".live-edit").click()
    page.wait_for_function(
        "() => document.querySelector('.live-status').textContent.includes('needs a server')"
    )
    assert page.locator("div.doctest").first.is_visible()


class Wrong(Quiet):
    """A server that knows some types wrongly, or loses a file; its pages may wait less long."""

    lost = ""
    untyped = ""
    patience = 0  # milliseconds; none given: that of the book

    def guess_type(self, path) -> str:
        """Call a file with the untyped ending plain text."""
        wrong = self.untyped and str(path).endswith(self.untyped)
        return "text/plain" if wrong else super().guess_type(path)

    def do_GET(self) -> None:
        """Serve, or not."""
        if self.lost and self.lost in self.path:
            self.send_error(404)
        elif self.patience and self.path.endswith(".html"):
            page = Path(self.translate_path(self.path)).read_text("utf-8")
            shorter, count = re.subn(r'"patience":\d+', f'"patience":{self.patience}', page)
            assert count == 1
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shorter.encode())
        else:
            super().do_GET()


@pytest.fixture
def wrong_site(book):
    """Serve the book badly."""
    servers = []

    def begin(**faults) -> str:
        handler = type("Handler", (Wrong,), faults)
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(book))))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_address[1]}"

    yield begin
    for server in servers:
        server.shutdown()


@pytest.mark.parametrize(
    "faults",
    [
        {"untyped": ".mjs"},
        {"lost": "asm.wasm", "patience": 5000},  # of this Python says nothing: the page must notice
        {"lost": "program.zip"},
        {"lost": "worker.js"},
    ],
)
def test_a_server_that_serves_badly_gets_a_sentence(visit, wrong_site, faults):
    page = visit().go(f"{wrong_site(**faults)}/{LESSON}")
    assert "Python did not arrive" in run(page, 0)
    assert not rows(page).first.locator(".live-run").is_disabled()


def test_a_server_that_does_not_know_webassembly_is_helped(visit, wrong_site):
    page = visit().go(f"{wrong_site(untyped='.wasm')}/{LESSON}")
    assert run(page, 0) == "same as the book"


def test_an_old_browser_gets_a_sentence(visit, site):
    seen = visit()
    seen.page.add_init_script("delete window.WebAssembly")
    page = seen.go(f"{site}/{LESSON}")
    assert "too old" in run(page, 0)


def test_edits_from_elsewhere_never_run_by_themselves(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{LESSON}")
    page.evaluate("""() => localStorage.setItem('microgpt:2-calculus-and-autograd/value:edits',
      JSON.stringify({0: "<img src=x onerror=alert(1)>", 999: "x", hidden: "y"}))""")
    page.reload()
    page.wait_for_timeout(300)
    assert not any("pyodide" in url for url in seen.asked)
    assert "line 1" in (run(page, 0) and output(page, 0))
    assert page.locator("pre.live-output img").count() == 0
