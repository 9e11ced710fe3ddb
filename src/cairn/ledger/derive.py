"""Derive: incidents with their figures, from the claims that stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger import rows as to
from cairn.ledger.tables import current_claims, documents, incidents, victims
from cairn.records import Claim, Decision, Document, Scope

Join = Callable[
    [Sequence[tuple[Document, Sequence[Claim]]], Sequence[Decision]], tuple[Mapping[str, str], Sequence[str]]
]
"""Takes reports with their claims, and decisions; gives the incident of each claim, and what contradicts."""

_standing = sa.select(current_claims.c.document).distinct()

_RANGES = ("killed", "injured")


def join_claims(connection: Connection, join: Join, made: Sequence[Decision]) -> Sequence[str]:
    """Name in ``current_claims`` the incident of each claim; return what decisions contradict each other."""
    query = (
        sa.select(current_claims, documents.c.name.label("document_name"), victims.c.name.label("victim"))
        .join(documents, documents.c.number == current_claims.c.document)
        .outerjoin(victims, victims.c.entry == current_claims.c.number)
        .where(current_claims.c.scope == Scope.INCIDENT.value)
        .order_by(current_claims.c.document, current_claims.c.anchor_start, current_claims.c.number)
    )
    told: dict[int, list[Claim]] = {}
    numbers: dict[str, list[int]] = {}
    for row in connection.execute(query).mappings():
        claim = to.claim_from(row, (), row["victim"])
        told.setdefault(row["document"], []).append(claim)
        numbers.setdefault(claim.id, []).append(row["number"])
    texts = {
        row["number"]: to.document_from(row)
        for row in connection.execute(
            sa.select(documents).where(documents.c.number.in_(_standing))
        ).mappings()
    }
    joined, contradictions = join([(texts[number], claims) for number, claims in told.items()], made)
    changed = [
        {"which": number, "to": incident} for id_, incident in joined.items() for number in numbers[id_]
    ]
    if changed:
        update = sa.update(current_claims).where(current_claims.c.number == sa.bindparam("which"))
        connection.execute(update.values(incident=sa.bindparam("to")), changed)
    return contradictions


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
