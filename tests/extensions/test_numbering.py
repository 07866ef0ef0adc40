"""A lesson's number is its module's and its place; it does not depend on which modules exist."""

import re

from little_book import LittleBook


def book(tmp_path):
    book = LittleBook(tmp_path, "extensions.numbering", more="numfig_secnum_depth = 2\n")
    book.write("index.md", "# Book\n\n```{toctree}\n2-slopes/index\nappendix\n```\n")
    book.write("appendix.md", "# Appendix\n")
    lessons = "\n".join(("first", "second"))
    book.write("2-slopes/index.md", f"# Slopes\n\n```{{toctree}}\n:numbered: 1\n\n{lessons}\n```\n")
    book.write("2-slopes/first.md", "# First\n\n## Part\n")
    table = "\n```{table} A table.\n:name: table-x\n\n| a |\n|---|\n| 1 |\n```\n"
    book.write("2-slopes/second.md", "# Second\n\n## Part\n" + table)
    return book


def test_the_number_is_the_folder_s_and_the_place_in_its_contents(tmp_path):
    built = book(tmp_path).build()
    assert built.code == 0, built.said
    number = '<span class="section-number">{}. </span>{}'
    assert number.format("2.1", "First") in built.page("2-slopes/first")
    assert number.format("2.2", "Second") in built.page("2-slopes/second")
    assert "2.2. Second" in re.sub(r"<[^>]*>", "", built.page("index"))


def test_parts_of_lessons_and_appendices_have_no_number(tmp_path):
    built = book(tmp_path).build()
    assert re.search(r"<h2>Part", built.page("2-slopes/first"))
    assert re.search(r"<h1>Appendix", built.page("appendix"))


def test_tables_and_figures_are_numbered_by_lesson(tmp_path):
    assert "Table 2.2.1" in book(tmp_path).build().page("2-slopes/second")


def test_a_second_build_without_changes_writes_nothing(tmp_path):
    little = book(tmp_path)
    little.build()
    assert "0 added, 0 changed, 0 removed" in little.build("html", "-v").said
    page = little.folder / "out/html/2-slopes/second.html"
    before = page.stat().st_mtime_ns
    little.build()
    assert page.stat().st_mtime_ns == before


def test_a_lesson_s_number_in_a_text_is_computed_and_leads_there(tmp_path):
    little = book(tmp_path)
    little.write("2-slopes/first.md", "# First\n\nMore in {lesson}`second`.\n")
    little.write("appendix.md", "# Appendix\n\nSee {lesson}`2-slopes/first`.\n")
    built = little.build()
    assert built.code == 0, built.said
    link = r'href="{}\.html"><span class="doc">{}</span>'
    assert re.search(link.format("second", r"2\.2"), built.page("2-slopes/first"))
    assert re.search(link.format("2-slopes/first", r"2\.1"), built.page("appendix"))


def test_a_lesson_that_is_not_there_stops_the_build(tmp_path):
    little = book(tmp_path)
    little.write("appendix.md", "# Appendix\n\nSee {lesson}`2-slopes/third`.\n")
    assert "2-slopes/third" in little.build().said
