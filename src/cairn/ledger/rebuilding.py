"""Rebuild: throw away what is derived and make it again from evidence, decisions and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, SelectBase

from cairn.ledger.current import (
    State,
    decisions_about,
    documents_named,
    fill_current,
    last_batch,
    read_decisions,
)
from cairn.ledger.derive import Join, join_again, join_claims, keep_apart
from cairn.ledger.insert import insert_rows
from cairn.ledger.kinds import KINDS
from cairn.ledger.nearby import Nearby
from cairn.ledger.portions import portions
from cairn.ledger.rows import Values
from cairn.ledger.rulings import find_conflicts
from cairn.ledger.steady import changed_between, keep_linked, read_linked
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
from cairn.records import Decision

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
        _derive(connection, last_batch(connection), None, join, tell)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE current_claims")  # what tells the engine which index parts most
        return _count(connection)


def refresh(ledger: Ledger, join: Join | None = None, progress: Progress | None = None) -> Rebuilt:
    """Bring what is derived up to date with what was appended since: to the rows that ``rebuild`` makes.

    Where all was linked before, only the incidents that the change touches are joined again.
    """
    with ledger.writing() as connection:
        catch_up(connection, join, progress)
        return _count(connection)


def catch_up(connection: Connection, join: Join | None = None, progress: Progress | None = None) -> None:
    """Do what ``refresh`` does, inside a transaction that writes."""
    tell = progress or (lambda _: None)
    index_words(connection, last_indexed(connection))
    before = connection.execute(sa.select(rebuilt)).mappings().first()
    touched = _find_touched(connection, before["batch"] if before else 0)
    tell(f"choosing the claims that stand in {len(touched.names):,} documents")
    batch = last_batch(connection)
    if join and before is not None and before["linked"]:
        _derive_again(connection, batch, touched, join, tell)
    else:
        _derive(connection, batch, touched.names, join, tell)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Touched:
    """What changed after a batch.

    Attributes:
        names: of the documents that were read, or that anything was decided about.
        fresh: numbers of those that were read or redacted, or of which a claim was joined or kept apart.
        subjects: ids of what was decided about.
    """

    names: Sequence[str]
    fresh: frozenset[int]
    subjects: Sequence[str]


def _find_touched(connection: Connection, before: int) -> _Touched:
    """Return what changed after a batch."""
    lately = sa.select(erasures.c.number).where(erasures.c.batch > before)
    redacted = {
        table: sa.select(redactions.c.redacted).where(
            redactions.c.of == table.name, redactions.c.entry.in_(lately)
        )
        for table in (documents, decisions)
    }
    changed = sa.union(
        sa.select(decisions.c.number).where(decisions.c.batch > before), redacted[decisions]
    ).cte("changed")
    own = decisions.c.number.in_(sa.select(changed))
    superseded = sa.select(decisions.c.supersedes).where(own, decisions.c.supersedes.is_not(None))
    made = sa.union(
        *(
            sa.select(decisions.c.subject, decisions.c.other).where(each)
            for each in (own, decisions.c.id.in_(superseded))
        )
    )
    pairs = connection.execute(made).all()
    subjects = sorted({subject for pair in pairs for subject in pair if subject is not None})
    fresh = sa.union(sa.select(readings.c.document).where(readings.c.batch > before), redacted[documents])
    numbers = set(connection.scalars(fresh))
    numbers |= _documents_of(connection, sorted({each for pair in pairs if pair[1] for each in pair}))
    every = sorted(numbers | _documents_of(connection, subjects))
    names = {
        name
        for asked in portions(every)
        for name in connection.scalars(sa.select(documents.c.name).where(documents.c.number.in_(asked)))
    }
    return _Touched(names=sorted(names), fresh=frozenset(numbers), subjects=subjects)


def _documents_of(connection: Connection, ids: Sequence[str]) -> set[int]:
    """Return the numbers of the documents of some claims and events, and of those whose ids are given."""
    found = set[int]()
    for asked in portions(ids):
        found.update(connection.scalars(sa.select(documents.c.number).where(documents.c.id.in_(asked))))
        for kind in KINDS:
            query = sa.select(kind.read.c.document).where(kind.read.c.id.in_(asked))
            found.update(connection.scalars(query))
    return found


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
) -> None:
    """Derive all: claims and events of some documents or of all, and every incident.

    Args:
        connection: inside a transaction.
        batch: the last that counts.
        names: of the documents; all when ``None``.
        join: joins claims of several reports into incidents.
        tell: called with one line a step.
    """
    made = read_decisions(connection, batch)
    fill_current(connection, batch, made, names)
    tell("joining claims into incidents")
    contradictions: Sequence[str] = ()
    if join:
        contradictions = join_claims(connection, join, made)
    else:
        keep_apart(connection)
    _close(connection, batch, made, contradictions, linked=join is not None)


def _derive_again(connection: Connection, batch: int, touched: _Touched, join: Join, tell: Progress) -> None:
    """Derive what changes with some documents, where all was linked before.

    What linking sees as before stays in its incidents, so a decision that changes nothing there costs no
    linking; the incidents of what was decided about are weighed again all the same.
    """
    names = touched.names
    before = read_linked(connection, names)
    kept = list(connection.execute(sa.select(conflicts).order_by(conflicts.c.position)))
    disputed = [id_ for row in kept for id_ in (row.first, row.second) if id_]
    made = decisions_about(connection, batch, *_held_by(names), _subjects_of(connection, disputed))
    fill_current(connection, batch, made, names)
    now = read_linked(connection, names)
    changed = touched.fresh | changed_between(before, now)
    keep_linked(connection, before, now, changed)
    tell("joining claims into incidents")
    subjects = set(touched.subjects)
    former, decided = set[str](), set[str]()
    for document, claims in before.items():
        for incident, (id_, *_) in claims.values():
            if incident and document in changed:
                former.add(incident)
            elif incident and id_ in subjects:
                decided.add(incident)
    nearby = Nearby(
        connection=connection,
        batch=batch,
        touched=sorted(changed & now.keys()),
        former=sorted(former),
        decided=sorted(decided - former),
    )
    contradictions = join_again(connection, join, nearby)
    if contradictions is None:
        contradictions = [row.reason for row in kept if not row.first]
    _close(connection, batch, made, contradictions, linked=True)


def _held_by(names: Sequence[str]) -> Iterator[SelectBase]:
    """Yield queries for the ids of some documents, and of all claims and events that were read in them."""
    for asked in portions(names):
        numbers = documents_named(asked)
        yield sa.union(
            sa.select(documents.c.id).where(documents.c.name.in_(asked)),
            *(sa.select(kind.read.c.id).where(kind.read.c.document.in_(numbers)) for kind in KINDS),
        )


def _subjects_of(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Return what some decisions are about."""
    found = set[str]()
    for asked in portions(ids):
        query = sa.select(decisions.c.subject, decisions.c.other).where(decisions.c.id.in_(asked))
        found.update(each for row in connection.execute(query) for each in row if each is not None)
    return sorted(found)


def _close(
    connection: Connection,
    batch: int,
    made: Sequence[Decision],
    contradictions: Sequence[str],
    *,
    linked: bool,
) -> None:
    """Write what contradicts each other, and up to where all is derived."""
    found = list(find_conflicts(made))
    rows: list[Values] = [
        *((place, each.first.id, each.second.id, each.reason) for place, each in enumerate(found)),
        *((len(found) + place, "", "", reason) for place, reason in enumerate(contradictions)),
    ]
    connection.execute(sa.delete(conflicts))
    insert_rows(connection, conflicts, rows)
    connection.execute(sa.delete(rebuilt))
    insert_rows(connection, rebuilt, [(batch, linked)])


def _count(connection: Connection) -> Rebuilt:
    """Return what stands."""
    claims, events, several, contrary = (
        connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in (current_claims, current_events, incidents, conflicts)
    )
    return Rebuilt(claims=claims, events=events, incidents=several, conflicts=contrary)
