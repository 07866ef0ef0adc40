"""The whole program, its lessons and the reference are linked in every direction."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from little_book import ROOT, LittleBook

from extensions.whole_program import line_numbers
from microgpt.single_file import assemble, line_map

EXTENSIONS = (
    "sphinx.ext.autodoc", "sphinx.ext.napoleon", "extensions.listing", "extensions.whole_program",
    "extensions.explained", "extensions.factories",
)  # fmt: skip
REFERENCE = "# Reference\n\n```{eval-rst}\n.. automodule:: microgpt.autograd\n   :members:\n```\n"
QUOTED = "```{listing} microgpt.autograd.Value.backward\n```\n"


@pytest.fixture
def book(tmp_path):
    """A book with one lesson, the whole program, and part of the reference."""
    more = "nitpick_ignore_regex = [('py:class', r'(collections|microgpt).*')]"
    more += "\nexclude_patterns.append('microgpt')\nnapoleon_use_ivar = True"
    book = LittleBook(tmp_path, *EXTENSIONS, more=more)
    (tmp_path / "microgpt").symlink_to(ROOT / "microgpt")
    text = "# Book\n\n```{toctree}\none/lesson\nprogram\nreference\n```\n"
    book.write("index.md", text)
    book.write("one/lesson.md", "# A lesson\n\n" + QUOTED)
    book.write("program.md", "# Program\n\n```{whole-program}\n```\n")
    book.write("reference.md", REFERENCE)
    return book


def test_the_lines_are_numbered_from_1_to_200():
    assert set(line_numbers().values()) == set(range(1, 201))


def test_links_in_every_direction(book):
    done = book.build()
    assert done.code == 0, done.said
    lesson, program = done.page("one/lesson"), done.page("program")
    first = re.search(r'href="\.\./program\.html#(line-\d+)"', lesson)
    assert first
    row = re.search(rf'<span class="pl at-home" id="{first[1]}">(.*)</span>\n', program)
    assert row
    assert "backward" in row[1]
    assert 'href="one/lesson.html#listing-autograd-value-backward" title="A lesson"' in row[1]
    assert 'href="../reference.html#microgpt.autograd.Value.backward"' in lesson
    entry = done.page("reference").partition('id="microgpt.autograd.Value.backward"')[2]
    explained = entry.partition('class="explained-in"')[2][:200]
    assert 'href="one/lesson.html#listing-autograd-value-backward"' in explained


def test_every_line_of_the_program_is_on_the_page(book):
    page = book.build().page("program")
    assert [int(n) for n in re.findall(r'id="line-(\d+)"', page)] == list(range(1, 201))


def test_the_links_follow_when_a_line_loses_its_home(book):
    book.build()
    book.write("one/lesson.md", "# A lesson\n")
    done = book.build()
    assert done.code == 0, done.said
    assert "at-home" not in done.page("program")
    assert "explained-in" not in done.page("reference")


def test_the_file_to_download_is_the_single_file_edition(book):
    done = book.build()
    assert (done.out / "download/microgpt.py").read_text(encoding="utf-8") == assemble()
    assert 'href="download/microgpt.py" download' in done.page("program")
    command = [sys.executable, "-m", "py_compile", str(done.out / "download/microgpt.py")]
    assert subprocess.run(command, check=False).returncode == 0


def test_print_has_the_program_with_its_numbers(book):
    done = book.build("latex")
    assert done.code == 0, done.said
    text = next(done.out.glob("*.tex")).read_text(encoding="utf-8")
    start = line_numbers()["autograd", 11]
    assert f"firstnumber={start}" in text
    assert r"\label{\detokenize{program:the-200-lines}}" in text
    led = re.findall(r"hyperref\[\\detokenize\{program:(line-\d+)\}\]", text)
    assert led, "no listing leads to its lines"
    for place in led:
        assert rf"\label{{\detokenize{{program:{place}}}}}" in text


def with_glosses(book, change) -> None:
    """Give the book words for every line, changed."""
    lines = dict.fromkeys(line.text.strip() for line in line_map(docstrings=False))
    words = change({line: f"Words of {number}." for number, line in enumerate(lines)})
    book.write("glosses.txt", "".join(f"{line}\n    {text}\n" for line, text in words.items()))
    conf = (book.folder / "conf.py").read_text(encoding="utf-8")
    book.write("conf.py", f"{conf}\nprogram_glosses = 'glosses.txt'\n")


def test_each_line_has_its_words_for_the_eye_and_for_the_ear(book):
    with_glosses(book, lambda words: words | {"import gc": "Has <b> & more."})
    done = book.build()
    assert done.code == 0, done.said
    page = done.page("program")
    assert page.count('class="pg" aria-hidden="true">') == 200
    row = next(row for row in page.split("\n") if ">gc<" in row)
    assert re.search(r'aria-label="Line \d+: Has &lt;b&gt; &amp; more\."', row)
    assert '<span class="pg" aria-hidden="true">Has &lt;b&gt; &amp; more.</span>' in row


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda w: {k: v for k, v in w.items() if k != "import gc"}, "no words for this line"),
        (lambda w: w | {"import os": "x"}, "the program has no such line: import os"),
    ],
)  # fmt: skip
def test_a_line_without_words_and_words_without_a_line_are_warnings(book, change, said):
    with_glosses(book, change)
    done = book.build()
    assert done.code != 0
    assert said in done.said
