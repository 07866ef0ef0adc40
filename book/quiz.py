"""Questions for a class: each kind draws its numbers from a seed, and the program has the answer.

A kind is a function that takes a random stream and returns a question and its answer, both as
Markdown. The same seed gives the same sheet, another seed the same kinds with other numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from microgpt.assets import NAMES
from microgpt.autograd import Value
from microgpt.data import load_documents
from microgpt.layers import dot, linear, rmsnorm, softmax
from microgpt.model import weighted_sum
from microgpt.optimizer import Adam, learning_rate
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer, prediction_pairs

Kind = Callable[[Random], tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """A question with its answer.

    Attributes:
        lesson: where its subject is taught, as a path below ``book/``.
        text: the question, Markdown.
        answer: Markdown.
    """

    lesson: str
    text: str
    answer: str


_KINDS: list[tuple[str, Kind]] = []


def about(lesson: str) -> Callable[[Kind], Kind]:
    """Add a kind of question about a lesson."""

    def add(kind: Kind) -> Kind:
        _KINDS.append((lesson, kind))
        return kind

    return add


def sheet(seed: int) -> list[Question]:
    """Return one question of each kind."""
    return [Question(lesson, *kind(Random(f"{seed} {place}")))
            for place, (lesson, kind) in enumerate(_KINDS)]  # fmt: skip


def _n(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return ("0" if text in ("-0", "") else text).replace("-", "−")


def _row(values: object) -> str:
    return "(" + ", ".join(_n(v) for v in values) + ")"  # type: ignore[attr-defined]


def _whole(rng: Random, count: int) -> list[int]:
    return [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(count)]


@about("0-big-picture/nudging")
def _nudge(rng: Random) -> tuple[str, str]:
    goal, dial = rng.randint(2, 9), rng.randint(10, 15)
    slope = 2 * (dial - goal)
    text = (
        f"A dial stands at {dial}, and the loss is $(w - {goal})^2$. "
        "What is its slope there, and where does the dial stand after one step with rate 0.1?"
    )
    return text, f"Slope {slope}; the dial moves to {_n(dial - 0.1 * slope)}."


@about("1-data-and-tokenization/prediction-pairs")
def _pairs(rng: Random) -> tuple[str, str]:
    name = rng.choice([n for n in load_documents(NAMES) if len(n) == 4])
    tokenizer = Tokenizer([name])
    pairs = prediction_pairs(tokenizer.encode(name), 16)
    text = (
        f"The only document is `{name}`. Number its letters, add BOS, and write down all pairs "
        "of token and target."
    )
    letters = ", ".join(f"{letter} = {i}" for i, letter in enumerate(tokenizer.letters))
    return text, f"{letters}, BOS = {tokenizer.bos}: " + ", ".join(map(str, pairs)) + "."


@about("1-data-and-tokenization/surprise")
def _surprise(rng: Random) -> tuple[str, str]:
    chances = [rng.choice([0.5, 0.25, 0.2, 0.1, 0.8]) for _ in range(3)]
    mean = sum(-math.log(p) for p in chances) / 3
    text = (
        f"A model gave the three letters that came the probabilities {chances[0]}, {chances[1]} "
        f"and {chances[2]}. What is its loss?"
    )
    return text, f"The mean of the surprises: {_n(mean)} nats."


@about("2-calculus-and-autograd/chain-rule")
def _chain(rng: Random) -> tuple[str, str]:
    a, b, x = rng.randint(2, 5), rng.randint(1, 4), rng.randint(1, 3)
    dial = Value(float(x))
    ((dial * a + b) ** 2).backward()
    return (
        f"What is the slope of $({a}x + {b})^2$ at $x = {x}$?",
        f"$2 \\cdot ({a} \\cdot {x} + {b}) \\cdot {a}$ = {_n(dial.grad)}.",
    )


@about("2-calculus-and-autograd/backward")
def _graph(rng: Random) -> tuple[str, str]:
    a, b, d = (Value(float(v)) for v in _whole(rng, 3))
    (a * b + d * a).backward()
    text = (
        f"$y = ab + da$ with a = {_n(a.data)}, b = {_n(b.data)}, d = {_n(d.data)}. "
        "Draw the graph, walk back, and give the three gradients."
    )
    return text, f"a: {_n(a.grad)} (two paths, added), b: {_n(b.grad)}, d: {_n(d.grad)}."


@about("2-calculus-and-autograd/exp-log-relu")
def _relu(rng: Random) -> tuple[str, str]:
    w, x, bias = _whole(rng, 3)
    weight = Value(float(w))
    out = (weight * x + bias).relu()
    out.backward()
    text = (
        f"$y = \\operatorname{{relu}}(wx + b)$ with w = {_n(w)}, x = {_n(x)}, b = {_n(bias)}. "
        "What is y, and what is its slope with respect to w?"
    )
    return text, f"y = {_n(out.data)}, slope {_n(weight.grad)}."


@about("3-architecture/parameters")
def _count(rng: Random) -> tuple[str, str]:
    width, layers, block, letters = (
        rng.choice([8, 16, 32]), rng.choice([1, 2, 3]), rng.choice([8, 16]), rng.choice([10, 26])
    )  # fmt: skip
    model = Model(width=width, heads=1, layers=layers, block=block)
    model.draw(letters + 1, Random(0))
    text = (
        f"How many parameters has a model with {letters} letters and BOS, width {width}, "
        f"{layers} layer{'s' * (layers > 1)} and {block} positions?"
    )
    how = f"{letters + 1} · {width} twice, {block} · {width}, and 12 · {width}² for each layer"
    return text, f"{how}: {len(model.parameters()):,}."


@about("3-architecture/linear-layers")
def _linear(rng: Random) -> tuple[str, str]:
    x, first, second = (_whole(rng, 3) for _ in range(3))
    vector = [Value(v) for v in x]
    matrix = [[Value(v) for v in row] for row in (first, second)]
    got = _row(v.data for v in linear(vector, matrix))
    rows = f"{_row(first)} and {_row(second)}"
    text = f"The matrix has the rows {rows}. What does it make of {_row(x)}?"
    return text, f"{got}: one dot product a row, six multiplications."


@about("3-architecture/rmsnorm")
def _norm(rng: Random) -> tuple[str, str]:
    size = rng.choice([1, 2, 5, 10])
    x = [3 * size, rng.choice([-4, 4]) * size]
    got = _row(v.data for v in rmsnorm([Value(float(v)) for v in x]))
    return f"Bring {_row(x)} to standard length with RMSNorm.", f"{got}, whatever the length was."


@about("3-architecture/softmax")
def _softmax(rng: Random) -> tuple[str, str]:
    k, shift = rng.choice([2, 3, 4, 9]), rng.choice([5, 100, -7])
    logits = [Value(float(shift)), Value(shift + math.log(k))]
    got = _row(p.data for p in softmax(logits))
    text = f"The logits are {_n(shift)} and {_n(shift)} + ln {k}. What are the probabilities?"
    return text, f"{got}: only the difference counts, and $e^{{\\ln {k}}} = {k}$."


@about("3-architecture/attention-asking")
def _scores(rng: Random) -> tuple[str, str]:
    query, first, second = (_whole(rng, 4) for _ in range(3))
    vectors = [[Value(float(v)) for v in row] for row in (query, first, second)]
    scores = [dot(vectors[0], key).data / 2 for key in vectors[1:]]
    more = "the first" if scores[0] > scores[1] else "the second"
    more = "neither: both alike" if scores[0] == scores[1] else more
    text = (
        f"A query {_row(query)} meets the keys {_row(first)} and {_row(second)}. "
        "What are the two scores, and which key gets more weight?"
    )
    return text, f"{_row(scores)} after dividing by √4 = 2; {more}."


@about("3-architecture/attention-answering")
def _mix(rng: Random) -> tuple[str, str]:
    share = rng.choice([0.25, 0.75, 0.1, 0.9])
    first, second = _whole(rng, 2), _whole(rng, 2)
    weights = [Value(share), Value(1 - share)]
    values = [[Value(float(v)) for v in row] for row in (first, second)]
    got = _row(v.data for v in weighted_sum(weights, values))
    text = (
        f"The attention weights are {share} and {_n(1 - share)}, the values {_row(first)} and "
        f"{_row(second)}. What is gathered?"
    )
    return text, f"{got}."


@about("4-training/backpropagation")
def _push(rng: Random) -> tuple[str, str]:
    chances = rng.choice([[0.7, 0.2, 0.1], [0.5, 0.3, 0.2], [0.1, 0.6, 0.3]])
    target = rng.randrange(3)
    push = [p - (i == target) for i, p in enumerate(chances)]
    text = (
        f"The probabilities of three tokens are {_row(chances)}, and token {target} came. "
        "What are the gradients of the three logits?"
    )
    return text, f"{_row(push)}: probability minus 1 at the target. They add up to 0."


@about("4-training/adam")
def _adam(rng: Random) -> tuple[str, str]:
    dial, grad = Value(float(rng.randint(1, 5))), rng.choice([-300.0, -0.02, 0.5, 40.0])
    before = dial.data
    dial.grad = grad
    Adam([dial]).update(1, 0.01)
    text = (
        f"A parameter stands at {_n(before)}, and its first gradient is {_n(grad)}. "
        "Where does Adam's first step bring it, with rate 0.01?"
    )
    return text, f"To {_n(dial.data)}: the first step is as long as the rate, against the gradient."


@about("4-training/learning-rate-schedule")
def _rate(rng: Random) -> tuple[str, str]:
    steps = rng.choice([100, 500, 1000])
    step = steps // rng.choice([2, 4, 5]) + 1
    return (
        f"What is the learning rate in step {step} of {steps}?",
        f"0.01 · (1 − {step - 1}/{steps}) = {_n(learning_rate(step, steps))}.",
    )


@about("5-inference/temperature")
def _temperature(rng: Random) -> tuple[str, str]:
    k, heat = rng.choice([2, 3, 4]), rng.choice([0.5, 2.0])
    logits = [Value(0.0), Value(math.log(k) / heat)]
    got = _row(p.data for p in softmax(logits))
    text = (
        f"Two letters have the logits 0 and ln {k}, so the second is {k} times as likely. "
        f"What are their probabilities at temperature {_n(heat)}?"
    )
    times = _n(k ** (1 / heat))
    return text, f"{got}: now it is ${k}^{{1/{_n(heat)}}}$ = {times} times as likely."
