"""Answers come packed or not; unpacking stops as soon as there is more than one report may have."""

from __future__ import annotations

import zlib

from cairn.documents.web.failing import FetchError
from cairn.records import FailureKind

_GZIP_OR_ZLIB, _RAW_DEFLATE = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS
"""What zlib is told to expect; "deflate" means zlib's format (RFC 9110, 8.4.1.2), but some send it bare."""

_ZLIB_START = 0x78
"""First byte of zlib's format with the usual window (RFC 1950)."""

_GZIP_START = b"\x1f\x8b"
_MOST_MEMBERS = 200
"""Packed streams in one answer; block-wise gzip needs one for each 64 KiB. Each costs a copy of the rest."""


def unpack(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """Return what an answer holds.

    Args:
        body: as it was sent.
        encoding: its Content-Encoding, "" for none.
        max_bytes: how much may come out; never is more than that held.

    Raises:
        FetchError: packed in a way that was not asked for, damaged, or too large once unpacked.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return body
    if name not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(FailureKind.BROKEN, f"is packed as {name[:40]!r}, which was not asked for")
    bare = name == "deflate" and body[:1] != bytes([_ZLIB_START])
    try:
        return _inflate(body, _RAW_DEFLATE if bare else _GZIP_OR_ZLIB, max_bytes)
    except zlib.error as error:
        raise FetchError(
            FailureKind.BROKEN, f"says that it is packed as {name}, but cannot be unpacked", passing=True
        ) from error


def _inflate(body: bytes, window: int, max_bytes: int) -> bytes:
    """Unpack one packed stream after the other: gzip files may be put end to end (RFC 1952, 2.2)."""
    whole = bytearray()
    for _ in range(_MOST_MEMBERS):
        stream = zlib.decompressobj(window)
        whole += stream.decompress(body, max_bytes - len(whole) + 1)
        if len(whole) > max_bytes:
            raise FetchError(
                FailureKind.TOO_LARGE,
                f"unpacks to more than {max_bytes:,} bytes; no report is that long",
            )
        if not stream.eof:
            raise FetchError(FailureKind.BROKEN, "was cut off: its packed text has no end", passing=True)
        body = stream.unused_data
        if not body.startswith(_GZIP_START):
            break  # nothing more, or filling that browsers pass over too
    return bytes(whole)
