"""Dump and load: all evidence as JSON Lines, the same from SQLite and from PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from cairn.errors import LedgerError
from cairn.ledger.insert import insert_rows
from cairn.ledger.open import newest_version
from cairn.ledger.rows import names_of
from cairn.ledger.seals import FIRST, seal_batch, seal_entry
from cairn.ledger.store import Ledger
from cairn.ledger.stream import redacted_digests, stream_batches
from cairn.ledger.tables import ENTRIES, PARTS, batches

FORMAT = "cairn-ledger"
Numbered = tuple[int, dict[str, Any]]
"""A row with the number of its line."""
Unsealed = tuple[int, tuple[str, int], str]
"""Number of a line, table and number of its entry, and the digest of what it holds."""

_TABLES = {table.name: table for table in ENTRIES}


def dump(ledger: Ledger) -> Iterator[str]:
    """Yield lines of JSON: a head, then each batch followed by its entries, each with its parts."""
    yield _line({"format": FORMAT, "version": newest_version()})
    with ledger.reading() as connection:
        for batch, entries in stream_batches(connection):
            if not batch:
                raise LedgerError(f"{ledger.name} is damaged; cairn verify says where")
            yield _line({"table": "batches", **dict(zip(names_of(batches), batch, strict=True))})
            for entry in entries:
                row: dict[str, Any] = {"table": entry.table.name}
                row |= zip(names_of(entry.table), entry.values, strict=True)
                for part, rows in zip(PARTS.get(entry.table.name, ()), entry.parts, strict=True):
                    if rows:
                        names = names_of(part)[1:]
                        row[f"{part.name}:parts"] = [dict(zip(names, each[1:], strict=True)) for each in rows]
                yield _line(row)


def load(ledger: Ledger, lines: Iterable[str]) -> int:
    """Put a dump into an empty ledger, checking each seal; return how many batches it had.

    Args:
        ledger: newly made.
        lines: of ``dump``.

    Raises:
        LedgerError: the ledger holds something, the dump is of another format or version, or a line is not
            what was sealed. Nothing is kept then.
    """
    numbered = enumerate(lines, start=1)
    _, head = next(numbered, (0, ""))
    check_dump(head)
    before, count = FIRST, 0
    unsealed: list[Unsealed] = []
    with ledger.writing() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM batches").scalar():
            raise LedgerError(f"{ledger.name} holds something already; load a dump into a new ledger")
        for (line, batch), entries in _batches(numbered):
            digests = [row["digest"] for _, row in entries]
            before = seal_batch(before, batch["number"], batch["recorded_at"], digests)
            if before != batch["chain"]:
                raise LedgerError(
                    f"line {line}: batch {batch['number']} is not what was sealed; the dump was changed"
                )
            insert_rows(connection, batches, [tuple(batch[name] for name in names_of(batches))])
            for name, rows in groupby(entries, key=lambda each: str(each[1]["table"])):
                unsealed.extend(_insert(connection, name, list(rows)))
            count += 1
        # Tombstones come after what they are about, so only the end tells what was erased.
        redacted = redacted_digests(connection)
        wrong = next((line for line, key, digest in unsealed if redacted.get(key) != digest), None)
        if wrong is not None:
            raise LedgerError(f"line {wrong} is not what was sealed; the dump was changed")
    return count


def _batches(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[Numbered, list[Numbered]]]:
    """Yield each batch's row with its entries, all with the numbers of their lines."""
    waiting: list[Numbered] = []
    for number, line in numbered:
        if not line.strip():
            continue
        row = _read(number, line)
        if row.get("table") == "batches":
            if waiting:
                yield waiting[0], waiting[1:]
            waiting = []
        elif row.get("table") not in _TABLES or not waiting:
            raise LedgerError(f"line {number}: a row of {row.get('table')!r} is not expected here")
        waiting.append((number, row))
    if waiting:
        yield waiting[0], waiting[1:]


def check_dump(line: str) -> None:
    """Refuse a first line that ``dump`` did not write, or wrote of another version.

    Raises:
        LedgerError: one line.
    """
    head = _read(1, line) if line.strip() else {}
    if head.get("format") != FORMAT:
        raise LedgerError("this is no dump of a ledger; cairn dump writes them")
    if head.get("version") != newest_version():
        raise LedgerError(
            f"the dump is of version {head.get('version')}, this Cairn reads {newest_version()}; "
            "load it with the Cairn that wrote it, which migrates afterwards"
        )


def _insert(connection: Connection, name: str, rows: list[Numbered]) -> Iterator[Unsealed]:
    """Insert entries of one table; yield those whose digest is not their own."""
    table = _TABLES[name]
    columns = names_of(table)
    placed = []
    parts: dict[str, list[Any]] = {part.name: [] for part in PARTS.get(name, ())}
    for line, row in rows:
        try:
            values = tuple(row[column] for column in columns)
            own = [
                [
                    (values[0], *(each[column] for column in names_of(part)[1:]))
                    for each in row.get(f"{part.name}:parts", ())
                ]
                for part in PARTS.get(name, ())
            ]
        except KeyError as error:
            raise LedgerError(f"line {line}: a row of {name} lacks {error}") from error
        digest = seal_entry(name, values[:-1], own)
        if digest != values[-1]:
            yield line, (name, values[0]), digest
        placed.append(values)
        for part, its in zip(PARTS.get(name, ()), own, strict=True):
            parts[part.name] += its
    insert_rows(connection, table, placed)
    for part in PARTS.get(name, ()):
        insert_rows(connection, part, parts[part.name])


def _read(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LedgerError(f"line {number} is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise LedgerError(f"line {number} is no JSON object")
    return row


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
