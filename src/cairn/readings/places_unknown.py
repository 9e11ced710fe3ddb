"""Place a name of which nothing is known: at the place that contains it, or at the one it is told beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cairn.readings.places_candidates import Candidate
from cairn.readings.places_choose import Choice, Context
from cairn.readings.places_known import PARTS, Known
from cairn.records import Locality, Place, PlaceKind

FAR_FROM_SETTLEMENT_KM = 25.0
"""Added to the settlement's own radius for a place that no word puts inside: rarely farther off than that."""


def place_unknown(
    name: str, kind: PlaceKind, outer: Known | None, *, told: bool, within: str | None, reason: str
) -> Locality:
    """Return a name at the coordinates of ``outer``, with a radius that holds it.

    Args:
        name: as the text has it.
        kind: of place.
        outer: where it lies or is told; ``None`` where nothing says.
        told: the text says that it lies there.
        within: the words that say so.
        reason: why it is a place.
    """
    if outer is None:
        return Locality(place=Place(name=name), kind=kind, within=within, reason=reason or "unknown name")
    radius = outer.radius_km
    if radius is not None and outer.kind is PlaceKind.SETTLEMENT and not (told and kind in PARTS):
        radius += FAR_FROM_SETTLEMENT_KM
    place = Place(
        name=name, country=outer.country, latitude=outer.latitude, longitude=outer.longitude, radius_km=radius
    )
    return Locality(
        place=place,
        kind=kind,
        within=within,
        reason="; ".join(filter(None, (reason, "not in the gazetteer"))),
    )


def told_beside(
    number: int,
    candidates: Sequence[Candidate],
    choices: Sequence[Choice],
    accepted: Sequence[bool],
    context: Context,
) -> Known | None:
    """Return the settlement or region last named before a name, in the country of most places.

    A part of a town that is named far from any is taken to lie in the town of the report, if it has one.
    """
    for other in range(number - 1, -1, -1):
        if candidates[other].sentence < candidates[number].sentence - 1:
            break
        known = _at_home(other, candidates, choices, accepted, context)
        if known is not None and known.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION):
            return known
    if candidates[number].hint not in PARTS:
        return None
    named = (_at_home(other, candidates, choices, accepted, context) for other in range(len(candidates)))
    towns = Counter(known for known in named if known is not None and known.kind is PlaceKind.SETTLEMENT)
    town, times = towns.most_common(1)[0] if towns else (None, 0)
    return town if 2 * times > towns.total() else None


def _at_home(
    number: int,
    candidates: Sequence[Candidate],
    choices: Sequence[Choice],
    accepted: Sequence[bool],
    context: Context,
) -> Known | None:
    """Return the known place that a name means, if it lies in the country of most places."""
    known = choices[number].known
    if not accepted[number] or candidates[number].adjectival or known is None or not known.exact:
        return None
    return known if known.country == context.ground else None
