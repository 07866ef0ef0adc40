"""The five small calculations that everything in the model is made of."""

from microgpt.autograd import Value
from microgpt.parameters import Matrix, Vector


def dot(left: Vector, right: Vector) -> Value:
    """Return the dot product: multiply pair by pair, add it all up.

    Args:
        left: n numbers.
        right: n numbers.

    Returns:
        One number.

    Example:
        >>> dot([Value(1), Value(2)], [Value(3), Value(4)]).data
        11.0
    """
    return sum((a * b for a, b in zip(left, right)), Value(0.0))


def add(left: Vector, right: Vector) -> Vector:
    """Return the sum of two vectors, number by number.

    Args:
        left: n numbers.
        right: n numbers.

    Returns:
        n numbers.

    Example:
        >>> [value.data for value in add([Value(1), Value(2)], [Value(3), Value(4)])]
        [4, 6]
    """
    return [a + b for a, b in zip(left, right)]


def linear(x: Vector, weights: Matrix) -> Vector:
    """Return one weighted sum of x for each row of weights.

    Args:
        x: the input, shape (n,).
        weights: shape (m, n).

    Returns:
        The output, shape (m,).

    Example:
        >>> rows = [[Value(1), Value(0)], [Value(2), Value(-1)]]
        >>> [value.data for value in linear([Value(3), Value(4)], rows)]
        [3.0, 2.0]
    """
    return [dot(row, x) for row in weights]


def rmsnorm(x: Vector) -> Vector:
    """Scale a vector so that the mean of its squares is 1: keep the direction, drop the size.

    Args:
        x: shape (n,).

    Returns:
        x divided by its root mean square, shape (n,); 0.00001 under the root keeps a vector of
        zeros from dividing by zero.

    Example:
        >>> [round(value.data, 4) for value in rmsnorm([Value(3), Value(4)])]
        [0.8485, 1.1314]

    Source:
        Zhang and Sennrich, Root Mean Square Layer Normalization (2019); without its gain.
    """
    scale = (dot(x, x) / len(x) + 1e-5) ** -0.5
    return [value * scale for value in x]


def softmax(logits: Vector) -> Vector:
    """Turn any numbers into probabilities: all positive, their sum 1, the order kept.

    The largest logit is subtracted first. That changes no probability, and no exponential can
    overflow.

    Args:
        logits: shape (n,), any size.

    Returns:
        Probabilities, shape (n,).

    Example:
        >>> [round(p.data, 4) for p in softmax([Value(2), Value(1), Value(0.1)])]
        [0.659, 0.2424, 0.0986]
    """
    largest = max(logit.data for logit in logits)
    exponentials = [(logit - largest).exp() for logit in logits]
    total = sum(exponentials, Value(0.0))
    return [exponential / total for exponential in exponentials]
