"""The numbers that the model learns, and the sizes that say how many there are."""

from dataclasses import dataclass, field
from random import Random

from microgpt.autograd import Value

Vector = list[Value]
Matrix = list[list[Value]]


def random_matrix(rows: int, columns: int, rng: Random) -> Matrix:
    """Return a table of small random numbers: normal, mean 0, standard deviation 0.08.

    Args:
        rows: how many rows, one for each output of a linear layer.
        columns: how many numbers in a row, one for each input.
        rng: the stream of random numbers.

    Returns:
        Values of shape (rows, columns).

    Example:
        >>> table = random_matrix(2, 3, Random(42))
        >>> [[round(value.data, 4) for value in row] for row in table]
        [[-0.0115, -0.0138, -0.0089], [0.0562, -0.0102, -0.1198]]
    """
    return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]


@dataclass
class Model:
    """A model: its sizes, and the matrices that hold all it has learnt.

    Attributes:
        width: C, how many numbers stand for one token; the heads must divide it.
        heads: how many attention heads share the width.
        layers: how many times attention and MLP follow each other.
        block: T, how many tokens the model can look at.
        matrices: the parameters by name, empty until :meth:`draw`: ``token`` (V, C), ``position``
            (T, C), ``output`` (V, C) and, for layer ``i``, ``i.query``, ``i.key``, ``i.value``,
            ``i.mix`` (C, C), ``i.expand`` (4C, C) and ``i.contract`` (C, 4C).

    Example:
        >>> Model(heads=2)
        Model(width=16, heads=2, layers=1, block=16, matrices={})
    """

    width: int = 16
    heads: int = 4
    layers: int = 1
    block: int = 16
    matrices: dict[str, Matrix] = field(default_factory=dict)

    def draw(self, vocabulary: int, rng: Random) -> None:
        """Fill the matrices with random numbers: a model that has learnt nothing.

        Args:
            vocabulary: V, how many different tokens there are.
            rng: the stream of random numbers; the order of the draws is that of ``matrices``.

        Example:
            >>> model = Model()
            >>> model.draw(27, Random(42))
            >>> len(model.parameters())
            4192
        """
        self.matrices["token"] = random_matrix(vocabulary, self.width, rng)
        self.matrices["position"] = random_matrix(self.block, self.width, rng)
        self.matrices["output"] = random_matrix(vocabulary, self.width, rng)
        for layer in range(self.layers):
            for name in ("query", "key", "value", "mix"):
                self.matrices[f"{layer}.{name}"] = random_matrix(self.width, self.width, rng)
            self.matrices[f"{layer}.expand"] = random_matrix(4 * self.width, self.width, rng)
            self.matrices[f"{layer}.contract"] = random_matrix(self.width, 4 * self.width, rng)

    def parameters(self) -> Vector:
        """Return every parameter in one flat list, in the order in which they were drawn.

        Returns:
            The Values themselves, not copies.

        Example:
            >>> model = Model(matrices={"a": [[Value(1), Value(2)]], "b": [[Value(3)]]})
            >>> [value.data for value in model.parameters()]
            [1, 2, 3]
        """
        return [value for matrix in self.matrices.values() for row in matrix for value in row]
