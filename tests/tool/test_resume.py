"""A run that is stopped, in any way and at any moment, ends as if it had not been."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time

import pytest
from door import SMALL, command, environment, losses, process

from microgpt.checkpoint import read_checkpoint
from microgpt.cli import training
from microgpt.cli.training import ProgramEngine

RUN = ("train", "--data", "words.txt", *SMALL, "--samples", "6", "--log", "log.jsonl")
STEPS = ("--steps", "120")


class Halt(Exception):
    """Ends a run in a test the way a kill would: nothing is tidied up."""


def model_log_samples(folder, done):
    model = (folder / "model.json").read_bytes()
    return model, (folder / "log.jsonl").read_bytes(), done.out


@pytest.fixture
def whole(tool, folder):
    """What a run gives that was never stopped; the folder is then as before."""
    found = model_log_samples(folder, tool(*RUN, "--steps", 12))
    (folder / "model.json").unlink()
    (folder / "log.jsonl").unlink()
    return found


@pytest.fixture
def start(folder):
    """Start a run as a process, and return it once it has taken some steps."""
    started = []

    def call(*options):
        child = subprocess.Popen(
            command(*RUN, *options), cwd=folder, env=environment(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(child)
        log = folder / "log.jsonl"
        end = time.monotonic() + 60
        while not log.exists() or len(log.read_bytes().splitlines()) < 20:
            assert child.poll() is None, child.stderr.read()
            assert time.monotonic() < end
            time.sleep(0.01)
        return child

    yield call
    for child in started:
        child.kill()
        child.communicate()


@contextlib.contextmanager
def dying():
    """A place in which a run dies; it gives what can be patched to that end."""
    with pytest.MonkeyPatch.context() as patch:
        try:
            yield patch
        except Halt:
            return
    pytest.fail("the run did not die")


def die_at(monkeypatch, step):
    """Make the engine give up at a step, as a kill would, with a checkpoint after every step."""
    real = ProgramEngine.step

    def fatal(self, tokens, number):
        if number == step:
            raise Halt
        return real(self, tokens, number)

    monkeypatch.setattr(ProgramEngine, "step", fatal)
    monkeypatch.setattr(training, "CHECKPOINT_SECONDS", 0.0)


@pytest.mark.parametrize("step", range(1, 13))
def test_whatever_the_step_a_resumed_run_gives_the_same_bytes(tool, whole, folder, step):
    with dying() as patch:
        die_at(patch, step)
        tool(*RUN, "--steps", 12)
    assert not (folder / "model.json").exists()
    settings, state = read_checkpoint(folder / "model.json.checkpoint")
    assert (settings.steps, state.step) == (12, step - 1)
    done = tool(*RUN, "--resume")
    assert done.code == 0
    assert model_log_samples(folder, done) == whole
    assert sorted(path.name for path in folder.iterdir()) == [
        "log.jsonl", "model.json", "words.txt",
    ]  # fmt: skip


def test_a_log_that_ran_ahead_of_the_checkpoint_gets_no_step_twice(tool, whole, folder):
    with dying() as patch:
        die_at(patch, 8)
        patch.setattr(training, "CHECKPOINT_SECONDS", 1000.0)  # only that before the first step
        tool(*RUN, "--steps", 12)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"step": 8, "lo')  # and its last line is torn
    assert read_checkpoint(folder / "model.json.checkpoint")[1].step == 0
    assert model_log_samples(folder, tool(*RUN, "--resume")) == whole


def test_killed_while_it_prints_samples_the_run_prints_them_all_again(tool, whole, folder):
    with dying() as patch:
        patch.setattr(training, "give", lambda text: (_ for _ in ()).throw(Halt))
        tool(*RUN, "--steps", 12)
    assert model_log_samples(folder, tool(*RUN, "--resume")) == whole


@pytest.mark.parametrize("engine", sorted(training.ENGINES))
def test_after_a_kill_the_run_goes_on_to_the_same_end(tool, folder, start, engine):
    whole = model_log_samples(folder, tool(*RUN, *STEPS))
    (folder / "model.json").unlink()
    (folder / "log.jsonl").unlink()
    child = start(*STEPS)
    child.kill()
    child.communicate()
    assert not (folder / "model.json").exists()
    done = process(*RUN, "--resume", "--engine", engine, cwd=folder)
    assert (done.code, model_log_samples(folder, done)) == (0, whole)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_asked_to_stop_it_keeps_every_step_and_says_how_to_go_on(folder, start, name, code):
    child = start("--steps", "100000", "--out", "my model.json")
    child.send_signal(getattr(signal, name))
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (code, b"")
    last = err.decode().splitlines()[-1]
    step = len(losses(folder / "log.jsonl"))
    assert last == (
        f"stopped after step {step} of 100000; go on with: microgpt train --resume "
        "--out 'my model.json' --log log.jsonl --samples 6"
    )
    assert read_checkpoint(folder / "my model.json.checkpoint")[1].step == step


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
def test_a_second_ctrl_c_does_not_wait_for_the_step(folder, start):
    child = start("--steps", "100000")
    child.send_signal(signal.SIGINT)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert b"Traceback" not in err
    step = read_checkpoint(folder / "model.json.checkpoint")[1].step
    assert f"stopped after step {step} of 100000; go on with:" in err.decode().splitlines()[-1]


def test_a_checkpoint_is_written_every_few_seconds(folder, start):
    child = start("--steps", "100000")
    checkpoint = folder / "model.json.checkpoint"
    first = checkpoint.stat().st_mtime_ns
    end = time.monotonic() + 10
    while checkpoint.stat().st_mtime_ns == first:
        assert time.monotonic() < end, "no checkpoint for ten seconds"
        assert child.poll() is None
        time.sleep(0.05)
    child.kill()
    assert read_checkpoint(checkpoint)[1].step > 0


@pytest.fixture
def stopped(tool, folder):
    """A folder with a run of 12 steps that died at the eighth."""
    with dying() as patch:
        die_at(patch, 8)
        tool(*RUN, "--steps", 12)
    return folder


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--steps", "13"], "--steps 13 given"),
        (["--seed", "1"], "--seed 1 given"),
        (["--width", "8"], "--width 8 given"),
        (["--data", "other.txt"], "other.txt' are not those of the run"),
    ],
)
def test_other_settings_or_data_are_refused(tool, stopped, options, words):
    (stopped / "other.txt").write_text("anna\nben\n", encoding="utf-8")
    before = (stopped / "model.json.checkpoint").read_bytes()
    done = tool("train", "--resume", *options)
    assert (done.code, done.is_one_line(), words in done.err) == (2, True, True), done.err
    assert (stopped / "model.json.checkpoint").read_bytes() == before


def test_data_that_changed_under_the_same_name_is_refused(tool, stopped):
    (stopped / "words.txt").write_text("anna\nben\n", encoding="utf-8")
    done = tool("train", "--resume")
    assert (done.code, done.is_one_line()) == (2, True)
    assert "wanted the same --data" in done.err


def test_settings_that_are_not_given_are_those_of_the_run(tool, stopped):
    done = tool("train", "--resume", "--samples", 0)
    assert done.code == 0
    assert json.loads((stopped / "model.json").read_bytes())["width"] == 4


def test_without_a_checkpoint_there_is_nothing_to_resume(tool, folder):
    done = tool("train", "--resume")
    assert (done.code, done.is_one_line()) == (2, True)
    assert "no checkpoint" in done.err


@pytest.mark.parametrize(
    "break_it",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"step": 7', '"step": 6'),
        lambda text: text.replace('"step": 7', '"step": 13'),
        lambda text: text.replace('"random": [3,', '"random": [4,'),
        lambda text: text.replace('"random": [3, [', '"random": [3, [1,'),
        lambda text: text.replace('"squares": [', '"squares": [-'),
        lambda text: text.replace('"means": [', '"means": [NaN, '),
        lambda text: text.replace('"source": ', '"source": 5'),
        lambda text: text.replace('"kind": "checkpoint"', '"kind": "model"'),
    ],
)
def test_a_broken_checkpoint_is_refused(tool, stopped, break_it):
    checkpoint = stopped / "model.json.checkpoint"
    text = checkpoint.read_text(encoding="ascii")
    checkpoint.write_text(break_it(text), encoding="ascii")
    assert checkpoint.read_text(encoding="ascii") != text
    done = tool("train", "--resume")
    assert (done.code, done.is_one_line()) == (2, True), done.err
    assert not (stopped / "model.json").exists()


def test_a_new_run_keeps_the_checkpoint_of_one_that_was_stopped(tool, stopped):
    before = (stopped / "model.json.checkpoint").read_bytes()
    done = tool(*RUN, "--steps", 3)
    assert done.code == 0
    assert (stopped / "model.json.checkpoint.old").read_bytes() == before
    assert "checkpoint is kept as" in done.err
