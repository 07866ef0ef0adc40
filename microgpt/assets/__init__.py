"""The files that come with the package; README.md beside this file says where they are from."""

from pathlib import Path

NAMES = Path(__file__).with_name("names.txt")
"""5,163 given names from the 1990 United States Census, one a line."""

MODEL = Path(__file__).with_name("model.json")
"""The trained model: what ``microgpt train`` writes with no arguments."""

POCKET = Path(__file__).with_name("pocket.json")
"""The pocket model: 68 hand-picked numbers, small enough for pencil and paper."""
