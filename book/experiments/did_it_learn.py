"""Did the model learn something about names, or only those names?

Models and counts see the same 4,663 names and are judged on the same 500 others, token by token,
the end included. The ablations leave out one part each; all train for 1,000 steps from the same
random parameters on the same names in the same order. ``few`` trains on fifty names, again and
again, and judges on the way. One and four epochs take 4,663 and 18,652 steps. "as the program"
compares the fast versions of the ablations with the program, changed in the same way.
"""

import math
from collections import Counter
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

from book.experiments import residual_connections, trials
from microgpt.autograd import Value
from microgpt.engines import plain
from microgpt.layers import linear, rmsnorm
from microgpt.parameters import Matrix, Model, Vector
from microgpt.tokenizer import prediction_pairs

SEEDS = (1, 2, 3, 4, 5)
STEPS = 1000
ONE_EPOCH = len(trials.split(1)[0])
SHORT = 8  # positions that a model with a block of 8 has
SIZES = {
    "no layer": {"layers": 0},
    "2 layers": {"layers": 2},
    "width 8": {"width": 8},
    "width 32": {"width": 32},
    "block 8": {"block": 8},
}


# Judging


def surprises(engine: plain.Plain, documents: list[str]) -> list[list[float]]:
    """Return the surprise at each token of each document, in nats."""
    tokenizer = trials.vocabulary()
    rows = []
    for document in documents:
        cache: dict[str, plain.Table] = {}
        row = []
        pairs = prediction_pairs(tokenizer.encode(document), engine.block)
        for position, (token, target) in enumerate(pairs):
            logits = engine.gpt(token, position, cache).logits
            row.append(-math.log(plain.softmax(logits)[0][target]))
        rows.append(row)
    return rows


def mean(rows: list[list[float]], positions: int = 16) -> float:
    """Return the mean surprise per token over the first positions of all documents."""
    flat = [surprise for row in rows for surprise in row[:positions]]
    return math.fsum(flat) / len(flat)


def judged(engine: plain.Plain, seed: int) -> dict[str, float]:
    """Return the mean surprise at names trained on and at names held out."""
    names, held_out = trials.split(seed)
    unseen = surprises(engine, held_out)
    return {
        "trained on": mean(surprises(engine, names[: trials.HELD_OUT])),
        "held out": mean(unseen),
        "held out, first 8": mean(unseen, SHORT),
    }


def train(engine: plain.Plain, names: list[str], steps: int) -> plain.Plain:
    """Train as the program does, but for ``steps`` steps on these names; return the engine."""
    tokenizer = trials.vocabulary()
    for step in range(1, steps + 1):
        engine.train_step(tokenizer.encode(names[(step - 1) % len(names)]), step, steps)
    return engine


def gpt(seed: int, steps: int, **sizes: int) -> dict[str, float]:
    """Train and judge the model, or one of other sizes."""
    engine = plain.Plain(trials.fresh(seed, **sizes))
    return judged(train(engine, trials.split(seed)[0], steps), seed)


# Counting


def shares(names: list[str], past: int) -> Callable[[list[int]], list[float]]:
    """Return a guesser that has counted what follows each run of up to ``past`` tokens.

    With one token of past it is the table of counts with one added to each. A longer past is mixed
    with the guess of the next shorter one, as if that had been seen ten times.
    """
    tokenizer = trials.vocabulary()
    counts: dict[tuple[int, ...], Counter[int]] = {}
    for name in names:
        tokens = tokenizer.encode(name)
        for at in range(1, len(tokens)):
            for length in range(1, min(past, at) + 1):
                seen = tuple(tokens[at - length : at])
                counts.setdefault(seen, Counter())[tokens[at]] += 1

    def guess(tokens: list[int]) -> list[float]:
        guesses = [1 / tokenizer.size] * tokenizer.size
        for length in range(1, min(past, len(tokens)) + 1):
            after = counts.get(tuple(tokens[-length:]), Counter())
            extra = tokenizer.size if length == 1 else 10
            total = after.total() + extra
            guesses = [(after[t] + extra * p) / total for t, p in enumerate(guesses)]
        return guesses

    return guess


def counted(seed: int) -> dict[str, float]:
    """Judge counts with one to five letters of past, of all names and of a thousand."""
    names, held_out = trials.split(seed)
    tokenizer = trials.vocabulary()
    result = {}
    for much, seen in (("all", names), ("1000", names[:STEPS])):
        for past in (1, 2, 3, 4, 5):
            guess = shares(seen, past)
            rows = []
            for name in held_out:
                tokens = tokenizer.encode(name)
                places = range(1, len(tokens))
                rows.append([-math.log(guess(tokens[:at])[tokens[at]]) for at in places])
            result[f"{much}, past {past}"] = mean(rows)
    return result


# Learning fifty names by heart


def few(seed: int, count: int = 50, steps: int = 2000) -> dict[str, list[float]]:
    """Train on few names again and again; judge those and the held-out names on the way."""
    names, held_out = trials.split(seed)
    tokenizer = trials.vocabulary()
    engine = plain.Plain(trials.fresh(seed))
    result: dict[str, list[float]] = {"step": [], "trained on": [], "held out": []}
    for step in range(steps + 1):
        if step:
            tokens = tokenizer.encode(names[(step - 1) % count])
            engine.train_step(tokens, step, steps)
        if step in (0, 50, 100, 200, 300, 400, 600, 800, 1000, 1500, 2000):
            result["step"].append(float(step))
            result["trained on"].append(mean(surprises(engine, names[:count])))
            result["held out"].append(mean(surprises(engine, held_out)))
    return result


# Leaving out one part


