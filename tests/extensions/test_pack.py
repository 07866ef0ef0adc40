"""What a theme and its company bring is joined; the book's own files stay apart."""

from __future__ import annotations

import re

import pytest
from little_book import ROOT, LittleBook

MORE = """
html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["book.css", "other.css"]
html_js_files = ["other.js"]
templates_path = [{templates!r}]
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    book = LittleBook(
        tmp_path_factory.mktemp("book"),
        "extensions.pack",
        more=MORE.format(templates=str(ROOT / "book" / "_templates")),
    )
    book.write("_static/book.css", "p { color: teal }")
    book.write("_static/other.css", "p { background: url(images/dot.svg) }")
    book.write("_static/images/dot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    book.write("_static/other.js", '"use strict"; window.other = 1;')
    book.write("index.md", "# A\n\nText.\n\n```{toctree}\npart/b\n```\n")
    book.write("part/b.md", "# B\n\nText.\n")
    made = book.build()
    assert made.code == 0, made.said
    return made


def test_a_page_asks_for_one_sheet_of_the_theme_and_for_the_book_s_own(done):
    for name, up in (("index", ""), ("part/b", "../")):
        sheets = re.findall(r'rel="stylesheet"[^>]*href="([^"?]*)', done.page(name))
        apart = [f"{up}_static/pygments.css", f"{up}_static/book.css"]
        assert sheets[1:] == apart
        assert re.fullmatch(up + r"_static/packed-\w+\.css", sheets[0])
        scripts = re.findall(r'<script[^>]*src="([^"?]*)', done.page(name))
        assert len(scripts) == 2
        assert all(re.fullmatch(up + r"_static/packed-\w+\.js", script) for script in scripts)


def test_the_joined_files_hold_the_parts_in_order_and_no_icon_font(done):
    static = done.out / "_static"
    sheet = next(static.glob("packed-*.css")).read_text(encoding="utf-8")
    assert sheet.index("Sphinx stylesheet -- basic") < sheet.index(".bd-sidebar-primary")
    assert sheet.index(".bd-sidebar-primary") < sheet.index("url(images/dot.svg)")
    assert "Awesome/" not in sheet
    assert "fa-solid-900" not in sheet
    assert "--fa:" not in sheet
    assert not list(static.rglob("fa-*.woff2"))
    assert not list(static.rglob("fontawesome.js"))
    scripts = "".join(path.read_text(encoding="utf-8") for path in static.glob("packed-*.js"))
    assert "window.other = 1" in scripts
    assert scripts.startswith(";")


def test_addresses_in_a_joined_sheet_lead_to_files(done):
    static = done.out / "_static"
    sheet = next(static.glob("packed-*.css")).read_text(encoding="utf-8")
    named = [a for a in re.findall(r"url\(([^)]+)\)", sheet) if not re.match('"?(data:|#)', a)]
    assert named
    assert [address for address in named if not (static / address).is_file()] == []


def test_only_the_search_page_loads_the_index(done):
    assert "searchindex.js" not in done.page("index")
    assert "searchindex.js" in done.page("search")


def test_a_part_that_is_not_there_in_time_stops_the_build(tmp_path):
    more = MORE.replace("other.css", "lost.css").format(templates=str(ROOT / "book" / "_templates"))
    book = LittleBook(tmp_path, "extensions.pack", more=more)
    book.write("_static/book.css", "p { color: teal }")
    book.write("_static/other.js", '"use strict";')
    book.write("index.md", "# A\n\nText.\n")
    made = book.build()
    assert made.code != 0
    assert "a page names lost.css, which is not there yet" in made.said
