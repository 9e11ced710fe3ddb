"""Erase: remove words on legal demand, leaving a tombstone and a chain that still holds."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cairn.errors import LedgerError
from cairn.ledger import rows as to
from cairn.ledger.append import start_batch, write_batch
from cairn.ledger.derive import Join
from cairn.ledger.guards import ERASING
from cairn.ledger.kinds import KINDS
from cairn.ledger.portions import portions
from cairn.ledger.rebuilding import refresh
from cairn.ledger.redacting import (
    Redact,
    redact_all,
    redact_list,
    redact_name,
    redact_participants,
    redact_value,
)
from cairn.ledger.rows import Value, Values
from cairn.ledger.seals import seal_entry
from cairn.ledger.store import WAIT_SECONDS, Ledger
from cairn.ledger.tables import (
    DERIVED,
    PARTS,
    current_claims,
    decisions,
    documents,
    erasures,
    estimates,
    write_moment,
)
from cairn.ledger.words import forget_words, index_words, last_indexed, merge_words

DOCUMENT_WORDS = ("name", "text", "outlet", "title", "byline", "url", "group_name", "notes")
"""Columns of ``documents`` that a name may stand in."""

WORDS: dict[str, tuple[str, ...]] = {
    "claims": ("victims", "perpetrator", "target", "place", "speaker"),
    "events": ("actor", "recipient", "place", "speaker"),
}
"""Columns of claims and events that hold words of the text."""

LISTS = ("speakers", "actors", "recipients")
"""Columns that hold lists of them."""

_REWRITTEN = (
    documents, decisions, *PARTS["documents"],
    *(table for kind in KINDS for table in (kind.read, *PARTS[kind.read.name])), *DERIVED,
)  # fmt: skip
"""Tables that held, or may have held, what was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was removed.

    Attributes:
        documents: numbers of those that words were removed from.
        entries: how many rows of evidence were redacted, documents and decisions among them.
        held: another program holds old pages of the file, which keep the words until they are let go.
    """

    documents: tuple[int, ...]
    entries: int
    held: bool


@dataclass(slots=True)
class _Demand:
    """What is to be removed, and what was by now."""

    name: str | None
    redact: Redact
    documents: list[int] = field(default_factory=list)
    redactions: list[Values] = field(default_factory=list)


def erase(
    ledger: Ledger,
    *,
    who: str,
    why: str,
    at: dt.datetime,
    document: str | None = None,
    name: str | None = None,
    join: Join | None = None,
) -> Erased:
    """Remove a document's words, or a name in one document or in all, for good.

    The rows stay, with their digests, and blocks stand for what was removed; the tombstone seals what they
    are now, so ``verify`` still finds any change. What is derived is brought up to date, and the claims of a
    document that was erased whole stand no more: they have no words left. Backups, dumps and exports that
    were made before, and archives, still hold what was removed; finding those is the user's duty.

    Args:
        ledger: open.
        who: answers for it.
        why: the demand, such as its date and reference.
        at: the moment, in UTC.
        document: name of the document; all its versions are treated. All documents when ``None``.
        name: words to remove; the whole text when ``None``.
        join: joins claims of several reports into incidents, as for ``refresh``.

    Raises:
        LedgerError: there is no such document, nothing holds the name, or the reason repeats it.
    """
    redact = redact_all if name is None else redact_name(name)
    if name is None and document is None:
        raise LedgerError("nothing was named; say which document, which words, or both")
    if name is not None and any(redact(each) != each for each in (who, why)):
        raise LedgerError("the reason repeats the words to remove; give the demand's date and reference")
    demand = _Demand(name=name, redact=redact)
    with ledger.writing() as connection:
        numbers = _numbers(connection, document)
        if document is not None and not numbers:
            raise LedgerError(f"there is no document {document!r} in {ledger.name}")
        connection.exec_driver_sql(f"INSERT INTO {ERASING} VALUES (0)")
        batch = start_batch(connection, at)
        indexed = last_indexed(connection)
        first = numbers[0] if numbers else 0
        for number in numbers:
            _redact_document(connection, demand, number, first if document else number, indexed)
        _redact_decisions(connection, demand, numbers if document else None)
        if not demand.redactions:
            where = document or ledger.name
            raise LedgerError(f"{where} does not hold that name; nothing was erased")
        what = "document" if name is None else "names"
        batch.add(erasures, (what, who, write_moment(at), why), demand.redactions)
        merge_words(connection)
        write_batch(connection, batch)
        connection.exec_driver_sql(f"DELETE FROM {ERASING}")
    refresh(ledger, join)
    held = _forget_pages(ledger)
    return Erased(documents=tuple(demand.documents), entries=len(demand.redactions), held=held)


def _numbers(connection: Connection, document: str | None) -> list[int]:
    query = sa.select(documents.c.number).order_by(documents.c.number)
    return list(connection.scalars(query if document is None else query.where(documents.c.name == document)))


def _redact_document(connection: Connection, demand: _Demand, number: int, first: int, indexed: int) -> None:
    """Redact a document, and the claims and events that were read from it; note what they are now.

    Args:
        connection: inside the transaction that may.
        demand: what to remove.
        number: of the document.
        first: number of the first version under its name.
        indexed: number of the last document in the index of words.
    """
    row = connection.execute(sa.select(documents).where(documents.c.number == number)).mappings().one()
    words = {column: row[column] and demand.redact(row[column]) for column in DOCUMENT_WORDS}
    if demand.name is None:
        words |= {column: row[column] for column in ("outlet", "group_name")}
    if words["name"] != row["name"]:
        # Names tell documents apart, and two with blocks in them might be the same.
        words["name"] = f"erased-{first}"
    redacted = {kind.read: list(_redact_read(connection, demand, kind.read, number)) for kind in KINDS}
    credited = _redact_part(connection, demand, "documents", number, "agency")
    changed = any(words[column] != row[column] for column in words)
    if not (any(redacted.values()) or credited or changed):
        return
    if number <= indexed:
        forget_words(connection, number)
    connection.execute(sa.update(documents).where(documents.c.number == number).values(**words))
    if number <= indexed:
        index_words(connection, number - 1, number)
    demand.documents.append(number)
    _note(connection, demand, documents, [number])
    for table, its in redacted.items():
        _note(connection, demand, table, its)
    told = sa.select(current_claims.c.incident).where(current_claims.c.document == number)
    connection.execute(sa.delete(estimates).where(estimates.c.incident.in_(told)))


def _redact_read(connection: Connection, demand: _Demand, table: Table, document: int) -> Iterator[int]:
    """Redact the claims or events of a document; yield the numbers of those that held anything to remove."""
    query = sa.select(table).where(table.c.document == document).order_by(table.c.number)
    for row in connection.execute(query).mappings().all():
        words = {column: row[column] and demand.redact(row[column]) for column in WORDS[table.name]}
        words |= {column: redact_list(row[column], demand.redact) for column in LISTS if column in row}
        if "participants" in row:
            words["participants"] = redact_participants(row["participants"], demand.redact)
        parts = [
            _redact_part(connection, demand, table.name, row["number"], each) for each in ("name", "reason")
        ]
        changed = any(words[column] != row[column] for column in words)
        if changed:
            connection.execute(sa.update(table).where(table.c.number == row["number"]).values(**words))
        if changed or any(parts):
            yield row["number"]


def _redact_part(connection: Connection, demand: _Demand, of: str, entry: int, column: str) -> bool:
    """Redact one column of the parts of an entry; say whether it held anything to remove."""
    found = False
    for part in (part for part in PARTS[of] if column in part.c):
        rows = sa.select(part).where(part.c.entry == entry, part.c[column].is_not(None))
        for row in connection.execute(rows).mappings().all():
            redacted = demand.redact(row[column])
            if redacted != row[column]:
                found = True
                its = sa.and_(part.c.entry == entry, part.c.position == row["position"])
                connection.execute(sa.update(part).where(its).values({column: redacted}))
    return found


def _redact_decisions(connection: Connection, demand: _Demand, numbers: Sequence[int] | None) -> None:
    """Redact what people wrote about some documents, their claims and events, or about anything."""
    query = sa.select(decisions).order_by(decisions.c.number)
    if numbers is not None:
        about = sa.union(
            *(sa.select(kind.read.c.id).where(kind.read.c.document.in_(numbers)) for kind in KINDS),
            sa.select(documents.c.id).where(documents.c.number.in_(numbers)),
        )
        query = query.where(decisions.c.subject.in_(about) | decisions.c.other.in_(about))
    changed = []
    for row in connection.execute(query).mappings().all():
        value = row["value"] and redact_value(row["slot"], row["value"], demand.redact)
        words = {"value": value, "why": demand.redact(row["why"])}
        if any(words[column] != row[column] for column in words):
            connection.execute(
                sa.update(decisions).where(decisions.c.number == row["number"]).values(**words)
            )
            changed.append(row["number"])
    _note(connection, demand, decisions, changed)


def _note(connection: Connection, demand: _Demand, table: Table, numbers: Sequence[int]) -> None:
    """Note the digests of entries as they are now."""
    plain = to.plainer(table)
    for asked in portions(numbers):
        parts = [_by_entry(connection, part, asked) for part in PARTS.get(table.name, ())]
        query = sa.select(table).where(table.c.number.in_(asked)).order_by(table.c.number)
        for values in map(plain, connection.execute(query)):
            own = [part.get(values[0], []) for part in parts]
            demand.redactions.append((table.name, values[0], seal_entry(table.name, values[:-1], own)))


def _by_entry(connection: Connection, part: Table, entries: Sequence[int]) -> dict[Value, list[Values]]:
    plain = to.plainer(part)
    found: dict[Value, list[Values]] = {}
    query = sa.select(part).where(part.c.entry.in_(entries)).order_by(part.c.entry, part.c.position)
    for values in map(plain, connection.execute(query)):
        found.setdefault(values[0], []).append(tuple(values))
    return found


def _forget_pages(ledger: Ledger) -> bool:
    """Write the tables anew, so that no free page keeps what was removed; say whether something hinders."""
    if ledger.path is not None:
        with closing(ledger.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA temp_store = FILE")  # the copy that VACUUM makes is as large as the ledger
            try:
                cursor.execute("VACUUM")
            except sqlite3.OperationalError:
                return True
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return bool(busy)
    engine = ledger.engine.execution_options(isolation_level="AUTOCOMMIT")
    changed = ", ".join((*(table.name for table in _REWRITTEN), "document_words"))
    try:
        with engine.connect() as own:
            own.exec_driver_sql(f"SET lock_timeout = '{WAIT_SECONDS:.0f}s'")
            own.exec_driver_sql(f"VACUUM FULL {changed}")
    except sa.exc.OperationalError:
        return True
    return False
