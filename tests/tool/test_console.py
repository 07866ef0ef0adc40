"""What reaches the console: nothing that steers it, nothing that it cannot show."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from door import SMALL, command, environment, process

import microgpt
from microgpt.cli.progress import Bar, Lines, clock, loss_plot, per_second, running_mean
from microgpt.files import printable

TRAIN = ("train", "--data", "strange.txt", *SMALL, "--steps", "3", "--samples", "8")
posix = pytest.mark.skipif(os.name == "nt", reason="no such thing on Windows")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_letters_that_the_console_does_not_have_are_escaped(folder, encoding):
    (folder / "strange.txt").write_text("łukasz\nżółw\n日本\n", encoding="utf-8")
    done = process(*TRAIN, cwd=folder, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.code == 0, done.err
    assert len(done.out.splitlines()) == 8
    assert ("\\" in done.out) == (encoding != "utf-8")


@pytest.mark.parametrize("letter", ["\x1b", "\x07", "\x9b", "\u202e", "\u2028", "\x7f", "\u200f"])
def test_what_steers_a_terminal_is_escaped(folder, letter):
    (folder / "strange.txt").write_text(f"a{letter}[31mb\n" * 3, encoding="utf-8")
    done = process(*TRAIN, cwd=folder)
    assert done.code == 0, done.err
    assert letter not in done.out + done.err
    assert letter.encode("unicode_escape").decode() in done.out
    told = process("data", "--data", "strange.txt", cwd=folder)
    assert letter not in told.out
    assert printable(letter) in told.out


def test_spaces_and_letters_of_all_scripts_are_left_alone():
    assert printable("zoë λ 日本\u00a0ß") == "zoë λ 日本\u00a0ß"


@posix
def test_a_reader_that_leaves_ends_it_without_a_word(folder):
    line = f"{sys.executable} -P -m microgpt sample --count 100000 | head -n 1"
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment(), capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.stderr, len(done.stdout.split())) == (b"", 1)


@posix
@pytest.mark.parametrize("closed", ["2>&-", ">&-", "2>/dev/full", ">&- 2>&-"])
def test_training_goes_on_when_nobody_listens(folder, closed):
    if "/dev/full" in closed and not os.path.exists("/dev/full"):
        pytest.skip("only Linux has /dev/full")
    (folder / "strange.txt").write_text("anna\nben\n", encoding="utf-8")
    line = f"{sys.executable} -P -m microgpt {' '.join(TRAIN)} {closed}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment(), capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert (folder / "model.json").exists()


@posix
def test_ctrl_c_outside_of_training_is_one_line(folder):
    child = subprocess.Popen(
        command("sample", "--count", "100000"), cwd=folder, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    child.stdout.readline()
    child.send_signal(2)
    _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (130, b"microgpt: stopped\n")


@posix
def test_on_a_terminal_a_bar_moves_and_a_plot_follows(folder):
    import pty

    (folder / "strange.txt").write_text("anna\nben\n", encoding="utf-8")
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        command(*TRAIN[:-4], "--steps", "200", "--samples", "1"), cwd=folder, close_fds=True,
        env=environment(TERM="xterm", COLUMNS="90"), stdout=subprocess.PIPE, stderr=follower,
    )  # fmt: skip
    os.close(follower)
    shown = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            part = os.read(leader, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(leader)
    child.communicate(timeout=30)
    text = shown.decode()
    assert child.returncode == 0
    assert "step 200 of 200" in text
    assert "steps/s" in text
    assert "left" in text
    assert "loss, mean of the last 20 steps" in text
    assert "┌" in text


def test_the_bar_outlives_its_terminal(capfd, monkeypatch):
    bar = Bar()
    bar.start(0, 3)

    def gone(*_, **__):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(bar.bar, "refresh", gone)
    for number in (1, 2, 3):
        bar.shown = 0.0
        bar.step(number, 1.0)
    bar.stop()


def test_lines_come_at_the_first_step_and_each_tenth(capfd):
    lines = Lines()
    lines.start(0, 1000)
    for number in range(1, 1001):
        lines.step(number, 2.5)
    told = capfd.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in told] == [
        f"step {number} of 1000" for number in (1, *range(100, 1001, 100))
    ]
    assert told[-1].endswith("0:00 left")


def test_numbers_for_people():
    assert [clock(0), clock(61), clock(3661)] == ["0:00", "1:01", "1:01:01"]
    assert [per_second(9.86), per_second(312.4)] == ["9.9 steps/s", "312 steps/s"]
    assert running_mean([4.0, 2.0, 3.0, 5.0], 2) == [4.0, 3.0, 2.5, 4.0]


@pytest.mark.parametrize("count", [1, 2, 3, 1000])
def test_a_plot_fits_its_size_and_plain_means_ascii(count):
    losses = [3.3 - i / count for i in range(count)]
    assert loss_plot(losses, 60, 12, plain=True).isascii()
    text = loss_plot(losses, 60, 12)
    assert max(map(len, text.splitlines())) <= 60
    assert len(text.splitlines()) <= 13


def test_help_and_version(tool, folder):
    assert tool("--version").out == f"microgpt {microgpt.__version__}\n"
    assert tool().out == tool("--help").out
    for name in ("train", "sample", "data", "program"):
        assert name in tool("--help").out
        assert tool(name, "--help").code == 0
    for option in "data steps seed layers width heads block out log resume samples quiet engine":
        assert option in tool("train", "--help").out


def test_data_describes_the_names(tool, folder):
    done = tool("data")
    assert done.code == 0
    for fact in ("5,163", "26: abcdefghijklmnopqrstuvwxyz", "2 to 11", "1990 United States Census"):
        assert fact in done.out
