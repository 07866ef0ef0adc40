"""Put one fault at a time into the 200 lines, and see which lesson's examples notice.

Each operator, comparison, condition and number of the ten core modules is changed, one at a time,
in a copy of the package. Then the examples of the lesson that is home to the line are run, and the
other lessons' until one fails. Only examples shown in lessons count: not hidden set-up, not the
reference runs, not the docstrings. An example that no longer ends counts as failed.

``--sample N`` tries N faults, another choice for each commit. Without it all are tried, and the run
fails if fewer than 95 % are caught, or fewer than 80 % of a lesson's by its own examples. A fault
that no example can notice stands in ``survivors.toml`` with the reason.
"""

from __future__ import annotations

import ast
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
SURVIVORS = Path(__file__).with_name("survivors.toml")
sys.path.append(str(ROOT))  # behind the changed copy of the package, if there is one

from extensions.quoting import find_module  # noqa: E402
from extensions.session import Session  # noqa: E402
from microgpt.single_file import MODULES, code_lines  # noqa: E402

SECONDS = 60.0
OTHER = {
    "+": "-", "-": "+", "*": "/", "/": "*", "**": "*", "//": "/", "%": "//",
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "+=": "-=", "-=": "+=", "is": "is not",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One change of one line.

    Attributes:
        module: the core module, ``autograd``.
        line: its line, from 1.
        column: where in the line, from 0.
        old: what stands there.
        new: what shall stand there instead.
    """

    module: str
    line: int
    column: int
    old: str
    new: str

    def row(self) -> str:
        """Return the line as it is, without what surrounds it."""
        return source_of(self.module).splitlines()[self.line - 1].strip()

    def key(self) -> str:
        """Return a name that lasts as long as the line is what it is."""
        before = source_of(self.module).splitlines()[self.line - 1][: self.column]
        nth = len(re.findall(re.escape(self.old), before.strip())) + 1
        which = f" (number {nth})" if nth > 1 else ""
        return f"{self.module}: {self.row()}: {self.old}{which} -> {self.new}"

    def applied(self) -> str:
        """Return the module's source with the fault in it."""
        rows = source_of(self.module).splitlines(keepends=True)
        row = rows[self.line - 1]
        end = self.column + len(self.old)
        rows[self.line - 1] = row[: self.column] + self.new + row[end:]
        return "".join(rows)


def source_of(module: str) -> str:
    """Return the source of a core module."""
    return (ROOT / "microgpt" / f"{module}.py").read_text(encoding="utf-8")


def faults_of(module: str) -> list[Fault]:
    """Return every fault that can be put into a module."""
    source = source_of(module)
    tree = ast.parse(source)
    lines = code_lines(source)
    hints = _hints(tree)
    found = []
    previous = ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        place = token.start
        if place[0] in lines and place not in hints:
            for new in _instead(token, previous):
                found.append(Fault(module, *place, token.string, new))
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            previous = token.string
    rows = source.splitlines()
    for test in _bare_conditions(tree):
        text = rows[test.lineno - 1][test.col_offset : test.end_col_offset]
        found.append(Fault(module, test.lineno, test.col_offset, text, f"not ({text})"))
    return sorted(found, key=lambda f: (f.line, f.column))


def _instead(token: tokenize.TokenInfo, previous: str) -> Iterator[str]:
    """Yield what may stand in the place of a token."""
    starts = previous in ("(", ",", "=", "[", "return", ":") or not previous.strip()
    if token.type == tokenize.NUMBER:
        yield _other_number(token.string)
    elif token.string == "*" and starts:
        return  # an unpacking, not a product
    elif token.string in OTHER and token.type in (tokenize.OP, tokenize.NAME):
        yield OTHER[token.string]
    elif token.string == "not":
        yield ""


def _other_number(text: str) -> str:
    if re.fullmatch(r"[\d_]+", text):
        return str(int(text) + 1)
    number = float(text)
    if number == 0:
        return "1.0"
    return repr(number * 2) if number < 0.001 else repr(round(number * 1.1, 12))


def _hints(tree: ast.AST) -> set[tuple[int, int]]:
    """Return the places that belong to type hints."""
    places: set[tuple[int, int]] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            hint = getattr(node, name, None)
            if isinstance(hint, ast.AST):
                for part in ast.walk(hint):
                    if isinstance(part, ast.expr):
                        rows = range(part.lineno, (part.end_lineno or part.lineno) + 1)
                        for row in rows:
                            end = part.end_col_offset or 0
                            places.update((row, c) for c in range(part.col_offset, end))
    return places


def _bare_conditions(tree: ast.AST) -> list[ast.expr]:
    """Return the conditions that are no comparisons, such as ``if was_on``."""
    tests: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            tests.append(node.test)
        elif isinstance(node, ast.comprehension):
            tests += node.ifs
    return [test for test in tests if not isinstance(test, ast.Compare)]


# --- lessons ---


@dataclass(frozen=True)
class Block:
    """A piece of a lesson that runs.

    Attributes:
        source: the text.
        line: where it begins, from 1.
        hidden: set-up, without prompts.
        solution: 0 in the lesson itself, else which of its solutions it stands in.
    """

    source: str
    line: int
    hidden: bool
    solution: int


def blocks_of(text: str) -> list[Block]:
    r"""Return what runs in a lesson, in order.

    Example:
        >>> [b.source for b in blocks_of("```{doctest}\n>>> 1\n1\n```\n")]
        ['>>> 1\n1\n']
    """
    found: list[Block] = []
    body: list[str] = []
    kind, mark, start, solution, solutions, outer = "", "", 0, 0, 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if kind:
            if stripped == mark:
                found.append(Block("\n".join(body) + "\n", start, kind == "testsetup", solution))
                kind = ""
            else:
                body.append(line)
            continue
        if fence := re.fullmatch(r"(`{3,})\{(doctest|testsetup)\}", stripped):
            mark, kind, start, body = fence[1], fence[2], number + 1, []
        elif fence := re.match(r"(:{3,}|`{3,})\{solution\}", stripped):
            solutions += 1
            solution, outer = solutions, fence[1]
        elif solution and stripped == outer:
            solution = 0
    return found


def lessons() -> list[str]:
    """Return the lessons in the order of reading, as paths below ``book/``."""
    order = []
    for folder in sorted(BOOK.glob("[0-9]-*")):
        listed = re.findall(r"^[a-z0-9-]+$", (folder / "index.md").read_text("utf-8"), re.M)
        order += [f"{folder.name}/{name}" for name in listed]
    return [lesson for lesson in order if (BOOK / f"{lesson}.md").is_file()]


def homes() -> dict[tuple[str, int], str]:
    """Return the lesson that is home to each line of the core modules."""
    found: dict[tuple[str, int], str] = {}
    for lesson in lessons():
        text = (BOOK / f"{lesson}.md").read_text(encoding="utf-8")
        for listing in re.finditer(r"^`{3,}\{listing\} (\S+)\n((?::.*\n)*)", text, re.M):
            given = re.findall(r"^:([\w-]+):[ \t]*(.*)$", listing[2], re.M)
            options = {name: value.strip("\"'") for name, value in given}
            if "recall" in options:
                continue
            module, name = find_module(ROOT, listing[1])
            part = "head" if "head" in options else "imports" if "imports" in options else ""
            quote = module.quote(name, part, options.get("match"), options.get("until"))
            for line in quote.lines:
                found[module.name.removeprefix("microgpt."), line] = lesson
    return found


def first_failure(lesson: str) -> str:
    """Run a lesson's examples in this process; return the place of the first that fails, or ''."""
    path = BOOK / f"{lesson}.md"
    session, current = Session(path.name), 0
    place = session
    for block in blocks_of(path.read_text(encoding="utf-8")):
        if block.solution != current:
            if place is not session:
                place.close()
            current = block.solution
            place = session.fork() if current else session
        failures = place.run(block.source, block.line, block.hidden)
        if failures and not block.hidden:
            return f"{lesson}.md:{failures[0].line}"
    return ""


# --- trying a fault ---


@dataclass(frozen=True)
class Outcome:
    """What became of a fault.

    Attributes:
        fault: which.
        home: the lesson that explains its line; empty if none does.
        caught: the place of the example that noticed; empty if none did.
    """

    fault: Fault
    home: str
    caught: str

    @property
    def by_home(self) -> bool:
        """Whether the home lesson noticed by itself."""
        return bool(self.caught) and self.caught.startswith(f"{self.home}.md")


def attempt(fault: Fault | None, home: str, order: list[str]) -> Outcome:
    """Run the lessons, home first, on a copy of the package that has the fault."""
    with tempfile.TemporaryDirectory() as folder:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "microgpt", Path(folder, "microgpt"), ignore=ignore)
        if fault:
            changed = Path(folder, "microgpt", f"{fault.module}.py")
            changed.write_text(fault.applied(), encoding="utf-8")
        names = [home] * bool(home) + [name for name in order if name != home]
        command = [sys.executable, "-B", __file__, "lessons", folder, *names]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        caught = _watched(process, names)
    return Outcome(fault, home, caught) if fault else Outcome(Fault("", 0, 0, "", ""), "", caught)


