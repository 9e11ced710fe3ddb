"""On which day a page was published: by its structured data, its meta elements, its address, or its words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from cairn.documents.page_said import Said
from cairn.documents.page_text import is_dated
from cairn.records import DateBasis

_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")

_MODIFIED = re.compile(r"modif|updat|last|revis|utime|copyright|expir|moddate", re.IGNORECASE)
"""In the names of meta elements: when a page was changed, or whose it is, not when it came out."""

_PLAIN_NAMES = {
    "article:published_time",
    "date",
    "datepublished",
    "pubdate",
    "dc.date.issued",
    "parsely-pub-date",
}
"""Names of meta elements that say when a page came out, and nothing else."""

_PUBLISHED_NAMES = {"datecreated", "dc:date", "dc:date dc:created", "pubdate"}
"""Names that microdata and RDFa in a page's body give to the day of publication, beside "datePublished"."""

_DIGITS = re.compile(r"\d{4}")

_CHANGED = re.compile(r"updat|modif|edited|revis", re.IGNORECASE)
"""In the words of a page: when it was changed."""

_PICTURE = re.compile(r"image|video|audio|thumbnail", re.IGNORECASE)

_EARLIEST = dt.date(1995, 1, 1)
"""htmldate's own bound: hardly a newspaper was on the web before."""

_MARKED_PUBLISHED = re.compile(r"(?:^|\s)(?:dt-)?published(?:\s|$)|(?:^|\s)entry-date(?:\s|$)")
"""Classes of the microformats h-entry and hAtom for the moment of publication."""

_BASES = {
    DateBasis.JSON_LD: "structured data",
    DateBasis.META: "metadata",
    DateBasis.URL: "address",
    DateBasis.TEXT: "words",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A publication day with its basis, and notes on how it was read and what speaks against it."""

    day: dt.date | None = None
    basis: DateBasis | None = None
    notes: tuple[str, ...] = ()


def find_day(tree: Any, *, said: Said, urls: tuple[str, ...], latest: dt.date | None) -> Dated:
    """Return the day on which a page was published, by what it tells programs.

    Args:
        tree: of the whole page.
        said: what it says of itself.
        urls: addresses of the page: the first that carries a date counts.
        latest: day on which the page was captured; a later one is not believed.
    """
    last = _last(latest)
    found = {
        DateBasis.JSON_LD: _read_date(said.date, last),
        DateBasis.META: _meta_date(tree, said, last),
        DateBasis.URL: _url_date(urls, last),
    }
    told = [(basis, day) for basis, day in found.items() if day]
    if not told:
        return Dated()
    basis, day = told[0]
    notes = [f"publication date read from the page's {_BASES[basis]}"]
    notes += [
        f"publication date in doubt: the page's {_BASES[other]} says {otherwise}, {_BASES[basis]} {day}"
        for other, otherwise in told[1:]
        if otherwise != day
    ]
    return Dated(day=day, basis=basis, notes=tuple(notes))


def guess_day(tree: Any, *, above: tuple[str, ...], latest: dt.date | None) -> Dated:
    """Return the day on which a page was published, by its words.

    Args:
        tree: of the page, without its furniture: "more on this story" is full of other days; ``None`` for a
            text that is no page.
        above: lines above the article, where pages say when it came out.
        latest: as for ``find_day``.
    """
    last = _last(latest)
    lines = [line for line in above if is_dated(line)]
    lines.sort(
        key=lambda line: bool(_CHANGED.search(line))
    )  # the sort is stable: first in the page, first here
    days = (_read_date(line, last) for line in lines)
    day = next((each for each in days if each), None) or (None if tree is None else _find(tree, last))
    note = "publication date guessed from the words of the page, as its metadata has none"
    return Dated(day=day, basis=DateBasis.TEXT, notes=(note,)) if day else Dated()


def _last(latest: dt.date | None) -> dt.date | None:
    """Return the last day that is believed: the clock may be ahead where the page was written."""
    return latest + dt.timedelta(days=1) if latest else None


def _read_date(written: str, last: dt.date | None) -> dt.date | None:
    """Return the day that a value of structured data names, in any of the ways that pages write dates."""
    if not written:
        return None
    if match := _ISO.match(written):
        try:
            day = dt.date.fromisoformat(match[1])
        except ValueError:
            return None
        return day if _EARLIEST <= day <= (last or dt.date.max) else None
    return _find(_page_of([("date", written)]), last)


def _meta_date(tree: Any, said: Said, last: dt.date | None) -> dt.date | None:
    """Return the day in the elements that are there to be read by programs."""
    marks = [(name, value) for name, value in said.metas if _may_be_day(name, value)]
    if marks and marks[0][0] in _PLAIN_NAMES and _ISO.match(marks[0][1]):
        return _read_date(marks[0][1], last)  # nearly always; htmldate comes to the same, far slower
    marks += _marks_in_body(tree)
    return _find(_page_of(marks), last) if marks else None


def _may_be_day(name: str, value: str) -> bool:
    return bool(_DIGITS.search(value)) and not (_MODIFIED.search(name) or _PICTURE.search(name))


def _marks_in_body(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield what is marked as the day of publication in the body, by microdata, RDFa or microformats."""
    for element in _marks()(tree):
        name = element.get("itemprop") or element.get("property") or ""
        value = element.get("content") or element.get("datetime") or ""
        if "published" in name.lower() or name.lower() in _PUBLISHED_NAMES:
            yield "date", value or element.text_content()
        elif element.get("pubdate") is not None or _MARKED_PUBLISHED.search(element.get("class") or ""):
            yield "date", value or element.get("title") or ""


@cache
def _marks() -> Any:
    from lxml.etree import XPath

    return XPath("//time | //abbr[@title] | //span[@property or @itemprop]")


def _url_date(urls: tuple[str, ...], last: dt.date | None) -> dt.date | None:
    dated = [url for url in urls if _DIGITS.search(url)]
    empty = _page_of([]) if dated else None
    return next((day for url in dated if (day := _find(empty, last, url=url))), None)


def _find(tree: Any, last: dt.date | None, *, url: str | None = None) -> dt.date | None:
    """Return the day that htmldate finds."""
    from htmldate import find_date

    found = find_date(
        tree, original_date=True, extensive_search=False, deferred_url_extractor=True, url=url or "",
        max_date=last.isoformat() if last else None,
    )  # fmt: skip
    return dt.date.fromisoformat(found) if found else None


def _page_of(marks: list[tuple[str, str]]) -> Any:
    """Return the tree of a page with these meta elements and nothing else.

    A tree keeps htmldate off the network, where a page that is nothing but an address would lead it.
    """
    from trafilatura import load_html

    metas = "".join(
        f'<meta name="{escape(name[:80])}" content="{escape(value[:80])}">' for name, value in marks
    )
    return load_html(f"<html><head>{metas}</head><body><p></p></body></html>")
