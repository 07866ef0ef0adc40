"""The checker itself: shown a deck with a known fault, it must find that fault and no other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from checker import SIZES, check_deck

ROOT = Path(__file__).parents[2]

CONF = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
extensions = ["myst_parser", "extensions.lecture"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
revealjs_html_theme = "lecture"
deck_list = "lectures.toml"
html_use_index = html_domain_indices = html_copy_source = False
"""

LESSON = """# A small lesson

What can a checker find?

## A section is a slide

Its prose is the speaker's notes.
And this is the code:

```python
one = 1
two = one + 1
```

## A section that is only said

This sentence stands alone on its slide.
The rest is said.
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """Build a deck without faults."""
    folder = tmp_path_factory.mktemp("deck")
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# Book\n\n```{toctree}\nlesson\n```\n")
    (folder / "lesson.md").write_text(LESSON)
    (folder / "lectures.toml").write_text('[[deck]]\nlesson = "lesson"\nminutes = 10\n')
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "revealjs", str(folder)]
    subprocess.run([*command, str(folder / "out")], check=True)
    return folder / "out" / "lesson.html"


def damaged(sound: Path, old: str, new: str) -> Path:
    """Return a copy of the deck with one thing changed."""
    words = sound.read_text(encoding="utf-8")
    assert old in words
    path = sound.with_name("damaged.html")
    path.write_text(words.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", SIZES)
def test_a_sound_deck_has_no_faults(sound, chromium, size):
    report = check_deck(chromium, sound, size)
    assert report.faults == []
    assert report.slides == 4  # title, two sections, the map


BODY = '<div class="body"><p class="lead size-34">'
FAULTS = {
    "a slide that overflows": (
        BODY, '<div class="body">' + "<p>One more.</p>" * 30 + '<p class="lead">', "the slide"),
    "a line that leaves the slide": (
        BODY, f'<div class="body"><p style="white-space: nowrap">{"wide " * 60}</p>'
        '<p class="lead">',
        "leaves the slide"),
    "text into the foot": (
        BODY, '<div class="body" style="position: relative; top: 330px"><p class="lead">',
        "the foot"),
    "small text": (BODY, '<div class="body"><p style="font-size: 20px">', "text of 20.0 px"),
    "a scrolling block": (
        BODY, '<div class="body"><div style="overflow: auto; height: 40px; width: 400px">'
        + "<br>words" * 9 + '</div><p class="lead">', "scrolls"),
    "too much code": ("<pre>", "<pre>" + "x = 1\n" * 12, "14 lines of code"),
    "a wide line of code": ("<pre>", "<pre>" + "x" * 61 + "\n", "a line of 61 columns"),
    "a picture without a description": (
        BODY, '<div class="body"><img width="90" height="90" src="data:image/gif;base64,'
        'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"><p class="lead">',
        "without a description"),
    "a figure with small letters": (
        BODY, '<div class="body"><svg class="drawing" role="img" aria-label="A figure of letters" '
        'viewBox="0 0 504 216" width="1120" height="480"><g transform="translate(9 9) '
        'scale(0.1 -0.1)"><use href="#x"></use></g></svg><p class="lead">', "figure with letters of"),  # noqa: E501
    "no notes": ('<aside class="notes">', '<aside class="other" hidden>', "no notes"),
    "a request to another host": (
        BODY, '<div class="body"><img alt="a picture from elsewhere" width="90" height="90" '
        'src="http://127.0.0.1:9/x.png"><p class="lead">', "asked for http://127.0.0.1:9"),
    "pale text": (BODY, '<div class="body"><p style="color: #ccc">', "contrast"),
    "blocks that overlap": (
        '<div class="code"', '<div class="code" data-x style="margin-top: -60px" data-y',
        "overlap"),
    "code wider than its box": ("<pre>", '<pre style="width: 100px">', "wider than its box"),
    "a script that fails": ("</body>", "<script>fail()</script></body>", "script error"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_the_checker_finds(name, sound, chromium):
    old, new, said = FAULTS[name]
    report = check_deck(chromium, damaged(sound, old, new), SIZES[0])
    assert any(said in fault for fault in report.faults), report.faults
