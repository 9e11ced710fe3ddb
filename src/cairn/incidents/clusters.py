"""Clusters: join accounts by their verdicts, never against a ruling, and never by way of a vague third."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

APART = float("-inf")
"""Verdict on a pair that must not be joined."""


def cluster(
    keys: Sequence[str],
    pairs: Iterable[tuple[str, str, float]],
    bits_of: Callable[[str, str], float],
) -> list[list[str]]:
    """Join what belongs together: the two clusters of the highest mean verdict first, while it is above 0.

    The mean over all pairs across (average linkage) keeps a vague account, which agrees a little with
    everything, from chaining two attacks: what the two say of each other counts as well. A pair that is
    ``APART`` keeps its clusters apart for good.

    Args:
        keys: of the accounts; ties go to the lower keys, so their order changes nothing.
        pairs: two keys with their verdict in bits, for those worth a look.
        bits_of: gives the verdict of any two keys.

    Returns:
        The clusters, each sorted, in the order of their first keys.
    """
    members: dict[int, list[str]] = {number: [key] for number, key in enumerate(sorted(keys))}
    owner = {key: number for number, (key,) in members.items()}
    sums: dict[int, dict[int, float]] = {number: {} for number in members}
    for one, other, bits in pairs:
        sums[owner[one]][owner[other]] = sums[owner[other]][owner[one]] = bits
    heap = [
        _entry(members, here, there, bits)
        for here, beside in sums.items()
        for there, bits in beside.items()
        if here < there
    ]
    heapq.heapify(heap)
    while heap:
        mean, _, here, there, size = heapq.heappop(heap)
        if -mean <= 0:
            break
        if here not in members or there not in members or size != len(members[here]) + len(members[there]):
            continue
        _join(members, sums, here, there, bits_of)
        for beside, bits in sums[here].items():
            heapq.heappush(heap, _entry(members, *sorted((here, beside)), bits))  # type: ignore[call-arg]
    return sorted(sorted(each) for each in members.values())


def _entry(
    members: dict[int, list[str]], here: int, there: int, bits: float
) -> tuple[float, tuple[str, str], int, int, int]:
    """Return what orders a pair of clusters: the highest mean first, then the lowest keys."""
    size = len(members[here]) * len(members[there])
    lowest = sorted((min(members[here]), min(members[there])))
    return (-bits / size, (lowest[0], lowest[1]), here, there, len(members[here]) + len(members[there]))


def _join(
    members: dict[int, list[str]],
    sums: dict[int, dict[int, float]],
    here: int,
    there: int,
    bits_of: Callable[[str, str], float],
) -> None:
    """Put the second cluster into the first; the verdicts between clusters are summed."""
    for beside in (sums[here].keys() | sums[there].keys()) - {here, there}:
        total = 0.0
        for part in (here, there):
            known = sums[part].get(beside)
            if known is None:
                known = sum(bits_of(one, other) for one in members[part] for other in members[beside])
            total += known
        sums[here][beside] = sums[beside][here] = total
        sums[beside].pop(there, None)
    sums[here].pop(there, None)
    del sums[there]
    members[here] += members.pop(there)
