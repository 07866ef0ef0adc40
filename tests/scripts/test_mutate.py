"""The faults are real, every example is run, and a fault is caught where it should be."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))

import mutate  # noqa: E402

from extensions.raw_examples import scan  # noqa: E402

FAULTS = [fault for module in mutate.MODULES for fault in mutate.faults_of(module)]


def test_each_fault_changes_what_the_module_does_and_is_python():
    for fault in FAULTS:
        changed = ast.parse(fault.applied())
        assert ast.dump(changed) != ast.dump(ast.parse(mutate.source_of(fault.module))), fault.key()


def test_no_two_faults_have_the_same_name_on_the_same_line():
    named = [(fault.line, fault.key()) for fault in FAULTS]
    assert len(set(named)) == len(named)


KINDS = [
    "+",
    "-",
    "*",
    "/",
    "**",
    "//",
    "%",
    ">",
    "==",
    "!=",
    "+=",
    "-=",
    "is",
    "not",
    "0.85",
    "0.99",
    "1e-5",
    "was_on",
]


@pytest.mark.parametrize("old", KINDS)
def test_every_kind_of_fault_is_tried(old):
    assert any(fault.old == old for fault in FAULTS)


def test_type_hints_and_docstrings_are_left_alone():
    sources = {module: mutate.source_of(module).splitlines() for module in mutate.MODULES}
    for fault in FAULTS:
        row = sources[fault.module][fault.line - 1]
        assert "->" not in row[: fault.column] or fault.old != "-"
        assert '"""' not in row


@pytest.mark.parametrize("lesson", mutate.lessons())
def test_every_example_that_a_lesson_shows_is_run(lesson):
    text = (mutate.BOOK / f"{lesson}.md").read_text(encoding="utf-8")
    # The examples that judge a reader's answer are hidden: no reader could notice a fault by them.
    text = re.sub(r"^```\{check\}$.*?^```$", "", text, flags=re.M | re.S)
    blocks = mutate.blocks_of(text)
    shown = sum(row.lstrip().startswith(">>> ") for b in blocks if not b.hidden
                for row in b.source.split("\n"))  # fmt: skip
    assert shown == len(scan(text).examples) > 0


def test_a_fault_is_caught_by_its_home_lesson():
    lesson = "2-calculus-and-autograd/value"
    fault = next(f for f in FAULTS if f.row().startswith("return Value(self.data * other.data"))
    assert mutate.homes()[fault.module, fault.line] == lesson
    assert mutate.attempt(fault, lesson, []).by_home
    assert mutate.attempt(None, lesson, []).caught == ""


def test_a_lesson_that_no_longer_ends_has_noticed(monkeypatch):
    monkeypatch.setattr(mutate, "SECONDS", 5.0)
    endless = next(f for f in FAULTS if f.old == "not" and f.row().startswith("elif value not in"))
    outcome = mutate.attempt(endless, "2-calculus-and-autograd/topological-sort", [])
    assert outcome.by_home


def test_the_whole_run_is_judged(tmp_path):
    fault = FAULTS[0]
    caught = mutate.Outcome(fault, "a", "a.md:1")
    elsewhere = mutate.Outcome(fault, "a", "b.md:1")
    missed = mutate.Outcome(fault, "a", "")
    assert not any("wanted" in text for text in mutate.judged([caught] * 20, whole=True))
    assert any("wanted 95 %" in text for text in mutate.judged([caught, missed], whole=True))
    assert any("wanted 80 %" in text for text in mutate.judged([caught, elsewhere], whole=True))
    assert any("no reason" in text for text in mutate.judged([missed], whole=False))
