"""Take the README's picture of the built book: ``python scripts/picture.py`` (needs Chromium)."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from browser import chromium
from PIL import Image

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "book" / "_static" / "readme.png"


def main(book: Path) -> int:
    """Photograph the landing page down to the end of the road, in few colours."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1240, "height": 800}, device_scale_factor=2)
        page.goto((book / "index.html").resolve().as_uri())
        page.evaluate("document.fonts.ready")
        bottom = page.locator("ol.road").bounding_box()
        assert bottom is not None
        height = bottom["y"] + bottom["height"] - 40 + 10
        clip = {"x": 0, "y": 40, "width": 1240, "height": height}
        taken = page.screenshot(clip=clip)
    image = Image.open(io.BytesIO(taken)).convert("RGB").quantize(64)
    image.save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {image.width} x {image.height}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "html"))
