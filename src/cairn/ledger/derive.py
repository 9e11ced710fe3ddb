"""Derive: incidents with their figures, from the claims that stand."""

from __future__ import annotations

import math
import operator
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger import rows as to
from cairn.ledger.insert import insert_rows
from cairn.ledger.nearby import Nearby, read_reports
from cairn.ledger.portions import portions
from cairn.ledger.tables import current_claims, estimates, incidents
from cairn.records import EARTH_KM, RANGE, Claim, Decision, Document, Estimate, Harm

Heard = Sequence[tuple[Document, Sequence[Claim]]]
"""Reports with the claims of theirs that stand and are about one incident each, the first recorded first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What joining claims into incidents came to.

    Attributes:
        of: the incident of each claim, by the claim's id.
        estimates: what policies make of each incident, by its id.
        contradictions: one line for each ruling that others rule out; ``None`` where nothing was linked.
        replaced: ids of the incidents that these take the place of; those of all others stay.
    """

    of: Mapping[str, str]
    estimates: Mapping[str, Sequence[Estimate]]
    contradictions: Sequence[str] | None
    replaced: Collection[str] = ()


class Join(Protocol):
    """Joins claims into incidents."""

    def __call__(self, told: Heard, made: Sequence[Decision], nearby: Nearby | None = None, /) -> Joined:
        """Take reports with their claims, and decisions.

        With ``nearby`` neither is given: what is to be linked again, or weighed again, is asked for there.
        """
        ...


_RANGES = ("killed", "injured")
SPOT = ("place", "country", "latitude", "longitude", "radius_km")
"""Columns that tell where one claim lies."""


def join_claims(connection: Connection, join: Join, made: Sequence[Decision]) -> Sequence[str]:
    """Name in ``current_claims`` the incident of each claim; return what decisions contradict each other."""
    joined = join([(each.document, each.claims) for each in read_reports(connection, None)], made)
    connection.execute(sa.delete(estimates))
    _write(connection, joined)
    _sum_up(connection)
    return joined.contradictions or ()


def join_again(connection: Connection, join: Join, nearby: Nearby) -> Sequence[str] | None:
    """Do so for those incidents alone that change; all others stay as they were joined."""
    joined = join([], [], nearby)
    gone = sorted({*joined.replaced, *nearby.former, *nearby.decided, *joined.of.values()})
    for part in portions(gone):
        connection.execute(sa.delete(estimates).where(estimates.c.incident.in_(part)))
    _write(connection, joined)
    _sum_up(connection, gone)
    return joined.contradictions


def keep_apart(connection: Connection) -> None:
    """Leave each report's claims in its own incidents: nothing is linked, so nothing is weighed."""
    connection.execute(sa.delete(estimates))
    _sum_up(connection)


def _write(connection: Connection, joined: Joined) -> None:
    """Write each claim's incident, and the estimates."""
    changed = [{"which": claim, "to": incident} for claim, incident in joined.of.items()]
    if changed:
        update = sa.update(current_claims).where(current_claims.c.id == sa.bindparam("which"))
        connection.execute(update.values(incident=sa.bindparam("to")), changed)
    rows = [_row(incident, each) for incident, found in joined.estimates.items() for each in found]
    insert_rows(connection, estimates, rows)


def _row(incident: str, made: Estimate) -> to.Values:
    return (
        incident, made.harm.value, made.policy, made.version, made.low, made.best, made.high, made.grade,
        made.provisional, made.origins, made.documents, made.reason,
    )  # fmt: skip


def _sum_up(connection: Connection, some: Sequence[str] | None = None) -> None:
    """Fill ``incidents`` from ``current_claims`` and ``estimates``; only some ids where these are given.

    The figures are those of the policy that leaves no voice out: the lowest and the highest that voices give
    now, where one voice's seven fighters and two civilians are nine. Claims alone would range from two to
    seven. The place is that of one claim, the most exact.
    """
    claim = current_claims.c
    exact = sa.func.row_number().over(
        partition_by=claim.incident,
        order_by=(
            claim.place.is_(None),
            claim.latitude.is_(None),
            sa.func.coalesce(claim.radius_km, math.pi * EARTH_KM),
            claim.number,
        ),
    )
    spots = sa.select(
        *(claim[name] for name in ("incident", *SPOT)),
        exact.label("rank"),
    )
    made = estimates.c
    figures = [
        sa.select(bound)
        .where(made.incident == claim.incident, made.harm == harm, made.policy == RANGE)
        .scalar_subquery()
        for harm in _RANGES
        for bound in (sa.func.coalesce(made.low, made.high), sa.func.coalesce(made.high, made.low))
    ]
    told = (sa.func.max(sa.case((claim.harm == each, f"{each},"), else_="")) for each in Harm)
    harms = sa.func.rtrim(reduce(operator.add, told), ",")

    def fill(own: sa.ColumnElement[bool]) -> None:
        spot = spots.where(own).subquery()
        query = (
            sa.select(
                claim.incident,
                sa.func.min(claim.time_start),
                sa.func.max(claim.time_end),
                *(sa.func.min(spot.c[name]) for name in SPOT),
                sa.func.min(claim.means),
                harms,
                sa.func.count(),
                sa.func.count(sa.distinct(claim.document)),
                *figures,
            )
            .join(spot, (spot.c.incident == claim.incident) & (spot.c.rank == 1))
            .where(own)
            .group_by(claim.incident)
        )
        connection.execute(sa.insert(incidents).from_select(incidents.columns.keys(), query))

    gone = sa.delete(incidents)
    if some is None:
        connection.execute(gone)
        fill(claim.incident.is_not(None))
        return
    for part in portions(some):
        connection.execute(gone.where(incidents.c.id.in_(part)))
        fill(claim.incident.in_(part))
