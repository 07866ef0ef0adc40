"""How many names can follow one beginning?

The shipped model continues each beginning 1,000 times at temperature 0.5, with one stream of random
numbers. ``different`` counts the names, ``in the file`` those draws that are a census name.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

from microgpt.assets import NAMES
from microgpt.checkpoint import load_model
from microgpt.data import load_documents
from microgpt.engines import plain

DRAWN, TEMPERATURE = 1000, 0.5
PREFIXES = ("", "k", "em", "emm", "jo", "xq", "christophe")


def part(prefix: str) -> dict[str, object]:
    """Draw names that begin like this, and count."""
    model, tokenizer = load_model()
    engine, rng = plain.Plain(model), Random(1)
    names = set(load_documents(NAMES))
    written = [plain.sample(engine, tokenizer, rng, TEMPERATURE, prefix) for _ in range(DRAWN)]
    counts = Counter(written)
    return {
        "different": len(counts),
        "in the file": sum(name in names for name in written),
        "real": len(set(written) & names),
        "most drawn": [[name, count] for name, count in counts.most_common(5)],
        "first": written[:8],
    }


PARTS: dict[str, Callable[[], object]] = {
    f"after '{prefix}'": partial(part, prefix) for prefix in PREFIXES
}
