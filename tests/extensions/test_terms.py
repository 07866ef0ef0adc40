"""Terms have one definition, which the glossary knows."""

from __future__ import annotations

import pytest
from little_book import LittleBook

GLOSSARY = (
    "# Words\n\n```{glossary}\nlocal slope\n  How one step moves.\n\nloss\n  How wrong.\n```\n"
)
INDEX = "# A\n\n```{toctree}\none\ntwo\nwords\n```\n"


@pytest.fixture
def book(tmp_path):
    """A book of two pages and a glossary."""
    book = LittleBook(tmp_path, "extensions.terms", more="terms_in_order = True")
    book.write("index.md", INDEX)
    book.write("words.md", GLOSSARY)
    book.write("one.md", "# One\n\nA {def}`local slope` is new; {def}`losses <loss>` too.\n")
    book.write("two.md", "# Two\n\nThe {term}`local slope` again.\n")
    return book


def test_the_glossary_links_back_to_the_definition(book):
    done = book.build()
    assert done.code == 0, done.said
    assert '<strong class="definition" id="def-local-slope">local slope</strong>' in done.page(
        "one"
    )
    assert 'id="def-loss">losses</strong>' in done.page("one")
    assert 'href="one.html#def-local-slope"' in done.page("words")


def test_the_glossary_follows_when_a_definition_moves(book):
    book.build()
    book.write("one.md", "# One\n\nNo {def}`loss` without a slope.\n")
    book.write("two.md", "# Two\n\nHere is the {def}`local slope`.\n")
    done = book.build()
    assert done.code == 0, done.said
    assert 'href="two.html#def-local-slope"' in done.page("words")
    assert 'href="one.html#def-local-slope"' not in done.page("words")


@pytest.mark.parametrize(
    ("page", "text", "fault"),
    [
        ("two.md", "A {def}`local slope`.", "defined a second time"),
        ("two.md", "A {def}`strange thing`.", "no entry in the glossary"),
        ("index.md", "A {term}`loss`.", "used before it is defined"),
    ],
)
def test_a_term_out_of_place_breaks_the_build(book, page, text, fault):
    before = (book.folder / page).read_text(encoding="utf-8")
    book.write(page, f"{before}\n{text}\n")
    done = book.build()
    assert done.code != 0
    assert fault in done.said


def test_in_print_the_link_has_a_target(book):
    done = book.build("latex")
    assert done.code == 0, done.said
    text = next(done.out.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\label{\detokenize{one:def-local-slope}}" in text
    assert r"\hyperref[\detokenize{one:def-local-slope}]" in text
