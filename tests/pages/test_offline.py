"""Without a network the visited book is there; with one, a new build is seen at once."""

from __future__ import annotations

import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from conftest import Quiet

FOLDER = "/some/where"  # the book need not stand at the root of its host
LESSON = "2-calculus-and-autograd/value.html"
OTHER = "2-calculus-and-autograd/slopes.html"
PATIENCE = 240_000  # milliseconds; a test waits for an end, never for a time
LOOKS = """() => [document.body.innerText,
  getComputedStyle(document.querySelector("h1")).fontFamily,
  [...document.fonts].filter((font) => font.status === "loaded").length]"""


class Host:
    """A static host that can be switched off, and that can be given another build."""

    def __init__(self, book) -> None:
        host = self
        self.asked: list[str] = []
        self.changed: dict[str, bytes] = {}

        class Handler(Quiet):
            def translate_path(self, path: str) -> str:
                return super().translate_path(path.removeprefix(FOLDER))

            def do_GET(self) -> None:
                host.asked.append(self.path)
                name = self.path.partition("?")[0].removeprefix(FOLDER + "/")
                if not self.path.startswith(FOLDER + "/"):
                    self.send_error(404)
                elif name in host.changed:
                    self.send_response(200)
                    self.send_header("Content-Type", self.guess_type(name))
                    self.end_headers()
                    self.wfile.write(host.changed[name])
                else:
                    super().do_GET()

        self.handler = partial(Handler, directory=str(book))
        self.port = 0
        self.on()

    def on(self) -> None:
        """Serve, at the same address each time."""
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self.handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def off(self) -> None:
        """Answer nobody."""
        self.server.shutdown()
        self.server.server_close()

    def __truediv__(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}{FOLDER}/{name}"


@pytest.fixture
def host(book):
    """Return a host with the book in a folder."""
    found = Host(book)
    yield found
    found.off()


def kept(page) -> list[str]:
    """Return what the browser has kept, below the book's folder."""
    found = page.evaluate(
        """async () => {
      const all = [];
      for (const name of await caches.keys())
        all.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
      return all;
    }"""
    )
    return [address.partition(FOLDER + "/")[2] for address in found]


def wait_until_kept(page, *names: str) -> None:
    """Wait until the browser has kept some files."""
    page.wait_for_function(
        """async (names) => {
      const has = (name) => caches.match(location.origin + name, { ignoreSearch: true });
      return (await Promise.all(names.map(has))).every(Boolean);
    }""",
        arg=[f"{FOLDER}/{name}" for name in names],
        timeout=PATIENCE,
    )


def controlled(page) -> None:
    """Wait until the worker answers for the page."""
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=PATIENCE)


def run_first(page) -> str:
    """Run the page's first example and return what its row says."""
    page.locator(".live-run").first.click()
    done = "() => document.querySelector('.live-output:not([hidden])')"
    page.wait_for_function(done, timeout=PATIENCE)
    return page.locator(".live-status").first.text_content()


def test_after_a_visit_the_page_and_its_python_work_without_a_network(visit, host):
    seen = visit()
    page = seen.go(host / LESSON)
    controlled(page)
    wait_until_kept(page, LESSON, "_static/live/live.js", "_static/book.css")
    assert not any("pyodide" in name for name in kept(page))
    before = page.evaluate(LOOKS)
    assert run_first(page) == "same as the book"
    wait_until_kept(page, "_static/live/program.zip", "_static/live/pyodide/pyodide.asm.wasm",
                    "_static/live/editor.js", "_static/live/modules/crelt.js")  # fmt: skip
    host.off()
    page.reload()
    assert page.evaluate(LOOKS) == before
    assert run_first(page) == "same as the book"
    page.locator(".live-edit").first.click()
    page.locator(".cm-content").wait_for()
    page.goto(host / OTHER)
    assert "was not visited before" in page.locator("p").text_content()
    page.goto(host / LESSON + "?from=there#top")
    assert page.locator(".bd-article h1").is_visible()
    host.on()
    assert all(url.startswith((host / "", "data:", "blob:")) for url in seen.asked)


def test_a_new_build_is_seen_at_once_and_keeps_nothing_of_the_old(visit, host, book):
    page = visit().go(host / LESSON)
    controlled(page)
    wait_until_kept(page, LESSON, "_static/book.css")
    page.reload()
    first = host.asked.index(f"{FOLDER}/offline.js")
    again = [
        name for name in host.asked[first:] if name.count("?v=") and name in host.asked[:first]
    ]
    assert again == []  # what carries a hash was not asked for twice
    text = (book / LESSON).read_text("utf-8").replace("</h1>", " anew</h1>")
    host.changed[LESSON] = text.encode()
    page.reload()
    assert "anew" in page.locator(".bd-article h1").text_content()
    old = page.evaluate("caches.keys()")
    assert len(old) == 1
    worker = (book / "offline.js").read_text("utf-8").replace('BOOK = "', 'BOOK = "new', 1)
    host.changed["offline.js"] = worker.encode()
    page.reload()
    page.wait_for_function(
        "old => caches.keys().then((now) => now.length && !now.includes(old))",
        arg=old[0],
        timeout=PATIENCE,
    )
    wait_until_kept(page, LESSON, "_static/book.css")
    host.off()
    page.reload()
    assert "anew" in page.locator(".bd-article h1").text_content()
    host.on()


def test_two_books_on_one_host_do_not_throw_out_each_other_s(visit, host):
    page = visit().go(host / LESSON)
    controlled(page)
    page.evaluate("caches.open(`${location.origin}/another/ 1`)")
    names = page.evaluate("caches.keys()")
    host.changed["offline.js"] = (
        page.evaluate("fetch('../offline.js').then((found) => found.text())")
        .replace('BOOK = "', 'BOOK = "new', 1)
        .encode()
    )
    page.reload()
    mine = next(name for name in names if FOLDER in name)
    gone = "old => caches.keys().then((now) => !now.includes(old))"
    page.wait_for_function(gone, arg=mine, timeout=PATIENCE)
    assert any("/another/" in name for name in page.evaluate("caches.keys()"))
