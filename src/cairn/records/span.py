"""Span: where in a document's text something stands."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import RecordError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of Unicode code points in a document's text; never empty.

    Raises:
        RecordError: when the range is empty, inverted or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise RecordError(f"span [{self.start}, {self.end}) is empty or negative")

    def words(self, text: str) -> str:
        """Return the characters that the span covers in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def to(self, other: Span) -> Span:
        """Return the span from the first to the last character of the two."""
        return Span(min(self.start, other.start), max(self.end, other.end))
