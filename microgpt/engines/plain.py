"""The training step on plain lists of numbers, with every slope worked out by hand.

No number remembers anything here. Each ``..._back`` function is the chain rule applied on paper to
the function above it: it takes the gradients of the outputs and returns those of the inputs.

The results equal the program's to the last bit, because every sum adds the same terms in the same
order. The program's order of adding gradients is that of its sorted graph, walked backwards:
positions, heads and rows from the last to the first, and the row of the true next token, which the
sort meets first, at the very end. Powers stay powers (``x ** 2``, not ``x * x``) and sums are loops
(``sum`` rounds differently from Python 3.12 on) for the same reason.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from microgpt.optimizer import learning_rate
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer, prediction_pairs

Numbers = list[float]
Table = list[Numbers]


def dot(left: Numbers, right: Numbers) -> float:
    """Return the dot product, added from the first pair to the last."""
    total = 0.0
    for a, b in zip(left, right):
        total += a * b
    return total


def linear(x: Numbers, weights: Table) -> Numbers:
    """Return one weighted sum of x for each row; shapes (n,) and (m, n) give (m,)."""
    results = []
    for row in weights:
        total = 0.0
        for a, b in zip(row, x):
            total += a * b
        results.append(total)
    return results


def row_back(x: Numbers, row: Numbers, row_grad: Numbers, x_grad: Numbers, grad: float) -> None:
    """Send the gradient of one weighted sum to its row of weights and to x; both are added to."""
    row_grad[:] = [old + value * grad for old, value in zip(row_grad, x)]
    x_grad[:] = [old + weight * grad for old, weight in zip(x_grad, row)]


def linear_back(x: Numbers, weights: Table, weights_grad: Table, grads: Numbers) -> Numbers:
    """Return the gradient of x, rows from the last to the first; the weights' is added to."""
    x_grad = [0.0] * len(x)
    for row, row_grad, grad in zip(reversed(weights), reversed(weights_grad), reversed(grads)):
        if grad:  # behind a closed relu there is nothing to send
            row_back(x, row, row_grad, x_grad, grad)
    return x_grad


def rmsnorm(x: Numbers) -> tuple[Numbers, float, float]:
    """Return the normalised vector, the scale, and the number whose power -0.5 the scale is."""
    base = dot(x, x) * len(x) ** -1 + 1e-5
    scale = base**-0.5
    return [value * scale for value in x], scale, base


def rmsnorm_back(x: Numbers, scale: float, base: float, grads: Numbers, x_grad: Numbers) -> Numbers:
    """Return the gradient of x, given what x has already received from elsewhere."""
    scale_grad = 0.0
    for value, grad in zip(reversed(x), reversed(grads)):
        scale_grad += value * grad
    square_grad = len(x) ** -1 * (-0.5 * base**-1.5 * scale_grad)
    results = []
    for value, grad, received in zip(x, grads, x_grad):
        step = value * square_grad  # a square is a product of two equal factors: one term for each
        results.append(received + scale * grad + step + step)
    return results


def softmax(logits: Numbers) -> tuple[Numbers, Numbers, float]:
    """Return the probabilities, the exponentials, and their total."""
    largest = max(logits)
    exponentials = [math.exp(logit - largest) for logit in logits]
    total = 0.0
    for exponential in exponentials:
        total += exponential
    inverse = total**-1
    return [exponential * inverse for exponential in exponentials], exponentials, total


def softmax_back(exponentials: Numbers, total: float, grads: Numbers) -> Numbers:
    """Return the gradients of the logits, given those of all the probabilities."""
    inverse = total**-1
    slope = -1 * total**-2
    total_grad = 0.0
    for exponential, grad in zip(reversed(exponentials), reversed(grads)):
        total_grad += slope * (exponential * grad)
    return [e * (inverse * grad + total_grad) for e, grad in zip(exponentials, grads)]


def surprise_back(exponentials: Numbers, total: float, target: int, grad: float) -> Numbers:
    """Return the gradients of the logits, given that of the target's surprise -ln p."""
    inverse = total**-1
    target_grad = 1 / (exponentials[target] * inverse) * (-1 * grad)
    total_grad = -1 * total**-2 * (exponentials[target] * target_grad)
    grads = [exponential * total_grad for exponential in exponentials]
    grads[target] = exponentials[target] * (inverse * target_grad + total_grad)
    return grads


