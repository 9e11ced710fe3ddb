"""Backup: the whole ledger at one moment, while others go on writing to it; and back again."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from cairn.errors import LedgerError
from cairn.ledger.store import Ledger, is_sqlite


def back_up(ledger: Ledger, path: Path) -> None:
    """Write a copy of a SQLite ledger as it stands now; it is a ledger itself.

    Args:
        ledger: one in SQLite. PostgreSQL has ``pg_dump``, and ``cairn dump`` works on both.
        path: of the new file.

    Raises:
        LedgerError: the file is there already or cannot be written, or the ledger is not in SQLite.
    """
    if ledger.path is None:
        raise LedgerError("a ledger in PostgreSQL is backed up with pg_dump, or written out with cairn dump")
    if path.exists():
        raise LedgerError(f"{path} is there already; a backup never overwrites, name another file")
    partial = path.with_name(path.name + ".partial")
    try:
        with closing(sqlite3.connect(ledger.path)) as given, closing(sqlite3.connect(partial)) as target:
            given.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        os.replace(partial, path)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise LedgerError(f"no backup at {path}: {error}") from error


def restore(backup: Path, path: Path) -> None:
    """Put a backup where a ledger is to be; never over one that is there.

    Raises:
        LedgerError: the backup is none, or there is a ledger at ``path``.
    """
    if not backup.exists():
        raise LedgerError(f"{backup} does not exist; check the spelling and the folder you are in")
    if not is_sqlite(backup):
        raise LedgerError(f"{backup} is no backup of a ledger")
    if path.exists():
        raise LedgerError(f"there is a ledger at {path}; move it away first, nothing is overwritten")
    try:
        given = sqlite3.connect(f"file:{quote(str(backup))}?mode=ro", uri=True)
        with closing(given), closing(sqlite3.connect(path)) as target:
            given.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise LedgerError(f"{backup} cannot be restored: {error}") from error
