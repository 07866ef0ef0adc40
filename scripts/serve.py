"""Show the built book: ``tox -e serve`` builds it, then this serves it to this machine only.

A free port on loopback is taken, the browser opens, and Ctrl-C ends it.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Have the browser ask again each time, so that a new build is seen."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


class Server(ThreadingHTTPServer):
    """Serves; a reader who closes a page in the middle is no news."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when the browser hangs up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main(folder: str) -> int:
    """Serve a folder until Ctrl-C, and return the exit code."""
    if not Path(folder, "index.html").is_file():
        print(f"there is no book in {folder}; tox -e html builds it", file=sys.stderr)
        return 1
    with Server(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The book is at {address} (Ctrl-C ends it)", flush=True)
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    print("\nThe book is closed.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(0)
