"""Weave the program into the lessons: ``{listing} microgpt.autograd.Value.__add__``.

A listing quotes an object by its qualified name, without docstrings, from the file as it is now.
The lesson that lists a line without ``:recall:`` is the line's one **home**. Homes are kept in the
environment, page by page; at the end of every build an unknown name, a line with two homes, and a
line of a finished module without one are warnings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import start_of_file
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging, parselinenos
from sphinx.util.docutils import SphinxDirective

from microgpt.single_file import code_lines

from .homes import Home, homes, homes_of_lines, title_of
from .lecture_code import read_steps
from .links import make_reference
from .quoting import Module, Quote, QuoteError, find_module
from .stale import note_failed
from .terms import reading_order
from .whole_program import line_numbers, paper_anchor, program_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class listing_links(nodes.General, nodes.Element):
    """Becomes, once all pages are read, the links from a listing to the program and the API."""


def _steps(argument: str | None) -> list[list[int]]:
    """Read which lines light up on a slide, in the order in which they run."""
    try:
        return read_steps(argument or "")
    except ValueError as error:
        raise ValueError(f"steps are lines such as 1; 3-4; 2 ({error})") from error


class ListingDirective(SphinxDirective):
    """Quote an object of the program."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "head": directives.flag,
        "imports": directives.flag,
        "match": directives.unchanged_required,
        "until": directives.unchanged_required,
        "recall": directives.flag,
        "emphasize-lines": directives.unchanged_required,
        "steps": _steps,
        "name": directives.unchanged,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """Return the listing with its caption and links."""
        name = self.arguments[0]
        root = Path(self.env.app.confdir)
        try:
            module, inner = find_module(root, name)
            self.env.note_dependency(str(module.path))
            part = "head" if "head" in self.options else ""
            part = "imports" if "imports" in self.options else part
            quote = module.quote(inner, part, self.options.get("match"), self.options.get("until"))
        except (QuoteError, SyntaxError) as error:
            logger.warning("%s", error, location=self.get_location(), type="listing")
            note_failed(self.env)
            return []
        return [self._container(module, inner, quote)]

    def _container(self, module: Module, inner: str, quote: Quote) -> nodes.Element:
        recall = "recall" in self.options
        code = nodes.literal_block(quote.text, quote.text, language="python", classes=["listing"])
        if "emphasize-lines" in self.options:
            count = quote.text.count("\n") + 1
            marked = [i + 1 for i in parselinenos(self.options["emphasize-lines"], count)]
            code["highlight_args"] = {"hl_lines": marked}
        if "steps" in self.options:  # only the decks show them
            code["steps"] = self.options["steps"]
        box = nodes.container("", literal_block=True, classes=["literal-block-wrapper", "listing"])
        if recall:
            box["classes"].append("recall")
        box["classes"] += self.options.get("class", []) + narrowed(quote.text)
        shown = module.path.relative_to(Path(self.env.app.confdir)).as_posix()
        caption = nodes.caption("", "", nodes.literal(shown, shown, classes=["listing-file"]))
        what = inner or ("imports" if "imports" in self.options else "")
        if what == "imports":
            caption += nodes.Text(", imports")
        elif what:
            caption += nodes.Text(", ")
            caption += nodes.literal(what, what, classes=["listing-object"])
        if recall:
            caption += nodes.inline("", " (again)", classes=["listing-recall"])
        links = listing_links(
            "", module=module.name, object=inner, lines=list(quote.lines), recall=recall
        )
        box += [caption, code, links]
        for node in (box, code, caption):
            self.set_source_info(node)
        if not recall:
            box["ids"].append(self._anchor(module.name, what))
            homes(self.env).setdefault(self.env.docname, []).append(
                Home(self.env.docname, self.lineno, box["ids"][0], module.name, quote.lines)
            )
        self.add_name(box)
        return box

    def _anchor(self, module: str, what: str) -> str:
        base = nodes.make_id(f"listing {module.rpartition('.')[2]} {what}")
        taken = {home.anchor for home in homes(self.env).get(self.env.docname, [])}
        anchor, number = base, 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        return anchor


def narrowed(code: str) -> list[str]:
    """Return the class that gives long lines smaller letters, so that they fit the column.

    >>> narrowed("x = 1"), narrowed("x" * 90)
    ([], ['columns-92'])
    """
    longest = max(map(len, code.split("\n")))
    sizes = (76, 84, 92, 100)
    return [] if longest <= 72 else [f"columns-{next(n for n in sizes if longest <= n)}"]


# Checks


