"""Weave in code that runs in the page: every ``{doctest}`` block gets Run, Edit, Reset and Stop.

The page carries its blocks as JSON, hidden set-up included; ``live/live.js`` does the rest when a
reader clicks. What it loads then, Python as WebAssembly, an editor, and the book's own program, is
copied beside the pages here, from pinned packages.
"""

from __future__ import annotations

import doctest
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx_exercise.nodes import solution_node

from .check import check_block
from .examples import setup_block
from .explorable import has_explorable
from .fetched import packages

ROOT = Path(__file__).parent.parent
LIVE = ROOT / "live"
PYTHON = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
FETCHED = ("pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")  # what the bar counts
EDITOR = (
    "@codemirror/state",
    "@codemirror/view",
    "@codemirror/commands",
    "@codemirror/language",
    "@codemirror/lang-python",
    "@codemirror/autocomplete",
    "@codemirror/streamparser",
    "@lezer/common",
    "@lezer/highlight",
    "@lezer/lr",
    "@lezer/python",
    "@marijn/find-cluster-break",
    "crelt",
    "style-mod",
    "w3c-keyname",
)
PROGRAM = ("microgpt", "book/experiments", "live")
PATIENCE = 60_000  # milliseconds without a sign of life before a reader is told


def blocks_of(doctree: nodes.document) -> list[dict[str, Any]]:
    """Return what runs on a page, in order; solutions and answers have sessions of their own."""
    found = []
    for node in doctree.findall(nodes.Element):
        if isinstance(node, setup_block):
            found.append({"source": node["source"], "hidden": True, "session": _session(node)})
        elif isinstance(node, check_block):
            block = {key: node[key] for key in ("source", "starter", "exercise")}
            found.append({**block, "hidden": True, "session": f"answer to {node['exercise']}"})
        elif isinstance(node, nodes.literal_block) and "tested" in node:
            source = node["tested"] + "\n"
            code = "".join(e.source for e in doctest.DocTestParser().get_examples(source))
            found.append(
                {"source": source, "code": code, "hidden": False, "session": _session(node)}
            )
    return found


def _session(node: nodes.Node | None) -> str:
    while node is not None and not isinstance(node, solution_node):
        node = node.parent
    return str(node["ids"][0] if node["ids"] else id(node)) if node is not None else ""


def add_blocks(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give a page its blocks, its script and the map by which the editor finds its parts."""
    if app.builder.name != "html" or not doctree:
        return
    blocks = blocks_of(doctree)
    if all(block["hidden"] for block in blocks) and not has_explorable(doctree):
        return
    root = context["pathto"]("_static/live/live.js", 1).rpartition("/")[0] + "/"
    settings = {"root": root, **settings_of(app, pagename, blocks)}
    text = json.dumps(settings, separators=(",", ":")).replace("<", "\\u003c")
    context["body"] += f'\n<script type="application/json" id="live-blocks">{text}</script>\n'
    context["metatags"] += "\n" + import_map(root)
    app.add_js_file("live/live.js", loading_method="defer")
    if any("exercise" in block for block in blocks):
        app.add_js_file("live/answers.js", priority=600, loading_method="defer")
    app.add_css_file("live/live.css")


def settings_of(app: Sphinx, page: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a page's script must know, but for where its files lie."""
    return {
        "page": page,
        "blocks": blocks,
        "bytes": sum((packages() / "pyodide" / name).stat().st_size for name in FETCHED),
        "patience": app.config.live_patience,
    }


def import_map(root: str) -> str:
    """Return the map by which the editor finds its parts."""
    paths = {name: f"{root}modules/{_file(name)}" for name in EDITOR}
    paths = {k: v if v.startswith(("/", ".")) else f"./{v}" for k, v in paths.items()}
    imports = json.dumps({"imports": paths}, separators=(",", ":"))
    return f'<script type="importmap">{imports}</script>'


def _file(package: str) -> str:
    return package.replace("@", "").replace("/", "-") + ".js"


def _entry(folder: Path) -> Path:
    """Return the file of a package that a browser can import."""
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    way = about.get("exports", {})
    way = way.get(".", way) if isinstance(way, dict) else way
    way = way.get("import", about.get("module")) if isinstance(way, dict) else way
    way = way.get("default") if isinstance(way, dict) else way
    return folder / str(way or about.get("module") or about["main"])


def copy_all(app: Sphinx) -> None:
    """Put everything that a click may load beside the pages, whose addresses tell its versions."""
    if app.builder.name not in ("html", "revealjs"):
        return
    target = Path(app.outdir, "_static", "live")
    (target / "pyodide").mkdir(parents=True, exist_ok=True)
    (target / "modules").mkdir(exist_ok=True)
    (target / "panels").mkdir(exist_ok=True)
    for path in LIVE.rglob("*.*s"):
        if path.suffix in (".js", ".css") and path.name != "offline.js":  # that one is for the root
            shutil.copyfile(path, target / path.relative_to(LIVE))
    found = packages()
    for name in PYTHON:
        shutil.copyfile(found / "pyodide" / name, target / "pyodide" / name)
    for package in EDITOR:
        shutil.copyfile(_entry(found / package), target / "modules" / _file(package))
    write_program(target / "program.zip")


def write_program(path: Path) -> None:
    """Pack the program as the page runs it; the same sources give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in PROGRAM:
            for file in sorted((ROOT / folder).rglob("*")):
                wanted = file.suffix in (".py", ".json", ".txt") and "__pycache__" not in file.parts
                if file.is_file() and wanted:
                    entry = zipfile.ZipInfo(str(file.relative_to(ROOT).as_posix()))
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, file.read_bytes())


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.check")
    app.setup_extension("extensions.offline")
    app.setup_extension("extensions.explorable")  # panels ask the same Python
    app.add_config_value("live_patience", PATIENCE, "html")
    app.connect("html-page-context", add_blocks)
    app.connect("builder-inited", copy_all)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
