"""What the page's Python does with blocks: order, sessions, edits, comparison, tracebacks."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from pathlib import Path

from little_book import LittleBook

sys.path.append(str(Path(__file__).resolve().parents[2]))

from extensions.fetched import packages
from extensions.live import EDITOR, ROOT, _entry, write_program
from live.page import Page, run_plain


def block(source: str, session: str = "", hidden: bool = False) -> dict:
    return {"source": source, "session": session, "hidden": hidden}


def page(*blocks: dict) -> tuple[Page, list]:
    steps: list = []
    return Page(list(blocks), lambda place, count: steps.append((place, count))), steps


LESSON = (
    block("a = 1\n", hidden=True),
    block(">>> a\n1\n"),
    block(">>> a = a + 1\n>>> a\n2\n", "first"),
    block(">>> a\n1\n"),
    block(">>> a\n1\n", "second"),
)


def test_what_a_block_depends_on_runs_first_and_only_once():
    some, steps = page(*LESSON)
    assert some.run(3)["same"]
    assert steps == [(0, 2), (1, 2)]
    assert some.run(3)["same"]


def test_a_solution_has_a_session_of_its_own():
    some, _ = page(*LESSON)
    assert some.run(2)["same"]
    assert some.run(3)["same"]
    assert some.run(4)["same"]
    assert some.run(2)["same"]


def test_running_again_starts_from_the_same_state():
    some, _ = page(block(">>> a = []\n"), block(">>> a.append(1)\n>>> a\n[1]\n"))
    assert [some.run(1)["same"] for _ in range(3)] == [True] * 3


def test_another_output_is_shown_beside_the_book_s():
    some, _ = page(block(">>> 1 + 1\n3\n"))
    result = some.run(0)
    assert not result["same"]
    assert result["differences"] == [
        {"source": "1 + 1\n", "want": "3\n", "got": "2\n", "same": False}
    ]


def test_flags_and_announced_errors_count_as_in_the_book():
    announced = "Traceback (most recent call last):\n    ...\nZeroDivisionError: division by zero\n"
    source = f">>> 1 / 0\n{announced}"
    some, _ = page(block(source), block(">>> print('abc')  # doctest: +ELLIPSIS\na...\n"))
    assert some.run(0)["same"]
    assert some.run(1)["same"]


def test_an_error_inside_a_function_of_an_earlier_block_is_only_an_error():
    many = "".join(f">>> a{i} = {i}\n" for i in range(5))
    first = block(f"{many}>>> def fail():\n...     raise KeyError('k')\n")
    some, _ = page(first, block(">>> fail()\n1\n"))
    assert "KeyError" in some.run(1)["differences"][0]["got"]


def test_an_edit_is_seen_by_later_blocks_until_it_is_taken_back():
    some, _ = page(block(">>> a = 1\n"), block(">>> a\n1\n"))
    some.edit(0, "a = 5")
    assert not some.run(1)["same"]
    some.edit(0, None)
    assert some.run(1)["same"]


def test_a_traceback_has_the_reader_s_lines_and_no_others():
    text = run_plain("def f():\n    return 1 / 0\nf()\n", {})
    assert re.findall(r"line \d+, in .*", text) == ["line 3, in <module>", "line 2, in f"]
    assert text.endswith("ZeroDivisionError: division by zero\n")
    assert "page.py" not in text


def test_the_text_of_an_edit_prints_as_at_the_prompt():
    assert run_plain("1 + 1\nx = 3\nx\nNone\n", {}) == "2\n3\n"


def test_a_page_carries_its_blocks_and_cannot_be_broken_out_of(tmp_path):
    book = LittleBook(tmp_path, "sphinx_exercise", "extensions.live")
    shown = "```{doctest}\n>>> print('</script>')\n</script>\n```\n"
    hidden = "```{testsetup}\nsecret = 1\n```\n"
    book.write("index.md", f"# A\n\n{hidden}\n{shown}\n```{{toctree}}\nplain\n```\n")
    book.write("plain.md", "# No code\n")
    built = book.build()
    assert built.code == 0, built.said
    text = re.search(
        r'<script type="application/json" id="live-blocks">(.*?)</script>', built.page(), re.S
    )
    blocks = json.loads(text[1])["blocks"]
    assert [(b["hidden"], b["session"]) for b in blocks] == [(True, ""), (False, "")]
    assert blocks[1]["code"] == "print('</script>')\n"
    assert "secret" not in re.sub(r"<script.*?</script>", "", built.page(), flags=re.S)
    assert "live-blocks" not in built.page("plain")


def test_the_packed_program_is_the_package_and_repeats(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_program(tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    names = zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert {"microgpt/autograd.py", "microgpt/assets/model.json", "live/page.py"} <= set(names)
    assert not any("__pycache__" in name for name in names)


def test_the_map_has_every_part_that_the_editor_asks_for():
    sources = [(ROOT / "live" / "editor.js").read_text(encoding="utf-8")]
    sources += [_entry(packages() / name).read_text(encoding="utf-8") for name in EDITOR]
    wanted = re.compile(r"""^(?:import|export) .*from ['"]([^.'"][^'"]*)['"]""", re.MULTILINE)
    asked = {name for text in sources for name in wanted.findall(text)}
    assert asked == set(EDITOR)
