"""A seed decides a sheet, its key fits it, and the answers are right by another road."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import pytest
from little_book import LittleBook

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))

from book.quiz import sheet  # noqa: E402


def numbers(text: str) -> list[float]:
    return [
        float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-").replace(",", " "))
    ]


def question(seed: int, lesson: str):
    return next(q for q in sheet(seed) if q.lesson.endswith(lesson))


@pytest.mark.parametrize("seed", range(5))
def test_a_seed_decides_the_sheet_and_another_changes_it(seed):
    assert sheet(seed) == sheet(seed)
    changed = sum(a != b for a, b in zip(sheet(seed), sheet(seed + 1)))
    assert changed > len(sheet(seed)) // 2


def test_every_question_belongs_to_a_lesson_that_is_there():
    for one in sheet(1):
        assert (ROOT / "book" / f"{one.lesson}.md").is_file()


@pytest.mark.parametrize("seed", range(20))
def test_answers_agree_with_a_calculation_that_uses_nothing_of_the_program(seed):
    one = question(seed, "nudging")
    dial, goal = numbers(one.text)[:2]
    assert numbers(one.answer)[:2] == [2 * (dial - goal), pytest.approx(dial - 0.2 * (dial - goal))]
    one = question(seed, "/surprise")
    mean = sum(-math.log(p) for p in numbers(one.text)) / 3
    assert numbers(one.answer) == [pytest.approx(mean, abs=6e-5)]
    one = question(seed, "chain-rule")
    a, b, _, x = numbers(one.text.replace("^2", " 2"))
    assert numbers(one.answer)[-1] == 2 * (a * x + b) * a
    one = question(seed, "rmsnorm")
    x, y = numbers(one.text)
    root = math.sqrt((x * x + y * y) / 2)
    assert numbers(one.answer) == [
        pytest.approx(x / root, abs=6e-5),
        pytest.approx(y / root, abs=6e-5),
    ]
    one = question(seed, "backpropagation")
    *chances, target = numbers(one.text)
    chances[int(target)] -= 1
    assert numbers(one.answer)[:3] == pytest.approx(chances)


def test_a_page_has_the_questions_and_another_the_answers(tmp_path):
    book = LittleBook(tmp_path, "extensions.quiz", more="suppress_warnings = ['ref.doc']")
    book.write("index.md", "# Q\n\n```{quiz} 3\n```\n\n```{toctree}\nkey\n```\n")
    book.write("key.md", "# K\n\n```{quiz} 3\n:key:\n```\n")
    built = book.build()
    count = len(sheet(3))
    assert built.page().count("<li><p>") == built.page("key").count("<li><p>") == count
    assert sheet(3)[-1].answer.split(":")[0] in built.page("key")


def test_a_seed_that_is_no_number_is_named(tmp_path):
    book = LittleBook(tmp_path, "extensions.quiz")
    book.write("index.md", "# Q\n\n```{quiz} three\n```\n")
    built = book.build()
    assert built.code != 0
    assert "'three' given; wanted a seed" in built.said
