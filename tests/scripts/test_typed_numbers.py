"""A number in a sentence is computed or tested; what is typed by hand is known, with its reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))

import typed_numbers

MOST = 5  # exceptions; this may only become smaller


def test_no_number_is_typed_by_hand_without_a_reason():
    assert typed_numbers.faults() == []


def test_the_list_of_exceptions_does_not_grow_and_gives_reasons():
    known = typed_numbers.exceptions()
    assert len(known) <= MOST
    assert all(len(reason.split()) > 1 for reason in known.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has 4,192 numbers.", ["4,192"]),
        ("About 0.37 nats.", ["0.37"]),
        ("It fell by −0.25 at once.", ["−0.25"]),
        ("It has {number}`2**12` numbers and `4192` in code.", []),
        ("Three of 12 names, 0.5 each.", []),
        ("| 0.1234 | a table |", []),
        ("The formula $x = 0.125$ stands.", []),
        ("```{doctest}\n>>> 1 / 8\n0.125\n```\nIt is 0.125.", []),
        ("```{doctest}\n>>> 1 / 8\n0.125\n```\nIt is 0.126.", ["0.126"]),
    ],
)
def test_what_counts_as_typed(text, found):
    assert [number for _, number in typed_numbers.typed(text)] == found
