"""Cut a sentence into the words that dates are made of."""

from __future__ import annotations

import re
from typing import NamedTuple

from cairn.records import Span

WORD = re.compile(
    r"(?P<date>\d{4}([-/.])\d{1,2}\2\d{1,2}(?!\d)|(?<![\d.,])\d{1,2}([-/.])\d{1,2}\3(?:[12]\d{3}|\d{2})(?![\d]|[.,]\d))"
    r"|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:hrs|[ap]\.?m\b\.?))?|\d{1,4}(?:\.\d{2})?\s?[ap]\.?m\b\.?"
    r"|(?<!\d)[0-2]\d{3}\s?(?:hrs|hours|GMT)\b|(?<![\d.,])0\d{3}(?!\d))"
    r"|(?P<decade>(?:1\d|20)\d0['’]?s\b|['’]\d0s\b)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)"
    r"|(?P<mark>['’]s\b|\S)",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """One word, number or mark of a sentence.

    Attributes:
        kind: "date", "clock", "decade", "ordinal", "number", "word", "mark" or, past both ends, "end".
        lower: in lower case, with a straight apostrophe.
        start: first character in the document's text.
        end: one past its last character.
    """

    kind: str
    text: str
    lower: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Say whether it starts with a capital letter."""
        return self.text[:1].isupper()

    @property
    def whole(self) -> int | None:
        """Return the number when it is written in digits alone, else ``None``."""
        return (
            int(self.text) if self.kind == "number" and self.text.isdecimal() and len(self.text) < 9 else None
        )


END = Word("end", "", "", 0, 0)


class Words:
    """The words of one sentence; asking past either end gives ``END``."""

    __slots__ = ("_words", "text")

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self._words = tuple(
            Word(
                match.lastgroup or "mark",
                match.group(),
                match.group().lower().replace("’", "'"),
                match.start(),
                match.end(),
            )
            for match in WORD.finditer(text, span.start, span.end)
        )

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, at: int) -> Word:
        return self._words[at] if 0 <= at < len(self._words) else END

    def lowers(self, start: int, stop: int) -> tuple[str, ...]:
        """Return the words from ``start`` to before ``stop`` in lower case, cut at the sentence's ends."""
        return tuple(word.lower for word in self._words[max(start, 0) : max(stop, 0)])

    def span(self, start: int, stop: int) -> Span:
        """Return where the words from ``start`` to before ``stop`` stand in the text."""
        return Span(self._words[start].start, self._words[stop - 1].end)
