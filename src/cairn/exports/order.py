"""Order: claims as a person reads them, each under the one whose people include its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.records import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A claim and how many claims stand above it; 0 for one that is part of no other."""

    claim: Claim
    depth: int


def nest(claims: Sequence[Claim]) -> tuple[Nested, ...]:
    """Return every claim exactly once, in reading order, parts directly under their whole.

    A claim whose whole is not among ``claims``, or whose chain of wholes runs in a circle, stands at
    depth 0: it is shown rather than lost.
    """
    in_order = sorted(claims, key=lambda claim: claim.anchor)
    wholes = _wholes(in_order)
    parts: dict[str, list[Claim]] = {}
    for claim in in_order:
        if claim.id in wholes:
            parts.setdefault(wholes[claim.id], []).append(claim)
    waiting = [Nested(claim=claim, depth=0) for claim in reversed(in_order) if claim.id not in wholes]
    nested: list[Nested] = []
    while waiting:
        entry = waiting.pop()
        nested.append(entry)
        below = parts.pop(entry.claim.id, [])
        waiting += [Nested(claim=claim, depth=entry.depth + 1) for claim in reversed(below)]
    return tuple(nested)


def _wholes(claims: Sequence[Claim]) -> dict[str, str]:
    """Map each claim's id to that of its whole, leaving out what is unknown or would close a circle."""
    ids = {claim.id for claim in claims}
    wholes: dict[str, str] = {}
    for claim in claims:
        if claim.part_of is None or claim.part_of not in ids:
            continue
        above: str | None = claim.part_of
        while above is not None and above != claim.id:
            above = wholes.get(above)
        if above is None:
            wholes[claim.id] = claim.part_of
    return wholes
