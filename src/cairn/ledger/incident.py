"""One incident of the ledger: its claims, each with its report, and what people decided about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from cairn.ledger.current import State, decisions_about, read_standing
from cairn.ledger.rows import Row
from cairn.ledger.tables import claims, current_claims, incidents
from cairn.records import Claim, Decision, Document, Scope, standing

TALLIES = 60
"""Tallies around an incident that are read, those of the fewest days first."""
NEIGHBOURS = 200
"""Incidents in those tallies that are read, the most told first: a tally that holds more leaves less room, so
those that are not read can only leave a bound too wide."""


def find_incident(state: State, name: str) -> str | None:
    """Return the id of the incident that a name leads to: its own, or one that it was joined with since."""
    if state.connection.scalar(sa.select(current_claims.c.number).where(current_claims.c.incident == name)):
        return name
    founded = sa.select(claims.c.number).where(claims.c.report_incident == name)
    return state.connection.scalar(
        sa.select(current_claims.c.incident)
        .where(current_claims.c.number.in_(founded))
        .order_by(current_claims.c.number)
    )


def most_told(state: State) -> str | None:
    """Return the id of the incident that most reports tell of; ``None`` when there is none."""
    return state.connection.scalar(
        sa.select(incidents.c.id).order_by(incidents.c.documents.desc(), incidents.c.id).limit(1)
    )


def read_incident(state: State, incident: str) -> tuple[list[tuple[Claim, Document]], list[Decision]]:
    """Return the claims of an incident as they stand, by their reports, and what people decided on them."""
    told = read_standing(state.connection, current_claims.c.incident == incident)
    made = decisions_about(state.connection, state.batch, [claim.id for _, claim, _ in told])
    return [(claim, document) for _, claim, document in told], standing(made)


def read_around(state: State, told: Sequence[tuple[Claim, Document]]) -> list[tuple[Claim, Document]]:
    """Return what bears on how much of an incident can be true: tallies around it, and what else they hold.

    Args:
        state: of ``as_of``.
        told: the incident's claims, each with its report.

    Returns:
        Tallies of its countries and days, the wholes that its claims are part of, and claims of other
        incidents that may lie in these tallies: whether they do is for who asks.
    """
    own = {claim.incident for claim, _ in told}
    tallies = _tallies(state, [claim for claim, _ in told])
    claim, incident = current_claims.c, incidents.c
    near: dict[str, None] = {}
    for row in tallies:
        inside = (
            sa.select(incident.id)
            .where(
                incident.country == row.country,
                incident.time_start <= row.time_end,
                incident.time_end >= row.time_start,
                incident.id.not_in([*own, *near]),
            )
            .order_by(incident.documents.desc(), incident.id)
            .limit(NEIGHBOURS - len(near))
        )
        near |= dict.fromkeys(state.connection.scalars(inside))
    wholes = [each.part_of for each, _ in told if each.part_of]
    asked = sa.or_(
        claim.number.in_([row.number for row in tallies]),
        sa.and_(claim.scope == Scope.TALLY.value, claim.id.in_(wholes)),
        claim.incident.in_(list(near)),
    )
    return [(each, document) for _, each, document in read_standing(state.connection, asked)]


def list_neighbours(state: State, country: str, first: dt.date, last: dt.date, limit: int) -> Sequence[Row]:
    """Return the incidents of a country that may have happened between two days, the earliest first."""
    incident = incidents.c
    query = (
        sa.select(incidents)
        .where(incident.country == country, incident.time_start <= last, incident.time_end >= first)
        .order_by(incident.time_start, incident.id)
        .limit(limit)
    )
    return state.connection.execute(query).mappings().all()


def _tallies(state: State, told: Sequence[Claim]) -> Sequence[Any]:
    """Return number, days and country of the tallies that may hold an incident, the shortest first."""
    countries = {claim.place.country for claim in told if claim.place and claim.place.country}
    times = [claim.time for claim in told if claim.time]
    if not times:
        return []
    tally = current_claims.c
    query = sa.select(tally.number, tally.time_start, tally.time_end, tally.country).where(
        tally.scope == sa.literal_column("'tally'"),  # as the index of tallies has it
        tally.country.in_(sorted(countries)),
        tally.time_start <= max(each.end for each in times),
        tally.time_end >= min(each.start for each in times),
    )
    rows = state.connection.execute(query).all()
    return sorted(rows, key=lambda row: (row.time_end - row.time_start, row.number))[:TALLIES]
