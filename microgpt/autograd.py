"""Numbers that remember how they were made, so that slopes can be sent back through them."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager


class Value:
    """A number that remembers what it was computed from.

    Arithmetic on Values computes as usual and builds the **computation graph** on the way: every
    result points to its inputs and keeps, for each of them, the **local slope**: how fast this
    result moves when that input moves and the others hold still.

    Args:
        data: the number itself.
        inputs: the Values it was computed from; empty for a number that was made from nothing.
        slopes: one local slope for each input, in the same order.

    Attributes:
        data: the number.
        grad: the gradient, how fast the final result moves when this number moves. It is 0.0
            until :meth:`backward` has run, and gradients of several runs add up.
        inputs: as given.
        slopes: as given.

    Example:
        >>> push = Value(3) * Value(2)
        >>> push.data, push.slopes
        (6, (2, 3))

    Source:
        Karpathy, micrograd (2020), and its descendant microgpt (2026).
    """

    __slots__ = ("data", "grad", "inputs", "slopes")

    def __init__(self, data: float, inputs: tuple[Value, ...] = (), slopes: tuple[float, ...] = ()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.slopes = slopes

    def __add__(self, other: Value | float) -> Value:
        """Return the sum; it hands every nudge on unchanged, so both slopes are 1.

        Example:
            >>> (Value(6) + 1).data
            7
        """
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: Value | float) -> Value:
        """Return the product; the slope of each factor is the other factor.

        Example:
            >>> (Value(3) * 2).slopes
            (2, 3)
        """
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    __radd__ = __add__
    __rmul__ = __mul__

    def __pow__(self, exponent: float) -> Value:
        """Return this number to a fixed power; the slope of ``x**n`` is ``n * x**(n - 1)``.

        Raises:
            ZeroDivisionError: 0 to a power below 1; the slope's formula would divide by 0.

        Example:
            >>> square = Value(3) ** 2
            >>> square.data, square.slopes
            (9, (6,))
        """
        return Value(self.data**exponent, (self,), (exponent * self.data ** (exponent - 1),))

    def __neg__(self) -> Value:
        """Return the number with the other sign, as a product with -1.

        Example:
            >>> (-Value(3)).data
            -3
        """
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        """Return the difference: subtracting is adding the opposite.

        Example:
            >>> (Value(7) - 10).data
            -3
        """
        return self + (-other)

    def __truediv__(self, other: Value | float) -> Value:
        """Return the quotient: dividing is multiplying by the power -1.

        Raises:
            ZeroDivisionError: the divisor is 0.

        Example:
            >>> (Value(6) / 4).data
            1.5
        """
        return self * other**-1

    def exp(self) -> Value:
        """Return e to the power of this number; its slope is the result itself.

        Raises:
            OverflowError: above about 709.78, where the result no longer fits a float.

        Example:
            >>> one = Value(0).exp()
            >>> one.data, one.slopes
            (1.0, (1.0,))
        """
        result = math.exp(self.data)
        return Value(result, (self,), (result,))

    def log(self) -> Value:
        """Return the natural logarithm, to base e; its slope at x is 1/x.

        Raises:
            ValueError: the number is 0 or negative.

        Example:
            >>> Value(4).log().slopes
            (0.25,)
        """
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self) -> Value:
        """Return the number if it is positive, else 0 (rectified linear unit).

        The slope is 1 above 0 and 0 below. At 0 itself the curve has a corner and no slope; we
        take 0, as is usual.

        Example:
            >>> [Value(x).relu().slopes for x in (-1, 0, 2)]
            [(0.0,), (0.0,), (1.0,)]
        """
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))

    def backward(self) -> None:
        """Add to ``grad`` of every Value behind this one how fast this one moves with it.

        The chain rule, once for each arrow: results before their inputs, so that a gradient is
        complete when it is handed on.

        Example:
            >>> a, b = Value(2.0), Value(-3.0)
            >>> (a * b + 10).relu().backward()
            >>> a.grad, b.grad
            (-3.0, 2.0)
        """
        self.grad = 1.0
        for result in reversed(topological_order(self)):
            inputs, slopes, grad = result.inputs, result.slopes, result.grad
            for i in range(len(inputs)):
                inputs[i].grad += slopes[i] * grad


def topological_order(last: Value) -> list[Value]:
    """Return every computed Value behind ``last``, each once, inputs always before results.

    A depth-first walk with a pile in place of recursion, so that no graph is too deep for it. A
    Value that is met goes back on the pile under a marker, with the inputs not yet met on top;
    when the marker comes up, all its inputs have been placed and it is its turn.

    Args:
        last: the result to start from.

    Returns:
        The Values that were computed from others, in order, ``last`` at the end. Values made from
        nothing are left out: they have nobody to hand a gradient on to.

    Example:
        >>> a = Value(1)
        >>> b = a + a
        >>> c = b + b
        >>> [value.data for value in topological_order(c)]
        [2, 4]
    """
    order: list[Value] = []
    seen: set[Value] = set()
    marker, pile = Value(0.0), [last]
    while pile:
        value = pile.pop()
        if value is marker:  # all inputs of the Value below it are placed
            order.append(pile.pop())
        elif value not in seen:
            seen.add(value)
            pile += [value, marker]
            for source in reversed(value.inputs):
                if source.inputs and source not in seen:
                    pile.append(source)
    return order


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python's cyclic garbage collector quiet inside a ``with`` block.

    A step makes tens of thousands of Values, and the collector would search them again and again
    for cycles. There are none: results point to inputs, never back. So Python frees the graph
    without it as soon as nobody holds the loss.

    Example:
        >>> import gc
        >>> with collector_paused():
        ...     gc.isenabled()
        False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
