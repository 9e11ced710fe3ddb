"""The way out: each connection goes to an IP address that was checked, and ends when its time is up.

The name is looked up, its addresses are checked, and the connection is made to one of those very addresses,
all in one place. A name that changes its address between check and connection (DNS rebinding) gains nothing.
The request itself keeps the name: Host header, TLS server name and certificate check are httpcore's own.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import httpcore
import httpx

from cairn.documents.web.failing import FetchError
from cairn.documents.web.manners import Manners, Outside, look_up_in_time
from cairn.documents.web.networks import why_refused
from cairn.records import FailureKind

_COOKIE = re.compile(r"[\x21-\x7e]{1,4096}")
"""Name and value of a cookie; browsers keep as much (RFC 6265, section 6.1)."""

Left = Callable[[], float]
"""Seconds that are left for an address; raises ``FetchError`` when there are none."""


class Way(httpx.BaseTransport):
    """The way out for one visit: nothing that is learned on it, such as cookies, outlives the visit.

    It is httpx's transport on a pool that connects through our backend. A whole ``httpx.Client`` would add
    what is not wanted here: proxies and passwords out of the environment, and redirects read before we do.

    Attributes:
        cookies: that hosts set during the visit.
    """

    def __init__(self, manners: Manners, outside: Outside, tls: ssl.SSLContext, left: Left) -> None:
        """Open it; ``left`` tells how much time is left for the address, and raises when none is."""
        backend = _Backend(manners, outside, left)
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_connections=2)
        self._timeout = httpx.Timeout(manners.read_s, connect=manners.connect_s).as_dict()
        self.cookies = httpx.Cookies()

    def send(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.Response:
        """Send a request; the answer's body is still to be read, and the answer to be closed."""
        request = httpx.Request(
            "GET", url, headers=headers, cookies=self.cookies, extensions={"timeout": self._timeout}
        )
        response = self.handle_request(request)
        response.request = request
        self.cookies.extract_cookies(response)
        for cookie in list(self.cookies.jar):
            # Hosts set what they like; only what a request may hold is sent back.
            if not _COOKIE.fullmatch(f"{cookie.name}={cookie.value}"):
                self.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
        return response

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Hand a request to the pool, as httpx asks of a transport."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The bytes of an answer as they come."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, manners: Manners, outside: Outside, left: Left) -> None:
        self._manners = manners
        self._outside = outside
        self._left = left
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in self._checked(host, port):
            seconds = _least(timeout, self._left())
            try:
                stream = self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self._left)
        raise FetchError(
            FailureKind.UNREACHABLE,
            f"cannot be connected to ({_told(failed)}); try again later",
            passing=True,
            host_wide=True,
        )

    def _checked(self, host: str, port: int) -> Iterable[str]:
        """Return the addresses of a host, all of them fit to be asked.

        Raises:
            FetchError: it has none, or one that may not be asked: who mixes public and private addresses
                under one name is misconfigured or up to something.
        """
        seconds = _least(self._manners.connect_s, self._left())
        try:
            addresses = look_up_in_time(host, port, self._outside, seconds)
        except (OSError, UnicodeError) as error:
            passing = isinstance(error, TimeoutError)
            raise FetchError(
                FailureKind.UNREACHABLE,
                f"names the host {host}, which cannot be found ({_told(error)}); check its spelling",
                passing=passing,
                host_wide=True,
            ) from error
        for address in addresses:
            if kind := why_refused(address, allow_private=self._manners.allow_private):
                raise FetchError(
                    FailureKind.REFUSED,
                    f"leads to {address}, {kind}; only hosts of the public internet are asked",
                )
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection in which nothing takes longer than what is left for the address.

    A server that sends a byte now and then never falls silent for long enough to be called so; only counting
    all the time together ends it, and only here, as httpcore reads whole headers before it hands them on.
    """

    def __init__(self, inner: httpcore.NetworkStream, left: Left) -> None:
        self._inner = inner
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _least(timeout, self._left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _least(timeout, self._left()))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, _least(timeout, self._left()))
        return _Stream(stream, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _least(timeout: float | None, left: float) -> float:
    """Return the shorter of two times."""
    return left if timeout is None else min(timeout, left)


def _told(error: Exception | None) -> str:
    """Return an error of the system in its own words, without numbers and classes."""
    if isinstance(error, httpcore.ConnectTimeout):
        return "no answer in time"
    cause = error if isinstance(error, OSError) else getattr(error, "__cause__", None)
    text = getattr(cause, "strerror", None) or str(error)
    return " ".join(str(text).split()) or type(error).__name__
