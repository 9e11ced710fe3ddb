"""Saved web pages: the article, its title, its outlet and its date, out of the furniture around it."""

from __future__ import annotations

import datetime as dt
import re
from copy import deepcopy
from typing import Any

from cairn.documents.checks import is_printable, require_usable
from cairn.documents.decoding import decode
from cairn.errors import DocumentError
from cairn.records import Document

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_DECLARED_WITHIN_BYTES = 1024
"""Where a page has to say its encoding (HTML standard, section 4.2.5.4)."""

_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")

_WESTERN = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
"""Labels that pages put on text which is windows-1252; browsers read it so (WHATWG Encoding, 4.2)."""


def read_page(raw: bytes, *, document_id: str, guess_date: bool) -> Document:
    """Return the article in a web page.

    Args:
        raw: the whole file.
        document_id: id of the document.
        guess_date: look for a date in the words of the page when its metadata has none.

    Raises:
        DocumentError: no text, no article, or not English; reason as a predicate.
    """
    match = _DECLARED.search(raw[:_DECLARED_WITHIN_BYTES])
    declared = match[1].decode("ascii").lower() if match else None
    markup, notes = decode(raw, declared="windows-1252" if declared in _WESTERN else declared)
    # Bytes are text by now: a declaration left in place would have them decoded once more.
    markup = _XML_DECLARATION.sub("", markup, count=1)
    try:
        text, labels, date, basis = _extract(markup, guess_date=guess_date)
    except Exception as error:
        # The parsers raise many kinds on hostile markup; one bad page must not end the run.
        kind = type(error).__name__
        raise DocumentError(f"cannot be taken apart as HTML ({kind}); save its text as .txt") from error
    if not text.strip():
        raise DocumentError("holds no article that could be found; save its text as .txt")
    require_usable(text)
    return Document(
        id=document_id,
        text=text,
        published=date,
        notes=(*notes, f"publication date {basis}") if date else notes,
        **labels,
    )


def _extract(markup: str, *, guess_date: bool) -> tuple[str, dict[str, str | None], dt.date | None, str]:
    """Return the article's text, its labels, its date and where the date was read."""
    # Slow to import, and a run over plain text needs neither.
    from trafilatura import bare_extraction, extract_metadata, load_html

    tree = load_html(markup)
    if tree is None:
        return "", {}, None, ""
    # htmldate follows a page that is nothing but an address; a parsed tree keeps it off the network.
    metadata = extract_metadata(deepcopy(tree), date_config={"extensive_search": False})
    date, basis = _find_date(tree, url=metadata.url, guess=guess_date)
    article = bare_extraction(deepcopy(tree), include_comments=False)
    labels = {
        "title": _label(metadata.title),
        "outlet": _label(metadata.sitename),
        "url": _label(metadata.url),
    }
    return getattr(article, "text", None) or "", labels, date, basis


def _find_date(tree: Any, *, url: str | None, guess: bool) -> tuple[dt.date | None, str]:
    """Return the day of publication and where it stands: metadata first, words of the page last."""
    from htmldate import find_date

    options: dict[str, Any] = {
        "original_date": True,
        "extensive_search": False,
        "deferred_url_extractor": True,
        "url": url,
    }
    if found := find_date(_head_only(tree), **options):
        return dt.date.fromisoformat(found), "read from the page's metadata or address"
    if guess and (found := find_date(deepcopy(tree), **options)):
        return dt.date.fromisoformat(found), "guessed from the words of the page, as its metadata has none"
    return None, ""


def _head_only(tree: Any) -> Any:
    """Return a page of metadata alone: no title, no pictures' addresses, no scripts, whose dates mislead."""
    from trafilatura import load_html

    head_only: Any = load_html("<html><head></head><body></body></html>")
    kept = tree.xpath(
        "//meta[not(contains(@property, 'image') or contains(@name, 'image'))]"
        " | //link[@rel='canonical'] | //script[@type='application/ld+json']"
    )
    for element in kept:
        alone = deepcopy(element)
        alone.tail = None  # the words that follow an element travel with it
        head_only.find("head").append(alone)
    return head_only


def _label(value: str | None) -> str | None:
    """Return one line of text about the page, or nothing."""
    line = " ".join((value or "").split())
    return line if line and is_printable(line) else None
