"""What each exercise must do, case by case, and the mistakes that are known.

A case is a function that uses the reader's module as a stranger would and calls :func:`expect`. Its
docstring is the promise, in words; it is what a reader sees when the case fails. No case looks at
how something is written, only at what it gives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from microgpt.assets import NAMES


class Wrong(Exception):
    """A promise was not kept; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Case:
    """One thing that an exercise must do.

    Attributes:
        promise: in words.
        run: raises :class:`Wrong` if the given module does not keep it.
    """

    promise: str
    run: Callable[[Any], None]


_CASES: dict[int, list[Case]] = {number: [] for number in range(7)}


def cases_of(number: int) -> list[Case]:
    """Return the cases of an exercise, in the order in which it is best written."""
    return list(_CASES[number])


def case(number: int) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Add a function to an exercise's cases; its docstring is the promise."""

    def add(function: Callable[[Any], None]) -> Callable[[Any], None]:
        _CASES[number].append(Case((function.__doc__ or "").strip().rstrip("."), function))
        return function

    return add


def expect(what: str, wanted: Any, got: Any, hints: Iterable[tuple[Any, str]] = ()) -> None:
    """Compare, floats to within 1e-6, and raise :class:`Wrong` with a hint if a mistake is known.

    Args:
        what: the expression, as the reader would type it.
        wanted: its value.
        got: what the reader's code gave.
        hints: pairs of a wrong value and what it is a sign of.
    """
    if _equal(got, wanted):
        return
    hint = next((f"; {text}" for value, text in hints if _equal(got, value)), "")
    raise Wrong(f"{what} gives {_shown(got)}, wanted {_shown(wanted)}{hint}")


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        same = type(a) is type(b) and len(a) == len(b)
        return same and all(_equal(x, y) for x, y in zip(a, b))
    if isinstance(a, int | float) and isinstance(b, int | float):
        return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)
    return bool(a == b)


def _shown(thing: Any) -> str:
    if isinstance(thing, float):
        return f"{thing:.6g}"
    if isinstance(thing, list | tuple):
        inside = ", ".join(map(_shown, thing[:8])) + (", ..." if len(thing) > 8 else "")
        return f"[{inside}]" if isinstance(thing, list) else f"({inside})"
    text = repr(thing)
    return text if len(text) <= 80 else text[:77] + "..."


def _data(values: Iterable[Any]) -> list[float]:
    return [value.data for value in values]


# --- 0: one dial ---


@case(0)
def _slope_of_a_parabola(yours: Any) -> None:
    """slope() measures how steep a curve is."""
    got = yours.slope(lambda w: w**2, 3.0)
    hints = [
        (12.0, "divide by how far apart the two settings are, which is twice the nudge"),
        (6.0001, "nudge to both sides: one side alone is a little off"),
        (-6.0, "take the value on the right minus the value on the left"),
    ]
    expect("slope(lambda w: w ** 2, 3.0)", 6.0, got, hints)


@case(0)
def _slope_is_negative_downhill(yours: Any) -> None:
    """slope() is negative where the curve falls."""
    expect("slope(lambda w: 5 - 2 * w, 1.0)", -2.0, yours.slope(lambda w: 5 - 2 * w, 1.0))


@case(0)
def _one_step(yours: Any) -> None:
    """learn() turns the dial against the slope."""
    hints = [(5.4, "that is uphill: subtract rate times slope, do not add it")]
    got = yours.learn(lambda w: (w - 3) ** 2, 5.0, 0.1, 1)
    expect("learn(lambda w: (w - 3) ** 2, 5.0, 0.1, 1)", 4.6, got, hints)


@case(0)
def _many_steps(yours: Any) -> None:
    """learn() takes as many steps as it is told, and measures the slope anew in each."""
    got = yours.learn(lambda w: (w - 3) ** 2, 5.0, 0.1, 3)
    hints = [
        (4.6, "only one step was taken"),
        (3.8, "the slope was measured once; it changes as the dial moves"),
    ]
    expect("learn(lambda w: (w - 3) ** 2, 5.0, 0.1, 3)", 4.024, got, hints)


# --- 1: data and tokens ---