class NoPositions(plain.Plain):
    """The engine with a table of positions that is, and stays, all zero."""

    def __init__(self, model: Model) -> None:
        for row in model.matrices["position"]:
            for value in row:
                value.data = 0.0
        super().__init__(model)

    def train_step(self, tokens: list[int], step: int, steps: int) -> float:
        """Learn from one document and put the positions back to zero."""
        loss = super().train_step(tokens, step, steps)
        for row in self.tables["position"]:
            row[:] = [0.0] * len(row)
        return loss


class EqualShares(plain.Plain):
    """The engine with queries and keys of zero, which keep each other's gradients at zero."""

    def __init__(self, model: Model) -> None:
        for name in ("0.query", "0.key"):
            for row in model.matrices[name]:
                for value in row:
                    value.data = 0.0
        super().__init__(model)


class NoRelu(plain.Plain):
    """The engine without relu: what was widened is narrowed as it is."""

    def attend(
        self, x: plain.Numbers, layer: int, cache: dict[str, plain.Table]
    ) -> plain.LayerMemory:
        """Return the layer's memory; ``wide`` is kept only for its signs, so all are open."""
        memory = super().attend(x, layer, cache)
        memory.hidden, memory.wide = memory.wide, [1.0] * len(memory.wide)
        return memory


def as_it_is(x: plain.Numbers) -> tuple[plain.Numbers, float, float]:
    """Take the place of :func:`microgpt.engines.plain.rmsnorm` and change nothing."""
    return x, 1.0, 1.0


def as_it_comes(
    x: plain.Numbers, scale: float, base: float, grads: plain.Numbers, x_grad: plain.Numbers
) -> plain.Numbers:
    """Take the place of :func:`microgpt.engines.plain.rmsnorm_back` to match."""
    return [received + grad for received, grad in zip(x_grad, grads)]


class NoNorm(plain.Plain):
    """The engine without any of the three norms."""

    def backward(self, tokens: list[int]) -> float:
        """Compute loss and gradients without norms."""
        with patch.multiple(plain, rmsnorm=as_it_is, rmsnorm_back=as_it_comes):
            return super().backward(tokens)

    def gpt(self, token: int, position: int, cache: dict[str, plain.Table]) -> plain.Memory:
        """Return all that was computed without norms."""
        with patch.multiple(plain, rmsnorm=as_it_is, rmsnorm_back=as_it_comes):
            return super().gpt(token, position, cache)


ABLATIONS: dict[str, type[plain.Plain]] = {
    "no additions": residual_connections.Without,
    "no norm": NoNorm,
    "no relu": NoRelu,
    "equal shares": EqualShares,
    "no positions": NoPositions,
}


def without(name: str, seed: int, steps: int = STEPS) -> dict[str, float]:
    """Train and judge a model that lacks one part."""
    engine = ABLATIONS[name](trials.fresh(seed))
    return judged(train(engine, trials.split(seed)[0], steps), seed)


# The same with the program itself


def mlp_without_relu(x: Vector, layer: int, made: Model) -> Vector:
    """Widen and narrow, with no bend between."""
    wide = linear(x, made.matrices[f"{layer}.expand"])
    return linear(wide, made.matrices[f"{layer}.contract"])


def embed_without_position(token: int, position: int, made: Model) -> Vector:
    """Return the normalised row of the token alone."""
    return rmsnorm(made.matrices["token"][token])


def equal_weights(query: Vector, keys: Matrix) -> Vector:
    """Take the same of every token so far."""
    return [Value(1 / len(keys)) for _ in keys]


CHANGES: dict[str, dict[str, Callable[..., object]]] = {
    "no additions": {"gpt": residual_connections.gpt_without},
    "no norm": {"rmsnorm": lambda x: x},
    "no relu": {"mlp": mlp_without_relu},
    "equal shares": {"attention_weights": equal_weights},
    "no positions": {"embed": embed_without_position},
}


def as_the_program() -> dict[str, list[float]]:
    """Return, for each ablation, how far its first losses are from the changed program's."""
    result = {}
    for name, change in CHANGES.items():
        losses = trials.both(ABLATIONS[name](trials.fresh(1)), trials.fresh(1), change, 10)
        result[name] = [max(abs(ours - wanted) for wanted, ours in losses)]
    return result


PARTS: dict[str, Callable[[], object]] = {"as the program": as_the_program}
PARTS |= {f"counted, seed {seed}": partial(counted, seed) for seed in SEEDS}
PARTS |= {f"gpt, seed {seed}": partial(gpt, seed, STEPS) for seed in SEEDS}
PARTS |= {f"few, seed {seed}": partial(few, seed) for seed in SEEDS[:3]}
PARTS |= {
    f"{name}, seed {seed}": partial(without, name, seed) for name in ABLATIONS for seed in SEEDS
}
PARTS |= {f"one epoch, seed {seed}": partial(gpt, seed, ONE_EPOCH) for seed in SEEDS}
PARTS |= {
    f"{name}, seed {seed}": partial(gpt, seed, STEPS, **sizes)
    for name, sizes in SIZES.items()
    for seed in SEEDS[:3]
}
PARTS |= {
    f"no layer, one epoch, seed {seed}": partial(gpt, seed, ONE_EPOCH, layers=0)
    for seed in SEEDS[:3]
}
PARTS |= {
    f"equal shares, one epoch, seed {seed}": partial(without, "equal shares", seed, ONE_EPOCH)
    for seed in SEEDS[:3]
}
PARTS |= {f"four epochs, seed {seed}": partial(gpt, seed, 4 * ONE_EPOCH) for seed in SEEDS[:3]}
