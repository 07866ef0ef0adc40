"""The service worker is of this build alone, and every page asks for it at its place."""

from __future__ import annotations

import re

from little_book import LittleBook


def worker(folder, text: str) -> str:
    """Build a book afresh and return its worker."""
    folder.mkdir()
    book = LittleBook(folder, "sphinx_exercise", "extensions.live")
    book.write("index.md", f"# Book\n\n{text}\n\n```{{toctree}}\ndeep/page\n```\n")
    book.write("deep/page.md", "# A page\n")
    built = book.build()
    assert built.code == 0, built.said
    assert 'register("offline.js")' in built.page()
    assert 'register("offline.js")' in built.page("genindex")
    assert 'register("../offline.js")' in built.page("deep/page")
    return (built.out / "offline.js").read_text("utf-8")


def test_another_text_is_another_build_and_the_same_text_the_same(tmp_path):
    first = worker(tmp_path / "first", "One.")
    assert worker(tmp_path / "same", "One.") == first
    assert worker(tmp_path / "other", "Two.") != first


def test_all_that_python_loads_is_listed(tmp_path):
    listed = re.findall(r'"(_static/live/[^"]*)"', worker(tmp_path / "book", "One."))
    for name in ("worker.js", "program.zip", "pyodide/pyodide.asm.wasm", "modules/crelt.js"):
        assert f"_static/live/{name}" in listed
    assert not any("offline" in name for name in listed)