@case(1)
def _documents_are_lines(yours: Any) -> None:
    """load_documents() gives one document a line, without spaces at its ends or empty lines."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "names.txt")
        path.write_bytes("\ufeffanna\r\n\r\n  ben \nanna".encode())
        hints = [
            (["\ufeffanna", "ben", "anna"], "read it with encoding='utf-8-sig'"),
            (["anna", "", "ben", "anna"], "empty lines are no documents"),
            (["anna", "  ben ", "anna"], "strip the spaces"),
            (["anna", "ben"], "a name that comes twice stays in the list twice"),
        ]
        got = yours.load_documents(path)
    expect("load_documents() of 'anna', an empty line, '  ben ', 'anna'",
           ["anna", "ben", "anna"], got, hints)  # fmt: skip


@case(1)
def _vocabulary(yours: Any) -> None:
    """A Tokenizer knows every letter once, in alphabetical order, and BOS after them."""
    tokenizer = yours.Tokenizer(["ben", "anna"])
    hints = [(["b", "e", "n", "a"], "sort the letters"),
             (["b", "e", "n", "a", "n", "n", "a"], "each letter once: use a set")]  # fmt: skip
    expect("Tokenizer(['ben', 'anna']).letters", ["a", "b", "e", "n"], tokenizer.letters, hints)
    expect(".bos", 4, tokenizer.bos)
    expect(".size", 5, tokenizer.size, [(4, "BOS is a token too")])


@case(1)
def _encode(yours: Any) -> None:
    """encode() puts BOS at both ends."""
    got = yours.Tokenizer(["anna", "ben"]).encode("bean")
    hints = [
        ([1, 2, 0, 3], "BOS is missing at both ends"),
        ([4, 1, 2, 0, 3], "BOS also marks where the name ends"),
    ]
    expect("Tokenizer(['anna', 'ben']).encode('bean')", [4, 1, 2, 0, 3, 4], got, hints)


@case(1)
def _unknown_letter(yours: Any) -> None:
    """encode() raises ValueError for a letter that it does not know."""
    try:
        got = yours.Tokenizer(["anna"]).encode("ab")
    except ValueError:
        return
    expect("Tokenizer(['anna']).encode('ab')", "a ValueError", got)


@case(1)
def _decode(yours: Any) -> None:
    """decode() turns tokens back into text."""
    expect("Tokenizer(['anna', 'ben']).decode([1, 2, 0, 3])", "bean",
           yours.Tokenizer(["anna", "ben"]).decode([1, 2, 0, 3]))  # fmt: skip


@case(1)
def _pairs(yours: Any) -> None:
    """prediction_pairs() pairs each token with the next, up to the block."""
    got = yours.prediction_pairs([4, 1, 2, 4], 16)
    hints = [([(1, 2), (2, 4)], "the first pair asks what a name begins with")]
    expect("prediction_pairs([4, 1, 2, 4], 16)", [(4, 1), (1, 2), (2, 4)], got, hints)
    got = yours.prediction_pairs([4, 1, 2, 4], 2)
    hints = [([(4, 1), (1, 2), (2, 4)], "pairs beyond the block are cut"),
             ([(4, 1)], "the block counts pairs, not tokens")]  # fmt: skip
    expect("prediction_pairs([4, 1, 2, 4], 2)", [(4, 1), (1, 2)], got, hints)


# --- 2: autograd ---


@case(2)
def _sum_and_product(yours: Any) -> None:
    """+ and * compute, and note inputs and local slopes."""
    a, b = yours.Value(3.0), yours.Value(2.0)
    expect("(Value(3) + Value(2)).data", 5, (a + b).data)
    expect("(Value(3) + Value(2)).slopes", (1, 1), (a + b).slopes)
    product = a * b
    expect("(Value(3) * Value(2)).data", 6, product.data)
    hints = [((3, 2), "each factor's slope is the other factor")]
    expect("(Value(3) * Value(2)).slopes", (2, 3), product.slopes, hints)
    if not (len(product.inputs) == 2 and product.inputs[0] is a and product.inputs[1] is b):
        raise Wrong("(a * b).inputs should be (a, b), the very same Values")


@case(2)
def _plain_numbers(yours: Any) -> None:
    """A plain number may stand on either side."""
    expect("(Value(3) + 1).data", 4, (yours.Value(3) + 1).data)
    try:
        got = (2 * yours.Value(3)).data, (1 + yours.Value(3)).data
    except TypeError as error:
        raise Wrong("2 * Value(3) fails; the 2 is asked first, so __rmul__ is needed") from error
    expect("(2 * Value(3)).data, (1 + Value(3)).data", (6, 4), got)


@case(2)
def _powers(yours: Any) -> None:
    """powers, minus and division have their numbers and slopes."""
    cube = yours.Value(2.0) ** 3
    expect("(Value(2) ** 3).data", 8, cube.data)
    expect("(Value(2) ** 3).slopes", (12,), cube.slopes, [((6,), "n * x ** (n - 1), not n * x")])
    expect("(-Value(3)).data", -3, (-yours.Value(3.0)).data)
    hints = [(3, "that is the other way round")]
    expect("(Value(7) - 10).data", -3, (yours.Value(7.0) - 10).data, hints)
    expect("(Value(6) / 4).data", 1.5, (yours.Value(6.0) / 4).data)
    a, b = yours.Value(6.0), yours.Value(4.0)
    (a / b).backward()
    expect("slopes of a / b at 6 and 4", (0.25, -0.375), (a.grad, b.grad))


@case(2)
def _curves(yours: Any) -> None:
    """exp, log and relu have their numbers and slopes."""
    for name, x, y, slope in (
        ("exp", 1.0, math.e, math.e),
        ("log", 4.0, math.log(4), 0.25),
        ("relu", 2.0, 2.0, 1.0),
        ("relu", -2.0, 0.0, 0.0),
        ("relu", 0.0, 0.0, 0.0),
    ):
        result = getattr(yours.Value(x), name)()
        expect(f"Value({x}).{name}().data", y, result.data)
        expect(f"Value({x}).{name}().slopes", (slope,), result.slopes)


@case(2)
def _chain(yours: Any) -> None:
    """backward() multiplies the slopes along a path."""
    x = yours.Value(3.0)
    ((x * 2 + 1) ** 2).backward()
    hints = [(0.0, "nothing arrived: does the walk start with a gradient of 1 at its last Value?"),
             (16.0, "slopes along a path are multiplied, not added")]  # fmt: skip
    expect("x.grad after ((x * 2 + 1) ** 2).backward() at 3", 28.0, x.grad, hints)


@case(2)
def _twice(yours: Any) -> None:
    """A Value that is used twice gets both shares."""
    x = yours.Value(3.0)
    (x + x).backward()
    hints = [(1.0, "the second share has replaced the first: use += where you wrote =")]
    expect("x.grad after (x + x).backward()", 2.0, x.grad, hints)


@case(2)
def _order(yours: Any) -> None:
    """Each Value hands its slope on only when all of it has arrived."""
    x = yours.Value(3.0)
    y = x * 2
    (y * (y + 1)).backward()
    hints = [
        (14.0, "one path was lost: the order must put inputs before results, and be walked back"),
        (40.0, "the slope was handed on before all of it had arrived, and then again"),
    ]
    expect("x.grad after (y * (y + 1)).backward() with y = x * 2 at 3", 26.0, x.grad, hints)
    a = yours.Value(1.0)
    b = a
    for _ in range(20):
        b = b + b
    b.backward()
    expect("the slope of a number doubled 20 times", 2.0**20, a.grad)


@case(2)
def _deep(yours: Any) -> None:
    """A chain of 5,000 steps is no problem."""
    chain = [yours.Value(1.0)]
    for _ in range(5000):
        chain.append(chain[-1] + 1)
    try:
        chain[-1].backward()
    except RecursionError as error:
        raise Wrong("a walk that calls itself ends at about 1,000; keep a pile instead") from error
    expect("x.grad after 5,000 additions", 1.0, chain[0].grad)
    while chain:  # from its end: let go in one, each link frees the next, too deep for a browser
        chain.pop()


@case(2)
def _collector(yours: Any) -> None:
    """collector_paused() stops the collector and puts back what it found, after errors too."""
    import gc

    was_on = gc.isenabled()
    try:
        for before in (True, False):
            (gc.enable if before else gc.disable)()
            try:
                with yours.collector_paused():
                    inside = gc.isenabled()
                    raise KeyError
            except KeyError:
                pass
            expect("gc.isenabled() inside", False, inside)
            hints = [(not before, "put it back as it was, also after an error: try and finally")]
            expect(f"gc.isenabled() after a run that began with {before}", before,
                   gc.isenabled(), hints)  # fmt: skip
    finally:
        (gc.enable if was_on else gc.disable)()


# --- 3: the architecture ---


def _rows(yours: Any, rows: Iterable[Iterable[float]]) -> list[list[Any]]:
    return [[yours.Value(float(x)) for x in row] for row in rows]


@case(3)
def _random_matrix(yours: Any) -> None:
    """random_matrix() draws row by row from a bell curve of width 0.08."""
    got = [_data(row) for row in yours.random_matrix(2, 3, Random(7))]
    rng = Random(7)
    wanted = [[rng.gauss(0, 0.08) for _ in range(3)] for _ in range(2)]
    expect("random_matrix(2, 3, Random(7))", wanted, got)


@case(3)
def _draw(yours: Any) -> None:
    """Model().draw() makes nine matrices in the order of the book, 4,192 numbers in all."""
    model = yours.Model()
    model.draw(27, Random(42))
    names = ["token", "position", "output", "0.query", "0.key", "0.value", "0.mix", "0.expand",
             "0.contract"]  # fmt: skip
    expect("list(model.matrices)", names, list(model.matrices))
    shapes = [(len(m), len(m[0])) for m in model.matrices.values()]
    wanted = [(27, 16), (16, 16), (27, 16), *[(16, 16)] * 4, (64, 16), (16, 64)]
    expect("their shapes", wanted, shapes)
    expect("len(model.parameters())", 4192, len(model.parameters()))
    other = yours.Model()
    if other.matrices:
        raise Wrong("a second Model shares the matrices of the first; each needs a dict of its own")


@case(3)
def _sums(yours: Any) -> None:
    """dot(), add() and linear() compute."""
    x, y = _rows(yours, [[1, 2, 3], [4, 5, 6]])
    expect("dot([1, 2, 3], [4, 5, 6])", 32, yours.dot(x, y).data)
    expect("add([1, 2, 3], [4, 5, 6])", [5, 7, 9], _data(yours.add(x, y)))
    got = _data(yours.linear(x, _rows(yours, [[1, 0, 0], [0, 1, 1]])))
    expect("linear([1, 2, 3], [[1, 0, 0], [0, 1, 1]])", [1, 5], got,
           [([1, 3], "one weighted sum for each row of the matrix")])  # fmt: skip


@case(3)
def _rmsnorm(yours: Any) -> None:
    """rmsnorm() makes the mean of the squares 1."""
    got = _data(yours.rmsnorm(_rows(yours, [[3, 4]])[0]))
    hints = [
        ([0.6, 0.8], "divide the sum of the squares by how many there are"),
        ([-1.0, 1.0], "the mean is not subtracted here"),
    ]
    expect("rmsnorm([3, 4])", [0.848528, 1.131370], [round(v, 6) for v in got], hints)
    expect("rmsnorm([0, 0])", [0, 0], _data(yours.rmsnorm(_rows(yours, [[0, 0]])[0])))


@case(3)
def _softmax(yours: Any) -> None:
    """softmax() makes probabilities, of large scores too."""
    got = _data(yours.softmax(_rows(yours, [[2, 1, 0.1]])[0]))
    expect("softmax([2, 1, 0.1])", [0.659, 0.2424, 0.0986], [round(p, 4) for p in got])
    try:
        got = _data(yours.softmax(_rows(yours, [[1000, 1000]])[0]))
    except OverflowError as error:
        raise Wrong("softmax([1000, 1000]) overflows; subtract the largest score first") from error
    expect("softmax([1000, 1000])", [0.5, 0.5], got)


@case(3)
def _attention_weights(yours: Any) -> None:
    """attention_weights() compares a query with every key and divides by the root of the width."""
    query, *keys = _rows(yours, [[1, 0, 0, 0], [2, 0, 0, 0], [0, 2, 0, 0]])
    got = [round(w, 4) for w in _data(yours.attention_weights(query, keys))]
    hints = [([0.8808, 0.1192], "divide each score by the root of the width, here 2")]
    expect("the weights of query [1, 0, 0, 0] on keys [2, 0, 0, 0] and [0, 2, 0, 0]",
           [0.7311, 0.2689], got, hints)  # fmt: skip


@case(3)
def _weighted_sum(yours: Any) -> None:
    """weighted_sum() mixes vectors."""
    weights, *values = _rows(yours, [[0.75, 0.25], [4, 0], [0, 8]])
    expect("weighted_sum([0.75, 0.25], [[4, 0], [0, 8]])", [3, 2],
           _data(yours.weighted_sum(weights, values)))  # fmt: skip


def _drawn(yours: Any, **sizes: int) -> Any:
    """A model of the reader's class with the book's random numbers in it, whatever drew them."""
    from microgpt.parameters import Model

    ours = Model(**sizes)  # type: ignore[arg-type]
    ours.draw(5, Random(42))
    matrices = {n: _rows(yours, [_data(r) for r in m]) for n, m in ours.matrices.items()}
    return ours, yours.Model(**sizes, matrices=matrices)


@case(3)
def _gpt(yours: Any) -> None:
    """gpt() gives the book's logits, one head, one layer, first token."""
    from microgpt.model import gpt

    ours, theirs = _drawn(yours, width=4, heads=1, block=4)
    expect(
        "gpt() of the first token", _data(gpt(4, 0, ours, {})), _data(yours.gpt(4, 0, theirs, {}))
    )


