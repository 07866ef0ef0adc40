"""Every page notes the reader's place, and one page shows it."""

from __future__ import annotations

from little_book import LittleBook

TEXT = "# A\n\n:::{your-place}\nIt needs JavaScript.\n:::\n"


def test_the_page_has_words_for_those_without_javascript_and_a_place_for_the_others(tmp_path):
    book = LittleBook(tmp_path, "extensions.place")
    book.write("index.md", TEXT + "\n```{toctree}\nb\n```\n")
    book.write("b.md", "# B\n\nText.\n")
    done = book.build()
    assert done.code == 0, done.said
    page = done.page()
    body, _, rest = page.partition('<div class="place-body">')[2].partition("</div>")
    assert "It needs JavaScript." in body
    assert '<div class="your-place"></div>' in rest
    assert "live/your-place.js" in page
    assert "live/place.js" in done.page("b")
    assert "your-place" not in done.page("b")


def test_in_print_the_words_are_all(tmp_path):
    book = LittleBook(tmp_path, "extensions.place")
    book.write("index.md", TEXT)
    done = book.build("latex")
    assert done.code == 0, done.said
    assert "It needs JavaScript." in next(done.out.glob("*.tex")).read_text(encoding="utf-8")


def test_a_place_without_words_is_an_error(tmp_path):
    book = LittleBook(tmp_path, "extensions.place")
    book.write("index.md", "# A\n\n:::{your-place}\n:::\n")
    assert book.build().code != 0
