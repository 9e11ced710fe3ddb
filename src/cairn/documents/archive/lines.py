"""Records as lines of the log, and back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from cairn.errors import ArchiveError, RecordError
from cairn.records import (
    Capture,
    Credit,
    CreditKind,
    DateBasis,
    Document,
    Failure,
    FailureKind,
    Headers,
    Span,
    content_id,
)

FORMAT = 1
"""Number of the form of the log's lines; another form is another number, and is refused."""


def capture_id(url: str, captured_at: dt.datetime, body: str) -> str:
    """Return the id of the capture of one address at one moment with one body, named by its SHA-256."""
    return content_id("capture", [url, captured_at.astimezone(dt.UTC).isoformat(), body])


def header_object(made_by: str) -> dict[str, Any]:
    """Return the object of a log's first line, which says what the file is."""
    return {"is": "archive", "format": FORMAT, "made_by": made_by}


def capture_object(
    capture: Capture, size: int, document: Document | None, text: str | None, words: bytes | None
) -> dict[str, Any]:
    """Return the object of a capture's line.

    Args:
        capture: what the address gave.
        size: of its body, in bytes.
        document: what was read in it.
        text: name under which the document's text is kept.
        words: what tells its wording from others.
    """
    return {
        "is": "capture",
        "id": capture.id,
        "url": capture.url,
        "final_url": capture.final_url,
        "captured_at": capture.captured_at.isoformat(),
        "status": capture.status,
        "body": capture.body,
        "bytes": size,
        "media_type": capture.media_type,
        "request_headers": capture.request_headers,
        "response_headers": capture.response_headers,
        "words": words.hex() if words else None,
        "document": _document_object(document, text) if document else None,
    }


def failure_object(failure: Failure) -> dict[str, Any]:
    """Return the object of a failure's line."""
    return {
        "is": "failure",
        "name": failure.name,
        "at": failure.at.isoformat(),
        "kind": failure.kind,
        "reason": failure.reason,
        "status": failure.status,
    }


def check_object(url: str, at: dt.datetime) -> dict[str, Any]:
    """Return the object of the line that says that an address was found unchanged."""
    return {"is": "check", "url": url, "at": at.isoformat()}


def write_line(found: dict[str, Any]) -> bytes:
    """Return the line of an object, with its end."""
    # Half characters can stand in addresses and headers; they come back as they were.
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def read_line(line: bytes) -> dict[str, Any]:
    """Return the object of a line.

    Raises:
        ArchiveError: the line holds none; reason as a predicate.
    """
    try:
        found = json.loads(line.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise ArchiveError(f"is no JSON ({error})") from error
    if not isinstance(found, dict) or "is" not in found:
        raise ArchiveError("is no record of an archive")
    return found


def read_capture(found: dict[str, Any]) -> Capture:
    """Return the capture of a line.

    Raises:
        ArchiveError: the line lacks a part of it; reason as a predicate.
    """
    try:
        return Capture(
            id=found["id"],
            url=found["url"],
            final_url=found["final_url"],
            captured_at=dt.datetime.fromisoformat(found["captured_at"]),
            status=found["status"],
            body=found["body"],
            media_type=found["media_type"],
            request_headers=_headers(found["request_headers"]),
            response_headers=_headers(found["response_headers"]),
        )
    except (KeyError, TypeError, ValueError, RecordError) as error:
        raise ArchiveError(f"is no whole capture ({error})") from error


def read_failure(found: dict[str, Any]) -> Failure:
    """Return the failure of a line.

    Raises:
        ArchiveError: the line lacks a part of it; reason as a predicate.
    """
    try:
        return Failure(
            name=found["name"],
            at=dt.datetime.fromisoformat(found["at"]),
            kind=FailureKind(found["kind"]),
            reason=found["reason"],
            status=found["status"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveError(f"is no whole failure ({error})") from error


def read_document(found: dict[str, Any], text: str) -> Document:
    """Return the document of a capture's line with its text.

    Raises:
        ArchiveError: the line lacks a part of it; reason as a predicate.
    """
    try:
        told = dict(found["document"])
        told.pop("text")
        credits = told.pop("credits")
        published, basis = told.pop("published"), told.pop("basis")
        return Document(
            **told | {"notes": tuple(told["notes"])},
            text=text,
            published=dt.date.fromisoformat(published) if published else None,
            basis=DateBasis(basis) if basis else None,
            credits=tuple(_credit(each) for each in credits),
        )
    except (KeyError, TypeError, ValueError, RecordError) as error:
        raise ArchiveError(f"is no whole document ({error})") from error


def _document_object(document: Document, text: str | None) -> dict[str, Any]:
    published, credits = document.published, document.credits
    return {
        "id": document.id,
        "text": text,
        "published": published.isoformat() if published else None,
        "basis": document.basis,
        "outlet": document.outlet,
        "title": document.title,
        "url": document.url,
        "byline": document.byline,
        "language": document.language,
        "credits": [
            {
                "agency": each.agency,
                "kind": each.kind,
                "span": [each.span.start, each.span.end] if each.span else None,
            }
            for each in credits
        ],
        "set": document.set,
        "notes": document.notes,
    }


def _credit(found: dict[str, Any]) -> Credit:
    credit = Credit(agency=found["agency"], kind=CreditKind(found["kind"]))
    if found["span"] is None:
        return credit
    start, end = found["span"]
    return replace(credit, span=Span(start=start, end=end))


def _headers(pairs: list[list[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)
