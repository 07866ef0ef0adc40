"""Do letters that are used alike get rows near each other, and what does one column say?"""

import math
from collections.abc import Callable
from functools import partial

from book.experiments.trials import fresh, trained
from microgpt.parameters import Model

STEPS = 1000
SEEDS = (1, 2, 3, 4, 5)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"
CONSONANTS = [letter for letter in LETTERS if letter not in VOWELS]


def look(made: Model) -> dict[str, object]:
    """Return each vowel's and y's nearest letters, mean distances, and the telling columns."""
    rows = {
        letter: [value.data for value in row]
        for letter, row in zip(LETTERS, made.matrices["token"])
    }

    def nearest(letter: str) -> str:
        others = [other for other in LETTERS if other != letter]
        others.sort(key=lambda other: math.dist(rows[letter], rows[other]))
        return "".join(others[:3])

    among = [math.dist(rows[a], rows[b]) for a in VOWELS for b in VOWELS if a < b]
    across = [math.dist(rows[a], rows[b]) for a in VOWELS for b in CONSONANTS]
    telling = []
    for column in range(made.width):
        high = [rows[letter][column] for letter in VOWELS]
        low = [rows[letter][column] for letter in CONSONANTS]
        if min(high) > max(low) or max(high) < min(low):
            telling.append(column)
    return {
        "nearest": {letter: nearest(letter) for letter in VOWELS + "y"},
        "among_vowels": math.fsum(among) / len(among),
        "vowel_to_consonant": math.fsum(across) / len(across),
        "telling_columns": telling,
    }


def before(seed: int) -> dict[str, object]:
    """Look at a model that has learnt nothing."""
    return look(fresh(seed))


def after(seed: int) -> dict[str, object]:
    """Look at the same model after 1000 steps."""
    return look(trained(seed, STEPS)[0])


PARTS: dict[str, Callable[[], object]] = {}
for _seed in SEEDS:
    PARTS[f"before, seed {_seed}"] = partial(before, _seed)
    PARTS[f"after, seed {_seed}"] = partial(after, _seed)
