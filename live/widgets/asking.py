"""How a page asks Python: questions and answers in plain JSON, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from microgpt.files import InputError

Answer = dict[str, Any]
Tell = Callable[[Any], None]
Result = TypeVar("Result")


def question(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let a function be asked by the page: what the tool refuses becomes an answer."""

    @wraps(function)
    def asked(*given: Any, tell: Tell = lambda part: None) -> Answer:
        try:
            return function(*given, tell=tell)
        except InputError as error:
            return {"refused": str(error)}

    return asked


def from_text(text: str, name: str, read: Callable[[Path], Result]) -> Result:
    """Give a text to a reader of files, under a name that its messages may show."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        # half a character becomes bytes that are no UTF-8, and the tool says so
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return read(path)
        except InputError as error:
            raise InputError(str(error).replace(str(path), name)) from error


def to_text(write: Callable[[Path], None]) -> str:
    """Return what a writer of files writes."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "written.json")
        write(path)
        return path.read_text(encoding="utf-8")
