"""Steady: reports of which linking sees what it saw before; what was linked of these can stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger.kinds import CLAIM
from cairn.ledger.portions import portions
from cairn.ledger.tables import current_claims, documents

Linked = Mapping[int, Mapping[int, tuple[str | None, tuple[Any, ...]]]]
"""For each document, by the numbers of its claims that stand, the incident of each and what linking sees: its
id and its slots."""


def read_linked(connection: Connection, names: Sequence[str]) -> Linked:
    """Return the claims that stand in some documents, as linking sees them.

    Args:
        connection: inside a transaction.
        names: of documents.
    """
    claim = current_claims.c
    found: dict[int, dict[int, tuple[str | None, tuple[Any, ...]]]] = defaultdict(dict)
    slots = (claim[name] for name in CLAIM.slots)
    query = sa.select(claim.document, claim.number, claim.incident, claim.id, *slots)
    query = query.join(documents, documents.c.number == claim.document)
    for asked in portions(names):
        for document, number, incident, *seen in connection.execute(query.where(documents.c.name.in_(asked))):
            found[document][number] = (incident, tuple(seen))
    return found


def changed_between(before: Linked, now: Linked) -> set[int]:
    """Return the numbers of the documents of which linking sees anything else now."""
    return {
        document
        for document in before.keys() | now.keys()
        if _seen(before.get(document, {})) != _seen(now.get(document, {}))
    }


def _seen(claims: Mapping[int, tuple[str | None, tuple[Any, ...]]]) -> dict[int, tuple[Any, ...]]:
    return {number: seen for number, (_, seen) in claims.items()}


def keep_linked(connection: Connection, before: Linked, now: Linked, changed: Collection[int]) -> None:
    """Put the claims of all documents but the changed ones back into the incidents that they were in."""
    kept = [
        {"which": number, "to": incident}
        for document, claims in before.items()
        if document not in changed
        for number, (incident, _) in claims.items()
        if incident != now[document][number][0]
    ]
    if kept:
        update = sa.update(current_claims).where(current_claims.c.number == sa.bindparam("which"))
        connection.execute(update.values(incident=sa.bindparam("to")), kept)
