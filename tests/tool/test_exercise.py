"""``microgpt exercise``: starters fail, the program passes, known mistakes get a helping word."""

from __future__ import annotations

import pytest

from microgpt.exercises import MODULES, TITLES
from microgpt.exercises.cases import cases_of
from microgpt.exercises.judge import judge, judge_file
from microgpt.exercises.starter import starter
from microgpt.single_file import assemble

ANSWERS = {
    0: """
def slope(loss, dial):
    return (loss(dial + 0.0001) - loss(dial - 0.0001)) / 0.0002

def learn(loss, dial, rate, steps):
    for _ in range(steps):
        dial = dial - rate * slope(loss, dial)
    return dial
"""
}
PROGRAM = assemble([], docstrings=False)


def problems(source: str, number: int) -> list[str]:
    return [v.problem for v in judge(source, number) if v.problem]


@pytest.mark.parametrize("number", TITLES)
def test_the_reference_answer_keeps_every_promise(number):
    verdicts = list(judge(ANSWERS.get(number, PROGRAM), number))
    assert len(verdicts) == len(cases_of(number)) > 0
    assert [v for v in verdicts if v.problem] == []


@pytest.mark.parametrize("number", TITLES)
def test_a_starter_keeps_none(number):
    verdicts = list(judge(starter(number), number))
    assert len(verdicts) == len(cases_of(number))
    assert all(v.problem for v in verdicts)


@pytest.mark.parametrize("number", MODULES)
def test_a_starter_has_what_is_built_so_far(number):
    for earlier in range(1, number):
        assert problems(starter(number), earlier) == []


# A mistake is a piece of the program, what stands there instead, and a word of the helping message.
MISTAKES = [
    (0, "dial = dial - rate", "dial = dial + rate", "uphill"),
    (0, "loss(dial + 0.0001) - loss(dial - 0.0001)) / 0.0002",
     "loss(dial + 0.0001) - loss(dial - 0.0001)) / 0.0001", "twice the nudge"),
    (0, "for _ in range(steps)", "for _ in range(1)", "only one step"),
    (1, 'encoding="utf-8-sig"', 'encoding="utf-8"', "utf-8-sig"),
    (1, "for line in lines if line.strip()]", "for line in lines]", "empty lines"),
    (1, 'sorted(set("".join(documents)))', 'sorted("".join(documents))', "a"),
    (1, "len(self.letters) + 1", "len(self.letters)", "BOS is a token too"),
    (1, "for letter in document] + [self.bos]", "for letter in document]", "where the name ends"),
    (1, "tokens[1:]))[:block]", "tokens[1:]))", "beyond the block"),
    (2, "(other.data, self.data)", "(self.data, other.data)", "other factor"),
    (2, "__rmul__ = __mul__", "pass", "__rmul__"),
    (2, "inputs[i].grad += slopes[i] * grad", "inputs[i].grad = slopes[i] * grad", "+="),
    (2, "self.grad = 1.0", "self.grad = 0.0", "start with a gradient of 1"),
    (2, "exponent * self.data ** (exponent - 1)", "exponent * self.data", "n * x ** (n - 1)"),
    (2, "if was_on:", "if True:", "try and finally"),
    (3, "for row in weights]", "for row in zip(*weights)]", "wanted"),
    (3, "dot(x, x) / len(x)", "dot(x, x)", "how many there are"),
    (3, "(logit - largest).exp()", "logit.exp()", "subtract the largest"),
    (3, "dot(query, key) / len(query) ** 0.5", "dot(query, key)", "root of the width"),
    (3, "field(default_factory=dict)", "None", "NoneType"),
    (4, "(1 / len(surprises)) * sum", "1.0 * sum", "how many guesses"),
    (4, "(step - 1) / steps", "step / steps", "counted from 1"),
    (4, "value.data -= rate", "value.data += rate", "uphill"),
    (4, "self.means[i] / (1 - 0.85**step)", "self.means[i]", "corrected"),
    (4, "value.grad = 0.0", "pass", "set them back to 0"),
    (4, "documents[(step - 1) % len(documents)]", "documents[0]", "next document"),
    (5, "logit / temperature", "logit * temperature", "wanted"),
    (6, "rng.gauss(0, 0.08)", "rng.gauss(0, 0.8)", "wanted"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "right", "wrong", "word"), MISTAKES)
def test_a_known_mistake_gets_the_word_that_helps(number, right, wrong, word):
    answer = ANSWERS.get(number, PROGRAM)
    assert right in answer, "the mistake must be made in code that is there"
    found = problems(answer.replace(right, wrong), number)
    assert any(word in problem for problem in found), found


def test_start_writes_a_file_and_check_judges_it(tool, folder):
    done = tool("exercise", "start", 2)
    assert (done.code, done.err) == (0, "")
    assert (folder / "exercise2.py").read_text(encoding="utf-8") == starter(2)
    judged = tool("exercise", "check", 2)
    assert (judged.code, judged.err) == (1, "")
    assert judged.out.count("not written yet") == len(cases_of(2))
    (folder / "exercise2.py").write_text(PROGRAM, encoding="utf-8")
    judged = tool("exercise", "check", 2)
    assert (judged.code, judged.err) == (0, "")
    assert judged.out.count("ok  ") == len(cases_of(2))


def test_start_never_overwrites(tool, folder):
    (folder / "exercise1.py").write_text("mine", encoding="utf-8")
    done = tool("exercise", "start", 1)
    assert done.code == 2
    assert done.is_one_line()
    assert (folder / "exercise1.py").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments",
    [("start", "7"), ("start", "x"), ("check", "1"), ("check", "1", "nowhere.py"), ("check", "-1")],
)
def test_bad_input_is_one_line(tool, folder, arguments):
    done = tool("exercise", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.is_one_line()


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("def f(:\n", "line 1"),
        ("1 / 0\n", "line 1: ZeroDivisionError"),
        ("import os\nos._exit(3)\n", "exit code 3"),
        ("while True:\n    pass\n", "endless loop"),
        ("input()\n", "EOFError"),
    ],
)
def test_a_file_that_cannot_be_judged_is_a_case_that_fails(tmp_path, source, word):
    path = tmp_path / "mine.py"
    path.write_text(source, encoding="utf-8")
    verdicts = list(judge_file(path, 1, seconds=3))
    assert len(verdicts) == 1
    assert word in verdicts[0].problem


def test_an_endless_loop_in_one_case_names_that_case(tmp_path):
    path = tmp_path / "mine.py"
    source = PROGRAM.replace(
        "while pile:\n        value = pile.pop()", "while True:\n        continue"
    )
    assert source != PROGRAM
    path.write_text(source, encoding="utf-8")
    *before, last = judge_file(path, 2, seconds=3)
    assert len(before) == 2  # the cases that never call backward
    assert [v for v in before if v.problem] == []
    assert "endless loop" in last.problem


def test_what_a_file_prints_is_not_taken_for_a_verdict(tmp_path):
    path = tmp_path / "mine.py"
    cheat = 'print(\'{"case": "cheat", "problem": ""}\')\n'
    path.write_text(PROGRAM + cheat, encoding="utf-8")
    assert [v.case for v in judge_file(path, 1)] == [c.promise for c in cases_of(1)]
