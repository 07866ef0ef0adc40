"""An exercise that is checked: its starter fails, its solution passes, and only pages show it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from little_book import LittleBook

sys.path.append(str(Path(__file__).resolve().parents[2]))

from live.page import Page

LESSON = """# A lesson

```{doctest}
>>> factor = 2
>>> times = 1
```

::::{exercise} Double (2 minutes)
:label: ex-double

Write `double`.

```{check}
def double(x):
    ...
>>> double(4)
8
>>> double("a")
'aa'
```
::::

::::{solution} ex-double

```{doctest}
>>> def double(x):
...     return factor * x
>>> double(1)
2
```
::::

```{doctest}
>>> "double" in dir()
False
>>> factor
2
```
"""
FINISHED = "    ...\n>>> double(4)", "    return 2 * x\n>>> double(4)"


def build(tmp_path, text: str, builder: str = "html"):
    book = LittleBook(
        tmp_path,
        "sphinx_exercise",
        "extensions.exercises",
        "extensions.live",
        "extensions.check",
        more="examples_packages = []\nexamples_lessons = 'none'",
    )
    book.write("index.md", text)
    return book.build(builder)


def test_the_page_gets_a_place_and_its_text_and_no_other_edition_does(tmp_path):
    built = build(tmp_path, LESSON)
    assert built.code == 0, built.said
    page = built.page()
    assert '<div class="your-answer" data-exercise="ex-double"></div>' in page
    assert "live/answers.js" in page
    data = re.search(r'id="live-blocks">(.*?)</script>', page, re.DOTALL)[1]
    mine = next(
        block for block in json.loads(data)["blocks"] if block.get("exercise") == "ex-double"
    )
    assert mine["starter"] == "def double(x):\n    ..."
    assert mine["source"].startswith(">>> double(4)\n8\n")
    shown = re.sub(r"<script.*?</script>|<[^>]*>", "", page, flags=re.DOTALL)
    assert "double(4)" not in shown
    paper = build(tmp_path, LESSON, "latex")
    assert paper.code == 0, paper.said
    written = next(paper.out.glob("*.tex")).read_text("utf-8")
    assert "Write" in written
    assert "double(4)" not in written


def test_the_hidden_examples_are_counted_with_the_others(tmp_path):
    built = build(tmp_path, LESSON, "examples")
    assert built.code == 0, built.said
    assert re.search(r"index.md +8 +8 +0 +0\n", (built.out / "examples.txt").read_text("utf-8"))


@pytest.mark.parametrize(
    ("old", "new", "line", "wanted"),
    [
        (*FINISHED, 14, "the starter passes all examples"),
        ("    ...\n>>> d", "    return (\n>>> d", 15, "this set-up raised SyntaxError"),
        ("    ...\n>>> d", "    ...\n1 / 0\n>>> d", 16, "this set-up raised ZeroDivisionError"),
        ("return factor * x", "return x + times", 16, "the solution fails"),
        (">>> double(4)\n8\n>>> double(\"a\")\n'aa'\n", "", 13, "holds a starter, then examples"),
        (":label: ex-double\n", "", 12, "stands in an exercise that has a label"),
        ("{solution} ex-double", "{note}", None, "ex-double is checked, but has no solution"),
        ("```{doctest}\n>>> def double(x):\n...     return factor * x\n>>> double(1)\n2\n```",
         "Multiply.", None, "its solution has no code"),
    ],
)  # fmt: skip
def test_a_check_that_proves_nothing_stops_the_build(tmp_path, old, new, line, wanted):
    assert old in LESSON
    built = build(tmp_path, LESSON.replace(old, new, 1))
    assert built.code != 0
    place = f"index.md:{line}: " if line else "index.md"
    assert re.search(rf"{re.escape(place)}.*{re.escape(wanted)}", built.said), built.said


# --- what the page's Python does with an answer ---

BLOCKS = [
    {"source": ">>> rows = []\n", "session": "", "hidden": False},
    {"source": ">>> rows.append(1)\n", "session": "solution", "hidden": False},
    {"source": ">>> grow(rows)\n[1]\n>>> rows\n[1]\n", "session": "mine", "hidden": True},
]
GROW = "def grow(rows):\n    rows.append(1)\n    return rows\n"


def test_each_answer_is_judged_afresh_and_by_the_book_s_own_lesson():
    steps = []
    page = Page(BLOCKS, lambda place, count: steps.append((place, count)))
    page.edit(0, "rows = [7]")
    for _ in range(2):
        found = page.check(2, GROW)
        assert [case["same"] for case in found["cases"]] == [True, True]
    assert steps == [(0, 1)] * 2
    found = page.check(2, "print('here')\ndef grow(rows):\n    return [len(rows)]\n")
    assert found["output"] == "here\n"
    first = {"source": "grow(rows)\n", "want": "[1]\n", "got": "[0]\n", "same": False}
    assert found["cases"][0] == first
    found = page.check(2, "x = 1\n")
    assert found["cases"][0]["got"] == "NameError: name 'grow' is not defined\n"


@pytest.mark.parametrize("answer", ["def grow(:", "1 / 0", "raise SystemExit"])
def test_an_answer_that_does_not_run_to_its_end_is_not_judged(answer):
    found = Page(BLOCKS, lambda place, count: None).check(2, answer)
    assert found["cases"] == []
    assert "Error" in found["output"] or "SystemExit" in found["output"]