@case(3)
def _gpt_remembers(yours: Any) -> None:
    """gpt() gives the book's logits for a row of tokens, with two heads and two layers."""
    from microgpt.model import gpt

    ours, theirs = _drawn(yours, width=4, heads=2, layers=2, block=4)
    cache: dict[str, Any] = {}
    cache_of_theirs: dict[str, Any] = {}
    for position, token in enumerate([4, 0, 1, 2]):
        wanted = _data(gpt(token, position, ours, cache))
        got = _data(yours.gpt(token, position, theirs, cache_of_theirs))
        expect(f"gpt({token}, {position}, model, cache)", wanted, got)


# --- 4: training ---


@case(4)
def _loss(yours: Any) -> None:
    """document_loss() is the mean surprise at what really came."""
    zeros = {name: _rows(yours, [[0]] * 3) for name in ("token", "position", "output")}
    clueless = yours.Model(width=1, heads=1, layers=0, block=3, matrices=zeros)
    got = yours.document_loss([2, 0, 1, 2], clueless).data
    hints = [(3 * math.log(3), "divide by how many guesses there were"),
             (-math.log(3), "surprise is minus the logarithm")]  # fmt: skip
    expect("the loss of a model that knows nothing, of three tokens", math.log(3), got, hints)


@case(4)
def _rate(yours: Any) -> None:
    """learning_rate() falls from 0.01 in a straight line."""
    got = [yours.learning_rate(step, 1000) for step in (1, 501, 1000)]
    hints = [([0.00999, 0.00499, 0.0], "steps are counted from 1, and the first takes the whole")]
    expect("learning_rate() at steps 1, 501, 1000 of 1000", [0.01, 0.005, 0.00001], got, hints)


