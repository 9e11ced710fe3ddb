"""Incidents: one row an attack, with what is told of it, and what one policy makes of that."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from cairn.exports.files.columns import Block, Cells, Layout, columns_of
from cairn.exports.files.counts import reach, told_kind
from cairn.records import RANGE, Count, Group, Harm, Status

Row = Mapping[Any, Any]

NOT_STATED = (Status.DENIED.value, Status.SUPERSEDED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One attack, accident or clash: what is told of it, no two voices added up."""

    id: Annotated[str, "id of the incident; it stays when more reports come"]
    time_start: Annotated[dt.date | None, "first day on which any claim puts it"]
    time_end: Annotated[dt.date | None, "last day"]
    place: Annotated[str | None, "the place that most claims name, the closest known of several"]
    country: Annotated[str | None, "country of that place, ISO 3166-1 alpha-2"]
    geonames_id: Annotated[int | None, "its number in GeoNames"]
    latitude: Annotated[float | None, "degrees north, WGS84: the middle of a circle, not a spot"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    radius_km: Annotated[float | None, "how far from there it may have been, in kilometres"]
    precision: Annotated[str | None, "the same as a class: within 5, 25, 75 or 300 km, or wider"]
    means: Annotated[tuple[str, ...], "by what, as told: the most told first"]
    perpetrators: Annotated[tuple[str, ...], "who is said to have done it, as speakers name them"]
    targets: Annotated[tuple[str, ...], "kinds of what was hit, such as health"]
    groups: Annotated[tuple[str, ...], "what is told of the victims"]
    speakers: Annotated[tuple[str, ...], "who says something of it at first hand"]
    outlets: Annotated[tuple[str, ...], "who printed it"]
    claims: Annotated[int, "claims about it"]
    documents: Annotated[int, "reports that tell of it; copies of one report are several"]
    origins: Annotated[int | None, "independent voices behind the figures, by the policy"]
    provisional: Annotated[bool | None, "fewer than two of them: uncorroborated"]
    grade: Annotated[str | None, "of the policy airwars: confirmed, fair, weak, contested, discounted"]
    killed_kind: Annotated[str, "counted; none (stated); some, number unknown; or not told, which is not 0"]
    killed_low: Annotated[int | None, "lowest figure that a voice gives now for all killed"]
    killed_high: Annotated[int | None, "highest"]
    injured_kind: Annotated[str, "as killed_kind"]
    injured_low: Annotated[int | None, "lowest figure that a voice gives now for all injured"]
    injured_high: Annotated[int | None, "highest"]
    policy: Annotated[str, "policy that the next columns are made by, with its version"]
    policy_killed_low: Annotated[int | None, "fewest killed by the policy; empty where it gives no figure"]
    policy_killed: Annotated[int | None, "the figure that it prefers"]
    policy_killed_high: Annotated[int | None, "most"]
    policy_injured_low: Annotated[int | None, "fewest injured by the policy"]
    policy_injured: Annotated[int | None, "the figure that it prefers"]
    policy_injured_high: Annotated[int | None, "most"]
    reason: Annotated[str | None, "how the policy came to its figure of killed"]
    reviewed: Annotated[int, "claims of it that a person looked at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An incident with all that its row is made from.

    Attributes:
        id: of the incident.
        claims: rows of the ledger; never empty.
        estimates: by policy and harm.
        policy: the one that is asked for.
    """

    id: str
    claims: Sequence[Row]
    estimates: Mapping[tuple[str, str], Row]
    policy: str


def incident_row(weighed: Weighed) -> IncidentRow:
    """Return the row of one incident."""
    claims, made = weighed.claims, weighed.estimates
    place: dict[str, Any] = dict.fromkeys(PLACE) | _place(claims)
    killed, injured = (made.get((weighed.policy, harm.value)) for harm in (Harm.KILLED, Harm.INJURED))
    chosen = killed or injured
    graded = made.get(("airwars", Harm.KILLED.value)) or made.get(("airwars", Harm.INJURED.value))
    days = sorted(each for row in claims for each in (row["time_start"], row["time_end"]) if each)
    return IncidentRow(
        id=weighed.id,
        time_start=days[0] if days else None,
        time_end=days[-1] if days else None,
        **place,
        precision=reach(place["radius_km"]),
        means=most_told(row["means"] for row in claims),
        perpetrators=most_told(row["perpetrator"] for row in claims),
        targets=most_told(row["target_kind"] for row in claims),
        groups=tuple(each for each in most_told(_each(claims, "groups")) if each != Group.UNSPECIFIED.value),
        speakers=most_told(row["speaker"] for row in claims),
        outlets=most_told(row["outlet"] for row in claims),
        claims=len(claims),
        documents=len({row["document"] for row in claims}),
        origins=_of(chosen, "origins"),
        provisional=None if chosen is None else bool(chosen["provisional"]),
        grade=_of(graded, "grade"),
        policy=f"{weighed.policy} {chosen['version']}" if chosen else weighed.policy,
        reason=_of(killed, "reason"),
        reviewed=sum(1 for row in claims if row["reviewed"]),
        **_said(weighed, Harm.KILLED),
        **_said(weighed, Harm.INJURED),
        **_made("policy_killed", killed),
        **_made("policy_injured", injured),
    )


PLACE = ("place", "country", "geonames_id", "latitude", "longitude", "radius_km")


def most_told(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the values that there are, the most frequent first, of equals the first told."""
    return tuple(value for value, _ in Counter(each for each in values if each).most_common())


def figures_of(rows: Iterable[Row], harm: Harm) -> list[Count]:
    """Return the figures that rows of claims state for one harm."""
    return [
        Count(low=row["low"], high=row["high"], approx=bool(row["approx"]), fraction=row["fraction"])
        for row in rows
        if row["harm"] == harm.value and row["status"] not in NOT_STATED
    ]


def bounds(counts: Sequence[Count]) -> tuple[int | None, int | None]:
    """Return the lowest and the highest figure; an open bound takes the other one's place."""
    lows = [each for count in counts if (each := count.high if count.low is None else count.low) is not None]
    highs = [
        each for count in counts if (each := count.low if count.high is None else count.high) is not None
    ]
    return min(lows, default=None), max(highs, default=None)


def _figures(rows: Sequence[Row], harm: Harm) -> list[Count]:
    """Return the figures for all victims: those of a part of them do not count."""
    return figures_of((row for row in rows if row["part_of"] is None), harm)


def _each(rows: Iterable[Row], name: str) -> Iterator[str]:
    for row in rows:
        yield from json.loads(row[name])


def _place(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the place that most claims name, with all that is known of it: never a mix of two."""
    places = Counter(tuple(row[name] for name in PLACE) for row in rows if row["place"] or row["country"])
    if not places:
        return {}
    best = min(places, key=lambda each: (-places[each], each[-1] is None, each[-1] or 0.0, str(each[0])))
    return dict(zip(PLACE, best, strict=True))


def _said(weighed: Weighed, harm: Harm) -> dict[str, Any]:
    """Return between which figures voices put all victims; an open bound takes the other one's place."""
    every = weighed.estimates.get((RANGE, harm.value))
    low, high = _of(every, "low"), _of(every, "high")
    return {
        f"{harm}_kind": told_kind(_figures(weighed.claims, harm)),
        f"{harm}_low": high if low is None else low,
        f"{harm}_high": low if high is None else high,
    }


def _made(name: str, made: Row | None) -> dict[str, Any]:
    return {f"{name}_low": _of(made, "low"), name: _of(made, "best"), f"{name}_high": _of(made, "high")}


def _of(made: Row | None, name: str) -> Any:
    return None if made is None else made[name]


def row_block(rows: Iterable[object], names: Sequence[str]) -> Block:
    """Return records as a block of their fields."""
    every = list(rows)
    return {name: [getattr(row, name) for row in every] for name in names}


def as_they_are(block: Block) -> Cells:
    """Return the columns of a block as cells: for rows that are made already."""
    return list(block.values())


INCIDENTS = Layout(
    name="incidents",
    holds="an attack, accident or clash, with the figures that are told of it, no two voices added up",
    columns=columns_of(IncidentRow),
    take=as_they_are,
)
