"""Screening: the pairs of accounts that speak for one attack, out of all that are worth comparing.

A pair is worth comparing when some day may hold both, when they tell of one country, and when their squares
touch. One that tells of no country, and lies in no square, is compared with those of every country; one that
lies in no square with all of its country. What is cheap to compare is compared first, and where the rest,
however well it agreed, could not lift a pair above 0, it is not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cairn.hands import Hands, own_hands
from cairn.incidents.accounts import Account
from cairn.incidents.columns import NEVER, Columns, take_columns
from cairn.incidents.compare import load_weights
from cairn.incidents.scoring import (
    Scores,
    score_deeds,
    score_figures,
    score_places,
    score_rest,
    score_times,
)
from cairn.incidents.sets import Flags, Numbers, Reals

ROWS, WIDTH = 256, 4096
"""Accounts on either side of what is compared at one go: a million pairs, some tens of MiB."""

TOGETHER = 16
"""Chunks that make a task: seconds of work, beside which it costs little to carry them elsewhere."""


Chunk = tuple[Numbers, Numbers]
"""Accounts, and others to compare each of them with, by their places in the columns."""


def find_positive(
    columns: Columns, asked: Flags | None = None, hands: Hands = own_hands
) -> tuple[Numbers, Numbers, Reals]:
    """Return the pairs worth comparing whose bits are above 0.

    Args:
        columns: of all accounts.
        asked: which accounts to compare with all; every one when ``None``.
        hands: compare them.

    Returns:
        Both accounts' places in the columns, the lower first, and the bits; each pair once.
    """
    chunks = _chunks(columns, asked)
    tasks = iter(lambda: list(islice(chunks, TOGETHER)), [])
    found = list(hands(partial(_compare_all, columns), tasks))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    pairs, bits = (np.concatenate(each) for each in zip(*found, strict=True))
    del found  # millions of pairs, which need not be held twice
    pairs, once = np.unique(pairs, return_index=True)
    bits = bits[once].astype(np.float64)
    here, there = np.divmod(pairs, len(columns.time))
    return here, there, bits


def find_pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Yield the places of two accounts that are worth comparing, each pair once, the lower place first."""
    columns = take_columns(accounts)
    seen: set[tuple[int, int]] = set()
    for rows, others in _chunks(columns, None):
        here, there = np.repeat(rows, len(others)), np.tile(others, len(rows))
        worth = (here != there) & share_block(columns, here, there)
        low, high = np.minimum(here, there)[worth], np.maximum(here, there)[worth]
        for pair in zip(low.tolist(), high.tolist(), strict=True):
            if pair not in seen:
                seen.add(pair)
                yield pair


def share_block(columns: Columns, here: Numbers, there: Numbers) -> Flags:
    """Say which pairs of accounts are worth comparing."""
    times, places = columns.times, columns.places
    time, other = columns.time[here], columns.time[there]
    together = np.minimum(times.last[time], times.last[other]) >= np.maximum(
        times.first[time], times.first[other]
    )
    together &= (times.first[time] != NEVER) & (times.first[other] != NEVER)
    here, there = columns.place[here], columns.place[there]
    told = places.countries.sizes
    shared = (places.countries.shared(here, there)[0] > 0) | (told[here] + told[there] == 0)
    loose = ((told[here] == 0) & (places.row[here] == NEVER)) | (
        (told[there] == 0) & (places.row[there] == NEVER)
    )
    return np.asarray(together & (loose | (shared & _touch(columns, here, there))), np.bool_)


def _touch(columns: Columns, here: Numbers, there: Numbers) -> Flags:
    """Say which pairs of combinations of places lie in squares that touch, or one of them in none."""
    row, column = columns.places.row, columns.places.column
    near = (np.abs(row[here] - row[there]) <= 1) & (np.abs(column[here] - column[there]) <= 1)
    return np.asarray(near | (row[here] == NEVER) | (row[there] == NEVER), np.bool_)


def _chunks(columns: Columns, asked: Flags | None) -> Iterator[Chunk]:
    """Yield what is to be compared, so that each pair worth it is met at least once."""
    groups = _by_country(columns)
    nowhere = groups.pop(None, np.zeros(0, np.int64))
    loose = nowhere[columns.places.row[columns.place[nowhere]] == NEVER]
    for group in groups.values():
        if asked is None:
            yield from _within(columns, group)
            yield from _across(columns, group, loose)
        else:
            yield from _across(columns, group[asked[group]], group)
            yield from _across(columns, group[asked[group]], loose)
            yield from _across(columns, loose[asked[loose]], group)
    if asked is None:
        yield from _within(columns, nowhere)
    else:
        yield from _across(columns, nowhere[asked[nowhere]], nowhere)


def _by_country(columns: Columns) -> dict[int | None, Numbers]:
    """Return accounts that have days to be looked up under, by country, the first such day first."""
    first = columns.times.first[columns.time]
    countries = columns.places.countries
    of: dict[int | None, list[int]] = defaultdict(list)
    told = [countries.members[start:end].tolist() or [None] for start, end in _ranges(countries.starts)]
    for number in np.argsort(first, kind="stable").tolist():
        if first[number] != NEVER:
            for country in told[columns.place[number]]:
                of[country].append(number)
    return {country: np.asarray(numbers, np.int64) for country, numbers in of.items()}


