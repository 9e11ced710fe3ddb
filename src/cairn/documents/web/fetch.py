"""Fetch one address: politely, patiently, following redirects by hand, and never anywhere it must not go."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from cairn.documents.checks import printable
from cairn.documents.web.addresses import origin_of, parse_address
from cairn.documents.web.ask import NOT_MODIFIED, Given, ask, require_success
from cairn.documents.web.failing import FetchError
from cairn.documents.web.manners import Manners, user_agent
from cairn.documents.web.robots import ask_robots
from cairn.documents.web.transport import Way
from cairn.documents.web.unpack import unpack
from cairn.documents.web.visitor import Host, LeftAloneError, Visitor, turn
from cairn.records import Failure, FailureKind, Headers

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
    "*/*;q=0.5"
)

_SENDABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_CONDITIONS = {"If-None-Match", "If-Modified-Since"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the last answer of an address said, so that the host need not send it again.

    Attributes:
        final_url: where it came from in the end.
        etag: as sent, "" for none.
        last_modified: as sent, "" for none.
    """

    final_url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave.

    Attributes:
        url: as it was asked for.
        final_url: where redirects led to; ``url`` when there were none.
        status: of the last answer.
        at: when it was complete, in UTC.
        body: the bytes as sent.
        content: the bytes unpacked.
        media_type: as the host says, in lower case; "" when it does not.
        charset: as the host says, in lower case; "" when it does not.
        unchanged: whether it is what ``Known`` tells of, and was not sent again.
    """

    url: str
    final_url: str
    status: int
    at: dt.datetime
    body: bytes
    content: bytes
    media_type: str
    charset: str
    request_headers: Headers
    response_headers: Headers
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """An address that was not asked for, because its host is left alone for now: to be tried another time.

    Attributes:
        url: as it was to be asked for.
        host: that is left alone.
        reason: what the host did.
    """

    url: str
    host: str
    reason: str


def fetch(visitor: Visitor, address: str, known: Known | None = None) -> Fetched | Failure | PutOff:
    """Ask for one address.

    Args:
        visitor: who asks; remembers hosts between calls, and may be shared by threads.
        address: as the user or a feed gives it; it is never rewritten.
        known: what its last answer said.

    Returns:
        The answer, or why there is none. Nothing that an address or a host does raises.
    """
    try:
        given = _follow(visitor, address, known)
        content = unpack(given.body, given.header("content-encoding"), visitor.manners.max_bytes)
    except LeftAloneError as left:
        return PutOff(url=address, host=left.host, reason=left.error.reason)
    except FetchError as error:
        return Failure(
            name=address,
            at=visitor.outside.now(),
            kind=error.kind,
            reason=printable(error.reason),
            status=error.status,
        )
    unchanged = given.status == NOT_MODIFIED
    media_type, charset = _content_type(given.header("content-type"))
    asked = parse_address(address)
    return Fetched(
        url=address,
        final_url=address if given.url == asked else str(given.url),
        status=given.status,
        at=given.at,
        body=given.body,
        content=content,
        media_type=media_type,
        charset=charset,
        request_headers=given.request_headers,
        response_headers=given.response_headers,
        unchanged=unchanged,
    )


def _follow(visitor: Visitor, address: str, known: Known | None) -> Given:
    """Return the answer at the end of all redirects.

    Raises:
        FetchError: there is none.
        LeftAloneError: a host on the way is left alone for now.
    """
    url = parse_address(address)
    spent = _Spent(visitor)
    visited: set[tuple[httpx.URL, str]] = set()
    last_host = ""
    with Way(visitor.manners, visitor.outside, visitor.tls, spent.left) as way:
        for _ in range(visitor.manners.redirects + 1):
            # A page that sets a cookie and sends the reader back to itself is no loop; one that sends back
            # a reader who holds the same cookies as before is.
            state = (url, ";".join(sorted(f"{cookie.name}={cookie.value}" for cookie in way.cookies.jar)))
            if state in visited:
                raise FetchError(FailureKind.REDIRECTS, f"leads in a circle, back to {url}")
            visited.add(state)
            with turn(visitor, url.host, further=url.host == last_host) as host:
                given = _ask_patiently(visitor, way, host, url, known, spent)
            last_host = url.host
            led = given.redirect()
            if led is None:
                return given
            url = _step(url, led)
    raise FetchError(
        FailureKind.REDIRECTS, f"leads on more than {visitor.manners.redirects} times, last to {url}"
    )


def _step(url: httpx.URL, led: str) -> httpx.URL:
    """Return where a redirect leads to.

    Raises:
        FetchError: nowhere, or where nothing may be asked.
    """
    try:
        joined = str(url.join(led))
    except httpx.InvalidURL as error:
        raise FetchError(FailureKind.REDIRECTS, "leads on to what is no address") from error
    try:
        return parse_address(joined)
    except FetchError as error:
        raise FetchError(error.kind, f"leads on to what {error.reason}") from error


def _ask_patiently(
    visitor: Visitor, way: Way, host: Host, url: httpx.URL, known: Known | None, spent: _Spent
) -> Given:
    """Ask once, or again after a pause when what went wrong may pass.

    Raises:
        FetchError: as the last attempt had it.
    """
    manners, outside = visitor.manners, visitor.outside
    headers = _headers(manners, url, known)
    for attempt in range(1, manners.attempts + 1):
        try:
            with spent:
                _require_allowed(visitor, way, host, url)
                given = ask(way, url, headers, outside, max_bytes=manners.max_bytes)
                if given.redirect() is None:
                    require_success(given, outside.now())
                if given.status == NOT_MODIFIED and not _CONDITIONS & headers.keys():
                    raise FetchError(FailureKind.BROKEN, "answered that nothing changed, which was not asked")
                return given
        except FetchError as error:
            pause = _pause(manners, error, attempt, f"{url} {outside.now().isoformat()}")
            if attempt == manners.attempts or not error.passing or pause is None or spent.out():
                raise
            outside.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def _require_allowed(visitor: Visitor, way: Way, host: Host, url: httpx.URL) -> None:
    """Raise when the host's robots.txt forbids an address; it is asked for when it is not known or old."""
    origin = origin_of(url)
    robots = host.robots.get(origin)
    if robots is None or robots.until < visitor.outside.tick():
        robots = host.robots[origin] = ask_robots(way, origin, visitor.manners, visitor.outside)
    if not robots.allows(url):
        raise FetchError(
            FailureKind.REFUSED,
            "is forbidden to programs by the host's robots.txt; save the page in a browser and import it",
        )


