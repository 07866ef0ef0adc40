"""Weave the single-file edition into the book: ``{whole-program}``, every line an anchor.

A line that a lesson explains links to that lesson. The numbers count lines of code, 1 to 200: what
the book calls "the 200 lines". With ``program_glosses``, a file that has each line and, indented
below it, a few words, the words show when a line is pointed at or reached by keyboard; a line
without words, or words without a line, is a warning. The file itself, with docstrings and names, is
written beside the pages and offered for download.
"""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from microgpt import single_file

from .homes import Home, homes_of_lines, title_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.docutils import SphinxTranslator

logger = logging.getLogger(__name__)
DOWNLOAD = "download/microgpt.py"


class whole_program(nodes.General, nodes.Element):
    """The place of the program on its page."""


@cache
def line_numbers() -> dict[tuple[str, int], int]:
    """Return, for (module, line in the module), the number among the lines of code, from 1."""
    return {
        origin: number
        for number, line in enumerate(single_file.line_map(docstrings=False), start=1)
        for origin in line.origins
    }


def program_page(env: BuildEnvironment) -> str | None:
    """Return the page that shows the whole program, if there is one."""
    return next(iter(sorted(_pages(env))), None)


def _pages(env: BuildEnvironment) -> set[str]:
    if not hasattr(env, "whole_program_pages"):
        env.whole_program_pages = set()  # type: ignore[attr-defined]
    return env.whole_program_pages  # type: ignore[attr-defined, no-any-return]


def read_glosses(path: Path) -> dict[str, str]:
    """Return the words for each line of code: a line, and indented below it what it does."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return {
        line: words.strip()
        for line, words in zip(rows, rows[1:])
        if line and not line.startswith(" ") and words.startswith(" ")
    }


def _glosses(app: Sphinx) -> dict[str, str]:
    """Return the words for the lines of the program, and warn of what does not fit."""
    if not app.config.program_glosses:
        return {}
    path = Path(app.confdir, app.config.program_glosses)
    words = read_glosses(path)
    lines = {line.text.strip() for line in single_file.line_map(docstrings=False)}
    for text in sorted(lines - words.keys()):
        logger.warning("no words for this line of the program: %s", text, location=str(path))
    for text in sorted(words.keys() - lines):
        logger.warning("the program has no such line: %s", text, location=str(path))
    return words


class WholeProgramDirective(SphinxDirective):
    """Show the single-file edition."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the place of the program; what stands there depends on the edition."""
        for name in single_file.MODULES:
            path = Path(single_file.__file__).with_name(f"{name}.py")
            self.env.note_dependency(str(path))
        self.env.note_dependency(single_file.__file__)
        if self.config.program_glosses:
            self.env.note_dependency(str(Path(self.env.app.confdir, self.config.program_glosses)))
        _pages(self.env).add(self.env.docname)
        node = whole_program("", ids=["the-200-lines"])
        self.set_source_info(node)
        return [node]


def homes_of_line(env: BuildEnvironment, line: single_file.Line) -> list[Home]:
    """Return the homes of a line; a merged import may have several."""
    found: dict[Home, None] = {}
    for module, number in line.origins:
        for home in homes_of_lines(env, f"microgpt.{module}").get(number, []):
            found[home] = None
    return list(found)


