"""Set-up: what the server works with, and where it may listen."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cairn.errors import InputError
from cairn.ledger import Ledger
from cairn.review.accounts import Accounts
from cairn.review.recording import Turn

SHORTEST_SECRET = 32
"""Characters: 16 random bytes in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the server works with.

    Attributes:
        ledger: open.
        accounts: of those who may sign in.
        clock: gives the moment, in UTC.
        origins: scheme, host and port under which browsers reach the server; the first is shown to people.
        alone: one person may both confirm and publish; where two are to look, this stays off.
        turn: in which decisions are recorded.
    """

    ledger: Ledger
    accounts: Accounts
    clock: Callable[[], dt.datetime]
    origins: tuple[str, ...]
    alone: bool = False
    turn: Turn = field(default_factory=Turn)

    @property
    def secure(self) -> bool:
        """Say whether browsers reach the server over TLS."""
        return self.origins[0].startswith("https://")


def reachable_at(host: str, port: int, origin: str | None, secret: str, *, accounts: bool) -> tuple[str, ...]:
    """Return the origins of a server that listens somewhere.

    Args:
        host: address to listen on.
        port: to listen on.
        origin: what browsers are told to open, where a proxy stands before the server.
        secret: that keys cookies and tokens.
        accounts: there are some.

    Raises:
        InputError: beyond this machine a server needs accounts, a secret and TLS; one line says what is
            missing.
    """
    origin = _plain(origin)
    if is_loopback(host):
        return _here(host, port, origin)
    if not accounts:
        raise InputError(
            f"nobody has an account yet, so the server listens on this machine alone, not on {host}; "
            "start it without --host and make an account first"
        )
    if len(secret) < SHORTEST_SECRET:
        raise InputError(
            f"to listen on {host} set CAIRN_SECRET to {SHORTEST_SECRET} or more random characters, "
            "such as openssl rand -hex 32 prints, and keep it apart from the accounts"
        )
    if origin is None or not origin.startswith("https://"):
        raise InputError(
            f"to listen on {host} name the https:// address that browsers open with --origin; passwords and "
            "names travel only encrypted, so put a proxy that speaks TLS before the server"
        )
    return (origin,)


def open_at(host: str, port: int, origin: str | None) -> tuple[str, ...]:
    """Return the origins of a server that everybody may read, which has no passwords to keep.

    Args:
        host: address to listen on.
        port: to listen on.
        origin: what browsers are told to open.

    Raises:
        InputError: beyond this machine it has to be said under which address browsers reach the server.
    """
    origin = _plain(origin)
    if is_loopback(host):
        return _here(host, port, origin)
    if origin is None:
        raise InputError(
            f"to listen on {host} name the address that browsers open with --origin, such as "
            "https://ledger.example.org"
        )
    return (origin,)


def _plain(origin: str | None) -> str | None:
    if origin is None:
        return None
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise InputError(f"{origin!r} is no origin; write it as https://review.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _here(host: str, port: int, origin: str | None) -> tuple[str, ...]:
    own = tuple(f"http://{name}:{port}" for name in (_bracketed(host), "127.0.0.1", "localhost", "[::1]"))
    return tuple(dict.fromkeys((*([origin] if origin else []), *own)))


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
