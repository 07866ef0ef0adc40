"""How wrong the model is: its mean surprise at what really came."""

from microgpt.autograd import Value
from microgpt.layers import softmax
from microgpt.model import gpt
from microgpt.parameters import Matrix, Model
from microgpt.tokenizer import prediction_pairs


def document_loss(tokens: list[int], model: Model) -> Value:
    """Return the model's mean surprise over a document.

    Args:
        tokens: an encoded document, BOS at both ends, shape (T + 1,); what lies beyond the block
            is cut.
        model: the model.

    Returns:
        The mean of -ln p(target), in nats per token, as one Value.

    Raises:
        ZeroDivisionError: there is no pair to predict.

    Example:
        >>> zeros = {name: [[Value(0)]] * 3 for name in ("token", "position", "output")}
        >>> clueless = Model(width=1, heads=1, layers=0, block=3, matrices=zeros)
        >>> round(document_loss([2, 0, 1, 2], clueless).data, 4)
        1.0986

        That is ln 3: with three equally likely tokens, each surprises as much as one in three.
    """
    cache: dict[str, Matrix] = {}
    surprises: list[Value] = []
    for position, (token, target) in enumerate(prediction_pairs(tokens, model.block)):
        probabilities = softmax(gpt(token, position, model, cache))
        surprises.append(-probabilities[target].log())
    return (1 / len(surprises)) * sum(surprises, Value(0.0))
