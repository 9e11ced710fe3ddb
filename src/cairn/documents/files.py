"""Open one input and yield the documents in it; whatever goes wrong becomes one line about the file."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from cairn.documents.checks import MAX_DOCUMENT_BYTES, require_usable
from cairn.documents.decoding import decode, require_text
from cairn.documents.inputs import Input, Kind
from cairn.documents.lines import parse_object, read_lines, split_lines
from cairn.documents.pages import read_page
from cairn.errors import DocumentError
from cairn.records import Document, Skipped

MIN_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_RATIO = 100
"""A gzip file may unpack to this many times its size, and to ``MIN_UNPACKED_BYTES`` in any case.

News in JSON Lines packs 3 times, with annotations 5 times, a gzip bomb a thousand times."""

_READ_BYTES = 1 << 20
"""How much is asked of a stream at once: pipes give less than they are asked for."""


def read_input(entry: Input, *, stdin: BinaryIO | None, guess_date: bool) -> Iterator[Document | Skipped]:
    """Yield what one file holds, as far as it can be read.

    Args:
        entry: the file, or standard input.
        stdin: what standard input is; the process's own when ``None``.
        guess_date: whether a page without a date in its metadata is searched for one.
    """
    try:
        match entry.kind:
            case Kind.TEXT:
                yield _read_text(_read_file(entry.path), entry.id)
            case Kind.PAGE:
                yield read_page(_read_file(entry.path), document_id=entry.id, guess_date=guess_date)
            case Kind.LINES:
                with entry.path.open("rb") as stream:
                    require_text(stream.peek(), whole=False)
                    yield from _read_lines(split_lines(stream), entry)
            case Kind.PACKED_LINES:
                limit = max(MIN_UNPACKED_BYTES, MAX_UNPACKED_RATIO * entry.path.stat().st_size)
                with io.BufferedReader(gzip.open(entry.path)) as packed:
                    yield from _read_lines(split_lines(packed, max_bytes=limit), entry)
            case Kind.STREAM:
                yield from _read_stream(entry, stdin)
    except DocumentError as error:
        yield _skipped(entry, str(error))
    except gzip.BadGzipFile:
        yield _skipped(entry, "is no gzip file, or a damaged one; give the unpacked .jsonl file")
    except (EOFError, zlib.error):
        yield _skipped(entry, "breaks off or is damaged; get it again (what came before was read)")
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        yield _skipped(entry, f"cannot be read ({cause}); check the file and its permissions")


def _read_file(path: Path) -> bytes:
    """Return a file's bytes, refusing a large one after a look at its start."""
    with path.open("rb") as stream:
        return _read_rest(stream, b"")


def _read_rest(stream: BinaryIO, start: bytes) -> bytes:
    """Return ``start`` and what follows it in the stream, refusing more than a document may have."""
    parts, size = [start], len(start)
    while size <= MAX_DOCUMENT_BYTES and (part := stream.read(_READ_BYTES)):
        parts.append(part)
        size += len(part)
    if size > MAX_DOCUMENT_BYTES:
        raise DocumentError(
            f"is larger than {MAX_DOCUMENT_BYTES:,} bytes, too much for one report; "
            "give one report a file, or one a line in a .jsonl file"
        )
    return b"".join(parts)


def _read_text(raw: bytes, document_id: str) -> Document:
    """Return a plain text as a document."""
    text, notes = decode(raw)
    require_usable(text)
    return Document(id=document_id, text=text, notes=notes)


def _read_lines(lines: Iterator[bytes | None], entry: Input) -> Iterator[Document | Skipped]:
    """Yield what the lines hold, and a reason when they hold nothing."""
    empty = True
    for outcome in read_lines(lines, name=entry.name, stem=entry.id):
        empty = False
        yield outcome
    if empty:
        raise DocumentError("is empty: no line was found; give one JSON object a line")


def _read_stream(entry: Input, stdin: BinaryIO | None) -> Iterator[Document | Skipped]:
    """Yield what standard input holds: JSON Lines if its first line is an object, else one text."""
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None or stream.closed:
        raise DocumentError("is closed; pipe a text into it, or give a file")
    lines = split_lines(stream)
    start: list[bytes] = []
    size = 0
    for raw in lines:
        if raw is None or (size := size + len(raw)) > MAX_DOCUMENT_BYTES:
            raise DocumentError(f"starts with more than {MAX_DOCUMENT_BYTES:,} bytes without a report")
        start.append(raw)
        if raw.strip():
            break
    if start and _is_object(start[-1]):
        yield from _read_lines(chain(start, lines), entry)
        return
    raw_text = _read_rest(stream, b"".join(start))
    if _is_object(raw_text):  # one object over many lines, as tools print it for people to read
        yield from _read_lines(iter([raw_text]), entry)
    else:
        yield _read_text(raw_text, entry.id)


def _is_object(raw: bytes) -> bool:
    """Say whether the bytes are a JSON object, without a message when they are not."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        parse_object(raw)
    except DocumentError:
        return False
    return True


def _skipped(entry: Input, what: str) -> Skipped:
    """Return why a whole file, or the rest of one, is not read."""
    return Skipped(document_id=entry.name, reason=f"{entry.name} {what}")
