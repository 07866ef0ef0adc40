"""The opponent of the benchmark: the same model, written the plain way.

A graph of scalars sorted by a function that calls itself, with the collector left on. It is kept
here, apart from the program, so that the benchmark compares two programs and not one program with
itself. It must give the same losses; the benchmark checks that before it times anything.
"""

import math
import random


class Node:
    __slots__ = ("data", "grad", "parents", "partials")

    def __init__(self, data, parents=(), partials=()):
        self.data = data
        self.grad = 0
        self.parents = parents
        self.partials = partials

    def __add__(self, other):
        other = other if isinstance(other, Node) else Node(other)
        return Node(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        other = other if isinstance(other, Node) else Node(other)
        return Node(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return Node(self.data**n, (self,), (n * self.data ** (n - 1),))

    def exp(self):
        return Node(math.exp(self.data), (self,), (math.exp(self.data),))

    def log(self):
        return Node(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Node(max(0, self.data), (self,), (float(self.data > 0),))

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other**-1

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1
        for node in reversed(order):
            for parent, partial in zip(node.parents, node.partials):
                parent.grad += partial * node.grad


def product(w, x):
    return [sum(a * b for a, b in zip(row, x)) for row in w]


def normalise(x):
    scale = (sum(a * a for a in x) / len(x) + 1e-5) ** -0.5
    return [a * scale for a in x]


def probabilities(scores):
    top = max(score.data for score in scores)
    powers = [(score - top).exp() for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def losses(documents, steps, seed=42, width=16, heads=4, layers=1, block=16):
    """Yield the loss of each step, training on the documents as the program does."""
    rng = random.Random(seed)
    documents = list(documents)
    rng.shuffle(documents)
    letters = sorted(set("".join(documents)))
    bos = len(letters)

    def draw(rows, columns):
        return [[Node(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

    token, position, output = draw(bos + 1, width), draw(block, width), draw(bos + 1, width)
    blocks = [
        [draw(width, width) for _ in range(4)] + [draw(4 * width, width), draw(width, 4 * width)]
        for _ in range(layers)
    ]
    dials = [d for m in (token, position, output) for row in m for d in row]
    dials += [d for b in blocks for m in b for row in m for d in row]
    first, second, size = [0.0] * len(dials), [0.0] * len(dials), width // heads
    for step in range(steps):
        codes = [bos, *(letters.index(c) for c in documents[step % len(documents)]), bos]
        count = min(block, len(codes) - 1)
        keys, values = [[] for _ in blocks], [[] for _ in blocks]
        parts = []
        for place in range(count):
            x = normalise([a + b for a, b in zip(token[codes[place]], position[place])])
            for number, (wq, wk, wv, wo, up, down) in enumerate(blocks):
                before, x = x, normalise(x)
                q = product(wq, x)
                keys[number].append(product(wk, x))
                values[number].append(product(wv, x))
                joined = []
                for h in range(0, width, size):
                    scores = [
                        sum(q[h + j] * k[h + j] for j in range(size)) / size**0.5
                        for k in keys[number]
                    ]
                    shares = probabilities(scores)
                    joined += [
                        sum(s * v[h + j] for s, v in zip(shares, values[number]))
                        for j in range(size)
                    ]
                x = [a + b for a, b in zip(product(wo, joined), before)]
                before, x = x, normalise(x)
                x = [a.relu() for a in product(up, x)]
                x = [a + b for a, b in zip(product(down, x), before)]
            shares = probabilities(product(output, x))
            parts.append(-shares[codes[place + 1]].log())
        loss = (1 / count) * sum(parts)
        loss.backward()
        rate = 0.01 * (1 - step / steps)
        for i, dial in enumerate(dials):
            first[i] = 0.85 * first[i] + (1 - 0.85) * dial.grad
            second[i] = 0.99 * second[i] + (1 - 0.99) * dial.grad**2
            m, v = first[i] / (1 - 0.85 ** (step + 1)), second[i] / (1 - 0.99 ** (step + 1))
            dial.data -= rate * m / (v**0.5 + 1e-8)
            dial.grad = 0
        yield loss.data
