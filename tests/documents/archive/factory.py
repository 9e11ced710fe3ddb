"""Captures of invented addresses, and the documents that were read in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cairn.documents.archive import body_name, capture_id
from cairn.records import Capture, Document, Failure, FailureKind

START = dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)
URL = "https://news.example/tarn"
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"7"'))
REQUEST = (("Host", "news.example"), ("User-Agent", "cairn"))


def hours(number: float) -> dt.datetime:
    return START + dt.timedelta(hours=number)


def capture(body: bytes, *, url: str = URL, hour: float = 0, **options: Any) -> Capture:
    at, name = hours(hour), body_name(body)
    given: dict[str, Any] = {
        "final_url": url, "status": 200, "media_type": "text/html",
        "request_headers": REQUEST, "response_headers": HEADERS,
    }  # fmt: skip
    return Capture(id=capture_id(url, at, name), url=url, captured_at=at, body=name, **given | options)


def document(text: str, **options: Any) -> Document:
    return Document(**{"id": "tarn", "text": text, "title": "Market hit"} | options)


def failure(name: str = URL, *, hour: float = 0, kind: FailureKind = FailureKind.STATUS) -> Failure:
    return Failure(name=name, at=hours(hour), kind=kind, reason="answered 503: try again later", status=503)
