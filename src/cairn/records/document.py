"""Document: one captured version of one text; Skipped: why one could not be used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError
from cairn.records.span import Span


class DateBasis(StrEnum):
    """Where a publication day was read, from the surest to the least sure."""

    GIVEN = "given"
    """By the user, or by the file that carries the report."""
    JSON_LD = "json-ld"
    META = "meta"
    URL = "url"
    TEXT = "text"
    """In the words of the page: a guess."""


class CreditKind(StrEnum):
    """How a text says where it comes from."""

    DATELINE = "dateline"
    """"ALEPPO, Syria (AFP) —"."""
    CREDIT = "credit"
    """"— Reuters" at its end, "with agencies"."""
    BYLINE = "byline"
    """"By our staff and AP", "SANA/H.Said"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A hint at the origin of a text: an agency that it names as where it comes from.

    Attributes:
        agency: as the text writes it ("AFP"); "agencies" where it names none.
        span: the words in the text; ``None`` when they stand in the page's byline beside it.
    """

    agency: str
    kind: CreditKind
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report as published.

    Attributes:
        id: the user's own id, or the file's name.
        text: as read; every span in the system indexes it.
        published: day on which the outlet published it; ``None`` when nobody said.
        outlet: who printed it, as the user names it.
        byline: who wrote it, as the page says.
        basis: where ``published`` was read; ``None`` when there is none.
        language: ISO 639-1 code of the language it is in; ``None`` when nobody looked.
        credits: agencies that the text names as where it comes from.
        set: name of a group of reports on the same incidents, shared by its members.
        notes: what was assumed in reading it ("decoded as windows-1252"), one sentence each.
    """

    id: str
    text: str
    published: dt.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    basis: DateBasis | None = None
    language: str | None = None
    credits: tuple[Credit, ...] = ()
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
