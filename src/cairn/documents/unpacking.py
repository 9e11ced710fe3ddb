"""Bodies of HTTP answers as web archives keep them: in chunks, packed, or both; unpacked within bounds."""

from __future__ import annotations

import io
import re

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from cairn.documents.checks import MAX_DOCUMENT_BYTES
from cairn.documents.web.failing import FetchError
from cairn.documents.web.unpack import unpack
from cairn.errors import DocumentError, TooLargeError
from cairn.records import FailureKind

_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,100})?\r\n")
"""Start of a body in chunks (RFC 9112, 7.1)."""

_READERS = {"br": BrotliReader, "zstd": ZstdReader}
"""Packings that browsers ask for, and that fetching does not."""

_GZIP_START, _ZSTD_START = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def join_chunks(body: bytes, transfer_encoding: str) -> bytes:
    """Return a body without the marks of its transfer; many archives name chunks that they have joined.

    Raises:
        DocumentError: the chunks do not fit together; reason as a predicate.
    """
    if "chunked" not in transfer_encoding.lower() or not _CHUNK.match(body):
        return body
    try:
        return _read(ChunkedReader(io.BytesIO(body)))
    except OSError as error:
        raise DocumentError("came in chunks that do not fit together; get it again") from error


def unpack_body(body: bytes, encoding: str) -> bytes:
    """Return what a body holds; many archives name a packing that they have undone.

    Args:
        body: as it was kept.
        encoding: its Content-Encoding, "" for none.

    Raises:
        TooLargeError: more than one report may have; reason as a predicate.
        DocumentError: packed in a way that is not known, or damaged.
    """
    names = [each.strip().lower() for each in encoding.split(",")]
    for name in reversed(names):
        if name in ("", "identity", "none") or _is_plain(body, name):
            continue
        try:
            body = _read(_READERS[name](io.BytesIO(body))) if name in _READERS else _unpack(body, name)
        except OSError as error:
            raise DocumentError(f"says that it is packed as {name}, but cannot be unpacked") from error
    return body


def _unpack(body: bytes, name: str) -> bytes:
    try:
        return unpack(body, name, MAX_DOCUMENT_BYTES)
    except FetchError as error:
        kind = TooLargeError if error.kind is FailureKind.TOO_LARGE else DocumentError
        raise kind(error.reason) from error


def _is_plain(body: bytes, name: str) -> bool:
    """Say whether a body is not packed as its header says."""
    if name in ("gzip", "x-gzip"):
        return not body.startswith(_GZIP_START)
    if name == "zstd":
        return not body.startswith(_ZSTD_START)
    return body.lstrip()[:1] == b"<"  # brotli and deflate have no mark; markup has


def _read(reader: BrotliReader | ChunkedReader | ZstdReader) -> bytes:
    parts, size = [], 0
    while part := reader.read(1 << 16):
        parts.append(part)
        size += len(part)
        if size > MAX_DOCUMENT_BYTES:
            raise TooLargeError(f"unpacks to more than {MAX_DOCUMENT_BYTES:,} bytes; no report is that long")
    return b"".join(parts)
