"""The landing page's picture is computed with the trained model."""

import re
import sys

from little_book import ROOT, LittleBook

sys.path.insert(0, str(ROOT))

from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents


def build(tmp_path, prefix, builder="html"):
    book = LittleBook(tmp_path, "extensions.road")
    book.write("index.md", f"# Road\n\n```{{road}} {prefix}\n```\n")
    return book.build(builder)


def stations(page):
    return re.findall(r'<li class="station station-\d">(.*?)</li>', page, re.DOTALL)


def test_six_stations_from_raw_text_to_generated_text(tmp_path):
    built = build(tmp_path, "emm")
    assert built.code == 0, built.said
    names = [re.search(r'class="name">([^<]*)', s)[1] for s in stations(built.page())]
    assert names == [
        "Raw text", "Tokens", "Embeddings", "Transformer", "Probabilities", "Generated text",
    ]  # fmt: skip


def test_what_the_stations_show_is_true(tmp_path):
    shown = [re.findall(r"<text[^>]*>([^<]*)", s) for s in stations(build(tmp_path, "emm").page())]
    _, tokenizer = load_model()
    known = load_documents(NAMES)
    assert shown[0]
    assert all(name in known and name.startswith("emm") for name in shown[0])
    assert [int(number) for number in shown[1][1::2]] == tokenizer.encode("emm")[:-1]
    chances = [int(words[:-1]) for words in shown[4][1::2]]
    assert chances == sorted(chances, reverse=True)
    assert 50 < sum(chances) <= 101
    assert len(set(shown[5])) == 4
    assert all(name.startswith("emm") for name in shown[5])


def test_an_unknown_letter_is_one_line(tmp_path):
    built = build(tmp_path, "42")
    assert built.code != 0
    assert "road: " in built.said
    assert "Traceback" not in built.said
