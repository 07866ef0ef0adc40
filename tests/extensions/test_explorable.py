"""Panels: where they stand, what stands there without them, and what Python answers to them."""

from __future__ import annotations

import json
import math
import sys
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from little_book import LittleBook

sys.path.append(str(Path(__file__).resolve().parents[2]))

from live import widgets
from live.widgets import models, training
from microgpt.assets import MODEL, NAMES
from microgpt.autograd import Value
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines.plain import Plain, train
from microgpt.generation import sample
from microgpt.layers import softmax
from microgpt.loss import document_loss
from microgpt.model import gpt
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

PANEL = "# A\n\n:::{explorable} graph\n| still | table |\n|---|---|\n| 1 | 2 |\n:::\n"


def little(folder, text: str, *more: str) -> LittleBook:
    book = LittleBook(folder, "sphinx_exercise", "extensions.live", *more)
    book.write("index.md", text)
    return book


@pytest.fixture(autouse=True)
def fresh():
    """Every test begins with the shipped model and no run."""
    yield
    widgets.use(None, 0)
    training.Desk.run = None


# --- the directive ---


def test_a_page_has_the_body_a_place_and_the_scripts_in_order(tmp_path):
    text = PANEL + "\n```{toctree}\nplain\n```\n"
    book = little(tmp_path, text)
    book.write("plain.md", "# Nothing to move\n")
    built = book.build()
    assert built.code == 0, built.said
    page = built.page()
    place = page[page.index('<div class="explorable" data-explorable="graph">') :]
    assert "<td><p>2</p></td>" in place[: place.index("</div>\n</section>")]
    assert 'id="live-blocks"' in page
    assert -1 < page.index("live/live.js") < page.index("live/explorables.js")
    assert "explorables" not in built.page("plain")
    for name in ("explorables.js", "explorables.css", "modules/uplot.js", "modules/uplot.css"):
        assert (built.out / "_static" / "live" / name).is_file()


@pytest.mark.parametrize("builder", ["latex", "text"])
def test_other_editions_have_the_body_and_nothing_else(tmp_path, builder):
    built = little(tmp_path, PANEL).build(builder)
    assert built.code == 0, built.said
    text = "".join(
        p.read_text("utf-8") for p in built.out.iterdir() if p.suffix in (".tex", ".txt")
    )
    assert "still" in text
    assert "explorable" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PANEL.replace("graph", "grahp"), "there is no explorable 'grahp'"),
        ("# A\n\n:::{explorable} graph\n:::\n", "has no body"),
    ],
)
def test_an_unknown_name_and_an_empty_body_stop_the_build(tmp_path, text, said):
    built = little(tmp_path, text).build()
    assert built.code != 0
    assert said in built.said


# --- training ---


def test_slices_give_the_losses_of_an_uninterrupted_run():
    documents = load_documents(NAMES)
    rng = Random(42)
    rng.shuffle(documents)
    tokenizer, model = Tokenizer(documents), Model()
    model.draw(tokenizer.size, rng)
    steps = train(documents, tokenizer, model, training.STEPS)
    wanted = [next(steps) for _ in range(12)]
    widgets.begin(None)
    got = widgets.learn(5)["losses"]
    kept = widgets.checkpoint()["text"]
    assert got + widgets.learn(7)["losses"] == wanted
    widgets.resume(kept, None)
    assert widgets.learn(7)["losses"] == wanted[5:]


def test_a_run_to_its_end_gives_a_file_that_the_tool_reads_and_the_panels_use(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(training, "STEPS", 100)
    names = "ann\n<b>\nan\x07a\n"
    told = widgets.begin(names)
    assert (told["documents"], told["longer"]) == (3, 0)
    found = widgets.learn(500)
    assert found["step"] == len(found["losses"]) == 100
    assert len(found["samples"]) == training.LAST_SAMPLES
    model = widgets.trained()
    path = tmp_path / "model.json"
    path.write_text(model["text"], "utf-8")
    read, tokenizer = load_model(path)
    assert "".join(tokenizer.letters) == told["letters"]
    assert widgets.use(model["text"], model["documents"])["letters"] == told["letters"]
    rows = widgets.next_letters("an", 1.0)["rows"]
    assert {letter for letter, _ in rows} == {*told["letters"], ""}
    first, rng = Model(), Random(42)
    rng.shuffle(names.split())
    first.draw(tokenizer.size, rng)
    assert models.known().engines["before"].tables == Plain(first).tables
    assert models.known().engines["after"].tables == Plain(read).tables


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "'your list' is empty; wanted a UTF-8 text file, one document a line"),
        (" \n\n", "'your list' holds only empty lines; wanted"),
        ("a\0b", "'your list' is a binary file; wanted"),
        ("\ud800", "'your list' is not UTF-8"),
    ],
)
def test_a_list_is_refused_in_the_tool_s_words(text, why):
    assert widgets.begin(text)["refused"].startswith(why)


