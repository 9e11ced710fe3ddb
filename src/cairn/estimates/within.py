"""Within: whether an incident, or a smaller tally, belongs to what a tally counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cairn.lexicon.spelling import name_key
from cairn.records import Claim, Means, Period, Place, distance_km

UNLIMITED = frozenset({None, Means.ATTACK, Means.CLASHES})
"""Means of a tally that leave none out: the dead of a whole war are told as dead of its clashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where, when, how and by whom an incident is said to have been.

    Attributes:
        places: each with how many claims tell it; likewise ``times``.
        means: all that are told, but those that may be another word for any.
        perpetrators: all that are named, folded.
    """

    places: Mapping[Place, int]
    times: Mapping[Period, int]
    means: frozenset[Means]
    perpetrators: frozenset[str]


def setting_of(claims: Iterable[Claim]) -> Setting:
    """Return the setting that claims about one incident tell, or one tally's."""
    told = list(claims)
    return Setting(
        places=Counter(claim.place for claim in told if claim.place is not None),
        times=Counter(claim.time for claim in told if claim.time is not None),
        means=frozenset(claim.means for claim in told if claim.means not in UNLIMITED and claim.means),
        perpetrators=frozenset(name_key(claim.perpetrator) for claim in told if claim.perpetrator),
    )


def has_frame(tally: Claim) -> bool:
    """Say whether a tally tells an area and days: without both nobody knows what belongs to it."""
    return tally.place is not None and tally.time is not None


def holds(tally: Claim, setting: Setting, countries: Mapping[str, str]) -> bool:
    """Say whether all the victims of an incident belong to a tally of the same harm and groups.

    So it is when most claims that place and date it put it into the tally's area and days. A tally of one
    means or one doer holds only incidents of which no other is told.

    Args:
        tally: with a place and a time.
        setting: the incident's.
        countries: name, as ``lexicon.Geography`` folds it -> ISO 3166-1 alpha-2 code.
    """
    area, days = tally.place, tally.time
    if area is None or days is None:
        return False
    if tally.means not in UNLIMITED and setting.means != {tally.means}:
        return False
    if tally.perpetrator is not None and setting.perpetrators != {name_key(tally.perpetrator)}:
        return False
    there = ((lies_in(place, area, countries), times) for place, times in setting.places.items())
    then = ((_lies_during(time, days), times) for time, times in setting.times.items())
    return _mostly(there) and _mostly(then)


def lies_in(place: Place, area: Place, countries: Mapping[str, str]) -> bool | None:
    """Say whether a place lies in an area; ``None`` where what is known does not tell.

    A country holds what bears its code. Any other area holds what bears its name in the same country, and
    what lies in the circle that the gazetteer draws around it.
    """
    if place.country and area.country and place.country != area.country:
        return False
    if area.country and _country(area, countries) == area.country:
        return None if place.country is None else True
    if place.geonames_id is not None and place.geonames_id == area.geonames_id:
        return True
    if name_key(place.name) == name_key(area.name):
        return True
    apart = distance_km(place, area)
    if apart is None or area.radius_km is None:
        return None
    reach = place.radius_km or 0.0
    if apart + reach <= area.radius_km:
        return True
    return False if apart > reach + area.radius_km else None


def _country(area: Place, countries: Mapping[str, str]) -> str | None:
    return countries.get(area.name) or countries.get(area.name.lower())


def _lies_during(time: Period, days: Period) -> bool | None:
    if days.contains(time):
        return True
    return None if time.start <= days.end and days.start <= time.end else False


def _mostly(verdicts: Iterable[tuple[bool | None, int]]) -> bool:
    """Say whether more claims tell "inside" than "outside"; those that leave it open do not count."""
    inside = outside = 0
    for verdict, times in verdicts:
        if verdict is True:
            inside += times
        elif verdict is False:
            outside += times
    return inside > outside
