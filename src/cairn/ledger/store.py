"""Store: open a ledger, in SQLite or PostgreSQL, and take turns in writing to it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from cairn.errors import LedgerError

WAIT_SECONDS = 10.0
"""How long a writer waits for another one; a batch takes milliseconds."""

KEPT = 15
"""Connections to a file that are kept open; a new one has to read the schema first."""

WRITE_LOCK = 0x636169726E
"""Key of the advisory lock that PostgreSQL's writers take: "cairn" in ASCII."""

SQLITE_MAGIC = b"SQLite format 3\0"
SCHEMES = ("postgresql", "sqlite")


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger.

    Attributes:
        name: as the user named it, without a password.
        engine: of SQLAlchemy.
        path: of the SQLite file; ``None`` for PostgreSQL.
    """

    name: str
    engine: Engine
    path: Path | None = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
        if self.path is not None:
            _holder(self.path).unlink(missing_ok=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the ledger throughout."""
        with told(self), self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that may write; what it did stands when the block ends, or none of it.

        Raises:
            LedgerError: another writer holds the ledger and does not let go, the disk is full, or the file
                may not be written.
        """
        engine = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        with told(self), engine.begin() as connection:
            if self.path is not None:
                _sign(self.path)
            else:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS:.0f}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
            yield connection


def connect(named: str, *, create: bool = False) -> Ledger:
    """Return a ledger whose schema nobody has looked at yet; ``open_ledger`` is for everyone else.

    Args:
        named: path of a SQLite file, or ``postgresql://…``.
        create: make the file when there is none.

    Raises:
        LedgerError: one line: what was found, what was expected, what to do.
    """
    if "://" in named:
        return _connect_url(named)
    path = Path(named)
    _check_file(path, create=create)
    waiting = {"timeout": WAIT_SECONDS}
    engine = sa.create_engine(f"sqlite:///{path}", connect_args=waiting, pool_size=KEPT)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Ledger(name=named, engine=engine, path=path)


def _connect_url(named: str) -> Ledger:
    try:
        url = sa.make_url(named)
    except (ArgumentError, ValueError):
        raise LedgerError(
            "the ledger's address cannot be understood; write it as postgresql://user@host:5432/database"
        ) from None
    scheme = url.get_backend_name()
    if scheme == "sqlite":
        return connect(url.database or "")
    if scheme not in SCHEMES:
        raise LedgerError(f"a ledger is kept in SQLite or PostgreSQL, not in {scheme!r}")
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": 10})
    return Ledger(name=url.render_as_string(hide_password=True), engine=engine)


def is_sqlite(path: Path) -> bool:
    """Say whether there is a file that begins as a SQLite database does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC


def _check_file(path: Path, *, create: bool) -> None:
    """Refuse what cannot be a ledger's file, in one line."""
    folder = path.absolute().parent
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name the ledger's file, such as {path / 'cairn.db'}")
    if path.exists():
        if path.stat().st_size and not is_sqlite(path):
            raise LedgerError(f"{path} is not a ledger: it is no SQLite database")
    elif not create:
        raise LedgerError(f"there is no ledger at {path}; cairn add makes one, or name it with --ledger")
    elif not folder.is_dir():
        raise LedgerError(f"{path} cannot be made: there is no folder {folder}")
    elif not os.access(folder, os.W_OK):
        raise LedgerError(f"{path} cannot be made: the folder {folder} is read-only")


def _prepare(connection: Any, _: object) -> None:
    """Set up a connection of SQLite; transactions begin and end when we say so."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
    cursor.execute("PRAGMA cache_size = -262144")
    cursor.execute("PRAGMA wal_autocheckpoint = 16000")
    cursor.execute("PRAGMA mmap_size = 1073741824")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


# --- who holds it, and what went wrong ----------------------------------------------------------------


def _holder(path: Path) -> Path:
    return path.with_name(path.name + "-writer")


def _sign(path: Path) -> None:
    """Leave word of who writes, for whoever waits."""
    mine = {"process": os.getpid(), "machine": platform.node()}
    try:
        _holder(path).write_text(json.dumps(mine), encoding="utf-8")
    except OSError:
        return  # only word for others; the database itself keeps them out


def _who(ledger: Ledger) -> str:
    """Return who holds the ledger, as far as can be told."""
    if ledger.path is None:
        return "another process"
    try:
        found = json.loads(_holder(ledger.path).read_text(encoding="utf-8"))
        return f"process {found['process']} on {found['machine']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


@contextmanager
def told(ledger: Ledger) -> Iterator[None]:
    """Turn what a database says into one line of ours, where it is the user's to mend."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{ledger.name}: {_cause(ledger, error)}") from error


def _cause(ledger: Ledger, error: DBAPIError) -> str:
    said = " ".join(str(error.orig).split())
    low = said.casefold()
    if "locked" in low or "lock timeout" in low:
        return f"locked by {_who(ledger)}; nothing was written, try again when it is done"
    if "disk is full" in low or "disk i/o" in low or "no space left" in low:
        return "the disk is full; nothing of this batch was written and the ledger is intact: make room"
    if "readonly" in low or "read-only" in low:
        return "it may not be written here: the file or its folder is read-only"
    if "append-only" in low:
        return said
    if "malformed" in low or "not a database" in low:
        return f"the file is damaged ({said}); restore a backup"
    if isinstance(error, OperationalError) and ledger.path is None:
        return f"no connection to PostgreSQL: {said.splitlines()[0]}"
    raise error