@case(4)
def _adam_first(yours: Any) -> None:
    """Adam's first step is as long as the rate, whatever the gradient."""
    dials = [yours.Value(3.0), yours.Value(3.0), yours.Value(3.0)]
    for dial, grad in zip(dials, (-12.0, 0.5, 0.0)):
        dial.grad = grad
    yours.Adam(dials).update(1, 0.01)
    hints = [
        ([2.99, 3.01, 3.0], "that is uphill: subtract"),
        ([3.015, 2.985, 3.0], "the two running means start at 0 and must be corrected for it"),
        ([3.0015, 2.9985, 3.0], "the running mean starts at 0 and must be corrected for it"),
        ([3.1, 2.9, 3.0], "the running mean of squares starts at 0 and must be corrected for it"),
    ]
    expect("three dials at 3 after a step with gradients -12, 0.5, 0", [3.01, 2.99, 3.0],
           [round(d.data, 4) for d in dials], hints)  # fmt: skip
    hints = [([-12.0, 0.5, 0.0], "gradients add up: set them back to 0 after a step")]
    expect("their gradients afterwards", [0, 0, 0], [d.grad for d in dials], hints)


@case(4)
def _adam_remembers(yours: Any) -> None:
    """Adam remembers the gradients it has seen."""
    from microgpt.autograd import Value
    from microgpt.optimizer import Adam

    results = []
    for make, optimizer in ((Value, Adam), (yours.Value, yours.Adam)):
        dial = make(1.0)
        adam = optimizer([dial])
        for step, grad in enumerate((1.0, -2.0, 4.0), start=1):
            dial.grad = grad
            adam.update(step, 0.01)
        results.append(dial.data)
    expect("a dial at 1 after gradients 1, -2, 4", results[0], results[1])