def _visit_html(self: SphinxTranslator, node: whole_program) -> None:
    env = self.builder.env
    here = self.builder.current_docname  # type: ignore[attr-defined]
    source = single_file.assemble([], docstrings=False)
    counted = {line.number: line for line in single_file.line_map(docstrings=False)}
    glosses = _glosses(self.builder.app)
    formatter = HtmlFormatter(nowrap=True)
    coloured = highlight(source, PythonLexer(stripnl=False), formatter).split("\n")
    body: list[str] = self.body  # type: ignore[attr-defined]
    target = relative_uri(self.builder.get_target_uri(here), DOWNLOAD)
    body.append(
        f'<p class="program-download"><a href="{target}" download>Download microgpt.py</a></p>\n'
        f'<div class="whole-program highlight-python notranslate" id="{node["ids"][0]}">'
        '<div class="highlight"><pre tabindex="0">'
    )
    number = 0
    last: Home | None = None
    for row, text in enumerate(coloured[: source.count("\n")], start=1):
        if row not in counted:
            body.append(f'<span class="pl no-code"><span class="pn"></span>{text}</span>\n')
            continue
        number += 1
        found = homes_of_line(env, counted[row])
        words = html.escape(glosses.get(counted[row].text.strip(), ""), quote=True)
        label = f"Line {number}: {words}" if words else f"Line {number}"
        gutter = f'<a class="pn" href="#line-{number}" aria-label="{label}">{number}</a>'
        gloss = f'<span class="pg" aria-hidden="true">{words}</span>' if words else ""
        link = ""
        if found:
            title = html.escape(title_of(env, found[0].docname), quote=True)
            address = self.builder.get_relative_uri(here, found[0].docname)
            address = html.escape(f"{address}#{found[0].anchor}", quote=True)
            shown = title if found[0] != last else ""
            name = f'aria-label="Explained in: {title}" ' if not shown else ""
            link = f'<a class="pe" href="{address}" title="{title}" {name}>{shown or "↵"}</a>'
        last = found[0] if found else None
        kind = "pl at-home" if found else "pl"
        body.append(f'<span class="{kind}" id="line-{number}">{gutter}{text}{link}{gloss}</span>\n')
    body.append("</pre></div></div>\n")
    raise nodes.SkipNode


def pieces() -> list[tuple[int, list[str]]]:
    """Return the program in pieces without blank lines: the number of its first line, and its text.

    So the numbers count code alone. A piece that is a comment has the number 0.
    """
    source = single_file.assemble([], docstrings=False).rstrip("\n").split("\n")
    counted = {line.number for line in single_file.line_map(docstrings=False)}
    number = 0
    found: list[tuple[int, list[str]]] = []
    for row, text in enumerate(source, start=1):
        if row in counted:
            number += 1
            if row - 1 not in counted:
                found.append((number, []))
            found[-1][1].append(text)
        elif text:
            if not found or found[-1][0]:
                found.append((0, []))
            found[-1][1].append(text)
    return found


def paper_anchor(number: int) -> str:
    """Return where a link to a line leads on paper: to the first line of its piece."""
    return f"line-{max(start for start, _ in pieces() if start <= number)}"


def _visit_latex(self: SphinxTranslator, node: whole_program) -> None:
    """Write the program piece by piece, each with a place that links lead to."""
    writer: Any = self
    writer.body.append("\n" + writer.hypertarget(node["ids"][0]) + "\n")
    writer.body.append("\n\\begingroup\\fvset{fontsize=\\scriptsize}% no line is broken\n")
    for start, lines in pieces():
        code = "\n".join(lines)
        literal = nodes.literal_block(code, code, language="python", linenos=bool(start))
        if start:
            literal["highlight_args"] = {"linenostart": start}
            writer.body.append("\n" + writer.hypertarget(f"line-{start}") + "\n")
        literal.walkabout(self)
    writer.body.append("\n\\endgroup\n")
    raise nodes.SkipNode


def _visit_text(self: SphinxTranslator, node: whole_program) -> None:
    raise nodes.SkipNode


def _write_download(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html" and program_page(app.env):
        path = Path(app.outdir, DOWNLOAD)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(single_file.assemble(), encoding="utf-8", newline="\n")


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the page again at every build: any lesson may have become a line's home."""
    return sorted(_pages(env))


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _pages(env).discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: Any) -> None:
    _pages(env).update(_pages(other) & docnames)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    written = (_visit_html, None)
    app.add_node(
        whole_program,
        html=written,
        latex=(_visit_latex, None),
        text=(_visit_text, None),
        man=(_visit_text, None),
        texinfo=(_visit_text, None),
    )
    app.add_config_value("program_glosses", "", "env")
    app.add_directive("whole-program", WholeProgramDirective)
    app.connect("build-finished", _write_download)
    app.connect("env-updated", _rewrite)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
