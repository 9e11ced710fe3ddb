"""Stock text: what an outlet prints under report after report, and set phrases that everybody uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from cairn.documents.copies.index import CopyIndex, are_alike, list_documents
from cairn.documents.copies.prints import SHINGLE, Prints, hash_shingles
from cairn.documents.copies.sketches import Numbers
from cairn.documents.copies.words import Words, read_words, without

HOUSE_DOCUMENTS = 3
"""Documents of one outlet, on different matters, from which a passage that they share is its stock."""

HOUSE_DAYS = 6
"""Days on which one outlet printed a passage from which it is stock, alike as its documents may be: short
briefs over a long footer are alike, and so are updates of one report, but those end sooner."""

COMMON_DOCUMENTS = 4
"""Documents on other matters from which what two documents share with them is a set phrase."""

KEPT = 1_000
"""Texts whose words are kept at hand, some 40 kB each at 300 words."""


class Stock:
    """Tells stock text in the documents of one index, and keeps what is asked for again and again."""

    def __init__(self, index: CopyIndex) -> None:
        codes: dict[str | None, int] = {None: 0}
        self._index = index
        self._outlets = np.array(
            [codes.setdefault(each.outlet, len(codes)) for each in index.documents], np.int64
        )
        self.own_words = lru_cache(KEPT)(self._own_words)

    def find_common(self, here: int, there: int) -> bytes:
        """Return for each word of the first of two documents 1 when it stands in set phrases alone, else 0.

        A phrase that only documents like these two have is theirs, however many these are: a wire stays a
        wire when all the world prints it.
        """
        prints = np.intersect1d(self._index.prints_of(here), self._index.prints_of(there), assume_unique=True)
        counts, listed = list_documents(self._index, prints)
        often = counts > COMMON_DOCUMENTS
        others = np.setdiff1d(listed[often], [-1, here, there])
        strange = others[~(self._alike(others, here) | self._alike(others, there))]
        common = often & (np.isin(listed, strange).sum(axis=1) >= COMMON_DOCUMENTS)
        words = self.own_words(here)
        return without(_cover(words, prints[common]), _cover(words, prints[~common]))

    def _own_words(self, number: int) -> Words:
        """Return the words of a document, those that its outlet prints again and again no longer its own."""
        words = read_words(self._index.documents[number].text)
        house = self._find_house(number, words)
        return replace(words, own=without(words.own, house), free=without(words.free, house))

    def _find_house(self, number: int, words: Words) -> bytes:
        """Return for each word 1 when it stands in what the outlet prints again and again, else 0."""
        prints = self._index.prints_of(number)
        _, listed = list_documents(self._index, prints)
        outlet = self._outlets[number]
        same = (listed >= 0) & (listed != number) & (self._outlets[listed] == outlet) & (outlet != 0)
        likely = same.sum(axis=1) >= HOUSE_DOCUMENTS - 1
        others = np.unique(listed[likely][same[likely]])
        strange = others[~self._alike(others, number)]
        unlike = (same & np.isin(listed, strange)).sum(axis=1) >= HOUSE_DOCUMENTS - 1
        for place in np.flatnonzero(likely & ~unlike).tolist():
            unlike[place] = self._count_days(number, listed[place][same[place]].tolist()) >= HOUSE_DAYS
        return _cover(words, prints[unlike])

    def _count_days(self, number: int, others: Sequence[int]) -> int:
        """Return on how many days some documents were published."""
        return len({self._index.documents[each].published for each in (*others, number)} - {None})

    def _alike(self, others: Numbers, number: int) -> npt.NDArray[np.bool_]:
        """Say of each of some documents whether it is much the same text as another one."""
        return are_alike(self._index, others, np.full_like(others, number))


def _cover(words: Words, prints: Prints) -> bytes:
    """Return for each word 1 when a shingle that it stands in has its hash among ``prints``, else 0."""
    mask = bytearray(len(words.folded))
    if len(prints):
        for place in np.flatnonzero(np.isin(hash_shingles(words.folded), prints)).tolist():
            mask[place : place + SHINGLE] = b"\1" * SHINGLE
    return bytes(mask)
