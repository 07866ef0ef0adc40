"""Figure of the lesson "Letters become numbers": two numberings of the alphabet."""

from __future__ import annotations

from typing import Any

from book.experiments.order_of_ids import KEYBOARD
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.tokenizer import Tokenizer

NAME = "mia"


def ids(style: Any) -> Any:
    """The letters with their tokens in the program's order and in the keyboard's."""
    tokenizer = Tokenizer(load_documents(NAMES))
    rows = (("Lena", tokenizer.letters), ("Ravi", list(KEYBOARD)))
    figure = style.figure(width=7, height=2.1)
    axes = style.clean(figure.subplots())
    for token in range(26):
        axes.text(token, 1.0, str(token), ha="center", va="center", color=style.GREY,
                  size=style.SMALL)  # fmt: skip
    tokens = tokenizer.encode(NAME)[1:-1]
    for height, (who, letters) in zip((2, 0), rows):
        axes.text(-1.2, height, who, ha="right", va="center", color=style.INK)
        for token, letter in enumerate(letters):
            marked = token in tokens
            color = style.TEAL if height else style.AMBER
            face = (style.MIST if height else style.SAND) if marked else style.PAPER
            box = {"boxstyle": "square,pad=0.22", "facecolor": face,
                   "edgecolor": color if marked else style.LINE}  # fmt: skip
            axes.text(token, height, letter, ha="center", va="center", bbox=box,
                      color=color if marked else style.INK, family="DejaVu Sans Mono")  # fmt: skip
    for token in tokens:
        axes.annotate("", (token, 0.45), (token, 0.75), arrowprops=style.arrow(style.GREY, 1.0))
        axes.annotate("", (token, 1.25), (token, 1.55), arrowprops=style.arrow(style.GREY, 1.0))
    axes.text(-1.2, 1, "token", ha="right", va="center", color=style.GREY)
    axes.set_xlim(-3.4, 25.7)
    axes.set_ylim(-0.6, 2.6)
    return figure
