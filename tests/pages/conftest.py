"""The built book, served on loopback, and a real Chromium that looks at it."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from measuring import measure
from visiting import Visit

ROOT = Path(__file__).parents[2]
BOOK = Path(os.environ.get("BOOK", ROOT / "build" / "html"))
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]


def names() -> list[str]:
    """Return every page of the built book."""
    found = [path.relative_to(BOOK).as_posix() for path in sorted(BOOK.rglob("*.html"))]
    return [name for name in found if not name.startswith("_static/")]


def lessons() -> list[str]:
    """Return the pages of lessons."""
    return [name for name in names() if name[0].isdigit() and not name.endswith("index.html")]


def pytest_generate_tests(metafunc) -> None:
    """Run a test that asks for ``page_name`` or ``lesson`` on each of them."""
    for fixture, found in (("page_name", names()), ("lesson", lessons())):
        if fixture in metafunc.fixturenames:
            none = [pytest.param("", marks=pytest.mark.skip("tox -e html has not built the book"))]
            metafunc.parametrize(fixture, found or none)


@pytest.fixture(scope="session")
def book() -> Path:
    """Return the folder of the built book."""
    if not (BOOK / "index.html").is_file():
        pytest.skip("tox -e html has not built the book")
    return BOOK


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *_) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(book):
    """Serve the book and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(book)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    browser = pytest.importorskip("browser", reason="playwright is not installed")
    if not browser.find():
        pytest.skip("Chromium is not installed")
    with browser.chromium() as opened:
        yield opened


@pytest.fixture
def visit(chromium):
    """Return a function that opens a page in a fresh context."""
    opened = []

    def begin(width: int = 1280, look: str = "light") -> Visit:
        opened.append(Visit(chromium, width, look))
        return opened[-1]

    yield begin
    for each in opened:
        each.context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe's script."""
    from extensions.fetched import packages

    found = packages(pins=Path(__file__).parent / "pins")
    return (found / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def facts(chromium, site, axe):
    """Return a function that opens a page once and measures it, for all tests that ask."""
    known: dict[str, dict] = {}

    def find(name: str) -> dict:
        if name not in known:
            known[name] = measure(chromium, site, name, axe)
        return known[name]

    return find
