"""Fixtures of the deck tests, and the table they print at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from checker import DECKS, ROOT, SIZES, Report, visit_deck

sys.path.insert(0, str(ROOT / "scripts"))
import browser

SEEN: dict[tuple[tuple[int, int], str], set[int]] = {}
REPORTS: dict[tuple[str, tuple[int, int], str], Report] = {}


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One browser for all tests."""
    with browser.chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def report(chromium):
    """Return a function that says what one visit to a deck found, at a size and in a look."""

    def look(deck: str, size: tuple[int, int], query: str = "") -> Report:
        if (deck, size, query) not in REPORTS:
            for key, found in visit_deck(chromium, DECKS / f"{deck}.html", seen=SEEN).items():
                REPORTS[deck, *key] = found
        return REPORTS[deck, size, query]

    return look


def pytest_terminal_summary(terminalreporter) -> None:
    """Print decks, slides, failures."""
    if not REPORTS:
        return
    write = terminalreporter.write_line
    write("")
    write(
        f"{'deck':<46}{'slides':>7}"
        + "".join(f"{f'{w}x{h}':>12}" for w, h in SIZES)
        + f"{'dark':>7}"
    )
    slides = faults = 0
    for deck in sorted({key[0] for key in REPORTS}):
        found = {key[1:]: value for key, value in REPORTS.items() if key[0] == deck}
        count = max(value.slides for value in found.values())
        slides += count
        faults += sum(len(value.faults) for value in found.values())
        cells = [found.get((size, "")) for size in SIZES] + [found.get((SIZES[0], "?dark"))]
        shown = ["-" if cell is None else str(len(cell.faults)) for cell in cells]
        write(f"{deck:<46}{count:>7}" + f"{shown[0]:>12}{shown[1]:>12}{shown[2]:>7}")
    write(f"decks: {len({key[0] for key in REPORTS})}, slides: {slides}, failures: {faults}")
