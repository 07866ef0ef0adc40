"""The program's figures are the original microgpt's, on the original's list of names.

The list is not ours to ship. It is looked for beside the repository, in shared/reference, or where
the environment variable MICROGPT_NAMES says; ``microgpt data`` can download it.
"""

import os
import platform
import sys
from pathlib import Path
from random import Random

import pytest

from microgpt import training
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.generation import sample
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

BESIDE = Path(__file__).parents[3] / "shared" / "reference" / "names.txt"
NAMES = Path(os.environ.get("MICROGPT_NAMES", BESIDE))
EXACT = sys.platform == "linux" and platform.machine() == "x86_64"

# What Karpathy's microgpt (2026) prints on its list with seed 42.
LOSSES = {
    1: 3.3659669475848504,
    2: 3.4242727838717717,
    3: 3.177802125458052,
    10: 3.2228882401182624,
    100: 3.366930921178914,
    500: 2.0644662067274577,
    1000: 2.6496944697407585,
}
SAMPLES = """
    kamon ann karai jaire vialan karia yeran anna areli kaina konna keylen liole alerin earan
    lenne kana lara alela anton
"""

needs_names = pytest.mark.skipif(not NAMES.exists(), reason="the original list is not here")


def start():
    rng = Random(42)
    documents = load_documents(NAMES)
    rng.shuffle(documents)
    tokenizer = Tokenizer(documents)
    model = Model()
    model.draw(tokenizer.size, rng)
    return rng, documents, tokenizer, model


def same(ours, theirs):
    return ours == theirs if EXACT else ours == pytest.approx(theirs, abs=1e-9)


@needs_names
def test_a_thousand_losses_and_twenty_samples_are_the_originals():
    rng, documents, tokenizer, model = start()
    losses = list(plain.train(documents, tokenizer, model, 1000))
    for step, loss in LOSSES.items():
        assert same(losses[step - 1], loss), step
    assert sum(losses[-100:]) / 100 == pytest.approx(2.2761, abs=5e-5)
    assert [sample(model, tokenizer, rng, 0.5, "") for _ in range(20)] == SAMPLES.split()


@needs_names
def test_the_program_itself_starts_as_the_original_does():
    _, documents, tokenizer, model = start()
    for step, loss in enumerate(training.train(documents, tokenizer, model, 1000), start=1):
        if step in LOSSES:
            assert same(loss, LOSSES[step]), step
        if step == 100:
            break
