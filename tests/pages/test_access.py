"""axe finds no fault on any page: https://github.com/dequelabs/axe-core, pinned in ``pins``."""

from __future__ import annotations

import pytest
from measuring import faults

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


def test_no_page_has_a_fault(facts, page_name):
    assert facts(page_name)["faults"] == []


@pytest.mark.parametrize("name", DARK)
def test_nor_has_one_in_the_dark(visit, site, name, axe):
    page = visit(1280, "dark").go(f"{site}/{name}")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert faults(page, axe) == []


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
