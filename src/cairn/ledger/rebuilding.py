"""Rebuild: throw away what is derived and make it again from evidence, decisions and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger.current import State, fill_current, last_batch, read_decisions
from cairn.ledger.derive import Join, join_claims, sum_up
from cairn.ledger.insert import insert_rows
from cairn.ledger.rulings import find_conflicts
from cairn.ledger.store import Ledger
from cairn.ledger.tables import (
    DERIVED,
    claims,
    conflicts,
    current_claims,
    decisions,
    documents,
    erasures,
    incidents,
    readings,
    rebuilt,
    redactions,
)
from cairn.ledger.words import empty_words, index_words, last_indexed

Progress = Callable[[str], None]

LINKED_AT_ONCE = 20_000
"""Standing claims up to which ``refresh`` links all of them again, in some ten seconds. Beyond, what was
added keeps the incidents of its own report until ``rebuild`` links everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What stands after a rebuild.

    Attributes:
        conflicts: rulings that contradict each other, or that others rule out.
        unlinked: documents that were added since everything was linked last; see ``LINKED_AT_ONCE``.
    """

    claims: int
    incidents: int
    conflicts: int
    unlinked: int = 0


def rebuild(ledger: Ledger, join: Join | None = None, progress: Progress | None = None) -> Rebuilt:
    """Make all that is derived again, in one transaction: the same evidence always gives the same rows.

    Args:
        ledger: open.
        join: joins claims of several reports into incidents; without it those of one report stay.
        progress: called with one line a step.
    """
    tell = progress or (lambda _: None)
    with ledger.writing() as connection:
        tell("indexing texts")
        empty_words(connection)
        index_words(connection, 0)
        tell("choosing the claims that stand")
        made = _derive(connection, last_batch(connection), None, join, tell)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE current_claims")  # what tells the engine which index parts most
        return made


def refresh(ledger: Ledger, join: Join | None = None, progress: Progress | None = None) -> Rebuilt:
    """Bring what is derived up to date with what was appended since, up to a size as ``rebuild`` does."""
    tell = progress or (lambda _: None)
    with ledger.writing() as connection:
        index_words(connection, last_indexed(connection))
        batch, before = last_batch(connection), connection.scalar(sa.select(rebuilt.c.batch)) or 0
        names = _touched(connection, before)
        tell(f"choosing the claims that stand in {len(names):,} documents")
        standing = connection.scalar(sa.select(sa.func.count()).select_from(current_claims)) or 0
        if standing <= LINKED_AT_ONCE:
            return _derive(connection, batch, names, join, tell)
        return replace(_derive(connection, batch, names, None, tell), unlinked=len(names))


def _touched(connection: Connection, before: int) -> list[str]:
    """Return the names of the documents that were read, or decided about, after a batch."""
    lately = sa.select(erasures.c.number).where(erasures.c.batch > before)
    redacted = {
        table: sa.select(redactions.c.redacted).where(
            redactions.c.of == table.name, redactions.c.entry.in_(lately)
        )
        for table in (documents, decisions)
    }
    changed = (decisions.c.batch > before) | decisions.c.number.in_(redacted[decisions])
    made = sa.select(decisions).where(changed).subquery()
    subjects = sa.union(sa.select(made.c.subject), sa.select(made.c.other).where(made.c.other.is_not(None)))
    asked = sa.union(
        sa.select(readings.c.document).where(readings.c.batch > before),
        sa.select(claims.c.document).where(claims.c.id.in_(subjects)),
        sa.select(documents.c.number).where(documents.c.id.in_(subjects)),
        redacted[documents],
    )
    query = sa.select(documents.c.name).where(documents.c.number.in_(asked)).distinct()
    return list(connection.scalars(query.order_by(documents.c.name)))


@contextmanager
def as_of(ledger: Ledger, day: dt.date | None, join: Join | None = None) -> Iterator[State]:
    """Give what is derived, or would have been on a day: what was known by its end, in UTC.

    For an earlier day the derived tables are made anew, as temporary ones that stand before the ledger's own.
    """
    with ledger.reading() as connection:
        batch = last_batch(connection, day)
        if day is not None and batch < last_batch(connection):
            for table in DERIVED:
                _shadow(connection, table)
            _derive(connection, batch, None, join, lambda _: None)
        behind = batch - (connection.scalar(sa.select(rebuilt.c.batch)) or 0)
        yield State(connection=connection, batch=batch, behind=behind)


def _shadow(connection: Connection, table: sa.Table) -> None:
    """Make an empty temporary table before one of the ledger's."""
    sqlite = connection.dialect.name == "sqlite"
    kept = "main" if sqlite else connection.scalar(sa.text("SELECT current_schema()"))
    connection.exec_driver_sql(
        f'CREATE TEMPORARY TABLE "{table.name}" AS SELECT * FROM {kept}."{table.name}" WHERE 1 = 0'
    )


def _derive(
    connection: Connection, batch: int, names: Sequence[str] | None, join: Join | None, tell: Progress
) -> Rebuilt:
    made = read_decisions(connection, batch)
    fill_current(connection, batch, made, names)
    tell("joining claims into incidents")
    contradictions = join_claims(connection, join, made) if join else ()
    sum_up(connection)
    connection.execute(sa.delete(conflicts))
    found = list(find_conflicts(made))
    insert_rows(
        connection,
        conflicts,
        [
            *((place, each.first.id, each.second.id, each.reason) for place, each in enumerate(found)),
            *((len(found) + place, "", "", reason) for place, reason in enumerate(contradictions)),
        ],
    )
    connection.execute(sa.delete(rebuilt))
    insert_rows(connection, rebuilt, [(batch,)])
    count = sa.select(sa.func.count()).select_from(current_claims)
    several = sa.select(sa.func.count()).select_from(incidents)
    return Rebuilt(
        claims=connection.scalar(count) or 0,
        incidents=connection.scalar(several) or 0,
        conflicts=len(found) + len(contradictions),
    )
