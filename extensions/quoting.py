"""Find an object's lines in a module by its qualified name, docstrings left out. No Sphinx here."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class QuoteError(ValueError):
    """A name, or a text to match, that the program does not have."""


class Quote(NamedTuple):
    """Lines of a module.

    Attributes:
        lines: their numbers in the file, in order; the blank lines between them are included.
        text: the lines, as they stand in the file.
    """

    lines: tuple[int, ...]
    text: str


@dataclass
class Module:
    """A module's source, ready to be quoted.

    Attributes:
        name: the dotted name.
        path: the file.
    """

    name: str
    path: Path

    def __post_init__(self) -> None:
        source = self.path.read_text(encoding="utf-8")
        self.rows = source.split("\n")
        self.tree = ast.parse(source, str(self.path))
        self.left_out = self._docstring_lines()

    def _docstring_lines(self) -> set[int]:
        """Return the lines of all docstrings, with the blank lines that follow them."""
        found: set[int] = set()
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Module | Named) or ast.get_docstring(node) is None:
                continue
            first = node.body[0]
            last = first.end_lineno or first.lineno
            while last < len(self.rows) and not self.rows[last].strip():
                last += 1
            found.update(range(first.lineno, last + 1))
        return found

    def _statements(self, path: list[str]) -> tuple[list[ast.stmt], ast.AST]:
        """Return the statements that define a name, and what they stand in."""
        place: ast.AST = self.tree
        found: list[ast.stmt] = []
        for depth, name in enumerate(path):
            found = [node for node in getattr(place, "body", []) if name in _names(node)]
            if not found:
                known = ".".join([self.name, *path[:depth]])
                raise QuoteError(f"{known} has no {name}")
            if depth + 1 < len(path):
                place = found[-1]
        return found, place

    def quote(
        self,
        name: str = "",
        part: str = "",
        match: str | None = None,
        until: str | None = None,
    ) -> Quote:
        """Return the lines of an object.

        Args:
            name: its name inside the module, ``Value.__add__``; the whole module if empty.
            part: ``"head"``: of a class, what stands before its first method. ``"imports"``: the
                import lines of the module.
            match: keep only the lines that contain this; with ``until``, from the first of them.
            until: the last line contains this.

        Raises:
            QuoteError: there is no such name or line.
        """
        if part == "imports":
            if name:
                raise QuoteError(f"imports belong to a module; {self.name}.{name} is none")
            found = [n for n in self.tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
            numbers = [line for node in found for line in _span(node)]
            numbers = list(range(numbers[0], numbers[-1] + 1)) if numbers else []
        elif name:
            statements, _ = self._statements(name.split("."))
            if part == "head":
                numbers = self._head(name, statements[-1])
            else:
                numbers = [line for node in statements for line in _span(node)]
        else:
            numbers = list(range(1, len(self.rows) + 1))
        numbers = [line for line in numbers if line not in self.left_out]
        return self._trimmed(self._matched(numbers, name, match, until))

    def _head(self, name: str, node: ast.stmt) -> list[int]:
        if not isinstance(node, ast.ClassDef):
            raise QuoteError(f"only a class has a head; {self.name}.{name} is none")
        inside = [n for n in node.body if isinstance(n, Named)]
        end = min((min(_span(n)) for n in inside), default=(node.end_lineno or 0) + 1)
        return [line for line in range(min(_span(node)), end)]

    def _matched(
        self, numbers: list[int], name: str, match: str | None, until: str | None
    ) -> list[int]:
        if match is None:
            if until is not None:
                raise QuoteError("'until' needs a 'match' to begin from")
            return numbers
        hits = [line for line in numbers if match in self.rows[line - 1]]
        if not hits:
            raise QuoteError(f"no line of {self.name}{'.' * bool(name)}{name} contains {match!r}")
        if until is None:
            return hits
        ends = [n for n in numbers if n >= hits[0] and until in self.rows[n - 1]]
        if not ends:
            raise QuoteError(f"no line after {match!r} contains {until!r}")
        return [line for line in numbers if hits[0] <= line <= ends[0]]

    def _trimmed(self, numbers: list[int]) -> Quote:
        while numbers and not self.rows[numbers[0] - 1].strip():
            numbers = numbers[1:]
        while numbers and not self.rows[numbers[-1] - 1].strip():
            numbers = numbers[:-1]
        if not numbers:
            raise QuoteError("nothing is left to show")
        return Quote(tuple(numbers), "\n".join(self.rows[line - 1] for line in numbers))

    def is_class(self, name: str) -> bool:
        """Say whether a name is that of a class."""
        return isinstance(self._statements(name.split("."))[0][-1], ast.ClassDef)

    def owner(self, line: int) -> str:
        """Return the qualified name of the smallest named thing that holds a line."""
        return _owner(self.tree, line) or "(module level)"


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, Named):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
        return ["__main__"]
    return []


def _span(node: ast.stmt) -> list[int]:
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return list(range(first, (node.end_lineno or node.lineno) + 1))


def _owner(tree: ast.AST, line: int) -> str:
    for node in getattr(tree, "body", []):
        if line in _span(node):
            if isinstance(node, ast.Import | ast.ImportFrom):
                return "(imports)"
            name = ".".join(_names(node)[:1])
            inner = _owner(node, line) if isinstance(node, ast.ClassDef) else ""
            return f"{name}.{inner}" if inner else name
    return ""


def find_module(root: Path, name: str) -> tuple[Module, str]:
    """Return the module that a qualified name begins with, and the rest of the name.

    Args:
        root: the folder that holds the package.
        name: for example ``microgpt.autograd.Value.__add__``.

    Raises:
        QuoteError: there is no such module.
    """
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        if not all(part.isidentifier() for part in parts[:count]):
            continue
        path = root.joinpath(*parts[:count]).with_suffix(".py")
        if path.is_file():
            return Module(".".join(parts[:count]), path), ".".join(parts[count:])
    raise QuoteError(f"no module begins the name {name!r}")