@dataclass
class LayerMemory:
    """What the way back needs of one layer at one position.

    Attributes:
        x: what came in; ``normed``, ``scale`` and ``base`` are its :func:`rmsnorm`.
        query: shape (C,).
        weights: for each head, the exponentials and the total of its softmax, and the weights.
        gathered: the heads' results, joined, shape (C,).
        middle: x after attention; ``middle_normed``, ``middle_scale``, ``middle_base`` likewise.
        wide: the MLP's numbers before relu, shape (4C,).
        hidden: after relu.
    """

    x: Numbers
    normed: Numbers
    scale: float
    base: float
    query: Numbers
    weights: list[tuple[Numbers, Numbers, float]]
    gathered: Numbers
    middle: Numbers
    middle_normed: Numbers
    middle_scale: float
    middle_base: float
    wide: Numbers
    hidden: Numbers


@dataclass
class Memory:
    """What the way back needs of one position.

    Attributes:
        token: the token at this position.
        embedded: token row plus position row; ``scale`` and ``base`` are of its :func:`rmsnorm`.
        layers: one :class:`LayerMemory` a layer.
        x: what the output matrix saw.
        logits: a score for each token, shape (V,).
    """

    token: int
    embedded: Numbers
    scale: float
    base: float
    layers: list[LayerMemory] = field(default_factory=list)
    x: Numbers = field(default_factory=list)
    logits: Numbers = field(default_factory=list)


