"""Figures are drawn from numbers when the book is built."""

import re
import shutil

import pytest
from little_book import ROOT, LittleBook

FIGURES = """
def line(style):
    figure = style.figure(7, 3)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1])
    axes.set_xlabel("x")
    return figure

def pink(style):
    figure = style.figure(7, 3)
    figure.subplots().plot([0, 1], [0, 1], color="#ff00aa")
    return figure

def tiny(style):
    figure = style.figure(7, 3)
    figure.subplots().text(0.5, 0.5, "tiny", fontsize=6)
    return figure

def nothing(style):
    return None

def fails(style):
    return 1 / 0
"""
DRAWING = (
    "# Figures\n\n```{drawing} slopes.line\n:alt: It rises.\n:name: fig-line\n\nSee it rise.\n```\n"
)


@pytest.fixture
def book(tmp_path):
    """A book with figures and a page that shows one."""
    book = LittleBook(tmp_path, "extensions.drawing")
    (tmp_path / "figures").mkdir()
    shutil.copyfile(ROOT / "book/figures/style.py", tmp_path / "figures/style.py")
    book.write("figures/slopes.py", FIGURES)
    book.write("index.md", DRAWING)
    return book


def svg(page):
    return re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]


def test_the_figure_stands_in_the_page_with_caption_and_label(book):
    built = book.build()
    assert built.code == 0, built.said
    page = built.page()
    assert 'role="img" aria-label="It rises."' in svg(page)
    assert re.search(r"<figcaption>.*See it rise\.", page, re.DOTALL)
    assert 'id="fig-line"' in page


def test_every_colour_is_a_variable_that_follows_the_page(book):
    drawn = svg(book.build().page())
    assert "var(--fig-teal, #" in drawn
    assert "var(--fig-ink, #" in drawn
    assert re.findall(r"(?<!, )#[0-9a-f]{6}", drawn) == []


def test_the_same_figure_gives_the_same_bytes(book):
    first = svg(book.build().page())
    shutil.rmtree(book.folder / "out")
    assert svg(book.build("html", "-E").page()) == first
    assert not re.search(r"20\d\d-\d\d", first)


def test_letters_are_paths_so_that_they_look_the_same_everywhere(book):
    assert "<text" not in svg(book.build().page())


def test_two_figures_of_a_page_share_no_id(book):
    book.write("figures/powers.py", FIGURES)
    more = "\n```{drawing} powers.line\n:alt: It rises again.\n```\n"
    book.write("index.md", DRAWING + more)
    ids = re.findall(
        r' id="([^"]+)"', "".join(re.findall(r"<svg.*?</svg>", book.build().page(), re.DOTALL))
    )
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("slopes.pink", "#ff00aa: use the colours of the style"),
        ("slopes.tiny", "the letters of 'tiny' are 8.3 px: too small"),
        ("slopes.nothing", "nothing returned NoneType, not a Figure"),
        ("slopes.fails", "ZeroDivisionError: division by zero"),
        ("slopes.gone", "slopes.py has no function gone"),
        ("gone.line", "there is no file figures/gone.py"),
    ],
)
def test_a_figure_that_cannot_be_drawn_stops_the_build_with_one_line(book, name, words):
    book.write("index.md", f"# Figures\n\n```{{drawing}} {name}\n:alt: Nothing.\n```\n")
    built = book.build()
    assert built.code != 0
    assert words in built.said
    assert "index.md:" in built.said
    assert "Traceback" not in built.said


def test_a_figure_without_words_for_those_who_cannot_see_it_stops_the_build(book):
    book.write("index.md", DRAWING.replace(":alt: It rises.\n", ""))
    built = book.build()
    assert built.code != 0
    assert "drawing slopes.line has no :alt:" in built.said


def test_an_edited_figure_is_drawn_again(book):
    before = svg(book.build().page())
    book.write("figures/slopes.py", FIGURES.replace("[0, 1], [0, 1])", "[0, 1], [1, 0])", 1))
    assert svg(book.build().page()) != before


def test_a_bare_reference_to_a_figure_reads_as_its_number(book):
    book.write("index.md", DRAWING + "\nLook at {ref}`fig-line`, or {ref}`here <fig-line>`.\n")
    page = book.build().page()
    assert re.search(r'href="#fig-line"><span class="std std-numref">Fig. 1</span>', page)
    assert re.search(r'href="#fig-line"><span class="std std-ref">here</span>', page)


def test_paper_gets_a_pdf_without_a_date(book):
    built = book.build("latex")
    assert built.code == 0, built.said
    data = (built.out / "drawing-slopes-line.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"CreationDate" not in data
