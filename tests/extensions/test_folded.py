"""Solutions are folded without a script."""

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
    book = LittleBook(tmp_path, "sphinx_exercise", "extensions.folded")
    book.write("index.md", PAGE)
    built = book.build()
    assert built.code == 0, built.said
    fold = re.search(r"<details[^>]*>.*?</details>", built.page(), re.DOTALL)[0]
    assert "It is two." in fold
    assert " open" not in fold.split(">")[0]
    assert fold.index("<summary>Solution") < fold.index("It is two.")
    assert "What is 1 + 1?" not in fold
