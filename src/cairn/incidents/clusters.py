"""Clusters: join accounts by their verdicts, never against a ruling, and never by way of a vague third.

The two clusters of the highest mean verdict are joined first, while it is above 0 (average linkage). The mean
over all pairs across keeps a vague account, which agrees a little with everything, from chaining two attacks:
what the two say of each other counts as well.

What joins is found for many clusters at once. Two that agree with each other more than with any third will
be joined whatever is joined elsewhere, for the mean of a joined cluster with a third is never above the
higher of the means of its parts (Lance and Williams 1967; reciprocal neighbours: Murtagh 1983). Equal means
are ordered by the lowest accounts of the clusters, and a joined cluster has the lower of its parts', so this
holds for ties too: whatever the order of joining, the clusters are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cairn.incidents.sets import Flags, Numbers, Reals, portion, spread

APART = float("-inf")
"""Verdict on a pair that must not be joined."""

AT_ONCE = 1 << 19
"""Pairs that are scored at one go: some hundred megabytes of scratch."""

Score = Callable[[Numbers, Numbers], Reals]
"""Gives the bits of pairs of accounts, in halves, so that sums are exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Pairs of clusters that agree, each once; a cluster bears the number of its lowest account.

    Attributes:
        low: the cluster of the lower number.
        high: the other.
        total: sum of the bits of all pairs of accounts across; always above 0.
    """

    low: Numbers
    high: Numbers
    total: Reals


def cluster(count: int, here: Numbers, there: Numbers, bits: Reals, score: Score) -> Numbers:
    """Join what belongs together.

    Two clusters with no pair across above 0 have no mean above 0, now or when more was joined to them, so
    only the pairs above 0 are given, and what lies between two clusters is scored when it is needed.

    Args:
        count: of accounts, which are numbered in the order that settles ties.
        here: the lower account of each pair whose bits are above 0, each pair once.
        there: the higher one.
        bits: of these pairs.
        score: gives the bits of any pairs: ``APART`` for those that must not be joined, and nothing above 0
            for pairs that are not among the ones given.

    Returns:
        For each account the lowest one of its cluster.
    """
    owner = np.arange(count)
    edges = Edges(low=here, high=there, total=bits)
    while len(edges.low):
        sizes = np.bincount(owner, minlength=count)
        merging = _are_mutual(edges, edges.total / (sizes[edges.low] * sizes[edges.high]), count)
        partner = np.full(count, -1)
        partner[edges.low[merging]] = edges.high[merging]
        joined = np.arange(count)
        joined[edges.high[merging]] = edges.low[merging]
        edges = _join(edges, joined, partner, owner, score)
        owner = joined[owner]
    return owner


def _are_mutual(edges: Edges, means: Reals, count: int) -> Flags:
    """Say which edges are the best of both their clusters: the highest mean, then the lowest accounts."""
    highest = np.zeros(count)
    keys = edges.low * count + edges.high
    lowest = np.full(count, count * count)
    for side in (edges.low, edges.high):
        np.maximum.at(highest, side, means)
    for side in (edges.low, edges.high):
        tied = means == highest[side]
        np.minimum.at(lowest, side[tied], keys[tied])
    return np.asarray((lowest[edges.low] == keys) & (lowest[edges.high] == keys), np.bool_)


def _join(edges: Edges, joined: Numbers, partner: Numbers, owner: Numbers, score: Score) -> Edges:
    """Return the edges between what is joined now; those that no longer agree are left out for good.

    Args:
        edges: before.
        joined: for each cluster the one that it is part of now.
        partner: for each cluster the one that was joined to it, -1 for none.
        owner: for each account its cluster before.
        score: for the pairs of accounts that no edge held.
    """
    count = len(joined)
    low, high = joined[edges.low], joined[edges.high]
    moved = (partner[low] >= 0) | (partner[high] >= 0)
    across = moved & (low != high)
    before = np.sort(edges.low[across] * count + edges.high[across])
    keys, which = np.unique(
        np.minimum(low, high)[across] * count + np.maximum(low, high)[across], return_inverse=True
    )
    total = np.bincount(which, weights=edges.total[across], minlength=len(keys))
    one, other = np.divmod(keys, count)
    parts = (1 + (partner[one] >= 0)) * (1 + (partner[other] >= 0))
    short = np.flatnonzero(np.bincount(which, minlength=len(keys)) < parts)
    for start in range(0, len(short), AT_ONCE):
        part = short[start : start + AT_ONCE]
        edge, here, there = _find_lacking(one[part], other[part], partner, before)
        sums = _sum_up(owner, here, there, score)
        total[part] += np.bincount(edge, weights=sums, minlength=len(part))
    good, still = total > 0, ~moved
    return Edges(
        low=np.concatenate((edges.low[still], one[good])),
        high=np.concatenate((edges.high[still], other[good])),
        total=np.concatenate((edges.total[still], total[good])),
    )


def _find_lacking(
    one: Numbers, other: Numbers, partner: Numbers, before: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs of parts of joined clusters that no edge held.

    Args:
        one: joined clusters.
        other: those that they have an edge with now.
        partner: for each cluster the one that was joined to it, -1 for none.
        before: the pairs that edges held, as one number each, ascending.

    Returns:
        For each lacking pair the place of its two clusters in ``one`` and ``other``, and its two parts.
    """
    edge = np.tile(np.arange(len(one)), 4)
    here = np.concatenate((one, one, partner[one], partner[one]))
    there = np.concatenate((other, partner[other], other, partner[other]))
    whole = (here >= 0) & (there >= 0)
    edge, here, there = edge[whole], here[whole], there[whole]
    pairs = np.minimum(here, there) * len(partner) + np.maximum(here, there)
    place = np.searchsorted(before, pairs)
    lacking = before[np.minimum(place, len(before) - 1)] != pairs
    return edge[lacking], here[lacking], there[lacking]


def _sum_up(owner: Numbers, low: Numbers, high: Numbers, score: Score) -> Reals:
    """Return the sums of the bits of all pairs across pairs of clusters."""
    members = np.argsort(owner, kind="stable")
    first = np.searchsorted(owner[members], np.arange(len(owner)))
    sizes = np.bincount(owner, minlength=len(owner))
    totals = np.zeros(len(low))
    for part in portion(sizes[low] * sizes[high], AT_ONCE):
        edge, place = spread(sizes[low[part]] * sizes[high[part]])
        one, other = low[part][edge], high[part][edge]
        here = members[first[one] + place // sizes[other]]
        there = members[first[other] + place % sizes[other]]
        totals[part] = np.bincount(edge, weights=score(here, there), minlength=len(low[part]))
    return totals
