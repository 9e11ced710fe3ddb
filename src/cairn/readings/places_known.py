"""What is known of a name: gazetteer entries, countries, regions, peoples."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cairn.lexicon.geography import Geography
from cairn.records import PlaceKind


class EntryLike(Protocol):
    """A gazetteer's entry, whichever gazetteer it is; see ``Known`` for what the attributes hold."""

    @property
    def geonames_id(self) -> int | None:
        """Number in GeoNames, ``None`` when it has none."""

    @property
    def name(self) -> str:
        """The gazetteer's own spelling."""

    @property
    def kind(self) -> str:
        """One of "country", "region", "county" and "settlement"."""

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code."""

    @property
    def admin1(self) -> str:
        """Code of the first-level division, empty when unknown."""

    @property
    def latitude(self) -> float:
        """Degrees north, WGS84."""

    @property
    def longitude(self) -> float:
        """Degrees east, WGS84."""

    @property
    def population(self) -> int:
        """Persons, 0 when unknown."""

    @property
    def radius_km(self) -> float:
        """How far from its point the place reaches."""

    @property
    def exact(self) -> bool:
        """Whether the asked name is the entry's own, not only its consonants."""


LookUp = Callable[[str], Sequence[EntryLike]]

LONGEST_ISO3 = 3
"""Characters of the codes under which gazetteers list countries, too; text prints other words so."""
EARTH_KM = 6371.0
BIG_SETTLEMENT = 100_000
PARTS = (PlaceKind.SITE, PlaceKind.DISTRICT)
"""What lies inside a town."""
"""Persons from which a settlement is known by its bare name; smaller ones share theirs with people."""
SMALLEST_REGION_KM = 20.0
"""Radius below which a first-level division is no better known than a county: parishes of small islands."""
KINDS = {
    "country": PlaceKind.COUNTRY,
    "region": PlaceKind.REGION,
    "county": PlaceKind.REGION,
    "settlement": PlaceKind.SETTLEMENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One place that a name may mean; ``county``: a region that its bare name does not make known."""

    kind: PlaceKind
    country: str | None
    admin1: str = ""
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    population: int = 0
    geonames_id: int | None = None
    exact: bool = True
    county: bool = False


def known_places(name: str, geography: Geography, look_up: LookUp) -> tuple[Known, ...]:
    """Return everything that ``name`` may mean, in no order that matters."""
    found: list[Known] = []
    code = geography.countries.get(name) or geography.countries.get(name.lower())
    if code:
        found.append(country_known(code, geography, look_up))
        if len(name) <= LONGEST_ISO3 and name.isupper():
            return tuple(found)  # "US" in capitals is not Us in France
    expanse = geography.expanses.get(name) or geography.expanses.get(name.lower())
    if expanse:
        found.append(
            Known(
                kind=PlaceKind.REGION if expanse.country else PlaceKind.AREA,
                country=expanse.country, latitude=expanse.latitude, longitude=expanse.longitude,
                radius_km=expanse.radius_km,
            )
        )  # fmt: skip
    asked = geography.spellings.get(name) or geography.spellings.get(name.lower()) or name
    for entry in look_up(asked):
        code_for_country = code or not entry.exact or len(name) <= LONGEST_ISO3
        if not (entry.kind == "country" and code_for_country):
            found.append(_from_entry(entry))
    return tuple(found)


def country_known(code: str, geography: Geography, look_up: LookUp) -> Known:
    """Return the country of ``code``, without coordinates where the gazetteer lacks it."""
    for entry in look_up(geography.titles_of.get(code, code)):
        if entry.kind == "country" and entry.country == code:
            return _from_entry(entry)
    return Known(kind=PlaceKind.COUNTRY, country=code, latitude=None, longitude=None, radius_km=None)


def _from_entry(entry: EntryLike) -> Known:
    small = entry.kind == "county" or (entry.kind == "region" and entry.radius_km < SMALLEST_REGION_KM)
    return Known(
        kind=KINDS[entry.kind], country=entry.country, admin1=entry.admin1, latitude=entry.latitude,
        longitude=entry.longitude, radius_km=entry.radius_km, population=entry.population,
        geonames_id=entry.geonames_id, exact=entry.exact, county=small,
    )  # fmt: skip


def distance_km(one: Known, other: Known) -> float | None:
    """Return the great-circle distance between two places, ``None`` when a point is missing."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    lat1, lon1 = math.radians(one.latitude or 0.0), math.radians(one.longitude or 0.0)
    lat2, lon2 = math.radians(other.latitude or 0.0), math.radians(other.longitude or 0.0)
    half = (
        math.sin((lat1 - lat2) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon1 - lon2) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
