"""The single-file edition: 200 lines that run alone and give the same losses."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from door import WORDS, process
from hypothesis import given, settings
from hypothesis import strategies as st

import microgpt
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.parameters import Model
from microgpt.single_file import MODULES, assemble, code_lines, line_map
from microgpt.tokenizer import Tokenizer
from microgpt.training import train

PACKAGE = Path(microgpt.__file__).parent


def shortened(text: str) -> str:
    """The same file with 5 steps and 2 samples in place of 1000 and 20."""
    for long, short in (("model, 1000)", "model, 5)"), ("range(20)", "range(2)")):
        assert text.count(long) == 1
        text = text.replace(long, short)
    return text


def run_alone(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "microgpt.py").write_text(text, encoding="utf-8", newline="\n")
    return subprocess.run(
        [sys.executable, "-I", "microgpt.py"], cwd=folder, capture_output=True, text=True,
        timeout=120, check=False, encoding="utf-8",
    )  # fmt: skip


def count_by_the_book(source: str) -> int:
    """Count as the issue words it, in another way than the module does."""
    lines = source.splitlines()
    tree = ast.parse(source)
    without = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            quotes = node.body[0]
            without |= set(range(quotes.lineno, quotes.end_lineno + 1))
    return sum(
        number not in without and bool(line.strip()) and not line.strip().startswith("#")
        for number, line in enumerate(lines, start=1)
    )


@pytest.mark.parametrize("docstrings", [True, False])
def test_it_has_at_most_200_lines_of_code(docstrings):
    text = assemble(docstrings=docstrings)
    assert count_by_the_book(text) == len(code_lines(text)) == len(line_map(docstrings)) <= 200


def test_the_ten_modules_have_at_most_220_lines_of_code():
    sources = [(PACKAGE / f"{name}.py").read_text(encoding="utf-8") for name in MODULES]
    assert sum(len(code_lines(source)) for source in sources) <= 220


def test_the_count_sees_statements_and_nothing_else():
    source = (
        '"""Module."""\nimport math\nfrom microgpt.data import load_documents\n\n# why\n'
        'def f(\n    x,\n):  # half\n    """Doc.\n\n    More.\n    """\n'
        '    text = """a\n\n    b"""\n'
        "    return text\n"
    )
    assert code_lines(source) == {2, 6, 7, 8, 13, 14, 15, 16}


def test_it_runs_alone_and_gives_the_losses_and_samples_of_the_program(tmp_path):
    done = run_alone(tmp_path, shortened(assemble()))
    assert done.returncode == 0, done.stderr
    documents = load_documents(NAMES)
    rng = Random(42)
    rng.shuffle(documents)
    tokenizer = Tokenizer(documents)
    model = Model()
    model.draw(tokenizer.size, rng)
    losses = list(train(documents, tokenizer, model, 5))
    lines = done.stdout.splitlines()
    assert lines[:5] == [f"step {i} of 1000, loss {x}" for i, x in enumerate(losses, start=1)]
    assert len(lines) == 7


def test_its_examples_hold(tmp_path, monkeypatch):
    (tmp_path / "alone.py").write_text(assemble(), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import alone

    failed, tried = doctest.testmod(alone)
    assert failed == 0
    assert tried >= 15


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse(assemble())
    names = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    assert len(imports) == len(names)  # each once
    assert imports[0].module == "__future__"


def test_each_line_of_code_is_traced_to_the_module_it_comes_from():
    text = assemble().splitlines()
    sources = {n: (PACKAGE / f"{n}.py").read_text(encoding="utf-8").splitlines() for n in MODULES}
    traced = set()
    for line in line_map():
        assert text[line.number - 1] == line.text
        assert line.origins
        for module, number in line.origins:
            if len(line.origins) == 1 and not line.text.startswith("from "):
                assert sources[module][number - 1] == line.text
            traced.add((module, number))
    counted = {
        (module, number)
        for module, source in sources.items()
        for number in code_lines("\n".join(source) + "\n")
    }
    assert traced == counted


def test_it_credits_the_original():
    assert "Andrej Karpathy's microgpt" in ast.get_docstring(ast.parse(assemble([])))


def test_its_lines_are_at_most_100_wide():
    assert max(map(len, assemble([]).splitlines())) <= 100


NASTY = ['"""', "print(1)", "#", "#: x", "a\x0bb", "a\x0cb", "a\x1ab", "a\x85b", "a\u2028b", "\\"]


def test_no_document_breaks_out_of_its_comment(tmp_path):
    text = shortened(assemble(NASTY))
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(shortened(assemble([]))))
    done = run_alone(tmp_path, text)
    assert done.returncode == 0, done.stderr
    found = [
        line[3:] for line in load_documents(tmp_path / "microgpt.py") if line.startswith("#: ")
    ]
    assert found == NASTY


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_any_text_file_becomes_comments_or_is_refused(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "words.txt"
    path.write_bytes("\n".join(texts).encode())
    documents = load_documents(path)
    try:
        text = assemble(documents)
    except ValueError:
        assert any("\0" in document for document in documents)
        return
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(assemble([])))
    (path.parent / "one.py").write_bytes(text.encode())
    again = load_documents(path.parent / "one.py")
    assert [line[3:] for line in again if line.startswith("#: ")] == documents


@pytest.mark.parametrize("document", ["a\nimport os", "a\rb", "a\0b", " a", ""])
def test_what_cannot_be_a_comment_is_refused(document):
    with pytest.raises(ValueError, match="one line of text"):
        assemble([document])


def test_the_command_writes_it_to_a_file_or_to_standard_output(folder):
    done = process("program", "--data", "words.txt", cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.replace("\r\n", "\n") == assemble(WORDS.split())
    assert process("program", "--out", "one.py", cwd=folder).code == 0
    assert (folder / "one.py").read_bytes() == assemble().encode()
