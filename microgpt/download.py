"""Fetching the list of names that the original microgpt trains on, verified before it is kept."""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from pathlib import Path

from microgpt.files import InputError, printable, quoted, reason, write_whole

ORIGINAL_URL = "https://raw.githubusercontent.com/karpathy/makemore/988aa59/names.txt"
"""32,033 given names, from United States Social Security records."""

ORIGINAL_SHA256 = "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"

MAX_BYTES = 4 * 2**20
PATIENCE = 20.0
MAX_SECONDS = 120.0


def download(path: Path, url: str = ORIGINAL_URL, sha256: str = ORIGINAL_SHA256) -> int:
    """Fetch a file and keep it only if it is the one that is wanted.

    Args:
        path: where it goes, a real path; what lies there stays until the new file is whole.
        url: where it comes from, over http or https.
        sha256: what its SHA-256 must be.

    Returns:
        How many bytes it has.

    Raises:
        InputError: the address cannot be reached, another file lies there, or writing failed.
    """
    content = _fetch(url)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise InputError(
            f"{quoted(url, 200)} gave another file: {len(content):,} bytes with SHA-256 {found}; "
            f"wanted {sha256}"
        )
    write_whole(path, content, "the list")
    return len(content)


def _fetch(url: str) -> bytes:
    where = quoted(url, 200)
    if not url.lower().startswith(("http://", "https://")):
        raise InputError(f"cannot download {where}; wanted an address with http:// or https://")
    began = time.monotonic()
    parts: list[bytes] = []
    size = 0
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as response:
            announced = response.headers.get("Content-Length")
            while part := response.read(65536):
                parts.append(part)
                size += len(part)
                if size > MAX_BYTES:
                    raise InputError(f"{where} is too large; wanted at most {MAX_BYTES:,} bytes")
                if time.monotonic() - began > MAX_SECONDS:
                    raise InputError(f"{where} takes too long; gave up after {MAX_SECONDS:.0f} s")
    except urllib.error.HTTPError as error:
        status = printable(f"{error.code} {error.reason}")
        raise InputError(f"cannot download {where}: the server says {status}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(
            f"cannot download {where}: {_why(error)}; wanted a network connection to that server"
        ) from error
    if announced is not None and announced.isdigit() and size < int(announced):
        raise InputError(f"cannot download {where}: it broke off after {size:,} bytes")
    return b"".join(parts)


def _why(error: BaseException) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer within {PATIENCE:.0f} s"
    if isinstance(cause, OSError):
        return printable(reason(cause))
    return printable(str(cause) or type(cause).__name__)
