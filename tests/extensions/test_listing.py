"""Listings quote the program by name, and every finished line has one home."""

from __future__ import annotations

import re
from html import unescape

import pytest
from little_book import LittleBook

from extensions.quoting import Module, QuoteError, find_module

SOURCE = '''"""A module."""

from __future__ import annotations

import math


class Pair:
    """Two numbers."""

    __slots__ = ("a", "b")

    def __init__(self, a: float, b: float) -> None:
        self.a = a
        self.b = b

    def __add__(self, other: Pair) -> Pair:
        """Add.

        >>> 1
        1
        """
        # both at once
        return Pair(self.a + other.a, self.b + other.b)

    __radd__ = __add__


@staticmethod
def length(pair: Pair) -> float:
    """Return the length."""

    squares = pair.a**2 + pair.b**2
    return math.sqrt(squares)
'''
FULL = {
    "imports": "```{listing} little.pairs\n:imports:\n```\n",
    "head": "```{listing} little.pairs.Pair\n:head:\n```\n",
    "init": "```{listing} little.pairs.Pair.__init__\n```\n",
    "add": "```{listing} little.pairs.Pair.__add__\n```\n",
    "radd": "```{listing} little.pairs.Pair.__radd__\n```\n",
    "length": "```{listing} little.pairs.length\n```\n",
}


@pytest.fixture
def module(tmp_path):
    """The module of the tests."""
    path = tmp_path / "pairs.py"
    path.write_text(SOURCE, encoding="utf-8")
    return Module("pairs", path)


@pytest.fixture
def book(tmp_path):
    """A book whose one module is finished."""
    more = "listing_finished = ['little.pairs']"
    book = LittleBook(tmp_path, "extensions.listing", more=more)
    book.write("little/__init__.py", "")
    book.write("little/pairs.py", SOURCE)
    book.write("index.md", "# Book\n\n```{toctree}\n1-start/lesson\n```\n")
    book.write("1-start/lesson.md", "# A lesson\n\n" + "\n".join(FULL.values()))
    return book


def code(page: str) -> list[str]:
    """Return the listings of a page as plain text."""
    blocks = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", block)).rstrip("\n") for block in blocks]


def test_quoted_parts(module):
    assert module.quote("Pair", "head").text == 'class Pair:\n    __slots__ = ("a", "b")'
    assert module.quote("Pair.__add__").text == (
        "    def __add__(self, other: Pair) -> Pair:\n        # both at once\n"
        "        return Pair(self.a + other.a, self.b + other.b)"
    )
    assert module.quote("length").text.startswith("@staticmethod\ndef length")
    assert '"""' not in module.quote("").text
    assert module.quote("", "imports").text.split("\n")[-1] == "import math"
    assert module.quote("", "imports", "import math").text == "import math"
    part = module.quote("Pair", match="def __init__", until="self.a =").text
    assert part.split("\n")[-1] == "        self.a = a"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("Pair.nothing",), "pairs.Pair has no nothing"),
        (("length", "head"), "only a class has a head"),
        (("Pair", "imports"), "imports belong to a module"),
        (("Pair", "", "nowhere"), "contains 'nowhere'"),
        (("Pair", "", "self.b =", "self.a ="), "no line after 'self.b ='"),
        (("Pair", "", None, "self"), "needs a 'match'"),
    ],
)
def test_what_is_not_there_is_said(module, arguments, fault):
    with pytest.raises(QuoteError, match=re.escape(fault)):
        module.quote(*arguments)


def test_an_unknown_module_is_said(tmp_path):
    with pytest.raises(QuoteError, match="no module begins the name 'nobody"):
        find_module(tmp_path, "nobody.x")


def test_every_line_has_a_home(book):
    done = book.build()
    assert done.code == 0, done.said
    shown = code(done.page("1-start/lesson"))
    assert shown[3].split("\n")[0] == "    def __add__(self, other: Pair) -> Pair:"
    assert "Add." not in shown[3]
    assert 'id="listing-pairs-pair-add"' in done.page("1-start/lesson")
    assert "1-start/lesson" in done.said.partition("their homes:")[2]


