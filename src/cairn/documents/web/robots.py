"""robots.txt: what a host asks programs to leave alone (RFC 9309).

Protego reads it, as it does for Scrapy: the standard library's parser knows neither ``*`` nor ``$`` in paths
nor that the longest rule wins, and would fetch what hosts forbid with them.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from protego import Protego

from cairn.documents.web.addresses import parse_address
from cairn.documents.web.ask import Given, ask
from cairn.documents.web.failing import FetchError
from cairn.documents.web.manners import PRODUCT, Manners, Outside, user_agent
from cairn.documents.web.transport import Way
from cairn.documents.web.unpack import unpack
from cairn.records import FailureKind

MAX_ROBOTS_BYTES = 512_000
"""How much of a robots.txt is read; what comes after is as if it were not there (RFC 9309, section 2.5)."""

FRESH_S = 24 * 3600.0
"""How long a robots.txt is believed without asking again, in seconds (RFC 9309, section 2.4)."""

_REDIRECTS = 5
"""How many redirects lead to a robots.txt (RFC 9309, section 2.3.1.2)."""

_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What one origin asks of programs.

    Attributes:
        rules: as its robots.txt gives them; ``None`` for none at all.
        until: when to ask again, by the clock that only goes forward.
    """

    rules: Protego | None
    until: float

    def allows(self, url: httpx.URL) -> bool:
        """Say whether an address may be asked for."""
        return self.rules is None or bool(self.rules.can_fetch(str(url), PRODUCT))

    def delay_s(self) -> float:
        """Return the pause between two visits that is asked for, in seconds; 0 when none is."""
        return 0.0 if self.rules is None else float(self.rules.crawl_delay(PRODUCT) or 0.0)


def ask_robots(way: Way, origin: str, manners: Manners, outside: Outside) -> Robots:
    """Ask an origin what it wants left alone.

    Raises:
        FetchError: the host cannot be reached, or its robots.txt cannot be had: then nothing may be asked.
    """
    given = _follow(way, origin, manners, outside)
    until = outside.tick() + FRESH_S
    if given is None or (300 <= given.status < 500 and given.status != _TOO_MANY_REQUESTS):
        return Robots(rules=None, until=until)
    if given.status >= 300:
        # The last of its rules may forbid what we are about to ask for; RFC 9309, section 2.3.1.4.
        raise FetchError(
            FailureKind.REFUSED,
            f"is not asked for now: the host's robots.txt answered {given.status}; try again later",
            status=given.status,
            host_wide=True,
        )
    body = unpack(given.body, given.header("content-encoding"), MAX_ROBOTS_BYTES)
    return Robots(rules=Protego.parse(body.decode("utf-8-sig", "replace")), until=until)


def _follow(way: Way, origin: str, manners: Manners, outside: Outside) -> Given | None:
    """Return the answer at the end of the redirects; ``None`` when they never end or lead nowhere."""
    headers = {
        "User-Agent": user_agent(manners),
        "Accept": "text/plain, */*;q=0.1",
        "Accept-Encoding": "identity",
    }
    url = first = httpx.URL(origin).join("/robots.txt")
    for _ in range(_REDIRECTS + 1):
        try:
            given = ask(way, url, headers, outside, max_bytes=MAX_ROBOTS_BYTES, cut=True)
        except FetchError as error:
            if url == first:
                raise  # the host itself cannot be reached
            reason = f"is not asked for: the host's robots.txt leads elsewhere, and that {error.reason}"
            raise FetchError(FailureKind.REFUSED, reason, host_wide=True) from error
        led = given.redirect()
        if led is None:
            return given
        try:
            url = parse_address(str(url.join(led)))
        except (FetchError, httpx.InvalidURL):
            return None
    return None
