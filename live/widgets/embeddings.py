"""The letters' rows through training, from the recorded run that made the shipped model."""

from __future__ import annotations

from book.experiments import recorded

from .asking import Answer, Tell, question

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@question
def embeddings(tell: Tell) -> Answer:
    """Return, for each step that was looked at, where each letter was and who was nearest."""
    run = recorded("embeddings")["moving"]
    seen = [
        {
            "step": number * run["every"],
            "share": one["share"],
            "places": [[float(part) for part in xy.split(",")] for xy in one["places"].split()],
            "nearest": one["nearest"].split(),
        }
        for number, one in enumerate(run["seen"])
    ]
    return {"letters": LETTERS, "steps": run["steps"], "seen": seen}
