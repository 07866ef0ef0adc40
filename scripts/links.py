"""Follow every link of the built book: ``tox -e links``.

Links within the book, anchors included, must lead somewhere, and so must every address that was
once published (``book/anchors.txt``): others link to it. Links to other places are listed; with a
network they are tried as well, and those that fail are named, but a site that is down does not
make the book wrong. ``--write`` adds the anchors of this build to the list of published ones.
"""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

ROOT = Path(__file__).parent.parent
ANCHORS = ROOT / "book" / "anchors.txt"


class Page(HTMLParser):
    """What a page links to, loads, and can be linked at."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = {""}
        self.sections: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        """Note a tag's addresses and its id."""
        attributes = {name: value or "" for name, value in given}
        if "id" in attributes:
            self.anchors.add(attributes["id"])
            if tag in ("section", "figure", "dt"):
                self.sections.add(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "link" and attributes.get("rel") not in ("canonical", "next", "prev", "search"):
            self.loads.append(attributes.get("href", ""))
        elif "src" in attributes:
            self.loads.append(attributes["src"])


def pages(folder: Path) -> dict[str, Page]:
    """Return every page of a built book by its path."""
    return {
        path.relative_to(folder).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
        if "_static" not in path.relative_to(folder).parts
    }


def outside(address: str) -> bool:
    """Say whether an address leads out of the book."""
    return bool(urlsplit(address).netloc) or urlsplit(address).scheme in ("http", "https")


def broken(folder: Path, book: dict[str, Page]) -> list[str]:
    """Return a line for each link within the book that leads nowhere."""
    lines = []
    for name, page in book.items():
        for address in [*page.links, *page.loads]:
            if outside(address) or urlsplit(address).scheme in ("data", "mailto"):
                continue
            path, anchor = urldefrag(address)
            target = name
            if path:
                target = os.path.normpath(Path(name).parent / unquote(urlsplit(path).path))
                target = Path(target).as_posix()
                target = f"{target}/index.html" if (folder / target).is_dir() else target
            if target.startswith("../slides/") or target.startswith("../pdf/"):
                continue  # another edition, beside this one
            if not (folder / target).is_file():
                lines.append(f"{name}: {address}: there is no such file")
            elif target in book and unquote(anchor) not in book[target].anchors:
                lines.append(f"{name}: {address}: there is no such place on {target}")
    return lines


def unpublished(book: dict[str, Page], listed: list[str]) -> list[str]:
    """Return a line for each published address that is gone."""
    lines = []
    for address in listed:
        path, anchor = urldefrag(address)
        if path not in book:
            lines.append(f"{address} was published and is gone: the page needs a redirect")
        elif anchor not in book[path].anchors:
            lines.append(f"{address} was published and is gone: keep its label")
    return lines


def published() -> list[str]:
    """Return the addresses that must stay."""
    if not ANCHORS.is_file():
        return []
    lines = ANCHORS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def write(book: dict[str, Page]) -> None:
    """Add this build's pages and anchors to the list of published ones."""
    apart = ("genindex.html", "search.html", "404.html")
    now = {
        f"{name}#{anchor}" if anchor else name
        for name, page in book.items()
        if name not in apart
        for anchor in {"", *page.sections}
    }
    head = "# Addresses that others may link to: they stay. Added to by scripts/links.py --write.\n"
    ANCHORS.write_text(head + "\n".join(sorted(now | set(published()))) + "\n", encoding="utf-8")


def answer(address: str) -> str:
    """Return what another site says to an address: empty if all is well."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (link check)"})
    try:
        with urllib.request.urlopen(request, timeout=10):
            return ""
    except urllib.error.HTTPError as problem:
        return f"answers {problem.code}"
    except (OSError, ValueError) as problem:
        return f"cannot be reached ({getattr(problem, 'reason', problem)})"


def main(arguments: list[str]) -> int:
    """Check and return the exit code."""
    folder = Path(arguments[0])
    book = pages(folder)
    if "index.html" not in book:
        print(f"there is no book in {folder}; tox -e html builds it", file=sys.stderr)
        return 1
    if "--write" in arguments:
        write(book)
    problems = broken(folder, book) + unpublished(book, published())
    loaded = [
        f"{n}: loads {a} from another host" for n, p in book.items() for a in p.loads if outside(a)
    ]
    for line in [*problems, *loaded]:
        print(line, file=sys.stderr)
    elsewhere = sorted({urldefrag(a)[0] for p in book.values() for a in p.links if outside(a)})
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(answer, elsewhere))
    for address, words in zip(elsewhere, said, strict=True):
        print(f"  {address}  {words}")
    links = sum(len(page.links) for page in book.values())
    print(
        f"{len(book)} pages, {links} links, {len(published())} published addresses: "
        f"{len(problems) + len(loaded)} broken; {len(elsewhere)} links lead elsewhere, "
        f"{sum(map(bool, said))} of them without a good answer from here"
    )
    return 1 if problems or loaded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
