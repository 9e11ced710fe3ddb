"""Erase: remove words on legal demand, leaving a tombstone and a chain that still holds."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.errors import LedgerError
from cairn.ledger.append import start_batch, write_batch
from cairn.ledger.guards import ERASING
from cairn.ledger.store import Ledger
from cairn.ledger.tables import claims, current_claims, documents, erasures, evidence, victims, write_moment
from cairn.ledger.words import forget_words, index_words, last_indexed

BLOCK = "█"
"""Stands for each removed character, so that all offsets still hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much was removed: occurrences of a name, and documents that held them."""

    documents: tuple[str, ...]
    places: int


def erase(
    ledger: Ledger, *, document: str, who: str, why: str, at: dt.datetime, name: str | None = None
) -> Erased:
    """Remove a document's words, or one name in them, for good.

    The rows stay, with their digests, and blocks stand for what was removed. Backups, dumps and exports that
    were made before still hold it; finding those is the user's duty.

    Args:
        ledger: open.
        document: name of the document; all its versions are treated.
        who: answers for it.
        why: the demand, such as its date and reference. Do not repeat what is removed.
        at: the moment, in UTC.
        name: words to remove; the whole text when ``None``.

    Raises:
        LedgerError: there is no such document, or it does not hold the name.
    """
    with ledger.writing() as connection:
        rows = connection.execute(
            sa.select(documents).where(documents.c.name == document).order_by(documents.c.number)
        ).all()
        if not rows:
            raise LedgerError(f"there is no document {document!r} in {ledger.name}")
        connection.exec_driver_sql(f"INSERT INTO {ERASING} VALUES (0)")
        indexed = last_indexed(connection)
        places, held = 0, 0
        batch = start_batch(connection, at)
        for row in rows:
            found = _redact(connection, row, name, indexed=row.number <= indexed)
            places += found
            if found:
                held += 1
                what = "document" if name is None else "names"
                batch.add(erasures, (row.number, what, who, write_moment(at), why))
        if not held:
            raise LedgerError(f"{document} does not hold that name; nothing was erased")
        write_batch(connection, batch)
        connection.exec_driver_sql(f"DELETE FROM {ERASING}")
    _forget_pages(ledger)
    return Erased(documents=(document,), places=places)


def _redact(
    connection: Connection, row: sa.Row[tuple[object, ...]], name: str | None, *, indexed: bool
) -> int:
    """Put blocks in the place of words in one document and in all that was read from it; return how many."""
    pattern = re.compile(r"\S" if name is None else re.escape(name), re.IGNORECASE)
    count = 0

    def blocked(text: str | None) -> str | None:
        nonlocal count
        if text is None:
            return None
        redacted, times = pattern.subn(lambda match: re.sub(r"\S", BLOCK, match[0]), text)
        count += times
        return redacted

    wiped = {column: blocked(getattr(row, column)) for column in ("text", "title", "byline", "notes")}
    own = sa.select(claims).where(claims.c.document == row.number)
    named = {
        each.entry: each.name
        for each in connection.execute(
            sa.select(victims).where(victims.c.entry.in_(sa.select(own.subquery().c.number)))
        )
    }
    changes = []
    for claim in connection.execute(own).all():
        slots = ("victims", "perpetrator", "target", "place", "speaker", "speakers")
        changed = {slot: blocked(getattr(claim, slot)) for slot in slots}
        changes.append((claim.number, changed, blocked(named.get(claim.number))))
    if not count:
        return 0
    if indexed:
        forget_words(connection, row.number)
    connection.execute(sa.update(documents).where(documents.c.number == row.number).values(**wiped))
    for number, changed, victim in changes:
        connection.execute(sa.update(claims).where(claims.c.number == number).values(**changed))
        connection.execute(
            sa.update(current_claims).where(current_claims.c.number == number).values(**changed)
        )
        if victim is not None:
            connection.execute(sa.update(victims).where(victims.c.entry == number).values(name=victim))
        connection.execute(sa.update(evidence).where(evidence.c.entry == number).values(reason=None))
    if indexed:
        index_words(connection, row.number - 1, row.number)
    return count


def _forget_pages(ledger: Ledger) -> None:
    """Rewrite the SQLite file, so that no free page and no log keeps what was removed."""
    if ledger.path is None:
        return
    with closing(ledger.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
