"""Boxes fold on a page and stand open in print."""

from __future__ import annotations

from little_book import LittleBook

TEXT = """# A

::::{predict}
What is 1 + 1?
:::{answer}
It is two.
:::
::::

:::{wrong} Adding $x$ twice
Body.
:::

:::{key}
Keep this.
:::
"""


def test_an_answer_is_folded_inside_its_question(tmp_path):
    book = LittleBook(tmp_path, "extensions.boxes")
    book.write("index.md", TEXT)
    done = book.build()
    assert done.code == 0, done.said
    page = done.page()
    start = page.index('class="admonition predict"')
    assert start < page.index('<details class="answer">') < page.index("It is two.")
    assert page.index("It is two.") < page.index("</details>") < page.index("admonition wrong")
    assert "<summary>Answer</summary>" in page
    assert "Wrong: Adding" in page
    assert "Key idea" in page


def test_in_print_the_answer_stands_open(tmp_path):
    book = LittleBook(tmp_path, "extensions.boxes")
    book.write("index.md", TEXT)
    done = book.build("latex")
    assert done.code == 0, done.said
    text = next(done.out.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\sphinxstylestrong{Answer.}" in text
    assert "It is two." in text
    assert r"\begin{sphinxadmonition}{danger}{Wrong: Adding" in text  # the title is in its band
    assert text.count(r"\begin{sphinxadmonition}") == text.count(r"\end{sphinxadmonition}") == 3


def test_an_empty_box_is_an_error(tmp_path):
    book = LittleBook(tmp_path, "extensions.boxes")
    book.write("index.md", "# A\n\n:::{key}\n:::\n")
    assert book.build().code != 0
