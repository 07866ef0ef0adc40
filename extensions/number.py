"""Weave computed numbers into sentences: ``{number}`expression``` and ``{number}`expression:.4f```.

The expression is evaluated in the lesson's namespace as it stands at that point of the page, so a
number in the prose cannot part from the code above it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from .examples import session_of
from .stale import note_failed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
FORMAT = re.compile(r"(.?[<>=^])?[-+ ]?z?#?0?\d*[,_]?(\.\d+)?[bcdeEfFgGnosxX%]?")


def split_format(text: str) -> tuple[str, str]:
    """Take the format after the last colon off an expression, if there is one.

    Example:
        >>> split_format("len(names):,")
        ('len(names)', ',')
        >>> split_format("names[1:3]")
        ('names[1:3]', '')
        >>> split_format("slope[1:][0]:.2f")
        ('slope[1:][0]', '.2f')
    """
    expression, colon, shape = text.rpartition(":")
    if colon and FORMAT.fullmatch(shape) and _compiles(expression):
        return expression.strip(), shape
    return text.strip(), ""


def _compiles(expression: str) -> bool:
    try:
        compile(expression.strip(), "<number>", "eval")
    except (SyntaxError, ValueError):
        return False
    return True


def written(value: object, shape: str) -> str:
    """Write a value as prose does: with a true minus sign.

    Raises:
        TypeError: it is neither a number nor a text.

    Example:
        >>> written(-11.9601, ".2f")
        '−11.96'
    """
    if not isinstance(value, int | float | str):
        raise TypeError(f"gives a {type(value).__name__}; wanted a number or a text")
    text = format(value, shape)
    if isinstance(value, str):
        return text
    return re.sub(r"-(?=[\d.])", "−", text, count=1) if "e" not in text.lower() else text


class NumberRole(SphinxRole):
    """Put the value of an expression in its place."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number as inline text."""
        expression, shape = split_format(self.text)
        try:
            value = written(session_of(self.env).evaluate(expression), shape)
        except Exception as error:
            location = self.get_location()
            text = f"{{number}}`{self.text}`: {type(error).__name__}: {error}"
            logger.warning("%s", text, location=location, type="number")
            note_failed(self.env)
            value = "?"
        return [nodes.inline(self.rawtext, value, classes=["number"])], []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("extensions.examples")
    app.add_role("number", NumberRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