def _ranges(starts: Numbers) -> Iterator[tuple[int, int]]:
    bounds = starts.tolist()
    return pairwise(bounds)


def _within(columns: Columns, group: Numbers) -> Iterator[Chunk]:
    """Yield the chunks that compare a group with itself: each account with those that begin no earlier."""
    time = columns.time[group]
    first, last = columns.times.first[time], columns.times.last[time]
    for start in range(0, len(group), ROWS):
        end = int(np.searchsorted(first, last[start : start + ROWS].max(), "right"))
        yield from _slices(group[start : start + ROWS], group[start:end])


def _across(columns: Columns, group: Numbers, others: Numbers) -> Iterator[Chunk]:
    """Yield the chunks that compare a group with another one."""
    if not len(others):
        return
    time = columns.time[others]
    first = columns.times.first[time]
    longest = int((columns.times.last[time] - first).max())
    for start in range(0, len(group), ROWS):
        rows = group[start : start + ROWS]
        days = columns.time[rows]
        begin = int(np.searchsorted(first, columns.times.first[days].min() - longest))
        end = int(np.searchsorted(first, columns.times.last[days].max(), "right"))
        yield from _slices(rows, others[begin:end])


def _slices(rows: Numbers, others: Numbers) -> Iterator[Chunk]:
    for start in range(0, len(others), WIDTH):
        yield rows, others[start : start + WIDTH]


def _compare_all(columns: Columns, chunks: Sequence[Chunk]) -> tuple[Numbers, NDArray[np.float32]]:
    """Return what ``_compare`` does, of some chunks together."""
    pairs, bits = zip(*(_compare(columns, chunk) for chunk in chunks), strict=True)
    return np.concatenate(pairs), np.concatenate(bits)


def _compare(columns: Columns, chunk: Chunk) -> tuple[Numbers, NDArray[np.float32]]:
    """Return the pairs of a chunk whose bits are above 0, as one number each, and the bits: halves."""
    bits = _grid(columns.time, chunk, lambda here, there: _same_days(columns, here, there))
    bits += _grid(columns.place, chunk, lambda here, there: _same_area(columns, here, there))
    bits += _grid(columns.deed, chunk, lambda here, there: score_deeds(columns.deeds, here, there).bits)
    bits += _grid(columns.figure, chunk, lambda here, there: score_figures(columns.figures, here, there).bits)
    rows, others = chunk
    named = columns.victims.sizes > 0
    names, rest = _rest()
    promising = bits + rest + np.where(named[rows][:, None] & named[others], names, 0.0) > 0
    promising &= rows[:, None] != others
    row, column = np.nonzero(promising)
    here, there = rows[row], others[column]
    words = columns.words.meet(rows, others)[row, column]
    total = bits[row, column] + score_rest(columns, here, there, words).bits
    good = total > 0
    here, there = here[good], there[good]
    pairs = np.minimum(here, there) * len(columns.time) + np.maximum(here, there)
    return pairs, total[good].astype(np.float32)


def _grid(kind: Numbers, chunk: Chunk, scored: Callable[[Numbers, Numbers], Reals]) -> Reals:
    """Return the bits of each row with each column, scored once for accounts that tell alike."""
    (rows, row), (others, column) = (_once(kind[side]) for side in chunk)
    bits = scored(np.repeat(rows, len(others)), np.tile(others, len(rows)))
    grid: Any = bits.reshape(len(rows), len(others))
    return np.asarray(grid[np.ix_(row, column)])


def _once(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return some small numbers, each once, and for each the place where it stands."""
    place = np.zeros(int(values.max(initial=0)) + 1, np.int64)
    place[values] = 1
    once = np.flatnonzero(place)
    place[once] = np.arange(len(once))
    return once, place[values]


def _same_days(columns: Columns, here: Numbers, there: Numbers) -> Reals:
    times = columns.times
    met = np.minimum(times.last[here], times.last[there]) >= np.maximum(times.first[here], times.first[there])
    return np.where(met, _sure(score_times(times, here, there)), -np.inf)


def _same_area(columns: Columns, here: Numbers, there: Numbers) -> Reals:
    return np.where(_touch(columns, here, there), _sure(score_places(columns.places, here, there)), -np.inf)


def _sure(scores: Scores) -> Reals:
    """Return the bits, with what is decisive against one attack below all."""
    return np.where(scores.apart, -np.inf, scores.bits)


def _rest() -> tuple[float, float]:
    """Return the most bits that names of victims give, and the most that all else does that is asked last."""
    weights = load_weights()
    kinds = ("told-apart", "words-most", "words-many", "words-some", "words-few")
    most = max(0.0, *(weights[kind] for kind in kinds))
    return max(0.0, weights["names-same"]), weights["prior"] + most
