"""Make code fit a slide: at most 60 columns and 12 lines, cut where a reader would cut it."""

from __future__ import annotations

import doctest
import io
import re
import textwrap
import tokenize
from dataclasses import dataclass, field
from functools import cache

COLUMNS = 60
WIDE = 72  # columns of an output: a table is not broken if smaller letters can save it
LINES = 12
BEFORE = (
    "if",
    "for",
    "else",
    "and",
    "or",
    "+",
    "-",
    "|",
    "*",
    "/",
)  # a line may be broken before these
GOES_ON = "↪ "  # marks a break that Python itself would not allow


@dataclass
class Example:
    """One step of a session: what is typed, and what is shown (empty if nothing is).

    ``whole`` is its text in the lesson, which can be run; the first parts of an example that was
    cut have none.
    """

    source: list[str]
    output: list[str] = field(default_factory=list)
    whole: str = field(default="", compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.source) + len(self.output)


def _places(line: str) -> list[tuple[int, tuple[int, ...]]]:
    """Return where a line may be broken: the column, and the columns of the open brackets."""
    places: list[tuple[int, tuple[int, ...]]] = []
    open_at: list[int] = []
    shift = len(line) - len(line.lstrip())
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.strip() + "\n").readline):
            start, end = token.start[1] + shift, token.end[1] + shift
            if token.type == tokenize.OP and token.string in "([{":
                open_at.append(end)
                places.append((end, tuple(open_at)))
            elif token.type == tokenize.OP and token.string in ")]}":
                open_at = open_at[:-1]
            elif token.string == ",":
                places.append((end, tuple(open_at)))
            elif token.string in BEFORE and start > shift and line[start - 1] == " ":
                places.append((start, tuple(open_at)))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass  # a line that only begins or ends a statement still says where its commas are
    return places