def test_a_run_that_is_none_and_a_model_that_is_none_are_refused():
    assert "no run" in widgets.learn(1)["refused"]
    assert "cannot use 'the model kept" in widgets.use("{", 1)["refused"]
    assert "cannot use 'the checkpoint'" in widgets.resume("[]", None)["refused"]


# --- the model ---


@pytest.mark.parametrize("temperature", [0.1, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("beginning", ["", "mar"])
def test_probabilities_are_those_that_the_program_draws_from(beginning, temperature):
    model, tokenizer = load_model(MODEL)
    cache: dict = {}
    for position, token in enumerate(tokenizer.encode(beginning)[:-1]):
        logits = gpt(token, position, model, cache)
    wanted = [p.data for p in softmax([logit / temperature for logit in logits])]
    rows = widgets.next_letters(beginning, temperature)["rows"]
    assert [chance for _, chance in rows] == pytest.approx(wanted, rel=1e-12)
    assert [letter for letter, _ in rows] == [*tokenizer.letters, ""]


def test_names_are_finished_as_the_program_finishes_them():
    model, tokenizer = load_model(MODEL)
    for seed in range(3):
        wanted = sample(model, tokenizer, Random(seed), 0.5, "jo")
        assert widgets.finish("jo", 0.5, seed)["name"] == wanted


@pytest.mark.parametrize("text", ["<img>", "Ada", "a" * 16])
def test_a_beginning_that_the_model_cannot_read_is_refused(text):
    for found in (widgets.next_letters(text, 1.0), widgets.draw(text, 1.0, 1),
                  widgets.finish(text, 1.0, 1), widgets.attention(text)):  # fmt: skip
        assert "never met" in found["refused"] or "too many" in found["refused"]


def test_a_temperature_out_of_range_is_refused():
    assert "temperature 0 given" in widgets.next_letters("a", 0)["refused"]


def test_shares_add_up_and_the_trained_heads_are_the_lesson_s():
    found = widgets.attention("jenni")
    assert [round(share, 2) for share in found["after"][0][-1]] == [
        0.22,
        0.04,
        0.61,
        0.04,
        0.01,
        0.08,
    ]
    for when in ("before", "after"):
        for head in found[when]:
            assert [len(row) for row in head] == [1, 2, 3, 4, 5, 6]
            assert [sum(row) for row in head] == pytest.approx([1] * 6)
    assert found["before"] != found["after"]


# --- the graph ---


def test_a_walk_ends_with_the_gradients_of_the_program():
    found = widgets.graph("relu(a * b + d) / a - exp(-b) ** 2", "a = 2, b = -3, d = 10")
    a, b, d = Value(2.0), Value(-3.0), Value(10.0)
    last = (a * b + d).relu() / a - (-b).exp() ** 2
    last.backward()
    by_word = {node["word"]: node for node in found["nodes"]}
    assert [by_word[name]["grad"] for name in "abd"] == [a.grad, b.grad, d.grad]
    assert found["nodes"][found["last"]]["data"] == last.data
    boxes = {found["last"]: 1.0}
    for turn in found["turns"]:
        for place, slope, share, now in turn["hands"]:
            assert share == slope * boxes[turn["of"]]
            boxes[place] = now
    assert boxes == {i: node["grad"] for i, node in enumerate(found["nodes"])}
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')", "a.b", "a[0]", "lambda: 1", "'x'", "True", "a if a else a", "[a]",
        "a ** a", "a @ a", "a // a", "not a", "print(a)", "exp(a, a)", "exp(x=a)", "b", "", "(",
        "1e400", "log(0 * a)", "a / 0", "exp(999)", "(-8) ** 0.5", "(" * 110, "a\0", "a" * 200,
        "1e308 * 10 * a", "1e-300 ** -2", "+".join("a" * 50),
    ],
)  # fmt: skip
def test_what_is_no_small_arithmetic_is_refused(expression):
    assert "refused" in widgets.graph(expression, "a = 2")


@pytest.mark.parametrize(
    "values", ["a", "a = b", "a = 1) + dict(b = 2", "**a", "a = 'x'", "a = [1]"]
)
def test_values_are_numbers_and_nothing_else(values):
    assert "refused" in widgets.graph("1 + 1", values)


# --- embeddings ---


def test_the_letters_are_shown_where_the_run_of_the_shipped_model_had_them():
    found = widgets.embeddings()
    assert [one["step"] for one in found["seen"]] == list(range(0, 1001, 40))
    model, tokenizer = load_model(MODEL)
    untrained, rng = Model(), Random(42)
    rng.shuffle(load_documents(NAMES))
    untrained.draw(tokenizer.size, rng)
    assert list(found["letters"]) == tokenizer.letters
    for one, made in ((found["seen"][0], untrained), (found["seen"][-1], model)):
        rows = [[value.data for value in row] for row in made.matrices["token"][:26]]
        for place, letter in enumerate(found["letters"]):
            others = sorted(range(26), key=lambda other: math.dist(rows[place], rows[other]))
            assert others[0] == place
            near = "".join(found["letters"][other] for other in others[1:4])
            assert one["nearest"][place] == near, letter
        spread, shadow = spread_of(rows), spread_of(one["places"])
        assert shadow / spread == pytest.approx(one["share"], abs=0.002)


