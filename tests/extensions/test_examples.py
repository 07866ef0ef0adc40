"""The examples of a lesson run, are counted, and say where they fail."""

from __future__ import annotations

import pytest
from little_book import LittleBook

from extensions.raw_examples import scan
from extensions.session import Session, docstrings

EXTENSIONS = ("extensions.examples", "extensions.number")

LESSON = """# A lesson

```{doctest}
>>> x = 3
>>> def twice():
...     return 2 * x
>>> twice()
6
```

```{testsetup}
hidden = 5
```

The hidden number is {number}`hidden`.

```{exercise}
:label: one
Change it.
```

```{solution} one
```{doctest}
>>> x = 10
>>> twice()
20
```
```

```{doctest}
>>> x, twice()
(3, 6)
```
""".replace("```{solution} one\n```{doctest}", "````{solution} one\n```{doctest}").replace(
    "20\n```\n```", "20\n```\n````"
)


@pytest.fixture
def book(tmp_path):
    """A book of one lesson, and one example in a package."""
    more = f"sys.path.insert(0, {str(tmp_path)!r})\nexamples_packages = ['little']"
    book = LittleBook(tmp_path, *EXTENSIONS, more=more)
    book.write("little/__init__.py", "")
    book.write("little/add.py", 'def add(a, b):\n    """Add.\n\n    >>> add(1, 2)\n    3\n    """\n'
               "    return a + b\n")  # fmt: skip
    book.write("index.md", "# Book\n\n```{toctree}\n1-start/lesson\n```\n")
    book.write("1-start/lesson.md", LESSON)
    return book


def examples(book: LittleBook):
    """Run the examples of a book."""
    return book.build("examples")


def test_all_examples_are_counted_and_run(book):
    done = examples(book)
    assert done.code == 0, done.said
    table = (done.out / "examples.txt").read_text(encoding="utf-8").split("\n")
    rows = {row.split()[0]: row.split()[1:] for row in table if row and row.split()[0] != "found"}
    lesson = next(value for name, value in rows.items() if name.endswith("lesson.md"))
    assert lesson == ["6", "6", "0", "0"]
    assert rows["little/add.py"] == ["1", "1", "0", "0"]
    assert rows["all"] == ["7", "7", "0", "0"]


def test_a_solution_has_a_copy_that_even_old_functions_see_and_leaves_no_trace(book):
    done = book.build("html")
    assert done.code == 0, done.said
    book.write("1-start/lesson.md", LESSON.replace("(3, 6)", "(10, 20)"))
    assert book.build("html").code != 0


@pytest.mark.parametrize("builder", ["html", "examples"])
def test_a_failing_example_is_reported_at_its_line_until_it_is_mended(book, builder):
    text = LESSON.replace("20\n```\n````", "21\n```\n````")
    line = text[: text.index(">>> twice()\n21")].count("\n") + 1
    book.write("1-start/lesson.md", text)
    for _ in range(2):  # the second build reads nothing new, and must fail again
        done = book.build(builder)
        assert done.code != 0
        assert f"lesson.md:{line}:" in done.said
        assert "Expected:\n    21\nGot:\n    20" in done.said
    book.write("1-start/lesson.md", LESSON)
    assert book.build(builder).code == 0


def test_a_failing_docstring_is_reported_at_its_line(book):
    text = (book.folder / "little/add.py").read_text(encoding="utf-8")
    book.write("little/add.py", text.replace("    3\n", "    4\n"))
    done = examples(book)
    assert done.code != 0
    assert "little/add.py:4:" in done.said


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("```python\nprint(1)\n```", "nothing runs this python fence"),
        ("```pycon\n>>> 1\n1\n```", "nothing runs this pycon fence"),
        ("```{code-block} python\nx = 1\n```", "nothing runs this python fence"),
        ("```\n>>> 1\n1\n```", "nothing runs this example"),
        ("```{eval-rst}\n>>> 1\n1\n```", "nothing runs this example"),
        ("    >>> 1\n    1", "nothing runs this example"),
        ("```{doctest}\n>>> 1  # doctest: +SKIP\n```", "a skip without a reason"),
        ("```{doctest}\nnothing\n```", "without an example"),
        ("<!--\n```{doctest}\n>>> 1\n1\n```\n-->", "7 examples found, 6 executed"),
        ("```{doctest}\n>>> 1/0\n```", "raised ZeroDivisionError"),
        ("```{testsetup}\n1/0\n```", "this set-up raised ZeroDivisionError"),
    ],
)  # fmt: skip
def test_what_nothing_runs_or_what_tests_nothing_is_refused(book, more, fault):
    book.write("1-start/lesson.md", f"{LESSON}\n{more}\n")
    done = examples(book)
    assert done.code != 0
    assert fault in done.said


