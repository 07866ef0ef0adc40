"""Letters to numbers and back: a token is the number of a letter."""


class Tokenizer:
    """Translate documents into tokens and back.

    Every different letter of the documents gets a number, in alphabetical order, from 0. One more
    number, ``bos`` (beginning of sequence), marks where a document begins and where it ends.

    Args:
        documents: the texts whose letters make the vocabulary.

    Attributes:
        letters: the vocabulary without BOS, sorted.
        bos: the token that marks both ends, equal to ``len(letters)``.
        size: how many different tokens there are, BOS included.

    Example:
        >>> tokenizer = Tokenizer(["anna", "ben"])
        >>> tokenizer.letters, tokenizer.bos, tokenizer.size
        (['a', 'b', 'e', 'n'], 4, 5)
    """

    def __init__(self, documents: list[str]) -> None:
        self.letters = sorted(set("".join(documents)))
        self.bos = len(self.letters)
        self.size = len(self.letters) + 1

    def encode(self, document: str) -> list[int]:
        """Return the tokens of a document, with BOS at both ends.

        Args:
            document: a text made of known letters only.

        Returns:
            Shape (T + 2,), one token a letter and two for the ends, each in 0 .. ``size`` - 1.

        Raises:
            ValueError: a letter is not in the vocabulary.

        Example:
            >>> Tokenizer(["anna", "ben"]).encode("bean")
            [4, 1, 2, 0, 3, 4]
        """
        return [self.bos] + [self.letters.index(letter) for letter in document] + [self.bos]

    def decode(self, tokens: list[int]) -> str:
        """Return the text of some tokens; the opposite of :meth:`encode`, without the ends.

        Args:
            tokens: tokens of letters, each below ``bos``.

        Returns:
            The letters, joined.

        Raises:
            IndexError: a token is no letter (BOS is none).

        Example:
            >>> Tokenizer(["anna", "ben"]).decode([1, 2, 0, 3])
            'bean'
        """
        return "".join(self.letters[token] for token in tokens)


def prediction_pairs(tokens: list[int], block: int) -> list[tuple[int, int]]:
    """Pair each token with the one that follows it: what the model sees, what it must guess.

    Args:
        tokens: an encoded document, shape (T + 1,).
        block: how many positions the model has; pairs beyond it are cut.

    Returns:
        At most ``block`` pairs (token, target).

    Example:
        >>> prediction_pairs([4, 1, 2, 0, 3, 4], block=4)
        [(4, 1), (1, 2), (2, 0), (0, 3)]
    """
    return list(zip(tokens[:-1], tokens[1:]))[:block]
