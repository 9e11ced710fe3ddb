"""Capture: the bytes that an address gave at one moment; Failure: why it gave none that can be used."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError

_SHA256 = re.compile(r"[0-9a-f]{64}")

Headers = tuple[tuple[str, str], ...]
"""Names and values in the order in which they were sent; names as sent, values as they stood."""


class FailureKind(StrEnum):
    """Why an address or a file gave no article."""

    REFUSED = "refused"
    """Not asked: no http(s), a private address, forbidden by robots.txt."""
    UNREACHABLE = "unreachable"
    """No such host, no connection, no answer in time, TLS that cannot be trusted."""
    REDIRECTS = "redirects"
    """A loop or too many of them."""
    STATUS = "status"
    """The server answered with an error: 403, 404, 429, 500."""
    TOO_LARGE = "too large"
    """More bytes than one capture may have, as sent or once unpacked."""
    BROKEN = "broken"
    """A truncated answer, a damaged archive, an encoding that is none."""
    KIND = "kind"
    """Something that is not read: a picture, a film, a page where a feed was expected."""
    NO_ARTICLE = "no article"
    """A page without one: a cookie wall, an empty body, a PDF without a text layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What one address gave at one moment, exactly as it was sent.

    Attributes:
        id: made from address, moment and body.
        url: the address that was asked for.
        final_url: where redirects led to; ``url`` when there were none.
        captured_at: when the answer was complete, in UTC.
        status: of the HTTP answer; 200 for files that were imported.
        body: SHA-256 of the raw bytes, in hexadecimal; the archive keeps them under this name.
        media_type: as the server says, in lower case, without parameters; "" when it does not.
        request_headers: what was sent.
        response_headers: what came back.
    """

    id: str
    url: str
    final_url: str
    captured_at: dt.datetime
    status: int
    body: str
    media_type: str = ""
    request_headers: Headers = ()
    response_headers: Headers = ()

    def __post_init__(self) -> None:
        if self.captured_at.utcoffset() != dt.timedelta(0):
            raise RecordError(f"capture {self.id}: its moment is not in UTC")
        if not _SHA256.fullmatch(self.body):
            raise RecordError(f"capture {self.id}: its body is not named by a SHA-256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One address or file that gave no article; listed, never lost.

    Attributes:
        name: the address or the file's name.
        at: when it was tried, in UTC.
        reason: one line: what was found, what was expected, what to do.
        status: of the HTTP answer, where there was one.
    """

    name: str
    at: dt.datetime
    kind: FailureKind
    reason: str
    status: int | None = None
