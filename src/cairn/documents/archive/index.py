"""The index over the log, in SQLite: what stands where, by address, moment and words. Can be made again."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cairn.errors import ArchiveError
from cairn.records import FailureKind

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE addresses (address INTEGER PRIMARY KEY, url TEXT UNIQUE, worded INTEGER DEFAULT 0);
CREATE INDEX by_worded ON addresses (url) WHERE worded;
CREATE TABLE captures (
  start INTEGER PRIMARY KEY, length INTEGER, id TEXT UNIQUE, address INTEGER, at INTEGER, status INTEGER,
  body BLOB, text BLOB, words BLOB, turn INTEGER);
CREATE INDEX by_address ON captures (address, at, start, turn);
CREATE INDEX by_turn ON captures (at, start) WHERE turn;
CREATE TABLE checks (start INTEGER PRIMARY KEY, address INTEGER, at INTEGER);
CREATE INDEX checks_by_address ON checks (address, at);
CREATE TABLE failures (start INTEGER PRIMARY KEY, length INTEGER, name TEXT, at INTEGER, lasting INTEGER);
CREATE INDEX failures_by_name ON failures (name, start);
CREATE TABLE damaged (start INTEGER PRIMARY KEY, reason TEXT);
CREATE VIEW turns AS
  SELECT c.start, c.id, c.address, url, c.at, c.text FROM captures c JOIN addresses USING (address)
  WHERE turn;
CREATE VIEW latest AS
  SELECT * FROM turns t WHERE NOT EXISTS (
    SELECT 1 FROM captures d WHERE d.address = t.address AND d.turn AND (d.at, d.start) > (t.at, t.start));
CREATE VIEW standing AS
  SELECT * FROM failures f WHERE NOT EXISTS (
    SELECT 1 FROM failures g WHERE g.name = f.name AND g.start > f.start)
  AND NOT EXISTS (
    SELECT 1 FROM captures c JOIN addresses USING (address)
    WHERE url = f.name AND (c.at, c.start) > (f.at, f.start))
  AND (lasting OR NOT EXISTS (
    SELECT 1 FROM checks k JOIN addresses USING (address)
    WHERE url = f.name AND (k.at, k.start) > (f.at, f.start)));
"""
# worded: the address gave a text once.
# turn: the capture shows other words than the one before it, so that a version begins with it.
# start: the byte of the log at which the record's line begins; also the order of recording.

SCHEMA = zlib.crc32(TABLES.encode()) & 0x7FFFFFFF
"""Names the tables in the database's ``user_version``; an index of another number is made again."""

