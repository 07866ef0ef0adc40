"""Does the bend of relu earn its place, and are there dead units in the trained model?

For each seed three models start from the same random parameters and learn from the same names in
the same order for 1,000 steps: the program's, one without relu, and one without the whole MLP. All
are judged on the same 500 names that none was trained on. For three of the seeds, the program's and
the one without an MLP are also trained for 5,000 steps. The part "as the program" compares the
plain engine without relu with the program without. The part "units" runs the shipped model over the
1,000 names it was trained on and notes how often each of its 64 hidden units is on; "units,
untrained" does so for the parameters it started from.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from book.experiments import trials
from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.layers import linear
from microgpt.parameters import Model, Vector
from microgpt.tokenizer import prediction_pairs

SEEDS = (1, 2, 3, 4, 5)
STEPS = 1000
Memory = plain.LayerMemory


def mlp_straight(x: Vector, layer: int, made: Model) -> Vector:
    """Return what :func:`microgpt.model.mlp` would, were relu left out."""
    hidden = linear(x, made.matrices[f"{layer}.expand"])
    return linear(hidden, made.matrices[f"{layer}.contract"])


class Straight(plain.Plain):
    """The plain engine without relu."""

    def attend(self, x: plain.Numbers, layer: int, cache: dict[str, plain.Table]) -> Memory:
        """Return one layer's attention and the wide part of its MLP, every unit let through."""
        step = super().attend(x, layer, cache)
        step.hidden, step.wide = step.wide, [1.0] * len(step.wide)  # the way back reads the sign
        return step


class Missing(plain.Plain):
    """The plain engine with an MLP that adds nothing and learns nothing."""

    def attend(self, x: plain.Numbers, layer: int, cache: dict[str, plain.Table]) -> Memory:
        """Return one layer's attention, every unit of its MLP shut."""
        step = super().attend(x, layer, cache)
        step.hidden, step.wide = [0.0] * len(step.wide), [-1.0] * len(step.wide)
        return step


ENGINES = {"relu": plain.Plain, "no relu": Straight, "no MLP": Missing}


def part(name: str, seed: int, steps: int = STEPS) -> dict[str, float]:
    """Train and judge one model; losses in nats per token."""
    names, held_out = trials.split(seed)
    tokenizer = trials.vocabulary()
    engine = ENGINES[name](trials.fresh(seed))
    losses = []
    for step in range(1, steps + 1):
        tokens = tokenizer.encode(names[(step - 1) % len(names)])
        losses.append(engine.train_step(tokens, step, steps))
    judged = trials.held_out_loss_by_engine(engine, held_out)
    return {"training": sum(losses[-100:]) / 100, "held out": judged}


def as_the_program() -> dict[str, float]:
    """Return the losses of three steps of the program, and how far off the engine's are."""
    engine, made = Straight(trials.fresh(1)), trials.fresh(1)
    result = {}
    for step, (loss, ours) in enumerate(trials.both(engine, made, {"mlp": mlp_straight}, 3), 1):
        result[f"step {step}"] = loss
        result[f"off {step}"] = abs(loss - ours)
    return result


def untrained() -> Model:
    """Return the parameters that the shipped model started from."""
    names, rng = load_documents(NAMES), Random(42)
    rng.shuffle(names)
    made = Model()
    made.draw(trials.vocabulary().size, rng)
    return made


def units(made: Model) -> dict[str, object]:
    """Return how many tokens the first 1,000 names have and how often each unit is on.

    The shipped model was trained on the names in this order, one a step, for 1,000 steps.
    """
    names = load_documents(NAMES)
    Random(42).shuffle(names)
    engine, tokenizer = plain.Plain(made), trials.vocabulary()
    on, tokens = [0] * (4 * made.width), 0
    for name in names[:STEPS]:
        cache: dict[str, plain.Table] = {}
        for position, (token, _) in enumerate(prediction_pairs(tokenizer.encode(name), made.block)):
            wide = engine.gpt(token, position, cache).layers[0].wide
            on = [count + (value > 0) for count, value in zip(on, wide)]
            tokens += 1
    return {"tokens": tokens, "on": on}


PARTS: dict[str, Callable[[], object]] = {
    f"{name}, seed {seed}": partial(part, name, seed) for name in ENGINES for seed in SEEDS
}
PARTS |= {
    f"{name}, 5000 steps, seed {seed}": partial(part, name, seed, 5000)
    for name in ("relu", "no MLP")
    for seed in SEEDS[:3]
}
PARTS["as the program"] = as_the_program
PARTS["units"] = lambda: units(load_model()[0])
PARTS["units, untrained"] = lambda: units(untrained())
