"""Derive: incidents with their figures, from the claims that stand."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger.tables import current_claims, incidents

_RANGES = ("killed", "injured")


def derive(connection: Connection, names: Sequence[str] | None) -> None:
    """Fill ``incidents`` from ``current_claims``.

    The figures are the lowest and the highest bound that any standing claim of the incident states: what is
    said, not an estimate; policies are another table's.
    """
    del names  # one statement is as fast for all as for some
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
