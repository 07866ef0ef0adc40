"""Panels that a reader moves by hand, used by keyboard; their numbers are the program's."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from random import Random

import pytest
from moving import PATIENCE, outside, press, start, until, write

sys.path.append(str(Path(__file__).resolve().parents[2]))

from live import widgets
from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.generation import sample

TRAIN = "4-training/training-loop.html"
TEMPERATURE = "5-inference/temperature.html"
ATTENTION = "5-inference/looking-inside.html"
GRAPH = "2-calculus-and-autograd/backward.html"
EMBEDDINGS = "3-architecture/embeddings.html"
SECANT = "2-calculus-and-autograd/slopes.html"
PAIRS = "1-data-and-tokenization/prediction-pairs.html"
DESCENT = "4-training/adam.html"
POSTER = "3-architecture/parameters.html"
CHECK = "appendix/build-it.html"
PAGES = (TRAIN, TEMPERATURE, ATTENTION, GRAPH, EMBEDDINGS, POSTER, SECANT, PAIRS, DESCENT, CHECK)


@pytest.mark.parametrize("name", PAGES)
def test_a_panel_is_a_sentence_and_a_button_until_it_is_started(visit, site, name):
    seen = visit()
    page = seen.go(f"{site}/{name}")
    panel = page.locator(".explore")
    assert panel.count() == 1
    assert panel.get_by_role("button").all_text_contents() == ["Start"]
    assert not panel.locator(".works").is_visible()
    assert not any("pyodide" in url or "modules/" in url for url in seen.asked)
    still = page.locator(".explorable > :first-child").first
    assert still.is_visible()
    page.emulate_media(media="print")
    assert still.is_visible()
    assert not panel.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_from_a_file_and_in_an_old_browser_a_sentence_says_why(visit, site, book, name):
    page = visit().go(f"{book.as_uri()}/{name}")
    press(page.locator(".explore"), "Start")
    until(page.locator(".explore"), "needs a server")
    seen = visit()
    seen.page.add_init_script("delete window.WebAssembly")
    page = seen.go(f"{site}/{name}")
    press(page.locator(".explore"), "Start")
    until(page.locator(".explore"), "too old")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_started_panel_fits_a_phone(visit, site, name, look):
    seen = visit(390, look)
    page = seen.go(f"{site}/{name}")
    panel = start(page)
    if name == TRAIN:
        press(panel, "Train")
        until(panel, r"step \d+ of 1000")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = """panel => [...panel.querySelectorAll('button, input, select, a.download')]
      .filter(e => e.offsetParent && e.type !== 'radio' && e.getBoundingClientRect().height < 24)
      .map(e => e.outerHTML)"""
    assert panel.evaluate(small) == []
    unnamed = """panel => [...panel.querySelectorAll('input, select, textarea')]
      .filter(e => !e.labels.length || !e.labels[0].textContent.trim()).map(e => e.outerHTML)"""
    assert panel.evaluate(unnamed) == []
    assert seen.said == []
    assert outside(seen, site) == []


# --- train it here ---


def test_training_gives_the_program_s_losses_and_stop_and_resume_change_nothing(visit, site):
    seen = visit()
    page = seen.go(f"{site}/{TRAIN}")
    panel = start(page)
    assert "plain engine" in panel.text_content()
    press(panel, "Train")
    until(panel, r"step \d\d+ of 1000")
    press(panel, "Stop")
    until(panel, "Stopped")
    stopped = int(until(panel, r"(?<=step )\d+"))
    page.wait_for_timeout(500)
    assert int(until(panel, r"(?<=step )\d+")) == stopped
    press(panel, "Resume")
    until(panel, r"step 1\d\d of 1000")
    said = panel.locator("p.number").text_content()
    step, loss = re.search(r"step (\d+) of 1000, loss ([\d.]+)", said).groups()
    widgets.begin(None)
    losses, samples = [], []
    while len(losses) < int(step):
        found = widgets.learn(int(step) - len(losses))
        losses += found["losses"]
        samples += found["samples"] or []
    assert f"{losses[-1]:.4f}" == loss
    shown = panel.locator("ol li").all_text_contents()
    assert ", ".join(name or "(nothing)" for name in samples[:3]) == shown[0]
    assert panel.locator("canvas").count() == 1
    assert outside(seen, site) == []


def test_the_trained_model_is_the_one_that_the_package_ships_and_drives_other_panels(
    visit, site, tmp_path
):
    page = visit().go(f"{site}/{TRAIN}")
    panel = start(page)
    press(panel, "Train")
    panel.locator("a.download").wait_for(state="visible", timeout=PATIENCE)
    with page.expect_download() as download:
        panel.locator("a.download").focus()
        page.keyboard.press("Enter")
    path = tmp_path / "model.json"
    download.value.save_as(path)
    model, tokenizer = load_model(path)
    ours, _ = load_model()
    # The browser's mathematics may differ in the last bits.
    expected = [v.data for v in ours.parameters()]
    assert [v.data for v in model.parameters()] == pytest.approx(expected, abs=1e-6)
    rng = Random(42)
    documents = load_documents(NAMES)
    rng.shuffle(documents)
    model.draw(tokenizer.size, rng)  # the stream, as it stands when the samples are drawn
    names = [sample(ours, tokenizer, rng, 0.5, "") for _ in range(10)]
    assert panel.locator("ol li").last.text_content() == ", ".join(names)
    page.goto(f"{site}/{TEMPERATURE}")
    assert "you trained" in start(page).text_content()
    press(page.locator(".explore"), "Use the book's model")
    until(page.locator(".explore"), "comes with the program")
    page.goto(f"{site}/{TRAIN}")
    assert not start(page).locator("a.download").is_visible()


MARKUP = "<img src=x onerror=alert(1)>"


def test_a_pasted_list_is_only_ever_text_and_the_tool_s_rules_hold(visit, site):
    page = visit().go(f"{site}/{TRAIN}")
    panel = start(page)
    panel.get_by_label("my own list").focus()
    page.keyboard.press("Space")
    write(panel, "Your list, one name a line", " \n\n")
    press(panel, "Train")
    until(panel, "'your list' holds only empty lines; wanted a UTF-8 text file")
    write(panel, "Your list, one name a line", f"{MARKUP}\nan\x07na\n\u202ebob\n")
    press(panel, "Train")
    until(panel, "3 names")
    until(panel, r"step 1\d\d of 1000")
    assert "1 of them are longer than 16 letters" in panel.text_content()
    press(panel, "Stop")
    until(panel, "Stopped")
    assert panel.locator("img").count() == 0
    press(panel, "New run")
    assert panel.get_by_role("button", name="Train", exact=True).is_visible()


def test_an_example_s_stop_ends_python_and_the_run_goes_on_from_its_checkpoint(visit, site):
    page = visit().go(f"{site}/{TRAIN}")
    panel = start(page)
    press(panel, "Train")
    until(panel, r"step 1[1-9]\d of 1000")
    page.evaluate("window.microgpt.python.stop()")
    until(panel, "Stopped")
    press(panel, "Resume")
    until(panel, r"step 2\d\d of 1000")
    assert len(panel.locator("ol li").all_text_contents()) == 2


def test_a_kept_model_that_is_none_is_refused_and_the_shipped_one_used(visit, site):
    page = visit().go(f"{site}/{TEMPERATURE}")
    for text in ("{", '"x"', json.dumps({"text": MARKUP, "documents": "x"})):
        page.evaluate("text => localStorage.setItem('microgpt:model', text)", text)
        page.reload()
        panel = start(page)
        until(panel, "Likeliest: a|Likeliest: i")
        assert panel.locator("img").count() == 0


# --- temperature ---


def test_probabilities_are_the_program_s_at_every_temperature(visit, site):
    page = visit().go(f"{site}/{TEMPERATURE}")
    panel = start(page)
    write(panel, "A name begins with", "jo")
    panel.get_by_label("temperature").focus()
    page.keyboard.press("Home")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    until(panel, r"0\.50")
    rows = sorted(widgets.next_letters("jo", 0.5)["rows"], key=lambda row: -row[1])
    wanted = ", ".join(f"{letter or 'end'} {chance:.3f}" for letter, chance in rows[:5])
    until(panel, f"Likeliest: {re.escape(wanted)}")
    cells = panel.locator("details tbody tr").all_text_contents()
    assert cells == [f"{letter or 'end'}{chance:.4f}" for letter, chance in rows]
    press(panel, "Finish the name")
    until(panel, r"Written with seed")
    said = panel.locator("p.number").text_content()
    seed, name = re.findall(r"seed (\d+): (\w+)", said)[0]
    model, tokenizer = load_model()
    assert sample(model, tokenizer, Random(int(seed)), 0.5, "jo") == name
    press(panel, "Draw a letter")
    until(panel, r"Drawn with seed")
    said = panel.locator("p.number").text_content()
    seed = int(re.search(r"\d+", said)[0])
    letter = widgets.draw("jo", 0.5, seed)["letter"]
    assert said.endswith(f": {letter}" if letter else "the name ends here.")
    assert panel.get_by_label("A name begins with").input_value() == f"jo{letter}"
    write(panel, "A name begins with", MARKUP)
    until(panel, "the model has never met '<'; wanted letters of")


def test_a_slider_is_answered_at_once(visit, site):
    page = visit().go(f"{site}/{TEMPERATURE}")
    start(page)
    times = page.evaluate("""async () => {
      const times = [];
      for (let i = 0; i < 21; i++) {
        const before = performance.now();
        await window.microgpt.python.call("next_letters", ["mar", 0.5 + i / 20]);
        times.push(performance.now() - before);
      }
      return times.sort((a, b) => a - b);
    }""")
    assert times[10] < 50


# --- attention ---


def test_attention_is_that_of_the_program_before_and_after_training(visit, site):
    page = visit().go(f"{site}/{ATTENTION}")
    panel = start(page)
    write(panel, "Name", "jenni")
    found = widgets.attention("jenni")
    for when, label in (("after", "after training"), ("before", "before training")):
        if when == "before":
            panel.get_by_label("after training").focus()
            page.keyboard.press("ArrowLeft")
        shares = [row[-1] for row in found[when]]
        tokens = ["BOS", *"jenni"]
        most = [(tokens[row.index(max(row))], max(row)) for row in shares]
        wanted = ", ".join(f"head {i} to {t} ({s:.2f})" for i, (t, s) in enumerate(most))
        until(panel, f"{when.capitalize()} training the last letter .*{re.escape(wanted)}")
        cells = panel.locator("td[style]").all_text_contents()
        numbers = [share for head in found[when] for row in head for share in row]
        assert cells == [f"{n:.2f}".removeprefix("0") for n in numbers], label
    write(panel, "Name", MARKUP)
    until(panel, "has never met '<'")


# --- the graph ---


def test_the_walk_back_hands_on_what_the_program_hands_on(visit, site):
    page = visit().go(f"{site}/{GRAPH}")
    panel = start(page)
    until(panel, r"Turn 0 of 3: relu holds the 1")
    press(panel, "Step")
    until(panel, r"Turn 1 of 3: relu hands 1 · 1 = 1 to \+, whose box now holds 1")
    press(panel, "Step")
    press(panel, "Step")
    until(panel, r"Turn 3 of 3: × hands 1 · −3 = −3 to a, whose box now holds −3; × hands 1 · 2")
    press(panel, "Back")
    until(panel, r"Turn 2 of 3")
    write(panel, "Values", "x = 3")
    write(panel, "Expression", "(x / 2 - x) ** 3 * exp(x)")
    press(panel, "To the end")
    until(panel, "Turn ([1-9]) of \\1")
    nodes = widgets.graph("(x / 2 - x) ** 3 * exp(x)", "x = 3")["nodes"]
    x = next(node for node in nodes if node["word"] == "x")
    row = panel.locator("details tbody tr", has=page.get_by_text("x", exact=True)).first
    assert row.locator("td").nth(1).text_content() == f"{x['grad']:.4g}".replace("-", "−")


@pytest.fixture(scope="module")
def graph(chromium, site):
    """Return the graph's panel, started once for all that it has to refuse."""
    page = chromium.new_page()
    page.goto(f"{site}/{GRAPH}")
    yield start(page)
    page.close()


