"""The program is as small and as plain as the book says."""

import ast
import io
import sys
import tokenize
from pathlib import Path

import pytest

import microgpt

FOLDER = Path(microgpt.__file__).parent
CORE = ["data", "tokenizer", "autograd", "parameters", "layers", "model"]
CORE += ["loss", "optimizer", "training", "generation"]
SOURCES = {name: (FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in CORE}


def docstring_lines(tree: ast.AST) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            first = node.body[0]
            lines |= set(range(first.lineno, first.end_lineno + 1))
    return lines


def own_import_lines(tree: ast.AST) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("microgpt"):
            lines |= set(range(node.lineno, node.end_lineno + 1))
    return lines


def code_lines(source: str) -> set[int]:
    """Every physical line of a statement; not docstrings, comments, blanks, imports of our own."""
    empty = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
        tokenize.ENDMARKER, tokenize.ENCODING,
    }  # fmt: skip
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in empty:
            lines |= set(range(token.start[0], token.end[0] + 1))
    tree = ast.parse(source)
    return lines - docstring_lines(tree) - own_import_lines(tree)


def test_the_ten_modules_hold_at_most_220_lines_of_code():
    counts = {name: len(code_lines(source)) for name, source in SOURCES.items()}
    assert sum(counts.values()) <= 220, counts


@pytest.mark.parametrize("name", CORE)
def test_a_module_imports_only_the_standard_library_and_earlier_modules(name):
    allowed = {f"microgpt.{earlier}" for earlier in CORE[: CORE.index(name)]}
    for node in ast.walk(ast.parse(SOURCES[name])):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            modules = [node.module or ""]
        else:
            continue
        for module in modules:
            assert module in allowed or module.split(".")[0] in sys.stdlib_module_names, module


@pytest.mark.parametrize("name", CORE)
def test_no_line_is_crowded(name):
    source = SOURCES[name]
    assert max(map(len, source.splitlines())) <= 100
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        assert not (token.type == tokenize.OP and token.string == ";"), token.line
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert not names & {"exec", "eval", "compile", "__import__"}


@pytest.mark.parametrize("name", CORE)
def test_a_lesson_can_quote_every_function_whole(name):
    code = code_lines(SOURCES[name])
    for node in ast.walk(ast.parse(SOURCES[name])):
        if isinstance(node, ast.FunctionDef):
            length = len(code & set(range(node.lineno, node.end_lineno + 1)))
            assert length <= 20, f"{node.name} has {length} lines"


@pytest.mark.parametrize("name", CORE)
def test_everything_public_says_what_it_does(name):
    for node in ast.walk(ast.parse(SOURCES[name])):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name != "__init__":
            assert ast.get_docstring(node), node.name
