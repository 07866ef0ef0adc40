"""Two doors into the tool: in this process, for speed, and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

WORDS = "anna\nben\nbeanna\nneb\nabba\nnabe\nebba\n"
SMALL = ("--width", "4", "--heads", "2", "--block", "8")
"""Sizes with which a step of the program takes two milliseconds."""


@dataclass
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    def is_one_line(self) -> bool:
        """Whether standard error holds one line, and nothing that steers a terminal."""
        return (
            self.err.endswith("\n") and self.err[:-1].isprintable() and "Traceback" not in self.err
        )


def environment(**more: str) -> dict[str, str]:
    """The variables of a process that finds this package, whatever its working folder."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1", **more}


def command(*arguments: object) -> list[str]:
    """The command line of a process."""
    return [sys.executable, "-P", "-m", "microgpt", *map(str, arguments)]


def process(*arguments: object, cwd: Path, takes=subprocess.PIPE, **options) -> Result:
    """Run the command as a process of its own and wait for it; ``takes`` gets its output."""
    more = options.pop("env", {})
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        stdout=takes,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
        env=environment(**more),
        **options,
    )
    encoding = more.get("PYTHONIOENCODING", "utf-8")
    out, err = ((text or b"").decode(encoding) for text in (done.stdout, done.stderr))
    return Result(done.returncode, out.replace("\r\n", "\n"), err.replace("\r\n", "\n"))


def losses(log: Path) -> list[float]:
    """The losses of a log, whose steps must be 1, 2, 3, ..."""
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [entry["step"] for entry in entries] == list(range(1, len(entries) + 1))
    assert all(list(entry) == ["step", "loss"] for entry in entries)
    return [entry["loss"] for entry in entries]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
