"""Trace words back: from a copy to the text that it repeats, and on to the first that has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cairn.documents.copies.words import WORD
from cairn.records import Copy, Span


def find_repeated(copy: Copy, span: Span, here: str, there: str) -> Span | None:
    """Return where the words of ``span`` stand in the text that is repeated.

    Args:
        copy: of two documents.
        span: in the copy's text.
        here: the copy's text.
        there: the text that it repeats.

    Returns:
        ``None`` when not all of its words are repeated, or when it holds no word.
    """
    passage = copy.find(span)
    if passage is None:
        return None
    words = [match.span() for match in WORD.finditer(here, passage.here.start, passage.here.end)]
    places = [place for place, (start, end) in enumerate(words) if start < span.end and span.start < end]
    if not places:
        return None
    others = [match.span() for match in WORD.finditer(there, passage.there.start, passage.there.end)]
    return Span(others[places[0]][0], others[places[-1]][1])


def find_origin(
    document_id: str, span: Span, copies: Mapping[str, Sequence[Copy]], texts: Mapping[str, str]
) -> tuple[str, Span]:
    """Return the first document that has the words of a span, and where.

    Two claims whose words have one origin are one claim told twice.

    Args:
        document_id: the document that the span is read in.
        span: of the claim's words; the shorter, the better it can be traced through an edited copy.
        copies: by the id of the document that repeats.
        texts: by document id, of every document in ``copies``.

    Returns:
        The document and span themselves when nothing earlier has the words.
    """
    seen = {document_id}
    while True:
        for copy in copies.get(document_id, ()):
            found = (
                find_repeated(copy, span, texts[document_id], texts[copy.of]) if copy.of not in seen else None
            )
            if found is not None:
                document_id, span = copy.of, found
                seen.add(document_id)
                break
        else:
            return document_id, span
