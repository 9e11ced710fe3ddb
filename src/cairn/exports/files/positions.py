"""Positions: one row for what one origin says now of one harm, or group of victims, in one incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from cairn.exports.files.columns import Layout, columns_of
from cairn.exports.files.counts import count_kind
from cairn.exports.files.incidents import Weighed, as_they_are, incident_row
from cairn.exports.wording import spoken_figure
from cairn.records import Group, Position, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """What one origin says now: its latest figure, copies of it counted once."""

    incident: Annotated[str, "id of the incident"]
    time_start: Annotated[dt.date | None, "first day on which any claim puts it"]
    time_end: Annotated[dt.date | None, "last day"]
    place: Annotated[str | None, "the place that most claims name"]
    country: Annotated[str | None, "country of that place, ISO 3166-1 alpha-2"]
    harm: Annotated[str, "what was suffered"]
    groups: Annotated[
        tuple[str, ...], "whom the figure counts, such as child; empty: all victims of the harm"
    ]
    origin: Annotated[str, "who says it at first hand: the unit of independence"]
    count_kind: Annotated[str, "how the figure is told, as in the table of claims"]
    low: Annotated[int | None, "fewest persons, included; empty where no lower bound is told, which is not 0"]
    high: Annotated[int | None, "most persons, included; empty where no upper bound is told"]
    approx: Annotated[bool, "the words are vague (about, dozens)"]
    said_on: Annotated[dt.date | None, "day on which the figure was first printed"]
    earlier: Annotated[
        tuple[str, ...], "what it said before, each with its day; figures fall as well as rise"
    ]
    reports: Annotated[int, "that carry its word; forty of them are one voice"]
    relays: Annotated[tuple[str, ...], "who passed it on"]
    doubt: Annotated[str | None, "another origin on which it may depend, and why"]
    claim: Annotated[str, "id of the claim whose figure stands"]


def position_rows(
    weighed: Weighed, told: Sequence[tuple[Sequence[Group], Sequence[Position]]]
) -> Iterator[PositionRow]:
    """Yield the rows of one incident.

    Args:
        weighed: the incident.
        told: groups of victims, none for all of them, and who says what of these.
    """
    row = incident_row(weighed)
    for groups, positions in told:
        for each in positions:
            now = each.current
            yield PositionRow(
                incident=row.id,
                time_start=row.time_start,
                time_end=row.time_end,
                place=row.place,
                country=row.country,
                harm=each.harm.value,
                groups=tuple(group.value for group in groups),
                origin=each.origin,
                count_kind=count_kind(now.count),
                low=now.count.low,
                high=now.count.high,
                approx=now.count.approx,
                said_on=now.said_on,
                earlier=tuple(dict.fromkeys(map(_before, each.earlier))),
                reports=len(each.documents),
                relays=each.relays,
                doubt=each.doubt or None,
                claim=now.claim,
            )


def _before(said: Said) -> str:
    day = said.said_on.isoformat() if said.said_on else "day not known"
    return f"{spoken_figure(said.count)} ({day})"


POSITIONS = Layout(
    name="positions",
    holds="what one origin says now of one harm, or of one group of victims, in one incident",
    columns=columns_of(PositionRow),
    take=as_they_are,
)
