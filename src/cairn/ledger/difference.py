"""Difference: where the database's schema is not the one that Cairn made."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.ledger.guards import guard_names, guard_statements
from cairn.ledger.tables import metadata
from cairn.ledger.views import VIEWS


def schema_differences(connection: Connection) -> Iterator[str]:
    """Yield one line for each table, column, trigger or view that is missing, added or altered.

    Indexes are free: they change no answer, and a team may need its own.
    """
    inspector = sa.inspect(connection)
    there = set(inspector.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there:
            yield f"the table {table.name} is missing"
            continue
        found = {column["name"] for column in inspector.get_columns(table.name)}
        wanted = set(table.columns.keys())
        yield from (f"{table.name} lacks its column {name}" for name in sorted(wanted - found))
        yield from (
            f"{table.name} has a column {name} that is none of ours" for name in sorted(found - wanted)
        )
    yield from _triggers(connection)
    views = set(inspector.get_view_names())
    yield from (f"the view {name} is missing" for name in VIEWS if name not in views)


def _triggers(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = {row[0]: _plain(row[1]) for row in rows}
        wanted = {name: _plain(sql) for sql in guard_statements("sqlite") if (name := _named(sql))}
    else:
        rows = connection.exec_driver_sql(
            "SELECT tgname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        )
        found = {row[0]: row[1] if isinstance(row[1], str) else row[1].decode() for row in rows}
        wanted = {name: "O" for sql in guard_statements("postgresql") if (name := _named(sql))}
    guards = dict(guard_names())
    for name, sql in wanted.items():
        if name not in found:
            yield f"the guard {name} is missing: {guards.get(name, 'its table')} can be changed unnoticed"
        elif found[name] != sql:
            yield f"the guard {name} was altered or switched off"
    yield from (f"the trigger {name} is none of ours" for name in sorted(found.keys() - wanted.keys()))


def _named(sql: str) -> str | None:
    found = re.match(r'CREATE TRIGGER "(\w+)"', sql)
    return found[1] if found else None


def _plain(sql: str) -> str:
    return " ".join(sql.split())
