"""Find examples and Python fences in the raw text of a lesson, without Sphinx and without doctest.

This is the independent count that the executed examples are compared with: an example that the
build loses (a wrong fence, a directive that swallows its body) is still found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
PROMPT = re.compile(r"^[ \t>]*>>>(?: |$)")
PYTHON = {"python", "python3", "py", "py3", "pycon", "ipython", "ipython3", "pycon3", "pytb"}
CODE_DIRECTIVES = {
    "code",
    "code-block",
    "sourcecode",
    "code-cell",
    "parsed-literal",
    "literalinclude",
}
RUN = {"doctest", "check"}


@dataclass
class RawText:
    """What was found in a text.

    Attributes:
        examples: the lines, from 1, on which an example begins, wherever it stands.
        faults: (line, what is wrong).
    """

    examples: list[int]
    faults: list[tuple[int, str]]


@dataclass
class _Fence:
    mark: str
    name: str
    line: int
    options: str = ""


def scan(text: str) -> RawText:
    r"""Find the examples and the fences that nothing runs.

    Example:
        >>> scan("```python\nprint(1)\n```").faults
        [(1, 'nothing runs this python fence; wanted {doctest}')]
        >>> scan("```{doctest}\n>>> 1\n1\n```").examples
        [2]
    """
    raw = RawText([], [])
    fences: list[_Fence] = []
    before = ""
    for number, line in enumerate(text.split("\n"), start=1):
        found = FENCE.match(line)
        inside_code = bool(fences) and fences[-1].mark[0] in "`~"
        if found and fences and _closes(found, fences[-1]):
            _judge_end(fences.pop(), raw)
        elif found and not (inside_code and not _may_nest(fences[-1])):
            info = found["info"].strip()
            if found["mark"][0] == "`" and "`" in info:
                continue  # inline code of three backticks
            fence = _Fence(found["mark"], info, number)
            _judge_start(fence, before, text.split("\n")[number : number + 6], raw)
            fences.append(fence)
        elif PROMPT.match(line) and not line.lstrip().startswith(">>>>"):
            raw.examples.append(number)
            _judge_example(fences, number, raw)
        if line.strip():
            before = line
    return raw


def _closes(found: re.Match[str], fence: _Fence) -> bool:
    mark = found["mark"]
    same = mark[0] == fence.mark[0] and len(mark) >= len(fence.mark)
    return same and not found["info"].strip()


def _may_nest(fence: _Fence) -> bool:
    """Say whether the body of a fence is Markdown again."""
    name = _directive(fence.name)
    return name is not None and name not in CODE_DIRECTIVES | RUN | {"testsetup", "listing"}


def _directive(info: str) -> str | None:
    found = re.match(r"\{([\w:.-]+)\}", info)
    return found[1] if found else None


def _judge_start(fence: _Fence, before: str, after: list[str], raw: RawText) -> None:
    directive = _directive(fence.name)
    language = fence.name.split()[0].lower() if fence.name and not directive else ""
    if directive in CODE_DIRECTIVES:
        language = fence.name.partition("}")[2].strip().lower()
        options = [row.strip() for row in after if row.strip().startswith(":")]
        if any(re.fullmatch(r":class:.*\bnot-run\b.*", row) for row in options):
            if not re.search(r"\w", before) or before.lstrip().startswith(("#", "`", ":", "(")):
                raw.faults.append((fence.line, "not run, and no sentence before it says why"))
            return
    if language.split(",")[0] in PYTHON or directive == "code-cell":
        text = f"nothing runs this {language or directive} fence; wanted {{doctest}}"
        raw.faults.append((fence.line, text))
        fence.options = "reported"


def _judge_example(fences: list[_Fence], number: int, raw: RawText) -> None:
    inner = fences[-1] if fences else None
    if inner and (_directive(inner.name) in RUN or inner.options == "reported"):
        return
    where = f"the fence of line {inner.line}" if inner else "the text"
    raw.faults.append((number, f"nothing runs this example in {where}; wanted {{doctest}}"))


def _judge_end(fence: _Fence, raw: RawText) -> None:
    name = _directive(fence.name)
    if name in RUN and not any(line > fence.line for line in raw.examples):
        raw.faults.append((fence.line, f"a {{{name}}} block without an example"))
