"""What npm brings is pinned and checked, and a failure is one line with nothing left behind."""

import json
import shutil
import sys

import pytest
from little_book import ROOT
from sphinx.errors import ExtensionError

sys.path.insert(0, str(ROOT))

from extensions.fetched import FILES, PINS, packages


def test_the_packages_are_those_of_the_lock_file_and_are_fetched_once(tmp_path):
    found = packages()
    katex = json.loads((found / "katex" / "package.json").read_text(encoding="utf-8"))
    wanted = json.loads((PINS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert katex["version"] == wanted["katex"]
    before = found.stat().st_mtime_ns
    assert packages().stat().st_mtime_ns == before


def test_without_a_network_the_build_stops_with_one_line_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(ExtensionError, match="npm could not fetch what the pages need"):
        packages(tmp_path / "target")
    assert list((tmp_path / "target").iterdir()) == []


def test_a_package_with_another_checksum_is_refused(tmp_path, monkeypatch):
    pins = tmp_path / "pins"
    pins.mkdir()
    for name in FILES:
        shutil.copyfile(PINS / name, pins / name)
    lock = json.loads((pins / "package-lock.json").read_text(encoding="utf-8"))
    entry = lock["packages"]["node_modules/commander"]
    entry["integrity"] = "sha512-" + "A" * 86 + "=="
    (pins / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    with pytest.raises(ExtensionError, match=r"EINTEGRITY|integrity|checksum"):
        packages(tmp_path / "target", pins)
    assert list((tmp_path / "target").iterdir()) == []
