"""The fixtures of the tests of the tool; door.py has what is no fixture."""

from __future__ import annotations

import pytest
from door import WORDS, Result

from microgpt.cli import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder that has words.txt."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def tool(capfd):
    """Return a way to run the command in this process, as in ``tool("sample", "--count", 5)``."""

    def call(*arguments: object) -> Result:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        return Result(code, *capfd.readouterr())

    return call
