"""axe finds no fault on any page: https://github.com/dequelabs/axe-core, pinned in ``pins``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

PATIENCE = 240_000
PHONE = [
    "index.html",
    "3-architecture/attention-asking.html",
    "appendix/whole-program.html",
    "appendix/your-place.html",
]
DARK = [*PHONE, "4-training/adam.html", "search.html"]
PANELS = [
    "3-architecture/embeddings.html",
    "3-architecture/parameters.html",
    "5-inference/temperature.html",
    "5-inference/looking-inside.html",
]
# The many elements of formulas, code and drawings hold no more than text and are made text first;
# axe reads no MathML. Contrast is measured on every page, theirs too, by test_pages.py.
PLAIN = """() => {
  document.querySelectorAll("details").forEach((fold) => (fold.open = true));
  for (const e of document.querySelectorAll("svg[role=img] > *")) e.remove();
  for (const e of document.querySelectorAll(".katex")) {
    e.replaceWith(e.querySelector("annotation")?.textContent ?? "");
  }
  for (const e of document.querySelectorAll(".highlight pre span")) e.replaceWith(...e.childNodes);
}"""
RUN = """async ([scope, contrast]) => {
  const rules = { "color-contrast": { enabled: contrast } };
  const { violations } = await axe.run(scope, { rules, resultTypes: ["violations"] });
  return violations.map((one) => `${one.id}: ${one.help}: ` +
    one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | "));
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe's script."""
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from extensions.fetched import packages

    found = packages(pins=Path(__file__).parent / "pins")
    return (found / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def faults(page, axe: str, scope: str = "html", contrast: bool = False) -> list[str]:
    """Return what axe finds, with all that is folded opened."""
    page.evaluate(PLAIN)
    page.wait_for_timeout(50)
    page.evaluate(axe)
    return page.evaluate(RUN, [scope, contrast])


def test_no_page_has_a_fault(visit, site, page_name, axe):
    page = visit().go(f"{site}/{page_name}")
    assert faults(page, axe) == []


@pytest.mark.parametrize("name", DARK)
def test_nor_has_one_in_the_dark(visit, site, name, axe):
    assert faults(visit(1280, "dark").go(f"{site}/{name}"), axe) == []


@pytest.mark.parametrize("name", PHONE)
def test_nor_has_one_on_a_phone_with_its_contents_open(visit, site, name, axe):
    page = visit(390).go(f"{site}/{name}")
    assert faults(page, axe) == []
    for button in page.locator(".primary-toggle:visible").all()[:1]:
        button.click()
        page.wait_for_timeout(300)
        assert faults(page, axe, "#pst-primary-sidebar-modal") == []


@pytest.mark.parametrize("name", PANELS)
def test_nor_has_a_panel_that_was_started(visit, site, name, axe):
    page = visit().go(f"{site}/{name}")
    page.locator(".explore .start").first.click()
    page.locator(".explore .works").first.wait_for(state="visible", timeout=PATIENCE)
    assert faults(page, axe, ".explore", contrast=True) == []


def test_the_check_finds_a_fault(visit, site, axe):
    page = visit().go(f"{site}/genindex.html")
    page.evaluate("document.querySelector('article').append(document.createElement('img'))")
    assert any(fault.startswith("image-alt") for fault in faults(page, axe))
