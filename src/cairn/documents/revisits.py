"""When an article is visited again: soon after it came out, then less and less often, then no more.

Figures of harm change most in the hours and days after an attack: the injured die, bodies are found, counts
are taken back. Outlets write the new figure over the old one at the same address. Each pause is as long as
the article was old at the last visit, so that an edit is seen at the latest when the article is twice as old
as when it was edited. That takes nine visits after the first: at 1, 2, 4, 8, 16, 32 and 64 hours, and after 5
and 11 days.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from cairn.records import Failure, FailureKind

FIRST_PAUSE = dt.timedelta(hours=1)
"""Pause after the first visit, and the shortest of all."""

LAST_AGE = dt.timedelta(days=7)
"""Age at the last visit from which no further one is made; the last pause is as long as the age before it."""

WATCHED = 2 * LAST_AGE
"""How old an article is at most that is visited again, however long nobody was there to do it."""

EARLY = dt.timedelta(minutes=5)
"""How much before its time a visit is made: rounds do not come to the minute, and the next is far."""

AFTER_FAILURE = dt.timedelta(days=1)
"""Pause after a failure that is not likely to pass: a page that is gone, forbidden or no article."""

_DAY = dt.timedelta(days=1)

_PASSING_STATUS = frozenset({408, 425, 429})

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid?|at_(?:medium|campaign\w*)|"
    r"ns_(?:mchannel|source|campaign|linkname|fee)|cmpid|ocid|smid|traffic_source",
    re.IGNORECASE,
)
"""Parameters by which outlets count where readers come from; they never change what is shown."""


def is_due(*, first: dt.datetime, last: dt.datetime, published: dt.date | None, now: dt.datetime) -> bool:
    """Say whether an article is to be visited again.

    Args:
        first: when it was captured first.
        last: when it was last visited.
        published: day on which it says it was published.
        now: the moment.
    """
    born = min(first, _end_of(published) or first)
    age = last - born
    return age < LAST_AGE and now - born <= WATCHED and now - last >= max(FIRST_PAUSE, age) - EARLY


def may_be_due(*, began: dt.datetime, last: dt.datetime, now: dt.datetime) -> bool:
    """Say whether an article may be due, when it is known only that it was captured before ``began``.

    Quick to ask: most articles of an archive are told apart without a look at their captures.
    """
    return now - began <= WATCHED and now - last >= max(FIRST_PAUSE, last - began) - EARLY


def may_retry(failure: Failure, now: dt.datetime) -> bool:
    """Say whether an address that failed is to be asked again."""
    return may_pass(failure) or now - failure.at >= AFTER_FAILURE


def may_pass(failure: Failure) -> bool:
    """Say whether what went wrong is likely to have passed soon, as it says nothing about the page."""
    if failure.kind is FailureKind.UNREACHABLE:
        return True
    status = failure.status
    return status is not None and (status >= 500 or status in _PASSING_STATUS)


def same_article(url: str) -> str:
    """Return what the addresses of one article have in common: all but protocol, tracking and place in it.

    Used to compare, never to ask: an address is fetched as it was given.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([pair for pair in query if not _TRACKING.fullmatch(pair[0])])
    return f"{parts.netloc.lower()}{parts.path or '/'}?{kept}"


def _end_of(published: dt.date | None) -> dt.datetime | None:
    """Return the end of a day: the latest moment at which something of that day can have come out."""
    if published is None:
        return None
    return dt.datetime.combine(published, dt.time(), dt.UTC) + _DAY