def faults(env: BuildEnvironment, root: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, fault) for every line that has not exactly the home it should have."""
    finished = set(env.config.listing_finished)
    quoted = {home.module for found in homes(env).values() for home in found}
    for name in sorted(quoted | finished):
        try:
            module, _ = find_module(root, name)
        except QuoteError as error:
            yield "conf.py", f"listing_finished: {error}"
            continue
        found = homes_of_lines(env, name)
        file = module.path.relative_to(root).as_posix()
        counted = code_lines("\n".join(module.rows))
        yield from _faults_of(env, module, counted, found, name in finished, file)


def _faults_of(
    env: BuildEnvironment,
    module: Module,
    counted: set[int],
    found: dict[int, list[Home]],
    finished: bool,
    file: str,
) -> Iterator[tuple[str, str]]:
    seen: set[tuple[Home, ...]] = set()
    for line in sorted(counted):
        given = found.get(line, [])
        code = module.rows[line - 1].strip()
        if len(given) > 1 and tuple(given) not in seen:
            seen.add(tuple(given))
            places = " and ".join(f"{home.docname}:{home.source_line}" for home in given)
            last = given[-1]
            place = f"{env.doc2path(last.docname)}:{last.source_line}"
            yield place, f"{file}:{line} has two homes, {places}: {code}"
        elif not given and finished:
            yield f"{module.path}:{line}", f"no lesson is home to this line: {code}"


def home_map(env: BuildEnvironment, root: Path, name: str) -> list[str]:
    """Return, object by object, how many lines of a module are at home where."""
    module, _ = find_module(root, name)
    found = homes_of_lines(env, name)
    rows: dict[tuple[str, str], list[int]] = {}
    for line in sorted(code_lines("\n".join(module.rows))):
        given = found.get(line)
        place = given[0].docname if given else "(no home)"
        rows.setdefault((module.owner(line), place), []).append(line)
    return [
        f"{f'{lines[0]}-{lines[-1]}' if len(lines) > 1 else lines[0]!s:>9}  {owner:24}  {place}"
        for (owner, place), lines in rows.items()
    ]


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    root = Path(app.confdir)
    for place, fault in faults(env, root):
        logger.warning("%s", fault, location=place, type="listing")
    for name in app.config.listing_finished if app.builder.format == "html" else ():
        logger.info("\nThe lines of %s and their homes:", name)
        for row in home_map(env, root, name):
            logger.info("%s", row)


# Links


class ListingLinks(SphinxPostTransform):
    """Write the links below each listing: to the whole program and to the API reference."""

    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        """Replace every placeholder by a line of links, or by nothing."""
        for node in list(self.document.findall(listing_links)):
            parts = [p for p in (self._home(node), self._program(node), self._api(node)) if p]
            if not parts:
                node.parent.remove(node)
                continue
            line = nodes.paragraph("", "", classes=["listing-links"])
            for number, part in enumerate(parts):
                if number:
                    line += nodes.Text(" · ")
                line += part
            node.replace_self(line)

    def _home(self, node: listing_links) -> list[nodes.Node]:
        """Return the link from a repetition to where its lines are explained."""
        lines = homes_of_lines(self.env, node["module"])
        found = lines.get(node["lines"][0]) if node["recall"] else None
        if not found:
            return []
        home = found[0]
        order = list(reading_order(self.env, self.app.config.root_doc))
        place = {docname: number for number, docname in enumerate(order)}
        if place.get(home.docname, 0) > place.get(
            self._page(node), 0
        ):  # the reader is not there yet
            for mark in list(node.parent.findall(nodes.inline)):
                if "listing-recall" in mark["classes"]:
                    mark.parent.remove(mark)
        words = f"explained in {title_of(self.env, home.docname)}"
        return [self._reference(home.docname, home.anchor, words)]

    def _page(self, node: nodes.Node) -> str:
        """Return the page of a node; on paper all pages stand in one document."""
        while node.parent is not None:
            node = node.parent
            if isinstance(node, start_of_file):
                return str(node["docname"])
        return self.env.docname

    def _program(self, node: listing_links) -> list[nodes.Node]:
        page = program_page(self.env)
        numbers = line_numbers()
        module = node["module"].rpartition(".")[2]
        shown = sorted({numbers[module, n] for n in node["lines"] if (module, n) in numbers})
        if page is None or not shown:
            return []
        span = f"line {shown[0]}" if len(shown) == 1 else f"lines {shown[0]}–{shown[-1]}"
        if len(shown) > 1 and shown[-1] - shown[0] + 1 != len(shown):
            span = "lines " + ", ".join(map(str, shown))
        paper = self.app.builder.format == "latex"
        anchor = paper_anchor(shown[0]) if paper else f"line-{shown[0]}"
        return [self._reference(page, anchor, f"{span} of the whole program")]

    def _api(self, node: listing_links) -> list[nodes.Node]:
        objects = self.env.domains.python_domain.objects
        name = f"{node['module']}.{node['object']}".rstrip(".")
        while name not in objects and name.startswith(node["module"] + "."):
            name = name.rpartition(".")[0]
        if name not in objects:
            return []
        entry = objects[name]
        return [self._reference(entry.docname, entry.node_id, "API reference")]

    def _reference(self, docname: str, anchor: str, text: str) -> nodes.reference:
        return make_reference(self.app, self.env.docname, docname, anchor, text)


class LongLines(SphinxPostTransform):
    """Sets a listing with long lines in smaller letters on paper, where no line may be broken."""

    builders = ("latex",)
    default_priority = 410

    def run(self, **kwargs: Any) -> None:
        """Do so."""
        for box in list(self.document.findall(nodes.container)):
            size = next((PAPER[name] for name in box["classes"] if name in PAPER), None)
            if size:
                at = box.parent.index(box)
                begin = rf"\begingroup\fvset{{fontsize={size}}}"
                box.parent.insert(at + 1, nodes.raw("", r"\endgroup", format="latex"))
                box.parent.insert(at, nodes.raw("", begin, format="latex"))


PAPER = {"columns-92": r"\footnotesize", "columns-100": r"\fontsize{8.4}{11}\selectfont"}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.stale")
    app.setup_extension("extensions.homes")
    app.setup_extension("extensions.whole_program")
    app.add_config_value("listing_finished", [], "env")
    app.add_node(listing_links)
    app.add_directive("listing", ListingDirective)
    app.add_post_transform(ListingLinks)
    app.add_post_transform(LongLines)
    app.connect("env-updated", _check)  # env-check-consistency is skipped if nothing changed
    return {"parallel_read_safe": True, "parallel_write_safe": True}
