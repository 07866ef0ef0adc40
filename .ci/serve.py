"""Run the README's first line as a reader would: wait for the page, read it, press Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path


def main() -> int:
    """Return 0 if the book was served and Ctrl-C ended it without a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        # BROWSER=true: a browser that opens nothing. A new session, so Ctrl-C reaches all of it.
        reader = subprocess.Popen(
            ["bash", "-c", sys.argv[1]],
            stdout=said.open("wb"),
            stderr=subprocess.STDOUT,
            env={**os.environ, "BROWSER": "true"},
            start_new_session=True,
            # A script that itself runs in the background would hand on "ignore Ctrl-C".
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        url = None
        while url is None and reader.poll() is None:
            time.sleep(1)
            url = re.search(r"http://127\.0\.0\.1:\d+\S*", said.read_text(errors="replace"))
        if url is None:
            print(said.read_text(errors="replace"), "it ended before it served", sep="\n")
            return 1
        page = urllib.request.urlopen(url[0], timeout=60).read().decode()
        os.killpg(reader.pid, signal.SIGINT)
        try:
            reader.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(reader.pid, signal.SIGKILL)
            print("Ctrl-C did not end it")
            return 1
        words = said.read_text(errors="replace")
        if "MicroGPT" not in page or "Traceback" in words:
            print(words, "the page is not the book's, or Ctrl-C left a traceback", sep="\n")
            return 1
        print(f"served {url[0]}, {len(page)} characters; Ctrl-C ended it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
