"""Does a model learn with one character changed in the slope of a power?

The fault of the lesson on the gradient check: ``- 1`` became ``* 1``, so that the slope of x**n
says n * x**n. The model's only powers are in its norms and quotients. Trained from the same start,
on the same names, with the fault and without.
"""

from collections.abc import Callable
from functools import partial
from math import fsum
from unittest.mock import patch

from book.experiments import trials
from microgpt.autograd import Value

SEEDS = (1, 2, 3)
STEPS, LAST = 120, 20


def faulty_power(self: Value, exponent: float) -> Value:
    """Return a power with the slope n * x**n."""
    return Value(self.data**exponent, (self,), (exponent * self.data ** (exponent * 1),))


def run(faulty: bool, seed: int) -> dict[str, float]:
    """Train; return the first loss and the mean of the last ones."""
    with patch.object(Value, "__pow__", faulty_power if faulty else Value.__pow__):
        losses = trials.trained_by_program(seed, STEPS, trials.fresh(seed))
    return {"first": losses[0], "last": fsum(losses[-LAST:]) / LAST}


PARTS: dict[str, Callable[[], object]] = {
    f"{'changed' if faulty else 'as it is'}, seed {seed}": partial(run, faulty, seed)
    for seed in SEEDS
    for faulty in (False, True)
}
