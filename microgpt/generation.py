"""Writing: draw the next letter, append it, and ask again."""

from random import Random

from microgpt.data import load_documents
from microgpt.layers import softmax
from microgpt.model import gpt
from microgpt.parameters import Matrix, Model
from microgpt.tokenizer import Tokenizer
from microgpt.training import train


def sample(model: Model, tokenizer: Tokenizer, rng: Random, temperature: float, prefix: str) -> str:
    """Return a new document, drawn letter by letter.

    Args:
        model: the model.
        tokenizer: the one it was trained with.
        rng: the stream of random numbers; one is taken for each token drawn.
        temperature: above 0; near 0 takes the likeliest letter, 1 the model's own probabilities.
        prefix: how the document begins, at most ``block`` letters; empty for a free choice.

    Returns:
        The document, at most ``block`` letters, prefix included.

    Raises:
        ValueError: the prefix has an unknown letter.

    Example:
        >>> tokenizer = Tokenizer(["anna", "ben"])
        >>> model = Model(width=4, heads=2, block=6)
        >>> model.draw(tokenizer.size, Random(42))
        >>> sample(model, tokenizer, Random(7), temperature=0.5, prefix="be")
        'bebana'
    """
    tokens = tokenizer.encode(prefix)[:-1]
    cache: dict[str, Matrix] = {}
    for position in range(model.block):
        logits = gpt(tokens[position], position, model, cache)
        if position == len(tokens) - 1:  # the prefix has been read
            weights = [p.data for p in softmax([logit / temperature for logit in logits])]
            tokens += rng.choices(range(tokenizer.size), weights=weights)
        if tokens[position + 1] == tokenizer.bos:
            break
    return tokenizer.decode([token for token in tokens if token != tokenizer.bos])


if __name__ == "__main__":
    # The single-file edition carries its documents itself, in the comments at its end.
    documents = [line[3:] for line in load_documents(__file__) if line.startswith("#: ")]
    rng = Random(42)
    rng.shuffle(documents)
    tokenizer = Tokenizer(documents)
    model = Model()
    model.draw(tokenizer.size, rng)
    for step, loss in enumerate(train(documents, tokenizer, model, 1000), start=1):
        print(f"step {step} of 1000, loss {loss}")
    for _ in range(20):
        print(sample(model, tokenizer, rng, 0.5, ""))