def test_a_line_without_a_home_breaks_the_build_every_time(book):
    without = [text for name, text in FULL.items() if name != "radd"]
    book.write("1-start/lesson.md", "# A lesson\n\n" + "\n".join(without))
    line = SOURCE[: SOURCE.index("__radd__ =")].count("\n") + 1
    for _ in range(2):
        done = book.build()
        assert done.code != 0
        assert f"little/pairs.py:{line}: WARNING: no lesson is home to this line" in done.said


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (FULL["add"], "has two homes"),
        ("```{listing} little.pairs.Pair\n:match: return Pair(\n```\n", "has two homes"),
        ("```{listing} little.pairs.nothing\n```\n", "little.pairs has no nothing"),
    ],
)
def test_two_homes_and_unknown_names_break_the_build(book, more, fault):
    book.write("1-start/lesson.md", "# A lesson\n\n" + "\n".join([*FULL.values(), more]))
    for _ in range(2):
        done = book.build()
        assert done.code != 0
        assert fault in done.said


def test_a_recall_is_no_second_home(book):
    again = FULL["add"].replace("__add__\n", "__add__\n:recall:\n")
    book.write("1-start/lesson.md", "# A lesson\n\n" + "\n".join([*FULL.values(), again]))
    done = book.build()
    assert done.code == 0, done.said
    assert "(again)" in done.page("1-start/lesson")
    assert "explained in A lesson" in done.page("1-start/lesson")


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_what_a_later_lesson_explains_is_not_called_a_repetition(book, builder):
    early = FULL["add"].replace("__add__\n", "__add__\n:recall:\n")
    book.write("1-start/early.md", "# Early\n\n" + early)
    book.write("index.md", "# Book\n\n```{toctree}\n1-start/early\n1-start/lesson\n```\n")
    done = book.build(builder)
    assert done.code == 0, done.said
    html = builder == "html"
    page = done.page("1-start/early") if html else next(done.out.glob("*.tex")).read_text("utf-8")
    assert "explained in A lesson" in page
    assert "(again)" not in page


def test_a_removed_lesson_takes_its_homes_with_it(book):
    book.write("1-start/other.md", "# Other\n\n" + FULL["radd"])
    rest = [text for name, text in FULL.items() if name != "radd"]
    book.write("1-start/lesson.md", "# A lesson\n\n" + "\n".join(rest))
    book.write("index.md", "# Book\n\n```{toctree}\n1-start/lesson\n1-start/other\n```\n")
    assert book.build().code == 0
    (book.folder / "1-start/other.md").unlink()
    book.write("index.md", "# Book\n\n```{toctree}\n1-start/lesson\n```\n")
    assert "no lesson is home" in book.build().said


def test_an_edited_module_is_quoted_anew_and_a_renamed_function_breaks_the_build(book):
    assert book.build().code == 0
    book.write("little/pairs.py", SOURCE.replace("# both at once", "# one after the other"))
    assert "# one after the other" in code(book.build().page("1-start/lesson"))[3]
    book.write("little/pairs.py", SOURCE.replace("def length", "def size"))
    done = book.build()
    assert done.code != 0
    assert "little.pairs has no length" in done.said


def test_a_long_line_is_printed_in_smaller_letters(book):
    wide = SOURCE.replace("# both at once", "# both at once, " + "one by one, " * 6)
    book.write("little/pairs.py", wide)
    assert max(map(len, wide.splitlines())) > 84
    done = book.build("latex")
    assert done.code == 0, done.said
    text = next(done.out.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\begingroup\fvset{fontsize=" in text


def test_print_has_the_code_too_in_letters_of_one_size(book):
    done = book.build("latex")
    assert done.code == 0, done.said
    text = next(done.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "both at once" in text
    assert r"\begingroup\fvset" not in text
