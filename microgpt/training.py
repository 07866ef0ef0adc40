"""Learning: guess, measure the surprise, send slopes back, turn every dial a little."""

from collections.abc import Iterator

from microgpt.autograd import collector_paused
from microgpt.loss import document_loss
from microgpt.optimizer import Adam, learning_rate
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer


@collector_paused()
def train_step(tokens: list[int], model: Model, optimizer: Adam, step: int, steps: int) -> float:
    """Learn from one document.

    Args:
        tokens: the encoded document.
        model: the model; its parameters are changed.
        optimizer: made for the model's parameters; it is changed.
        step: counted from 1.
        steps: how many there will be.

    Returns:
        The loss before the parameters moved, in nats per token.

    Example:
        >>> from random import Random
        >>> tokenizer = Tokenizer(["anna", "ben"])
        >>> model = Model(width=4, heads=2)
        >>> model.draw(tokenizer.size, Random(42))
        >>> optimizer = Adam(model.parameters())
        >>> for step in (1, 2, 3):
        ...     loss = train_step(tokenizer.encode("anna"), model, optimizer, step, 3)
        ...     print(round(loss, 4))
        1.6109
        1.5368
        1.4864
    """
    loss = document_loss(tokens, model)
    loss.backward()
    optimizer.update(step, learning_rate(step, steps))
    return loss.data


def train(documents: list[str], tokenizer: Tokenizer, model: Model, steps: int) -> Iterator[float]:
    """Learn from one document a step, starting over when they are used up.

    Args:
        documents: the shuffled documents.
        tokenizer: made from the same documents.
        model: the model; its parameters are changed.
        steps: how many steps to take.

    Yields:
        The loss of each step, in nats per token.

    Example:
        >>> from random import Random
        >>> tokenizer = Tokenizer(["anna", "ben"])
        >>> model = Model(width=4, heads=2)
        >>> model.draw(tokenizer.size, Random(42))
        >>> [round(loss, 4) for loss in train(["anna", "ben"], tokenizer, model, 3)]
        [1.6109, 1.5455, 1.5076]
    """
    optimizer = Adam(model.parameters())
    for step in range(1, steps + 1):
        document = documents[(step - 1) % len(documents)]
        yield train_step(tokenizer.encode(document), model, optimizer, step, steps)
