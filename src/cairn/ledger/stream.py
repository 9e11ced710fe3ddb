"""Stream: every entry of the ledger with its parts, batch by batch, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cairn.ledger.rows import Value, Values, plainer
from cairn.ledger.tables import ENTRIES, PARTS, batches, redactions

FETCHED = 2_000
"""Rows that are fetched at one go."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row with the rows of its parts, in plain values."""

    table: Table
    values: list[Value]
    """From ``number`` to ``digest``."""
    parts: list[list[Values]]
    """For each table of parts its rows."""

    @property
    def number(self) -> int:
        """Return the number of the row."""
        return int(self.values[0] or 0)

    @property
    def batch(self) -> int:
        """Return the number of the batch that it came in."""
        return int(self.values[1] or 0)


def stream_rows(connection: Connection, table: Table, *order: str) -> Iterator[list[Value]]:
    """Yield all rows of a table in plain values, ordered."""
    plain = plainer(table)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    by = ", ".join(f'"{name}"' for name in order)
    query = sa.text(f'SELECT {columns} FROM "{table.name}" ORDER BY {by}')
    with connection.execution_options(yield_per=FETCHED).execute(query) as result:
        for row in result:
            yield plain(row)


def stream_entries(connection: Connection, table: Table) -> Iterator[Entry]:
    """Yield all entries of one table by number, each with its parts."""
    parts = [_Parts(connection, part) for part in PARTS.get(table.name, ())]
    for values in stream_rows(connection, table, "number"):
        number = int(values[0] or 0)
        yield Entry(table, values, [part.take(number) for part in parts])


def stream_batches(connection: Connection) -> Iterator[tuple[list[Value], list[Entry]]]:
    """Yield each batch's row with the entries that say they came in it, in the order of their seal.

    Entries that belong to no batch, or to one that is already past, come at the end with an empty row.
    """
    streams = [_Ahead(stream_entries(connection, table)) for table in ENTRIES]
    for batch in stream_rows(connection, batches, "number"):
        number = int(batch[0] or 0)
        yield batch, [entry for stream in streams for entry in stream.take(number)]
    left = [entry for stream in streams for entry in stream.rest()]
    if left:
        yield [], left


class _Parts:
    """The parts of entries, read along with them."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._rows = stream_rows(connection, table, "entry", "position")
        self._next: list[Value] | None = next(self._rows, None)

    def take(self, number: int) -> list[Values]:
        """Return the rows of one entry; rows of entries that are not there are passed over."""
        found: list[Values] = []
        while self._next is not None and int(self._next[0] or 0) <= number:
            if self._next[0] == number:
                found.append(tuple(self._next))
            self._next = next(self._rows, None)
        return found


class _Ahead:
    """Entries with a look at the next one."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self._next = next(entries, None)

    def take(self, batch: int) -> Iterator[Entry]:
        """Yield the entries up to the first of a later batch."""
        while self._next is not None and self._next.batch <= batch:
            yield self._next
            self._next = next(self._entries, None)

    def rest(self) -> Iterator[Entry]:
        """Yield what is left."""
        while self._next is not None:
            yield self._next
            self._next = next(self._entries, None)


def redacted_digests(connection: Connection) -> dict[tuple[str, int], str]:
    """Return the digests of entries as they were left by erasures, by table and number; later ones count."""
    found: Any = connection.execute(sa.select(redactions).order_by(redactions.c.entry, redactions.c.position))
    return {(row.of, row.redacted): row.digest for row in found}
