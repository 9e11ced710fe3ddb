"""Web archives (WARC, WET), record by record: pages that answered well, each with what was said with it."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from cairn.documents.checks import MAX_DOCUMENT_BYTES, printable
from cairn.documents.unpacking import join_chunks
from cairn.errors import DocumentError, WrongKindError
from cairn.records import FailureKind, Headers

_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_PAGES = ("text/html", "application/xhtml+xml")
_PLAIN = "text/plain"
_OK = 200
_BLOCK = 1 << 20
_MOST_UNPACKED = 1 << 28
_ROBOTS = "/robots.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One record that holds a page.

    Attributes:
        url: the address that gave it.
        body: as it was sent, without the marks of its transfer.
        at: when, in UTC; ``None`` when the record does not say.
        media_type: "text/html" or the like.
        charset: as the server said.
        encoding: Content-Encoding of the body.
        extract: the text of a page, as in WET files, and no page.
        offset: bytes of the archive read before it.
    """

    url: str
    body: bytes
    at: dt.datetime | None
    media_type: str
    charset: str | None
    encoding: str
    headers: Headers
    extract: bool
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One record that holds a page which cannot be used."""

    url: str
    kind: FailureKind
    reason: str
    offset: int


def read_warc(stream: BinaryIO, size: int) -> Iterator[Answer | Broken]:
    """Yield the pages in a web archive, packed or not; one record is held at a time.

    Records of other kinds, other media types and other answers than 200 are passed over.

    Args:
        stream: the archive, opened for reading bytes, which can be sought.
        size: of the archive, in bytes.

    Raises:
        WrongKindError: no web archive; reason as a predicate.
        DocumentError: it breaks off or is damaged after what was yielded; reason as a predicate.
    """
    records, last = 0, 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
            records, last = records + 1, record.stream_pos
            if record.record_type & _WANTED:
                yield from _read_record(record)
    except OSError as error:
        if not records:
            raise WrongKindError(
                "is no web archive, or one that is damaged from its start; expected WARC"
            ) from error
        raise DocumentError(_damaged(records, last, size)) from error
    if not records:
        raise WrongKindError("holds no record; expected WARC")
    if _is_cut(stream, last):
        raise DocumentError(f"breaks off after {records:,} records; get it again (what came before was kept)")


def _read_record(record: Any) -> Iterator[Answer | Broken]:
    """Yield what one record holds, if it is a page.

    Raises:
        DocumentError: the archive ends within it.
    """
    url = printable(record.headers.get("WARC-Target-URI") or "").strip("<> ")
    length, offset = record.content_length, record.stream_pos
    extract = record.record_type == WarcRecordType.conversion
    if record.is_http:
        record.parse_http()
        answer = record.http_headers
        if answer is None or answer.status_code != _OK:
            return
        media_type, headers = (record.http_content_type or "").lower(), tuple(answer.to_tuples())
        charset = record.http_charset
    else:
        media_type, headers, charset = (
            (record.headers.get("Content-Type") or "").split(";")[0].strip().lower(),
            (),
            None,
        )
    if media_type not in _PAGES and not (media_type == _PLAIN and not url.endswith(_ROBOTS)):
        return
    if not url:
        return
    if length > 2 * MAX_DOCUMENT_BYTES:
        yield Broken(url=url, kind=FailureKind.TOO_LARGE, reason=_TOO_LARGE, offset=offset)
        return
    wanted = record.content_length
    body = record.reader.read(MAX_DOCUMENT_BYTES + 1)
    if len(body) > MAX_DOCUMENT_BYTES:
        yield Broken(url=url, kind=FailureKind.TOO_LARGE, reason=_TOO_LARGE, offset=offset)
        return
    if len(body) < wanted:
        raise DocumentError(
            f"breaks off within the record of {url}; get it again (what came before was kept)"
        )
    named = {name.lower(): value for name, value in headers}
    try:
        body = join_chunks(body, named.get("transfer-encoding", ""))
    except DocumentError as error:
        yield Broken(url=url, kind=FailureKind.BROKEN, reason=str(error), offset=offset)
        return
    yield Answer(
        url=url,
        body=body,
        at=record.record_date,
        media_type=media_type,
        charset=charset,
        encoding=named.get("content-encoding", ""),
        headers=headers,
        extract=extract,
        offset=offset,
    )


_TOO_LARGE = f"is larger than {MAX_DOCUMENT_BYTES:,} bytes; no report is that long"


def _damaged(records: int, last: int, size: int) -> str:
    where = f"after {records:,} records"
    share = f", {last / size:.0%} of the way" if size else ""
    return f"is damaged {where}{share}; get it again (what came before was kept)"


def _is_cut(stream: BinaryIO, last: int) -> bool:
    """Say whether an archive ends within its last record: the reader takes what it can and is silent.

    Args:
        stream: the archive.
        last: where its last record begins.
    """
    stream.seek(last)
    rest = stream.read(_BLOCK)
    if not rest.startswith(b"\x1f\x8b"):
        return _is_cut_plain(stream)
    member, unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    try:
        while rest:
            while rest:
                unpacked += len(member.decompress(rest, _BLOCK))
                rest = member.unconsumed_tail
                if unpacked > _MOST_UNPACKED:
                    return False  # too much to look through for a line in the report
            if member.eof:
                rest = member.unused_data
                if not rest.startswith(b"\x1f\x8b"):
                    return False
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                continue
            rest = stream.read(_BLOCK)
    except zlib.error:
        return True
    return True


def _is_cut_plain(stream: BinaryIO) -> bool:
    """Say whether an archive that is not packed record by record lacks the end of its last record.

    Records end with two empty lines (WARC 1.1, section 4). Where the whole file is one packed stream, the
    reader tells.
    """
    stream.seek(0)
    if stream.read(2) == b"\x1f\x8b":
        return False
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 4))
    return not stream.read(4).endswith((b"\r\n\r\n", b"\n\n"))
