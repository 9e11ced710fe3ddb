"""Rebuild: throw away what is derived and make it again from evidence, decisions and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger.current import State, documents_named, fill_current, last_batch, read_decisions
from cairn.ledger.derive import Join, join_again, join_claims, sum_up
from cairn.ledger.insert import insert_rows
from cairn.ledger.kinds import KINDS
from cairn.ledger.nearby import Nearby
from cairn.ledger.portions import portions
from cairn.ledger.rulings import find_conflicts
from cairn.ledger.store import Ledger
from cairn.ledger.tables import (
    DERIVED,
    conflicts,
    current_claims,
    current_events,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What stands after a rebuild.

    Attributes:
        conflicts: rulings that contradict each other, or that others rule out.
    """

    claims: int
    events: int
    incidents: int
    conflicts: int


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
    """Bring what is derived up to date with what was appended since: to the rows that ``rebuild`` makes.

    Where all was linked before, only the incidents that the change touches are joined again.
    """
    tell = progress or (lambda _: None)
    with ledger.writing() as connection:
        index_words(connection, last_indexed(connection))
        before = connection.execute(sa.select(rebuilt)).mappings().first()
        names = _touched(connection, before["batch"] if before else 0)
        tell(f"choosing the claims that stand in {len(names):,} documents")
        again = before is not None and before["linked"]
        return _derive(connection, last_batch(connection), names, join, tell, again=again)


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
    superseded = sa.select(decisions.c.supersedes).where(changed, decisions.c.supersedes.is_not(None))
    made = sa.select(decisions).where(changed | decisions.c.id.in_(superseded)).subquery()
    subjects = sa.union(sa.select(made.c.subject), sa.select(made.c.other).where(made.c.other.is_not(None)))
    asked = sa.union(
        sa.select(readings.c.document).where(readings.c.batch > before),
        *(sa.select(kind.read.c.document).where(kind.read.c.id.in_(subjects)) for kind in KINDS),
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
    connection: Connection,
    batch: int,
    names: Sequence[str] | None,
    join: Join | None,
    tell: Progress,
    *,
    again: bool = False,
) -> Rebuilt:
    """Derive all, or what changes with some documents.

    Args:
        connection: inside a transaction.
        batch: the last that counts.
        names: of the documents; all when ``None``.
        join: joins claims of several reports into incidents.
        tell: called with one line a step.
        again: all was linked before, so that only what the documents touch need be.
    """
    made = read_decisions(connection, batch)
    former = _incidents_of(connection, names or ())
    fill_current(connection, batch, made, names)
    tell("joining claims into incidents")
    contradictions: Sequence[str] = ()
    if join and again and names is not None:
        touched = _standing_documents(connection, names)
        nearby = Nearby(connection=connection, touched=touched, former=former)
        contradictions = join_again(connection, join, made, nearby)
    elif join:
        contradictions = join_claims(connection, join, made)
    else:
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
    insert_rows(connection, rebuilt, [(batch, join is not None)])
    claims, events, several = (
        connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in (current_claims, current_events, incidents)
    )
    return Rebuilt(
        claims=claims,
        events=events,
        incidents=several,
        conflicts=len(found) + len(contradictions),
    )


def _incidents_of(connection: Connection, names: Sequence[str]) -> list[str]:
    """Return the incidents that claims of some documents are in."""
    claim, found = current_claims.c, set[str]()
    for asked in portions(names):
        own = claim.document.in_(documents_named(asked))
        query = sa.select(claim.incident).where(own, claim.incident.is_not(None))
        found.update(connection.scalars(query))
    return sorted(found)


def _standing_documents(connection: Connection, names: Sequence[str]) -> list[int]:
    """Return the numbers of those documents of some names that claims stand in."""
    claim = current_claims.c
    found = {
        number
        for asked in portions(names)
        for number in connection.scalars(
            sa.select(claim.document).where(claim.document.in_(documents_named(asked)))
        )
    }
    return sorted(found)
