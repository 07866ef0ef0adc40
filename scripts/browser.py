"""The browser that looks at pages and prints them: found, and started so that it asks no host."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str:
    """Return Chromium's path, or nothing: that of the variable ``CHROMIUM``, or one on the path."""
    given = os.environ.get("CHROMIUM")
    return given or shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open Chromium, and close it again.

    Raises:
        SystemExit: it is not there.
    """
    if not find():
        raise SystemExit("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find(), args=QUIET)
        try:
            yield opened
        finally:
            opened.close()
