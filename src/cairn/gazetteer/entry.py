"""Entry: what the gazetteer knows of one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntryKind(StrEnum):
    """What sort of place an entry is, the larger first."""

    COUNTRY = "country"
    REGION = "region"
    """First-level division: state, province, governorate."""
    COUNTY = "county"
    """Second-level division: county, district, local government area."""
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place of the gazetteer.

    Attributes:
        geonames_id: ``None`` where only the name and the extent are known.
        country: ISO 3166-1 alpha-2 code.
        admin1: GeoNames code of the first-level division, empty when unknown.
        latitude: degrees north, WGS84; for regions and countries the middle of the extent.
        longitude: degrees east, WGS84.
        population: persons; 0 when unknown.
        radius_km: how far from the point the place reaches.
        exact: the asked name is one of the entry's own; false when only its consonants agree.
    """

    geonames_id: int | None
    name: str
    kind: EntryKind
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    radius_km: float
    exact: bool = True