@pytest.mark.parametrize(
    "text", ["__import__('os').system('x')", "x.__class__", "x ** x", "(", "log(x - 3)", MARKUP]
)
def test_what_is_no_arithmetic_is_refused_with_a_sentence(graph, text):
    write(graph, "Values", "x = 3")
    write(graph, "Expression", "x + 1")
    graph.locator(".fault").wait_for(state="detached", timeout=PATIENCE)  # of the text before
    write(graph, "Expression", text)
    graph.locator(".fault").wait_for(timeout=PATIENCE)
    until(graph, "are known here|must be a number|has a fault|cannot be computed")
    assert graph.locator("img").count() == 0


# --- embeddings ---


def test_the_letters_move_through_the_training_and_the_words_say_where_they_are(visit, site):
    found = widgets.embeddings()
    page = visit().go(f"{site}/{EMBEDDINGS}")
    panel = start(page)
    until(panel, "After step 0 the rows nearest to that of a are those of q, s, j. 0 of the 5")
    place = "letter => document.querySelector(`[data-letter=${letter}]`).style.transform"
    before = page.evaluate(place, "u")
    panel.get_by_label("step").focus()
    page.keyboard.press("ArrowRight")
    until(panel, "After step 40 ")
    assert page.evaluate(place, "u") != before
    page.keyboard.press("End")
    until(panel, "After step 1000 the rows nearest to that of a are those of o, e, y. 5 of the 5")
    panel.get_by_role("combobox").focus()
    page.keyboard.press("u")
    until(panel, "that of u are those of i, y, b")
    cells = panel.locator("details tbody tr").nth(20).locator("th, td").all_text_contents()
    x, y = found["seen"][-1]["places"][20]
    assert cells == ["u", f"{x:.3f}", f"{y:.3f}", "i, y, b"]
    panel.get_by_label("trails").focus()
    page.keyboard.press("Space")
    assert panel.locator("path.trail").count() == 6


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_play_walks_to_the_end_and_stops_there_without_gliding_where_motion_is_unwanted(
    visit, site, motion
):
    page = visit().go(f"{site}/{EMBEDDINGS}")
    page.emulate_media(reduced_motion=motion)
    panel = start(page)
    gliding = "getComputedStyle(document.querySelector('[data-letter=a]')).transitionDuration"
    assert (page.evaluate(gliding) == "0s") == (motion == "reduce")
    panel.get_by_label("step").focus()
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    press(panel, "Play")
    assert panel.get_by_role("button", name="Pause").is_visible()
    until(panel, "After step 1000 ")
    assert panel.get_by_role("button", name="Play").is_visible()
    press(panel, "Play")  # from the beginning
    until(panel, "After step 40 ")
    press(panel, "Pause")


