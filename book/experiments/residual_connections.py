"""What does a model learn when its layers replace the stream instead of adding to it?

For each depth and seed, two models start from the same random parameters and learn from the same
names in the same order for 1,000 steps. One is the program's; in the other the two additions of
:func:`microgpt.model.gpt` are left out. Both are judged on 500 names that neither was trained on.
The parts "letters" judge someone who knows only how often each letter, or the end, occurs. The part
"as the program" compares the plain engine without additions with the program without.
"""

import math
from collections import Counter
from collections.abc import Callable
from functools import partial

from book.experiments import trials
from microgpt import model as program
from microgpt.engines import plain
from microgpt.layers import linear, rmsnorm
from microgpt.parameters import Matrix, Model, Vector

LAYERS = (1, 2, 4)
SEEDS = (1, 2, 3)
STEPS = 1000


def gpt_without(token: int, position: int, made: Model, cache: dict[str, Matrix]) -> Vector:
    """Return what :func:`microgpt.model.gpt` would, were its two additions left out."""
    x = program.embed(token, position, made)
    for layer in range(made.layers):
        x = program.attention(rmsnorm(x), layer, made, cache)
        x = program.mlp(rmsnorm(x), layer, made)
    return linear(x, made.matrices["output"])


class Without(plain.Plain):
    """The plain engine without the two additions."""

    def gpt(self, token: int, position: int, cache: dict[str, plain.Table]) -> plain.Memory:
        """Return all that was computed; each part replaces what it was given."""
        rows = zip(self.tables["token"][token], self.tables["position"][position])
        embedded = [a + b for a, b in rows]
        x, scale, base = plain.rmsnorm(embedded)
        memory = plain.Memory(token, embedded, scale, base)
        for layer in range(self.layers):
            step = self.attend(x, layer, cache)
            step.middle = plain.linear(step.gathered, self.tables[f"{layer}.mix"])
            normed = plain.rmsnorm(step.middle)
            step.middle_normed, step.middle_scale, step.middle_base = normed
            step.wide = plain.linear(step.middle_normed, self.tables[f"{layer}.expand"])
            step.hidden = [value if value > 0 else 0.0 for value in step.wide]
            memory.layers.append(step)
            x = plain.linear(step.hidden, self.tables[f"{layer}.contract"])
        memory.x = x
        memory.logits = plain.linear(x, self.tables["output"])
        return memory

    def layer_back(
        self,
        memory: plain.LayerMemory,
        layer: int,
        grads: plain.Numbers,
        past: plain.Past,
        position: int,
    ) -> plain.Numbers:
        """Return the gradient of what came in; it comes by one path, through the parts."""
        tables, table_grads = self.tables, self.grads
        nothing = [0.0] * len(grads)
        name = f"{layer}.contract"
        hidden = plain.linear_back(memory.hidden, tables[name], table_grads[name], grads)
        wide = [float(value > 0) * grad for value, grad in zip(memory.wide, hidden)]
        name = f"{layer}.expand"
        normed = plain.linear_back(memory.middle_normed, tables[name], table_grads[name], wide)
        middle = plain.rmsnorm_back(
            memory.middle, memory.middle_scale, memory.middle_base, normed, nothing
        )
        name = f"{layer}.mix"
        gathered = plain.linear_back(memory.gathered, tables[name], table_grads[name], middle)
        normed = self.attention_back(memory, layer, gathered, past, position)
        return plain.rmsnorm_back(memory.x, memory.scale, memory.base, normed, nothing)


def part(engine_class: type[plain.Plain], layers: int, seed: int) -> dict[str, float]:
    """Train and judge one model; losses in nats per token."""
    names, held_out = trials.split(seed)
    tokenizer = trials.vocabulary()
    engine = engine_class(trials.fresh(seed, layers=layers))
    losses = []
    for step in range(1, STEPS + 1):
        tokens = tokenizer.encode(names[(step - 1) % len(names)])
        losses.append(engine.train_step(tokens, step, STEPS))
    judged = trials.held_out_loss_by_engine(engine, held_out)
    return {"training": sum(losses[-100:]) / 100, "held out": judged}


def letters(seed: int) -> float:
    """Return the mean surprise of guesses by how often each letter, or the end, occurs."""
    names, held_out = trials.split(seed)
    counts = Counter(letter for name in names for letter in name + ".")
    total = counts.total()
    surprises = [-math.log(counts[letter] / total) for name in held_out for letter in name + "."]
    return math.fsum(surprises) / len(surprises)


def as_the_program() -> dict[str, float]:
    """Return the losses of three steps of the program, and how far off the engine's are."""
    engine, made = Without(trials.fresh(1, layers=2)), trials.fresh(1, layers=2)
    result = {}
    for step, (loss, ours) in enumerate(trials.both(engine, made, {"gpt": gpt_without}, 3), 1):
        result[f"step {step}"] = loss
        result[f"off {step}"] = abs(loss - ours)
    return result


PARTS: dict[str, Callable[[], object]] = {
    f"{name}, {layers} layers, seed {seed}": partial(part, engine, layers, seed)
    for layers in LAYERS
    for name, engine in (("added", plain.Plain), ("replaced", Without))
    for seed in SEEDS
}
PARTS |= {f"letters, seed {seed}": partial(letters, seed) for seed in SEEDS}
PARTS["as the program"] = as_the_program