def spread_of(points) -> float:
    """Return the sum of the squared distances from the middle."""
    middle = [sum(column) / len(points) for column in zip(*points)]
    return sum(math.dist(point, middle) ** 2 for point in points)


# --- the poster ---


def test_the_poster_has_every_parameter_and_the_program_s_slopes_for_a_name():
    model, tokenizer = load_model(MODEL)
    document_loss(tokenizer.encode("nina"), model).backward()
    for _ in range(2):  # the second time begins from nothing, too
        tables = widgets.poster("nina")["tables"]
        assert sum(len(row) for one in tables for row in one["numbers"]) == 4192
        for one in tables:
            matrix = model.matrices[one["name"]]
            assert one["numbers"] == [[value.data for value in row] for row in matrix]
            assert one["slopes"] == [[value.grad for value in row] for row in matrix]
            assert len(one["rows"]) == len(matrix)


@pytest.mark.parametrize(
    ("table", "row", "column", "number"),
    [("token", 0, 2, 0.9), ("0.contract", 15, 63, -1.5), ("output", 26, 15, 10)],
)
@pytest.mark.parametrize("beginning", ["", "an", "mar"])
def test_a_turned_parameter_gives_what_the_program_gives(table, row, column, number, beginning):
    model, tokenizer = load_model(MODEL)
    tokens = tokenizer.encode("anna")
    stood = document_loss(tokens, model).data
    model.matrices[table][row][column].data = number
    found = widgets.turned(table, row, column, number, "anna", beginning)
    assert found["loss"] == pytest.approx(document_loss(tokens, model).data, rel=1e-12)
    assert found["loss"] != stood
    cache: dict = {}
    for position, token in enumerate(tokenizer.encode(beginning)[:-1]):
        logits = gpt(token, position, model, cache)
    wanted = [p.data for p in softmax(logits)]
    assert found["chances"] == pytest.approx(wanted, rel=1e-12)
    own = load_model(MODEL)[0].matrices[table][row][column].data
    tables = {one["name"]: one["numbers"] for one in widgets.poster("anna")["tables"]}
    assert tables[table][row][column] == own  # it was put back


def test_the_curve_of_the_loss_touches_the_line_of_the_slope():
    found = widgets.around("output", 8, 3, "maria")
    middle = found["turns"].index(0)
    model = widgets.poster("maria")["tables"][2]
    own = model["numbers"][8][3]
    losses = [widgets.turned("output", 8, 3, own + turn, "maria", "")["loss"]
              for turn in (0, -1e-5, 1e-5)]  # fmt: skip
    assert found["losses"][middle] == losses[0]
    assert (losses[2] - losses[1]) / 2e-5 == pytest.approx(model["slopes"][8][3], rel=1e-5)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("token", 0, 2, None, "maria", ""), "no number given; wanted a number from -10 to 10"),
        (("token", 0, 2, 11, "maria", ""), "11 given; wanted"),
        (("token", 27, 2, 0, "maria", ""), "there is no parameter token, row 27, column 2"),
        (("wte", 0, 2, 0, "maria", ""), "there is no parameter wte"),
        (("token", 0, 2, 0, "<b>", ""), "the model has never met '<'"),
        (("token", 0, 2, 0, "maria", "a" * 16), "16 letters are too many here; wanted at most 15"),
    ],
)
def test_what_cannot_be_turned_is_refused(given, why):
    assert widgets.turned(*given)["refused"].startswith(why)


def test_a_number_with_which_the_loss_has_none_is_refused_and_put_back(monkeypatch):
    module = import_module("live.widgets.poster")  # the package's own name for it is the question
    monkeypatch.setattr(module, "FURTHEST", 1e300)
    stood = widgets.poster("anna")
    found = widgets.turned("output", 0, 0, 1e9, "anna", "")
    assert found["refused"] == "at 1e+09 the loss is beyond all numbers"
    assert widgets.poster("anna") == stood


# --- answers ---


def test_starters_are_given_and_judged_case_by_case():
    exercises = widgets.starters()["exercises"]
    assert len(exercises) == 7
    told: list = []
    found = widgets.check(exercises[0][1], 0, tell=told.append)
    assert told == found["verdicts"]
    assert {problem for _, problem in told} == {"not written yet"}


@pytest.mark.parametrize("source", ["raise SystemExit", "import sys; sys.exit(3)"])
def test_an_answer_that_ends_python_is_a_verdict(source):
    (verdict,) = widgets.check(source, 0)["verdicts"]
    assert "ended Python itself" in verdict[1]
