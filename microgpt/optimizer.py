"""Turning the dials: how far each parameter moves, given its gradient."""

from microgpt.autograd import Value


def learning_rate(step: int, steps: int) -> float:
    """Return the learning rate of a step: 0.01 at first, then less and less, in a straight line.

    Args:
        step: counted from 1.
        steps: how many there will be.

    Returns:
        A rate above 0 and at most 0.01.

    Example:
        >>> learning_rate(1, 1000), learning_rate(501, 1000)
        (0.01, 0.005)
    """
    return 0.01 * (1 - (step - 1) / steps)


class Adam:
    """The optimizer: it remembers, for each parameter, how its gradient went so far.

    Args:
        values: the parameters to move.

    Attributes:
        values: as given.
        means: running mean of each gradient.
        squares: running mean of each gradient's square.

    Source:
        Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1.
    """

    def __init__(self, values: list[Value]) -> None:
        self.values = values
        self.means, self.squares = [0.0] * len(values), [0.0] * len(values)

    def update(self, step: int, rate: float) -> None:
        """Move every parameter against its gradient and set the gradient back to 0.

        Args:
            step: counted from 1; the running means start at 0 and are corrected for it.
            rate: the learning rate, about how far a parameter moves in one step.

        Example:
            >>> dial = Value(3.0)
            >>> dial.grad = -12.0
            >>> Adam([dial]).update(step=1, rate=0.01)
            >>> round(dial.data, 4), dial.grad
            (3.01, 0.0)
        """
        for i, value in enumerate(self.values):
            self.means[i] = 0.85 * self.means[i] + (1 - 0.85) * value.grad
            self.squares[i] = 0.99 * self.squares[i] + (1 - 0.99) * value.grad**2
            mean = self.means[i] / (1 - 0.85**step)
            square = self.squares[i] / (1 - 0.99**step)
            value.data -= rate * mean / (square**0.5 + 1e-8)
            value.grad = 0.0
