"""What does the root of the width do for a model as small as ours?

One head, so that queries and keys have 16 numbers and the root is 4: each pair of runs differs in
the division alone. Both are judged on 500 names that they were not trained on, with the mean of
the largest attention weight of each token (the first two positions left out).
"""

from collections.abc import Callable
from functools import partial

from book.experiments.trials import (
    changed,
    fresh,
    held_out_loss,
    split,
    trained,
    trained_by_program,
    vocabulary,
)
from microgpt.engines.plain import Plain, Table
from microgpt.layers import dot, softmax
from microgpt.parameters import Matrix, Model, Vector

SEEDS = range(1, 4)


def without_root(query: Vector, keys: Matrix) -> Vector:
    """Return attention weights from scores as they are."""
    return softmax([dot(query, key) for key in keys])


def judged(made: Model, seed: int) -> dict[str, float]:
    """Return the held-out loss and how unevenly the model shares out its attention."""
    documents = split(seed)[1]
    engine, tokenizer = Plain(made), vocabulary()
    largest = []
    for document in documents:
        cache: dict[str, Table] = {}
        for position, token in enumerate(tokenizer.encode(document)[:-1]):
            memory = engine.gpt(token, position, cache)
            if position > 1:
                largest.append(max(memory.layers[0].weights[0][0]))
    return {
        "held out": held_out_loss(made, documents),
        "largest weight": sum(largest) / len(largest),
    }


def with_the_root(seed: int) -> dict[str, float]:
    """Judge the program as it is, with one head."""
    return judged(trained(seed, heads=1)[0], seed)


def without_the_root(seed: int) -> dict[str, float]:
    """Judge the changed program; four times the query makes the fast engine give its numbers."""
    made = fresh(seed, heads=1)
    with changed(attention_weights=without_root):
        trained_by_program(seed, 1000, made)
    for row in made.matrices["0.query"]:
        for value in row:
            value.data *= 4
    return judged(made, seed)


PARTS: dict[str, Callable[[], object]] = {
    f"{name}, seed {seed}": partial(judge, seed)
    for name, judge in (("with", with_the_root), ("without", without_the_root))
    for seed in SEEDS
}
