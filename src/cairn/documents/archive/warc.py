"""Captures as WARC/1.1 (ISO 28500:2017): request, response and metadata records, each its own gzip member."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlsplit

from fastwarc.warc import WarcRecord, WarcRecordType

from cairn.records import Capture, Headers

PACKING = 6
"""gzip's level, as usual."""

_UNDONE = {"transfer-encoding"}
"""Codings of the way and not of the content: a client takes chunks apart before it hands the body on."""

_MARKS = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
"""First bytes of what is packed as Content-Encoding says."""

_BROKEN = re.compile(r"[\r\n\0]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One record as it stands in a .warc.gz file.

    Attributes:
        packed: a whole gzip member.
        url: what it is about; ``None`` for those that no index lists.
        status: of the HTTP answer; ``None`` for a file's content.
        media_type: of the content.
        digest: SHA-256 of the content.
    """

    packed: bytes
    url: str | None = None
    status: int | None = None
    media_type: str = ""
    digest: str = ""


def file_member(title: str, first: Capture) -> Member:
    """Return the record with which a file begins: who wrote it, by what standard; of its first moment."""
    fields = (
        f"software: cairn {version('cairn-ledger')}\r\n"
        "format: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        f"description: {_one_line(title)}\r\n"
    )
    record = _record(WarcRecordType.warcinfo, f"{title} {first.id}", first)
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(fields.encode())
    return Member(packed=_packed(record))


def capture_members(capture: Capture, body: bytes, told: dict[str, Any]) -> Iterator[Member]:
    """Yield the records of one capture.

    What came over HTTP gives a response under the address where redirects ended, and a request where its
    headers are known; what was imported from a file without headers gives a resource.

    Args:
        capture: what an address gave.
        body: its bytes.
        told: what else the archive knows of it; travels in the metadata record.
    """
    url = target(capture)
    over_http = is_http(capture)
    main = f"{capture.id} content"
    if over_http and capture.request_headers:
        request = _record(WarcRecordType.request, f"{capture.id} request", capture)
        request.headers["WARC-Concurrent-To"] = f"<{_urn(main)}>"
        request.is_http = True
        request.set_bytes_content(_head(_request_line(url), capture.request_headers))
        yield Member(packed=_packed(request))
    content = _record(WarcRecordType.response if over_http else WarcRecordType.resource, main, capture)
    media_type = capture.media_type or "application/octet-stream"
    if over_http:
        content.is_http = True
        content.set_bytes_content(_head(_status_line(capture.status), _answered(capture, body)) + body)
    else:
        content.headers["Content-Type"] = media_type
        content.set_bytes_content(body)
    yield Member(
        packed=_packed(content, hashlib.sha1(body, usedforsecurity=False).digest()),
        url=url,
        status=capture.status if over_http else None,
        media_type=media_type,
        digest=capture.body,
    )
    about = _record(WarcRecordType.metadata, f"{capture.id} metadata", capture)
    about.headers["WARC-Concurrent-To"] = f"<{_urn(main)}>"
    about.headers["Content-Type"] = "application/warc-fields"
    about.set_bytes_content(_fields(capture, told))
    yield Member(packed=_packed(about))


def is_http(capture: Capture) -> bool:
    """Say whether a capture is an answer that came over HTTP, headers and all."""
    return urlsplit(target(capture)).scheme in ("http", "https") and bool(capture.response_headers)


def target(capture: Capture) -> str:
    """Return the address that a capture's content has, as a URI: a file's name is made one."""
    address = capture.final_url
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if parts is not None and parts.scheme in ("http", "https") and parts.netloc:
        return quote(address, safe="!#$%&'()*+,/:;=?@[]~", errors="backslashreplace")
    if parts is not None and len(parts.scheme) > 1 and address.isascii() and address.isprintable():
        return _SPACES.sub("%20", address)
    return "file:" + quote(address, errors="backslashreplace")


def _record(kind: WarcRecordType, key: str, capture: Capture) -> WarcRecord:
    """Return a record of a kind whose id is made from ``key``: the same export gives the same bytes."""
    record = WarcRecord()
    record.init_headers(record_type=kind, record_urn=_urn(key).removeprefix("urn:").encode())
    record.headers["WARC-Date"] = capture.captured_at.replace(tzinfo=None).isoformat() + "Z"
    if kind != WarcRecordType.warcinfo:
        record.headers["WARC-Target-URI"] = target(capture)
    return record


def _urn(key: str) -> str:
    """Return a name-based UUID (RFC 9562, version 8) for a key."""
    digits = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"


def _packed(record: WarcRecord, payload_sha1: bytes | None = None) -> bytes:
    written = io.BytesIO()
    record.write(written, checksum_data=True, payload_digest=payload_sha1)
    return gzip.compress(written.getvalue(), PACKING, mtime=0)


def _request_line(url: str) -> str:
    parts = urlsplit(url)
    return f"GET {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1"


def _status_line(status: int) -> str:
    try:
        return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP/1.1 {status} "


def _answered(capture: Capture, body: bytes) -> list[tuple[str, str]]:
    """Return the headers of an answer so that they are true of the body; what was said otherwise is kept.

    Codings that were undone on the way, and a length that is no longer right, would have readers unpack
    what is not packed. They keep their value under ``X-Archive-Orig-…``, as other archives name it.
    """
    headers: list[tuple[str, str]] = []
    for name, value in capture.response_headers:
        key = name.lower()
        mark = _MARKS.get(value.strip().lower(), b"")
        undone = key in _UNDONE or (key == "content-encoding" and not body.startswith(mark))
        wrong = key == "content-length" and value.strip() != str(len(body))
        headers.append((f"X-Archive-Orig-{name}" if undone or wrong else name, value))
    if not any(name.lower() == "content-length" for name, _ in headers):
        headers.append(("Content-Length", str(len(body))))
    return headers


def _head(first: str, headers: Headers | list[tuple[str, str]]) -> bytes:
    """Return the head of an HTTP message."""
    lines = [first, *(f"{_one_line(name)}: {_one_line(value)}" for name, value in headers)]
    return b"".join(_bytes(line) + b"\r\n" for line in lines) + b"\r\n"


def _fields(capture: Capture, told: dict[str, Any]) -> bytes:
    fields = {"cairn-capture": capture.id, "cairn-body": f"sha256:{capture.body}"}
    if capture.url != capture.final_url:
        fields["via"] = _one_line(capture.url)
    if told:
        fields["cairn-document"] = json.dumps(told, ensure_ascii=True)
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode(
        "utf-8", "backslashreplace"
    )


def _one_line(value: str) -> str:
    return _BROKEN.sub(" ", value)


def _bytes(line: str) -> bytes:
    """Return a line of a head as it was sent: Latin-1 where it can be, as HTTP had it, else UTF-8."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "backslashreplace")
