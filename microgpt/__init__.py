"""A GPT in two hundred lines of plain Python, taken apart in the book that comes with it.

The program is ten modules, each using only those before it: :mod:`~microgpt.data`,
:mod:`~microgpt.tokenizer`, :mod:`~microgpt.autograd`, :mod:`~microgpt.parameters`,
:mod:`~microgpt.layers`, :mod:`~microgpt.model`, :mod:`~microgpt.loss`,
:mod:`~microgpt.optimizer`, :mod:`~microgpt.training`, :mod:`~microgpt.generation`.
"""

__version__ = "0.1.0"
