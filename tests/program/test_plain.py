"""The plain engine and the program, two derivations of the same slopes, agree to the last bit."""

from random import Random

import pytest

from microgpt import generation, training
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

CENSUS = load_documents(NAMES)[::50]
CASES = {
    "as shipped": (CENSUS, {}),
    "two layers": (CENSUS, {"layers": 2}),
    "three layers, narrow": (CENSUS, {"layers": 3, "width": 8, "heads": 2}),
    "documents longer than the block": (CENSUS, {"width": 6, "heads": 3, "block": 4}),
    "one head": (CENSUS, {"width": 4, "heads": 1, "layers": 2}),
    "as many heads as numbers": (CENSUS, {"width": 5, "heads": 5}),
    "no layer": (CENSUS, {"width": 3, "heads": 1, "layers": 0}),
    "one letter, repeated": (["a", "aa", "aaaa"], {"width": 4, "heads": 2, "layers": 2}),
    "block of one": (["ab", "ba", "b"], {"width": 4, "heads": 2, "block": 1}),
    "odd sizes": (["xyzzy" * 4, "y"], {"width": 9, "heads": 3, "block": 7, "layers": 2}),
}


def run(module, documents, sizes, seed, steps=3):
    rng = Random(seed)
    documents = list(documents)
    rng.shuffle(documents)
    tokenizer = Tokenizer(documents)
    model = Model(**sizes)
    model.draw(tokenizer.size, rng)
    losses = list(module.train(documents, tokenizer, model, steps))
    return losses, [value.data for value in model.parameters()], rng, model, tokenizer


@pytest.mark.parametrize("seed", [1, 42])
@pytest.mark.parametrize("case", CASES)
def test_losses_and_parameters_are_the_programs(case, seed):
    documents, sizes = CASES[case]
    program = run(training, documents, sizes, seed)
    engine = run(plain, documents, sizes, seed)
    assert engine[0] == program[0]
    assert engine[1] == program[1]


@pytest.mark.parametrize("prefix", ["", "a"])
def test_samples_are_the_programs(prefix):
    _, _, rng, model, tokenizer = run(plain, CENSUS, {"layers": 2}, 42)
    state = rng.getstate()
    theirs = [generation.sample(model, tokenizer, rng, 0.7, prefix) for _ in range(5)]
    rng.setstate(state)
    engine = plain.Plain(model)
    ours = [plain.sample(engine, tokenizer, rng, 0.7, prefix) for _ in range(5)]
    assert ours == theirs
    assert len(set(ours)) > 1


def test_its_memory_of_gradients_is_adams():
    documents, tokenizer = CENSUS, Tokenizer(CENSUS)
    model = Model(width=4, heads=2)
    model.draw(tokenizer.size, Random(3))
    engine = plain.Plain(model)
    optimizer = training.Adam(model.parameters())
    for step in (1, 2, 3):
        tokens = tokenizer.encode(documents[step])
        engine.train_step(tokens, step, 3)
        training.train_step(tokens, model, optimizer, step, 3)
    assert engine.means == optimizer.means
    assert engine.squares == optimizer.squares
    assert engine.parameters() == [value.data for value in model.parameters()]
