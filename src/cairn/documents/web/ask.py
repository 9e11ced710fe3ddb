"""One request and its answer: bounded in time and size, and every way to fail told in one line."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from cairn.documents.web.failing import FetchError
from cairn.documents.web.manners import Outside
from cairn.documents.web.transport import Way
from cairn.records import FailureKind, Headers

NOT_MODIFIED = 304
_TOO_MANY, _GONE_ASIDE = 429, 503
_PASSING = frozenset({408, 425, _TOO_MANY, 500, 502, _GONE_ASIDE, 504})
"""Statuses after which the same request may succeed a little later (RFC 9110, section 15; RFC 6585)."""
_OVERRUN = frozenset({_TOO_MANY, _GONE_ASIDE})
"""Statuses by which a host says that it is asked too much."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_NOT_READ = {"image": "a picture", "video": "a film", "audio": "a sound recording", "font": "a font"}
"""Media types of which not a byte is taken."""

_ADVICE = {
    401: "it wants a password; save the page in a browser and import it",
    402: "it wants to be paid; save the page in a browser and import it",
    403: "it lets no programs in; save the page in a browser and import it",
    404: "there is no such page; check the address",
    410: "the page was taken down",
    451: "the page is withheld for legal reasons",
    _TOO_MANY: "it is asked too often; try again later",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one request gave.

    Attributes:
        url: that was asked for.
        status: of the HTTP answer.
        body: as sent.
        at: when it was complete, in UTC.
    """

    url: httpx.URL
    status: int
    body: bytes
    at: dt.datetime
    request_headers: Headers
    response_headers: Headers

    def header(self, name: str) -> str:
        """Return the value of a header of the answer, "" when it was not sent."""
        return next((value for key, value in self.response_headers if key.lower() == name), "")

    def redirect(self) -> str | None:
        """Return where the answer leads on to, if it does."""
        return (self.header("location") or None) if self.status in _REDIRECTS else None


def ask(
    way: Way,
    url: httpx.URL,
    headers: Mapping[str, str],
    outside: Outside,
    *,
    max_bytes: int,
    cut: bool = False,
) -> Given:
    """Send one request; follow no redirect.

    Args:
        way: that connects to checked addresses only.
        url: what to ask for.
        headers: what to send beside what HTTP needs.
        outside: whose clock tells when the answer was complete.
        max_bytes: how much of a body is taken.
        cut: leave out what goes beyond, rather than fail.

    Raises:
        FetchError: no answer, or one that ends early or is too large. An answer with an error status is one.
    """
    try:
        answer = way.send(url, headers)
        try:
            # What stands in a redirect is for readers of old browsers; it may be as long as it likes.
            body = b"" if answer.has_redirect_location else _read(answer, max_bytes, cut=cut)
        finally:
            answer.close()
    except httpcore.TimeoutException as error:
        raise FetchError(
            FailureKind.UNREACHABLE, "gave no answer in time; try again later", passing=True, host_wide=True
        ) from error
    except httpcore.RemoteProtocolError as error:
        raise _broken(error) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError) as error:
        raise _unreachable(error) from error
    return Given(
        url=url,
        status=answer.status_code,
        body=body,
        at=outside.now(),
        request_headers=_told(answer.request.headers),
        response_headers=_told(answer.headers),
    )


def require_success(given: Given, now: dt.datetime) -> None:
    """Raise when an answer is an error.

    Raises:
        FetchError: with the pause that the host asks for, if it does.
    """
    if 200 <= given.status < 300 or given.status == NOT_MODIFIED:
        return
    passing = given.status in _PASSING
    advice = _ADVICE.get(given.status)
    if advice is None:
        advice = "the fault is the host's; try again later" if given.status >= 500 else "nothing was read"
    if given.status in _REDIRECTS:
        advice = "a redirect that leads nowhere"
    raise FetchError(
        FailureKind.STATUS,
        f"answered {given.status}: {advice}",
        status=given.status,
        passing=passing,
        wait_s=_retry_after(given.header("retry-after"), now) if passing else None,
        host_wide=given.status in _OVERRUN,
    )


def _read(answer: httpx.Response, max_bytes: int, *, cut: bool) -> bytes:
    """Return the body of an answer as sent."""
    media = answer.headers.get("content-type", "").partition("/")[0].strip().lower()
    if answer.is_success and media in _NOT_READ:
        raise FetchError(FailureKind.KIND, f"is {_NOT_READ[media]}; only pages and texts are read")
    said = answer.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and len(said) < 20 and int(said) > max_bytes and not cut:
        raise FetchError(
            FailureKind.TOO_LARGE,
            f"is {int(said):,} bytes long; no report has more than {max_bytes:,}",
            status=answer.status_code,
        )
    body = bytearray()
    for chunk in answer.iter_raw():
        body += chunk
        if len(body) > max_bytes:
            if cut:
                return bytes(body[:max_bytes])
            raise FetchError(
                FailureKind.TOO_LARGE,
                f"goes on for more than {max_bytes:,} bytes; no report is that long",
                status=answer.status_code,
            )
    return bytes(body)


def _told(headers: httpx.Headers) -> Headers:
    """Return headers as they stood; bytes that are not ASCII are kept as Latin-1 (RFC 9110, 5.5)."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _retry_after(value: str, now: dt.datetime) -> float | None:
    """Return for how many seconds a host wants to be left alone (RFC 9110, section 10.2.3)."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


def _broken(error: httpcore.RemoteProtocolError) -> FetchError:
    """Return what a breach of HTTP means: most often a connection that ended early."""
    if "without sending complete message body" in str(error) or "incomplete chunked" in str(error):
        return FetchError(FailureKind.BROKEN, "was cut off before its end; try again later", passing=True)
    if "disconnected without" in str(error):
        return FetchError(FailureKind.UNREACHABLE, "hung up without an answer; try again later", passing=True)
    return FetchError(FailureKind.BROKEN, f"does not speak HTTP ({' '.join(str(error).split())[:120]})")


def _unreachable(error: Exception) -> FetchError:
    """Return what a failed connection means."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchError(
            FailureKind.UNREACHABLE,
            f"shows a certificate that cannot be trusted ({cause.verify_message}); look at it in a browser",
            host_wide=True,
        )
    if isinstance(cause, ssl.SSLError):
        reason = (cause.reason or str(cause)).replace("_", " ").lower()
        return FetchError(
            FailureKind.UNREACHABLE, f"cannot be spoken to over TLS ({reason})", passing=True, host_wide=True
        )
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return FetchError(
        FailureKind.UNREACHABLE, f"broke off ({reason}); try again later", passing=True, host_wide=True
    )
