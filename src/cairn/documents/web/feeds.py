"""Feeds: RSS and Atom in, the addresses of articles out."""

from __future__ import annotations

import datetime as dt
import io
import re
from calendar import timegm
from dataclasses import dataclass
from typing import Any

import httpx

from cairn.documents.checks import is_printable
from cairn.documents.web.failing import FetchError
from cairn.documents.web.fetch import Fetched
from cairn.records import Failure, FailureKind

MOST_ENTRIES = 500
"""Entries of a feed that are looked at; feeds carry 10 to 100."""

MOST_TAGS = 200_000
"""Tags of a feed that is parsed. A hundred whole articles have 30,000; each costs 40 microseconds."""

_NESTED_ENTITY = re.compile(rb"<!ENTITY[^>]{0,2000}&[A-Za-z]")
"""What bombs are made of. Expat stops them too, but only after eight million characters (bpo-44394)."""

_TAG = re.compile(rb"<\s*([A-Za-z][\w:.-]*)")
_PAGE_TAGS = {b"html", b"head", b"body", b"meta", b"script", b"div"}
"""What a page starts with."""

_FEED_TAGS = {b"rss", b"feed", b"rdf:rdf"}

_START_BYTES = 2000
"""Within which the first tag of a feed stands."""

_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a feed lists.

    Attributes:
        url: as the feed gives it, made absolute, otherwise untouched.
        published: day on which the feed says it was published, in UTC.
    """

    url: str
    published: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed holds.

    Attributes:
        title: what it calls itself.
        entries: in its order, each address once.
    """

    title: str | None
    entries: tuple[Entry, ...]


def is_feed(fetched: Fetched) -> bool:
    """Say whether what an address gave presents itself as a feed."""
    first = _TAG.search(fetched.content[:_START_BYTES])
    return fetched.media_type in _FEED_TYPES or (first is not None and first[1].lower() in _FEED_TAGS)


def read_feed(fetched: Fetched) -> Feed | Failure:
    """Return what a feed holds, or why it is none."""
    try:
        return _read(fetched)
    except FetchError as error:
        return Failure(name=fetched.url, at=fetched.at, kind=error.kind, reason=error.reason)


def _read(fetched: Fetched) -> Feed:
    # feedparser is slow to import, and a run over single addresses does not need it.
    import feedparser

    raw = fetched.content
    if not raw.strip():
        raise FetchError(FailureKind.NO_ARTICLE, "is empty; expected a feed, RSS or Atom")
    first = _TAG.search(raw)
    if first is None:
        raise FetchError(FailureKind.KIND, "is no feed: it has no markup; expected RSS or Atom")
    if first[1].lower() in _PAGE_TAGS:
        raise FetchError(FailureKind.KIND, f"is a web page, no feed{_named_feeds(fetched)}")
    # A stream, as feedparser opens files and addresses that it is given as text. Markup in entries is not
    # cleaned: none of it is used, and cleaning is where hostile feeds cost time.
    if _NESTED_ENTITY.search(raw):
        raise FetchError(FailureKind.BROKEN, "defines entities within entities, which no feed needs")
    if raw.count(b"<") > MOST_TAGS:
        raise FetchError(FailureKind.TOO_LARGE, f"has more than {MOST_TAGS:,} tags; no feed has that many")
    # Told the type of XML whatever the host says: feedparser would read text/xml as ASCII (RFC 3023).
    charset = f"; charset={fetched.charset}" if fetched.charset else ""
    headers = {"content-location": fetched.final_url, "content-type": f"application/xml{charset}"}
    try:
        found = feedparser.parse(
            io.BytesIO(raw),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # Its parsers raise many kinds on hostile markup; one bad feed must not end the round.
        raise FetchError(FailureKind.BROKEN, f"cannot be read as a feed ({type(error).__name__})") from error
    if not found.version and not found.entries:
        fault = getattr(found, "bozo_exception", None)
        told = f" ({' '.join(str(fault).split())[:100]})" if fault else ""
        raise FetchError(FailureKind.KIND, f"is no feed that can be read{told}; expected RSS or Atom")
    entries: dict[str, Entry] = {}
    for item in found.entries[:MOST_ENTRIES]:
        if url := _link(item, fetched.final_url):
            entries.setdefault(url, Entry(url=url, published=_day(item)))
    return Feed(title=_line(found.feed.get("title")), entries=tuple(entries.values()))


def _link(item: Any, base: str) -> str | None:
    """Return the address of an entry, made absolute; ``None`` when it has none."""
    link = item.get("link") or ""
    if not isinstance(link, str) or not link.strip():
        return None
    link = link.strip()
    if re.match(r"https?://", link, re.IGNORECASE):
        return link
    try:
        return str(httpx.URL(base).join(link))
    except httpx.InvalidURL:
        return None


def _day(item: Any) -> dt.date | None:
    """Return the day of publication of an entry."""
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    try:
        return dt.datetime.fromtimestamp(timegm(parsed), dt.UTC).date() if parsed else None
    except (OverflowError, ValueError, OSError, TypeError):
        return None


def _line(value: Any) -> str | None:
    """Return one line of text, or nothing."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if line and is_printable(line) else None


def _named_feeds(fetched: Fetched) -> str:
    """Return the feeds that a page names as its own, for a message."""
    from trafilatura import load_html

    tree = load_html(fetched.content)
    found = []
    for link in [] if tree is None else tree.xpath("//link[@rel='alternate' and @href]"):
        if link.get("type", "").strip().lower() in _FEED_TYPES:
            try:
                found.append(str(httpx.URL(fetched.final_url).join(link.get("href").strip())))
            except httpx.InvalidURL:
                continue
    if not found:
        return "; give the address of an RSS or Atom feed"
    return f"; the page names its feeds: {', '.join(found[:3])}"
