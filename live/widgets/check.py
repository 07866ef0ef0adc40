"""Judge what a reader wrote for the exercises that build the program."""

from __future__ import annotations

from microgpt.exercises import TITLES
from microgpt.exercises.judge import judge
from microgpt.exercises.starter import starter

from .asking import Answer, Tell, question


@question
def starters(tell: Tell) -> Answer:
    """Return the title and the starter of each exercise."""
    return {"exercises": [[title, starter(number)] for number, title in TITLES.items()]}


@question
def check(source: str, number: int, tell: Tell) -> Answer:
    """Judge what a reader wrote, case by case; each verdict is told as soon as it is known."""
    verdicts: list[tuple[str, str]] = []
    running: list[str] = []
    try:
        for verdict in judge(source, number, begins=running.append):
            verdicts.append((verdict.case, verdict.problem))
            tell(verdicts[-1])
    except BaseException as error:  # SystemExit is no way out of a page
        verdicts.append((running[-1], f"it ended Python itself ({type(error).__name__})"))
        tell(verdicts[-1])
    return {"verdicts": verdicts}
