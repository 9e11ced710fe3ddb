"""One incident of the ledger: its claims, each with its report, and what people decided about them."""

from __future__ import annotations

import sqlalchemy as sa

from cairn.ledger.current import State, read_decisions, read_standing
from cairn.ledger.tables import claims, current_claims, incidents
from cairn.records import Claim, Decision, Document, standing


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
    """Return the claims of an incident as they stand, by their reports, and all standing decisions."""
    told = read_standing(state.connection, current_claims.c.incident == incident)
    made = read_decisions(state.connection, state.batch)
    return [(claim, document) for _, claim, document in told], standing(made)
