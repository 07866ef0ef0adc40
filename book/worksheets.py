"""The pocket model on paper: every number of a run, in the order in which a pencil finds them.

Each sheet is a list of rows: what to do, and the numbers that come out. The rows are computed with
the program's own functions, one after another; a test compares where they end with what the whole
program gives, so no row can drift from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from microgpt.assets import POCKET
from microgpt.autograd import Value
from microgpt.checkpoint import load_model
from microgpt.layers import add, dot, linear, rmsnorm, softmax
from microgpt.loss import document_loss
from microgpt.model import attention_weights, weighted_sum
from microgpt.optimizer import Adam, learning_rate
from microgpt.parameters import Matrix, Model, Vector
from microgpt.tokenizer import prediction_pairs

NAME = "an"
STEPS = 1000


@dataclass(frozen=True)
class Row:
    """A line of a sheet.

    Attributes:
        what: what to do, as Markdown.
        numbers: what comes out.
    """

    what: str
    numbers: tuple[float, ...]


def pocket() -> tuple[Model, list[tuple[int, int]], list[str]]:
    """Return the pocket model, the pairs of the name, and how tokens are called."""
    model, tokenizer = load_model(POCKET)
    pairs = prediction_pairs(tokenizer.encode(NAME), model.block)
    return model, pairs, [*tokenizer.letters, "BOS"]


def _data(values: Iterable[Value]) -> tuple[float, ...]:
    return tuple(value.data for value in values)


def _norm(name: str, of: str, x: Vector, rows: list[Row]) -> Vector:
    mean = (dot(x, x) / len(x)).data
    rows.append(Row(f"{of}: the mean of the two squares", (mean,)))
    rows.append(Row("divide 1 by its root (add 0.00001 first)", ((mean + 1e-5) ** -0.5,)))
    normed = rmsnorm(x)
    rows.append(Row(f"both numbers times that: {name}", _data(normed)))
    return normed


def position_sheet(position: int, model: Model, pairs: list[tuple[int, int]], names: list[str],
                   cache: dict[str, Matrix]) -> tuple[list[Row], Vector, Vector]:  # fmt: skip
    """Return the rows of one position, what the output matrix saw, and the probabilities."""
    token, target = pairs[position]
    matrices = model.matrices
    rows: list[Row] = []
    both = add(matrices["token"][token], matrices["position"][position])
    rows.append(Row(f"token row of {names[token]} plus position row {position}", _data(both)))
    x = _norm("**x**", "the sum", both, rows)
    seen = _norm("**x** normed", "**x**", x, rows)
    query, key, value = (linear(seen, matrices[f"0.{n}"]) for n in ("query", "key", "value"))
    rows.append(Row("query: query matrix times **x** normed", _data(query)))
    rows.append(Row("key: key matrix times **x** normed", _data(key)))
    rows.append(Row("value: value matrix times **x** normed", _data(value)))
    keys, values = cache.setdefault("keys", []), cache.setdefault("values", [])
    keys.append(key)
    values.append(value)
    scores = tuple((dot(query, k) / len(query) ** 0.5).data for k in keys)
    so_far = "this token" if position == 0 else f"the {position + 1} tokens so far"
    rows.append(Row(f"scores: query · key of {so_far}, divided by √2", scores))
    weights = attention_weights(query, keys)
    rows.append(Row("attention weights: softmax of the scores", _data(weights)))
    gathered = weighted_sum(weights, values)
    rows.append(Row("gathered: the values, mixed by the weights", _data(gathered)))
    mixed = linear(gathered, matrices["0.mix"])
    rows.append(Row("mix matrix times that", _data(mixed)))
    x = add(mixed, x)
    rows.append(Row("plus **x**: the new **x**", _data(x)))
    seen = _norm("**x** normed", "**x**", x, rows)
    wide = linear(seen, matrices["0.expand"])
    rows.append(Row("expand matrix times that: eight numbers", _data(wide)))
    hidden = [number.relu() for number in wide]
    rows.append(Row("relu: negative ones become 0", _data(hidden)))
    narrow = linear(hidden, matrices["0.contract"])
    rows.append(Row("contract matrix times that", _data(narrow)))
    x = add(narrow, x)
    rows.append(Row("plus **x**: the last **x**", _data(x)))
    logits = linear(x, matrices["output"])
    order = ", ".join(names)
    rows.append(Row(f"logits ({order}): output matrix times **x**", _data(logits)))
    chances = softmax(logits)
    rows.append(Row("probabilities: softmax of the logits", _data(chances)))
    surprise = -chances[target].log()
    rows.append(Row(f"surprise at {names[target]}: −ln of its probability", (surprise.data,)))
    return rows, x, chances


def sheets() -> dict[str, list[Row]]:
    """Return all sheets by title."""
    model, pairs, names = pocket()
    cache: dict[str, Matrix] = {}
    result: dict[str, list[Row]] = {}
    seen: list[Vector] = []
    guesses: list[Vector] = []
    for position, (token, target) in enumerate(pairs):
        rows, x, chances = position_sheet(position, model, pairs, names, cache)
        result[f"Position {position}: {names[token]} comes in, {names[target]} should come out"] = (
            rows
        )
        seen.append(x)
        guesses.append(chances)
    surprises = [rows[-1].numbers[0] for rows in result.values()]
    result["The loss of the name"] = [
        Row("the surprises of the three positions", tuple(surprises)),
        Row("their mean: the loss", (sum(surprises) / len(surprises),)),
    ]
    result["Back through the output matrix"] = _backward_sheet(pairs, names, seen, guesses)
    result["Adam's first step"] = _adam_sheet(model, names)
    return result


def _backward_sheet(pairs: list[tuple[int, int]], names: list[str], seen: list[Vector],
                    guesses: list[Vector]) -> list[Row]:  # fmt: skip
    rows = []
    pushes = []
    for position, (_, target) in enumerate(pairs):
        push = [p.data - (token == target) for token, p in enumerate(guesses[position])]
        pushes.append(push)
        what = f"position {position}: the probabilities, minus 1 at {names[target]}"
        rows.append(Row(what, tuple(push)))
    for token, name in enumerate(names):
        grads = [
            sum(push[token] * x[column].data for push, x in zip(pushes, seen)) / len(pairs)
            for column in range(2)
        ]
        what = f"output row of {name}: mean of (its number above × the last **x** there)"
        rows.append(Row(what, tuple(grads)))
    return rows


def _adam_sheet(model: Model, names: list[str]) -> list[Row]:
    _, tokenizer = load_model(POCKET)
    document_loss(tokenizer.encode(NAME), model).backward()
    rows = []
    for token, name in enumerate(names):
        weights = model.matrices["output"][token]
        grads = [value.grad for value in weights]
        mean = tuple(0.15 * grad / (1 - 0.85) for grad in grads)
        rows.append(Row(f"{name}: 0.15 × gradient, divided by (1 − 0.85)", mean))
        root = tuple((0.01 * grad**2 / (1 - 0.99)) ** 0.5 for grad in grads)
        rows.append(Row(f"{name}: 0.01 × gradient², divided by (1 − 0.99); its root", root))
        Adam(weights).update(1, learning_rate(1, STEPS))
        rows.append(Row(f"{name}: weight − 0.01 × first ÷ second", _data(weights)))
    return rows
