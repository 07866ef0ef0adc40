"""Look at every slide of a deck in a real Chromium and say what is wrong with it.

Used by the tests on the real decks, and by tests that show it decks with known faults.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

SIZES = ((1280, 720), (1920, 1080))
ROOT = Path(__file__).parents[2]
DECKS = Path(os.environ.get("DECKS", ROOT / "build" / "slides"))

# Runs in the page, on the slide that is shown, all steps open. Lengths are in slide pixels.
LOOK = r"""
() => {
  const slide = Reveal.getCurrentSlide();
  const scale = Reveal.getScale();
  const faults = [];
  const frame = slide.querySelector(".frame");
  if (!frame) return { faults: ["no frame"], title: "", code: 0, notes: "" };
  const origin = frame.getBoundingClientRect();
  const box = (r) => ({
    left: (r.left - origin.left) / scale, right: (r.right - origin.left) / scale,
    top: (r.top - origin.top) / scale, bottom: (r.bottom - origin.top) / scale,
  });
  const name = (e) => e.tagName.toLowerCase() + "." + String(e.className.baseVal ?? e.className) +
    " “" + e.textContent.trim().slice(0, 40) + "”";
  const shown = (e) => {
    const style = getComputedStyle(e);
    return style.visibility !== "hidden" && style.display !== "none" && style.opacity !== "0";
  };
  const foot = slide.querySelector(".foot");
  const limit = foot ? box(foot.getBoundingClientRect()).top : 720;

  // Nothing overflows, by what is painted: every run of text and every picture.
  const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim()) continue;
    if (parent.closest(".katex-mathml, title, desc, style, .large, .visually-hidden")) continue;
    if (!shown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const at = box(rect);
      texts.push([node, parent, at]);
      if (at.left < 20 || at.right > 1262 || at.top < 8 || at.bottom > 718) {
        faults.push("text leaves the slide: " + name(parent)); break;
      }
      if (!parent.closest(".foot") && at.bottom > limit + 6) {
        faults.push("text runs into the foot: " + name(parent)); break;
      }
    }
    let size = parseFloat(getComputedStyle(parent).fontSize);
    const svg = parent.closest("svg");
    if (svg) {
      const matrix = parent.getScreenCTM && parent.getScreenCTM();
      if (matrix) size = size * Math.hypot(matrix.a, matrix.b) / scale;
    }
    const small = parent.closest(".katex") ? parent.closest(".katex") : null;
    if (small) size = parseFloat(getComputedStyle(small).fontSize); // sub- and superscripts
    if (size < 23.9) faults.push("text of " + size.toFixed(1) + " px: " + name(parent));
  }
  // Letters of a figure are outlines of 100 units a size; their scale says how large they are.
  for (const letters of frame.querySelectorAll("svg.drawing g[transform]")) {
    const found = /scale\(([\d.]+) -/.exec(letters.getAttribute("transform"));
    if (!found || !letters.querySelector("use")) continue;
    const matrix = letters.ownerSVGElement.getScreenCTM();
    const size = (found[1] * 100 * Math.hypot(matrix.a, matrix.b)) / scale;
    if (size < 23.9) faults.push("figure with letters of " + size.toFixed(1) + " px");
  }
  for (const picture of frame.querySelectorAll("img, svg")) {
    if (picture.parentElement.closest("svg") || picture.closest(".katex")) continue;
    const at = box(picture.getBoundingClientRect());
    if (at.left < 0 || at.right > 1280 || at.top < 0 || at.bottom > limit + 4) {
      faults.push("picture leaves the slide");
    }
    if (picture.getBoundingClientRect().height / scale < 60 && !picture.closest("p, .map")) {
      faults.push("picture too small to see");
    }
    const label = picture.tagName === "IMG" ? picture.getAttribute("alt")
      : picture.getAttribute("aria-label") || picture.querySelector("title")?.textContent
        || (picture.closest("[role=img]") || {}).ariaLabel
        || (picture.getAttribute("aria-labelledby")
            && document.getElementById(picture.getAttribute("aria-labelledby"))?.textContent);
    const hidden = picture.getAttribute("aria-hidden") === "true";
    const told = hidden || (label && label.trim().length >= 12);
    if (!told) faults.push("picture without a description");
  }
  // Nothing scrolls, and nothing is cut off.
  for (const element of [frame, ...frame.querySelectorAll("*")]) {
    if (element.closest("svg, .katex") || element.matches(".large")) continue;
    const style = getComputedStyle(element);
    if (element.matches("pre") && element.scrollWidth > element.clientWidth + 1) {
      faults.push("code wider than its box: " + name(element));
    }
    const over = element.scrollHeight - element.clientHeight > 6 ||
      element.scrollWidth - element.clientWidth > 6;
    if (over && /auto|scroll|hidden|clip/.test(style.overflowX + style.overflowY) &&
        element.clientWidth > 1 && !slide.classList.contains("opening")) {
      faults.push("scrolls or is cut off: " + name(element));
    }
  }
  // The blocks of the body do not lie over each other.
  const blocks = [...slide.querySelectorAll(".body > *")].filter(shown)
    .map((e) => [e, box(e.getBoundingClientRect())]);
  const title = slide.querySelector("h1, h2");
  if (title) blocks.unshift([title, box(title.getBoundingClientRect())]);
  for (let i = 1; i < blocks.length; i++) {
    if (blocks[i][1].top < blocks[i - 1][1].bottom - 9) {
      faults.push("blocks overlap: " + name(blocks[i - 1][0]) + " and " + name(blocks[i][0]));
    }
  }
  const last = blocks[blocks.length - 1];
  if (last && last[1].bottom > limit + 6) faults.push("body runs into the foot");

  const code = [...slide.querySelectorAll("pre")]
    .map((p) => p.textContent.replace(/\n$/, "").split("\n"));
  const lines = code.reduce((sum, c) => sum + c.length, 0);
  if (lines > 12) faults.push(lines + " lines of code");
  const printed = [...slide.querySelectorAll(".shown")].flatMap((e) => e.textContent.split("\n"));
  for (const line of code.flat()) {
    const most = printed.includes(line) ? 72 : 60;
    if (line.length > most) faults.push("a line of " + line.length + " columns");
  }
  const notes = slide.querySelectorAll(":scope > aside.notes");
  if (notes.length !== 1 || notes[0].textContent.trim().length < 20) faults.push("no notes");
  for (const note of notes) {
    if (!note.querySelector("p.cue")) faults.push("notes without a cue");
    else if (note.querySelector("p.cue strong").textContent.trim().split(/\s+/).length > 25) {
      faults.push("a cue of more than 25 words");
    }
    if (note.querySelector(".katex-html, svg, script")) {
      faults.push("notes that need the deck's styles");
    }
  }
  if (!title || !title.textContent.trim()) faults.push("no title");
  const words = slide.querySelector(".body");
  if (!slide.querySelector(".body > *")) faults.push("an empty slide");

  // Contrast of every run of text with what lies behind it (WCAG AA).
  const parse = (c) => (c.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  for (const [node, parent] of texts) {
    if (parent.closest("svg, .large")) continue;
    let behind = [255, 255, 255];
    for (let e = parent; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (e.matches(".opening")) { behind = [11, 107, 102]; break; } // its lightest green
      if (c.length >= 3 && (c.length < 4 || c[3] > 0.9)) { behind = c; break; }
    }
    const ink = parse(getComputedStyle(parent).color);
    const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (ratio < (size >= 24 ? 3 : 4.5)) {
      faults.push("contrast " + ratio.toFixed(2) + ": " + name(parent));
    }
  }
  return { faults: [...new Set(faults)], title: title ? title.textContent : "", code: lines };
}
"""

# Every slide of a deck, but those that another deck has shown just so: ids, page and minutes apart.
EVERY = f"""(seen) => {{
  const known = new Set(seen);
  return Reveal.getSlides().map((slide) => {{
    const words = slide.className.replace(/ (past|present|future|visible)/g, "") + slide.innerHTML
      .replace(/ (id|style|href|hidden|aria-hidden)="[^"]*"/g, "")
      .replace(/class="page">.*?<\\/span>/, "").replace(/class="minutes">.*?<\\/span>/, "")
      .replace(/ (current-fragment|visible)\\b/g, "");
    let key = words.length;
    for (let i = 0; i < words.length; i++) key = (key * 31 + words.charCodeAt(i)) | 0;
    const title = slide.querySelector("h1, h2");
    if (known.has(key)) return {{ key, faults: [], title: title ? title.textContent : "" }};
    const at = Reveal.getIndices(slide);
    Reveal.slide(at.h, at.v || 0, 99);
    return {{ key, ...({LOOK.strip()})() }};
  }});
}}"""


@dataclass
class Report:
    """What was found in one deck at one size."""

    deck: str
    size: tuple[int, int]
    slides: int = 0
    faults: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def manifest() -> dict[str, dict[str, Any]]:
    """Return what the build says it has planned."""
    path = DECKS / "decks.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def open_deck(
    opened: Browser, path: Path, size: tuple[int, int], query: str = ""
) -> tuple[Page, list[str]]:
    """Open a deck from the file system; return the page and the list of what went wrong."""
    page = opened.new_page(viewport={"width": size[0], "height": size[1]})
    strays: list[str] = []

    def watch(url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:", "about:")):
            strays.append(f"asked for {url}")

    page.on("request", lambda request: watch(request.url))
    page.on("requestfailed", lambda request: strays.append(f"did not load: {request.url}"))
    page.on("pageerror", lambda error: strays.append(f"script error: {error}"))
    page.goto(path.resolve().as_uri() + query)
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    return page, strays


LOOKS = (*((size, "") for size in SIZES), (SIZES[0], "?dark"))


def visit_deck(
    opened: Browser,
    path: Path,
    looks: tuple[tuple[tuple[int, int], str], ...] = LOOKS,
    seen: dict[tuple[tuple[int, int], str], set[int]] | None = None,
    query: str = "",
) -> dict[tuple[tuple[int, int], str], Report]:
    """Load a deck once and look at every slide, every step open, at each size and look.

    ``seen`` remembers the slides without a fault: the same slide in another deck is as sound.
    """
    page, strays = open_deck(opened, path, looks[0][0], query)
    reports = {}
    for size, look in looks:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(
            "(dark) => { if ((document.documentElement.dataset.look === 'dark') !== dark) "
            "deckLook(); Reveal.layout(); }",
            look == "?dark",
        )
        report = Report(path.stem, size)
        known = set() if seen is None else seen.setdefault((size, look), set())
        for number, found in enumerate(page.evaluate(EVERY, list(known)), 1):
            if not found["faults"]:
                known.add(found["key"])
            report.titles.append(found["title"])
            report.faults += [f"slide {number}: {fault}" for fault in found["faults"]]
        report.slides = len(report.titles)
        reports[size, look] = report
    for report in reports.values():
        report.faults += strays
    page.close()
    return reports


def check_deck(opened: Browser, path: Path, size: tuple[int, int]) -> Report:
    """Visit every slide of a deck at one size."""
    return visit_deck(opened, path, ((size, ""),))[size, ""]
