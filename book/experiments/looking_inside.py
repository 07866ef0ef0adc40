"""Does a head keep its job when training starts from other random numbers?

Six models learn from the same names in the same order for 1,000 steps; only the random parameters
that they start from differ. On 500 names that none of them was trained on: what each head looks
at, and what the loss is when one head is silenced (its columns of the mix matrix set to 0) or made
to take the plain average (its rows of the query matrix set to 0). The shipped model is judged in
the same way, on 500 of the names that its 1,000 steps did not reach.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.parameters import Model

STARTS = (1, 2, 3, 4, 5, 6)
SPLIT = 1
SHOWN = ("jenni", "maria", "alexandra")  # names whose maps are kept


def shipped_names() -> tuple[list[str], list[str]]:
    """Return the 1,000 names that the shipped model was trained on, and 500 that it never saw."""
    names = load_documents(NAMES)
    Random(42).shuffle(names)
    return names[:1000], names[1000:1500]


def without(made: Model, heads: list[int], what: str) -> plain.Plain:
    """Return an engine in which some heads are ``silent`` or ``level``."""
    engine = plain.Plain(made)
    size = made.width // made.heads
    for number in [head * size + i for head in heads for i in range(size)]:
        if what == "silent":
            for row in engine.tables["0.mix"]:
                row[number] = 0.0
        else:
            engine.tables["0.query"][number] = [0.0] * made.width
    return engine


def maps(engine: plain.Plain, name: str) -> list[list[list[float]]]:
    """Return, for each head, the shares of every token of a name."""
    cache: dict[str, plain.Table] = {}
    heads: list[list[list[float]]] = [[] for _ in range(engine.heads)]
    for position, token in enumerate(trials.vocabulary().encode(name)[:-1]):
        memory = engine.gpt(token, position, cache)
        for head, (shares, _, _) in zip(heads, memory.layers[0].weights):
            head.append(shares)
    return heads


def habits(shares: list[list[float]], name: str) -> dict[str, list[float]]:
    """Return the shares that the letters of a name give, sorted by whom they go to."""
    tokens = [".", *name]
    found: dict[str, list[float]] = {"BOS": [], "before": [], "self": [], "vowels": []}
    for position in range(2, len(tokens)):
        row = shares[position]
        found["BOS"].append(row[0])
        found["before"].append(row[position - 1])
        found["self"].append(row[position])
        earlier = zip(row[1:position], tokens[1:position])
        found["vowels"].append(sum(share for share, letter in earlier if letter in "aeiou"))
    return found


def looks(engine: plain.Plain, documents: list[str]) -> list[dict[str, float]]:
    """Return each head's mean habits; a last entry has those of a plain average."""
    totals: list[dict[str, list[float]]] = [{} for _ in range(engine.heads + 1)]
    for name in documents:
        level = [[1 / (p + 1)] * (p + 1) for p in range(len(name) + 1)]
        for total, shares in zip(totals, [*maps(engine, name), level]):
            for habit, numbers in habits(shares, name).items():
                total.setdefault(habit, []).extend(numbers)
    return [{habit: sum(n) / len(n) for habit, n in total.items()} for total in totals]


def judged(made: Model, documents: list[str]) -> dict[str, object]:
    """Return a model's losses, whole and with each head changed, its habits, and some maps.

    ``worse`` counts the names that surprise the model more when a head is silent.
    """
    engine = plain.Plain(made)
    every = [trials.held_out_loss_by_engine(engine, [name]) for name in documents]
    tokens = [len(name) + 1 for name in documents]

    def loss(losses: list[float]) -> float:
        return sum(mean * count for mean, count in zip(losses, tokens)) / sum(tokens)

    silent, level, worse = [], [], []
    for head in range(made.heads):
        changed = without(made, [head], "silent")
        other = [trials.held_out_loss_by_engine(changed, [name]) for name in documents]
        silent.append(loss(other))
        worse.append(sum(after > before for before, after in zip(every, other)))
        level.append(trials.held_out_loss_by_engine(without(made, [head], "level"), documents))
    nobody = without(made, list(range(made.heads)), "silent")
    return {
        "whole": loss(every),
        "silent": silent,
        "worse": worse,
        "level": level,
        "all silent": trials.held_out_loss_by_engine(nobody, documents),
        "looks": looks(engine, documents),
        "maps": {name: maps(engine, name) for name in SHOWN},
    }


def shipped() -> dict[str, object]:
    """Judge the model that the program loads."""
    return judged(load_model()[0], shipped_names()[1])


def start(seed: int) -> dict[str, object]:
    """Train from one random start and judge."""
    learning, held_out = trials.split(SPLIT)
    made = trials.fresh(seed)
    list(plain.train(learning, trials.vocabulary(), made, 1000))
    return judged(made, held_out)


PARTS: dict[str, Callable[[], object]] = {
    "shipped": shipped,
    **{f"start {seed}": partial(start, seed) for seed in STARTS},
}
