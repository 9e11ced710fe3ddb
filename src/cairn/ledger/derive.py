"""Derive: incidents with their figures, from the claims that stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger import rows as to
from cairn.ledger.current import read_standing
from cairn.ledger.insert import insert_rows
from cairn.ledger.tables import current_claims, estimates, incidents
from cairn.records import Claim, Decision, Document, Estimate, Scope

Heard = Sequence[tuple[Document, Sequence[Claim]]]
"""Reports with the claims of theirs that stand and are about one incident each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What joining claims into incidents came to.

    Attributes:
        of: the incident of each claim, by the claim's id.
        estimates: what policies make of each incident, by its id.
        contradictions: one line for each ruling that others rule out.
    """

    of: Mapping[str, str]
    estimates: Mapping[str, Sequence[Estimate]]
    contradictions: Sequence[str]


Join = Callable[[Heard, Sequence[Decision]], Joined]
"""Takes reports with their claims, and decisions."""

_RANGES = ("killed", "injured")


def join_claims(connection: Connection, join: Join, made: Sequence[Decision]) -> Sequence[str]:
    """Name in ``current_claims`` the incident of each claim; return what decisions contradict each other."""
    told: dict[str, tuple[Document, list[Claim]]] = {}
    numbers: dict[str, list[int]] = {}
    for number, claim, document in read_standing(connection, current_claims.c.scope == Scope.INCIDENT.value):
        told.setdefault(document.id, (document, []))[1].append(claim)
        numbers.setdefault(claim.id, []).append(number)
    joined = join(list(told.values()), made)
    changed = [
        {"which": number, "to": incident} for id_, incident in joined.of.items() for number in numbers[id_]
    ]
    if changed:
        update = sa.update(current_claims).where(current_claims.c.number == sa.bindparam("which"))
        connection.execute(update.values(incident=sa.bindparam("to")), changed)
    connection.execute(sa.delete(estimates))
    rows = [_row(incident, each) for incident, found in joined.estimates.items() for each in found]
    insert_rows(connection, estimates, rows)
    return joined.contradictions


def _row(incident: str, made: Estimate) -> to.Values:
    return (
        incident, made.harm.value, made.policy, made.version, made.low, made.best, made.high, made.grade,
        made.provisional, made.origins, made.documents, made.reason,
    )  # fmt: skip


def sum_up(connection: Connection) -> None:
    """Fill ``incidents`` from ``current_claims``.

    The figures are the lowest and the highest bound that any standing claim of the incident states: what is
    said, not an estimate; policies are another table's.
    """
    claim = current_claims.c
    stated = sa.and_(claim.status.notin_(["denied", "superseded"]), claim.part_of.is_(None))
    figures = [
        function(sa.case((sa.and_(claim.harm == harm, stated), value)))
        for harm in _RANGES
        for function, value in (
            (sa.func.min, sa.func.coalesce(claim.low, claim.high)),
            (sa.func.max, sa.func.coalesce(claim.high, claim.low)),
        )
    ]
    query = (
        sa.select(
            claim.incident,
            sa.func.min(claim.time_start),
            sa.func.max(claim.time_end),
            sa.func.min(claim.place),
            sa.func.min(claim.country),
            sa.func.min(claim.latitude),
            sa.func.min(claim.longitude),
            sa.func.min(claim.means),
            sa.func.count(),
            sa.func.count(sa.distinct(claim.document)),
            *figures,
        )
        .where(claim.incident.is_not(None))
        .group_by(claim.incident)
    )
    connection.execute(sa.delete(incidents))
    connection.execute(sa.insert(incidents).from_select(incidents.columns.keys(), query))
