"""JSON Lines: one object, and so one report, a line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cairn.documents.checks import MAX_DOCUMENT_BYTES, is_printable, require_usable, shortened
from cairn.documents.days import is_ambiguous, read_day
from cairn.documents.decoding import decode
from cairn.documents.describe import describe
from cairn.errors import DocumentError, TooLargeError
from cairn.records import DateBasis, Document

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
            raise TooLargeError(f"unpacks to more than {max_bytes:,} bytes; unpack it and look what it holds")
        line = None if line is None or len(raw) > MAX_DOCUMENT_BYTES else raw
        if raw.endswith(b"\n"):
            yield line
            line = b""
    if line != b"":
        yield line


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


def read_object(content: Mapping[str, Any], spare_id: str, *, date_form: str | None = None) -> Document:
    """Return the document that an object describes.

    Args:
        content: as ``parse_object`` gives it: text, and perhaps id, published, outlet, title, url, byline and
            set.
        spare_id: id of a document that carries none.
        date_form: how its day is written, in the signs of ``strptime``.

    Raises:
        DocumentError: no text, or an id that cannot be one; reason as a predicate.
    """
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
    published = _read_date(content.get("published"), notes, date_form)
    outlet, title, url, byline, group = (
        _read_label(key, content.get(key), notes) for key in ("outlet", "title", "url", "byline", "set")
    )
    return describe(
        Document(
            id=document_id,
            text=text,
            published=published,
            basis=DateBasis.GIVEN if published else None,
            outlet=outlet,
            title=title,
            url=url,
            byline=byline,
            set=group,
            notes=tuple(notes),
        )
    )


def _read_date(value: object, notes: list[str], form: str | None) -> dt.date | None:
    """Return the day of publication; a value that is none is noted and left out."""
    if value in (None, ""):
        return None
    date = read_day(value, form) if isinstance(value, str) else None
    if date is None:
        two = isinstance(value, str) and is_ambiguous(value)
        what = "which may mean two days" if two else f"no date such as {form or '2024-05-31'}"
        notes.append(f"published is {shortened(value)}, {what}; left out")
    return date


def _read_label(key: str, value: object, notes: list[str]) -> str | None:
    """Return one line of text about the document; a value that is none is noted and left out."""
    if value in (None, ""):
        return None
    if not isinstance(value, str) or not is_printable(value):
        notes.append(f"{key} is {shortened(value)}, not one line of text; left out")
        return None
    return value
