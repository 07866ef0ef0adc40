"""How good are guesses that need no network? Mean surprise on held-out names, over ten splits.

"clueless" gives all tokens the same probability, "letters" the share of each token whatever came
before, "bigrams" the counts after the last token, with a number added to each. The last four are
the bigrams made bolder or more timid: every probability raised to a power, and each row shared out
anew.
"""

from collections.abc import Callable
from functools import partial

from book.experiments import trials
from book.experiments.counting import Table, counted, judge_table
from microgpt.tokenizer import prediction_pairs

POWERS = (0.5, 1.5, 2.0, 3.0)
EXTRAS = (0.01, 0.1, 1.0, 10.0)


def bolder(table: Table, power: float) -> Table:
    """Return the table with each probability raised to a power, and rows that add up to 1."""
    raised = [[p**power for p in row] for row in table]
    return [[p / sum(row) for p in row] for row in raised]


def letters(names: list[str]) -> Table:
    """Return a table whose rows are all the same: the share of each target."""
    tokenizer = trials.vocabulary()
    row = [1.0] * tokenizer.size
    for name in names:
        for _, target in prediction_pairs(tokenizer.encode(name), 16):
            row[target] += 1
    return [[count / sum(row) for count in row]] * tokenizer.size


def judge(seed: int) -> dict[str, object]:
    """Judge all the tables of one split."""
    names, held_out = trials.split(seed)
    size = trials.vocabulary().size
    bigrams = counted(names)
    tables = {"clueless": [[1 / size] * size] * size, "letters": letters(names)}
    tables |= {f"bigrams, {extra:g} added": counted(names, extra) for extra in EXTRAS}
    tables |= {f"bigrams, power {power:g}": bolder(bigrams, power) for power in POWERS}
    bare = counted(names, 0.0)
    tokenizer = trials.vocabulary()
    pairs = [p for n in held_out for p in prediction_pairs(tokenizer.encode(n), 16)]
    return {
        "never counted": sum(bare[token][target] == 0 for token, target in pairs),
        "tokens": len(pairs),
        **{name: judge_table(table, held_out) for name, table in tables.items()},
    }


PARTS: dict[str, Callable[[], object]] = {
    f"seed {seed}": partial(judge, seed) for seed in range(1, 11)
}
