"""The drawn map of the program leads to the lessons."""

from __future__ import annotations

import re
import shutil

import pytest
from little_book import ROOT, LittleBook

from extensions.whole_program import line_numbers

FIGURE = """
from matplotlib.patches import Rectangle

def lines(style):
    figure = style.figure(7, 3)
    axes = figure.subplots()
    axes.set_ylim(0, 200)
    for number in range(1, 201):
        bar = Rectangle((0, number), 1, 0.5, facecolor=style.TEAL)
        bar.set_gid(f"line-{number}")
        axes.add_patch(bar)
    return figure
"""
MAP = "# Map\n\n```{drawing} map.lines\n:alt: The program.\n:lines:\n\nSee.\n```\n"
LESSON = "# Back & forth\n\n```{listing} microgpt.autograd.Value.backward\n```\n"


@pytest.fixture
def book(tmp_path):
    """A book with a map, and a lesson that is home of one function."""
    names = ("extensions.listing", "extensions.whole_program", "extensions.drawing")
    book = LittleBook(tmp_path, *names, more="exclude_patterns.append('microgpt')")
    (tmp_path / "microgpt").symlink_to(ROOT / "microgpt")
    book.write("figures/map.py", FIGURE)
    shutil.copyfile(ROOT / "book/figures/style.py", tmp_path / "figures/style.py")
    book.write("index.md", "# Book\n\n```{toctree}\nmap\none/lesson\n```\n")
    book.write("map.md", MAP)
    book.write("one/lesson.md", LESSON)
    return book


def links(page):
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    return svg, re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">(.*?)</a>', svg, re.DOTALL)


def test_a_stretch_of_lines_with_one_home_is_one_link_with_a_name(book):
    built = book.build()
    assert built.code == 0, built.said
    svg, found = links(built.page("map"))
    assert len(found) == 1
    address, name, drawn = found[0]
    assert address == "one/lesson.html#listing-autograd-value-backward"
    first, last = map(
        int, re.fullmatch(r"Back &amp; forth \(lines (\d+) to (\d+)\)", name).groups()
    )
    assert first in line_numbers().values()
    assert drawn.count("<path") == last - first + 1 == 6
    assert svg.count("<path") > 200
    assert 'role="group" aria-label="The program."' in svg


def test_the_links_follow_when_a_lesson_is_no_longer_a_home(book):
    book.build()
    book.write("one/lesson.md", "# Back & forth\n")
    assert links(book.build().page("map"))[1] == []


def test_without_lines_the_figure_is_an_image(book):
    book.write("map.md", MAP.replace(":lines:\n", ""))
    svg, found = links(book.build().page("map"))
    assert found == []
    assert 'role="img"' in svg
