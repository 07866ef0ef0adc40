"""The sheets end where the program ends, and a sheet to fill in shows no number asked for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from little_book import LittleBook

sys.path.append(str(Path(__file__).resolve().parents[2]))

from book import worksheets
from extensions.worksheet import number
from microgpt.assets import POCKET
from microgpt.checkpoint import load_model
from microgpt.layers import softmax
from microgpt.loss import document_loss
from microgpt.model import gpt
from microgpt.optimizer import Adam, learning_rate

SHEETS = list(worksheets.sheets().values())


def found(rows, what: str) -> list[tuple[float, ...]]:
    return [row.numbers for row in rows if what in row.what]


def test_each_position_ends_with_the_probabilities_of_the_whole_program():
    model, pairs, _ = worksheets.pocket()
    cache: dict = {}
    for (token, _), rows, position in zip(pairs, SHEETS, range(3)):
        logits = gpt(token, position, model, cache)
        assert found(rows, "logits (a") == [pytest.approx([v.data for v in logits])]
        assert found(rows, "probabilities") == [pytest.approx([p.data for p in softmax(logits)])]


def test_the_loss_the_gradients_and_the_step_are_those_of_the_whole_program():
    model, tokenizer = load_model(POCKET)
    loss = document_loss(tokenizer.encode("an"), model)
    assert SHEETS[3][-1].numbers == (pytest.approx(loss.data),)
    loss.backward()
    output = model.matrices["output"]
    assert found(SHEETS[4], "output row") == [pytest.approx([v.grad for v in r]) for r in output]
    Adam(model.parameters()).update(1, learning_rate(1, worksheets.STEPS))
    assert found(SHEETS[5], "weight −") == [pytest.approx([v.data for v in r]) for r in output]


def test_the_key_has_the_numbers_and_the_sheet_has_none_of_them(tmp_path):
    book = LittleBook(tmp_path, "extensions.worksheet")
    book.write("index.md", "# Sheets\n\n```{worksheet}\n```\n\n```{toctree}\nkey\n```\n")
    book.write("key.md", "# Key\n\n```{worksheet}\n:key:\n```\n")
    built = book.build()
    assert built.code == 0, built.said
    cells = [
        re.findall(r"<td[^>]*><p>(.*?)</p></td>", built.page(p), re.S) for p in ("index", "key")
    ]
    blank, key = (page[2::3] for page in cells)
    assert len(blank) == len(key) == sum(map(len, SHEETS))
    for empty, full, row in zip(blank, key, (row for rows in SHEETS for row in rows)):
        assert not re.search(r"\d", empty)
        assert empty.count("_______") == len(row.numbers)
        assert full.split() == [number(value) for value in row.numbers]
