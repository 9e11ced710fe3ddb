"""Web pages: the article, its title, its outlet, its writer and its date, out of the furniture around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cairn.documents.checks import is_printable, require_usable
from cairn.documents.describe import describe
from cairn.documents.page_dates import Dated, find_day, guess_day
from cairn.documents.page_furniture import drop_furniture
from cairn.documents.page_markup import decode_page, parse_page
from cairn.documents.page_names import find_owners, name_page
from cairn.documents.page_said import Said, read_said, shown_bylines, tidy_byline
from cairn.documents.page_text import is_byline, lines_above, take_text, trim
from cairn.documents.walls import Shown, require_article
from cairn.errors import DocumentError
from cairn.records import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """What was taken out of a page."""

    text: str = ""
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    dated: Dated
    shown: Shown


def read_page(
    raw: bytes,
    *,
    document_id: str,
    guess_date: bool = True,
    charset: str | None = None,
    url: str | None = None,
    latest: dt.date | None = None,
) -> Document:
    """Return the article in a web page, whatever language it is in.

    Args:
        raw: the whole page, unpacked.
        document_id: id of the document.
        guess_date: look for a date in the words of the page when nothing else carries one.
        charset: the encoding that the server names.
        url: where the page came from; its own word on that goes before, when it has one.
        latest: day of the capture: no later day of publication is believed.

    Raises:
        NoArticleError: no article: an empty page, a page that asks for consent, for money or for patience.
        DocumentError: no text, or markup that cannot be taken apart; reason as a predicate.
    """
    markup, notes = decode_page(raw, charset)
    try:
        taken = _take(markup, guess_date=guess_date, url=url, latest=latest)
    except DocumentError:
        raise
    except Exception as error:
        # The parsers raise many kinds on hostile markup; one bad page must not end the run.
        kind = type(error).__name__
        raise DocumentError(f"cannot be taken apart as HTML ({kind}); save its text as .txt") from error
    doubts = require_article(taken.text, taken.shown)
    require_usable(taken.text)
    return describe(
        Document(
            id=document_id,
            text=taken.text,
            published=taken.dated.day,
            basis=taken.dated.basis,
            title=taken.title,
            outlet=taken.outlet,
            byline=taken.byline,
            url=taken.url,
            notes=(*notes, *taken.dated.notes, *doubts),
        )
    )


def _take(markup: str, *, guess_date: bool, url: str | None, latest: dt.date | None) -> _Taken:
    """Take a page apart."""
    tree = parse_page(markup)
    if tree is None:
        return _Taken(dated=Dated(), shown=Shown())
    said = read_said(tree, url)
    urls = tuple(dict.fromkeys(each for each in (said.url, url) if each))
    dated = find_day(tree, said=said, urls=urls, latest=latest)
    head, owners = " ".join((tree.findtext(".//title") or "").split()), find_owners(markup)
    drop_furniture(tree, urls)
    text = take_text(tree)
    above = lines_above(tree, text) if text else ()
    if dated.day is None and guess_date:
        dated = guess_day(tree, above=above, latest=latest)
    title, outlet = name_page(said.title, said.outlet, head=head, owners=owners, above=above)
    byline = _find_byline(tree, said, above, outlet)
    return _Taken(
        text=trim(text, title=title, byline=byline),
        title=_label(title),
        outlet=_label(outlet),
        byline=byline,
        url=_label(said.url),
        dated=dated,
        shown=Shown(title=head, words=tree.text_content(), free=said.free),
    )


def _find_byline(tree: Any, said: Said, above: tuple[str, ...], outlet: str | None) -> str | None:
    """Return who wrote it; an outlet that names itself names nobody."""
    own = (outlet or "").casefold()
    lines = (tidy_byline(line) for line in above if is_byline(line))
    bylines = chain(said.bylines, shown_bylines(tree), lines)
    return next((_label(each) for each in bylines if each and each.casefold() != own), None)


def _label(value: str | None) -> str | None:
    """Return one line of text about the page, or nothing."""
    line = " ".join((value or "").split())
    return line if line and is_printable(line) else None