@pytest.mark.parametrize(
    "more",
    [
        "The long form:\n\n```{code-block} python\n:class: not-run\nx = 1\n```",
        "```{doctest}\n>>> 1/0  # needs another machine  # doctest: +SKIP\n```",
        "```text\nnot python\n```",
        "```{doctest}\n>>> 1/0\nTraceback (most recent call last):\n    ...\n"
        "ZeroDivisionError: division by zero\n```",
    ],
)
def test_what_is_shown_with_a_reason_is_accepted(book, more):
    book.write("1-start/lesson.md", f"{LESSON}\n{more}\n")
    done = examples(book)
    assert done.code == 0, done.said


def test_a_lesson_with_few_examples_is_refused(book):
    book.write("1-start/lesson.md", "# Short\n\n```{doctest}\n>>> 1\n1\n```\n")
    done = examples(book)
    assert done.code != 0
    assert "1 examples; a lesson wants 5 or more" in done.said


def test_flags_are_not_shown(book):
    shown = "```{doctest}\n>>> print('abc')  # doctest: +ELLIPSIS\na...\n```"
    book.write("1-start/lesson.md", f"{LESSON}\n{shown}\n")
    assert "doctest:" not in book.build("html").page("1-start/lesson")


def test_code_inside_boxes_is_found_in_the_raw_text():
    text = "::::{predict}\nA?\n:::{answer}\n```{doctest}\n>>> 1\n1\n```\n:::\n::::\n"
    assert scan(text).examples == [5]
    assert scan(text).faults == []


def test_a_set_up_that_fails_names_its_line():
    session = Session("x.md")
    (failure,) = session.run("a = 1\nb = c\n", 7, hidden=True)
    assert failure.place == "x.md:8"


def test_an_error_inside_a_function_of_an_earlier_block_is_only_an_error():
    session = Session("x.md")
    many = "".join(f">>> a{i} = {i}\n" for i in range(5))
    assert session.run(f"{many}>>> def fail():\n...     raise KeyError('k')\n", 1) == []
    (failure,) = session.run(">>> fail()\n", 20)
    assert failure.place == "x.md:20"
    assert "KeyError" in failure.text


@pytest.mark.parametrize("how", ["fork", "replay"])
def test_a_copy_of_a_session_shares_nothing_with_it(how):
    session = Session("x.md")
    session.run("rows = [1]\ndef count():\n    return len(rows)\n", 1, hidden=True)
    other = getattr(session, how)()
    try:
        assert other.run(">>> rows.append(2)\n>>> count(), rows\n(2, [1, 2])\n", 4) == []
        (failure,) = other.run(">>> count()\n3\n", 7)
        assert failure.place == "x.md:7"
        assert (other.tally.found, other.tally.executed) == (3, 3)
        assert other.evaluate("count() + 1") == 3
        with pytest.raises(NameError):
            other.evaluate("nothing")
    finally:
        other.close()
    assert session.evaluate("count()") == 1
    assert session.tally.found == 0


def test_docstrings_of_methods_and_inner_functions_are_found():
    inner = '        def c():\n            """C."""\n'
    source = 'class A:\n    def b(self):\n        """B."""\n' + inner
    assert docstrings(source) == [("A.b", "B.", 3), ("A.b.c", "C.", 5)]
