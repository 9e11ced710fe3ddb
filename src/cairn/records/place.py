"""Place: a named place as the report spells it, with what a gazetteer knows of it."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of harm.

    Attributes:
        name: in the report's own spelling, never the gazetteer's.
        country: ISO 3166-1 alpha-2 code, or ``None`` when unknown.
        geonames_id: of the gazetteer's entry; ``None`` when no gazetteer knows the name.
        latitude: degrees north, WGS84.
        longitude: degrees east, WGS84.
        radius_km: how far from the point the harm may have been; grows with the size of the place and
            with doubt (a neighbourhood known only by the city around it has the city's radius).
    """

    name: str
    country: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise RecordError("a place needs a name")
        if self.country is not None and not (len(self.country) == 2 and self.country.isupper()):
            raise RecordError(f"country must be an ISO 3166-1 alpha-2 code, not {self.country!r}")
        if (self.latitude is None) != (self.longitude is None):
            raise RecordError("latitude and longitude come together")
