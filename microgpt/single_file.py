"""The single-file edition: the ten modules of the program put together into one file.

What the file gains is that it runs alone, with plain ``python microgpt.py``. What it loses is only
what the modules needed for each other: the imports between them vanish, those from the standard
library come once.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from microgpt.assets import NAMES
from microgpt.data import load_documents

MODULES = (
    "data",
    "tokenizer",
    "autograd",
    "parameters",
    "layers",
    "model",
    "loss",
    "optimizer",
    "training",
    "generation",
)
"""The core modules, each using only those before it."""

HEADER = '''\
"""A GPT in 200 lines of plain Python: it reads names, and learns to write new ones.

Run it with ``python microgpt.py``; Python 3.11 or newer is all it needs. It trains a model of 4,192
numbers for 1000 steps, which takes a few minutes, and then prints 20 names that the model made up.
The names it learns from stand at the end of this file: put your own in their place, one a line.

The model and its training are those of Andrej Karpathy's microgpt (2026), to the last bit of every
loss; each line here was written anew. ``microgpt program`` assembled this file from the ten modules
of the package ``microgpt``, and the book that comes with it explains every line.
"""
'''


class Line(NamedTuple):
    """A line of code of the single file, and where it comes from.

    Attributes:
        number: the line in the single file, from 1.
        text: the line itself.
        origins: (module, line) in the package; one, or several for an import that modules share.
    """

    number: int
    text: str
    origins: tuple[tuple[str, int], ...]


class _Text(NamedTuple):
    """A line on its way into the file, before it has a number."""

    text: str
    origins: tuple[tuple[str, int], ...] = ()


def assemble(documents: Sequence[str] | None = None, docstrings: bool = True) -> str:
    """Return the single-file edition.

    Args:
        documents: what the file will train on; the census names if None, none if empty.
        docstrings: keep the docstrings of classes and functions.

    Returns:
        The source text, ending in a newline.

    Raises:
        ValueError: a document has a character that cannot stand in a comment of one line.

    Example:
        >>> text = assemble(["anna", "ben"])
        >>> text.splitlines()[-1]
        '#: ben'
    """
    if documents is None:
        documents = load_documents(NAMES)
    for document in documents:
        if re.search(r"[\n\r\0]", document) or document != document.strip() or not document:
            raise ValueError(f"{document!r} cannot stand in a comment; wanted one line of text")
    lines = [line.text for line in _lines(docstrings)]
    if documents:
        lines += ["", "", "# The documents, one a line."]
        lines += [f"#: {document}" for document in documents]
    return "\n".join(lines) + "\n"


def line_map(docstrings: bool = True) -> list[Line]:
    """Return every line of code of the single file with its origin, in the order of the file.

    Args:
        docstrings: as given to :func:`assemble`; the line numbers depend on it.

    Example:
        >>> first = line_map()[0]
        >>> first.text, first.origins
        ('from __future__ import annotations', (('autograd', 3),))
    """
    lines = _lines(docstrings)
    counted = sorted(code_lines("\n".join(line.text for line in lines) + "\n"))
    return [Line(number, *lines[number - 1]) for number in counted]


def code_lines(source: str) -> set[int]:
    r"""Return the numbers of the lines that hold code.

    Every physical line of a statement counts. Docstrings, comments, blank lines and imports from
    ``microgpt`` do not.

    Example:
        >>> sorted(code_lines("# a comment\nprint(\n    1)  # two lines\n"))
        [2, 3]
    """
    counted: set[int] = set()
    nothing = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in (*nothing, tokenize.ENDMARKER):
            counted.update(range(token.start[0], token.end[0] + 1))
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("microgpt"):
            counted -= _span(node)
    for docstring in _docstrings(tree):
        counted -= _span(docstring)
    return counted


def _span(node: ast.stmt) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _docstrings(tree: ast.Module) -> list[ast.Expr]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.append(first)
    return found


def _lines(docstrings: bool) -> list[_Text]:
    """Return the file's lines up to the documents."""
    plain: dict[str, list[tuple[str, int]]] = {}  # import math
    names: dict[str, dict[str, list[tuple[str, int]]]] = {}  # from random import Random
    bodies: list[_Text] = []
    for module in MODULES:
        source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
        tree = ast.parse(source)
        imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in imports:
            origin = (module, node.lineno)
            if isinstance(node, ast.Import):
                for alias in node.names:
                    plain.setdefault(alias.name, []).append(origin)
            elif node.module and not node.module.startswith("microgpt"):
                for alias in node.names:
                    names.setdefault(node.module, {}).setdefault(alias.name, []).append(origin)
        bodies += _body(module, source, tree, docstrings)
    head = [_Text(line) for line in HEADER.splitlines()]
    future = {"__future__": names.pop("__future__", {})}
    head += [_Text(""), *map(_from, future.items()), _Text("")]
    head += [_Text(f"import {name}", tuple(plain[name])) for name in sorted(plain)]
    head += [_from(item) for item in sorted(names.items())]
    return head + bodies[1:]  # one blank line after imports, two before what follows


def _from(item: tuple[str, dict[str, list[tuple[str, int]]]]) -> _Text:
    module, names = item
    origins = dict.fromkeys(origin for name in sorted(names) for origin in names[name])
    return _Text(f"from {module} import {', '.join(sorted(names))}", tuple(origins))


def _body(module: str, source: str, tree: ast.Module, docstrings: bool) -> list[_Text]:
    """Return what is left of a module when its imports are gone, under a title."""
    lines = source.splitlines()
    title = (ast.get_docstring(tree) or "").split("\n\n")[0].split("\n")
    result = [_Text(""), _Text(""), _Text(f"# {f' {module} ':-^76}")]
    result += [_Text(f"# {line}") for line in title] + [_Text(""), _Text("")]
    dropped: set[int] = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            dropped |= _span(node)
    inside: set[int] = set()
    for docstring in _docstrings(tree):
        span = _span(docstring)
        inside |= span
        if docstring is tree.body[0] or not docstrings:
            after = max(span) + 1
            while after <= len(lines) and not lines[after - 1].strip():
                span.add(after)
                after += 1
            dropped |= span
        else:
            dropped |= _unfit_example(lines, span)
    start = len(result)
    for number, line in enumerate(lines, start=1):
        if number not in dropped:
            text = _without_roles(line) if number in inside else line
            result.append(_Text(text, ((module, number),)))
    while not result[start].text:  # the blank lines between imports and body
        del result[start]
    return result


def _unfit_example(lines: list[str], span: set[int]) -> set[int]:
    """Return the lines of a docstring's closing example, if it needs the package."""
    first = min(span)
    text = lines[first - 1 : max(span)]
    if not any(">>> from microgpt" in line for line in text):
        return set()
    start = next(i for i, line in enumerate(text) if line.strip() == "Example:")
    return set(range(first + start - 1, max(span)))  # with the blank line before, not the quotes


def _without_roles(line: str) -> str:
    """Write cross-references the way a reader of plain text wants them."""
    return re.sub(r":\w+:`~?(?:[\w.]*\.)?(\w+)`", r"``\1``", line)
