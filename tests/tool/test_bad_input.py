"""Whatever is given wrongly: one clear line, exit code 2, and every file as it was."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from door import SMALL, contents, process

from microgpt.assets import MODEL
from microgpt.checkpoint import read_checkpoint
from microgpt.cli import training

WORDS_FILE = ["--data", "words.txt"]


def refused(done, *words: str) -> None:
    assert done.code == 2, done
    assert done.out == ""
    assert done.is_one_line(), done.err
    for word in words:
        assert word in done.err, done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("fly", ["fly"]),
        ("train --fly", ["--fly"]),
        ("train names.txt", ["names.txt"]),
        ("train --steps", ["--steps"]),
        ("train --steps 0", ["0", "1 to 1,000,000"]),
        ("train --steps -5", ["-5", "1 to"]),
        ("train --steps 1e3", ["1e3", "integer"]),
        ("train --steps 99999999999999999999999", ["1 to 1,000,000"]),
        ("train --width 0", ["--width", "'0'", "1 to 1,024"]),
        ("train --width -16", ["--width", "'-16'"]),
        ("train --width 100000", ["--width", "1 to 1,024"]),
        ("train --width 1024", ["12,654,592 parameters", "1,000,000"]),
        ("train --heads 0", ["--heads", "1 to"]),
        ("train --heads 3", ["width of 16", "3 heads", "1, 2, 4, 8, 16"]),
        ("train --heads 32", ["width of 16", "32 heads"]),
        ("train --layers 0", ["--layers", "1 to 128"]),
        ("train --layers 1000000000", ["--layers", "1 to 128"]),
        ("train --block 0", ["--block", "1 to 1,024"]),
        ("train --seed -1", ["--seed", "0 to"]),
        ("train --samples -1", ["--samples", "0 to"]),
        ("train --engine fast", ["--engine", "'fast'", "plain"]),
        ("train --data missing.txt", ["missing.txt", "no such file", "UTF-8 text file"]),
        ("train --data empty.txt", ["empty.txt' is empty", "UTF-8 text file"]),
        ("train --data blank.txt", ["only empty lines"]),
        ("train --data binary.bin", ["binary", "UTF-8 text file"]),
        ("train --data latin.txt", ["latin.txt' is not UTF-8", "0xeb at offset 2"]),
        ("train --data utf16.txt", ["utf16.txt"]),
        ("train --data folder", ["folder' is a folder", "UTF-8 text file"]),
        ("train --out folder", ["folder': it is a folder", "wanted a file"]),
        ("train --out missing/model.json", ["there is no folder", "missing"]),
        ("train --out words.txt/model.json", ["words.txt"]),
        ("train --out locked.json", ["write-protected"]),
        ("train --data words.txt --out words.txt", ["--data and --out are the same file"]),
        ("train --log model.json", ["--out and --log are the same file"]),
        ("train --data words.txt --log words.txt", ["--data and --log are the same file"]),
        ("train --log missing/log.jsonl", ["log", "no such file or directory"]),
        ("train --log folder", ["log", "folder"]),
        ("train --plot missing/plot.txt", ["plot", "there is no folder"]),
        ("sample --model missing.json", ["missing.json", "no such file", "a model file"]),
        ("sample --model folder", ["is a folder", "a model file"]),
        ("sample --model words.txt", ["words.txt", "line 1", "a model file"]),
        ("sample --model binary.bin", ["binary.bin", "a model file"]),
        ("sample --model empty.txt", ["empty.txt", "a model file"]),
        ("sample --count 0", ["--count", "1 to"]),
        ("sample --count ten", ["--count", "ten"]),
        ("sample --temperature 0", ["'0' given", "above 0"]),
        ("sample --temperature -0.5", ["'-0.5' given", "above 0"]),
        ("sample --temperature nan", ["'nan' given", "above 0"]),
        ("sample --temperature inf", ["'inf' given", "above 0"]),
        ("sample --temperature 1e999", ["'1e999' given", "above 0"]),
        ("sample --temperature warm", ["'warm' given", "above 0"]),
        ("sample --temperature 1e-320", ["1e-320", "not so close to 0"]),
        ("sample --temperature 1e-308", ["1e-308", "not so close to 0"]),
        ("sample --prefix Mary", ["'M'", "'Mary'", "abcdefghijklmnopqrstuvwxyz"]),
        ("sample --prefix zo\u00eb", ["'\u00eb'"]),
        ("sample --prefix a\x1b[31mb", ["\\x1b"]),
        ("sample --prefix abcdefghijklmnopq", ["17 letters", "at most 16"]),
        ("data --data missing.txt", ["missing.txt", "no such file"]),
        ("data --url http://127.0.0.1:1/", ["--url", "--download"]),
        ("data --download --data words.txt", ["--data and --download"]),
        ("data --download --url file:///etc/passwd", ["http://"]),
        ("data --download --out missing/names.txt", ["there is no folder"]),
        ("program --data binary.bin", ["binary"]),
        ("program --out folder", ["folder"]),
        ("program --data words.txt --out words.txt", ["--out"]),
    ],
)
def test_one_clear_line_and_nothing_changed(tool, folder, arguments, words):
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_bytes(b"\n  \r\n\t\n")
    (folder / "binary.bin").write_bytes(b"\x7fELF\x01\x00\x00names\n")
    (folder / "latin.txt").write_bytes("zoë\n".encode("latin-1"))
    (folder / "utf16.txt").write_bytes("anna\n".encode("utf-16"))
    (folder / "folder").mkdir()
    (folder / "model.json").write_text("mine", encoding="utf-8")
    (folder / "locked.json").write_text("mine", encoding="utf-8")
    (folder / "locked.json").chmod(0o444)
    before = contents(folder)
    refused(tool(*arguments.split()), *words)
    assert contents(folder) == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        "train --data words.txt --steps 2 --log /dev/full --quiet",
        "train --data words.txt --steps 2 --out /dev/full --quiet",
        "program --out /dev/full",
        "sample --model /dev/zero",
        "train --data /dev/zero",
    ],
)
def test_devices_are_no_files(tool, folder, arguments):
    before = contents(folder)
    refused(tool(*arguments.split()), "/dev/")
    assert contents(folder) == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has /dev/full")
@pytest.mark.parametrize("arguments", ["sample --count 1", "program", "data", "--help"])
def test_standard_output_on_a_full_disk(folder, arguments):
    with open("/dev/full", "wb") as full:
        done = process(*arguments.split(), cwd=folder, takes=full)
    assert (done.code, done.is_one_line()) == (2, True), done.err
    assert "no space left" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("limit", [0, 100, 3000])
def test_a_disk_that_fills_up_leaves_the_old_model_and_no_half_of_a_new_one(folder, limit):
    import resource

    def no_more_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    (folder / "model.json").write_text("mine", encoding="utf-8")
    before = contents(folder)
    run = ["train", *WORDS_FILE, *SMALL, "--steps", "3", "--quiet"]
    done = process(*run, cwd=folder, preexec_fn=no_more_room, env={"PYTHONDONTWRITEBYTECODE": "1"})
    refused(done, "cannot write the checkpoint")
    assert contents(folder) == before


def test_a_disk_that_fills_up_later_leaves_the_last_checkpoint(tool, folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    real = training.ProgramEngine.step

    def step(self, tokens, number):
        if number == 3:
            monkeypatch.setattr(os, "fsync", full)
        return real(self, tokens, number)

    monkeypatch.setattr(training.ProgramEngine, "step", step)
    monkeypatch.setattr(training, "CHECKPOINT_SECONDS", 0.0)
    refused(tool("train", *WORDS_FILE, *SMALL, "--steps", 6, "--quiet"), "no space left on device")
    monkeypatch.undo()
    os.chdir(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["model.json.checkpoint", "words.txt"]
    assert read_checkpoint(folder / "model.json.checkpoint")[1].step == 2
    assert tool("train", "--resume", "--samples", 0).code == 0


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="not on Windows")
def test_a_folder_that_may_not_be_written(folder):
    locked = folder / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    folder.chmod(0o755)
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    done = process("train", *WORDS_FILE, *SMALL, "--out", "locked/model.json", cwd=folder)
    refused(done, "permission denied")


def test_a_run_that_cannot_begin_leaves_the_checkpoint_of_an_older_one(tool, folder):
    (folder / "model.json.checkpoint").write_text("older", encoding="utf-8")
    (folder / "blocked").mkdir()
    before = contents(folder)
    done = tool("train", *WORDS_FILE, *SMALL, "--steps", 3, "--log", "blocked", "--block", 2)
    refused(done, "log")
    assert contents(folder) == before


def test_numbers_that_overflow_are_reported(tool, folder, monkeypatch):
    monkeypatch.setattr(training.ProgramEngine, "step", lambda *_: float("nan"))
    refused(tool("train", *WORDS_FILE, *SMALL, "--steps", 3, "--quiet"), "overflow at step 1")


def test_a_link_leads_to_the_file_that_is_replaced(tool, folder):
    if os.name == "nt":
        pytest.skip("links need rights there")
    (folder / "real").mkdir()
    shutil.copy(MODEL, folder / "real" / "model.json")
    (folder / "model.json").symlink_to("real/model.json")
    assert tool("train", *WORDS_FILE, *SMALL, "--steps", 1).code == 0
    assert (folder / "model.json").is_symlink()
    assert b'"width": 4' in (folder / "real" / "model.json").read_bytes()