@case(4)
def _train(yours: Any) -> None:
    """train() gives the losses of the book."""
    got = _losses(yours, ["anna", "ben"], 3, width=4, heads=2)
    expect("the first three losses", [1.6109, 1.5455, 1.5076], [round(x, 4) for x in got],
           [([1.6109, 1.5368, 1.4864], "take the next document in each step")])  # fmt: skip


def _losses(yours: Any, documents: list[str], steps: int, **sizes: int) -> list[float]:
    tokenizer, model = yours.Tokenizer(documents), yours.Model(**sizes)
    model.draw(tokenizer.size, Random(42))
    return list(yours.train(documents, tokenizer, model, steps))


# --- 5: writing ---


def _written(yours: Any, seed: int, temperature: float, prefix: str) -> str:
    tokenizer = yours.Tokenizer(["anna", "ben"])
    model = yours.Model(width=4, heads=2, block=6)
    model.draw(tokenizer.size, Random(42))
    return str(yours.sample(model, tokenizer, Random(seed), temperature, prefix))


@case(5)
def _writes(yours: Any) -> None:
    """sample() writes what the book writes."""
    expect("sample() with seed 7 and prefix 'be'", "bebana", _written(yours, 7, 0.5, "be"))


@case(5)
def _same_seed(yours: Any) -> None:
    """sample() gives for each seed the book's name."""
    from types import SimpleNamespace

    import microgpt.generation as ours_generation
    import microgpt.parameters as ours_parameters
    import microgpt.tokenizer as ours_tokenizer

    ours = SimpleNamespace(Tokenizer=ours_tokenizer.Tokenizer, Model=ours_parameters.Model,
                           sample=ours_generation.sample)  # fmt: skip
    for seed in range(20):
        for temperature in (0.5, 2.0):
            expect(f"sample() with seed {seed} and temperature {temperature}",
                   _written(ours, seed, temperature, ""),
                   _written(yours, seed, temperature, ""))  # fmt: skip


