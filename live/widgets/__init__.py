"""What the panels of a page ask of Python: questions and answers in plain JSON.

Every number comes from the book's own program and the tool around it; nothing of the model is
written here a second time. What the tool would refuse is answered by ``{"refused": "why"}``.
A module for each panel; here stands every question that a page may ask.
"""

from .attention import attention
from .check import check, starters
from .embeddings import embeddings
from .graph import graph
from .letters import draw, finish, next_letters
from .models import use
from .training import begin, checkpoint, learn, resume, trained

__all__ = [
    "attention",
    "begin",
    "check",
    "checkpoint",
    "draw",
    "embeddings",
    "finish",
    "graph",
    "learn",
    "next_letters",
    "resume",
    "starters",
    "trained",
    "use",
]
