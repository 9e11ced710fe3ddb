"""Alignment: the passages that two texts share, word for word, in whatever order.

Greedy string tiling (Wise, "YAP3", SIGCSE 1996), with which the METER corpus of newswire reuse was measured
(Clough et al., "METER: MEasuring TExt Reuse", ACL 2002): the longest run of words that both texts have is
taken first, then the longest in what is left. Small holes between neighbouring runs, where a word or two was
changed, are then searched for what is left of shorter runs.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from cairn.documents.copies.prints import SHINGLE, hash_shingles

MAX_HOLE = 6
"""Longest hole, in words of either text, across which runs belong to one stretch: an editor's change."""

MAX_REPEATS = 4
"""A shingle that one text repeats more often starts no run: lists and tables do, and made-up texts."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """``count`` words that stand in both texts, from word ``here`` of one and word ``there`` of the other."""

    here: int
    there: int
    count: int


Stretch = tuple[Run, ...]
"""Runs that follow one another in both texts with only small holes between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """The words of one text, made ready to be found in another.

    Attributes:
        folded: each word without letter case.
        shingles: hash of each shingle, by the place of its first word.
        places: of the last of the shingles with a hash, by hash.
        more: all places of the few that come again, by hash.
    """

    folded: Sequence[str]
    shingles: Sequence[int]
    places: Mapping[int, int]
    more: Mapping[int, Sequence[int]]


def shingle(folded: Sequence[str]) -> Shingled:
    """Make words ready for ``align``."""
    shingles = hash_shingles(folded).tolist()
    places = dict(zip(shingles, range(len(shingles)), strict=True))
    more: dict[int, list[int]] = {}
    if len(places) < len(shingles):
        counts = Counter(shingles)
        for place, hashed in enumerate(shingles):
            if counts[hashed] > 1:
                more.setdefault(hashed, []).append(place)
    return Shingled(folded=folded, shingles=shingles, places=places, more=more)


def align(here: Shingled, there: Shingled) -> list[Stretch]:
    """Return the stretches that two texts share, in the order of ``here``; no word of it stands in two."""
    return _fill(here.folded, there.folded, _stretches(_tile(_find_runs(here, there))))


def _find_runs(here: Shingled, there: Shingled) -> list[Run]:
    """Return every run of at least ``SHINGLE`` words that cannot be made longer."""
    first_words, second_words, places = here.folded, there.folded, there.places
    runs: list[Run] = []
    reached: dict[int, int] = {}  # by diagonal: the place from which its next run may start
    for first in [place for place, hashed in enumerate(here.shingles) if hashed in places]:
        hashed = here.shingles[first]
        starts = there.more.get(hashed) or (places[hashed],)
        if len(starts) > MAX_REPEATS:
            continue
        for second in starts:
            if reached.get(first - second, 0) > first:
                continue
            end, shift = first, second - first
            stop = min(len(first_words), len(second_words) - shift)
            while end < stop and first_words[end] == second_words[end + shift]:
                end += 1
            if end - first >= SHINGLE:
                reached[first - second] = end
                runs.append(Run(first, second, end - first))
    return runs


def _tile(runs: Sequence[Run]) -> list[Run]:
    """Return runs that do not overlap in either text, the longest taken first, in the order of ``here``."""
    heap = [(-run.count, run.here, run.there) for run in runs]
    heapq.heapify(heap)
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    tiles: list[Run] = []
    while heap:
        count, here, there = heapq.heappop(heap)
        words, other_words = range(here, here - count), range(there, there - count)
        if taken_here.isdisjoint(words) and taken_there.isdisjoint(other_words):
            tiles.append(Run(here, there, -count))
            taken_here.update(words)
            taken_there.update(other_words)
            continue
        free = [
            one not in taken_here and two not in taken_there
            for one, two in zip(words, other_words, strict=True)
        ]
        for start, end in _true_ranges(free):
            if end - start >= SHINGLE:
                heapq.heappush(heap, (start - end, here + start, there + start))
    return sorted(tiles)


def _true_ranges(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return start and end of each series of ``True``."""
    edges = [place for place, (before, now) in enumerate(pairwise([False, *flags, False])) if before != now]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _stretches(tiles: Sequence[Run]) -> list[list[Run]]:
    """Put tiles together that follow one another in both texts with small holes between."""
    stretches: list[list[Run]] = []
    for run in tiles:
        last = stretches[-1][-1] if stretches else None
        if (
            last is not None
            and 0 <= run.here - last.here - last.count <= MAX_HOLE
            and 0 <= run.there - last.there - last.count <= MAX_HOLE
        ):
            stretches[-1].append(run)
        else:
            stretches.append([run])
    return stretches


def _fill(here: Sequence[str], there: Sequence[str], stretches: list[list[Run]]) -> list[Stretch]:
    """Add the short runs that stand in the holes of each stretch."""
    filled: list[Stretch] = []
    for stretch in stretches:
        runs = list(stretch)
        for before, after in pairwise(stretch):
            first, second = before.here + before.count, before.there + before.count
            hole, other = here[first : after.here], there[second : after.there]
            if len(hole) > 1 and len(other) > 1:
                blocks = SequenceMatcher(None, hole, other, autojunk=False).get_matching_blocks()
                runs.extend(Run(first + one, second + two, size) for one, two, size in blocks if size)
        filled.append(tuple(sorted(runs)))
    return filled