def _pause(manners: Manners, error: FetchError, attempt: int, seed: str) -> float | None:
    """Return how long to wait before the next attempt, in seconds; ``None`` when that is too long.

    Each pause is twice the one before, from half to one and a half of it: those who failed together do not
    come back together. Chance is taken from the address and the moment, which nobody shares.
    """
    if error.wait_s is not None:
        return error.wait_s if error.wait_s <= manners.longest_wait_s else None
    digest = hashlib.sha256(seed.encode()).digest()
    spread = 0.5 + int.from_bytes(digest[:4]) / 2**32
    return min(manners.backoff_s * float(2 ** (attempt - 1)) * spread, manners.longest_wait_s)


def _headers(manners: Manners, url: httpx.URL, known: Known | None) -> Mapping[str, str]:
    """Return what is sent with a request.

    Answers are asked for unpacked, as other archives do, so that what is kept under their headers is what was
    sent and can be read as it is.
    """
    headers = {
        "User-Agent": user_agent(manners),
        "Accept": _ACCEPT,
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": "identity",
    }
    if known is not None and _is(known.final_url, url):
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        # Hosts send what they like; only what a request may hold is sent back.
        headers |= {name: value for name, value in conditions.items() if value and _SENDABLE.fullmatch(value)}
    return headers


def _is(address: str, url: httpx.URL) -> bool:
    """Say whether an address, as it is written, is the one that is asked for."""
    try:
        return httpx.URL(address) == url
    except httpx.InvalidURL:
        return False


def _content_type(value: str) -> tuple[str, str]:
    """Return media type and charset out of a Content-Type header, in lower case."""
    media_type, _, rest = value.partition(";")
    charset = ""
    for parameter in rest.split(";"):
        name, _, given = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = given.strip().strip("\"'").lower()
    return media_type.strip().lower(), charset


class _Spent:
    """The time that one address has had with its host; pauses are not counted."""

    def __init__(self, visitor: Visitor) -> None:
        self._tick = visitor.outside.tick
        self._total = visitor.manners.total_s
        self._before = 0.0
        self._since: float | None = None

    def __enter__(self) -> None:
        self._since = self._tick()

    def __exit__(self, *_: object) -> None:
        if self._since is not None:
            self._before += self._tick() - self._since
        self._since = None

    def out(self) -> bool:
        """Say whether no time is left."""
        running = 0.0 if self._since is None else self._tick() - self._since
        return self._before + running >= self._total

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            FetchError: none are.
        """
        running = 0.0 if self._since is None else self._tick() - self._since
        left = self._total - self._before - running
        if left <= 0:
            raise FetchError(
                FailureKind.UNREACHABLE,
                f"took longer than {self._total:.0f} s; try again later",
                host_wide=False,
            )
        return left
