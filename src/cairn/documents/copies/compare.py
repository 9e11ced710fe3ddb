"""Compare texts word by word, by what they alone tell: the part of the work that any process can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from cairn.documents.copies.align import Shingled, Stretch, align, shingle
from cairn.documents.copies.judge import is_copy, may_be_copy, weigh
from cairn.documents.copies.words import Words, fold, read_words

Batch = tuple[Mapping[int, str], Sequence[tuple[int, int]]]
"""Texts by number, and the pairs of them to compare."""

Pair = tuple[int, int, Sequence[Stretch]]
"""Numbers of two texts and what they share."""


def compare_texts(batch: Batch) -> list[Pair]:
    """Return the pairs that are copies, unless what they share turns out to be stock text."""
    texts, pairs = batch

    @cache
    def shingled(number: int) -> Shingled:
        return shingle(fold(texts[number]))

    @cache
    def words(number: int) -> Words:
        return read_words(texts[number], shingled(number).folded)

    found: list[Pair] = []
    for here, there in pairs:
        stretches = align(shingled(here), shingled(there))
        smaller = min(len(shingled(here).folded), len(shingled(there).folded))
        if may_be_copy(stretches, smaller) and is_copy(
            weigh(stretches, words(here), words(there)), words(here), words(there)
        ):
            found.append((here, there, stretches))
    return found
