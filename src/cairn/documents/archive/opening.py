"""Open an archive: look at the folder, take the writer's lock, mend what was cut off, index what is new."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from cairn.documents.archive import lines
from cairn.documents.archive.archive import Archive, index_line
from cairn.documents.archive.index import SCHEMA, TABLES, Index
from cairn.documents.archive.log import Log
from cairn.documents.archive.store import Store, sync
from cairn.errors import ArchiveError

LOG = "log.jsonl"
_FRESH_LOG = "log.new"
_LOCK = "lock"
_INDEX = "index.sqlite"
_SET_ASIDE = "set-aside"
_PATIENCE_SECONDS = 2.0
"""A reader that brings the index up to date holds the lock for a moment; a writer holds it for longer."""
_CACHE_KIB = 32 * 1024
"""Of the index in memory while it is made: its keys come in no order, and each touches another page."""
_LINES_A_STEP = 50_000
"""Lines indexed between two words on how far it is: about a second."""


def open_archive(
    folder: Path,
    *,
    read_only: bool = False,
    group: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Archive:
    """Open the archive in a folder, making it first where there is none.

    Args:
        folder: holds the log, the bodies, the texts and the index.
        read_only: only ask; needs no lock, makes nothing.
        group: records that are committed together; 1 makes each durable before the call returns.
        progress: called with one line a step while an index is made again.

    Raises:
        ArchiveError: the folder is something else, cannot be written, is written by another process, or
            was made by a later version; one line.
    """
    _require_archive(folder, may_be_new=not read_only)
    try:
        return _open_to_read(folder, progress) if read_only else _open_to_write(folder, group, progress)
    except OSError as error:
        raise ArchiveError(
            f"cannot {'read' if read_only else 'write'} the archive in {folder}: {error.strerror or error}"
        ) from error
    except sqlite3.Error as error:
        raise ArchiveError(
            f"the index of the archive in {folder} cannot be opened ({error}); "
            f"delete {_INDEX} there, it is made again from the log"
        ) from error


def _require_archive(folder: Path, *, may_be_new: bool) -> None:
    """Raise unless the folder is an archive, or may become one."""
    try:
        if folder.exists() and not folder.is_dir():
            raise ArchiveError(f"{folder} is a file; an archive is a folder")
        inside = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise ArchiveError(f"cannot read {folder}: {error.strerror or error}") from error
    if LOG in inside:
        return
    if not may_be_new:
        raise ArchiveError(
            f"there is no archive in {folder}; name its folder with --archive, or make one with "
            "cairn fetch or cairn import"
        )
    if foreign := sorted(
        name for name in inside if not name.startswith(".") and name not in {_LOCK, _FRESH_LOG}
    ):
        raise ArchiveError(
            f"{folder} is no archive: it holds {foreign[0]} and no {LOG}; name an empty folder or a new one"
        )


def _open_to_write(folder: Path, group: int, progress: Callable[[str], None] | None) -> Archive:
    folder.mkdir(parents=True, exist_ok=True)
    lock = _lock(folder)
    try:
        lock.acquire(timeout=_PATIENCE_SECONDS)
    except Timeout as error:
        raise ArchiveError(
            f"another cairn is writing to the archive in {folder}; wait until it has ended"
        ) from error
    with ExitStack() as opened:
        opened.callback(lock.release)
        log = _open_log(folder)
        opened.callback(log.close)
        _require_format(log)
        torn = log.set_aside_torn(folder / _SET_ASIDE)
        index = _current_index(folder, log, progress)
        opened.callback(index.close)
        bodies, texts = Store(folder / "bodies"), Store(folder / "texts")
        bodies.prepare()
        texts.prepare()
        archive = Archive(
            log,
            index,
            bodies,
            texts,
            group=group,
            notices=_notices(folder, index, torn),
            release=lock.release,
        )
        opened.pop_all()  # closed by the archive from here on
        return archive


def _open_to_read(folder: Path, progress: Callable[[str], None] | None) -> Archive:
    with ExitStack() as opened:
        log = Log(folder / LOG, writing=False)
        opened.callback(log.close)
        _require_format(log)
        index = _open_index(folder)
        if index is None or index.reached != log.end or not _belongs(index, log):
            # Behind the log: a writer is at work and will catch up, or was cut off and we do.
            index = _bring_up(folder, log, index, progress)
        stores = Store(folder / "bodies"), Store(folder / "texts")
        archive = Archive(log, index, *stores, group=1, notices=_notices(folder, index, None), release=None)
        opened.pop_all()
        return archive


def _bring_up(folder: Path, log: Log, index: Index | None, progress: Callable[[str], None] | None) -> Index:
    """Return an index for reading that has all of the log, or all but what a writer is adding just now."""
    if not os.access(folder, os.W_OK):
        if index is not None:
            index.close()
        index = _new_index("")  # a database of SQLite's own that is gone when it is closed
        _catch_up(log, index, progress)
        return index
    lock = _lock(folder)
    try:
        with lock.acquire(timeout=0):
            if index is not None:
                index.close()
            return _current_index(folder, log, progress)
    except Timeout as error:
        if index is None:
            raise ArchiveError(
                f"the index of the archive in {folder} is being made; try again in a minute"
            ) from error
        return index


def _lock(folder: Path) -> FileLock:
    # Not bound to a thread: an archive may be closed by another one than it was opened by.
    return FileLock(folder / _LOCK, thread_local=False)


def _open_log(folder: Path) -> Log:
    """Return the log for writing, a new one with its first line where there is none."""
    path = folder / LOG
    if not path.exists():
        fresh = folder / _FRESH_LOG
        fresh.write_bytes(lines.write_line(lines.header_object(f"cairn {version('cairn-ledger')}")))
        sync(fresh)
        fresh.replace(path)
        sync(folder)
    return Log(path, writing=True)


def _notices(folder: Path, index: Index, torn: Path | None) -> tuple[str, ...]:
    told = (
        []
        if torn is None
        else [
            f"the last line of {folder / LOG} was cut off, as by a kill or a power cut; it lies in {torn} now"
        ]
    )
    told += [
        f"{folder / LOG}: the line at byte {start} {reason}; it is passed over, restore it from a backup"
        for start, reason in index.damaged()
    ]
    return tuple(told)


def _require_format(log: Log) -> None:
    first = next(log.lines(), (0, b"{}"))[1]
    try:
        found = lines.read_line(first)
    except ArchiveError:
        found = {}
    if found.get("is") != "archive":
        raise ArchiveError(f"{log.path} is no log of an archive; name another folder")
    if found.get("format") != lines.FORMAT:
        raise ArchiveError(
            f"the archive in {log.path.parent} is of form {found.get('format')}, and form {lines.FORMAT} "
            "can be read; update cairn"
        )


def _current_index(folder: Path, log: Log, progress: Callable[[str], None] | None) -> Index:
    """Return an index of all of the log, making it again when it is another's; the lock is held."""
    index = _open_index(folder)
    if index is not None and not _belongs(index, log):
        index.close()
        index = None
    if index is None:
        for name in (_INDEX, f"{_INDEX}-wal", f"{_INDEX}-shm"):
            (folder / name).unlink(missing_ok=True)
        index = _new_index(str(folder / _INDEX))
    _catch_up(log, index, progress)
    return index


