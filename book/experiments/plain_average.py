"""Does a token need the past, and is a plain average of it enough?

Three models that differ in one thing, how much of each token so far they take: only of the last
one, the same of all, or as much as attention says. Each is judged on 500 names that it was not
trained on. Equal shares need no change of the program: where the query and the key matrix are
zero, all scores are 0, and each matrix keeps the other's gradients at 0.
"""

from collections.abc import Callable
from functools import partial

from book.experiments.trials import (
    changed,
    fresh,
    held_out_loss,
    held_out_loss_by_engine,
    split,
    trained,
    trained_by_program,
    vocabulary,
)
from microgpt.autograd import Value
from microgpt.engines.plain import LayerMemory, Numbers, Past, Plain, Table
from microgpt.parameters import Matrix, Model, Vector

SEEDS = range(1, 6)
LONG = 3000  # steps of a longer run


def only_the_last(query: Vector, keys: Matrix) -> Vector:
    """Take all of the last token and nothing of the others."""
    return [Value(0.0) for _ in keys[1:]] + [Value(1.0)]


def equal_shares(query: Vector, keys: Matrix) -> Vector:
    """Take the same of every token so far."""
    return [Value(1 / len(keys)) for _ in keys]


class LastOnly(Plain):
    """The fast engine with :func:`only_the_last` in place of attention."""

    def attend(self, x: Numbers, layer: int, cache: dict[str, Table]) -> LayerMemory:
        """Let a token see a past that holds only itself."""
        own: dict[str, Table] = {}
        memory = super().attend(x, layer, own)
        for name, rows in own.items():
            cache.setdefault(name, []).extend(rows)
        return memory

    def attention_back(
        self, memory: LayerMemory, layer: int, gathered: Numbers, past: Past, position: int
    ) -> Numbers:
        """Send nothing to the other positions."""
        own = {f"{layer}.{n}": [past.cache[f"{layer}.{n}"][position]] for n in ("key", "value")}
        return super().attention_back(memory, layer, gathered, Past(own), 0)


def without_questions(seed: int) -> Model:
    """Return a fresh model whose queries and keys are all 0, so that all scores are equal."""
    made = fresh(seed)
    for name in ("0.query", "0.key"):
        for row in made.matrices[name]:
            for value in row:
                value.data = 0.0
    return made


def train_fast(engine: Plain, seed: int, steps: int) -> list[float]:
    """Train with a fast engine on the names of a split; return the losses."""
    names, tokenizer = split(seed)[0], vocabulary()
    losses = [
        engine.train_step(tokenizer.encode(names[step - 1]), step, steps)
        for step in range(1, steps + 1)
    ]
    engine.write_back()
    return losses


def last(seed: int, steps: int = 1000) -> float:
    """Return the held-out loss of a model that looks at the last letter and its position."""
    engine = LastOnly(fresh(seed))
    train_fast(engine, seed, steps)
    return held_out_loss_by_engine(engine, split(seed)[1])


def average(seed: int, steps: int = 1000) -> float:
    """Return the held-out loss of a model that averages."""
    engine = Plain(without_questions(seed))
    train_fast(engine, seed, steps)
    return held_out_loss(engine.model, split(seed)[1])


def attention(seed: int, steps: int = 1000) -> float:
    """Return the held-out loss of the unchanged model."""
    return held_out_loss(trained(seed, steps)[0], split(seed)[1])


def same_as_the_program() -> dict[str, list[list[float]]]:
    """Return the first losses of both short ways, and those of the program changed accordingly."""
    fast = {
        "last": train_fast(LastOnly(fresh(1)), 1, 3),
        "average": train_fast(Plain(without_questions(1)), 1, 3),
    }
    both = {}
    for name, function in (("last", only_the_last), ("average", equal_shares)):
        with changed(attention_weights=function):
            both[name] = [fast[name], trained_by_program(1, 3, fresh(1))]
    return both


WAYS = {"last": last, "average": average, "attention": attention}
PARTS: dict[str, Callable[[], object]] = {"same as the program": same_as_the_program}
PARTS |= {f"{name}, seed {s}": partial(way, s) for name, way in WAYS.items() for s in SEEDS}
PARTS |= {
    f"{name}, long, seed {s}": partial(way, s, LONG)
    for name, way in WAYS.items()
    for s in SEEDS[:3]
}
