"""Cells and sources say what they are to those who hear the page."""

from __future__ import annotations

from little_book import LittleBook

TEXT = """# A

|   | one | two |
|---|-----|-----|
| x | 1   | 2   |

A source [^s].

```{eval-rst}
See [Gauss]_.

.. [Gauss] A book.
```

[^s]: Note.
"""


def test_an_empty_cell_is_no_header_and_a_source_is_an_item(tmp_path):
    book = LittleBook(tmp_path, "extensions.access")
    book.write("index.md", TEXT)
    done = book.build()
    assert done.code == 0, done.said
    page = done.page()
    assert page.count('<th class="head">') == 2
    assert page.count('<td class="head">') == 1
    assert page.count("<td") == page.count("</td>") == 4
    assert page.count("<th") - page.count("<thead") == page.count("</th>") == 2
    assert "doc-biblioentry" not in page
    assert 'role="listitem"' in page
    assert 'role="list"' in page
