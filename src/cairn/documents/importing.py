"""Import: reports out of files into the archive, each as it came and with what was read in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from cairn.documents.address_lines import add_addresses, is_address_list, read_addresses
from cairn.documents.archive import Archive, body_name, capture_id
from cairn.documents.checks import failure_kind
from cairn.documents.crew import Read, read_or_tell, read_pieces
from cairn.documents.files import Columns, open_pieces
from cairn.documents.inputs import Input, Kind, find_inputs
from cairn.documents.load import fill
from cairn.documents.pieces import Form, Piece, Refused
from cairn.errors import DocumentError
from cairn.records import Capture, Document, Failure, FailureKind, Outcome, Skipped

IMPORT_GROUP = 128
"""Captures to commit together: about a second's work, and all that a kill can lose."""

LISTED = "addresses.txt"
"""Where addresses to fetch are kept, in the archive's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of one report.

    Attributes:
        given: the path that led to it.
        name: what messages call it.
        outcome: new, changed or unchanged; known for what was imported before; ``None`` for what failed.
        document: the report, where it was read now.
        failure: why there is none.
        done: bytes of the inputs looked at so far.
    """

    given: str
    name: str
    outcome: Outcome | None = None
    document: Document | None = None
    failure: Failure | None = None
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """A file that holds addresses to fetch in place of reports.

    Attributes:
        given: the path that led to it.
        added: addresses that are now kept for fetching.
        known: addresses that were kept before.
        done: bytes of the inputs looked at so far.
    """

    given: str
    added: int
    known: int
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    archive: Archive
    folder: Path
    now: Callable[[], dt.datetime]
    columns: Columns
    published: dt.date | None
    outlet: str | None


def import_files(
    paths: Sequence[str],
    archive: Archive,
    folder: Path,
    *,
    now: Callable[[], dt.datetime],
    workers: int,
    columns: Columns | None = None,
    published: dt.date | None = None,
    outlet: str | None = None,
) -> Generator[Imported | Addresses, None, None]:
    """Record every report that ``paths`` lead to, and yield what came of it, in order.

    What the archive has already is passed over before it is read: a run that was cut off goes on where it
    was, and of a file that has grown only what is new is read.

    Args:
        paths: files and directories.
        archive: open for writing; its opener chose how much is committed together (``IMPORT_GROUP``).
        folder: of the archive; lists of addresses are kept in it.
        now: the moment, in UTC, for failures.
        workers: processes that read pages, PDF files and mails.
        columns: what the user says of tables.
        published: day of publication of reports that carry none.
        outlet: who printed those that do not say.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    run = _Run(
        archive=archive, folder=folder, now=now, columns=columns or Columns(), published=published,
        outlet=outlet,
    )  # fmt: skip
    reader = partial(read_or_tell, guess_date=published is None)
    for item, read in read_pieces(_items(paths, run), reader, workers=workers):
        if isinstance(item, Imported | Addresses):
            yield item
        elif isinstance(item, Piece) and read is not None:
            yield _keep(item, read, run)


def count_bytes(paths: Sequence[str]) -> int:
    """Return the size of all files that ``paths`` lead to, for a progress bar."""
    return sum(_size(entry) for entry in find_inputs(paths) if isinstance(entry, Input))


def _size(entry: Input) -> int:
    try:
        return entry.path.stat().st_size
    except OSError:
        return 0


def _items(paths: Sequence[str], run: _Run) -> Iterator[Piece | Imported | Addresses]:
    """Yield the pieces that are to be read, and what came of the rest in its place among them."""
    done = 0
    for entry in find_inputs(paths):
        if isinstance(entry, Skipped):  # what is not there is no failure of a source, and is not recorded
            name = entry.document_id
            reason = entry.reason.removeprefix(name).strip()
            failure = Failure(name=name, at=run.now(), kind=FailureKind.BROKEN, reason=reason)
            yield Imported(given=name, name=name, failure=failure, done=done)
            continue
        if entry.kind is Kind.TEXT and is_address_list(entry.path):
            yield _list(entry, run, done)
            continue
        for item in open_pieces(entry, columns=run.columns):
            at = done + item.offset
            if isinstance(item, Refused):
                lists = entry.kind is Kind.TABLE and item.kind is FailureKind.KIND
                yield _list(entry, run, done) if lists else _refuse(entry, item, run, at)
            elif item.form is not Form.OBJECT and _has(run.archive, item, item.address):
                yield Imported(given=entry.given, name=item.name, outcome=Outcome.KNOWN, done=at)
            else:
                yield replace(item, given=entry.given, offset=at)
        done += _size(entry)


def _has(archive: Archive, piece: Piece, address: str) -> bool:
    """Say whether the archive has this piece, or had these very bytes from this place in a file last."""
    body = body_name(piece.body)
    if archive.knows(capture_id(address, piece.moment, body)):
        return True
    if address.startswith("http"):
        return False  # that a site still showed the same at another moment is worth a record
    last = archive.last_answer(address)
    return last is not None and last.body == body


def _keep(piece: Piece, read: Read, run: _Run) -> Imported:
    """Record one piece and what was read in it."""
    address = _address(piece, read)
    if piece.form is Form.OBJECT and _has(run.archive, piece, address):
        return Imported(given=piece.given, name=piece.name, outcome=Outcome.KNOWN, done=piece.offset)
    body = body_name(piece.body)
    capture = Capture(
        id=capture_id(address, piece.moment, body),
        url=address,
        final_url=address,
        captured_at=piece.moment,
        status=piece.status,
        body=body,
        media_type=piece.media_type,
        response_headers=piece.headers,
    )
    if isinstance(read, DocumentError):
        run.archive.keep(capture, piece.body, None)
        failure = Failure(
            name=address, at=run.now(), kind=failure_kind(read), reason=str(read), status=piece.status
        )
        run.archive.fail(failure)
        return Imported(given=piece.given, name=piece.name, failure=failure, done=piece.offset)
    document = fill(read, run.published, run.outlet)
    if document.id == piece.id:  # made up from the file's name, which others may have too
        document = replace(document, id=address)
    kept = run.archive.keep(capture, piece.body, document)
    return Imported(
        given=piece.given, name=piece.name, outcome=kept.outcome, document=document, done=piece.offset
    )


def _address(piece: Piece, read: Read) -> str:
    """Return where a piece came from; a line or a row is found by its own id, or by its content."""
    if piece.form is not Form.OBJECT:
        return piece.address
    if isinstance(read, Document) and read.id != piece.id:
        return f"{piece.address}#{quote(read.id)}"
    return f"{piece.address}#{body_name(piece.body)[:16]}"


def _refuse(entry: Input, item: Refused, run: _Run, done: int) -> Imported:
    failure = Failure(name=item.address, at=run.now(), kind=item.kind, reason=item.reason)
    run.archive.fail(failure)
    return Imported(given=entry.given, name=item.name, failure=failure, done=done)


def _list(entry: Input, run: _Run, done: int) -> Imported | Addresses:
    """Keep the addresses in a file for fetching."""
    try:
        added, known = add_addresses(read_addresses(entry.path), run.folder / LISTED)
    except DocumentError as error:
        kind, reason = FailureKind.KIND, str(error)
    except OSError as error:
        kind, reason = FailureKind.BROKEN, f"could not be copied to {LISTED} ({error.strerror or error})"
    else:
        return Addresses(given=entry.given, added=added, known=known, done=done)
    refused = Refused(name=entry.name, address=entry.address, kind=kind, reason=reason)
    return _refuse(entry, refused, run, done)
