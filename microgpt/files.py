"""Reading and writing files with care: checked first, whole or not at all, one clear line if not.

Every fault that a user can cause ends as an :class:`InputError`, whose text is one line that says
what was given and what is wanted.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
import unicodedata
from pathlib import Path

from microgpt.data import load_documents

MAX_DATA_BYTES = 64 * 2**20


class InputError(Exception):
    """Something given to the tool cannot be used; the message is one line for the user."""


def printable(text: str) -> str:
    r"""Return the text without anything that could steer a terminal.

    Control characters, marks that turn the direction of writing, and what is no character at all
    are written as escapes.

    Example:
        >>> print(printable("an\x1b[31mna"))
        an\x1b[31mna
    """
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else letter.encode("unicode_escape").decode()
        for letter in text
    )


def quoted(thing: object, limit: int = 120) -> str:
    """Return what was given, in quotes, printable and not longer than a line can bear."""
    text = printable(str(thing))
    return f"'{text if len(text) <= limit else text[:limit] + '…'}'"


def reason(error: OSError) -> str:
    """Return why the system refused, in small letters and without the path."""
    return (error.strerror or str(error) or type(error).__name__).lower()


def read_bytes(path: Path, limit: int, wanted: str) -> bytes:
    """Return the content of an ordinary file that is not too large.

    Raises:
        InputError: it is missing, unreadable, no ordinary file or larger than ``limit`` bytes.
    """
    try:
        if path.is_dir():
            raise InputError(f"{quoted(path)} is a folder; wanted {wanted}")
        if path.exists() and not path.is_file():
            raise InputError(f"{quoted(path)} is not an ordinary file; wanted {wanted}")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot read {quoted(path)}: {why}; wanted {wanted}") from error
    if len(content) > limit:
        size = f"{limit // 2**20} MiB"
        raise InputError(f"{quoted(path)} is larger than {size}; wanted {wanted}")
    return content


def read_documents(path: Path) -> list[str]:
    """Return the documents of a text file, as the program reads them.

    Raises:
        InputError: the file cannot be read, is not UTF-8 text, or holds no document.
    """
    wanted = "a UTF-8 text file, one document a line"
    content = read_bytes(path, MAX_DATA_BYTES, wanted)
    if b"\0" in content:
        raise InputError(f"{quoted(path)} is a binary file; wanted {wanted}")
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{content[error.start]:02x} at offset {error.start}"
        raise InputError(f"{quoted(path)} is not UTF-8: {byte}; wanted {wanted}") from error
    documents = load_documents(path)
    if not documents:
        what = "holds only empty lines" if content else "is empty"
        raise InputError(f"{quoted(path)} {what}; wanted {wanted}")
    return documents


def target(path: Path, what: str) -> Path:
    """Return the real path of a file that is about to be written, if it can be.

    Args:
        path: as the user gave it; a symbolic link leads to the file it names.
        what: what will be written, for the message.

    Raises:
        InputError: it is a folder, a device, write-protected, or in a folder that is missing.
    """
    try:
        real = Path(os.path.realpath(path))
        if real.is_dir():
            why = "it is a folder; wanted a file"
            raise InputError(f"cannot write {what} to {quoted(path)}: {why}")
        if not real.parent.is_dir():
            folder = quoted(real.parent)
            raise InputError(f"cannot write {what} to {quoted(path)}: there is no folder {folder}")
        if real.exists():
            mode = real.stat().st_mode
            if not stat.S_ISREG(mode):
                why = "it is not an ordinary file; wanted a file that may be replaced"
                raise InputError(f"cannot write {what} to {quoted(path)}: {why}")
            if not mode & 0o222 or not os.access(real, os.W_OK):
                why = "it is write-protected; wanted a file that may be replaced"
                raise InputError(f"cannot write {what} to {quoted(path)}: {why}")
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot write {what} to {quoted(path)}: {why}") from error
    return real


def write_whole(path: Path, content: bytes, what: str) -> None:
    """Write a file so that at every moment the old or the new one is there, whole.

    The content goes to a second file in the same folder, is brought to the disk, and then takes
    the place of the first in one move.

    Args:
        path: a real path, as :func:`target` returns it.
        content: all of it.
        what: what it is, for the message.

    Raises:
        InputError: the disk is full, the folder not writable, and the like; nothing has changed.
    """
    spare = path.with_name(f".{path.name}.part")
    try:
        with contextlib.suppress(FileNotFoundError):
            spare.unlink()  # left behind by a run that was killed while writing
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(spare, flags, 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                os.chmod(spare, stat.S_IMODE(path.stat().st_mode))
            _replace(spare, path)
        except BaseException:
            with contextlib.suppress(OSError):
                spare.unlink()
            raise
    except OSError as error:
        raise InputError(f"cannot write {what} to {quoted(path)}: {reason(error)}") from error
    _sync_folder(path.parent)


def _replace(source: Path, destination: Path) -> None:
    for patience in (0.05, 0.2, 0.5, 1.0):
        try:
            source.replace(destination)
            return
        except PermissionError:  # on Windows another program may hold the file for a moment
            if os.name != "nt":
                raise
            time.sleep(patience)
    source.replace(destination)


def _sync_folder(folder: Path) -> None:
    """Bring the move itself to the disk, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
