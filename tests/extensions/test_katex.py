"""Formulas are set when the book is built: for the eye, for the ear, and without any script."""

import re

import pytest
from little_book import LittleBook

PAGE = """# Formulas

The slope of $x^2$ is $2x$.

$$\\begin{aligned} a &= b \\\\ c &= \\frac{d}{e} \\end{aligned}$$

$$e = mc^2$$ (eq-mass)

See {eq}`eq-mass`.
"""


@pytest.fixture
def book(tmp_path):
    """A book of one page with formulas."""
    book = LittleBook(tmp_path, "extensions.katex", more='html_math_renderer = "katex"')
    book.write("index.md", PAGE)
    return book


def test_every_formula_is_html_and_mathml(book):
    built = book.build()
    assert built.code == 0, built.said
    page = built.page()
    assert page.count('class="katex"') == page.count("<math ") == 4
    assert "<mfrac>" in page
    assert "$" not in re.sub(r"<[^>]*>", "", page)


def test_no_line_breaks_between_a_formula_and_the_full_stop_behind_it(book):
    page = book.build().page()
    boxes = re.findall(r'<span class="unbroken">(.*?)</p>', page, re.DOTALL)
    assert [re.sub(r"<[^>]*>", "", box)[-1] for box in boxes] == ["."]
    assert 'The slope of <span class="math">' in page


def words(page):
    """Return the text of a page's paragraphs; a formula is an F."""
    formula = r'<span class="math">.*?</math>.*?(?=</span>[^<]|</p>|</span></p>)'
    paragraphs = re.findall(r"<p>(.*?)</p>", re.sub(formula, "F", page, flags=re.DOTALL), re.DOTALL)
    return [re.sub(r"<[^>]*>", "", paragraph) for paragraph in paragraphs]


@pytest.mark.parametrize(
    "sentence",
    [
        "Take `a`, $b$, `c`",  # the first of two equal texts follows no formula
        "*One*. $x$. *Two*",
        "At $\\alpha + \\beta + \\gamma + \\delta$, $b$, `c`",  # one long, one short
        "It falls ($x$), and $y$; see [$z$].",
        "$x$",
    ],
)
def test_no_sign_beside_a_formula_is_lost_or_doubled(book, sentence):
    book.write("index.md", f"# Formulas\n\n{sentence}\n")
    expected = re.sub(r"\$[^$]*\$", "F", sentence).replace("`", "").replace("*", "")
    assert words(book.build().page())[0] == expected


def test_signs_that_touch_a_long_formula_stay_with_it_which_may_break(book):
    book.write("index.md", "# Formulas\n\nSo ($-\\ln 1 - \\ln 1 + \\ln 27 = \\ln 27$), and on.\n")
    page = book.build().page()
    box = re.search(r'<span class="bound">(.*?)</p>', page, re.DOTALL)[1]
    assert box.startswith('(<span class="math">')
    assert re.search(r"\)</span>, and on", box)


def test_short_code_is_marked_and_long_code_is_not(book):
    book.write(
        "index.md", "# Code\n\n`--engine` `-probabilities[target].log()` `" + "x-" * 20 + "`\n"
    )
    classes = re.findall(r'<code class="([^"]*)"', book.build().page())
    assert [set(name.split()) & {"short-code", "rather-short-code"} for name in classes] == [
        {"short-code"}, {"rather-short-code"}, set(),
    ]  # fmt: skip


def test_a_formula_with_a_label_has_its_number_and_can_be_linked(book):
    page = book.build().page()
    assert 'id="equation-eq-mass"' in page
    assert '<span class="eqno">(1)' in page
    assert 'href="#equation-eq-mass"' in page


def test_no_page_loads_a_script_or_sheet_for_formulas_from_elsewhere(book):
    built = book.build()
    assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', built.page())
    assert not re.findall(r'(?:src|href)="[^"]*mathjax', built.page(), re.IGNORECASE)


def test_the_style_sheet_names_only_letters_that_are_there(book):
    folder = book.build().out / "_static" / "katex"
    sheet = (folder / "katex.min.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\(([^)]+)\)", sheet))
    assert len(named) > 10
    assert {name for name in named if not (folder / name).is_file()} == set()


def test_sheet_and_formulas_are_of_one_version(book):
    built = book.build()
    sheet = (built.out / "_static" / "katex" / "katex.min.css").read_text(encoding="utf-8")
    pins = (
        __import__("pathlib").Path(__file__).parents[2] / "extensions/assets/package.json"
    ).read_text()
    assert re.search(r'content:"([\d.]+)"', sheet)[1] == re.search(r'"katex": "([\d.]+)"', pins)[1]


@pytest.mark.parametrize("wrong", [r"\fraq{1}{2}", r"\frac{1}", "x^{2"])
def test_a_formula_that_katex_does_not_understand_stops_the_build(book, wrong):
    book.write("index.md", f"# Formulas\n\nWrong: ${wrong}$.\n")
    built = book.build()
    assert built.code != 0
    assert "index.md:3: WARNING: formula: KaTeX parse error" in built.said
    assert "Traceback" not in built.said


def test_html_in_a_formula_stays_text(book):
    book.write("index.md", "# Formulas\n\n$a < b$ and $\\text{<script>alert(1)</script>}$\n")
    page = book.build().page()
    assert "<script>alert" not in page


def test_two_builds_give_the_same_bytes(book, tmp_path_factory):
    first = book.build().page()
    other = LittleBook(
        tmp_path_factory.mktemp("again"), "extensions.katex", more='html_math_renderer = "katex"'
    )
    other.write("index.md", PAGE)
    assert other.build().page() == first
