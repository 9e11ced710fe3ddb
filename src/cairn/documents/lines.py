"""JSON Lines: one object, and so one report, a line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from cairn.documents.checks import MAX_DOCUMENT_BYTES, is_printable, require_usable, shortened
from cairn.documents.decoding import decode
from cairn.errors import DocumentError
from cairn.records import Document, Skipped

EARLIEST_YEAR, LATEST_YEAR = 1605, 2199
"""Years in which a report can have been published: from the first newspaper (Strasbourg, 1605) to far enough.
Times are reckoned back and forth from the day of publication, and calendars end at the years 1 and 9999."""

_DISCARD_BYTES = 1 << 20
"""How much of an overlong line is held at once while it is passed over."""


def split_lines(stream: BinaryIO, *, max_bytes: int | None = None) -> Iterator[bytes | None]:
    """Yield each line with its end; ``None`` for one longer than ``MAX_DOCUMENT_BYTES``, never held whole.

    Args:
        stream: opened for reading bytes.
        max_bytes: how much may be read in all; ``None`` for no limit.

    Raises:
        DocumentError: more than ``max_bytes`` came out of the stream.
    """
    taken = 0
    line: bytes | None = b""
    while raw := stream.readline(_DISCARD_BYTES if line is None else MAX_DOCUMENT_BYTES + 1):
        taken += len(raw)
        if max_bytes is not None and taken > max_bytes:
            raise DocumentError(f"unpacks to more than {max_bytes:,} bytes; unpack it and look what it holds")
        line = None if line is None or len(raw) > MAX_DOCUMENT_BYTES else raw
        if raw.endswith(b"\n"):
            yield line
            line = b""
    if line != b"":
        yield line


def read_lines(lines: Iterable[bytes | None], *, name: str, stem: str) -> Iterator[Document | Skipped]:
    """Yield one document or one reason for each line that is not blank.

    Args:
        lines: as ``split_lines`` gives them.
        name: of the file, for messages, which add the line's number, from 1.
        stem: start of the ids made up for lines that carry none.
    """
    used: dict[str, int] = {}
    number = 0
    for number, raw in enumerate(lines, start=1):
        if raw is not None and not raw.strip():
            continue
        document_id = f"{name}:{number}"
        try:
            if raw is None:
                raise DocumentError(f"is longer than {MAX_DOCUMENT_BYTES:,} bytes; give one report a line")
            content = parse_object(raw)
            document_id = _find_id(content) or document_id
            document = _read_object(content, f"{stem}:{number}")
            if document.id in used:
                raise DocumentError(f"has the id of line {used[document.id]}; give each report its own id")
        except DocumentError as error:
            yield Skipped(document_id=document_id, reason=f"{name}, line {number} {error}")
        else:
            used[document.id] = number
            yield document


def parse_object(raw: bytes) -> Mapping[str, Any]:
    """Return the JSON object in ``raw``.

    Raises:
        DocumentError: not text, not JSON, or JSON of another kind; reason as a predicate.
    """
    text, notes = decode(raw)
    try:
        content = json.loads(text)
    except RecursionError:
        raise DocumentError("is JSON nested too deeply to be a report") from None
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"is not JSON ({error.msg} at column {error.colno}); expected one object a line"
        ) from None
    except ValueError:  # an integer of thousands of digits
        raise DocumentError("is JSON with a number too long to be one") from None
    if not isinstance(content, dict):
        raise DocumentError(f"is {shortened(content)}; expected an object with id, text and published")
    return {**content, "notes": notes}


def _find_id(content: Mapping[str, Any]) -> str | None:
    """Return the id that a line carries, if it can be used as one."""
    given = content.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return given if isinstance(given, str) and given.strip() and is_printable(given) else None


def _read_object(content: Mapping[str, Any], spare_id: str) -> Document:
    """Return the document that an object describes."""
    notes = list(content["notes"])
    document_id = _find_id(content)
    if document_id is None:
        if content.get("id") not in (None, ""):
            raise DocumentError(f"has the id {shortened(content['id'])}; expected a line of printable text")
        document_id = spare_id
        notes.append("no id given; named after its file and line")
    if not isinstance(text := content.get("text"), str):
        found = f"{shortened(text)} as 'text'" if "text" in content else "no 'text'"
        raise DocumentError(f"has {found}; expected the report as a string")
    require_usable(text)
    published = _read_date(content.get("published"), notes)
    named = {key: _read_label(key, content.get(key), notes) for key in ("outlet", "title", "url", "set")}
    return Document(id=document_id, text=text, published=published, notes=tuple(notes), **named)


def _read_date(value: object, notes: list[str]) -> dt.date | None:
    """Return the day of publication; a value that is none is noted and left out."""
    if value in (None, ""):
        return None
    try:
        date = dt.datetime.fromisoformat(value.strip()).date() if isinstance(value, str) else None
    except ValueError:
        date = None
    if date is None or not EARLIEST_YEAR <= date.year <= LATEST_YEAR:
        notes.append(f"published is {shortened(value)}, no date such as 2024-05-31; left out")
        return None
    return date


def _read_label(key: str, value: object, notes: list[str]) -> str | None:
    """Return one line of text about the document; a value that is none is noted and left out."""
    if value in (None, ""):
        return None
    if not isinstance(value, str) or not is_printable(value):
        notes.append(f"{key} is {shortened(value)}, not one line of text; left out")
        return None
    return value
