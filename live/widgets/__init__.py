"""What the panels of a page ask of Python: questions and answers in plain JSON.

Every number comes from the book's own program and the tool around it; nothing of the model is
written here a second time. What the tool would refuse is answered by ``{"refused": "why"}``.
A module for each panel; here stands every question that a page may ask.
"""

from .attention import attention
from .check import check, starters
from .descent import valley, walks
from .embeddings import embeddings
from .graph import graph
from .letters import draw, finish, next_letters
from .models import use
from .pairs import pairs
from .poster import around, poster, turned
from .slopes import curves, secant
from .training import begin, checkpoint, learn, resume, trained

__all__ = [
    "around",
    "attention",
    "begin",
    "check",
    "checkpoint",
    "curves",
    "draw",
    "embeddings",
    "finish",
    "graph",
    "learn",
    "next_letters",
    "pairs",
    "poster",
    "resume",
    "secant",
    "starters",
    "trained",
    "turned",
    "use",
    "valley",
    "walks",
]
