"""What a page says of itself: structured data, meta elements, and the line that names its writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cairn.documents.page_data import read_data

_TITLE_NAMES = (
    "og:title",
    "headline",
    "title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
)
_OUTLET_NAMES = ("og:site_name", "publisher", "dc.publisher", "dc:publisher", "application-name")
_URL_NAMES = ("og:url", "twitter:url", "parsely-link")
"""Names of meta elements, as trafilatura has them (its metadata, 2.3); of several the first goes first."""

_WEB = re.compile(r"https?://(?:www\.)?([^/\s]+)(?:/\S*)?$", re.IGNORECASE)
_MOST_URL_CHARS = 2_000

_BYLINE_NAMES = {
    "article:author", "author", "authors", "byl", "citation_author", "creator", "dc.creator", "dc:creator",
    "dcterms.creator", "parsely-author", "sailthru.author",
}  # fmt: skip
"""Names of meta elements for the writer, as trafilatura has them (its metadata, 2.3)."""

_BYLINE_CLASSES = ("byline", "by-line", "author", "writer", "story-credit", "createdby", "submitted")
_BY = re.compile(
    r"^(?:(?:written|posted|reported|submitted|compiled|filed|story|text|report)\s+)?(?:by\b|author\b)[:\s]*",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(
    r"\s+(?:on\s+\w+,?\s+\d|\d{1,2}[./ ]|[-|·•]\s*\d|\||published|updated|posted)", re.IGNORECASE
)
"""Where a line about the writer goes on to the date."""

_MOST_BYLINE_CHARS = 120
"""Longest byline: four names with their papers. What is longer is a portrait of the writer."""

_PLACES_SEEN = 20
"""Places of bylines that are looked at: the report's own comes first in the page."""

_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a page says of itself.

    Attributes:
        title: headline; "" for none.
        outlet: who prints it, or the name of the host; "" for neither.
        url: its own address, or the one that was given; "" for none.
        date: of publication in its structured data, as written; "" for none.
        bylines: who wrote it, the surest place first.
        metas: name and content of its meta elements, in their order.
        free: whether it says that anybody may read it; ``None`` when it does not say.
    """

    title: str = ""
    outlet: str = ""
    url: str = ""
    date: str = ""
    bylines: tuple[str, ...] = ()
    metas: tuple[tuple[str, str], ...] = ()
    free: bool | None = None


def read_said(tree: Any, url: str | None) -> Said:
    """Return what a page says of itself.

    Args:
        tree: of the whole page.
        url: where it came from, for pages that do not say.
    """
    scripts = [
        each.text for each in tree.iter("script") if each.text and "ld+json" in (each.get("type") or "")
    ]
    data = read_data(scripts)
    metas = tuple(_metas(tree))
    named = dict(reversed(metas))
    own = _first(named, _URL_NAMES, _WEB) or _canonical(tree) or url or ""
    host = _WEB.match(own)
    bylines = (", ".join(data.authors), *(value for name, value in metas if name in _BYLINE_NAMES))
    return Said(
        title=_first(named, _TITLE_NAMES[:1]) or data.title or _first(named, _TITLE_NAMES) or _heading(tree),
        outlet=_first(named, _OUTLET_NAMES[:1]) or data.outlet or _first(named, _OUTLET_NAMES)
        or (host[1] if host else ""),
        url=own,
        date=data.date,
        bylines=tuple(each for each in map(tidy_byline, bylines) if each),
        metas=metas,
        free=data.free,
    )  # fmt: skip


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        value = meta.get("content")
        if value and not value.isspace():
            get = meta.get
            name = get("name") or get("property") or get("itemprop") or get("http-equiv") or ""
            yield name.lower(), value.strip()


def _first(named: dict[str, str], names: tuple[str, ...], form: re.Pattern[str] | None = None) -> str:
    """Return the first of some meta elements that is there, and of a form."""
    found = (named[name] for name in names if name in named)
    return next((value for value in found if form is None or _is_web(value)), "")


def _is_web(url: str) -> bool:
    return len(url) <= _MOST_URL_CHARS and _WEB.match(url) is not None


def _canonical(tree: Any) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            url = (link.get("href") or "").strip()
            url = f"https:{url}" if url.startswith("//") else url
            if _is_web(url):
                return url
    return ""


def _heading(tree: Any) -> str:
    """Return the only first heading of a page, or its title."""
    headings = [words for each in tree.iter("h1") if (words := " ".join(each.text_content().split()))]
    return headings[0] if len(headings) == 1 else " ".join((tree.findtext(".//title") or "").split())


def shown_bylines(tree: Any) -> Iterator[str]:
    """Yield what stands where a page shows its writer: by microdata, by the link's relation, by class."""
    for element in _byline_places()(tree)[:_PLACES_SEEN]:
        outer = (f"{each.get('class')} {each.get('id')}" for each in element.iterancestors())
        if not any("comment" in each for each in outer):
            yield tidy_byline(element.text_content())


@cache
def _byline_places() -> Any:
    from lxml.etree import XPath

    named = " or ".join(f"contains(@class, '{name}')" for name in _BYLINE_CLASSES)
    return XPath(f"//*[@itemprop='author' or @rel='author' or {named}]")


def tidy_byline(line: str) -> str:
    """Return a byline without "By" and without the date that may follow it; "" for what is none."""
    line = _BY.sub("", " ".join(line.split()))
    if cut := _AFTER_NAMES.search(line):
        line = line[: cut.start()]
    line = line.strip(" ,;:|·•-–—")
    named = sum(character.isalpha() for character in line)
    return line if named > 1 and len(line) <= _MOST_BYLINE_CHARS and not _ADDRESS.search(line) else ""
