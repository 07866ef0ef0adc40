"""Print decks as PDF, one page a slide: ``tox -e handouts``, ``tox -e handouts -- one-hour``.

Writes ``build/handouts/NAME.pdf`` and ``NAME-notes.pdf``, where each slide's notes have the page
after it. Words can be selected and links work. Needs Chromium, and the decks: ``tox -e slides``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from browser import chromium
from playwright.sync_api import Browser

DECKS = Path("build/slides")
TARGET = Path("build/handouts")
FORMS = {"": "?view=print", "-notes": "?view=print&showNotes=separate-page"}


def wanted(names: Iterable[str], decks: Path = DECKS) -> list[Path]:
    """Return the decks whose names were given: a lesson, a list, or the end of either; all if none.

    Raises:
        SystemExit: no deck has such a name.
    """
    every = sorted(path for path in decks.glob("*/*.html") if not path.parent.name.startswith("_"))
    if not every:
        raise SystemExit(f"{decks} has no decks: run tox -e slides")
    found = []
    for name in names:
        fits = [p for p in every if f"/{p.relative_to(decks).with_suffix('')}".endswith(f"/{name}")]
        if not fits:
            raise SystemExit(f"there is no deck {name}; there are e.g. {every[0].stem}, one-hour")
        found += fits
    return found or every


def print_deck(browser: Browser, deck: Path, target: Path, form: str) -> None:
    """Print one deck."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(deck.resolve().as_uri() + form)
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.wait_for_function("document.querySelectorAll('.pdf-page').length > 0")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.pdf(path=target, width="1280px", height="720px", print_background=True)
    page.close()


def main(names: list[str]) -> None:
    """Print the decks that were named, or all."""
    decks = wanted(names)
    TARGET.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for deck in decks:
            for end, form in FORMS.items():
                target = TARGET / f"{deck.stem}{end}.pdf"
                print_deck(browser, deck, target, form)
                print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
