"""Exercises have plain titles, solutions are folded without a script."""

import re

from little_book import LittleBook

PAGE = """# Exercises

::::{exercise} Add (2 minutes)
:label: ex-add-1

What is 1 + 1?
::::

::::{solution} ex-add-1
:class: dropdown

It is two.
::::
"""


def test_a_solution_is_closed_until_it_is_asked_for(tmp_path):
    book = LittleBook(tmp_path, "sphinx_exercise", "extensions.exercises")
    book.write("index.md", PAGE)
    built = book.build()
    assert built.code == 0, built.said
    fold = re.search(r"<details[^>]*>.*?</details>", built.page(), re.DOTALL)[0]
    assert "It is two." in fold
    assert " open" not in fold.split(">")[0]
    assert fold.index("<summary>Solution") < fold.index("It is two.")
    assert "What is 1 + 1?" not in fold


def test_the_title_stands_without_brackets_and_no_id_twice(tmp_path):
    book = LittleBook(tmp_path, "sphinx_exercise", "extensions.exercises")
    book.write(
        "index.md", PAGE + PAGE.replace("ex-add-1", "ex-add-2").removeprefix("# Exercises\n")
    )
    built = book.build()
    assert built.code == 0, built.said
    titles = re.findall(r'<p class="admonition-title">(.*?)</p>', built.page())
    assert [re.sub(r"<[^>]*>", "", title) for title in titles] == [
        "Exercise 1  Add (2 minutes)",
        "Exercise 2  Add (2 minutes)",
    ]
    ids = re.findall(r'\bid="([^"]+)"', built.page())
    assert len(ids) == len(set(ids))


def test_in_print_the_solutions_stand_at_the_lesson_s_end(tmp_path):
    book = LittleBook(tmp_path, "sphinx_exercise", "extensions.exercises")
    book.write("index.md", "# Book\n\n```{toctree}\none\ntwo\n```\n")
    lesson = PAGE.replace("# Exercises\n", "# Lesson\n\n## Try it\n") + "\n## Sources\n\nA book.\n"
    book.write("one.md", lesson.replace("It is two.", "The first."))
    book.write("two.md", lesson.replace("add-1", "add-2").replace("It is two.", "The second."))
    built = book.build("latex")
    assert built.code == 0, built.said
    text = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    marks = ["What is 1", "A book.", "{Solutions}", "The first."]
    marks += [*marks[:-1], "The second."]
    places, place = [], 0
    for mark in marks:
        place = text.find(mark, place + 1)
        places.append(place)
    assert -1 not in places
    assert text.count("{Solutions}") == 2
    label = re.search(r"\\pageref\*\{([^}]+)\}", text)[1]
    assert rf"\label{{{label}}}" in text.replace("\\detokenize", "")
