"""Span: where in a document's text something stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cairn.errors import RecordError

SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])[.!?…]+[\"'”’)\]]*(?=\s)|\n")
"""Where a sentence ends, as far as its own signs tell: initials and "Dr." end none."""


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


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence that holds a span, from its first to its last letter, as its signs tell."""
    start = max((found.end() for found in SENTENCE_END.finditer(text, 0, span.start)), default=0)
    ending = SENTENCE_END.search(text, span.end)
    end = ending.end() if ending else len(text)
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
