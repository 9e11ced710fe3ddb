"""Tracing: where the words of a claim were printed first, so that a copy is neither a voice nor news."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cairn.records import Claim, Copy, Document, Span

WORD = re.compile(r"\w+")
MAINLY = 0.5
"""Share of its own words that a report takes over at least to be that other text in the main, as copies are
told apart elsewhere: trimmed or extended, not partial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Where the words of a claim stand first.

    Attributes:
        document: the first report that has them, among those at hand; the claim's own where it copies none.
        span: the words there.
        mainly: the claim's report is that text in the main, so that a credit of the one is one of the other.
    """

    document: Document
    span: Span
    mainly: bool = True


def find_first_prints(heard: Sequence[tuple[Claim, Document]], copies: Sequence[Copy]) -> Mapping[str, Print]:
    """Return by each claim's id where its words stand first.

    Args:
        heard: claims about one incident, each with its report.
        copies: of those reports; the text that is copied must be among them to be found.
    """
    documents = {document.id: document for _, document in heard}
    of: dict[str, list[Copy]] = {}
    for copy in copies:
        if copy.document_id in documents and copy.of in documents:
            of.setdefault(copy.document_id, []).append(copy)
    return {
        claim.id: _trace(Print(document=document, span=claim.anchor), of, documents)
        for claim, document in heard
    }


def _trace(print_: Print, of: Mapping[str, Sequence[Copy]], documents: Mapping[str, Document]) -> Print:
    seen = {print_.document.id}
    while True:
        for copy in of.get(print_.document.id, ()):
            there = documents[copy.of]
            span = None if there.id in seen else _carry(copy, print_, there)
            if span is not None:
                mainly = print_.mainly and copy.share >= MAINLY
                print_ = Print(document=there, span=span, mainly=mainly)
                seen.add(there.id)
                break
        else:
            return print_


def _carry(copy: Copy, here: Print, there: Document) -> Span | None:
    """Return where the words of a copy stand in the text that it repeats, ``None`` where it does not.

    A passage holds the same words in the same order on both sides, so the n-th word here is the n-th there.
    """
    passage = copy.find(here.span)
    if passage is None:
        return None
    text = here.document.text
    before = len(WORD.findall(text, passage.here.start, here.span.start))
    inside = len(WORD.findall(text, here.span.start, here.span.end))
    words = list(WORD.finditer(there.text, passage.there.start, passage.there.end))[before : before + inside]
    return Span(words[0].start(), words[-1].end()) if words else None
