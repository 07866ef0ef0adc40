"""What can be measured of a page in one visit: opening it takes longer than looking at it."""

from __future__ import annotations

from visiting import Visit

WIDTHS = (360, 1280)
LOOKS = ("light", "dark")

# The contrast of every run of text with what lies behind it, as WCAG 2 measures it.
CONTRAST = r"""
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const light = (c) => {
    const [r, g, b] = c.map((v) => v / 255).map((v) =>
      v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const poor = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("script, style, svg, .katex-mathml, .headerlink")) continue;
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(e);
    const ground = behind(e);
    const ink = over(rgba(style.color), ground);
    const [a, b] = [light(ink), light(ground)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5))
      poor.add(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${node.data.trim().slice(0, 40)}`);
  }
  return [...poor];
}
"""

# What is wider than the window must scroll on its own, not be cut off.
CUT = """() => [...document.querySelectorAll(".bd-article :is(pre, table, svg)")]
  .filter((e) => e.checkVisibility() && !e.closest("[hidden], .katex"))
  .filter((e) => {
    if (e.getBoundingClientRect().right <= innerWidth + 1) return false;
    for (let p = e; p && p !== document.body; p = p.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(p).overflowX)) return false;
    return true;
  }).map((e) => e.outerHTML.slice(0, 80))"""

# Formulas and pictures that take no room.
FLAT = """() => [...document.querySelectorAll(".bd-article .picture svg, .bd-article .katex-html")]
  .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 4 || r.height < 4; })
  .map((e) => e.outerHTML.slice(0, 90))"""

# The colours of figures' lines, to be compared with the page's.
INKS = """() => [getComputedStyle(document.body).backgroundColor,
  [...document.querySelectorAll(".bd-article svg.drawing path")]
    .map((e) => getComputedStyle(e).stroke).filter((c) => c.startsWith("rgb"))]"""

# What each picture says of itself.
LABELS = """() => [...document.querySelectorAll(".bd-article .picture svg")]
  .map((e) => e.getAttribute("aria-label") || "")"""

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

# Wait until the page has the look that its reader asked for, and return the look that it has.
SETTLED = """async (look) => {
  const root = document.documentElement;
  const moves = () => document.getAnimations().some((one) => one.playState === "running");
  for (let i = 0; i < 100 && (root.dataset.theme !== look || moves()); i++)
    await new Promise((go_on) => setTimeout(go_on, 20));
  return root.dataset.theme;
}"""

# The first that stands open: one under a folded answer has no button to reach for.
EXAMPLES = ".bd-article > section div.doctest, div.highlight-pycon"
CLIPBOARD = """async () => {
  for (let i = 0; i < 100; i++) {
    const text = await navigator.clipboard.readText();
    if (text) return text;
    await new Promise((go_on) => setTimeout(go_on, 20));
  }
  return "";
}"""


def faults(page, axe: str, scope: str = "html", contrast: bool = False) -> list[str]:
    """Return what axe finds, with all that is folded opened; this changes the page."""
    page.evaluate(PLAIN)
    page.evaluate("new Promise(requestAnimationFrame)")
    page.evaluate(axe)
    return page.evaluate(RUN, [scope, contrast])


def looks(page, look: str) -> dict:
    """Return what is seen of a page in one look, at every width."""
    page.emulate_media(color_scheme=look)
    found = {
        "look": page.evaluate(SETTLED, look),
        "poor": page.evaluate(CONTRAST),
        "flat": page.evaluate(FLAT),
        "inks": page.evaluate(INKS),
    }
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found[width] = (wide, page.evaluate(CUT))
    return found


def copied(page, block) -> tuple[list[str], str]:
    """Return the lines that an example shows, and what its button copies."""
    shown = block.query_selector("pre").inner_text().splitlines()
    page.evaluate("navigator.clipboard.writeText('')")
    block.hover()
    button = block.query_selector("button.copybtn")
    if button:
        button.click()
    return shown, page.evaluate(CLIPBOARD)


def measure(chromium, site: str, name: str, axe: str) -> dict:
    """Open a page once and measure it: what changes the page comes last, axe at the very end."""
    seen = Visit(chromium)
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = seen.go(f"{site}/{name}")
    found = {"first": list(seen.asked), "labels": page.evaluate(LABELS), "copied": None}
    example = page.locator(f":is({EXAMPLES}):visible").first
    example = example.element_handle() if example.count() else None
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    found |= {look: looks(page, look) for look in LOOKS}
    page.emulate_media(color_scheme="light")
    page.evaluate(SETTLED, "light")
    if example:
        found["copied"] = copied(page, example)
    found |= {"asked": list(seen.asked), "failed": list(seen.failed), "said": list(seen.said)}
    found["faults"] = faults(page, axe)
    seen.context.close()
    return found
