"""Arrivals: how many of the claims that stand came in each batch, counted once and not for each question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Select

from cairn.ledger.insert import insert_rows
from cairn.ledger.portions import portions
from cairn.ledger.tables import arrivals, claims, current_claims, documents

Arrived = tuple[Counter[int], Counter[int]]
"""By the numbers of batches, how many claims came, and how many of these are settled."""


def fill_arrivals(connection: Connection) -> None:
    """Fill ``arrivals`` from ``current_claims``."""
    connection.execute(sa.delete(arrivals))
    connection.execute(sa.insert(arrivals).from_select(["batch", "claims", "settled"], _by_batch()))


def count_arrivals(connection: Connection, names: Sequence[str]) -> Arrived:
    """Return how many of the claims that stand in some documents came in each batch, and are settled."""
    found, settled = Counter[int](), Counter[int]()
    for some in portions(names):
        own = sa.select(documents.c.number).where(documents.c.name.in_(some))
        for batch, many, done in connection.execute(_by_batch().where(current_claims.c.document.in_(own))):
            found[batch] += many
            settled[batch] += done
    return found, settled


def mend_arrivals(connection: Connection, before: Arrived, now: Arrived) -> None:
    """Bring ``arrivals`` up to date after claims of some documents changed, counted before and now."""
    (came, settled), (comes, settles) = before, now
    for batch in sorted(came | comes):
        more, done = comes[batch] - came[batch], settles[batch] - settled[batch]
        if not more and not done:
            continue
        own = arrivals.c.batch == batch
        row = connection.execute(sa.select(arrivals).where(own)).first()
        claims = (row.claims if row else 0) + more
        connection.execute(sa.delete(arrivals).where(own))
        if claims:
            insert_rows(connection, arrivals, [(batch, claims, (row.settled if row else 0) + done)])


def _by_batch() -> Select[Any]:
    query = sa.select(claims.c.batch, sa.func.count(), sa.func.count(current_claims.c.settled))
    return query.join(current_claims, current_claims.c.number == claims.c.number).group_by(claims.c.batch)
