"""Database: tables as one SQLite file, with the metadata that Datasette shows beside them."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from cairn.exports.files.cells import converted, write_moment
from cairn.exports.files.claims import CLAIMS
from cairn.exports.files.columns import Column, Kind, Sheet

TYPES = {Kind.WHOLE: "INTEGER", Kind.YES_NO: "INTEGER", Kind.DECIMAL: "REAL"}
"""What SQLite calls a kind; all others are text, lists as JSON arrays."""
WRITTEN: dict[Kind, Callable[[Any], Any]] = {
    Kind.DAY: dt.date.isoformat,
    Kind.MOMENT: write_moment,
    Kind.TEXTS: lambda texts: json.dumps(texts, ensure_ascii=False),
}
INDEXED = ("incident", "harm", "type", "country", "place", "time_start", "policy")
"""Columns by which people look things up."""
FACETS = ("harm", "type", "status", "means", "country", "policy", "outlet")
"""Columns of few values, which Datasette counts beside a table for whoever narrows it."""
QUOTES = """
SELECT published, outlet, harm, low, high, words, sources, perpetrator, place, time_start, status, document
FROM claims
ORDER BY published, document, anchor_start
"""
"""Each figure beside the words that it is read from, and who says them."""


def write_database(sheets: Sequence[Sheet], guide: Iterable[str], path: Path) -> int:
    """Write tables into a new SQLite file, with the tables ``columns`` and ``guide`` that explain them.

    Returns:
        How many rows there were in all.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a new file: whoever is cut off writes it again
        count = sum(_write(connection, sheet) for sheet in sheets)
        connection.execute('CREATE TABLE columns ("table" TEXT, name TEXT, kind TEXT, holds TEXT)')
        connection.executemany(
            "INSERT INTO columns VALUES (?, ?, ?, ?)",
            [
                (each.layout.name, column.name, column.kind.value, column.holds)
                for each in sheets
                for column in each.layout.columns
            ],
        )
        connection.execute("CREATE TABLE guide (position INTEGER PRIMARY KEY, says TEXT)")
        connection.executemany("INSERT INTO guide VALUES (?, ?)", enumerate(guide))
    return count


def datasette_metadata(sheets: Sequence[Sheet], guide: Sequence[str], database: str) -> dict[str, Any]:
    """Return what Datasette shows beside the tables of a database.

    Args:
        sheets: its tables.
        guide: how to read the data.
        database: name of the file without its ending.
    """
    tables = {
        each.layout.name: {
            "description": f"A row is {each.layout.holds}.",
            "columns": {column.name: column.holds for column in each.layout.columns},
            "facets": [name for name in FACETS if name in each.layout.names],
        }
        for each in sheets
    }
    asked = {"quotes": {"title": "Figures beside their words", "sql": QUOTES.strip()}}
    return {
        "title": "A ledger of who was harmed, according to whom",
        "description": "\n\n".join(guide),
        "databases": {database: {"tables": tables, "queries": asked if CLAIMS.name in tables else {}}},
    }


def _write(connection: sqlite3.Connection, sheet: Sheet) -> int:
    name, columns = sheet.layout.name, sheet.layout.columns
    defined = ", ".join(f'"{each.name}" {TYPES.get(each.kind, "TEXT")}{_rule(each)}' for each in columns)
    connection.execute(f'CREATE TABLE "{name}" ({defined})')
    marks, count = ", ".join("?" * len(columns)), 0
    for cells in sheet.cells():
        plain = converted(cells, columns, WRITTEN)
        insert = f'INSERT INTO "{name}" VALUES ({marks})'  # noqa: S608 -- our own names; values are bound
        connection.executemany(insert, zip(*plain, strict=True))
        count += len(cells[0])
    for column in columns:
        if column.name in INDEXED:
            connection.execute(f'CREATE INDEX "{name}_{column.name}" ON "{name}" ("{column.name}")')
    return count


def _rule(column: Column) -> str:
    return " PRIMARY KEY" if column.name == "id" else " NOT NULL" if column.needed else ""
