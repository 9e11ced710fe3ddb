"""Segments: a text cut wherever a span begins or ends, so that overlapping spans can all be shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from cairn.errors import GroundingError
from cairn.records import Span

BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
LINE_BREAK = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words that one claim rests on; ``slot`` is ``anchor`` for the place in the text that it is.

    Attributes:
        claim: empty for what belongs to no claim: loaded wording.
        note: what a reader is told of the words.
    """

    span: Span
    claim: str
    slot: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text that no mark begins or ends inside, with the marks over it, shortest first."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def slots(self) -> str:
        """Return the claims that rest on the words, each with its slot."""
        return " ".join(f"{mark.claim}:{mark.slot}" for mark in self.marks if mark.claim)

    @property
    def note(self) -> str:
        """Return what a reader is told of the words, empty for nothing."""
        return next((mark.note for mark in self.marks if mark.note), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring segments under the same anchors; ``claims`` is empty where no anchor stands.

    Anchors that overlap share one stretch, so that each stretch can be one link on a page.
    """

    claims: tuple[str, ...]
    segments: tuple[Segment, ...]


def cut_paragraphs(text: str, marks: Sequence[Mark]) -> tuple[tuple[Stretch, ...], ...]:
    """Cut a text into paragraphs of stretches of segments.

    Paragraphs end at blank lines when the text has any, else at line breaks, but never inside an
    anchor. Line breaks belong to the paragraph that they end.

    Returns:
        Paragraphs in reading order. All segments' texts, joined, are ``text``: nothing is lost,
        repeated or changed. Segments are never empty.

    Raises:
        GroundingError: when a mark runs past the end of the text.
    """
    for mark in marks:
        if mark.span.end > len(text):
            raise GroundingError(f"claim {mark.claim} points past the text's end for its {mark.slot}")
    anchored = _join_overlapping(mark for mark in marks if mark.slot == "anchor")
    breaks = _find_breaks(text, [span for span, _ in anchored])
    cuts = sorted({0, len(text), *breaks, *(edge for m in marks for edge in (m.span.start, m.span.end))})
    over = _marks_over(cuts, marks)
    starts = [span.start for span, _ in anchored]

    def anchor_index(start: int) -> int:
        index = bisect_right(starts, start) - 1
        return index if index >= 0 and start < anchored[index][0].end else -1

    paragraphs = []
    for _, edges in groupby(pairwise(cuts), key=lambda edge: bisect_right(breaks, edge[0])):
        stretches = []
        for index, inside in groupby(edges, key=lambda edge: anchor_index(edge[0])):
            segments = tuple(Segment(text=text[start:end], marks=over[start]) for start, end in inside)
            claims = anchored[index][1] if index >= 0 else ()
            stretches.append(Stretch(claims=claims, segments=segments))
        paragraphs.append(tuple(stretches))
    return tuple(paragraphs)


def _join_overlapping(anchors: Iterable[Mark]) -> list[tuple[Span, tuple[str, ...]]]:
    """Return the stretches that anchors cover, those that share a character joined, with their claims."""
    joined: list[tuple[Span, tuple[str, ...]]] = []
    for mark in sorted(anchors, key=lambda mark: mark.span):
        if joined and joined[-1][0].overlaps(mark.span):
            span, claims = joined[-1]
            joined[-1] = (span.to(mark.span), (*claims, mark.claim))
        else:
            joined.append((mark.span, (mark.claim,)))
    return joined


def _find_breaks(text: str, anchored: Sequence[Span]) -> list[int]:
    """Return where paragraphs after the first begin."""
    pattern = BLANK_LINE if BLANK_LINE.search(text) else LINE_BREAK
    ends = [match.end() for match in pattern.finditer(text) if match.end() < len(text)]
    return [end for end in ends if not any(span.start < end < span.end for span in anchored)]


def _marks_over(cuts: Sequence[int], marks: Sequence[Mark]) -> dict[int, tuple[Mark, ...]]:
    """Map the start of each segment to the marks that cover it, shortest first."""
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.span.start, []).append(mark)
    over: dict[int, tuple[Mark, ...]] = {}
    current: list[Mark] = []
    for cut in cuts:
        current = [mark for mark in current if mark.span.end > cut] + opening.get(cut, [])
        over[cut] = tuple(sorted(current, key=lambda mark: mark.span.end - mark.span.start))
    return over
