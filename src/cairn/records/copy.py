"""Copy: this text repeats that one, in these passages."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from cairn.errors import RecordError
from cairn.records.span import Span


class CopyKind(StrEnum):
    """What one text made of another."""

    WHOLE = "whole"
    """The same text, perhaps under another headline or lightly edited."""
    TRIMMED = "trimmed"
    """That text with stretches left out; if any are added, they are shorter."""
    EXTENDED = "extended"
    """That text with stretches added; if any are left out, they are no longer."""
    PARTIAL = "partial"
    """Passages of that text, less than half of the copy."""
    SPLICED = "spliced"
    """Put together from that text and at least one other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One run of words that stands in both texts: the same words in the same order.

    Letter case, punctuation, quotation marks and white space may differ between the two spans.

    Attributes:
        here: where it stands in the copy.
        there: where it stands in the text that is copied.
    """

    here: Span
    there: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One document repeats passages of another.

    Attributes:
        id: made from the two documents' ids: a pair has at most one copy.
        document_id: the text that repeats.
        of: id of the text that is repeated.
        share: of the copy's own words, the part that stands in that text, above 0 to 1.
        share_of: of that text's own words, the part that the copy repeats, above 0 to 1.
        passages: in the order of the copy, apart from each other in it; never empty.
        reason: one sentence for people: how much, which came first, what was done to it.

    Raises:
        RecordError: when a share lies outside its range, when there are no passages or they overlap, or when
            a document is called a copy of itself.
    """

    id: str
    document_id: str
    of: str
    kind: CopyKind
    share: float
    share_of: float
    passages: tuple[Passage, ...]
    reason: str

    def __post_init__(self) -> None:
        if self.document_id == self.of:
            raise RecordError(f"document {self.of} cannot be a copy of itself")
        if not (0 < self.share <= 1 and 0 < self.share_of <= 1):
            raise RecordError(f"copy {self.id}: shares {self.share}, {self.share_of} lie outside 0 to 1")
        if not self.passages:
            raise RecordError(f"copy {self.id} shows no passage")
        if any(after.here.start < before.here.end for before, after in pairwise(self.passages)):
            raise RecordError(f"copy {self.id}: passages overlap or are out of order")

    def find(self, span: Span) -> Passage | None:
        """Return the passage that holds all of ``span`` of the copy; ``None`` when it is not repeated whole.

        A claim whose words lie in a passage is that other text's claim, told again. A figure that the copy
        changed lies in none, so an updated toll stays a claim of its own.
        """
        place = bisect_right(self.passages, span.start, key=lambda passage: passage.here.start) - 1
        if place < 0 or not self.passages[place].here.contains(span):
            return None
        return self.passages[place]
