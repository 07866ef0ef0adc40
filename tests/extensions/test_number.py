"""Numbers in sentences are computed, where they stand, and never stale."""

from __future__ import annotations

import pytest
from little_book import LittleBook

from extensions.number import split_format, written

EXTENSIONS = ("extensions.examples", "extensions.number")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2**50", ("2**50", "")),
        ("2**50:,", ("2**50", ",")),
        ("x:.4f", ("x", ".4f")),
        ("x[1:3]", ("x[1:3]", "")),
        ("x[1:]", ("x[1:]", "")),
        ("{1: 2}[1]", ("{1: 2}[1]", "")),
        ("{1: 2}[1]:d", ("{1: 2}[1]", "d")),
        ("(lambda: 3)()", ("(lambda: 3)()", "")),
    ],
)
def test_the_format_is_what_follows_the_last_colon(text, parts):
    assert split_format(text) == parts


def test_a_number_is_written_as_prose_does():
    assert written(-12, "") == "−12"
    assert written(5163, ",") == "5,163"
    assert written("a-b", "") == "a-b"
    with pytest.raises(TypeError, match="wanted a number"):
        written([1], "")


def test_a_number_is_that_of_its_place_on_the_page(tmp_path):
    book = LittleBook(tmp_path, *EXTENSIONS)
    block = "```{{doctest}}\n>>> x = {}\n```\n\nNow {{number}}`x`.\n\n"
    book.write("index.md", "# A\n\n" + block.format(1) + block.format(22))
    done = book.build()
    assert done.code == 0, done.said
    page = done.page()
    assert page.index('<span class="number">1</span>') < page.index(
        '<span class="number">22</span>'
    )


@pytest.mark.parametrize(("text", "fault"), [("nobody", "NameError"), ("1 +", "SyntaxError")])
def test_an_expression_that_fails_breaks_the_build_at_its_line(tmp_path, text, fault):
    book = LittleBook(tmp_path, *EXTENSIONS)
    book.write("index.md", f"# A\n\nOne.\n\nIt is {{number}}`{text}`.\n")
    for _ in range(2):
        done = book.build()
        assert done.code != 0
        assert fault in done.said
        assert "index.md:5:" in done.said


def test_an_edited_program_gives_new_numbers(tmp_path):
    more = f"sys.path.insert(0, {str(tmp_path)!r})\nstale_folders = ['little']"
    book = LittleBook(tmp_path, *EXTENSIONS, more=more)
    book.write("little/__init__.py", "SIZE = 4192\n")
    block = "```{doctest}\n>>> import little\n```\n\n"
    book.write("index.md", f"# A\n\n{block}It is {{number}}`little.SIZE:,`.\n")
    assert "4,192" in book.build().page()
    book.write("little/__init__.py", "SIZE = 41920\n")
    assert "41,920" in book.build().page()
