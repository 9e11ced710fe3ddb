"""Open one input and yield the pieces in it; whatever goes wrong becomes one line about the file."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from cairn.documents.checks import MAX_DOCUMENT_BYTES, failure_kind
from cairn.documents.decoding import require_text
from cairn.documents.inputs import Input, Kind
from cairn.documents.lines import parse_object, split_lines
from cairn.documents.mail import MAX_MAIL_BYTES, message_id, parse_mail, read_mailbox, sent_at
from cairn.documents.pieces import Form, Piece, Refused
from cairn.documents.tables import Row, read_rows
from cairn.errors import DocumentError, NoArticleError, TooLargeError
from cairn.records import FailureKind

MIN_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_RATIO = 100
"""A gzip file may unpack to this many times its size, and to ``MIN_UNPACKED_BYTES`` in any case.

News in JSON Lines packs 3 times, with annotations 5 times, a gzip bomb a thousand times."""

_READ_BYTES = 1 << 20
"""How much is asked of a stream at once: pipes give less than they are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the user says of tables.

    Attributes:
        names: field -> name of its column; the others are told by their names.
        date_form: how days are written, in the signs of ``strptime``; otherwise in any way with one meaning.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    date_form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Where a part of a file that holds many reports begins and ends.

    Attributes:
        start: bytes of lines, or groups of rows of a Parquet file, that are passed over.
        before: lines or rows that are passed over with them.
        count: lines or groups of rows to read.
    """

    start: int
    before: int
    count: int


def open_pieces(
    entry: Input,
    *,
    stdin: BinaryIO | None = None,
    columns: Columns | None = None,
    stretch: Stretch | None = None,
) -> Iterator[Piece | Refused]:
    """Yield what one file holds, as far as it can be read.

    Args:
        entry: the file, or standard input.
        stdin: what standard input is; the process's own when ``None``.
        columns: what the user says of tables.
        stretch: the part of JSON Lines or Parquet to read; all when ``None``.
    """
    try:
        yield from _open(entry, stdin, columns or Columns(), stretch)
    except DocumentError as error:
        yield _refused(entry, str(error), failure_kind(error))
    except gzip.BadGzipFile:
        yield _refused(entry, "is no gzip file, or a damaged one; give the unpacked file")
    except (EOFError, zlib.error):
        yield _refused(entry, "breaks off or is damaged; get it again (what came before was read)")
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        yield _refused(entry, f"cannot be read ({cause}); check the file and its permissions")


def _open(
    entry: Input, stdin: BinaryIO | None, columns: Columns, stretch: Stretch | None
) -> Iterator[Piece | Refused]:
    match entry.kind:
        case Kind.TEXT:
            yield _whole(entry, Form.TEXT, "text/plain")
        case Kind.PAGE:
            yield _whole(entry, Form.PAGE, "text/html")
        case Kind.PDF:
            yield _whole(entry, Form.PDF, "application/pdf", most=MAX_MAIL_BYTES)
        case Kind.MAIL:
            yield _as_mail(_whole(entry, Form.MAIL, "message/rfc822", most=MAX_MAIL_BYTES), "")
        case Kind.MAILBOX:
            yield from _mails(entry)
        case Kind.LINES:
            with entry.path.open("rb") as stream:
                if stretch is None:
                    require_text(stream.peek(), whole=False)
                    yield from _lines(split_lines(stream), entry)
                else:
                    stream.seek(stretch.start)
                    lines = islice(split_lines(stream), stretch.count)
                    yield from _lines(lines, entry, before=stretch.before)
        case Kind.PACKED_LINES:
            limit = max(MIN_UNPACKED_BYTES, MAX_UNPACKED_RATIO * entry.path.stat().st_size)
            with io.BufferedReader(gzip.open(entry.path)) as packed:
                yield from _lines(split_lines(packed, max_bytes=limit), entry)
        case Kind.TABLE:
            with entry.path.open("rb") as stream:
                yield from _rows(read_rows(stream, columns.names), entry, columns, stream.tell)
        case Kind.PARQUET:
            from cairn.documents.parquet import read_groups  # few runs meet one

            yield from _rows(read_groups(entry.path, columns.names, stretch), entry, columns)
        case Kind.WARC:
            yield from _answers(entry)
        case Kind.STREAM:
            yield from _read_stream(entry, stdin)


def _whole(entry: Input, form: Form, media_type: str, *, most: int = MAX_DOCUMENT_BYTES) -> Piece:
    """Return a file that is one report, refusing a large one after a look at its start."""
    with entry.path.open("rb") as stream:
        body = _read_rest(stream, b"", most)
    return Piece(
        id=entry.id,
        name=entry.name,
        address=entry.address,
        body=body,
        form=form,
        moment=_moment(entry.path),
        offset=len(body),
        media_type=media_type,
    )


def _as_mail(piece: Piece, place: str) -> Piece:
    """Return a mail under the address and the moment that it carries, where it can be taken apart."""
    spare = f"{piece.address}{place}"
    try:
        message = parse_mail(piece.body)
    except DocumentError:
        return replace(piece, address=spare)
    found, sent = message_id(message), sent_at(message)
    # The moment is that of its arrival; a mail from the future lies about it.
    moment = sent.astimezone(dt.UTC) if sent and sent <= piece.moment + dt.timedelta(days=1) else piece.moment
    return replace(piece, address=f"mid:{quote(found, safe='@')}" if found else spare, moment=moment)


def _mails(entry: Input) -> Iterator[Piece | Refused]:
    moment, count = _moment(entry.path), 0
    with entry.path.open("rb") as stream:
        for number, raw, read in read_mailbox(stream):
            count, name = number, f"{entry.name}, mail {number}"
            if raw is None:
                yield Refused(
                    name=name,
                    address=f"{entry.address}#{number}",
                    kind=FailureKind.TOO_LARGE,
                    reason=f"is larger than {MAX_MAIL_BYTES:,} bytes; save it without its attachments",
                    offset=read,
                )
                continue
            piece = Piece(
                id=f"{entry.id}:{number}",
                name=name,
                address=entry.address,
                body=raw,
                form=Form.MAIL,
                moment=moment,
                offset=read,
                media_type="message/rfc822",
            )
            yield _as_mail(piece, f"#{number}")
    if not count:
        raise NoArticleError(
            "holds no mail; expected mails that begin with a line such as 'From a@b.example'"
        )


def _lines(lines: Iterator[bytes | None], entry: Input, *, before: int = 0) -> Iterator[Piece | Refused]:
    """Yield what the lines hold, and a reason when they hold nothing."""
    empty, read, moment = True, 0, _moment(entry.path)
    for number, raw in enumerate(lines, start=before + 1):
        read += len(raw or b"")
        if raw is not None and not raw.strip():
            continue
        empty, name = False, f"{entry.name}, line {number}"
        if raw is None:
            yield Refused(
                name=name,
                address=f"{entry.address}#{number}",
                kind=FailureKind.TOO_LARGE,
                reason=f"is longer than {MAX_DOCUMENT_BYTES:,} bytes; give one report a line",
                offset=read,
            )
            continue
        yield Piece(
            id=f"{entry.id}:{number}",
            name=name,
            address=entry.address,
            body=raw,
            form=Form.OBJECT,
            moment=moment,
            offset=read,
            media_type="application/json",
        )
    if empty:
        raise NoArticleError("is empty: no line was found; give one JSON object a line")


def _rows(
    rows: Iterator[Row], entry: Input, columns: Columns, tell: Callable[[], int] = lambda: 0
) -> Iterator[Piece]:
    moment, empty = _moment(entry.path), True
    for row in rows:
        empty = False
        yield Piece(
            id=f"{entry.id}:{row.number}",
            name=f"{entry.name}, row {row.number}",
            address=entry.address,
            body=row.body,
            form=Form.OBJECT,
            moment=moment,
            offset=tell(),
            media_type="application/json",
            columns=tuple(row.columns.items()),
            date_form=columns.date_form,
            notes=row.notes,
        )
    if empty:
        raise NoArticleError("has column names and no rows; give a report a row")


def _answers(entry: Input) -> Iterator[Piece | Refused]:
    from cairn.documents.warcs import Broken, read_warc  # few runs meet a web archive

    size = entry.path.stat().st_size
    with entry.path.open("rb") as stream:
        for answer in read_warc(stream, size):
            if isinstance(answer, Broken):
                yield Refused(
                    name=answer.url,
                    address=answer.url,
                    kind=answer.kind,
                    reason=answer.reason,
                    offset=answer.offset,
                )
                continue
            form = (
                Form.EXTRACT
                if answer.extract
                else Form.TEXT
                if answer.media_type == "text/plain"
                else Form.PAGE
            )
            yield Piece(
                id=answer.url,
                name=answer.url,
                address=answer.url,
                body=answer.body,
                form=form,
                moment=answer.at or _moment(entry.path),
                offset=answer.offset,
                media_type=answer.media_type,
                charset=answer.charset,
                encoding=answer.encoding,
                headers=answer.headers,
            )


def _read_rest(stream: BinaryIO, start: bytes, most: int = MAX_DOCUMENT_BYTES) -> bytes:
    """Return ``start`` and what follows it in the stream, refusing more than a document may have."""
    parts, size = [start], len(start)
    while size <= most and (part := stream.read(_READ_BYTES)):
        parts.append(part)
        size += len(part)
    if size > most:
        raise TooLargeError(
            f"is larger than {most:,} bytes, too much for one report; "
            "give one report a file, or one a line in a .jsonl file"
        )
    return b"".join(parts)


def _read_stream(entry: Input, stdin: BinaryIO | None) -> Iterator[Piece | Refused]:
    """Yield what standard input holds: JSON Lines if its first line is an object, else one text."""
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None or stream.closed:
        raise DocumentError("is closed; pipe a text into it, or give a file")
    lines = split_lines(stream)
    start: list[bytes] = []
    size = 0
    for raw in lines:
        if raw is None or (size := size + len(raw)) > MAX_DOCUMENT_BYTES:
            raise TooLargeError(f"starts with more than {MAX_DOCUMENT_BYTES:,} bytes without a report")
        start.append(raw)
        if raw.strip():
            break
    if start and _is_object(start[-1]):
        yield from _lines(chain(start, lines), entry)
        return
    raw_text = _read_rest(stream, b"".join(start))
    if _is_object(raw_text):  # one object over many lines, as tools print it for people to read
        yield from _lines(iter([raw_text]), entry)
    else:
        yield Piece(
            id=entry.id, name=entry.name, address="", body=raw_text, form=Form.TEXT, moment=_moment(None)
        )


def _is_object(raw: bytes) -> bool:
    """Say whether the bytes are a JSON object, without a message when they are not."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        parse_object(raw)
    except DocumentError:
        return False
    return True


def _moment(path: Path | None) -> dt.datetime:
    """Return when a file was last written: then its address gave what it holds."""
    try:
        seconds = os.stat(path).st_mtime if path and str(path) != "-" else 0
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OSError, OverflowError, ValueError):
        return dt.datetime.fromtimestamp(0, dt.UTC)


def _refused(entry: Input, what: str, kind: FailureKind = FailureKind.BROKEN) -> Refused:
    """Return why a whole file, or the rest of one, is not read."""
    return Refused(name=entry.name, address=entry.address, kind=kind, reason=what)
