"""Watch feeds: in each round every feed is read, and each article that is new or due is captured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from cairn.documents.archive import Archive
from cairn.documents.capturing import Captured, Given, Looked, keep, known_of, record
from cairn.documents.revisits import WATCHED, is_due, may_be_due, may_pass, may_retry, same_article
from cairn.documents.web import (
    Entry,
    Feed,
    Fetched,
    Listed,
    PutOff,
    Visitor,
    Wanted,
    fetch_many,
    is_own_request,
    read_feed,
)
from cairn.lexicon import Lexicon
from cairn.records import DateBasis, Failure, Version

MOST_WHOLE = 1000
"""Articles of a round that are held whole in memory; of more the archive alone has all the text."""
_START_CHARS = 200

Told = Callable[[], None]
"""Called after each address, for whoever shows how far the work is."""


@dataclass(slots=True)
class Round:
    """What a round has come to so far. It is filled as it goes, so that an interrupted one can be told.

    Attributes:
        feeds: what came of each feed, by its place in the list.
        articles: what came of each article, by its place in the round.
        expected: articles that are to be fetched.
        waiting: articles that are known and not due.
    """

    feeds: dict[int, Feed | Failure | PutOff] = field(default_factory=dict)
    articles: dict[int, Looked] = field(default_factory=dict)
    expected: int = 0
    waiting: int = 0


def capture_addresses(
    found: Round,
    archive: Archive,
    visitor: Visitor,
    addresses: Sequence[str],
    lexicon: Lexicon,
    *,
    listed: Sequence[str] = (),
    outlet: str | None = None,
    told: Told = lambda: None,
) -> None:
    """Capture the articles at some addresses, each once.

    Args:
        found: filled with what came of them.
        archive: they are recorded in, one by one.
        visitor: who asks.
        addresses: as the user gives them.
        lexicon: tells figures in versions that changed.
        listed: further addresses, out of a list: those that were captured before, or failed today, are passed
            over, so that a long list that was cut off goes on where it was.
        outlet: who prints them.
        told: called after each.
    """
    standing = _standing(archive)
    now = visitor.outside.now()
    chosen = dict.fromkeys(addresses)
    for url in listed:
        failure = standing.get(url)
        if may_retry(failure, now) if failure else next(archive.captures(url), None) is None:
            chosen.setdefault(url)
        else:
            found.waiting += 1
    wanted = [(_wanted(archive, url, standing), Given(outlet=outlet)) for url in chosen]
    _capture(found, archive, visitor, wanted, lexicon, told)


def watch_round(
    found: Round,
    archive: Archive,
    visitor: Visitor,
    feeds: Sequence[Listed],
    lexicon: Lexicon,
    *,
    everything: bool = False,
    told: Told = lambda: None,
) -> None:
    """Read feeds once; capture what they list and what else of this archive is due.

    Args:
        found: filled with what came of them.
        archive: they are recorded in, one by one: a run that is cut off loses nothing, and the next goes on.
        visitor: who asks.
        feeds: in the order of the list.
        lexicon: tells figures in versions that changed.
        everything: visit what is watched whether it is due or not.
        told: called after each feed and each article.
    """
    standing = _standing(archive)
    wanted = [_wanted(archive, each.url, standing) for each in feeds]
    for place, result in fetch_many(visitor, wanted):
        found.feeds[place] = _record_feed(archive, result)
        told()
    listed = [
        (entry, Given(outlet=feeds[place].outlet, feed=feed.title, published=entry.published))
        for place, feed in sorted(found.feeds.items())
        if isinstance(feed, Feed)
        for entry in feed.entries
    ]
    chosen = _choose(found, archive, listed, visitor.outside.now(), standing, everything=everything)
    _capture(found, archive, visitor, chosen, lexicon, told)


def _capture(
    found: Round,
    archive: Archive,
    visitor: Visitor,
    wanted: Sequence[tuple[Wanted, Given]],
    lexicon: Lexicon,
    told: Told,
) -> None:
    """Fetch and record articles; several hosts at once, recorded in the order in which they come."""
    found.expected = len(wanted)
    for place, result in fetch_many(visitor, [each for each, _ in wanted]):
        looked = record(archive, result, wanted[place][1], lexicon)
        if isinstance(looked, Captured) and len(found.articles) >= MOST_WHOLE:
            start = looked.document.text[:_START_CHARS]
            looked = replace(looked, document=replace(looked.document, text=start, credits=()))
        found.articles[place] = looked
        told()


def _record_feed(archive: Archive, result: Fetched | Failure | PutOff) -> Feed | Failure | PutOff:
    """Record what a feed gave, and return what is in it.

    Its bytes are kept before any of its articles is asked for: when the run is cut off, the next round is
    told by the host that nothing changed, and finds in the archive what was still to be done.
    """
    if isinstance(result, PutOff):
        return result
    if isinstance(result, Failure):
        archive.fail(result)
        return result
    last = archive.last_answer(result.url) if result.unchanged else None
    if last is not None:
        archive.confirm(result.url, result.at)
        return read_feed(replace(result, content=archive.body(last.body)))
    feed = read_feed(result)
    keep(archive, result, None)
    if isinstance(feed, Failure):
        archive.fail(feed)
    return feed


def _choose(
    found: Round,
    archive: Archive,
    listed: Sequence[tuple[Entry, Given]],
    now: dt.datetime,
    standing: dict[str, Failure],
    *,
    everything: bool,
) -> list[tuple[Wanted, Given]]:
    """Return the articles to fetch, those that feeds list first; count those that have to wait."""
    watched = _watched(archive, now)
    chosen: list[tuple[Wanted, Given]] = []
    taken: set[str] = set()

    def choose(url: str, given: Given, *, wanted: bool) -> None:
        if wanted:
            chosen.append((_wanted(archive, url, standing), given))
        else:
            found.waiting += 1

    for entry, given in listed:
        key = same_article(entry.url)
        if key in taken:
            continue
        taken.add(key)
        version = watched.get(key)
        if version is not None:
            # Under the address that it was captured at first, whatever tracking the feed adds this time.
            due = _is_due(archive, version, standing.get(version.url), now)
            choose(version.url, given, wanted=everything or due)
        elif failure := standing.get(entry.url):
            choose(entry.url, given, wanted=everything or may_retry(failure, now))
        else:
            choose(entry.url, given, wanted=next(archive.captures(entry.url), None) is None)
    for key, other in watched.items():
        # No feed lists it any more, or it was fetched by hand.
        if key not in taken and _is_ours(archive, other):
            due = _is_due(archive, other, standing.get(other.url), now)
            choose(other.url, _given_before(archive, other), wanted=everything or due)
    return chosen


def _watched(archive: Archive, now: dt.datetime) -> dict[str, Version]:
    """Return the latest version of each article that may still be due, by what its addresses share."""
    watched: dict[str, Version] = {}
    for version in archive.latest():
        if now - version.captured_at > WATCHED:
            break  # the newest come first
        watched.setdefault(same_article(version.url), version)
    return watched


def _wanted(archive: Archive, url: str, standing: dict[str, Failure]) -> Wanted:
    """Return an address to ask for with what is known of it."""
    return Wanted(url=url, known=known_of(archive, url, standing.get(url)))


def _is_due(archive: Archive, version: Version, failure: Failure | None, now: dt.datetime) -> bool:
    """Say whether an article is to be visited again."""
    last = version.seen_at
    if failure is not None and not may_pass(failure):
        last = max(last, failure.at)
    if not may_be_due(began=version.captured_at, last=last, now=now):
        return False
    first = next(archive.captures(version.url)).captured_at
    return is_due(first=first, last=last, published=archive.document(version).published, now=now)


def _is_ours(archive: Archive, version: Version) -> bool:
    """Say whether an article was fetched by us: imports may hold more than anyone would watch."""
    return is_own_request(archive.capture(version.capture).request_headers)


def _given_before(archive: Archive, version: Version) -> Given:
    """Return what list and feed said of an article when it was captured last."""
    document = archive.document(version)
    published = document.published if document.basis is DateBasis.GIVEN else None
    return Given(outlet=document.outlet, published=published)


def _standing(archive: Archive) -> dict[str, Failure]:
    """Return the last failure of each address that was not captured since."""
    return {failure.name: failure for failure in archive.failures(standing=True)}
