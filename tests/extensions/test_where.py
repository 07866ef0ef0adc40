"""The map of the road, with one part lit."""

import re

import pytest
from little_book import LittleBook

PARTS = ("text", "tokens", "model", "loss", "slopes", "dials")


def build(tmp_path, part, builder="html"):
    book = LittleBook(tmp_path, "extensions.where")
    book.write("index.md", f"# Map\n\n```{{where}} {part}\n```\n")
    return book.build(builder)


@pytest.mark.parametrize("part", PARTS)
def test_exactly_the_named_part_is_lit(tmp_path, part):
    page = build(tmp_path, part).page()
    lit = re.findall(r'<li class="here" aria-current="step"><b>([^<]*)</b>', page)
    assert lit == ["turn the dials" if part == "dials" else part]
    assert page.count("<li>") + len(lit) >= len(PARTS)


def test_each_part_of_a_page_s_map_leads_to_its_page(tmp_path):
    more = "where_links = {'text': 'other', 'loss': 'index', 'model': 'nowhere'}"
    book = LittleBook(tmp_path, "extensions.where", more=more)
    book.write("index.md", "# Map\n\n```{where} text\n```\n\n```{toctree}\nother\n```\n")
    book.write("other.md", "# Other\n")
    built = book.build()
    assert built.code == 0, built.said
    shown = built.page().partition('<ol class="where"')[2].partition("</ol>")[0]
    linked = re.findall(r'<a href="([^"]*)">([^<]*)</a>', shown)
    assert linked == [("other.html", "text")]


def test_who_hears_the_page_hears_where_we_are(tmp_path):
    assert "(we are here)" in build(tmp_path, "loss").page()


def test_a_part_that_does_not_exist_is_named_with_those_that_do(tmp_path):
    built = build(tmp_path, "sloops")
    assert built.code != 0
    assert "there is no part 'sloops'; there are text, tokens, model, loss" in built.said


def test_plain_text_and_paper_have_the_map_too(tmp_path):
    text = (build(tmp_path, "model", "text").out / "index.txt").read_text(encoding="utf-8")
    assert "text → tokens → [model] → loss → slopes → turn the dials" in text
    tex = next((build(tmp_path, "model", "latex").out).glob("*.tex")).read_text(encoding="utf-8")
    assert re.search(r"\\colorbox\{teal\}[^}]*\}[^}]*model\}", tex)
