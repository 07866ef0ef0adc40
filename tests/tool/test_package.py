"""What is installed: the program, the tool, the data; not the book."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import microgpt

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = {
    "__init__.py", "__main__.py", "py.typed", "checkpoint.py", "cli/__init__.py",
    "cli/commands.py", "engines/plain.py", "assets/names.txt", "assets/model.json",
    "assets/README.md",
}  # fmt: skip


def build(source: Path, folder: Path, kind: str) -> Path:
    """Build a distribution with the back end that pyproject.toml names."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=source, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


def test_the_wheel_carries_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name) for name in names if name.endswith("entry_points.txt")}
        shipped = archive.read("microgpt/assets/model.json")
    assert {f"microgpt/{name}" for name in PACKAGE} <= set(names)
    folders = {name.split("/")[0] for name in names}
    assert folders == {"microgpt", f"microgpt_course-{microgpt.__version__}.dist-info"}
    assert not any(name.endswith(".pyc") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert b"microgpt = microgpt.cli:main" in next(iter(texts.values()))
    assert shipped == (ROOT / "microgpt" / "assets" / "model.json").read_bytes()


def test_a_wheel_from_the_sdist_is_the_same(wheel, sdist, tmp_path):
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
        archive.extractall(tmp_path, filter="data")
    assert {f"microgpt/{name}" for name in PACKAGE} <= names
    assert not any(name.startswith(("book", "slides", "tests")) for name in names)
    (unpacked,) = tmp_path.iterdir()
    (tmp_path / "again").mkdir()
    again = build(unpacked, tmp_path / "again", "wheel")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        for name in first.namelist():
            if not name.endswith("RECORD"):
                assert first.read(name) == second.read(name), name


def test_the_wheel_works_away_from_its_source(wheel, tmp_path):
    """With nothing else of this project on the path, and from inside the archive's files."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "microgpt", "sample", "--seed", "1", "--count", "2"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr, len(done.stdout.split())) == (0, "", 2)


def test_the_core_and_its_engine_import_no_library():
    """The program must run where none of the tool's dependencies are installed."""
    code = (
        "import sys\n"
        "import microgpt.generation, microgpt.engines.plain, microgpt.single_file\n"
        "import microgpt.checkpoint\n"
        "print({'click', 'rich', 'plotext'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_the_distribution_has_a_free_name_and_the_import_keeps_its_own():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "microgpt-course"
    assert project["scripts"] == {"microgpt": "microgpt.cli:main"}
    for library in ("click", "rich", "plotext"):
        assert any(entry.startswith(library) for entry in project["dependencies"])
