"""Version: one wording that an address gave for a while; Kept: what recording one capture came to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError


class Outcome(StrEnum):
    """What recording one capture came to."""

    NEW = "new"
    """The address had never given a text before."""
    CHANGED = "changed"
    """Its words are others than those that stood before: a new version."""
    UNCHANGED = "unchanged"
    """The same words again: the capture is recorded, no version is made."""
    KNOWN = "known"
    """This very capture was recorded before, by a run that was cut off perhaps: nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One wording of one address: from the first capture that shows it to the one that shows another.

    Versions are a view over captures. Words count, their wrapping does not; a headline counts as words.

    Attributes:
        url: the address.
        number: 1 for the oldest; an older capture that is imported later moves the numbers up.
        capture: id of the capture that shows it first; names the version for other records.
        captured_at: when that was, in UTC.
        seen_at: the last moment at which the address was found to give these words still, in UTC.
        text: SHA-256 of the text as UTF-8, in hexadecimal; the archive keeps it under this name.
    """

    url: str
    number: int
    capture: str
    captured_at: dt.datetime
    seen_at: dt.datetime
    text: str

    def __post_init__(self) -> None:
        if self.number < 1:
            raise RecordError(f"{self.url}: versions are numbered from 1, not {self.number}")
        if self.seen_at < self.captured_at:
            raise RecordError(f"{self.url}, version {self.number}: last seen before it was first seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What recording one capture came to.

    Attributes:
        outcome: measured on the words; on the bytes where a capture gave no document.
        version: the version that the capture shows; ``None`` where it gave no document.
    """

    outcome: Outcome
    version: Version | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address said when it was last captured: enough to ask whether anything changed since.

    Attributes:
        etag: for ``If-None-Match``; ``None`` where the server gave none.
        last_modified: for ``If-Modified-Since``; ``None`` where the server gave none.
    """

    capture: str
    captured_at: dt.datetime
    status: int
    body: str
    etag: str | None = None
    last_modified: str | None = None
