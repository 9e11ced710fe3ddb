"""GTD: incidents in the columns of the Global Terrorism Database (codebook 2021)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from cairn.exports.crosswalks.shared import about, crosswalk, days, degrees, figure, fit, groups_of
from cairn.exports.crosswalks.ucdp import where_precision
from cairn.exports.files.incidents import Weighed, bounds, figures_of, incident_row
from cairn.records import Group, Harm, Means, TargetKind

UNKNOWN = 9
BOMBING, ARMED, FACILITY, UNARMED, KIDNAPPING = 3, 2, 7, 8, 6
ATTACKS: dict[Means, int] = {
    **dict.fromkeys(
        (
            Means.AIRSTRIKE, Means.DRONE, Means.ROCKET, Means.MISSILE, Means.SHELLING, Means.IED,
            Means.CAR_BOMB, Means.SUICIDE_BOMB, Means.EXPLOSION, Means.LANDMINE,
        ),
        BOMBING,
    ),
    Means.SMALL_ARMS: ARMED, Means.MELEE: ARMED, Means.CLASHES: ARMED, Means.ARSON: FACILITY,
    Means.CHEMICAL: UNARMED, Means.VEHICLE_RAMMING: UNARMED,
}  # fmt: skip
"""GTD's attack type by what it was done with; 9 is unknown."""
TARGETS: dict[TargetKind, tuple[int, str]] = {
    TargetKind.EDUCATION: (8, "Educational Institution"),
    TargetKind.WORSHIP: (15, "Religious Figures/Institutions"),
    TargetKind.MARKET: (1, "Business"),
    TargetKind.HOME: (14, "Private Citizens & Property"),
    TargetKind.CAMP: (14, "Private Citizens & Property"),
    TargetKind.GATHERING: (14, "Private Citizens & Property"),
    TargetKind.AID: (12, "NGO"),
    TargetKind.MEDIA: (10, "Journalists & Media"),
    TargetKind.TRANSPORT: (19, "Transportation"),
    TargetKind.INFRASTRUCTURE: (21, "Utilities"),
    TargetKind.GOVERNMENT: (2, "Government (General)"),
    TargetKind.MILITARY: (4, "Military"),
}
"""GTD's target type by what was hit."""
UNKNOWN_TARGET = (20, "Unknown")
SPECIFICITY = {1: 1, 2: 2, 3: 3, 4: 4, 6: 5}
"""GTD's 1 (the place itself) to 5 (not known), by UCDP's precision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GtdRow:
    """An incident as GTD has it. Killed and wounded are by Cairn's policy of that name."""

    eventid: Annotated[str, "id of the incident in Cairn"]
    iyear: Annotated[int, "year of the first possible day; 0 when unknown"]
    imonth: Annotated[int, "its month; 0 when unknown"]
    iday: Annotated[int, "its day; 0 when it may be several"]
    approxdate: Annotated[str | None, "the days on which it may have been, where they are several"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2, where GTD has a code and a name"]
    city: Annotated[str | None, "name of the place, in the reports' spelling"]
    latitude: Annotated[float | None, "degrees north, WGS84"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    specificity: Annotated[int | None, "1 the place itself to 5 not known, from the radius"]
    summary: Annotated[str | None, "how the figure of killed came about"]
    doubtterr: Annotated[int, "always -9: whether it is terrorism is not for Cairn to say"]
    suicide: Annotated[int, "1 where anybody tells of a suicide attack"]
    attacktype1: Annotated[int, "2 armed assault, 3 bombing, 6 kidnapping, 7 facility, 8 unarmed, 9 unknown"]
    targtype1: Annotated[int, "from what was hit; 20 unknown"]
    targtype1_txt: Annotated[str, "the same in GTD's words"]
    gname: Annotated[str, "who is said to have done it; Unknown when nobody is named"]
    gname2: Annotated[str | None, "the second most named"]
    guncertain1: Annotated[
        int | None, "1: the attribution is a claim, as all are here; empty when nobody is named"
    ]
    nkill: Annotated[int | None, "killed, attackers included; empty when no figure can be used"]
    nkillter: Annotated[int | None, "attackers killed, where that is told"]
    nwound: Annotated[int | None, "injured; empty likewise"]
    scite1: Annotated[str | None, "who printed it"]
    scite2: Annotated[str | None, "likewise"]
    scite3: Annotated[str | None, "likewise"]
    does_not_fit: Annotated[str, "what GTD's columns cannot say of this row, or say otherwise"]


def gtd_row(weighed: Weighed) -> GtdRow:
    """Return one incident as GTD has it."""
    row = incident_row(weighed)
    start, lasts = row.time_start, days(row)
    target = next((TARGETS[kind] for kind in map(TargetKind, row.targets) if kind in TARGETS), UNKNOWN_TARGET)
    cited: list[str | None] = [*row.outlets[:3], None, None, None]
    names: list[str | None] = [*row.perpetrators[:2], None, None]
    own = [each for each in weighed.claims if Group.PERPETRATOR in groups_of([each])]
    _, attackers = bounds(figures_of(own, Harm.KILLED))
    nkill = figure(weighed, Harm.KILLED)
    place = where_precision(row)
    return GtdRow(
        eventid=row.id,
        iyear=start.year if start else 0,
        imonth=start.month if start and lasts and _one_month(start, lasts) else 0,
        iday=start.day if start and lasts == 1 else 0,
        approxdate=f"{start} to {row.time_end}" if lasts and lasts > 1 else None,
        country=row.country,
        city=row.place,
        latitude=degrees(row.latitude),
        longitude=degrees(row.longitude),
        specificity=SPECIFICITY.get(place) if place else None,
        summary=row.reason,
        doubtterr=-9,
        suicide=int(Means.SUICIDE_BOMB.value in row.means),
        attacktype1=_attack(weighed, row.means),
        targtype1=target[0],
        targtype1_txt=target[1],
        gname=names[0] or "Unknown",
        gname2=names[1],
        guncertain1=1 if names[0] else None,
        nkill=nkill,
        nkillter=attackers,
        nwound=figure(weighed, Harm.INJURED),
        scite1=cited[0],
        scite2=cited[1],
        scite3=cited[2],
        does_not_fit=fit(
            row,
            "whether GTD's criteria for terrorism hold is not judged",
            "nkill is blank: no figure that the cascade takes" if nkill is None else None,
            "nkill may leave out the attackers" if attackers is not None else None,
            "more outlets than GTD's three citations" if len(row.outlets) > 3 else None,
            "a hospital has no target type of its own" if TargetKind.HEALTH.value in row.targets else None,
        ),
    )


def _one_month(start: dt.date, lasts: int) -> bool:
    return (start + dt.timedelta(days=lasts - 1)).month == start.month


def _attack(weighed: Weighed, told: tuple[str, ...]) -> int:
    if not told and about(weighed, Harm.ABDUCTED):
        return KIDNAPPING
    return next((ATTACKS[means] for means in map(Means, told) if means in ATTACKS), UNKNOWN)


GTD = crosswalk("gtd", "an incident in the columns of the Global Terrorism Database", GtdRow, gtd_row)
