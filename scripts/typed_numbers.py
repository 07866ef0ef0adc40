"""Find numbers that are typed by hand in a lesson's sentences where a run could give them.

A number with two or more decimals, or of a thousand and more, nearly always comes from a run: it is
``{number}``, or it stands in an example of the same page, where it is tested. Code, formulas,
tables and headings are left alone. What must be typed, because it is given and not found, stands
in ``book/typed-numbers.txt`` with the reason; an entry without its number is a fault, and the list
may only become shorter.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

BOOK = Path(__file__).resolve().parent.parent / "book"
EXCEPTIONS = BOOK / "typed-numbers.txt"
NUMBER = re.compile(
    r"(?<![\w.,/^_{–-])[−-]?"
    r"(?:\d{1,3}(?:,\d{3})+|\d{4,}|\d+\.\d{2,})"
    r"(?![\w%°]|[.,]\d)"
)
NOT_PROSE = re.compile(r"`[^`]*`|\$[^$]*\$|\{[\w:]+\}`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>")


def sentences(text: str) -> list[tuple[int, str]]:
    """Return (line, text) of what is prose in a lesson."""
    found: list[tuple[int, str]] = []
    fence = ""
    maths = False
    for line, row in enumerate(text.split("\n"), start=1):
        stripped = row.strip()
        if fence:
            if stripped == fence:
                fence = ""
            continue
        if mark := re.match(r"(`{3,})", stripped):
            fence = mark[1]
            continue
        if stripped.startswith("$$") or stripped.endswith("$$"):
            maths = stripped.count("$$") == 1 and not maths
            continue
        if maths or stripped.startswith(("#", "|", ":", "(")):
            continue
        found.append((line, NOT_PROSE.sub(" ", row)))
    return found


def tested(text: str) -> set[str]:
    """Return the numbers that stand in the examples of a page, without their signs."""
    blocks = re.findall(r"^(`{3,})\{doctest\}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    found = {n for _, block in blocks for n in re.findall(r"\d+(?:\.\d+)?", block.replace("_", ""))}
    return found | {n.rstrip("0").rstrip(".") for n in found if "." in n}


def typed(text: str) -> list[tuple[int, str]]:
    """Return (line, number) of each number typed by hand and tested nowhere on the page.

    Example:
        >>> typed("It has 4,192 numbers and {number}`2 + 2` legs.")
        [(1, '4,192')]
    """
    known = tested(text)
    return [
        (line, number)
        for line, prose in sentences(text)
        for number in NUMBER.findall(prose)
        if not {n := number.strip("−-").replace(",", ""), n.rstrip("0")} & known
    ]


def exceptions() -> dict[tuple[str, str], str]:
    """Return the reason for each (lesson, number)."""
    found = {}
    rows = EXCEPTIONS.read_text(encoding="utf-8").splitlines() if EXCEPTIONS.exists() else []
    for row in rows:
        if row and not row.startswith("#"):
            lesson, number, reason = (part.strip() for part in row.split(" | "))
            found[lesson, number] = reason
    return found


def faults() -> list[str]:
    """Return what is wrong in all lessons."""
    known, seen = exceptions(), set()
    wrong = []
    for path in sorted(BOOK.glob("[0-9]-*/*.md")):
        lesson = f"{path.parent.name}/{path.stem}"
        for line, number in typed(path.read_text(encoding="utf-8")):
            if (lesson, number) in known:
                seen.add((lesson, number))
            else:
                place = f"book/{lesson}.md:{line}"
                wrong.append(f"{place}: {number} is typed by hand; wanted {{number}}")
    return wrong + [f"typed-numbers.txt: {a} no longer has {b}" for a, b in known.keys() - seen]


if __name__ == "__main__":
    found = faults()
    print("\n".join(found))
    sys.exit(bool(found))
