"""The index of wrong beliefs leads to every wrong box, in the order of reading."""

from __future__ import annotations

import re

import pytest
from little_book import LittleBook

INDEX = "# Book\n\n```{toctree}\nsecond\nfirst\nlist\n```\n"
BOX = ":::{{wrong}} {}\nBody.\n:::\n"


@pytest.fixture
def book(tmp_path):
    book = LittleBook(tmp_path, "extensions.beliefs")
    book.write("index.md", INDEX)
    book.write("first.md", "# One\n\n" + BOX.format("Adding once"))
    book.write("second.md", "# Two\n\n" + BOX.format("Never adding") + BOX.format("Adding twice"))
    book.write("list.md", "# Beliefs\n\n```{wrong-beliefs}\n```\n")
    return book


def entries(page: str) -> list[tuple[str, str]]:
    return re.findall(r'href="((?:first|second)\.html#wrong-\d)"[^>]*><span>([^<]*)', page)


def test_every_box_is_listed_and_each_link_leads_to_it(book):
    built = book.build()
    assert built.code == 0, built.said
    assert entries(built.page("list")) == [
        ("second.html#wrong-1", "Never adding"),
        ("second.html#wrong-2", "Adding twice"),
        ("first.html#wrong-1", "Adding once"),
    ]
    assert 'id="wrong-2"' in built.page("second")


def test_a_box_that_goes_leaves_the_list_at_the_next_build(book):
    book.build()
    book.write("second.md", "# Two\n\n" + BOX.format("Never adding"))
    assert [text for _, text in entries(book.build().page("list"))] == [
        "Never adding",
        "Adding once",
    ]


WORDS = """# Beliefs

```{wrong-beliefs}
Adding once
Once is *enough*.
It is half.

Never adding
There is nothing to add.
There is.

Adding twice
Twice is better.
It is double.
```
"""


def test_with_words_each_belief_is_said_and_what_the_run_shows(book):
    book.write("list.md", WORDS)
    built = book.build()
    assert built.code == 0, built.said
    page = built.page("list")
    said = re.findall(r"<strong>(.*?)</strong></p>\s*<p>(\S+ \S+) ", page)
    assert said == [
        ("There is nothing to add.", "There is."),
        ("Twice is better.", "It is"),
        ("Once is <em>enough</em>.", "It is"),
    ]
    assert [address for address, _ in entries(page)] == [
        "second.html#wrong-1",
        "second.html#wrong-2",
        "first.html#wrong-1",
    ]


def test_a_box_without_words_and_words_without_a_box_are_named(book):
    book.write("list.md", WORDS.replace("Adding twice", "Adding thrice"))
    built = book.build()
    assert built.code != 0
    assert "second: no words for the box 'Adding twice'" in built.said
    assert "the book has no box 'Adding thrice'" in built.said
