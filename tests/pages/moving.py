"""How a test moves a panel: by keyboard, and by waiting for what the panel says."""

from __future__ import annotations

import re

PATIENCE = 240_000  # milliseconds; a test waits for an end, never for a time


def start(page):
    """Start the page's panel by keyboard and return it when it is there."""
    panel = page.locator(".explore")
    panel.locator(".start").focus()
    page.keyboard.press("Enter")
    panel.locator(".works").wait_for(state="visible", timeout=PATIENCE)
    return panel


def until(panel, pattern: str) -> str:
    """Wait until the panel says something, and return the match."""
    panel.page.wait_for_function(
        "([panel, pattern]) => new RegExp(pattern).test(panel.textContent)",
        arg=[panel.element_handle(), pattern],
        timeout=PATIENCE,
    )
    found = re.search(pattern, panel.text_content())
    assert found
    return found[0]


def press(panel, name: str) -> None:
    """Press a button by keyboard."""
    panel.get_by_role("button", name=name, exact=True).focus()
    panel.page.keyboard.press("Enter")


def write(panel, label: str, text: str) -> None:
    """Replace what is in a field, by keyboard."""
    panel.get_by_label(label, exact=True).focus()
    panel.page.keyboard.press("Control+A")
    panel.page.keyboard.insert_text(text)


def outside(seen, site: str) -> list[str]:
    """Return what the page asked of other hosts."""
    return [url for url in seen.asked if not url.startswith((site, "data:", "blob:"))]


def slide(panel, label: str, *keys: str) -> None:
    """Move a slider by keys."""
    panel.get_by_label(label, exact=True).focus()
    for key in keys:
        panel.page.keyboard.press(key)