def _comment(line: str) -> int | None:
    """Return the column where the comment of a line begins."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.strip() + "\n").readline):
            if token.type == tokenize.COMMENT:
                return token.start[1] + len(line) - len(line.lstrip())
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass
    return None


def wrap_line(line: str, width: int = COLUMNS) -> list[str]:
    """Break one line of Python so that no part is wider than ``width``.

    A comment at the end of the line moves above it. Otherwise the line is broken at the lowest
    depth of brackets. Outside brackets Python would not go on, so there the next line is marked.
    """
    if len(line) <= width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()))
    comment = _comment(line)
    if comment is not None and not line[:comment].strip():
        text = line[comment + 1 :].strip()
        return [f"{indent}# {part}" for part in textwrap.wrap(text, width - len(indent) - 2)]
    if comment is not None and line[:comment].strip():
        above = [indent + "# " + part for part in textwrap.wrap(line[comment + 1 :].strip(), 56)]
        return above + wrap_line(line[:comment].rstrip(), width)
    places = [(column, brackets) for column, brackets in _places(line) if line[column:].strip()]
    return _best_break(line, width, places, indent)


def _best_break(
    line: str, width: int, places: list[tuple[int, tuple[int, ...]]], indent: str
) -> list[str]:
    """Try every way to break a line and return the one that reads best."""

    @cache
    def best(start: int, left: int, mark: str, moved: tuple[tuple[int, int], ...]) -> _Broken:
        rest = mark + line[start:]
        if left + len(line) - start <= width:
            return (12 if len(line) - start < 9 else 0), (rest,)
        found: _Broken = 1000 + len(rest), tuple(_wrap_text(rest, width))
        for column, brackets in places:
            if column <= start + 4 or left + column - start > width:
                continue
            head = mark + line[start:column].rstrip()
            after = column + len(line[column:]) - len(line[column:].lstrip())
            stands = {**{b: b - start + left for b in brackets}, **dict(moved)}
            lefts = {len(indent) + (8 if brackets else 6)}
            if brackets and stands[brackets[-1]] <= 32 and line[brackets[-1] : column].strip():
                lefts.add(stands[brackets[-1]])
            for next_left in lefts:
                next_mark = " " * next_left if brackets else " " * (next_left - 2) + GOES_ON
                kept = tuple(sorted((b, stands[b]) for b in brackets))
                cost, lines = best(after, next_left, next_mark, kept)
                cost += 20 + (12, 14, 60, 90)[min(len(brackets), 3)] + _dislike(line[after:])
                cost += max(0, 30 - len(head.strip())) // 3
                cost += 12 if head.endswith(("(", "[", "{")) else 0
                cost += 3 if brackets and next_left == len(indent) + 8 else 0
                found = min(found, (cost, (head, *lines)))
        return found

    return list(best(0, 0, "", ())[1])


def _dislike(rest: str) -> int:
    """Return how little one likes to begin a line with these words."""
    if rest.startswith(("for ", "if ", "else ", "and ", "or ")):
        return 0
    return 10 if rest.startswith(("+ ", "- ", "* ", "/ ", "| ")) else 3


_Broken = tuple[int, tuple[str, ...]]


def _wrap_text(line: str, width: int) -> list[str]:
    """Break a line at its spaces, where no bracket helps."""
    if len(line) <= width:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)


def listing_lines(text: str, width: int = COLUMNS) -> list[str]:
    """Return the lines of a listing for a slide: moved to the left edge and wrapped."""
    lines = textwrap.dedent(text.expandtabs(4)).strip("\n").split("\n")
    wide = []
    for line in lines:
        wide += wrap_line(line.rstrip(), width)
    return wide


def session_examples(text: str, width: int = COLUMNS) -> list[Example]:
    r"""Take a session apart into its examples, prompts kept, everything wrapped.

    >>> session_examples(">>> 1 + 1\n2\n>>> x = 3\n")
    [Example(source=['>>> 1 + 1'], output=['2']), Example(source=['>>> x = 3'], output=[])]
    """
    examples = []
    for test in doctest.DocTestParser().get_examples(text + "\n"):
        source = []
        for number, line in enumerate(test.source.rstrip("\n").split("\n")):
            line = line.split("  # doctest:")[0].rstrip()
            for part, piece in enumerate(wrap_line(line, width - 4)):
                first = number == 0 and part == 0
                source.append((">>> " if first else "... ") + piece)
        output: list[str] = []
        for line in test.want.rstrip("\n").split("\n") if test.want else []:
            output += _wrap_text("" if line == "<BLANKLINE>" else line, max(width, WIDE)) or [""]
        typed = test.source.rstrip("\n").replace("\n", "\n... ")
        whole = f">>> {typed}\n{test.want}"
        examples.append(Example([line.rstrip() for line in source], output, whole))
    return examples


def cut(lines: list[str], most: int = LINES) -> list[list[str]]:
    """Cut a listing into even parts of at most ``most`` lines, best before a lesser indent."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if len(lines) <= most:
        return [lines]
    parts = -(-len(lines) // most)
    target = len(lines) / parts
    bare = [re.sub(r"^(>>>|\.\.\.) ?", "", line) for line in lines]
    begins = {row[0] for row in statements(bare)}
    best, best_cost = most, float("inf")
    for at in range(max(2, len(lines) - most * (parts - 1)), most + 1):
        if at >= len(lines):
            break
        line = bare[at]
        before = bare[at - 1].strip()
        opens = before.endswith((":", "(", "[", "{", ",")) or before.startswith("#")
        indent = len(line) - len(line.lstrip()) if line.strip() else -8
        cost = (
            abs(at - target) * 2 + indent + (24 if opens else 0) + (60 if at not in begins else 0)
        )
        if cost < best_cost:
            best, best_cost = at, cost
    rest = lines[best:]
    while rest and not rest[0].strip():
        rest = rest[1:]
    return [_trim(lines[:best]), *cut(rest, most)]


def _trim(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def cut_session(examples: list[Example], most: int = LINES) -> list[list[Example]]:
    """Group examples into parts of at most ``most`` lines; cut an example only if it must be."""
    small: list[Example] = []
    for example in examples:
        if len(example) <= most:
            small.append(example)
            continue
        if len(example.source) <= most:
            outputs = cut(example.output, most)
            together = len(example.source) + len(outputs[0]) <= most
            begun = Example(example.source, outputs[0] if together else [], example.whole)
            small.append(begun)
            small += [Example([], part) for part in outputs[together:]]
            continue
        sources = cut(example.source, most)
        small += [Example(part) for part in sources[:-1]]
        tail = Example(sources[-1], example.output, example.whole)
        asked = Example(tail.source, whole=tail.whole)
        small += [tail] if len(tail) <= most else [asked, Example([], tail.output)]
    groups: list[list[Example]] = []
    for example in small:
        if groups and sum(map(len, groups[-1])) + len(example) <= most:
            groups[-1].append(example)
        else:
            groups.append([example])
    return with_work(groups)


def with_work(groups: list[list[Example]]) -> list[list[Example]]:
    """Leave out groups of imports alone; what runs beside them still begins with them."""
    kept: list[list[Example]] = []
    waiting = ""
    for group in groups:
        if all(fetches(example) for example in group):
            waiting += "".join(example.whole for example in group)
            continue
        first = next((example for example in group if example.whole), None)
        if first is not None and waiting:
            first.whole, waiting = waiting + first.whole, ""
        kept.append(group)
    return kept if kept and not waiting else groups


def fetches(example: Example) -> bool:
    """Say whether an example does nothing but import: a slide of such lines has no point."""
    return bool(example.source) and not example.output and (
        re.match(r">>> (from|import) ", example.source[0]) is not None
    )  # fmt: skip


# Which lines light up


def statements(lines: list[str]) -> list[list[int]]:
    """Return the line numbers of each statement, from 0; a comment belongs to what follows it."""
    found: list[list[int]] = []
    depth, goes_on = 0, False
    for number, line in enumerate(lines):
        if goes_on or (found and line.lstrip().startswith(GOES_ON.strip())):
            found[-1].append(number)
        else:
            found.append([number])
        bare = re.sub(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", "", line).partition("#")[0]
        depth += sum(map(bare.count, "([{")) - sum(map(bare.count, ")]}"))
        goes_on = depth > 0 or line.lstrip().startswith(("#", "@")) or not line.strip()
    return found


def steps_of(lines: list[str], most: int = 5) -> list[list[int]]:
    """Group the lines of a listing into the steps in which it is explained, one lit at a time.

    A step is a head (of a function, of a long loop), a short loop or condition with its body, or a
    few plain statements. A listing of fewer than four lines, or of imports, has no steps.

    >>> steps_of(["def f(x):", "    y = 0", "    for a in x:", "        y += a", "    return y"])
    [[0], [1], [2, 3], [4]]
    """
    rows = statements(lines)
    firsts = [next((lines[n] for n in row if not lines[n].lstrip().startswith(("#", "@"))), "")
              for row in rows]  # fmt: skip
    indents = [len(line) - len(line.lstrip()) for line in firsts]
    groups: list[tuple[bool, list[int]]] = []  # whether it is plain, its lines

    def walk(begin: int, end: int) -> None:
        while begin < end:
            after = begin + 1
            while after < end and indents[after] > indents[begin]:
                after += 1
            inside = [n for row in rows[begin:after] for n in row]
            before = groups[-1] if groups else (False, [])
            if after == begin + 1 and before[0] and len(before[1]) + len(inside) <= 4:
                before[1].extend(inside)
            elif after == begin + 1:
                groups.append((firsts[begin].rstrip()[-1:] != ":", inside))
            elif len(inside) <= 4 and not firsts[begin].lstrip().startswith(("def", "class")):
                groups.append((False, inside))
            else:
                groups.append((False, list(rows[begin])))
                walk(begin + 1, after)
            begin = after

    walk(0, len(rows))
    steps = [group for _, group in groups]
    while len(steps) > most:
        at = min(range(len(steps) - 1), key=lambda n: len(steps[n]) + len(steps[n + 1]))
        steps[at : at + 2] = [steps[at] + steps[at + 1]]
    fetches = all(line.startswith(("from ", "import ")) for line in firsts if line)
    return steps if len(lines) > 3 and len(steps) > 1 and not fetches else []


def asked_steps(text: str, steps: list[list[int]], parts: list[list[str]]) -> list[list[list[int]]]:
    """Return, for each part of a listing, the steps that a lesson asks for in lines of its own.

    ``steps`` has the lines as the lesson counts them, from 1, in the order in which they run.
    """
    origin = []  # of each line on the slides, the line in the lesson
    for number, line in enumerate(textwrap.dedent(text.expandtabs(4)).strip("\n").split("\n"), 1):
        origin += [(number, piece) for piece in wrap_line(line.rstrip(), COLUMNS)]
    found, at = [], 0
    for part in parts:
        numbers = []
        for line in part:
            while origin[at][1] != line:  # blank lines at a cut are left out
                at += 1
            numbers.append(origin[at][0])
            at += 1
        chosen = [[i for i, n in enumerate(numbers) if n in step] for step in steps]
        found.append([step for step in chosen if step])
    return found


def read_steps(text: str) -> list[list[int]]:
    """Read the steps that a lesson asks for: lines and spans, a semicolon between two steps.

    Raises:
        ValueError: a line is no number.

    >>> read_steps("1; 4-5, 7; 2-3")
    [[1], [4, 5, 7], [2, 3]]
    """
    steps = []
    for step in text.split(";"):
        lines: list[int] = []
        for span in step.split(","):
            first, _, last = span.strip().partition("-")
            lines += range(int(first), int(last or first) + 1)
        steps.append(lines)
    return steps
