"""Every Sphinx setting of every edition; an exception has its reason beside it.

The editions share the sources in ``book/`` and differ by a tag: ``-t html``, ``-t slides``,
``-t pdf``, ``-t doctest``. Each has its own doctree folder, because each loads other extensions.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from microgpt.single_file import MODULES  # noqa: E402 - the package beside this file

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
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "extensions.listing",
    "extensions.whole_program",
    "extensions.explained",
    "extensions.factories",
    "extensions.examples",
    "extensions.number",
    "extensions.boxes",
    "extensions.terms",
    "extensions.katex",
    "extensions.diagram",
    "extensions.drawing",
    "extensions.where",
    "extensions.exercises",
    "extensions.road",
    "extensions.beliefs",
    "extensions.worksheet",
    "extensions.quiz",
    "extensions.live",
    "extensions.numbering",
    "extensions.letters",
    "extensions.place",
    "extensions.access",
    "extensions.paper",
    "extensions.pack",
]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "attrs_inline", "attrs_block"]
exclude_patterns = ["figures/**", "experiments/**", "print/**", "_static/**", "_templates/**"]
bibtex_bibfiles = ["book/references.bib"]

# The reference: short names, types where they are used, a class's attributes as a list.
add_module_names = False
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # MODEL, not the path it has on the builder's machine
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_use_ivar = True
# Links to Python's own documentation would need its inventory from another host at every build.
nitpick_ignore_regex = [("py:class", r"(collections\.abc|pathlib|random|click)\..*")]

# Each line of these has one home among the lessons, or the build stops.
listing_finished = [f"microgpt.{name}" for name in MODULES]
where_links = {  # where each part of the road begins
    "text": "1-data-and-tokenization/dataset",
    "tokens": "1-data-and-tokenization/letters-become-numbers",
    "model": "3-architecture/index",
    "loss": "4-training/document-loss",
    "slopes": "2-calculus-and-autograd/index",
    "dials": "4-training/gradient-descent",
}
program_glosses = "book/glosses.txt"  # a few words for each of the 200 lines
terms_in_order = True  # no {term} stands before its {def} in the order of reading

# Figures, tables and exercises are numbered by lesson: Figure 2.3.1.
numfig = True
numfig_secnum_depth = 2
numfig_format = {"figure": "Figure %s", "table": "Table %s", "code-block": "Listing %s"}

# sphinxcontrib-mermaid reads the diagrams and extensions/diagram.py draws them. With "raw", its
# default, pages without a diagram (search, index) would still fetch mermaid from another host.
mermaid_output_format = "svg"

# --- html: the web book (tox -e html) ---
html_theme = "sphinx_book_theme"
html_title = "MicroGPT"
html_short_title = "MicroGPT"
html_favicon = "book/_static/mark.svg"
html_static_path = ["book/_static"]
templates_path = ["book/_templates"]
html_css_files = ["book.css"]
html_math_renderer = "katex"
html_show_sourcelink = html_copy_source = False  # the sources are in the repository
html_last_updated_fmt = None  # the same sources give the same bytes
html_domain_indices = False  # the general index has all names
html_permalinks_icon = "#"
html_secnumber_suffix = " "
# Light or dark as the system asks; unset, the browser's console would complain.
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_persistent": [], "navbar_start": [], "navbar_center": [], "navbar_end": [],
    "show_toc_level": 2,
    "toc_title": "On this page",
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_navbar_depth": 2,  # the lessons are in sight without a click
    "footer_content_items": ["copyright.html", "your-place-link.html"],
    "pygments_light_style": "default",  # coloured in book.css, for light and dark alike
    "pygments_dark_style": "default",
    "search_bar_text": "Search the book …",
    "shorten_urls": False,  # no icon font
    "logo": {"text": "MicroGPT", "image_light": "book/_static/mark.svg",
             "image_dark": "book/_static/mark.svg"},
}  # fmt: skip
html_sidebars = {"index": []}  # the landing page stands alone
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
# --- end of html ---

# --- slides: the lecture decks (tox -e slides) ---
if tags.has("slides"):  # noqa: F821 - Sphinx defines tags
    # viewcode crashes the deck build, copybutton breaks its code, the web book's frame is not used
    unfit = ("sphinx.ext.viewcode", "sphinx_copybutton", "sphinx_book_theme")
    extensions = [name for name in extensions if name not in unfit] + ["extensions.lecture"]
    revealjs_html_theme = "lecture"
    html_use_index = html_domain_indices = html_copy_source = False  # a deck has no such pages
    html_static_path = []
    templates_path = []
# --- end of slides ---

# --- pdf: the printed book (tox -e pdf) ---
latex_engine = "xelatex"
latex_use_xindy = False  # one Perl program less; makeindex does
if tags.has("pdf"):  # noqa: F821 - modules are parts, lessons chapters; no cards and no buttons
    root_doc = "print/book"
    exclude_patterns = [*(p for p in exclude_patterns if p != "print/**"), "index.md"]
latex_documents = [("print/book", "microgpt.tex", project, author, "manual", True)]
latex_toplevel_sectioning = "part"
latex_domain_indices = False  # the index has all names
latex_show_pagerefs = True
latex_show_urls = "footnote"
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    "fncychap": "",  # the chapter's look is in book/print/preamble.tex
    "extraclassoptions": "openany,oneside",
    "sphinxsetup": "hmargin={28mm,28mm}, vmargin={30mm,28mm}, verbatimsep=5pt, "
    "TitleColor={HTML}{1F2A2E}, InnerLinkColor={HTML}{0B6E6E}, OuterLinkColor={HTML}{0B6E6E}, "
    "TableRowColorHeader={HTML}{E2F0EE}, TableRowColorOdd={HTML}{F4F8F8}, "
    "TableRowColorEven={HTML}{FFFFFF}, "
    "VerbatimColor={HTML}{F4F8F8}, VerbatimBorderColor={HTML}{D5E5E4}, verbatimwithframe=true, "
    "div.note_background-TeXcolor={HTML}{FFFFFF}, div.note_border-TeXcolor={HTML}{9CC9C6}, "
    "div.note_title-background-TeXcolor={HTML}{E2F0EE}",
    "fontpkg": r"""
\usepackage{unicode-math}
\setmainfont{TeX Gyre Pagella}
\setsansfont[Scale=0.95]{TeX Gyre Heros}
\setmonofont[Scale=0.84,HyphenChar=None]{DejaVu Sans Mono}
\setmathfont{TeX Gyre Pagella Math}
""",
    "maketitle": (ROOT / "book" / "print" / "title.tex").read_text(encoding="utf-8"),
    "fvset": r"\fvset{fontsize=\small}",
    "preamble": (ROOT / "book" / "print" / "preamble.tex").read_text(encoding="utf-8"),
}
# --- end of pdf ---