# --- the poster ---


def test_the_poster_is_walked_and_one_number_turned_by_keyboard(visit, site):
    tables = {one["name"]: one for one in widgets.poster("maria")["tables"]}
    page = visit().go(f"{site}/{POSTER}")
    panel = start(page)
    until(panel, "token, row a, column 2: −0.1673, number 2 of what the model reads where it meets")
    cell = panel.get_by_role("gridcell")
    cell.focus()
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowRight"):  # over the gap to the next matrix
        page.keyboard.press(key)
    until(panel, "position, row 2, column 0: .*, number 0 of what is added to a token at")
    for key in ("PageDown", "ArrowDown"):  # into the one below
        page.keyboard.press(key)
    until(panel, "key, row 0, column 0: .*, how much number 0 counts in number 0 of a key, in head")
    assert cell.get_attribute("aria-label").startswith("key, row 0, column 0")
    panel.get_by_role("combobox").focus()
    page.keyboard.press("o")
    until(panel, "output, row a, column 0: ")
    cell.focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    own, slope = tables["output"]["numbers"][8][0], tables["output"]["slopes"][8][0]
    stood = widgets.turned("output", 8, 0, own, "maria", "mar")
    until(panel, f"As it stands, the loss of maria is {stood['loss']:.4f} and its slope here ")
    panel.get_by_label("turn by").focus()
    page.keyboard.press("End")
    wanted = widgets.turned("output", 8, 0, round(own + 1, 4), "maria", "mar")
    until(panel, f"goes from {stood['loss']:.4f} to {wanted['loss']:.4f}: ")
    said = panel.text_content().replace("−", "-")
    promised = slope * (round(own + 1, 4) - own)
    assert (
        f"{wanted['loss'] - stood['loss']:+.4f}, where the slope promised {promised:+.4f}." in said
    )
    cells = panel.locator("details").first.locator("tbody tr").all_text_contents()
    signs = [*tables["output"]["rows"][:26], "end"]
    assert cells == [
        f"{sign}{old:.4f}{new:.4f}"
        for sign, old, new in zip(signs, stood["chances"], wanted["chances"])
    ]
    press(panel, "Reset")
    until(panel, "As it stands")


def test_a_tap_chooses_a_number_and_names_and_numbers_that_are_none_are_refused(visit, site):
    page = visit(390).go(f"{site}/{POSTER}")
    panel = start(page)
    until(panel, "As it stands, the loss of maria")
    box = panel.locator(".board canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 70 * 3, box["y"] + box["width"] / 70 * 20)
    until(panel, r"expand, row 1\d, column [0-3]: ")
    write(panel, "number", "99")
    until(panel, "99 given; wanted a number from -10 to 10")
    write(panel, "number", "")
    until(panel, "no number given")
    press(panel, "Reset")
    until(panel, "As it stands")
    write(panel, "Loss of", MARKUP)
    until(panel, "the model has never met '<'; wanted letters of")
    write(panel, "Loss of", "nina")
    until(panel, "As it stands, the loss of nina is 2.0623")
    write(panel, "Next letter after", "zz")
    until(panel, "After “zz” the likeliest are ")
    assert panel.locator("img").count() == 0


# --- check my answer ---