_CONTENT = {FailureKind.TOO_LARGE, FailureKind.BROKEN, FailureKind.KIND, FailureKind.NO_ARTICLE}
"""Failures of what an address gave: "unchanged" does not mend them, another capture does."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def words_key(title: str | None, text: str) -> bytes:
    """Return what tells wordings apart: a digest of headline and text with all white space as one blank."""
    words = f"{' '.join((title or '').split())}\n{' '.join(text.split())}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:16]


@dataclass(frozen=True, slots=True)
class Turn:
    """A capture with which a version begins."""

    start: int
    capture: str
    address: int
    url: str
    at: int
    text: str


class Index:
    """An open index; what is added is visible to this connection at once, to others after ``commit``."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    @property
    def reached(self) -> int:
        """Byte of the log up to which it is indexed."""
        return int(self._told("reached") or 0)

    def fits(self, last_line: bytes) -> bool:
        """Say whether the log's last indexed line is the one that was indexed."""
        return self._told("last") == _digest(last_line)

    @property
    def last_length(self) -> int:
        """Bytes of the last indexed line."""
        return int(self._told("last_length") or 0)

    def begin(self) -> None:
        """Start adding."""
        if not self._database.in_transaction:
            self._database.execute("BEGIN IMMEDIATE")

    def commit(self, reached: int, last_line: bytes) -> None:
        """Make what was added visible, and note how far the log is indexed."""
        told = {"reached": reached, "last": _digest(last_line), "last_length": len(last_line)}
        self._database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", told.items())
        self._database.execute("COMMIT")

    def rollback(self) -> None:
        """Take back what was added since ``begin``."""
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")

    def add_capture(self, start: int, length: int, found: dict[str, Any], words: bytes | None) -> None:
        """Add the capture of a line; other captures of its address may begin or cease to begin a version."""
        address, at = self._address(found["url"]), _micros(found["captured_at"])
        turn = False
        if words is not None:
            before, after = self._around(address, at, start)
            turn = before is None or before[1] != words
            if after is not None and bool(after[2]) != (after[1] != words):
                self._database.execute("UPDATE captures SET turn = NOT turn WHERE start = ?", (after[0],))
            if before is None and after is None:
                self._database.execute("UPDATE addresses SET worded = 1 WHERE address = ?", (address,))
        document = found["document"]
        text = bytes.fromhex(document["text"]) if document else None
        self._database.execute(
            "INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                start, length, found["id"], address, at, found["status"], bytes.fromhex(found["body"]),
                text, words, turn,
            ),
        )  # fmt: skip

    def add_failure(self, start: int, length: int, found: dict[str, Any]) -> None:
        """Add the failure of a line."""
        lasting = found["kind"] in _CONTENT
        row = (start, length, _key(found["name"]), _micros(found["at"]), lasting)
        self._database.execute("INSERT INTO failures VALUES (?, ?, ?, ?, ?)", row)

    def add_check(self, start: int, found: dict[str, Any]) -> None:
        """Add the check of a line."""
        row = (start, self._address(found["url"]), _micros(found["at"]))
        self._database.execute("INSERT INTO checks VALUES (?, ?, ?)", row)

    def add_damaged(self, start: int, reason: str) -> None:
        """Note a line that cannot be read."""
        self._database.execute("INSERT OR REPLACE INTO damaged VALUES (?, ?)", (start, reason))

    def damaged(self) -> list[tuple[int, str]]:
        """Return where lines cannot be read, and why."""
        return list(self._rows("SELECT start, reason FROM damaged ORDER BY start"))

    def find(self, capture: str) -> tuple[int, int] | None:
        """Return where the line of a capture stands and how long it is."""
        return self._one("SELECT start, length FROM captures WHERE id = ?", capture)

    def neighbours(self, url: str, at: dt.datetime, start: int) -> tuple[bytes | None, bytes | None]:
        """Return the words that an address gave before and after a moment."""
        found = self._one("SELECT address FROM addresses WHERE url = ?", _key(url))
        before, after = self._around(found[0], _micros(at), start) if found else (None, None)
        return before[1] if before else None, after[1] if after else None

    def last(
        self, url: str, *, before: dt.datetime | None = None, good: bool = False
    ) -> tuple[Any, ...] | None:
        """Return start, length and body of the last capture of an address, up to a moment."""
        return self._one(
            "SELECT start, length, body FROM captures JOIN addresses USING (address) WHERE url = ?"
            " AND at <= ? AND (NOT ? OR status BETWEEN 200 AND 299) ORDER BY at DESC, start DESC LIMIT 1",
            _key(url), _LAST if before is None else _micros(before), good,
        )  # fmt: skip

    def captures(self, url: str | None) -> Iterator[tuple[int, int]]:
        """Yield where captures stand: of one address by moment, or all as they were recorded."""
        if url is None:
            yield from self._rows("SELECT start, length FROM captures ORDER BY start")
        else:
            yield from self._rows(
                "SELECT start, length FROM captures JOIN addresses USING (address) WHERE url = ?"
                " ORDER BY at, start",
                _key(url),
            )

    def failures(self) -> Iterator[tuple[int, int]]:
        """Yield where failures stand, as they were recorded."""
        yield from self._rows("SELECT start, length FROM failures ORDER BY start")

    def standing(self, prefix: str) -> Iterator[tuple[int, int]]:
        """Yield where failures stand that nothing has mended since, newest first."""
        yield from self._rows(
            "SELECT start, length FROM standing WHERE name BETWEEN ? AND ? ORDER BY at DESC, start DESC",
            *_range(prefix),
        )

    def count_standing(self, prefix: str) -> int:
        """Return how many failures nothing has mended since."""
        found = self._one("SELECT count(*) FROM standing WHERE name BETWEEN ? AND ?", *_range(prefix))
        return int((found or (0,))[0])

    def turns(self, url: str | None) -> Iterator[Turn]:
        """Yield the captures with which versions begin, by address and moment."""
        if url is None:
            rows = self._rows("SELECT * FROM turns ORDER BY address, at, start")
        else:
            rows = self._rows("SELECT * FROM turns WHERE url = ? ORDER BY at, start", _key(url))
        return map(_turn, rows)

    def latest(self, limit: int | None, prefix: str) -> Iterator[Turn]:
        """Yield the captures with which the latest version of each address begins, newest first."""
        most = -1 if limit is None else limit
        if prefix:
            rows = self._rows(
                "SELECT * FROM latest WHERE url BETWEEN ? AND ? ORDER BY at DESC, start DESC LIMIT ?",
                *_range(prefix), most,
            )  # fmt: skip
        else:
            # Asked apart: with a condition on addresses SQLite would look at all of them and sort.
            rows = self._rows("SELECT * FROM latest ORDER BY at DESC, start DESC LIMIT ?", most)
        return map(_turn, rows)

    def count_latest(self, prefix: str) -> int:
        """Return how many addresses gave a text."""
        found = self._one(
            "SELECT count(*) FROM addresses WHERE worded AND url BETWEEN ? AND ?", *_range(prefix)
        )
        return int((found or (0,))[0])

    def turn_of(self, start: int) -> Turn | None:
        """Return the capture with which the version of a capture begins."""
        found = self._one(
            "SELECT t.* FROM captures c JOIN turns t USING (address)"
            " WHERE c.start = ? AND (t.at, t.start) <= (c.at, c.start)"
            " ORDER BY t.at DESC, t.start DESC LIMIT 1",
            start,
        )
        return None if found is None else _turn(found)

    def number(self, turn: Turn) -> int:
        """Return the place of a version among those of its address, from 1."""
        found = self._one(
            "SELECT count(*) FROM captures WHERE address = ? AND turn AND (at, start) <= (?, ?)",
            turn.address, turn.at, turn.start,
        )  # fmt: skip
        return int((found or (1,))[0])

    def seen(self, turn: Turn) -> int:
        """Return when the version that begins with a capture was last found to stand, in microseconds."""
        end = self._one(
            "SELECT at, start FROM captures WHERE address = ? AND turn AND (at, start) > (?, ?)"
            " ORDER BY at, start LIMIT 1",
            turn.address, turn.at, turn.start,
        ) or (_LAST, _LAST)  # fmt: skip
        captured = self._one(
            "SELECT at FROM captures WHERE address = ? AND words IS NOT NULL AND (at, start) < (?, ?)"
            " ORDER BY at DESC, start DESC LIMIT 1",
            turn.address, *end,
        )  # fmt: skip
        checked = self._one(
            "SELECT at FROM checks WHERE address = ? AND at < ? ORDER BY at DESC LIMIT 1",
            turn.address,
            end[0],
        )
        return max([turn.at, *(int(found[0]) for found in (captured, checked) if found)])

    def count(self) -> tuple[int, int, int]:
        """Return how many captures, addresses and failures there are."""
        found = self._one(
            "SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM addresses),"
            " (SELECT count(*) FROM failures)"
        )
        captures, addresses, failures = found or (0, 0, 0)
        return captures, addresses, failures

    def _around(
        self, address: int, at: int, start: int
    ) -> tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]:
        """Return start, words and turn of the captures with words before and after one."""
        before = self._one(
            "SELECT start, words, turn FROM captures WHERE address = ? AND words IS NOT NULL"
            " AND (at, start) < (?, ?) ORDER BY at DESC, start DESC LIMIT 1",
            address, at, start,
        )  # fmt: skip
        after = self._one(
            "SELECT start, words, turn FROM captures WHERE address = ? AND words IS NOT NULL"
            " AND (at, start) > (?, ?) ORDER BY at, start LIMIT 1",
            address, at, start,
        )  # fmt: skip
        return before, after

    def _address(self, url: str) -> int:
        """Return the number of an address, a new one where it has none."""
        key = _key(url)
        if found := self._one("SELECT address FROM addresses WHERE url = ?", key):
            return int(found[0])
        added = self._database.execute("INSERT INTO addresses (url) VALUES (?)", (key,))
        return int(added.lastrowid or 0)

    def _told(self, key: str) -> str | None:
        found = self._one("SELECT value FROM meta WHERE key = ?", key)
        return found[0] if found else None

    def _one(self, query: str, *given: Any) -> tuple[Any, ...] | None:
        return next(self._rows(query, *given), None)

    def _rows(self, query: str, *given: Any) -> Iterator[tuple[Any, ...]]:
        """Yield what a question gives.

        Raises:
            ArchiveError: the index is damaged.
        """
        try:
            yield from self._database.execute(query, given)
        except sqlite3.Error as error:
            raise ArchiveError(
                f"the archive's index is damaged ({error}); delete index.sqlite in its folder, "
                "it is made again from the log"
            ) from error


_LAST = (1 << 63) - 1


def moment(micros: int) -> dt.datetime:
    """Return the moment of an index's number."""
    return _EPOCH + micros * _MICROSECOND


def _turn(row: tuple[Any, ...]) -> Turn:
    start, capture, address, url, at, text = row
    return Turn(start, capture, address, url, at, text.hex())


def _micros(at: dt.datetime | str) -> int:
    found = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    return (found - _EPOCH) // _MICROSECOND


def _range(prefix: str) -> tuple[str, str]:
    """Return the first and the last key that begin with some letters."""
    return _key(prefix), _key(prefix) + "\U0010ffff"


def _key(url: str) -> str:
    """Return the address as SQLite can hold it: half characters, which it cannot, are written out."""
    return url.encode("utf-8", "backslashreplace").decode()


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
