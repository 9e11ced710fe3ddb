"""UCDP: incidents in the columns of the Georeferenced Event Dataset (GED 23.1, codebook)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from cairn.exports.crosswalks.shared import (
    NO_HARM,
    all_civilians,
    crosswalk,
    days,
    degrees,
    figure,
    first,
    fit,
)
from cairn.exports.files.incidents import IncidentRow, Weighed, incident_row
from cairn.records import Harm

WITHIN = ((5, 1), (25, 2), (75, 3), (300, 4))
"""Radius in km up to which a place has each ``where_prec``: 1 exact, 2 near a known place, 3 and 4 a second-
and first-order division, 6 a country. UCDP goes by borders, Cairn by distance."""
WHOLE_COUNTRY = 6
LASTS = ((1, 1), (6, 2), (7, 3), (30, 4))
"""Days up to which a time has each ``date_prec``; 5 is longer."""
LONGER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UcdpRow:
    """An incident as UCDP GED has it. Its low, best and high are by Cairn's policy of that name."""

    relid: Annotated[str, "id of the incident in Cairn"]
    year: Annotated[int | None, "year of the first day"]
    type_of_violence: Annotated[int | None, "always empty: 1, 2 or 3 follows from who the parties are"]
    side_a: Annotated[str | None, "who is said to have done it, as the most claims name them"]
    side_b: Annotated[str | None, "Civilians where only civilians are told to be killed, else empty"]
    number_of_sources: Annotated[int, "reports consulted; independent voices are in origins"]
    origins: Annotated[int | None, "independent voices behind the figures (a column of Cairn's)"]
    office: Annotated[tuple[str, ...], "who printed it", "source_office"]
    original: Annotated[tuple[str, ...], "who says it at first hand", "source_original"]
    where_prec: Annotated[int | None, "1 exact to 6 country, from the radius"]
    where_coordinates: Annotated[str | None, "name of the place, in the reports' spelling"]
    latitude: Annotated[float | None, "degrees north, WGS84"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2, where UCDP has a name"]
    event_clarity: Annotated[int, "1: one day; 2: several, or none known"]
    date_prec: Annotated[int | None, "1 a day, 2 up to six, 3 a week, 4 a month, 5 longer"]
    date_start: Annotated[dt.date | None, "first possible day"]
    date_end: Annotated[dt.date | None, "last possible day"]
    deaths_a: Annotated[int | None, "always empty: claims do not say of which side the dead were"]
    deaths_b: Annotated[int | None, "always empty, likewise"]
    deaths_civilians: Annotated[int | None, "best, where all are told to be civilians"]
    deaths_unknown: Annotated[int | None, "best, where they are not"]
    best: Annotated[int | None, "most likely number of deaths"]
    high: Annotated[int | None, "highest"]
    low: Annotated[int | None, "lowest"]
    does_not_fit: Annotated[str, "what UCDP's columns cannot say of this row, or say otherwise"]


def ucdp_row(weighed: Weighed) -> UcdpRow:
    """Return one incident as UCDP has it."""
    row, civilians = incident_row(weighed), all_civilians(weighed)
    lasts = days(row)
    best, low, high = (figure(weighed, Harm.KILLED, bound) for bound in ("best", "low", "high"))
    return UcdpRow(
        relid=row.id,
        year=row.time_start.year if row.time_start else None,
        type_of_violence=None,
        side_a=first(row.perpetrators),
        side_b="Civilians" if civilians else None,
        number_of_sources=row.documents,
        origins=row.origins,
        office=row.outlets,
        original=row.speakers,
        where_prec=where_precision(row),
        where_coordinates=row.place,
        latitude=degrees(row.latitude),
        longitude=degrees(row.longitude),
        country=row.country,
        event_clarity=1 if lasts == 1 else 2,
        date_prec=None if lasts is None else next((code for most, code in LASTS if lasts <= most), LONGER),
        date_start=row.time_start,
        date_end=row.time_end,
        deaths_a=None,
        deaths_b=None,
        deaths_civilians=(best if civilians else None if best is None else 0),
        deaths_unknown=(None if best is None else 0) if civilians else best,
        best=best,
        high=high,
        low=low,
        does_not_fit=fit(
            row,
            "type_of_violence, deaths_a and deaths_b need a judgement on the parties",
            "where_prec is told from a radius",
            NO_HARM if best is None and low is None and high is None else None,
            "injured are told, for whom UCDP has no column" if row.injured_low is not None else None,
        ),
    )


def where_precision(row: IncidentRow) -> int | None:
    """Return UCDP's code for how closely a place is known."""
    if row.radius_km is None:
        return WHOLE_COUNTRY if row.country and row.latitude is None else None
    return next((code for most, code in WITHIN if row.radius_km <= most), WHOLE_COUNTRY)


UCDP = crosswalk("ucdp", "an incident in the columns of UCDP GED", UcdpRow, ucdp_row)