def _watched(process: subprocess.Popen[bytes], names: list[str]) -> str:
    """Return what the process reports; a lesson that does not end has noticed, too."""
    assert process.stdout is not None
    done: list[str] = []
    with ThreadPoolExecutor(1) as reader:
        try:
            while True:
                line = reader.submit(process.stdout.readline).result(SECONDS).decode().strip()
                if not line:
                    break
                if line.startswith("caught "):
                    return line.removeprefix("caught ")
                done.append(line)
        except TimeoutError:
            return f"{names[len(done)]}.md: it no longer ends"
        finally:
            process.kill()
            _, errors = process.communicate()
    if len(done) < len(names):
        if b"MemoryError" in errors or process.returncode in (-9, -11):
            return f"{names[len(done)]}.md: it no longer ends"
        return f"{names[len(done)]}.md: {errors.decode().strip().splitlines()[-1:]}"
    return ""


@click.group(invoke_without_command=True)
@click.option("--sample", type=int, help="Try only this many faults.")
@click.option("--seed", help="Which ones; the commit, if left out.")
@click.option("--jobs", default=2, show_default=True, help="How many at a time.")
@click.option("--only", default="", help="Only lines whose home begins so, 3-architecture say.")
@click.pass_context
def main(
    context: click.Context, sample: int | None, seed: str | None, jobs: int, only: str
) -> None:
    """Put faults into the 200 lines and see which lessons notice."""
    if context.invoked_subcommand:
        return
    order, at_home = lessons(), homes()
    sound = attempt(None, "", order)
    if sound.caught:
        raise click.ClickException(f"the program is sound, and yet this fails: {sound.caught}")
    faults = [fault for module in MODULES for fault in faults_of(module)]
    faults = [f for f in faults if at_home.get((f.module, f.line), "").startswith(only)]
    whole = sample is None and not only
    if sample is not None:
        if seed is None:
            head = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
            seed = subprocess.run(head, capture_output=True, text=True, check=False).stdout.strip()
        faults = random.Random(seed).sample(faults, min(sample, len(faults)))
    begin = time.monotonic()
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(
            lambda f: attempt(f, at_home.get((f.module, f.line), ""), order), faults
        ))  # fmt: skip
    click.echo(report(outcomes))
    click.echo(f"{time.monotonic() - begin:.0f} s" + (f", seed {seed}" if seed else ""))
    problems = judged(outcomes, whole)
    for problem in problems:
        click.echo(problem, err=True)
    passed = sum(bool(o.caught) for o in outcomes)
    click.echo(f"{passed} passed, {len(problems)} failed, of {len(outcomes)} faults")
    sys.exit(bool(problems))


