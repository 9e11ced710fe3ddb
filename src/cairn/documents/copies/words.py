"""Words of a text with their places, and which of them speak for the text itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cairn.records import Span

WORD = re.compile(r"\w+")
"""A run of letters and digits: punctuation, quotation marks and apostrophes part words and do not count, so
that "Tarn's" is the same two words with either apostrophe."""

MAX_CHARS = 500_000
"""How much of a text is compared, in code points from its start: 80,000 words, as long as a book."""

MAX_QUOTE_CHARS = 1_500
"""Longest quotation, in code points: some 250 words. A mark that is not closed within them opens none."""

MAX_HEADLINE_WORDS = 25
"""Words of a first line from which it is a text without full stops, and no headline."""

MIN_FREE_CHARS = 200
"""Code points outside quotations and page furniture, some 30 words, by which a text can be known."""

STOP = " _ "
"""Stands for what was left out, so that no words run together that did not."""

_QUOTE = re.compile(
    rf'"(?<!\w")(?=\S)[^"“”]{{1,{MAX_QUOTE_CHARS}}}(?<=\S)"(?!\w)|“[^“”]{{1,{MAX_QUOTE_CHARS}}}(?:”|(?=\n)|$)'
    rf"|«[^«»]{{1,{MAX_QUOTE_CHARS}}}»"
    rf"|[‘'](?<!\w.)(?=\w)(?:[^‘’'\n]|(?<=\w)[’'](?=\w)){{1,{MAX_QUOTE_CHARS}}}[’'](?!\w)"
)
"""Double and single quotation marks, straight and typographic. A “ may be left open at the end of a
paragraph, as quotations of several paragraphs are. Each form starts with its mark, which is fast to find."""

_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?!\s)[^\n.!?]*)*")

_FURNITURE = (
    "cookies", "subscribe", "newsletter", "sign up to", "sign up for", "log in", "all rights reserved",
    "copyright", "©", "terms of use", "terms of service", "privacy policy", "privacy notice", "follow us",
    "click here", "read more", "download the app", "download our app", "reporting by", "editing by",
    "edited by", "writing by",
)  # fmt: skip
"""What stands in the sentences that pages put around a report, and hardly ever in those of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one text.

    Attributes:
        folded: each word without letter case.
        starts: where each word starts in the text, in code points.
        ends: where it ends.
        own: for each word 1, or 0 in page furniture: subscribe lines, cookie notices, who edited it.
        free: for each word 1 when it is own and stands outside quotation marks, else 0.
        headline: how many words the first line has when it is no sentence, else 0.
    """

    folded: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    own: bytes
    free: bytes
    headline: int

    def span(self, first: int, count: int) -> Span:
        """Return the span from word ``first`` over ``count`` words."""
        return Span(self.starts[first], self.ends[first + count - 1])


def fold(text: str) -> list[str]:
    """Return the words of ``text`` without letter case."""
    return [word.casefold() for word in WORD.findall(text[:MAX_CHARS])]


def read_words(text: str, folded: Sequence[str] | None = None) -> Words:
    """Return the words of ``text`` with what can be told of each from the text alone.

    Args:
        text: of a document.
        folded: what ``fold`` gave of it, where that is known.
    """
    text = text[:MAX_CHARS]
    spans = [match.span() for match in WORD.finditer(text)]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    own = _mask(starts, _find_furniture(text))
    return Words(
        folded=fold(text) if folded is None else folded,
        starts=starts,
        ends=ends,
        own=own,
        free=both(own, _mask(starts, (match.span() for match in _QUOTE.finditer(text)))),
        headline=_headline_words(text),
    )


def free_text(text: str) -> str:
    """Return ``text`` with stops for quotations and page furniture, or all of it when little is left."""
    text = text[:MAX_CHARS]
    pieces, last = [], 0
    for start, end in _find_furniture(text):
        pieces.append(text[last:start])
        last = end
    free = _QUOTE.sub(STOP, STOP.join([*pieces, text[last:]]))
    return free if len(free) >= MIN_FREE_CHARS else text


def both(one: bytes, other: bytes) -> bytes:
    """Return 1 where both masks are 1."""
    return (int.from_bytes(one, "big") & int.from_bytes(other, "big")).to_bytes(len(one), "big")


def without(one: bytes, other: bytes) -> bytes:
    """Return 1 where the first mask is 1 and the second is 0."""
    return (int.from_bytes(one, "big") & ~int.from_bytes(other, "big")).to_bytes(len(one), "big")


def _mask(starts: Sequence[int], ranges: Iterable[tuple[int, int]]) -> bytes:
    """Return 0 for each word that starts in one of ``ranges``, else 1."""
    mask = bytearray(b"\1" * len(starts))
    for start, end in ranges:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        mask[first:last] = bytes(last - first)
    return bytes(mask)


def _find_furniture(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand that belong to the page."""
    whole = text.casefold()
    marks = [mark for mark in _FURNITURE if mark in whole]
    if not marks:
        return
    for match in _SENTENCE.finditer(text):
        sentence = match[0].casefold()
        if any(mark in sentence for mark in marks):
            yield match.span()


def _headline_words(text: str) -> int:
    """Return how many words the first line has when more follows and it does not end as a sentence does."""
    line, parted, _ = text.strip().partition("\n")
    words = len(WORD.findall(line[:MAX_CHARS]))
    sentence = not parted or words >= MAX_HEADLINE_WORDS or line.rstrip().endswith((".", "!", '"', "”"))
    return 0 if sentence else words
