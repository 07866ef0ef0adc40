"""A model file is believed only when it is whole and sound."""

from __future__ import annotations

import json
import math

import pytest
from door import SMALL
from hypothesis import given, settings
from hypothesis import strategies as st

from microgpt.assets import MODEL
from microgpt.checkpoint import (
    MAX_MODEL_BYTES,
    Settings,
    load_model,
    read_model,
    save_model,
)
from microgpt.files import InputError

SHIPPED = json.loads(MODEL.read_text(encoding="ascii"))


def edited(**changes):
    """The shipped model with other entries; None takes an entry out."""
    entries = {**SHIPPED, **changes}
    return {name: value for name, value in entries.items() if value is not None}


def with_matrix(name, matrix):
    return edited(matrices={**SHIPPED["matrices"], name: matrix})


TOKEN = SHIPPED["matrices"]["token"]

WRONG = {
    "not an object": [],
    "no schema": edited(schema=None),
    "schema of the future": edited(schema=2),
    "schema is a text": edited(schema="1"),
    "schema is true": edited(schema=True),
    "no kind": edited(kind=None),
    "a checkpoint": edited(kind="checkpoint"),
    "an unknown entry": edited(run="rm"),
    "width missing": edited(width=None),
    "width a decimal": edited(width=16.0),
    "width a text": edited(width="16"),
    "width zero": edited(width=0),
    "width negative": edited(width=-16),
    "width enormous": edited(width=10**12),
    "width does not fit": edited(width=8),
    "layers enormous": edited(layers=10**9),
    "layers do not fit": edited(layers=2),
    "heads do not divide": edited(heads=5),
    "block enormous": edited(block=10**15),
    "seed negative": edited(seed=-1),
    "steps a list": edited(steps=[1]),
    "data is no hash": edited(data="abc"),
    "letters a list": edited(letters=list("abc")),
    "letters empty": edited(letters=""),
    "letters unsorted": edited(letters="ba"),
    "letters twice": edited(letters="aab"),
    "letters too many": edited(letters=SHIPPED["letters"] + "~"),
    "half a character": edited(letters=SHIPPED["letters"][:-1] + "\ud800"),
    "matrices a list": edited(matrices=[]),
    "a matrix missing": edited(matrices={"token": TOKEN}),
    "a matrix too many": with_matrix("1.query", TOKEN),
    "a row missing": with_matrix("token", TOKEN[:-1]),
    "a row too short": with_matrix("token", [TOKEN[0][:-1], *TOKEN[1:]]),
    "a row is no list": with_matrix("token", [0.5, *TOKEN[1:]]),
    "a number is a text": with_matrix("token", [["0.5", *TOKEN[0][1:]], *TOKEN[1:]]),
    "a number is true": with_matrix("token", [[True, *TOKEN[0][1:]], *TOKEN[1:]]),
    "a number is null": with_matrix("token", [[None, *TOKEN[0][1:]], *TOKEN[1:]]),
    "not a number": with_matrix("token", [[math.nan, *TOKEN[0][1:]], *TOKEN[1:]]),
    "infinite": with_matrix("token", [[-math.inf, *TOKEN[0][1:]], *TOKEN[1:]]),
}


def refuses(tool, path, *words):
    done = tool("sample", "--model", path, "--count", 1)
    assert (done.code, done.out, done.is_one_line()) == (2, "", True), done
    assert "wanted a model file" in done.err
    for word in words:
        assert word in done.err


@pytest.mark.parametrize("fault", WRONG)
def test_an_edited_file_is_refused_in_one_line(tool, folder, fault):
    (folder / "m.json").write_text(json.dumps(WRONG[fault]), encoding="ascii")
    refuses(tool, "m.json")


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": 1',
        "[" * 100_000,
        '{"schema": ' * 100_000,
        '{"schema": [' + "{}," * 1000 + "{}]}",
        '{"schema": ' + "1" * 10_000 + "}",
        MODEL.read_text(encoding="ascii").replace("[0.", "[9e", 1),
        "\ufeff{}",
        "\x1b]0;title\x07",
    ],
)  # fmt: skip
def test_text_that_only_looks_like_a_model_is_refused(tool, folder, text):
    (folder / "m.json").write_text(text, encoding="utf-8")
    refuses(tool, "m.json")


def test_control_characters_in_a_file_never_reach_the_terminal(tool, folder):
    (folder / "m.json").write_text(json.dumps(edited(**{"\x1b[2J": 1})), encoding="ascii")
    refuses(tool, "m.json", "\\x1b[2J")


def test_a_file_that_is_too_large_is_refused_before_it_is_read_into_objects(tool, folder):
    with (folder / "m.json").open("wb") as file:
        file.truncate(MAX_MODEL_BYTES + 1)
    refuses(tool, "m.json", "larger than 32 MiB")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, MODEL.stat().st_size - 3))
def test_a_file_that_breaks_off_anywhere_is_refused(tmp_path_factory, end):
    path = tmp_path_factory.mktemp("broken") / "m.json"
    path.write_bytes(MODEL.read_bytes()[:end])
    with pytest.raises(InputError):
        read_model(path)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, MODEL.stat().st_size - 1), st.integers(0, 255))
def test_a_changed_byte_gives_a_sound_model_or_a_clear_refusal(tmp_path_factory, place, byte):
    path = tmp_path_factory.mktemp("changed") / "m.json"
    content = bytearray(MODEL.read_bytes())
    content[place] = byte
    path.write_bytes(content)
    try:
        _, numbers = read_model(path)
    except InputError as error:
        message = str(error)
        numbers = None
    if numbers is None:
        assert message.isprintable()
    else:
        assert len(numbers) == 4192
        assert all(map(math.isfinite, numbers))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=32, max_size=32),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=1),
)
def test_numbers_come_back_to_the_last_bit(tmp_path_factory, numbers, letter):
    path = tmp_path_factory.mktemp("bits") / "m.json"
    sizes = Settings(1, 1, 1, 17, letter, 0, 1, "0" * 64)
    save_model(path, sizes, [*numbers, -0.0])
    read, back = read_model(path)
    assert read == sizes
    assert list(map(float.hex, back)) == list(map(float.hex, [*numbers, -0.0]))


def test_a_model_whose_numbers_are_enormous_is_reported(tool, folder):
    huge = with_matrix("output", [[1e308] * 16 for _ in range(27)])
    (folder / "m.json").write_text(json.dumps(huge), encoding="ascii")
    done = tool("sample", "--model", "m.json", "--count", 1)
    assert (done.code, done.out, done.is_one_line()) == (2, "", True)
    assert "overflow" in done.err


def test_lessons_can_load_a_model(tool, folder):
    tool("train", "--data", "words.txt", "--steps", 2, *SMALL)
    model, tokenizer = load_model("model.json")
    assert (model.width, model.heads, model.block) == (4, 2, 8)
    assert tokenizer.letters == ["a", "b", "e", "n"]
    assert load_model()[1].size == 27