def report(outcomes: list[Outcome]) -> str:
    """Return the table: lesson by lesson, how many faults, caught at all, caught by its own."""
    by_lesson: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_lesson[outcome.home or "(no home)"].append(outcome)
    rows = ["lesson                                        faults  caught  by its own examples"]
    for lesson, some in [*by_lesson.items(), ("all", outcomes)]:
        caught, own = sum(bool(o.caught) for o in some), sum(o.by_home for o in some)
        share = f"{own / len(some):5.0%}" if some else ""
        rows.append(f"{lesson:44}  {len(some):6}  {caught:6}  {own:6} {share}")
    rows += [f"not caught: {o.fault.key()}" for o in outcomes if not o.caught]
    rows += [f"not at home: {o.fault.key()} (by {o.caught})" for o in outcomes
             if o.caught and not o.by_home]  # fmt: skip
    return "\n".join(rows)


def judged(outcomes: list[Outcome], whole: bool) -> list[str]:
    """Return what is wrong with the outcomes."""
    known = tomllib.loads(SURVIVORS.read_text(encoding="utf-8")) if SURVIVORS.exists() else {}
    problems = [f"nobody notices, and no reason is given: {o.fault.key()}"
                for o in outcomes if not o.caught and o.fault.key() not in known]  # fmt: skip
    problems += [f"survivors.toml says nobody notices, but {o.caught} does: {o.fault.key()}"
                 for o in outcomes if o.caught and o.fault.key() in known]  # fmt: skip
    if not whole:
        return problems
    share = sum(bool(o.caught) for o in outcomes) / len(outcomes)
    if share < 0.95:
        problems.append(f"{share:.1%} of the faults are caught; wanted 95 %")
    for lesson in sorted({o.home for o in outcomes}):
        own = [o.by_home for o in outcomes if o.home == lesson]
        if sum(own) / len(own) < 0.8:
            problems.append(f"{lesson} catches {sum(own)} of its {len(own)}; wanted 80 %")
    keys = {o.fault.key() for o in outcomes}
    return problems + [f"survivors.toml has a fault that is gone: {k}" for k in known.keys() - keys]


@main.command(name="lessons", hidden=True)
@click.argument("folder")
@click.argument("names", nargs=-1)
def run_lessons(folder: str, names: tuple[str, ...]) -> None:
    """Run lessons on the package in a folder; stop at the first that fails."""
    for module in [name for name in sys.modules if name.split(".")[0] == "microgpt"]:
        del sys.modules[module]  # the sound one, which this script imports
    sys.path.insert(0, folder)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    except ImportError:  # Windows
        pass
    out, sys.stdout = sys.stdout, io.StringIO()
    import microgpt

    assert str(microgpt.__file__).startswith(folder), microgpt.__file__
    for name in names:
        failure = first_failure(name)
        print(f"caught {failure}" if failure else f"passed {name}", file=out, flush=True)
        if failure:
            return


if __name__ == "__main__":
    main()
