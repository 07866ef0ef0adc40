"""Write the file that a reader fills in: what is built so far, and stubs of what comes next."""

from __future__ import annotations

import ast
from pathlib import Path

from microgpt.exercises import MODULES, TITLES
from microgpt.single_file import MODULES as CORE
from microgpt.single_file import assemble

WARM_UP = Path(__file__).with_name("warm_up.txt")

CAPSTONE = """\
# The whole program is yours to write, from here to the last line.
#
# It will be judged by what it computes, so four names and their order are fixed:
#
#     documents = load_documents(path)           the lines of a file that are not empty
#     tokenizer = Tokenizer(documents)
#     model = Model()                            16 wide, 4 heads, 1 layer, 16 positions
#     model.draw(tokenizer.size, rng)            rng is Random(42), after it shuffled the documents
#     for loss in train(documents, tokenizer, model, steps): ...
#     sample(model, tokenizer, rng, temperature, prefix)
#
# The first losses must be those of the book, and so must the first names. Everything else, the
# names of your functions included, is for you to decide. Only the standard library is needed.
"""


def starter(number: int) -> str:
    """Return the starter file of a module's exercise.

    Args:
        number: 0 to 6, see :data:`microgpt.exercises.TITLES`.

    Returns:
        Python source. It can be imported; what is left to write raises NotImplementedError.

    Example:
        >>> "def encode(self, document: str)" in starter(1)
        True
    """
    head = [f'"""{TITLES[number]}."""', ""]
    if number == 6:
        return "\n".join(head) + CAPSTONE
    if number == 0:
        return "\n".join(head) + "\n" + WARM_UP.read_text(encoding="utf-8")
    full, bare = assemble([], docstrings=True), assemble([], docstrings=False)
    lines = [*head, *_imports(bare)]
    for module in CORE[: CORE.index(MODULES[number][-1]) + 1]:
        yours = module in MODULES[number]
        lines += ["", "", f"# --- {module}: {'yours to write' if yours else 'built so far'} ---"]
        lines += _stubs(_section(full, module)) if yours else _section(bare, module)
    return "\n".join(lines).rstrip("\n") + "\n"


def _imports(source: str) -> list[str]:
    rows = source.splitlines()
    nodes = [n for n in ast.parse(source).body if isinstance(n, ast.Import | ast.ImportFrom)]
    return rows[nodes[0].lineno - 1 : nodes[-1].end_lineno]


def _section(source: str, module: str) -> list[str]:
    """Return the lines of a module in the single file, without its title."""
    rows = source.splitlines()
    start = next(
        i for i, row in enumerate(rows) if row.startswith("# ---") and f" {module} -" in row
    )
    rest = rows[start + 1 :]
    end = next((i for i, row in enumerate(rest) if row.startswith("# ---")), len(rest))
    rows = rest[:end]
    while rows and (not rows[-1].strip()):
        rows.pop()
    while rows and (not rows[0].strip() or rows[0].startswith("#")):
        rows.pop(0)
    return ["", "", *rows]


def _stubs(rows: list[str]) -> list[str]:
    """Leave of every function what is said about it, and not what it does."""
    result = list(rows)
    functions = [n for n in ast.walk(ast.parse("\n".join(rows))) if isinstance(n, ast.FunctionDef)]
    for node in sorted(functions, key=lambda n: n.lineno, reverse=True):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        indent = " " * node.body[0].col_offset
        first, last = body[0].lineno, body[-1].end_lineno or body[-1].lineno
        while first > 1 and result[first - 2].lstrip().startswith("#"):
            first -= 1  # a comment says what it does, too
        result[first - 1 : last] = [f"{indent}raise NotImplementedError"]
    return result
