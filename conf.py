"""Every Sphinx setting of every edition; an exception has its reason beside it.

The editions share the sources in ``book/`` and differ by a tag: ``-t html``, ``-t slides``,
``-t pdf``, ``-t doctest``. Each has its own doctree folder, because each loads other extensions.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

project = "MicroGPT: a first-principles course"
author = "The microgpt-course authors"
copyright = "2026, the authors. Text CC BY 4.0, code MIT"
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_design",
    "sphinx_exercise",
    "sphinxcontrib.bibtex",
]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "attrs_inline", "attrs_block"]
exclude_patterns = ["figures/**"]
bibtex_bibfiles = ["references.bib"]
html_theme = "sphinx_book_theme"

# --- slides: the lecture decks (tox -e slides) ---
if tags.has("slides"):  # noqa: F821 - Sphinx defines tags
    # viewcode crashes the deck build, copybutton breaks its code, and the web book's frame is not used
    unfit = ("sphinx.ext.viewcode", "sphinx_copybutton", "sphinx_book_theme")
    extensions = [name for name in extensions if name not in unfit] + ["extensions.lecture"]
    revealjs_html_theme = "lecture"
    html_use_index = html_domain_indices = html_copy_source = False  # a deck has no such pages
    html_static_path = []
# --- end of slides ---
