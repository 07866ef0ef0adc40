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
    """
    cache: dict[str, Matrix] = {}
    surprises: list[Value] = []
    for position, (token, target) in enumerate(prediction_pairs(tokens, model.block)):
        probabilities = softmax(gpt(token, position, model, cache))
        surprises.append(-probabilities[target].log())
    return (1 / len(surprises)) * sum(surprises, Value(0.0))
