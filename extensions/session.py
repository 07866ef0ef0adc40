"""Run a lesson's examples one after another, and say of every failure where it stands.

No Sphinx here: :mod:`extensions.examples` feeds it the blocks of a lesson, and the docstrings of
the program go the same way.
"""

from __future__ import annotations

import ast
import doctest
import multiprocessing
import os
import pickle
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

SKIP_REASON = re.compile(r"#\s*(?P<reason>[^#\n]*\w[^#\n]*?)\s*#\s*doctest:[^\n]*\+SKIP")


@dataclass(frozen=True)
class Failure:
    """What is wrong with an example.

    Attributes:
        path: the file.
        line: the line in the file, from 1.
        text: what was expected and what came, or why the example is refused.
    """

    path: str
    line: int
    text: str

    @property
    def place(self) -> str:
        """The place as every tool writes it."""
        return f"{self.path}:{self.line}"


@dataclass
class Tally:
    """How many examples were found, and what became of them."""

    found: int = 0
    executed: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


class _Runner(doctest.DocTestRunner):
    """A doctest runner that collects failures instead of printing them."""

    def __init__(self, path: str, tally: Tally) -> None:
        super().__init__(verbose=False)
        self.path = path
        self.tally = tally

    def _fail(self, test: doctest.DocTest, example: doctest.Example, text: str) -> None:
        line = (test.lineno or 0) + example.lineno + 1
        shown = "".join(f"    {row}\n" for row in example.source.rstrip("\n").split("\n"))
        self.tally.failures.append(Failure(self.path, line, f"{shown}{text.rstrip()}"))

    def report_start(self, out: Any, test: doctest.DocTest, example: doctest.Example) -> None:
        """Count an example that is about to run."""
        self.tally.executed += 1

    def report_failure(
        self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        """Keep what was expected and what came instead."""
        checker = doctest.OutputChecker()
        self._fail(test, example, checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(
        self, out: Any, test: doctest.DocTest, example: doctest.Example, exc_info: Any
    ) -> None:
        """Keep the exception that nobody announced."""
        last = "".join(traceback.format_exception_only(exc_info[0], exc_info[1])).strip()
        self._fail(test, example, f"raised {last}")


def run_examples(
    source: str, namespace: dict[str, Any], path: str, line: int, tally: Tally
) -> None:
    """Run the examples in a text.

    Args:
        source: text with ``>>>`` examples.
        namespace: where they run; it is changed.
        path: the file the text comes from.
        line: the line in that file of the text's first line, from 1.
        tally: what the results are added to.
    """
    try:
        examples = doctest.DocTestParser().get_examples(source, path)
    except ValueError as error:
        text = re.sub(r"^line \d+ of the docstring for \S+ ", "this example ", str(error))
        found = re.search(r"line (\d+) of", str(error))
        tally.found += len(re.findall(r"^\s*>>>(?: |$)", source, re.MULTILINE))
        tally.failures.append(Failure(path, line + int(found[1]) - 1 if found else line, text))
        return
    tally.found += len(examples)
    kept = []
    for example in examples:
        at = line + example.lineno
        if example.options.get(doctest.SKIP):
            reason = SKIP_REASON.search(example.source)
            if reason:
                tally.skipped.append((at, reason["reason"]))
            else:
                wanted = "wanted '# why it cannot run  # doctest: +SKIP'"
                tally.failures.append(Failure(path, at, f"a skip without a reason; {wanted}"))
        else:
            kept.append(example)
    # Each block has a name of its own, or doctest looks up a line of an earlier block in this one.
    test = doctest.DocTest(kept, namespace, f"{path}:{line}", path, line - 1, source)
    test.globs = namespace  # DocTest took a copy
    _Runner(path, tally).run(test, out=lambda text: None, clear_globs=False)


@dataclass(frozen=True)
class _Block:
    source: str
    line: int
    hidden: bool  # plain statements without prompts


class Session:
    """The namespace of a lesson, as it grows from block to block."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.tally = Tally()
        self._blocks: list[_Block] = []

    def run(self, source: str, line: int, hidden: bool = False) -> list[Failure]:
        """Run a block and return its failures.

        Args:
            source: the text of the block.
            line: the line of its first line in the file, from 1.
            hidden: the block holds plain statements and no examples.
        """
        before = len(self.tally.failures)
        self._blocks.append(_Block(source, line, hidden))
        self._run(self._blocks[-1])
        return self.tally.failures[before:]

    def _run(self, block: _Block) -> None:
        if not block.hidden:
            run_examples(block.source, self.namespace, self.path, block.line, self.tally)
            return
        try:
            code = compile("\n" * (block.line - 1) + block.source, self.path, "exec")
            exec(code, self.namespace)
        except Exception as error:
            rows = [row.lineno for row in traceback.extract_tb(error.__traceback__)
                    if row.filename == self.path]  # fmt: skip
            at = error.lineno if isinstance(error, SyntaxError) else (rows or [None])[0]
            text = f"this set-up raised {type(error).__name__}: {error}"
            self.tally.failures.append(Failure(self.path, at or block.line, text))

    def fork(self) -> Session:
        """Return a session of its own in the state that this one is in.

        Copying would not do: a function keeps the namespace it was defined in, and a changed
        object would be changed for both. So a second process goes on from here, where the system
        has such a thing; elsewhere the blocks so far are run again.
        """
        return ForkedSession(self) if hasattr(os, "fork") else self.replay()

    def replay(self) -> Session:
        """Return what :meth:`fork` does, by running the blocks so far again.

        Their failures have been reported once and are not counted again.
        """
        other = Session(self.path)
        for block in self._blocks:
            other._blocks.append(block)
            other._run(block)
        other.tally = Tally()
        return other

    def close(self) -> None:
        """End it; nothing is asked of it any more."""

    def absorb(self, other: Session) -> None:
        """Add another session's counts to this one's."""
        self.tally.found += other.tally.found
        self.tally.executed += other.tally.executed
        self.tally.skipped += other.tally.skipped
        self.tally.failures += other.tally.failures

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression."""
        return eval(compile(expression, self.path, "eval"), self.namespace)


class ForkedSession(Session):
    """A session that goes on in a child process, with a namespace that nobody shares."""

    def __init__(self, parent: Session) -> None:
        super().__init__(parent.path)
        self._pipe, child = multiprocessing.Pipe()
        self._child = os.fork()
        if self._child == 0:
            self._pipe.close()
            try:
                _serve(parent, child)
            finally:
                os._exit(0)
        child.close()

    def _ask(self, *request: Any) -> Any:
        self._pipe.send(request)
        good, answer = self._pipe.recv()
        if not good:
            raise answer
        return answer

    def run(self, source: str, line: int, hidden: bool = False) -> list[Failure]:
        """Run a block over there; see :meth:`Session.run`."""
        failures, self.tally = self._ask("run", source, line, hidden)
        return cast("list[Failure]", failures)

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, a number or a text; nothing else comes back."""
        return self._ask("evaluate", expression)

    def close(self) -> None:
        """Let the child end."""
        self._pipe.close()
        os.waitpid(self._child, 0)


def _serve(session: Session, pipe: Connection) -> None:
    """Answer what a :class:`ForkedSession` asks, until nobody is there to ask."""
    session.tally = Tally()
    while True:
        try:
            what, *request = pipe.recv()
        except EOFError:
            return
        try:
            if what == "run":
                answer = session.run(*request), session.tally
            else:
                answer = session.evaluate(*request)
                if not isinstance(answer, int | float | str):
                    name = type(answer).__name__
                    raise TypeError(f"gives a {name}; wanted a number or a text")
        except Exception as error:
            pipe.send((False, _portable(error)))
        else:
            pipe.send((True, answer))


def _portable(error: Exception) -> Exception:
    """Return the error, or a plain one that says the same, if it cannot travel."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def docstrings(source: str) -> list[tuple[str, str, int]]:
    r"""Return (qualified name, docstring, line) of everything documented in a module's source.

    Example:
        >>> docstrings('class A:\n    "About A."')
        [('A', 'About A.', 2)]
    """
    found: list[tuple[str, str, int]] = []

    def walk(node: ast.AST, name: str) -> None:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                found.append((name, text, node.body[0].lineno))
        for child in ast.iter_child_nodes(node):
            inner = getattr(child, "name", None) if isinstance(child, ast.stmt) else None
            walk(child, f"{name}.{inner}".lstrip(".") if inner else name)

    walk(ast.parse(source), "")
    return found


def run_docstrings(path: Path, shown: str, load: Callable[[], dict[str, Any]]) -> Tally:
    """Run the examples in the docstrings of a module.

    Args:
        path: the module's file.
        shown: the path to report.
        load: returns the module's namespace; called only if there are examples.
    """
    tally = Tally()
    for _, text, line in docstrings(path.read_text(encoding="utf-8")):
        if ">>>" in text:
            run_examples(text, dict(load()), shown, line, tally)
    return tally
