"""One incident of the ledger: its claims, each with its report, and what people decided about them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from cairn.ledger import rows as to
from cairn.ledger.current import State, read_decisions
from cairn.ledger.tables import claims, credits, current_claims, documents, evidence, incidents, victims
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
    query = (
        sa.select(current_claims, documents.c.name.label("document_name"), victims.c.name.label("victim"))
        .join(documents, documents.c.number == current_claims.c.document)
        .outerjoin(victims, victims.c.entry == current_claims.c.number)
        .where(current_claims.c.incident == incident)
        .order_by(current_claims.c.document, current_claims.c.anchor_start, current_claims.c.number)
    )
    rows = state.connection.execute(query).mappings().all()
    shown = _by_entry(state, evidence, [row["number"] for row in rows])
    owners = sorted({row["document"] for row in rows})
    credited = _by_entry(state, credits, owners)
    own = sa.select(documents).where(documents.c.number.in_(owners))
    of = {
        row["number"]: to.document_from(row, credited.get(row["number"], ()))
        for row in state.connection.execute(own).mappings()
    }
    found = [
        (to.claim_from(row, shown.get(row["number"], ()), row["victim"]), of[row["document"]]) for row in rows
    ]
    return found, standing(read_decisions(state.connection, state.batch))


def _by_entry(state: State, table: sa.Table, entries: Sequence[int]) -> dict[int, list[to.Row]]:
    """Return the rows of a table of parts, by the entry that they belong to."""
    found: dict[int, list[to.Row]] = {}
    query = sa.select(table).where(table.c.entry.in_(entries)).order_by(table.c.entry, table.c.position)
    for row in state.connection.execute(query).mappings():
        found.setdefault(row["entry"], []).append(row)
    return found
