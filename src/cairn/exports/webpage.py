"""Webpage: reports with their claims as one HTML file that needs nothing else.

The page's parts lie in ``page/`` beside this module. Style and script are allowed by their hashes
alone, so nothing that a report says can run, load or restyle anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO
from urllib.parse import urlsplit

from cairn.exports import wording
from cairn.exports.acts import Act, make_acts
from cairn.exports.cards import SLOT_LABELS, Card, make_cards, make_marks
from cairn.exports.segments import Mark, Stretch, cut_paragraphs
from cairn.exports.templates import content_hash, templates
from cairn.records import Claim, Document, Event, Framing

LEGEND = ("speakers", "victims", "place", "time", "perpetrator", "means", "target", "harm")
"""Slots whose tints are explained at the top of the page, in the order in which cards show them."""

Read = tuple[Document, Sequence[Claim], Sequence[Framing], Sequence[Event]]
"""A report with the claims, the loaded wording and the events that were read in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """One report as the template wants it."""

    number: int
    document: Document
    heading: str
    headed: bool
    published: str
    link: str | None
    paragraphs: tuple[tuple[Stretch, ...], ...]
    cards: tuple[Card, ...]
    acts: tuple[Act, ...]


def page(
    document: Document,
    claims: Sequence[Claim],
    framing: Sequence[Framing] = (),
    events: Sequence[Event] = (),
) -> str:
    """Return one report with its claims, its loaded wording and its events as a whole HTML page.

    Raises:
        GroundingError: when a claim points past the end of the text.
    """
    return "".join(_pieces([(document, claims, framing, events)]))


def write_page(read: Iterable[Read], stream: TextIO) -> None:
    """Write reports with their claims as one HTML page, with a list of contents when there are several.

    Args:
        read: reports with what was read in them, in the order in which they are to be shown.
        stream: open for text; UTF-8 is expected, as the page says of itself.

    Raises:
        GroundingError: when a claim points past the end of its text.
    """
    for piece in _pieces(read):
        stream.write(piece)


def _pieces(read: Iterable[Read]) -> Iterable[str]:
    reports = [_report(number, *each) for number, each in enumerate(read, start=1)]
    return (
        templates()
        .get_template("page.html")
        .generate(
            reports=reports,
            claim_total=sum(len(report.cards) for report in reports),
            legend=[(slot, SLOT_LABELS[slot]) for slot in LEGEND],
            style_hash=content_hash("page.css"),
            script_hash=content_hash("page.js"),
        )
    )


def _report(
    number: int,
    document: Document,
    claims: Sequence[Claim],
    framing: Sequence[Framing],
    events: Sequence[Event],
) -> _Report:
    cards = make_cards(number, claims)
    loaded = [Mark(span=each.span, claim="", slot="framing", note=wording.loaded(each)) for each in framing]
    paragraphs = cut_paragraphs(document.text, (*make_marks(cards), *loaded))
    opening = "".join(segment.text for stretch in paragraphs[0] for segment in stretch.segments).strip()
    return _Report(
        number=number,
        document=document,
        heading=document.title or document.id,
        headed=document.title is not None and opening == document.title.strip(),
        published=wording.date(document.published) if document.published else "",
        link=safe_link(document.url),
        paragraphs=paragraphs,
        cards=cards,
        acts=make_acts(document.text, events),
    )


def safe_link(url: str | None) -> str | None:
    """Return the address when a browser may follow it: ``javascript:`` and its like stay plain text."""
    if url is None:
        return None
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in ("http", "https") else None
