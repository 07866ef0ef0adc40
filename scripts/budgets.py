"""What a reader's browser is sent and how long it lets a reader wait: ``tox -e budgets``.

Measured in a real Chromium on the built book, served from this machine. That server compresses
nothing, so a text is counted as ``gzip -6`` would send it; a cold start carries its 13 MB over
loopback, not over a network. Each time is the median of a few; a busy machine makes them longer.
"""

from __future__ import annotations

import gzip
import os
import sys
import threading
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from browser import chromium, find
from serve import Quiet, Server

ROOT = Path(__file__).parent.parent
WEIGHT = 400_000  # bytes as sent, before the first click
REQUESTS = 25
COLD = 6_000  # milliseconds from the first click on Run to its output
LATER = 300
SLIDER = 50
TEXT = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt")
EXAMPLES = "2-calculus-and-autograd/value.html"

# The time from a click on a block's button to its output.
CLICK = """async (row) => {
  const button = document.querySelectorAll(".live-row .live-run")[row];
  const status = document.querySelectorAll(".live-status")[row];
  const begun = performance.now();
  button.click();
  while (!/book/.test(status.textContent)) {
    if (performance.now() - begun > 120000) throw new Error(status.textContent);
    await new Promise((next) => setTimeout(next, 2));
  }
  return performance.now() - begun;
}"""

# The time from each of twenty steps of a panel's first slider to its new words; none without one.
SLIDE = """async () => {
  const panel = document.querySelector(".explore .works");
  const slider = panel.querySelector("input[type=range]");
  const taken = [];
  for (let step = 1; slider && step <= 20; step++) {
    const begun = performance.now();
    const answered = new Promise((done) => {
      const watch = new MutationObserver((changes) => {
        const words = changes.some(({ target }) => target.matches?.("p[role=status]"));
        if (words) done(performance.now() - begun);
      });
      watch.observe(panel, { childList: true, characterData: true, subtree: true });
      setTimeout(() => { watch.disconnect(); done(performance.now() - begun); }, 2000); // no answer
    });
    slider.value = Number(slider.min) + (slider.max - slider.min) * step / 20;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    taken.push(await answered);
    await new Promise((next) => setTimeout(next, 20));
  }
  return taken;
}"""


@cache
def as_sent(path: Path) -> int:
    """Return the bytes of a file as a server that compresses sends them."""
    content = path.read_bytes()
    return len(gzip.compress(content, 6)) if path.suffix in TEXT else len(content)


def weigh(book: Path, site: str, asked: list[str]) -> dict[str, int]:
    """Return what each address of the book that a page asked for weighs; each is sent once."""
    paths = {unquote(urlsplit(url).path).lstrip("/") for url in asked if url.startswith(site)}
    return {name: as_sent(book / name) for name in sorted(paths)}


def outside(site: str, asked: list[str]) -> list[str]:
    """Return the addresses that lead to another host."""
    return [url for url in asked if not url.startswith((site, "data:", "blob:", "about:"))]


class Browser:
    """Chromium, on a page of the book in a profile of its own."""

    def __init__(self, chromium: Any, site: str) -> None:
        self.chromium, self.site = chromium, site
        self.asked: list[str] = []

    def open(self, name: str) -> Any:
        """Open a page as one who was never here."""
        page = self.chromium.new_context().new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(f"{self.site}/{name}", wait_until="load")
        page.evaluate("document.fonts.ready")
        return page


def measure(book: Path, site: str, chromium: Any) -> list[tuple[str, float, float, str]]:
    """Return a line for each budget: what, how much may be, how much is, where."""
    browser = Browser(chromium, site)
    weights, counts = {}, {}
    lessons = [path.relative_to(book).as_posix() for path in sorted(book.glob("[0-9]*/*.html"))]
    for name in lessons:
        browser.asked, before = [], browser.asked
        browser.open(name).context.close()
        sent = weigh(book, site, browser.asked)
        weights[name], counts[name] = sum(sent.values()), len(sent)
        browser.asked += before
    cold, later = [], []
    for _ in range(3):
        page = browser.open(EXAMPLES)
        cold.append(page.evaluate(CLICK, 0))
        later += [page.evaluate(CLICK, row) for row in (1, 2, 3)]
        page.context.close()
    answers = {}
    for name in lessons:
        if b'data-explorable="' in (book / name).read_bytes():
            page = browser.open(name)
            page.locator(".explore .start").first.click()
            page.locator(".explore .works").first.wait_for(state="visible", timeout=120_000)
            if taken := page.evaluate(SLIDE):
                answers[name] = median(taken)
            page.context.close()
    slow = max(answers, key=answers.__getitem__)
    heavy, many = max(weights, key=weights.__getitem__), max(counts, key=counts.__getitem__)
    strangers = outside(site, browser.asked)
    return [
        ("heaviest lesson before a click, bytes gzipped", WEIGHT, weights[heavy], heavy),
        ("most requests of a lesson before a click", REQUESTS, counts[many], many),
        ("first output after a cold start, ms", COLD, median(cold), EXAMPLES),
        ("later output, ms", LATER, median(later), EXAMPLES),
        (f"slowest of {len(answers)} sliders to answer, ms", SLIDER, answers[slow], slow),
        ("requests to other hosts", 0, len(strangers), " ".join(strangers[:3]) or "all pages"),
    ]


def main(folder: str) -> int:
    """Print the table and return the exit code."""
    book = Path(folder).resolve()
    if not (book / "index.html").is_file() or not find():
        print(f"wanted: the book in {folder} (tox -e html) and Chromium", file=sys.stderr)
        return 1
    server = Server(("127.0.0.1", 0), lambda *a: Quiet(*a, directory=str(book)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with chromium() as opened:
        rows = measure(book, f"http://127.0.0.1:{server.server_address[1]}", opened)
        version = opened.version
    print(f"Chromium {version}, {os.cpu_count()} processors; texts counted as gzip -6 sends them")
    print(f"{'':48} {'budget':>9} {'measured':>9}")
    for what, allowed, found, where in rows:
        mark = "" if found <= allowed else "  OVER"
        print(f"{what:48} {allowed:>9,} {found:>9,.0f}  {where}{mark}")
    return int(any(found > allowed for _, allowed, found, _ in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
