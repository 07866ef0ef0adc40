"""``{road} PREFIX``: the landing page's picture, raw text to generated text in six stations.

What the stations show is computed with the trained model when the page is built: the tokens of the
prefix, their embeddings, how much each letter looks at the ones before it, the likeliest next
letters, and names that begin with the prefix.
"""

from __future__ import annotations

import html
from random import Random
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from microgpt.assets import MODEL, NAMES
from microgpt.autograd import Value
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.files import InputError
from microgpt.generation import sample
from microgpt.layers import linear, rmsnorm, softmax
from microgpt.model import attention_weights, embed, gpt

from .stale import note_computed

TEMPERATURE = 0.5


class road(nodes.General, nodes.Element):
    """The six stations: ``stations`` holds name, words, picture of each."""


class Road(SphinxDirective):
    """The ``{road}`` directive."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the road."""
        note_computed(self.env)
        self.env.note_dependency(str(MODEL))
        try:
            stations = compute(self.arguments[0])
        except (InputError, ValueError) as problem:
            raise self.error(f"road: {problem}") from problem
        node = road("", stations=stations)
        self.set_source_info(node)
        return [node]


def compute(prefix: str) -> list[tuple[str, str, str]]:
    """Return name, words and picture of the six stations.

    Raises:
        ValueError: the prefix has a letter that the model does not know.
    """
    model, tokenizer = load_model()
    tokens = tokenizer.encode(prefix)[:-1]
    cache: dict[str, list[list[Value]]] = {}
    looks = []
    for position, token in enumerate(tokens):
        query = linear(rmsnorm(embed(token, position, model)), model.matrices["0.query"])
        logits = gpt(token, position, model, cache)
        size = model.width // model.heads
        keys = cache["0.key"]
        heads = [
            attention_weights(query[at : at + size], [key[at : at + size] for key in keys])
            for at in range(0, model.width, size)
        ]
        looks.append([sum(w.data for w in each) / model.heads for each in zip(*heads, strict=True)])
    chances = [p.data for p in softmax([logit / TEMPERATURE for logit in logits])]
    likely = sorted(range(tokenizer.size), key=lambda token: -chances[token])[:4]
    named = [("end" if t == tokenizer.bos else tokenizer.letters[t], chances[t]) for t in likely]
    given = [name for name in load_documents(NAMES) if name.startswith(prefix)][:4]
    rng = Random(42)
    made: list[str] = []
    while len(made) < 4:
        name = sample(model, tokenizer, rng, TEMPERATURE, prefix)
        made += [name] if name not in made else []
    vectors = [[v.data for v in embed(t, i, model)] for i, t in enumerate(tokens)]
    letters = ["BOS", *prefix]
    return [
        ("Raw text", "a list of names, and nothing else", lines(given)),
        ("Tokens", "every letter gets a number", boxes(letters, tokens)),
        ("Embeddings", f"{model.width} numbers for each token", columns(vectors)),
        ("Transformer", "each token asks those before it", triangle(looks)),
        ("Probabilities", "how likely each next letter is", bars(named)),
        ("Generated text", "names that the model wrote", lines(made)),
    ]


def text(x: float, y: float, words: str, size: int = 15, anchor: str = "middle") -> str:
    """Return letters in a picture."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}">'
        f"{html.escape(words)}</text>"
    )


def lines(words: list[str]) -> str:
    """Draw words, one a line."""
    return "".join(text(60, 20 + 19 * i, word) for i, word in enumerate(words))


def boxes(letters: list[str], tokens: list[int]) -> str:
    """Draw a letter above each token's number."""
    step = 120 / len(tokens)
    wide = min(28, step - 3)
    drawn = ""
    for i, (letter, token) in enumerate(zip(letters, tokens, strict=True)):
        middle = step * (i + 0.5)
        drawn += text(middle, 25, letter, 15 if len(letter) == 1 else 12)
        drawn += (
            f'<rect x="{middle - wide / 2:g}" y="37" width="{wide:g}" height="28" rx="4" '
            'fill="none" stroke="currentColor" stroke-width="1.3"/>'
        )
        drawn += text(middle, 56, str(token), 14)
    return drawn


def columns(vectors: list[list[float]]) -> str:
    """Draw each vector as a column of cells, the larger a number the fuller its cell."""
    most = max(abs(number) for vector in vectors for number in vector)
    step = 120 / len(vectors)
    high = 80 / len(vectors[0])
    return "".join(
        f'<rect x="{step * (i + 0.5) - 10:g}" y="{4 + high * j:.1f}" width="20" '
        f'height="{high - 0.8:.1f}" fill-opacity="{0.12 + 0.88 * abs(number) / most:.2f}"/>'
        for i, vector in enumerate(vectors)
        for j, number in enumerate(vector)
    )


def triangle(looks: list[list[float]]) -> str:
    """Draw who looks at whom: a row for each token, a disc for each token up to it."""
    step = 84 / len(looks)
    return "".join(
        f'<circle cx="{18 + step * (j + 0.5):.1f}" cy="{2 + step * (i + 0.5):.1f}" '
        f'r="{step * 0.46 * weight**0.5:.1f}"/>'
        for i, row in enumerate(looks)
        for j, weight in enumerate(row)
    )


def bars(named: list[tuple[str, float]]) -> str:
    """Draw a bar for each letter and its probability."""
    most = named[0][1]
    drawn = ""
    for i, (name, chance) in enumerate(named):
        y = 6 + 20 * i
        drawn += text(26, y + 12, name, 14, "end")
        drawn += f'<rect x="33" y="{y}" width="{48 * chance / most:.1f}" height="14" rx="1.5"/>'
        drawn += text(36 + 48 * chance / most, y + 12, f"{chance:.0%}", 12, "start")
    return drawn


def visit_html(self: SphinxTranslator, node: road) -> None:
    """Write the road as a list of six cards."""
    cards = "".join(
        f'<li class="station station-{i}"><span class="name">{name}</span>'
        f'<svg viewBox="0 0 120 88" aria-hidden="true" fill="currentColor">{picture}</svg>'
        f'<span class="words">{words}</span></li>'
        for i, (name, words, picture) in enumerate(node["stations"], 1)
    )
    label = "From raw text to generated text, in six steps"
    cast(Any, self).body.append(f'<ol class="road" aria-label="{label}">{cards}</ol>\n')
    raise nodes.SkipNode


def visit_latex(self: SphinxTranslator, node: road) -> None:
    """Write the stations' names as one line."""
    arrow = r" {\color{teal}$\rightarrow$} "
    names = arrow.join(name.lower() for name, _, _ in node["stations"])
    cast(Any, self).body.append(f"\n\\begin{{center}}\\sffamily\\small {names}\\end{{center}}\n")
    raise nodes.SkipNode


def visit_text(self: SphinxTranslator, node: road) -> None:
    """Write the stations' names as one line of plain text."""
    cast(Any, self).add_text(" → ".join(name.lower() for name, _, _ in node["stations"]))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up the extension."""
    app.setup_extension("extensions.stale")
    app.add_node(
        road,
        html=(visit_html, None),
        revealjs=(visit_html, None),
        dirrevealjs=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
        man=(visit_text, None),
        texinfo=(visit_text, None),
    )
    app.add_directive("road", Road)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
