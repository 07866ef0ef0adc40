"""Run a page's examples in the reader's browser, by doctest's own rules; the worker imports this.

A page has blocks in order: examples that are shown, set-up that is not, and blocks of solutions,
each solution in a session of its own. Running a block first runs what it depends on: all blocks of
the lesson that stand before it, as the reader has edited them.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import sys
import traceback
from collections.abc import Callable
from typing import Any

YOURS = "<your code>"


class _Collector(doctest.DocTestRunner):
    """A runner that keeps what each example gave."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.results: list[dict[str, Any]] = []

    def _keep(self, example: doctest.Example, got: str, same: bool) -> None:
        self.results.append(
            {"source": example.source, "want": example.want, "got": got, "same": same}
        )

    def report_start(self, out: Any, test: Any, example: Any) -> None:
        """Say nothing."""

    def report_success(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        """Keep an output that is the book's."""
        self._keep(example, got, True)

    def report_failure(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        """Keep an output that is not."""
        self._keep(example, got, False)

    def report_unexpected_exception(
        self, out: Any, test: Any, example: doctest.Example, exc_info: Any
    ) -> None:
        """Keep an error that the book does not have."""
        self._keep(example, trimmed(exc_info[1]), False)


def trimmed(error: BaseException) -> str:
    """Return a traceback that has the reader's own lines and no others."""
    if isinstance(error, SyntaxError):
        return "".join(traceback.format_exception_only(type(error), error))
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == YOURS or frame.filename.startswith("<doctest")
    ]
    told = [
        f"  line {frame.lineno}, in {frame.name}\n" for frame in frames if frame.filename == YOURS
    ]
    last = "".join(traceback.format_exception_only(type(error), error))
    return ("Traceback (your lines):\n" + "".join(told) if told else "") + last


class Session:
    """A namespace and the blocks that ran in it."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.done: list[int] = []


class Page:
    """All blocks of a page, and what has been run of them.

    Args:
        blocks: dictionaries with ``source``, ``hidden`` and ``session``, in the order of the page;
            the session of the lesson itself is the empty text.
        progress: told, before a block runs, which and how many are still to run.
    """

    def __init__(self, blocks: list[dict[str, Any]], progress: Callable[[int, int], None]) -> None:
        self.blocks = blocks
        self.edits: dict[int, str] = {}
        self.sessions: dict[str, Session] = {}
        self.progress = progress

    def needed(self, number: int) -> list[int]:
        """Return the blocks that must have run before a block can, in order."""
        name = self.blocks[number]["session"]
        return [i for i in range(number) if self.blocks[i]["session"] in ("", name)]

    def edit(self, number: int, source: str | None) -> None:
        """Replace what a block holds; None brings back the book's."""
        if source is None:
            self.edits.pop(number, None)
        else:
            self.edits[number] = source
        for session in self.sessions.values():
            if number in session.done:  # what came after it may no longer be true
                session.done = [-1]

    def run(self, number: int) -> dict[str, Any]:
        """Run a block, after those it needs; return what it gave."""
        name = self.blocks[number]["session"]
        session = self.sessions.get(name)
        before = self.needed(number)
        if session is None or session.done != before[: len(session.done)]:
            session = self.sessions[name] = Session()
        todo = before[len(session.done) :]
        for place, other in enumerate(todo):
            self.progress(place, len(todo))
            self._run(other, session)
        return self._run(number, session)

    def check(self, number: int, answer: str) -> dict[str, Any]:
        """Judge an answer by the examples of its block; return what it prints and what each gave.

        The lesson before it runs afresh, as it stands in the book: neither the reader's edits nor
        an earlier answer can make a right answer wrong, or a wrong one right.
        """
        namespace = Session().namespace
        before = self.needed(number)
        for place, other in enumerate(before):
            self.progress(place, len(before))
            block = self.blocks[other]
            run = run_plain if block["hidden"] else run_examples
            run(block["source"], namespace)
        output, ended = attempt(answer, namespace)
        cases = run_examples(self.blocks[number]["source"], namespace) if ended else []
        return {"output": output, "cases": cases}

    def _run(self, number: int, session: Session) -> dict[str, Any]:
        session.done.append(number)
        block, edited = self.blocks[number], self.edits.get(number)
        if edited is not None:
            output = run_plain(edited, session.namespace)
            return {"edited": True, "output": output, "same": False}
        if block["hidden"]:
            return {
                "edited": False,
                "output": run_plain(block["source"], session.namespace),
                "same": True,
            }
        results = run_examples(block["source"], session.namespace)
        output = "".join(result["got"] for result in results)
        return {
            "edited": False,
            "output": output,
            "same": all(result["same"] for result in results),
            "differences": [r for r in results if not r["same"]],
        }


def run_examples(source: str, namespace: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a text with prompts; return what each example gave, and whether the text says so too."""
    examples = doctest.DocTestParser().get_examples(source)
    # Each block has a name of its own, or doctest looks up a line of an earlier block in this one.
    name = f"block {hash(source)}"
    test = doctest.DocTest(examples, namespace, name, None, 0, source)
    test.globs = namespace
    runner = _Collector()
    runner.run(test, out=lambda text: None, clear_globs=False)
    return runner.results


def run_plain(source: str, namespace: dict[str, Any]) -> str:
    """Run a text without prompts; return all that it prints, as the interactive Python would."""
    return attempt(source, namespace)[0]


def attempt(source: str, namespace: dict[str, Any]) -> tuple[str, bool]:
    """Run a text as :func:`run_plain` does; return what it prints and whether it ran to its end."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            for statement in ast.parse(source, YOURS).body:
                lines = ast.Interactive([statement])
                exec(compile(lines, YOURS, "single"), namespace)
        except BaseException as error:
            out.write(trimmed(error))
            return out.getvalue(), False
    return out.getvalue(), True


sys.displayhook = sys.__displayhook__
