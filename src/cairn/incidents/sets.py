"""Sets: a set of numbers for each of many things, in one piece, and what two of them share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

ROWS, PAIRS = 512, 1 << 15
"""Different rows and pairs that are looked up at one go: some megabytes of scratch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """One set a row.

    Attributes:
        starts: where each row's members begin in ``members``, and at the end where the last ones end.
        members: row by row, ascending in each.
        kinds: how many different members there are.
    """

    starts: Numbers
    members: Numbers
    kinds: int

    @property
    def sizes(self) -> Numbers:
        """Return how many members each row has."""
        return np.diff(self.starts)

    def shared(self, here: Numbers, there: Numbers) -> tuple[Numbers, Numbers]:
        """Return for each pair of rows how many members they share, and the highest of these, -1 for none."""
        counts, highest = np.zeros(len(here), np.int64), np.full(len(here), -1, np.int64)
        filled = self.sizes > 0
        asked = np.flatnonzero(filled[here] & filled[there])
        order = asked[np.argsort(there[asked])]
        rank = np.cumsum(np.diff(there[order], prepend=-1) != 0)
        local = np.zeros(self.kinds, np.int64)
        start = 0
        while start < len(order):
            stop = int(np.searchsorted(rank, rank[start] + ROWS))
            part = order[start : min(stop, start + PAIRS)]
            counts[part], highest[part] = self._shared(here[part], there[part], local)
            start += len(part)
        return counts, highest

    def meet(self, rows: Numbers, others: Numbers) -> Numbers:
        """Return how many members each of some rows shares with each of some others, as a grid."""
        row, members = self._members(rows)
        column, against = self._members(others)
        order = np.argsort(against, kind="stable")
        column, against = column[order], against[order]
        first = np.searchsorted(against, members)
        met, place = spread(np.searchsorted(against, members, "right") - first)
        cells = row[met] * len(others) + column[first[met] + place]
        return np.bincount(cells, minlength=len(rows) * len(others)).reshape(len(rows), len(others))

    def _members(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return the members of some rows, one after the other, each with its row's place."""
        row, place = spread(self.sizes[rows])
        return row, self.members[self.starts[rows][row] + place]

    def _shared(self, here: Numbers, there: Numbers, local: Numbers) -> tuple[Numbers, Numbers]:
        """Look pairs up, ordered by ``there``, in a table of these rows; ``local`` is scratch, all 0."""
        fresh = np.diff(there, prepend=-1) != 0
        rows, row = there[fresh], np.cumsum(fresh) - 1
        owner, members = self._members(rows)
        local[members] = 1
        asked = np.flatnonzero(local)
        local[asked] = np.arange(1, len(asked) + 1)
        table = np.zeros((len(rows), len(asked) + 1), np.bool_)
        table[owner, local[members]] = True
        pair, members = self._members(here)
        met = table[row[pair], local[members]]
        local[asked] = 0
        highest = np.full(len(here), -1, np.int64)
        np.maximum.at(highest, pair[met], members[met])
        return np.bincount(pair[met], minlength=len(here)), highest


def pack_sets(rows: Sequence[Iterable[Hashable]], numbers: dict[Hashable, int] | None = None) -> Sets:
    """Return sets of anything as sets of numbers.

    Args:
        rows: the sets.
        numbers: of the members; in the order of their first appearance when ``None``.
    """
    known: dict[Hashable, int] = {} if numbers is None else numbers
    sizes = np.zeros(len(rows) + 1, np.int64)
    flat: list[int] = []
    for place, row in enumerate(rows):
        flat.extend(known.setdefault(each, len(known)) for each in row)
        sizes[place + 1] = len(flat)
    members = np.asarray(flat, np.int64)
    owners = np.repeat(np.arange(len(rows)), np.diff(sizes))
    return Sets(starts=sizes, members=members[np.lexsort((members, owners))], kinds=len(known))


def spread(sizes: Numbers) -> tuple[Numbers, Numbers]:
    """Return for rows of some sizes, laid out one after the other, each item's row and place in it."""
    row = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return row, place


def portion(sizes: Numbers, most: int) -> Iterator[slice]:
    """Yield slices of rows that together hold no more items than ``most``, at least a row in each."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = int(ends[start] - sizes[start])
        stop = max(start + 1, int(np.searchsorted(ends, before + most, "right")))
        yield slice(start, stop)
        start = stop
