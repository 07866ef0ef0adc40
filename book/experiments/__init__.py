"""Experiments that take too long to run while a page is read.

Each module here asks one question of the real program. Its ``PARTS`` are functions by name, each
of which can be run alone and gives the same numbers whenever it is run. What they gave lies in
``recorded/``, with the seconds it took; the lessons read it from there, and ``tox -e experiments``
runs parts again and compares.
"""

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).with_name("recorded")


def recorded(name: str) -> dict[str, Any]:
    """Return what an experiment's parts gave when they were last run, by part.

    Raises:
        FileNotFoundError: no experiment has this name, or it was never run.
    """
    parts = json.loads((RECORDED / f"{name}.json").read_text(encoding="ascii"))
    return {part: entry["result"] for part, entry in parts.items()}
