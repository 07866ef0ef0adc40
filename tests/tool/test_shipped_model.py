"""The shipped model is what ``microgpt train`` gives, and ``sample`` works on it at once."""

from __future__ import annotations

import json
import platform

import pytest

from microgpt.assets import MODEL
from microgpt.checkpoint import read_model

EXACT = platform.system() == "Linux" and platform.machine() == "x86_64"


def test_training_it_again_gives_the_same_file(tool, folder):
    done = tool("train", "--engine", "plain", "--quiet", "--samples", 0)
    assert (done.code, done.err) == (0, "")
    if EXACT:
        assert (folder / "model.json").read_bytes() == MODEL.read_bytes()
    else:  # another library of mathematics: the last bits may differ
        settings, numbers = read_model(folder / "model.json")
        shipped, expected = read_model(MODEL)
        assert settings == shipped
        assert numbers == pytest.approx(expected, abs=1e-6)


def test_it_has_the_settings_of_the_book():
    entries = json.loads(MODEL.read_text(encoding="ascii"))
    names = ("width", "heads", "layers", "block", "seed", "steps")
    assert [entries[name] for name in names] == [16, 4, 1, 16, 42, 1000]


def test_sample_works_at_once_and_the_same_seed_gives_the_same_names(tool, folder):
    first, again = (tool("sample", "--seed", 1) for _ in range(2))
    other = tool("sample", "--seed", 2)
    assert (first.code, first.err, first.out) == (0, "", again.out)
    assert len(first.out.split()) == 10
    assert other.out != first.out


def test_without_a_seed_the_names_are_others_each_time(tool, folder):
    assert tool("sample").out != tool("sample").out


def test_a_prefix_begins_every_sample(tool, folder):
    done = tool("sample", "--prefix", "mar", "--count", 5, "--temperature", 0.8, "--seed", 3)
    names = done.out.split()
    assert len(names) == 5
    assert all(name.startswith("mar") for name in names)


def test_a_prefix_as_long_as_the_block_is_all_there_is(tool, folder):
    done = tool("sample", "--prefix", "abcdefghijklmnop", "--count", 1)
    assert (done.code, done.out) == (0, "abcdefghijklmnop\n")


def test_near_temperature_0_only_the_likeliest_letters_come(tool, folder):
    cold = tool("sample", "--temperature", "1e-5", "--count", 4).out.split()
    assert len(set(cold)) == 1
