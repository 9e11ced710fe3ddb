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


def fill_arrivals(connection: Connection) -> None:
    """Fill ``arrivals`` from ``current_claims``."""
    connection.execute(sa.delete(arrivals))
    connection.execute(sa.insert(arrivals).from_select(["batch", "claims"], _by_batch()))


def count_arrivals(connection: Connection, names: Sequence[str]) -> Counter[int]:
    """Return how many of the claims that stand in some documents came in each batch, by its number."""
    found = Counter[int]()
    for some in portions(names):
        own = sa.select(documents.c.number).where(documents.c.name.in_(some))
        for batch, many in connection.execute(_by_batch().where(current_claims.c.document.in_(own))):
            found[batch] += many
    return found


def mend_arrivals(connection: Connection, before: Counter[int], now: Counter[int]) -> None:
    """Bring ``arrivals`` up to date after claims of some documents changed, counted before and now."""
    for batch in sorted(each for each in before | now if before[each] != now[each]):
        own = arrivals.c.batch == batch
        others = (connection.scalar(sa.select(arrivals.c.claims).where(own)) or 0) - before[batch]
        connection.execute(sa.delete(arrivals).where(own))
        if others + now[batch]:
            insert_rows(connection, arrivals, [(batch, others + now[batch])])


def _by_batch() -> Select[Any]:
    query = sa.select(claims.c.batch, sa.func.count())
    return query.join(current_claims, current_claims.c.number == claims.c.number).group_by(claims.c.batch)
