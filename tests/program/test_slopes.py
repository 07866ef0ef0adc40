"""Every operation's slope, against nudges: the judge knows nothing of the slopes."""

import gc
import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgpt.autograd import Value, collector_paused, topological_order
from microgpt.loss import document_loss
from microgpt.optimizer import Adam
from microgpt.parameters import Model
from microgpt.training import train_step

NUDGE = 1e-6
OPERATIONS = {
    "a + b": (lambda a, b: a + b, lambda a, b: a + b),
    "a + number": (lambda a, b: a + 2.5, lambda a, b: a + 2.5),
    "number + a": (lambda a, b: 2.5 + a, lambda a, b: 2.5 + a),
    "a * b": (lambda a, b: a * b, lambda a, b: a * b),
    "number * a": (lambda a, b: -1.5 * a, lambda a, b: -1.5 * a),
    "a - b": (lambda a, b: a - b, lambda a, b: a - b),
    "-a": (lambda a, b: -a, lambda a, b: -a),
    "a / b": (lambda a, b: a / b, lambda a, b: a / b),
    "a / number": (lambda a, b: a / 4, lambda a, b: a / 4),
    "a ** 3": (lambda a, b: a**3, lambda a, b: a**3),
    "b ** -0.5": (lambda a, b: b**-0.5, lambda a, b: b**-0.5),
    "exp": (lambda a, b: a.exp(), lambda a, b: math.exp(a)),
    "log": (lambda a, b: b.log(), lambda a, b: math.log(b)),
    "relu": (lambda a, b: a.relu(), lambda a, b: max(0.0, a)),
    "a and b, each twice": (lambda a, b: (a * b + a) * b, lambda a, b: (a * b + a) * b),
}


@pytest.mark.parametrize("name", OPERATIONS)
@settings(deadline=None)  # a busy machine is no fault of the slopes
@given(a=st.floats(-3, 3).filter(lambda x: abs(x) > 0.01), b=st.floats(0.3, 3))
def test_an_operation_computes_and_slopes_as_nudges_say(name, a, b):
    ours, plain = OPERATIONS[name]
    left, right = Value(a), Value(b)
    result = ours(left, right)
    result.backward()
    assert result.data == pytest.approx(plain(a, b), rel=1e-12, abs=1e-12)
    up, down = plain(a + NUDGE, b), plain(a - NUDGE, b)
    assert left.grad == pytest.approx((up - down) / (2 * NUDGE), rel=1e-5, abs=1e-5)
    up, down = plain(a, b + NUDGE), plain(a, b - NUDGE)
    assert right.grad == pytest.approx((up - down) / (2 * NUDGE), rel=1e-5, abs=1e-5)


def test_relu_has_slope_0_at_its_corner():
    corner = Value(0.0)
    corner.relu().backward()
    assert corner.grad == 0.0


def test_gradients_of_two_walks_add_up():
    a = Value(3.0)
    (a * a).backward()
    (a * a).backward()
    assert a.grad == 12.0


def test_an_order_has_inputs_before_results_and_each_value_once():
    rng = Random(1)
    values = [Value(rng.random()) for _ in range(5)]
    for _ in range(300):
        a, b = rng.choice(values), rng.choice(values)
        values.append(a * b if rng.random() < 0.5 else a + b)
    last = values[-1]
    for value in values[:-1]:
        last = last + value
    order = topological_order(last)
    place = {value: i for i, value in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is last
    for value in order:
        for source in value.inputs:
            assert not source.inputs or place[source] < place[value]


def test_a_chain_of_a_hundred_thousand_is_not_too_deep():
    start = Value(0.0)
    end = start
    for _ in range(100_000):
        end = end + 1
    end.backward()
    assert start.grad == 1.0


@pytest.mark.parametrize(
    "sizes",
    [{"layers": 12, "width": 8, "heads": 2}, {"layers": 4, "width": 64, "heads": 4}],
)
def test_deep_and_wide_models_train(sizes):
    model = Model(**sizes)
    model.draw(3, Random(42))
    before = [value.data for value in model.parameters()]
    loss = train_step([2, 0, 2], model, Adam(model.parameters()), 1, 10)
    assert 0 < loss < 5
    assert [value.data for value in model.parameters()] != before


def count_values():
    return sum(isinstance(thing, Value) for thing in gc.get_objects())


def test_a_step_leaves_nothing_behind_with_the_collector_off():
    model = Model(width=4, heads=2)
    model.draw(4, Random(42))
    optimizer = Adam(model.parameters())
    gc.collect()
    before = count_values()
    gc.disable()
    try:
        for step in (1, 2, 3):
            train_step([3, 0, 1, 3], model, optimizer, step, 3)
        assert count_values() == before
    finally:
        gc.enable()


@pytest.mark.parametrize("was_on", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_the_collector_is_left_as_it_was(was_on, fails):
    (gc.enable if was_on else gc.disable)()
    try:
        if fails:
            with pytest.raises(KeyError), collector_paused():
                {}["a key that is not there"]
        else:
            with collector_paused():
                assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


class Watcher(Adam):
    """An optimizer that looks whether the collector is on while a step is taken."""

    fails = False
    saw_it_on = None

    def update(self, step, rate):
        self.saw_it_on = gc.isenabled()
        if self.fails:
            raise KeyboardInterrupt
        super().update(step, rate)


@pytest.mark.parametrize("was_on", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_a_step_runs_with_the_collector_paused_and_leaves_it_as_it_was(was_on, fails):
    model = Model(width=2, heads=1)
    model.draw(3, Random(42))
    watcher = Watcher(model.parameters())
    watcher.fails = fails
    (gc.enable if was_on else gc.disable)()
    try:
        if fails:
            with pytest.raises(KeyboardInterrupt):
                train_step([2, 0, 2], model, watcher, 1, 10)
        else:
            train_step([2, 0, 2], model, watcher, 1, 10)
        assert watcher.saw_it_on is False
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


def test_the_whole_models_gradient_is_what_nudges_say():
    model = Model(width=4, heads=2, layers=2, block=3)
    model.draw(4, Random(7))
    tokens = [3, 0, 2, 1, 3]
    document_loss(tokens, model).backward()
    for value in model.parameters()[::5]:
        kept = value.data
        value.data = kept + 1e-5
        up = document_loss(tokens, model).data
        value.data = kept - 1e-5
        down = document_loss(tokens, model).data
        value.data = kept
        assert value.grad == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-7)