@case(5)
def _block_is_the_end(yours: Any) -> None:
    """sample() stops when the block is full."""
    for seed in range(20):
        text = _written(yours, seed, 5.0, "abnean")
        expect("the length of a name that begins with six letters, block 6", 6, len(text))


# --- 6: the whole ---


@case(6)
def _whole_losses(yours: Any) -> None:
    """The first ten losses of your program are those of the book."""
    wanted, _ = _book(10)
    got, _ = _run(yours, 10)
    expect("the first ten losses, names shuffled with seed 42", wanted, got)


@case(6)
def _whole_names(yours: Any) -> None:
    """Three names written after ten steps are those of the book."""
    _, wanted = _book(10)
    _, got = _run(yours, 10)
    expect("three names at temperature 0.5, from the same random stream", wanted, got)


def _run(yours: Any, steps: int) -> tuple[list[float], list[str]]:
    documents = yours.load_documents(NAMES)
    rng = Random(42)
    rng.shuffle(documents)
    tokenizer, model = yours.Tokenizer(documents), yours.Model()
    model.draw(tokenizer.size, rng)
    losses = list(yours.train(documents, tokenizer, model, steps))
    return losses, [yours.sample(model, tokenizer, rng, 0.5, "") for _ in range(3)]


def _book(steps: int) -> tuple[list[float], list[str]]:
    from types import SimpleNamespace

    from microgpt import data, generation, parameters, tokenizer, training

    ours = SimpleNamespace(load_documents=data.load_documents, Tokenizer=tokenizer.Tokenizer,
                           Model=parameters.Model, train=training.train,
                           sample=generation.sample)  # fmt: skip
    return _run(ours, steps)
