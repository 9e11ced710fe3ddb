"""Airwars: incidents in the fields of an Airwars incident record, killed and injured by group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from cairn.exports.crosswalks.shared import (
    OF_CIVILIANS,
    OF_FIGHTERS,
    crosswalk,
    degrees,
    figure,
    fit,
    groups_of,
)
from cairn.exports.files.incidents import Weighed, bounds, figures_of, incident_row
from cairn.records import Group, Harm

ACCURACIES = (
    (2, "neighbourhood/area"),
    (5, "town"),
    (25, "city"),
    (75, "district"),
    (300, "province/governorate"),
)
"""Radius in km up to which a place has each of Airwars' classes; Cairn knows none that are finer."""
BY_GROUP = {
    "children": frozenset({Group.CHILD}),
    "women": frozenset({Group.WOMAN}),
    "men": frozenset({Group.MAN}),
    "healthcare": frozenset({Group.MEDICAL}),
    "journalists": frozenset({Group.JOURNALIST}),
    "civilians": OF_CIVILIANS,
    "belligerents": OF_FIGHTERS,
}
"""Groups behind Airwars' columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AirwarsRow:
    """An incident as Airwars has it. Ranges of all victims and grade are by Cairn's policy of that name."""

    unique_reference_code: Annotated[str, "id of the incident in Cairn"]
    date: Annotated[dt.date | None, "first possible day"]
    date_end: Annotated[dt.date | None, "last possible day"]
    location_name: Annotated[str | None, "in the reports' spelling"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    latitude: Annotated[float | None, "degrees north, WGS84"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    geolocation_accuracy: Annotated[str | None, "from the radius"]
    strike_status: Annotated[str | None, "single-source claim, contested, or empty: declared needs a person"]
    strike_type: Annotated[tuple[str, ...], "by what, as told"]
    infrastructure: Annotated[tuple[str, ...], "kinds of what was hit"]
    belligerents: Annotated[tuple[str, ...], "who is said to have done it, all suspected"]
    grading: Annotated[str | None, "confirmed, fair, weak, contested, discounted"]
    killed_min: Annotated[int | None, "fewest killed, whoever they were"]
    killed_max: Annotated[int | None, "most"]
    injured_min: Annotated[int | None, "fewest injured, whoever they were"]
    injured_max: Annotated[int | None, "most"]
    killed_civilians_min: Annotated[int | None, "fewest that any claim tells of civilians alone"]
    killed_civilians_max: Annotated[int | None, "most"]
    killed_children_min: Annotated[int | None, "likewise of children"]
    killed_children_max: Annotated[int | None, "most"]
    killed_women_min: Annotated[int | None, "likewise of women"]
    killed_women_max: Annotated[int | None, "most"]
    killed_men_min: Annotated[int | None, "likewise of men"]
    killed_men_max: Annotated[int | None, "most"]
    killed_healthcare_min: Annotated[int | None, "likewise of healthcare personnel"]
    killed_healthcare_max: Annotated[int | None, "most"]
    killed_journalists_min: Annotated[int | None, "likewise of journalists"]
    killed_journalists_max: Annotated[int | None, "most"]
    killed_belligerents_min: Annotated[int | None, "likewise of fighters"]
    killed_belligerents_max: Annotated[int | None, "most"]
    sources: Annotated[tuple[str, ...], "who printed it"]
    does_not_fit: Annotated[str, "what Airwars' fields cannot say of this row, or say otherwise"]


def airwars_row(weighed: Weighed) -> AirwarsRow:
    """Return one incident as Airwars has it."""
    row = incident_row(weighed)
    ranges: dict[str, int | None] = {}
    for name, groups in BY_GROUP.items():
        own = [each for each in weighed.claims if (told := groups_of([each])) and told <= groups]
        ranges[f"killed_{name}_min"], ranges[f"killed_{name}_max"] = bounds(figures_of(own, Harm.KILLED))
    contested = len(row.perpetrators) > 1
    return AirwarsRow(
        unique_reference_code=row.id,
        date=row.time_start,
        date_end=row.time_end,
        location_name=row.place,
        country=row.country,
        latitude=degrees(row.latitude),
        longitude=degrees(row.longitude),
        geolocation_accuracy=_accuracy(row.radius_km),
        strike_status="single-source claim" if row.provisional else "contested" if contested else None,
        strike_type=row.means,
        infrastructure=row.targets,
        belligerents=row.perpetrators,
        grading=row.grade,
        killed_min=figure(weighed, Harm.KILLED, "low"),
        killed_max=figure(weighed, Harm.KILLED, "high"),
        injured_min=figure(weighed, Harm.INJURED, "low"),
        injured_max=figure(weighed, Harm.INJURED, "high"),
        sources=row.outlets,
        does_not_fit=fit(
            row,
            "killed_min and killed_max are of all killed, where Airwars has civilians",
            "grades are Airwars' rule without its people's judgement of the speakers",
            "figures by group may be of a part, and are never added" if any(ranges.values()) else None,
        ),
        **ranges,
    )


def _accuracy(radius_km: float | None) -> str | None:
    if radius_km is None:
        return None
    return next((name for most, name in ACCURACIES if radius_km <= most), None)


AIRWARS = crosswalk("airwars", "an incident in the fields of an Airwars record", AirwarsRow, airwars_row)
