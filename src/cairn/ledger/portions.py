"""Portions: long lists of values, as many at a time as one question to a database may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

ASKED = 500
"""Values in one question; SQLite takes 32,766, older ones 999."""

T = TypeVar("T")


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the values in order, at most ``ASKED`` at a time."""
    for start in range(0, len(values), ASKED):
        yield values[start : start + ASKED]