def _belongs(index: Index, log: Log) -> bool:
    start = index.reached - index.last_length
    return index.reached <= log.end and index.fits(log.read(start, index.last_length))


def _catch_up(log: Log, index: Index, progress: Callable[[str], None] | None) -> None:
    """Index the lines that the index does not have yet."""
    if index.reached >= log.end:
        return
    index.begin()
    for count, (start, line) in enumerate(log.lines(index.reached), start=1):
        try:
            found = lines.read_line(line)
        except ArchiveError as error:
            found = {"is": "damaged"}
            index.add_damaged(start, str(error))
        try:
            index_line(index, start, len(line), found)
        except (KeyError, TypeError, ValueError, sqlite3.IntegrityError) as error:
            index.add_damaged(start, f"is no whole record ({error})")
        last, end = line, start + len(line)
        if count % _LINES_A_STEP == 0:
            index.commit(end, last)
            index.begin()
            if progress:
                progress(f"indexing the archive: {end / log.end:.0%}")
    index.commit(end, last)


def _open_index(folder: Path) -> Index | None:
    """Return the folder's index, or ``None`` when there is none of our kind."""
    path = folder / _INDEX
    if not path.is_file():
        return None
    writable = os.access(folder, os.W_OK)
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?{'mode=rw' if writable else 'mode=ro&immutable=1'}",
        uri=True, isolation_level=None, check_same_thread=False,
    )  # fmt: skip
    try:
        (schema,) = database.execute("PRAGMA user_version").fetchone()
        if schema == SCHEMA:
            return Index(database)
    except sqlite3.DatabaseError:
        pass  # no database at all
    database.close()
    return None


def _new_index(path: str) -> Index:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # WAL: readers see the last commit while a writer writes. The log is what must survive a power cut, so
    # the index need not wait for the disk.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB:d}")
    database.executescript(TABLES)
    database.execute(f"PRAGMA user_version = {SCHEMA:d}")
    return Index(database)
