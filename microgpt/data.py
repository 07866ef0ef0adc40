"""Documents: the texts the model learns from, one a line."""

from pathlib import Path


def load_documents(path: str | Path) -> list[str]:
    r"""Read a text file and return its documents, one for each line that is not empty.

    A byte-order mark at the start is dropped, ``\r\n`` counts as ``\n``, and spaces at both ends
    of a line go.

    Args:
        path: a UTF-8 text file, one document a line.

    Returns:
        The documents in the order of the file, duplicates included.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: the file is not UTF-8.

    Example:
        >>> from microgpt.assets import NAMES
        >>> documents = load_documents(NAMES)
        >>> len(documents), documents[:3]
        (5163, ['aaron', 'abbey', 'abbie'])
    """
    lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    return [line.strip() for line in lines if line.strip()]
