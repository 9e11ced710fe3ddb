"""Open a ledger: made when new, migrated when older, refused when newer or none at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from cairn.errors import LedgerError
from cairn.ledger.backup import back_up
from cairn.ledger.store import Ledger, connect, told

Progress = Callable[[str], None]

MIGRATIONS = files("cairn.ledger") / "migrations"
"""Scripts that make a ledger and bring older ones up, in Alembic's layout."""


def open_ledger(named: str | Path, *, create: bool = False, progress: Progress | None = None) -> Ledger:
    """Open a ledger for reading and writing.

    An older one is first backed up beside itself (SQLite) and then migrated; a PostgreSQL one is migrated
    in one transaction.

    Args:
        named: path of a SQLite file, or ``postgresql://user@host:port/database``.
        create: make one when there is none.
        progress: called with one line a step, when anything is made or migrated.

    Raises:
        LedgerError: no ledger, a newer one, or a database that cannot be reached; one line.
    """
    ledger = connect(str(named), create=create)
    try:
        _bring_up(ledger, create=create, progress=progress or (lambda _: None))
    except BaseException:
        ledger.close()
        raise
    return ledger


def newest_version() -> str:
    """Return the version of the schema that this program writes."""
    with as_file(MIGRATIONS) as folder:
        return str(ScriptDirectory(str(folder)).get_current_head())


def _bring_up(ledger: Ledger, *, create: bool, progress: Progress) -> None:
    with ledger.reading() as connection:
        version = MigrationContext.configure(connection).get_current_revision()
        empty = not sa.inspect(connection).get_table_names()
    newest = newest_version()
    if version == newest:
        return
    if version is None and not empty:
        raise LedgerError(f"{ledger.name} is not a ledger: a database of something else")
    if version is None and not create:
        raise LedgerError(f"{ledger.name} is empty, not a ledger; cairn add makes one of it")
    if version is not None and version not in _known():
        raise LedgerError(
            f"{ledger.name} was written by a newer Cairn (version {version}; this one writes {newest}); "
            "update Cairn"
        )
    if version is not None and ledger.path is not None:
        kept = _free_name(ledger.path.with_name(f"{ledger.path.name}.before-{newest}"))
        back_up(ledger, kept)
        progress(f"{ledger.name} is of version {version}; a copy as it was is kept at {kept}")
    if ledger.path is not None:
        _write_ahead(ledger)
    with ledger.writing() as connection:
        _migrate(connection)
    progress(f"{ledger.name} {'made' if version is None else 'migrated'}, version {newest}")


def _free_name(path: Path) -> Path:
    """Return a path where nothing is: a migration that failed before has left its copy."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(each for each in numbered if not each.exists())


def _write_ahead(ledger: Ledger) -> None:
    """Let readers read while a writer writes; SQLite keeps to it from then on."""
    with told(ledger), closing(ledger.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode = WAL")


def _known() -> set[str]:
    with as_file(MIGRATIONS) as folder:
        return {script.revision for script in ScriptDirectory(str(folder)).walk_revisions()}


def _migrate(connection: Connection) -> None:
    with as_file(MIGRATIONS) as folder:
        settings = Config(stdout=io.StringIO())
        settings.set_main_option("script_location", str(folder).replace("%", "%%"))
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
