"""ACLED: incidents in the columns of the ACLED event data (codebook 2024)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from cairn.exports.crosswalks.shared import all_civilians, crosswalk, days, degrees, figure, first, fit
from cairn.exports.crosswalks.ucdp import WHOLE_COUNTRY, where_precision
from cairn.exports.files.incidents import IncidentRow, Weighed, incident_row
from cairn.records import Harm, Means

REMOTE = "Explosions/Remote violence"
AGAINST = "Violence against civilians"
TYPES: dict[Means, tuple[str, str]] = {
    Means.AIRSTRIKE: (REMOTE, "Air/drone strike"),
    Means.DRONE: (REMOTE, "Air/drone strike"),
    Means.ROCKET: (REMOTE, "Shelling/artillery/missile attack"),
    Means.MISSILE: (REMOTE, "Shelling/artillery/missile attack"),
    Means.SHELLING: (REMOTE, "Shelling/artillery/missile attack"),
    Means.IED: (REMOTE, "Remote explosive/landmine/IED"),
    Means.CAR_BOMB: (REMOTE, "Remote explosive/landmine/IED"),
    Means.LANDMINE: (REMOTE, "Remote explosive/landmine/IED"),
    Means.EXPLOSION: (REMOTE, "Remote explosive/landmine/IED"),
    Means.SUICIDE_BOMB: (REMOTE, "Suicide bomb"),
    Means.CHEMICAL: (REMOTE, "Chemical weapon"),
    Means.CLASHES: ("Battles", "Armed clash"),
}
"""Event and sub-event type by what it was done with, where that alone tells."""
BY_HAND = frozenset({Means.SMALL_ARMS, Means.MELEE, Means.ATTACK, Means.TORTURE, Means.VEHICLE_RAMMING})
"""Means that make an attack on civilians where those killed were civilians, and may be a battle else."""
NOT_RECORDED = frozenset({Means.ACCIDENT, Means.DISASTER})
GEO_PRECISION = {1: 1, 2: 2, 3: 3, 4: 3}
"""ACLED's code by UCDP's: a country is not recorded (ACLED codebook, geo-precision)."""
A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledRow:
    """An incident as ACLED has it. Fatalities are by Cairn's policy of that name; actors are in no order."""

    event_id_cnty: Annotated[str, "id of the incident in Cairn"]
    event_date: Annotated[dt.date | None, "first possible day"]
    year: Annotated[int | None, "its year"]
    time_precision: Annotated[int | None, "1 the day; 2 within a week; 3 longer"]
    event_type: Annotated[str | None, "from the means; empty where that does not tell"]
    sub_event_type: Annotated[str | None, "likewise"]
    actor1: Annotated[str | None, "who is said to have done it, as the most claims name them"]
    actor2: Annotated[str | None, "Civilians with the country's code, where only civilians are told killed"]
    civilian_targeting: Annotated[
        str | None, "Civilians targeted, likewise: what they were aimed at is not told"
    ]
    country: Annotated[str | None, "ISO 3166-1 alpha-2, where ACLED has a name"]
    location: Annotated[str | None, "name of the place, in the reports' spelling"]
    latitude: Annotated[float | None, "degrees north, WGS84"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    geo_precision: Annotated[int | None, "1 to 3, from the radius; empty for a whole country"]
    outlets: Annotated[tuple[str, ...], "who printed it", "source"]
    notes: Annotated[str | None, "how the figure came about"]
    fatalities: Annotated[int, "the most conservative number; 0 also when none is told, as ACLED has it"]
    fatalities_told: Annotated[bool, "somebody tells of deaths or of none (a column of Cairn's)"]
    tags: Annotated[tuple[str, ...], "what is told of the victims"]
    does_not_fit: Annotated[str, "what ACLED's columns cannot say of this row, or say otherwise"]


def acled_row(weighed: Weighed) -> AcledRow:
    """Return one incident as ACLED has it."""
    row, civilians = incident_row(weighed), all_civilians(weighed)
    lasts, kinds = days(row), event_type(row, civilians=civilians)
    fatalities = figure(weighed, Harm.KILLED)
    place = where_precision(row)
    return AcledRow(
        event_id_cnty=row.id,
        event_date=row.time_start,
        year=row.time_start.year if row.time_start else None,
        time_precision=None if lasts is None else 1 if lasts == 1 else 2 if lasts <= A_WEEK else 3,
        event_type=kinds[0],
        sub_event_type=kinds[1],
        actor1=first(row.perpetrators),
        actor2=f"Civilians ({row.country})" if civilians and row.country else None,
        civilian_targeting="Civilians targeted" if civilians else None,
        country=row.country,
        location=row.place,
        latitude=degrees(row.latitude),
        longitude=degrees(row.longitude),
        geo_precision=GEO_PRECISION.get(place) if place else None,
        outlets=row.outlets,
        notes=row.reason,
        fatalities=fatalities or 0,
        fatalities_told=fatalities is not None,
        tags=row.groups,
        does_not_fit=fit(
            row,
            "fatalities 0 stands for not told" if fatalities is None else None,
            "no event type follows from what is told" if kinds[0] is None else None,
            "accidents and disasters are not ACLED's" if _is_accident(row) else None,
            "spans days, where ACLED has one row a day" if lasts and lasts > 1 else None,
            "a whole country, which ACLED does not record" if place == WHOLE_COUNTRY else None,
            "no day is told, and ACLED wants one" if lasts is None else None,
            "injured are told, for whom ACLED has no column" if row.injured_low is not None else None,
        ),
    )


def event_type(row: IncidentRow, *, civilians: bool) -> tuple[str | None, str | None]:
    """Return ACLED's event and sub-event type, as far as what was told gives them."""
    for means in map(Means, row.means):
        if means in TYPES:
            return TYPES[means]
        if means in BY_HAND and civilians:
            return AGAINST, "Attack"
    return None, None


def _is_accident(row: IncidentRow) -> bool:
    return bool(row.means) and set(map(Means, row.means)) <= NOT_RECORDED


ACLED = crosswalk("acled", "an incident in the columns of ACLED", AcledRow, acled_row)
