"""The model: from one token and what came before it to a score for every possible next token."""

from microgpt.layers import add, dot, linear, rmsnorm, softmax
from microgpt.parameters import Matrix, Model, Vector


def embed(token: int, position: int, model: Model) -> Vector:
    """Return the vector that stands for a token at a position.

    Args:
        token: in 0 .. V - 1.
        position: in 0 .. block - 1.
        model: the model.

    Returns:
        The normalised sum of two learned rows, shape (C,).

    Raises:
        IndexError: the token or the position is beyond the table.

    Example:
        >>> from microgpt.autograd import Value
        >>> tables = {"token": [[Value(1), Value(4)]]}
        >>> tables["position"] = [[Value(2), Value(0)]]
        >>> [round(v.data, 4) for v in embed(0, 0, Model(width=2, matrices=tables))]
        [0.8485, 1.1314]
    """
    return rmsnorm(add(model.matrices["token"][token], model.matrices["position"][position]))


def attention_weights(query: Vector, keys: Matrix) -> Vector:
    """Return how much of each token so far to take: what fits the query gets more.

    Args:
        query: what this token asks for, shape (n,).
        keys: what each token so far offers, shape (t, n), this token last.

    Returns:
        Probabilities, shape (t,).

    Example:
        >>> from microgpt.autograd import Value
        >>> keys = [[Value(1), Value(0)], [Value(0), Value(1)]]
        >>> [round(w.data, 4) for w in attention_weights([Value(2), Value(0)], keys)]
        [0.8044, 0.1956]

    Source:
        Vaswani et al., Attention Is All You Need (2017), section 3.2.1.
    """
    return softmax([dot(query, key) / len(query) ** 0.5 for key in keys])


def weighted_sum(weights: Vector, values: Matrix) -> Vector:
    """Return the mixture of the values, each taken as much as its weight says.

    Args:
        weights: shape (t,).
        values: shape (t, n).

    Returns:
        Shape (n,).

    Example:
        >>> from microgpt.autograd import Value
        >>> values = [[Value(8), Value(0)], [Value(0), Value(4)]]
        >>> [v.data for v in weighted_sum([Value(0.75), Value(0.25)], values)]
        [6.0, 1.0]
    """
    return [dot(weights, list(column)) for column in zip(*values)]


def attention(x: Vector, layer: int, model: Model, cache: dict[str, Matrix]) -> Vector:
    """Let a token ask the tokens before it, and itself, in several heads at once.

    Args:
        x: the token's vector, shape (C,).
        layer: which layer's matrices to use.
        model: the model; its ``heads`` say into how many parts the width is cut, and each part
            asks its own question.
        cache: the keys and values of the tokens so far, ``i.key`` and ``i.value`` for layer ``i``,
            each of shape (t, C); this token's are appended.

    Returns:
        What was gathered, shape (C,).

    Example:
        >>> from microgpt.autograd import Value
        >>> same = [[Value(1), Value(0)], [Value(0), Value(1)]]
        >>> names = ("0.query", "0.key", "0.value", "0.mix")
        >>> model = Model(width=2, heads=1, matrices={name: same for name in names})
        >>> cache: dict[str, Matrix] = {}
        >>> [v.data for v in attention([Value(3), Value(4)], 0, model, cache)]
        [3.0, 4.0]
        >>> [round(v.data, 4) for v in attention([Value(4), Value(3)], 0, model, cache)]
        [3.6698, 3.3302]

    Source:
        Vaswani et al., Attention Is All You Need (2017), section 3.2.2.
    """
    query = linear(x, model.matrices[f"{layer}.query"])
    keys = cache.setdefault(f"{layer}.key", [])
    keys.append(linear(x, model.matrices[f"{layer}.key"]))
    values = cache.setdefault(f"{layer}.value", [])
    values.append(linear(x, model.matrices[f"{layer}.value"]))
    gathered: Vector = []
    size = len(x) // model.heads
    for start in range(0, len(x), size):
        head = slice(start, start + size)
        weights = attention_weights(query[head], [key[head] for key in keys])
        gathered += weighted_sum(weights, [value[head] for value in values])
    return linear(gathered, model.matrices[f"{layer}.mix"])


def mlp(x: Vector, layer: int, model: Model) -> Vector:
    """Let a token think about what it has gathered: widen, keep what is positive, narrow.

    Args:
        x: the token's vector, shape (C,).
        layer: which layer's matrices to use.
        model: the model.

    Returns:
        Shape (C,).

    Example:
        >>> from microgpt.autograd import Value
        >>> wide = [[Value(1), Value(0)], [Value(0), Value(1)], [Value(-1), Value(0)]]
        >>> narrow = [[Value(1), Value(1), Value(1)], [Value(0), Value(0), Value(1)]]
        >>> model = Model(width=2, matrices={"0.expand": wide, "0.contract": narrow})
        >>> [v.data for v in mlp([Value(3), Value(-4)], 0, model)]
        [3.0, 0.0]
    """
    hidden = [value.relu() for value in linear(x, model.matrices[f"{layer}.expand"])]
    return linear(hidden, model.matrices[f"{layer}.contract"])


def gpt(token: int, position: int, model: Model, cache: dict[str, Matrix]) -> Vector:
    """Return a score for every token that could come next.

    Args:
        token: the token at this position, in 0 .. V - 1.
        position: in 0 .. block - 1; the positions before it must have been given, in order.
        model: the model.
        cache: empty at the first position; what it holds is described at :func:`attention`.

    Returns:
        Logits, shape (V,), any real numbers. :func:`~microgpt.layers.softmax` makes them
        probabilities.

    Raises:
        IndexError: the token or the position is beyond the table.

    Example:
        >>> from random import Random
        >>> model = Model()
        >>> model.draw(27, Random(42))
        >>> logits = gpt(26, 0, model, {})
        >>> len(logits), round(logits[0].data, 4)
        (27, 0.4487)

    Source:
        Radford et al., GPT-2 (2019), as simplified in Karpathy's microgpt (2026).
    """
    x = embed(token, position, model)
    for layer in range(model.layers):
        x = add(attention(rmsnorm(x), layer, model, cache), x)
        x = add(mlp(rmsnorm(x), layer, model), x)
    return linear(x, model.matrices["output"])
