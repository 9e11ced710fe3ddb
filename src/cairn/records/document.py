"""Document: one captured version of one text; Skipped: why one could not be used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cairn.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report as published.

    Attributes:
        id: the user's own id, or the file's name.
        text: as read; every span in the system indexes it.
        published: day on which the outlet published it; ``None`` when nobody said.
        outlet: who printed it, as the user names it.
        set: name of a group of reports on the same incidents, shared by its members.
        notes: what was assumed in reading it ("decoded as windows-1252"), one sentence each.
    """

    id: str
    text: str
    published: dt.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    set: str | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise RecordError("a document needs an id")
        if not self.text:
            raise RecordError(f"document {self.id} has no text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One document that could not be used; the run goes on without it."""

    document_id: str
    reason: str
