"""What paper needs: bare signatures, and one pair of brackets around a page."""

from __future__ import annotations

from little_book import LittleBook

MORE = """
extensions.append("sphinx.ext.autodoc")
latex_documents = [("index", "book.tex", "A", "B", "manual")]
latex_show_pagerefs = True
"""
PAGE = """# A

(place)=
## A place

Text ({ref}`place`), and {ref}`place`.

```{py:class} Thing
```

```{py:function} make(thing: Thing) -> Thing
```
"""


def test_a_page_in_brackets_has_none_of_its_own_and_a_signature_no_page(tmp_path):
    book = LittleBook(tmp_path, "extensions.paper", more=MORE)
    book.write("index.md", PAGE)
    done = book.build("latex")
    assert done.code == 0, done.said
    text = (done.out / "book.tex").read_text(encoding="utf-8")
    assert ", \\autopageref*{\\detokenize{index:place}})" in text
    assert " (\\autopageref*{\\detokenize{index:place}})." in text
    assert "index:Thing}]" not in text
