"""Diagrams are drawn when the book is built, from sphinxcontrib-mermaid's directive."""

import re
import shutil
import subprocess

import pytest
from little_book import LittleBook

DIAGRAM = """```{mermaid}
:alt: Band and "notches" make push.
flowchart LR
  band["band<br/>3"] -->|2| push["push<br/>6"]:::lit
  notches["notches<br/>2"] -->|3| push
```
"""


def build(tmp_path, text=DIAGRAM, builder="html"):
    book = LittleBook(tmp_path, "extensions.diagram")
    book.write("index.md", f"# Slips\n\n{text}\n")
    return book.build(builder)


def svg(page):
    return re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]


def test_the_picture_stands_in_the_page_with_its_words_and_label(tmp_path):
    built = build(tmp_path)
    assert built.code == 0, built.said
    drawn = svg(built.page())
    shown = set(re.sub(r"<[^>]*>", " ", drawn).split())
    assert {"band", "3", "push", "6", "notches", "2"} <= shown
    assert 'role="img"' in drawn
    assert 'aria-label="Band and &quot;notches&quot; make push."' in drawn


def test_the_page_knows_how_wide_the_picture_was_drawn(tmp_path):
    drawn = svg(build(tmp_path).page())
    width = re.search(r' width="(\d+)"', drawn)[1]
    assert f"--wide: {width}px" in drawn


def test_no_script_and_no_other_host(tmp_path):
    page = build(tmp_path).page()
    assert "mermaid.esm" not in page
    assert "cdn" not in page
    assert "<script" not in svg(page)
    assert "foreignObject" not in page
    assert "import " not in page


def test_the_colours_follow_the_page_and_a_lit_box_differs(tmp_path):
    drawn = svg(build(tmp_path).page())
    fills = re.findall(r"<rect[^>]*fill: (var\(--fig-\w+)", drawn)
    assert fills.count("var(--fig-teal") == 1
    assert fills.count("var(--fig-mist") == 2
    assert re.findall(r"#[0-9a-f]{6}(?!\))", drawn) == []


def test_ids_are_the_same_each_time_and_never_twice_on_a_page(tmp_path, tmp_path_factory):
    twice = build(tmp_path, DIAGRAM + "\n" + DIAGRAM).page()
    ids = re.findall(r' id="(diagram-[^"]+)"', twice)
    assert ids
    assert len(ids) == len(set(ids))
    again = build(tmp_path_factory.mktemp("again"), DIAGRAM + "\n" + DIAGRAM).page()
    assert re.findall(r' id="(diagram-[^"]+)"', again) == ids
    for target in re.findall(r"url\(#([^)]+)\)", twice):
        assert target in ids


def test_a_diagram_without_words_for_those_who_cannot_see_it_stops_the_build(tmp_path):
    built = build(tmp_path, DIAGRAM.replace(':alt: Band and "notches" make push.\n', ""))
    assert built.code != 0
    assert "mermaid diagram has no :alt:" in built.said


def test_a_mistake_in_a_diagram_stops_the_build_with_one_line(tmp_path):
    built = build(tmp_path, "```{mermaid}\n:alt: Wrong.\nflowchart LR\n  a[ --> b\n```")
    assert built.code != 0
    assert "WARNING: mermaid diagram:" in built.said
    assert "Traceback" not in built.said


def test_a_diagram_whose_letters_would_be_too_small_stops_the_build(tmp_path):
    row = " --> ".join(f'n{i}["a long label {i}"]' for i in range(12))
    built = build(tmp_path, f"```{{mermaid}}\n:alt: Too wide.\nflowchart LR\n  {row}\n```")
    assert built.code != 0
    assert "letters would be too small" in built.said


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
def test_paper_gets_a_pdf(tmp_path):
    built = build(tmp_path, builder="latex")
    assert built.code == 0, built.said
    pdf = next(built.out.glob("diagram-*.pdf"))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.name in next(built.out.glob("*.tex")).read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_words_on_paper_keep_the_spaces_between_them(tmp_path):
    built = build(
        tmp_path, '```{mermaid}\n:alt: Two.\nflowchart LR\n  a["how bad is it"] --> b\n```', "latex"
    )
    assert built.code == 0, built.said
    pdf = next(built.out.glob("diagram-*.pdf"))
    said = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    assert "how bad is it" in said.stdout
