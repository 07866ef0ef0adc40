"""How the tool speaks: results on standard output, everything else on standard error.

No text from a file reaches either without :func:`~microgpt.files.printable`, and no letter that the
console cannot show stops the tool: it is written as an escape.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO

from microgpt.files import InputError, printable, reason


def prepare() -> None:
    """Make both streams write escapes for what their encoding does not have."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """Write a line to standard error; whoever closed it does not want to hear, and that is fine."""
    if sys.stderr is None:  # print would take standard output instead
        return
    try:
        print(printable(line), file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)
    except ValueError:  # it was closed before
        pass


def give(line: str) -> None:
    """Write a line of the result to standard output.

    Raises:
        InputError: it cannot be written, because the disk is full, say.
        BrokenPipeError: the reader has gone.
    """
    write(printable(line) + "\n")


def write(text: str) -> None:
    """Write text to standard output as it is; raises like :func:`give`."""
    try:
        if sys.stdout is not None:
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        raise
    except OSError as error:
        silence(sys.stdout)
        raise InputError(f"cannot write to the standard output: {reason(error)}") from error


def silence(stream: TextIO) -> None:
    """Send what is still in a broken stream's buffer to nowhere, or Python complains at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether somebody looks at the stream, on a screen that can be drawn on."""
    with contextlib.suppress(OSError, ValueError):
        return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    return False
