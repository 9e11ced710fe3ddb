"""An open archive: what can be recorded in it and asked of it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from cairn.documents.archive import lines
from cairn.documents.archive.index import Index, Turn, moment, words_key
from cairn.documents.archive.log import Log
from cairn.documents.archive.store import Store, body_name
from cairn.errors import ArchiveError, RecordError
from cairn.records import Answer, Capture, Document, Failure, Kept, Outcome, Version

MOST_STAGED_BYTES = 64 * 1024 * 1024
"""Packed bytes that wait for a commit at most, however many records a group may have: a kill loses them."""


class Archive:
    """An open archive; one thread at a time may use it. Made by ``open_archive``."""

    def __init__(
        self,
        log: Log,
        index: Index,
        bodies: Store,
        texts: Store,
        *,
        group: int,
        notices: tuple[str, ...],
        release: Callable[[], None] | None,
    ) -> None:
        """Take over what was opened; ``release`` gives the writer's lock back, ``None`` only reads."""
        self.notices = notices
        self._log = log
        self._index = index
        self._bodies = bodies
        self._texts = texts
        self._group = group
        self._release = release
        self._pending: dict[int, bytes] = {}
        self._end = log.end

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
            else:
                self._salvage()
        finally:
            self.close()

    def close(self) -> None:
        """Close the archive; what was not committed is not recorded."""
        self._drop()
        self._bodies.close()
        self._texts.close()
        self._index.close()
        self._log.close()
        if self._release:
            self._release()

    def knows(self, capture: str) -> bool:
        """Say whether the capture of this id is recorded."""
        return self._index.find(capture) is not None

    def keep(self, capture: Capture, body: bytes, document: Document | None) -> Kept:
        """Record what an address gave at one moment, and what was read in it.

        Args:
            capture: names the body by its SHA-256.
            body: the bytes; stored once, however often they come.
            document: ``None`` for what holds no article.

        Raises:
            ArchiveError: no space, or the folder cannot be written: nothing of the group is recorded.
            RecordError: the body is not the one that the capture names, or the archive is open for reading.
        """
        self._require_writing()
        if body_name(body) != capture.body:
            raise RecordError(f"capture {capture.id}: its body has another SHA-256 than it says")
        if self.knows(capture.id):
            return Kept(outcome=Outcome.KNOWN, version=self.version_of(capture))
        text = words = None
        with self._failing():
            self._bodies.put(capture.body, body)
            if document is not None:
                words = words_key(document.title, document.text)
                raw = document.text.encode("utf-8", "surrogatepass")
                text = body_name(raw)
                self._texts.put(text, raw)
            outcome = self._outcome(capture, words)
            found = lines.capture_object(capture, len(body), document, text, words)
            start = self._add(found)
        version = self._version_at(start) if document else None
        self._commit_when_full()
        return Kept(outcome=outcome, version=version)

    def confirm(self, url: str, at: dt.datetime) -> None:
        """Record that an address was asked and said that it still gives what it gave last.

        Raises:
            ArchiveError: as for ``keep``.
            RecordError: nothing was ever captured there.
        """
        self._require_writing()
        if self._index.last(url) is None:
            raise RecordError(f"{url} was never captured: nothing can be unchanged")
        with self._failing():
            self._add(lines.check_object(url, at))
        self._commit_when_full()

    def fail(self, failure: Failure) -> None:
        """Record why an address or a file gave no article.

        Raises:
            ArchiveError: as for ``keep``.
        """
        self._require_writing()
        with self._failing():
            self._add(lines.failure_object(failure))
        self._commit_when_full()

    def commit(self) -> None:
        """Make what was recorded durable, and visible to readers.

        Raises:
            ArchiveError: no space, or the disk failed: nothing since the last commit is recorded.
        """
        if not self._pending:
            return
        added = list(self._pending.values())
        with self._failing():
            self._bodies.commit()
            self._texts.commit()
            self._log.append(added)
            self._pending.clear()
            self._index.commit(self._log.end, added[-1])

    def last_answer(self, url: str) -> Answer | None:
        """Return what an address said when it last answered well; ``None`` when it never did."""
        found = self._index.last(url, good=True)
        if found is None:
            return None
        capture = lines.read_capture(self._read(found[0], found[1]))
        headers = {name.lower(): value for name, value in capture.response_headers}
        return Answer(
            capture=capture.id,
            captured_at=capture.captured_at,
            status=capture.status,
            body=capture.body,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
        )

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """Yield the captures of an address by moment, or all as they were recorded."""
        for start, length in self._index.captures(url):
            yield lines.read_capture(self._read(start, length))

    def capture(self, capture: str) -> Capture:
        """Return the capture of an id.

        Raises:
            ArchiveError: there is none.
        """
        return lines.read_capture(self._capture_object(capture))

    def failures(self, *, standing: bool = False, prefix: str | None = None) -> Iterator[Failure]:
        """Yield failures: all as they were recorded, or those that stand, newest first.

        Args:
            standing: only the last failure of each name, and only where the name was not captured since.
            prefix: of the standing ones, those whose names begin with this.
        """
        found = self._index.standing(prefix or "") if standing else self._index.failures()
        for start, length in found:
            yield lines.read_failure(self._read(start, length))

    def count_standing(self, prefix: str | None = None) -> int:
        """Return how many failures stand."""
        return self._index.count_standing(prefix or "")

    def versions(self, url: str | None = None) -> Iterator[Version]:
        """Yield the versions of an address, or of one address after the other, in order."""
        number, of = 0, None
        for turn in self._index.turns(url):
            number, of = (number + 1 if turn.address == of else 1), turn.address
            yield self._version(turn, number)

    def latest(self, limit: int | None = None, *, prefix: str | None = None) -> Iterator[Version]:
        """Yield the latest version of each address, the newest first.

        Args:
            limit: how many at most.
            prefix: only addresses that begin with this.
        """
        for turn in self._index.latest(limit, prefix or ""):
            yield self._version(turn)

    def count_latest(self, prefix: str | None = None) -> int:
        """Return how many addresses gave a document."""
        return self._index.count_latest(prefix or "")

    def version_of(self, capture: Capture) -> Version | None:
        """Return the version that a recorded capture shows; ``None`` when it gave no document."""
        place = self._index.find(capture.id)
        if place is None or self._read(*place)["document"] is None:
            return None
        return self._version_at(place[0])

    def document(self, of: Version | Capture) -> Document:
        """Return the document of a version or a capture, as it was kept.

        Raises:
            ArchiveError: there is none, or its text is damaged.
        """
        capture = of.capture if isinstance(of, Version) else of.id
        found = self._capture_object(capture)
        if found["document"] is None:
            raise ArchiveError(f"{found['url']} gave no document in capture {capture}")
        text = self._texts.get(found["document"]["text"]).decode("utf-8", "surrogatepass")
        return lines.read_document(found, text)

    def told(self, capture: Capture) -> dict[str, Any]:
        """Return what is told of a capture's document, its text aside; empty when it gave none."""
        return self._capture_object(capture.id)["document"] or {}

    def body(self, name: str) -> bytes:
        """Return the bytes of a SHA-256.

        Raises:
            ArchiveError: the archive has none under that name, or they are damaged.
        """
        return self._bodies.get(name)

    def count(self) -> tuple[int, int, int]:
        """Return how many captures, addresses and failures there are."""
        return self._index.count()

    def _outcome(self, capture: Capture, words: bytes | None) -> Outcome:
        """Say what a capture changes, given what its address gave before and after its moment."""
        if words is None:
            last = self._index.last(capture.url, before=capture.captured_at)
            if last is None:
                return Outcome.NEW
            return Outcome.UNCHANGED if last[2].hex() == capture.body else Outcome.CHANGED
        around = self._index.neighbours(capture.url, capture.captured_at, self._end)
        if around == (None, None):
            return Outcome.NEW
        return Outcome.UNCHANGED if words in around else Outcome.CHANGED

    def _version_at(self, start: int) -> Version | None:
        turn = self._index.turn_of(start)
        return self._version(turn) if turn else None

    def _version(self, turn: Turn, number: int | None = None) -> Version:
        return Version(
            url=turn.url,
            number=number or self._index.number(turn),
            capture=turn.capture,
            captured_at=moment(turn.at),
            seen_at=moment(self._index.seen(turn)),
            text=turn.text,
        )

    def _capture_object(self, capture: str) -> dict[str, Any]:
        place = self._index.find(capture)
        if place is None:
            raise ArchiveError(f"the archive has no capture {capture}")
        return self._read(*place)

    def _read(self, start: int, length: int) -> dict[str, Any]:
        line = self._pending.get(start) or self._log.read(start, length)
        try:
            return lines.read_line(line)
        except ArchiveError as error:
            raise ArchiveError(f"{self._log.path}: the line at byte {start} {error}") from error

    def _add(self, found: dict[str, Any]) -> int:
        """Add a line, to the index too; return where it starts."""
        line = lines.write_line(found)
        start = self._end
        # The line comes first: whatever interrupts what follows, the log has it and the index catches up.
        self._pending[start] = line
        self._end += len(line)
        self._index.begin()
        index_line(self._index, start, len(line), found)
        return start

    def _commit_when_full(self) -> None:
        staged = self._bodies.staged_bytes + self._texts.staged_bytes
        if len(self._pending) >= self._group or staged > MOST_STAGED_BYTES:
            self.commit()

    def _salvage(self) -> None:
        """Record what was added before an error, and leave it to the next opening to index it.

        The error may have come in the middle of adding, so that the index has half of a record.
        """
        if not self._pending:
            return
        with self._failing():
            self._index.rollback()
            self._bodies.commit()
            self._texts.commit()
            self._log.append(list(self._pending.values()))
            self._pending.clear()

    def _drop(self) -> None:
        """Forget what was added since the last commit."""
        self._index.rollback()
        self._bodies.drop()
        self._texts.drop()
        self._pending.clear()
        self._end = self._log.end

    def _require_writing(self) -> None:
        if self._release is None:
            raise RecordError("the archive is open for reading only")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turn what the disk or the index says into one line, and go back to the last commit."""
        try:
            yield
        except OSError as error:
            lost = len(self._pending)
            self._drop()
            raise ArchiveError(
                f"cannot write the archive in {self._log.path.parent}: {error.strerror or error}; "
                f"{lost} unwritten records are to be taken again"
            ) from error
        except sqlite3.Error as error:
            self._drop()
            raise ArchiveError(
                f"the index of the archive in {self._log.path.parent} failed ({error}); "
                "delete index.sqlite there, it is made again from the log"
            ) from error


def index_line(index: Index, start: int, length: int, found: dict[str, Any]) -> None:
    """Add one line of the log to the index.

    Raises:
        KeyError, TypeError, ValueError: the line lacks what is needed.
    """
    kind = found["is"]
    if kind == "capture":
        words = bytes.fromhex(found["words"]) if found["words"] else None
        index.add_capture(start, length, found, words)
    elif kind == "failure":
        index.add_failure(start, length, found)
    elif kind == "check":
        index.add_check(start, found)
