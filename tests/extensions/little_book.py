"""A book of one or two pages, built in a process of its own, for the tests of the extensions."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

CONF = """
import sys
sys.path.insert(0, {root!r})
extensions = ["myst_parser", {names}]
myst_enable_extensions = ["colon_fence", "dollarmath"]
numfig = True
mermaid_output_format = "svg"
html_theme = "basic"
exclude_patterns = ["out", "doctrees", "figures"]
{more}
"""


@dataclass
class Built:
    """What a build gave."""

    code: int
    said: str
    out: Path

    def page(self, name: str = "index") -> str:
        """Return a page as HTML."""
        return (self.out / f"{name}.html").read_text(encoding="utf-8")


class LittleBook:
    """A folder with sources; :meth:`build` runs Sphinx on it through its command."""

    def __init__(self, folder: Path, *names: str, more: str = "") -> None:
        self.folder = folder
        conf = CONF.format(root=str(ROOT), names=", ".join(map(repr, names)), more=more)
        (folder / "conf.py").write_text(conf, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a source file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, builder: str = "html", *options: str) -> Built:
        """Build, with warnings counted as errors."""
        out = self.folder / "out" / builder
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-b", builder]
        command += ["-d", str(self.folder / "doctrees" / builder), *options]
        done = subprocess.run(
            [*command, str(self.folder), str(out)], capture_output=True, text=True, check=False
        )
        return Built(done.returncode, done.stdout + done.stderr, out)
