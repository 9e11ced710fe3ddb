"""Web addresses: what may be asked for at all, before anything is looked up."""

from __future__ import annotations

import httpx

from cairn.documents.checks import is_printable, shortened
from cairn.documents.web.failing import FetchError
from cairn.records import FailureKind

LONGEST_ADDRESS = 8000
"""Characters that an address may have; RFC 9110, section 4.1, asks servers to take at least so many."""

_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024
_LAST_PORT = 65535
"""Ports below belong to services of the system (RFC 6335): nothing but HTTP's own two is asked there, so that
no address can make Cairn speak to a mail server or a printer."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_address(address: str) -> httpx.URL:
    """Return a web address that may be asked for.

    Raises:
        FetchError: it is none, is not http(s), carries a password or leads to a port of another service.
    """
    if len(address) > LONGEST_ADDRESS:
        raise _refused(f"is an address of {len(address):,} characters; {LONGEST_ADDRESS:,} are the most")
    if not is_printable(address) or address != address.strip() or " " in address:
        raise _refused("is no address: it holds spaces or control characters")
    try:
        url = httpx.URL(address)
        port, host = port_of(url), url.host
    except (httpx.InvalidURL, ValueError) as error:
        raise _refused(f"is no address ({' '.join(str(error).split())})") from error
    if url.scheme not in _DEFAULT_PORTS:
        raise _refused(
            f"is {shortened(url.scheme) if url.scheme else 'no address'}; give http:// or https://"
        )
    if not host:
        raise _refused("names no host; write it as https://example.org/page")
    if url.userinfo:
        raise _refused("holds a user name or a password, which would be kept in the archive; give it without")
    if port > _LAST_PORT:
        raise _refused(f"is no address: there is no port {port}")
    if port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
        raise _refused(f"leads to port {port}, which belongs to another service than the web")
    return url


def port_of(url: httpx.URL) -> int:
    """Return the port that an address leads to."""
    return url.port if url.port is not None else _DEFAULT_PORTS.get(url.scheme, 0)


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port: what one robots.txt speaks for."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}:{port_of(url)}"


def _refused(reason: str) -> FetchError:
    return FetchError(FailureKind.REFUSED, reason)