class Plain:
    """A model as plain numbers, and Adam's memory of it.

    Args:
        model: a model whose matrices are drawn; its numbers are copied.

    Attributes:
        tables: the parameters by name, as in :class:`microgpt.parameters.Model`.
        grads: their gradients, in tables of the same shapes.
        means: Adam's running means, flat, in the order of ``Model.parameters()``.
        squares: Adam's running means of squares, likewise.

    Example:
        >>> from random import Random
        >>> model = Model(width=4, heads=2)
        >>> model.draw(5, Random(42))
        >>> engine = Plain(model)
        >>> round(engine.train_step([4, 0, 3, 3, 0, 4], step=1, steps=3), 4)
        1.6109
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.heads, self.layers, self.block = model.heads, model.layers, model.block
        self.tables = {
            name: [[value.data for value in row] for row in matrix]
            for name, matrix in model.matrices.items()
        }
        self.grads = {
            name: [[0.0] * len(row) for row in table] for name, table in self.tables.items()
        }
        count = sum(len(row) for table in self.tables.values() for row in table)
        self.means = [0.0] * count
        self.squares = [0.0] * count

    def parameters(self) -> Numbers:
        """Return a flat copy of all parameters, in the order of ``Model.parameters()``."""
        return [value for table in self.tables.values() for row in table for value in row]

    def write_back(self) -> None:
        """Copy the parameters into the model that this was made from."""
        for value, number in zip(self.model.parameters(), self.parameters()):
            value.data = number

    # Forward

    def gpt(self, token: int, position: int, cache: dict[str, Table]) -> Memory:
        """Return all that was computed for a token at a position; logits included.

        Args:
            token: in 0 .. V - 1.
            position: in 0 .. block - 1, in order.
            cache: empty at the first position; keys and values are appended.
        """
        rows = zip(self.tables["token"][token], self.tables["position"][position])
        embedded = [a + b for a, b in rows]
        x, scale, base = rmsnorm(embedded)
        memory = Memory(token, embedded, scale, base)
        for layer in range(self.layers):
            step = self.attend(x, layer, cache)
            memory.layers.append(step)
            narrow = linear(step.hidden, self.tables[f"{layer}.contract"])
            x = [a + b for a, b in zip(narrow, step.middle)]
        memory.x = x
        memory.logits = linear(x, self.tables["output"])
        return memory

    def attend(self, x: Numbers, layer: int, cache: dict[str, Table]) -> LayerMemory:
        """Return one layer's attention and the wide part of its MLP."""
        tables = self.tables
        normed, scale, base = rmsnorm(x)
        query = linear(normed, tables[f"{layer}.query"])
        keys = cache.setdefault(f"{layer}.key", [])
        keys.append(linear(normed, tables[f"{layer}.key"]))
        values = cache.setdefault(f"{layer}.value", [])
        values.append(linear(normed, tables[f"{layer}.value"]))
        weights, gathered = [], []
        size = len(x) // self.heads
        for start in range(0, len(x), size):
            head = slice(start, start + size)
            part, root = query[head], (size**0.5) ** -1
            weights.append(softmax([dot(part, key[head]) * root for key in keys]))
            for j in range(start, start + size):
                total = 0.0
                for weight, value in zip(weights[-1][0], values):
                    total += weight * value[j]
                gathered.append(total)
        mixed = linear(gathered, tables[f"{layer}.mix"])
        middle = [a + b for a, b in zip(mixed, x)]
        middle_normed, middle_scale, middle_base = rmsnorm(middle)
        wide = linear(middle_normed, tables[f"{layer}.expand"])
        hidden = [value if value > 0 else 0.0 for value in wide]
        return LayerMemory(
            x, normed, scale, base, query, weights, gathered,
            middle, middle_normed, middle_scale, middle_base, wide, hidden,
        )  # fmt: skip

    # Backward

    def layer_back(
        self, memory: LayerMemory, layer: int, grads: Numbers, past: "Past", position: int
    ) -> Numbers:
        """Return the gradient of what came into a layer, given that of what left it."""
        tables, table_grads = self.tables, self.grads
        name = f"{layer}.contract"
        hidden = linear_back(memory.hidden, tables[name], table_grads[name], grads)
        wide = [float(value > 0) * grad for value, grad in zip(memory.wide, hidden)]
        name = f"{layer}.expand"
        normed = linear_back(memory.middle_normed, tables[name], table_grads[name], wide)
        middle = rmsnorm_back(memory.middle, memory.middle_scale, memory.middle_base, normed, grads)
        name = f"{layer}.mix"
        gathered = linear_back(memory.gathered, tables[name], table_grads[name], middle)
        normed = self.attention_back(memory, layer, gathered, past, position)
        return rmsnorm_back(memory.x, memory.scale, memory.base, normed, middle)

    def attention_back(
        self, memory: LayerMemory, layer: int, gathered: Numbers, past: "Past", position: int
    ) -> Numbers:
        """Return the gradient of the normed x that query, key and value were made from."""
        normed = [0.0] * len(gathered)
        size = len(gathered) // self.heads
        for number in range(self.heads - 1, -1, -1):
            head = slice(number * size, (number + 1) * size)
            query = head_back(memory, layer, gathered, past, position, head.start, size)
            value = past.grads[f"{layer}.value"][position][head]
            key = past.grads[f"{layer}.key"][position][head]
            for name, grads in (("value", value), ("key", key), ("query", query)):
                full = f"{layer}.{name}"
                rows = list(zip(self.tables[full][head], self.grads[full][head], grads))
                for row, row_grad, grad in reversed(rows):
                    row_back(memory.normed, row, row_grad, normed, grad)
        return normed

    def position_back(
        self, memory: Memory, position: int, target: int, grad: float, past: "Past"
    ) -> None:
        """Send the gradient of one position's surprise to every parameter it came from."""
        _, exponentials, total = softmax(memory.logits)
        logits = surprise_back(exponentials, total, target, grad)
        output, output_grad = self.tables["output"], self.grads["output"]
        x = [0.0] * len(memory.x)
        order = [i for i in range(len(logits) - 1, -1, -1) if i != target]
        for i in [*order, target]:
            row_back(memory.x, output[i], output_grad[i], x, logits[i])
        for layer in range(self.layers - 1, -1, -1):
            x = self.layer_back(memory.layers[layer], layer, x, past, position)
        zeros = [0.0] * len(x)
        x = rmsnorm_back(memory.embedded, memory.scale, memory.base, x, zeros)
        for name, row in (("token", memory.token), ("position", position)):
            grads = self.grads[name][row]
            grads[:] = [old + value for old, value in zip(grads, x)]

    def backward(self, tokens: list[int]) -> float:
        """Compute a document's loss and add its gradients to ``grads``; return the loss."""
        cache: dict[str, Table] = {}
        memories: list[Memory] = []
        pairs = prediction_pairs(tokens, self.block)
        total = 0.0
        for position, (token, target) in enumerate(pairs):
            memory = self.gpt(token, position, cache)
            memories.append(memory)
            total += -math.log(softmax(memory.logits)[0][target])
        share = 1 / len(pairs)
        past = Past(cache)
        for position in range(len(pairs) - 1, -1, -1):
            self.position_back(memories[position], position, pairs[position][1], share, past)
        return total * share

    def train_step(self, tokens: list[int], step: int, steps: int) -> float:
        """Learn from one document, as :func:`microgpt.training.train_step` does.

        Args:
            tokens: the encoded document.
            step: counted from 1.
            steps: how many there will be.

        Returns:
            The loss before the parameters moved, in nats per token.
        """
        loss = self.backward(tokens)
        rate = learning_rate(step, steps)
        mean_share, square_share = 1 - 0.85**step, 1 - 0.99**step
        i, means, squares = 0, self.means, self.squares
        for name, table in self.tables.items():
            for row, grads in zip(table, self.grads[name]):
                for j, grad in enumerate(grads):
                    means[i] = mean = 0.85 * means[i] + (1 - 0.85) * grad
                    squares[i] = square = 0.99 * squares[i] + (1 - 0.99) * grad**2
                    row[j] -= rate * (mean / mean_share) / ((square / square_share) ** 0.5 + 1e-8)
                    i += 1
                grads[:] = [0.0] * len(grads)
        return loss


