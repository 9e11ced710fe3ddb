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
from cairn.exports.cards import SLOT_LABELS, Card, make_cards, make_marks
from cairn.exports.segments import Stretch, cut_paragraphs
from cairn.exports.templates import content_hash, templates
from cairn.records import Claim, Document

LEGEND = ("speakers", "victims", "place", "time", "perpetrator", "means", "target", "harm")
"""Slots whose tints are explained at the top of the page, in the order in which cards show them."""


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


def page(document: Document, claims: Sequence[Claim]) -> str:
    """Return one report and its claims as a whole HTML page.

    Raises:
        GroundingError: when a claim points past the end of the text.
    """
    return "".join(_pieces([(document, claims)]))


def write_page(read: Iterable[tuple[Document, Sequence[Claim]]], stream: TextIO) -> None:
    """Write reports with their claims as one HTML page, with a list of contents when there are several.

    Args:
        read: reports, each with the claims read in it, in the order in which they are to be shown.
        stream: open for text; UTF-8 is expected, as the page says of itself.

    Raises:
        GroundingError: when a claim points past the end of its text.
    """
    for piece in _pieces(read):
        stream.write(piece)


def _pieces(read: Iterable[tuple[Document, Sequence[Claim]]]) -> Iterable[str]:
    reports = [_report(number, *pair) for number, pair in enumerate(read, start=1)]
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


def _report(number: int, document: Document, claims: Sequence[Claim]) -> _Report:
    cards = make_cards(number, claims)
    paragraphs = cut_paragraphs(document.text, make_marks(cards))
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
