"""Counts: what a pair of bounds says, in words that keep silence, nobody and "some" apart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from cairn.exports.wording import VAGUE
from cairn.records import Count

NOT_TOLD = "not told"
"""No figure is told: which is neither nobody nor somebody."""
NOBODY = "none (stated)"
SOME = "some, number unknown"
"""Vague words or a share: "dozens" (``low`` is the least that the word allows), "half of the residents"."""
COUNTED = "counted"
REMEMBERED = 10_000
"""Radii that are kept once classed: a gazetteer has few."""


def count_kind(count: Count) -> str:
    """Return what kind of figure a claim tells."""
    if count.low is None and count.high is None:
        return f"{SOME}: a share"
    if count.is_zero:
        return NOBODY
    if count.high is None:
        return SOME if count.approx and count.low in VAGUE else "at least"
    if count.low is None:
        return "at most"
    if count.low < count.high:
        return "between"
    return "about" if count.approx else "exactly"


def told_kind(counts: Iterable[Count]) -> str:
    """Return what several claims tell together: ``COUNTED`` as soon as one of them gives a number."""
    kinds = {count_kind(count) for count in counts}
    if not kinds:
        return NOT_TOLD
    if kinds == {NOBODY}:
        return NOBODY
    return SOME if all(kind.startswith(SOME) for kind in kinds) else COUNTED


@lru_cache(REMEMBERED)
def reach(radius_km: float | None) -> str | None:
    """Return how closely a place is known, by how far from the point the harm may have been."""
    if radius_km is None:
        return None
    return next(
        (f"within {most} km" for most in REACHES if radius_km <= most), f"wider than {REACHES[-1]} km"
    )


REACHES = (5, 25, 75, 300)
"""Kilometres: a village or quarter; a city, which is also UCDP's "near a known place"; a district; a
province. Cairn knows circles and not borders, so the classes are of distance and not of divisions."""