class Past:
    """The keys and values of a document and their gradients, which later positions add to.

    Args:
        cache: keys and values by layer, one row a position.

    Attributes:
        cache: as given.
        grads: the gradients, by the same names and in the same shapes.
    """

    def __init__(self, cache: dict[str, Table]) -> None:
        self.cache = cache
        self.grads = {name: [[0.0] * len(row) for row in rows] for name, rows in cache.items()}


def head_back(
    memory: LayerMemory,
    layer: int,
    gathered: Numbers,
    past: Past,
    position: int,
    start: int,
    size: int,
) -> Numbers:
    """Return the gradient of one head's query; keys and values add theirs to ``past``."""
    weights, exponentials, total = memory.weights[start // size]
    keys, key_grads = past.cache[f"{layer}.key"], past.grads[f"{layer}.key"]
    values, value_grads = past.cache[f"{layer}.value"], past.grads[f"{layer}.value"]
    grads = [0.0] * len(weights)
    for j in range(start + size - 1, start - 1, -1):
        grad = gathered[j]
        for s, weight in enumerate(weights):
            grads[s] += values[s][j] * grad
            value_grads[s][j] += weight * grad
    root = (size**0.5) ** -1
    query = [0.0] * size
    scores = softmax_back(exponentials, total, grads)
    for s in range(position, -1, -1):
        grad = root * scores[s]
        for j in range(size):
            query[j] += keys[s][start + j] * grad
            key_grads[s][start + j] += memory.query[start + j] * grad
    return query


def train(documents: list[str], tokenizer: Tokenizer, model: Model, steps: int) -> Iterator[float]:
    """Learn from one document a step, as :func:`microgpt.training.train` does.

    Args:
        documents: the shuffled documents.
        tokenizer: made from the same documents.
        model: the model; its parameters are those of the step before at every ``yield``.
        steps: how many steps to take.

    Yields:
        The loss of each step, in nats per token.
    """
    engine = Plain(model)
    for step in range(1, steps + 1):
        tokens = tokenizer.encode(documents[(step - 1) % len(documents)])
        loss = engine.train_step(tokens, step, steps)
        engine.write_back()
        yield loss


def sample(
    engine: Plain, tokenizer: Tokenizer, rng: Random, temperature: float, prefix: str
) -> str:
    """Return a new document, the one that :func:`microgpt.generation.sample` would draw.

    Args:
        engine: the model as plain numbers.
        tokenizer: the one it was trained with.
        rng: the stream of random numbers.
        temperature: above 0.
        prefix: how the document begins, at most ``block`` letters.

    Returns:
        The document, prefix included.
    """
    tokens = tokenizer.encode(prefix)[:-1]
    cache: dict[str, Table] = {}
    for position in range(engine.block):
        logits = engine.gpt(tokens[position], position, cache).logits
        if position == len(tokens) - 1:
            weights, _, _ = softmax([logit * temperature**-1 for logit in logits])
            tokens += rng.choices(range(tokenizer.size), weights=weights)
        if tokens[position + 1] == tokenizer.bos:
            break
    return tokenizer.decode([token for token in tokens if token != tokenizer.bos])
