"""Judge a reader's file: run it in a process of its own, case by case, and say what came out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import subprocess
import sys
import threading
import time
import traceback
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from microgpt.exercises.cases import Case, Wrong, cases_of

SECONDS = 60.0
READABLE = "the file can be read"


@dataclass(frozen=True)
class Verdict:
    """What became of a case.

    Attributes:
        case: what the case promises, in words.
        problem: empty if the promise was kept, else what went wrong.
    """

    case: str
    problem: str = ""


def judge(
    source: str,
    number: int,
    filename: str = "yours",
    begins: Callable[[str], None] = lambda promise: None,
) -> Iterator[Verdict]:
    """Judge some source in this very process, one verdict after another.

    Args:
        source: what the reader wrote.
        number: of the exercise.
        filename: what tracebacks shall call the file.
        begins: told what each case promises, before it runs.
    """
    begins(READABLE)
    module = types.ModuleType("yours")
    sys.modules["yours"] = module  # a dataclass looks its module up
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, filename, "exec"), module.__dict__)
    except Exception as error:
        yield Verdict(READABLE, _told(error, filename))
        return
    for case in cases_of(number):
        begins(case.promise)
        yield Verdict(case.promise, _problem(case, module, filename))


def _problem(case: Case, module: types.ModuleType, filename: str) -> str:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            case.run(module)
    except Wrong as wrong:
        return str(wrong)
    except NotImplementedError:
        return "not written yet"
    except Exception as error:
        return _told(error, filename)
    return ""


def _told(error: Exception, filename: str) -> str:
    """Return an error in one line, with the line of the reader's file it came from."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == filename]
    where = f"line {lines[-1]}: " if lines else ""
    if isinstance(error, AttributeError) and "module 'yours'" in str(error):
        return f"your file has no {error.name}"
    if isinstance(error, RecursionError):
        return f"{where}a function calls itself too often for Python"
    return f"{where}{type(error).__name__}: {error}"


def judge_file(path: Path, number: int, seconds: float = SECONDS) -> Iterator[Verdict]:
    """Judge a file in a process of its own, so that nothing it does reaches further.

    Args:
        path: the reader's file.
        number: of the exercise.
        seconds: after how long a case that does not end is given up.
    """
    command = [sys.executable, "-m", "microgpt.exercises.judge", str(path), str(number)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    )
    assert process.stdout is not None
    lines: queue.Queue[bytes] = queue.Queue()
    reader = threading.Thread(target=_hand_on, args=(process.stdout, lines), daemon=True)
    reader.start()
    running = READABLE
    try:
        deadline = time.monotonic() + seconds
        while line := lines.get(timeout=max(0.0, deadline - time.monotonic())):
            entry = json.loads(line)
            deadline = time.monotonic() + seconds
            if "begins" in entry:
                running = entry["begins"]
            else:
                yield Verdict(entry["case"], entry["problem"])
        if process.wait() != 0:
            yield Verdict(running, f"it ended Python itself (exit code {process.returncode})")
    except queue.Empty:
        yield Verdict(running, f"it has not ended after {seconds:g} seconds; an endless loop?")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _hand_on(stream: io.BufferedIOBase, lines: queue.Queue[bytes]) -> None:
    with contextlib.suppress(ValueError):  # closed, because nobody listens any more
        for line in stream:
            lines.put(line)
    lines.put(b"")


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}


def _main(path: str, number: int) -> None:
    """Print one JSON object a line: what begins, and what became of it."""
    out = sys.stdout
    sys.stdin = io.StringIO()  # input() must not wait for anyone

    def tell(**entry: str) -> None:
        print(json.dumps(entry), file=out, flush=True)

    source = Path(path).read_text(encoding="utf-8-sig")
    for verdict in judge(source, number, path, lambda promise: tell(begins=promise)):
        tell(case=verdict.case, problem=verdict.problem)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
