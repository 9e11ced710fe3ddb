"""Read the labelled case tables in ``tests/cases/``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Annotated reports and the referee, where they are at hand; tests that need them skip elsewhere."""

DETERMINERS = ("the ", "his ", "her ", "their ", "its ", "all ", "only ")

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Return the rows of one table."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_text(name: str) -> list[Any]:
    """Return the rows of one table as one test case a text; rows of one text stand together."""
    return list(_cases(rows(name), lambda row: row["text"]))


def _cases(table: list[Row], key: Callable[[Row], str]) -> Iterator[Any]:
    for text, group in groupby(table, key):
        expected = list(group)
        yield pytest.param(text, expected, id=f"{expected[0]['note']}: {text[:50]}")


def bare(words: str) -> str:
    """Return a noun phrase without the determiners before it: an anchor may or may not hold them."""
    lower = words.lower()
    for determiner in DETERMINERS:
        if lower.startswith(determiner):
            return bare(words[len(determiner) :])
    return lower


def number(cell: str) -> int | None:
    """Return the whole number in a cell, ``None`` for an empty one."""
    return int(cell) if cell else None
