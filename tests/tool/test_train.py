"""Training through the command: the numbers are the program's, and files are what is promised."""

from __future__ import annotations

import hashlib
import json
from random import Random

import pytest
from door import SMALL, WORDS, losses

from microgpt.checkpoint import load_model
from microgpt.generation import sample
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer
from microgpt.training import train


def by_hand(words: str, steps: int, seed: int, count: int, **sizes: int):
    """What the program gives when its functions are called in the order of its last lines."""
    documents = words.split()
    rng = Random(seed)
    rng.shuffle(documents)
    tokenizer = Tokenizer(documents)
    model = Model(**sizes)
    model.draw(tokenizer.size, rng)
    found = list(train(documents, tokenizer, model, steps))
    texts = [sample(model, tokenizer, rng, 0.5, "") for _ in range(count)]
    return found, [value.data for value in model.parameters()], texts


@pytest.mark.parametrize("engine", ["program", "plain"])
@pytest.mark.parametrize(
    ("seed", "sizes"),
    [
        (42, {"width": 4, "heads": 2, "layers": 1, "block": 6}),
        (7, {"width": 6, "heads": 3, "layers": 2, "block": 4}),
    ],
)
def test_losses_parameters_and_samples_are_those_of_the_program(tool, folder, engine, seed, sizes):
    options = [part for name, size in sizes.items() for part in (f"--{name}", size)]
    done = tool(
        "train", "--data", "words.txt", "--steps", 12, "--seed", seed, *options,
        "--samples", 5, "--engine", engine, "--log", "log.jsonl", "--out", "m.json",
    )  # fmt: skip
    expected, parameters, texts = by_hand(WORDS, 12, seed, 5, **sizes)
    assert done.code == 0
    assert losses(folder / "log.jsonl") == expected
    assert done.out.splitlines() == texts
    model, tokenizer = load_model(folder / "m.json")
    assert [value.data for value in model.parameters()] == parameters
    assert tokenizer.letters == list("aben")


def test_the_log_has_one_json_object_a_line_with_the_loss_in_full(tool, folder):
    tool("train", "--data", "words.txt", "--steps", 2, *SMALL, "--log", "log.jsonl")
    expected = by_hand(WORDS, 2, 42, 0, width=4, heads=2, layers=1, block=8)[0]
    text = (folder / "log.jsonl").read_text(encoding="utf-8")
    assert text == "".join(f'{{"step": {i}, "loss": {x!r}}}\n' for i, x in enumerate(expected, 1))


def test_twenty_samples_go_to_standard_output_and_progress_to_standard_error(tool, folder):
    done = tool("train", "--data", "words.txt", "--steps", 30, *SMALL)
    assert len(done.out.splitlines()) == 20
    assert set(done.out) <= set("aben\n")
    assert "step 30 of 30, loss" in done.err
    assert "steps/s" in done.err
    assert "left" in done.err


def test_quiet_says_nothing_but_the_samples(tool, folder):
    done = tool("train", "--data", "words.txt", "--steps", 3, *SMALL, "--samples", 2, "--quiet")
    assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 2)


def test_without_arguments_but_for_speed_it_trains_on_the_census_names(tool, folder):
    done = tool("train", "--steps", 1, "--samples", 0, "--log", "log.jsonl")
    assert done.code == 0
    assert losses(folder / "log.jsonl") == [pytest.approx(3.3962, abs=5e-5)]
    assert len(load_model("model.json")[0].parameters()) == 4192


def test_the_model_file_says_how_to_learn_it_again(tool, folder):
    tool("train", "--data", "words.txt", "--steps", 3, *SMALL, "--seed", 9, "--out", "m.json")
    entries = json.loads((folder / "m.json").read_text(encoding="ascii"))
    matrices = entries.pop("matrices")
    assert entries == {
        "schema": 1, "kind": "model", "width": 4, "heads": 2, "layers": 1, "block": 8,
        "letters": "aben", "seed": 9, "steps": 3,
        "data": hashlib.sha256(WORDS.encode()).hexdigest(),
    }  # fmt: skip
    assert list(matrices) == [
        "token", "position", "output", "0.query", "0.key", "0.value", "0.mix", "0.expand",
        "0.contract",
    ]  # fmt: skip


def test_a_mark_crlf_and_empty_lines_do_not_change_what_is_learnt(tool, folder):
    marked = b"\xef\xbb\xbf" + WORDS.replace("\n", "\r\n\r\n").encode()
    (folder / "marked.txt").write_bytes(marked)
    for name in ("words", "marked"):
        tool("train", "--data", f"{name}.txt", "--steps", 4, *SMALL, "--out", f"{name}.json")
    assert (folder / "words.json").read_bytes() == (folder / "marked.json").read_bytes()


def test_documents_beyond_the_block_are_cut_and_counted(tool, folder):
    (folder / "long.txt").write_text("abcabcabc\nabcabcabcabc\nab\nabc\nabca\n", encoding="utf-8")
    sizes = {"width": 4, "heads": 2, "layers": 1, "block": 3}
    options = [part for name, size in sizes.items() for part in (f"--{name}", size)]
    done = tool("train", "--data", "long.txt", "--steps", 6, *options, "--log", "l", "--quiet")
    words = (folder / "long.txt").read_text(encoding="utf-8")
    assert losses(folder / "l") == by_hand(words, 6, 42, 0, **sizes)[0]
    assert "3 documents are longer than the block of 3" in done.err
    assert "1 document fills the block of 3" in done.err


def test_the_shipped_names_fit_and_nothing_is_said_about_cutting(tool, folder):
    done = tool("train", "--steps", 1, "--samples", 0, "--quiet")
    assert done.err == ""


def test_an_old_model_is_replaced_only_when_the_new_one_is_there(tool, folder):
    (folder / "m.json").write_text("old", encoding="utf-8")
    done = tool("train", "--data", "words.txt", "--steps", 2, *SMALL, "--out", "m.json")
    assert done.code == 0
    load_model(folder / "m.json")
    assert sorted(path.name for path in folder.iterdir()) == ["m.json", "words.txt"]


def test_the_loss_is_plotted_to_a_file(tool, folder):
    tool("train", "--data", "words.txt", "--steps", 40, *SMALL, "--plot", "p.txt", "--quiet")
    text = (folder / "p.txt").read_text(encoding="utf-8")
    assert text.startswith("loss, mean of the last 4 steps\n")
    assert "\x1b" not in text
    assert len(text.splitlines()) == 17
    assert {"1", "40"} <= set(text.splitlines()[-1].split())
