"""Insert many rows at once, each engine's fastest way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Table

from cairn.ledger.rows import Values, names_of


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows of plain values, in the order of the table's columns.

    Args:
        connection: inside a transaction.
        table: evidence or derived.
        rows: may be empty.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table), list(rows))
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # inside a transaction there is one
    with driver.cursor().copy(_copy(table)) as copy:
        for row in rows:
            copy.write_row(row)


@cache
def _insert(table: Table) -> str:
    names = ", ".join(f'"{name}"' for name in names_of(table))
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(table.columns))})'


@cache
def _copy(table: Table) -> str:
    names = ", ".join(f'"{name}"' for name in names_of(table))
    return f'COPY "{table.name}" ({names}) FROM STDIN'
