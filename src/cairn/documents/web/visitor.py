"""Who asks: the manners, and what is remembered of each host during a run."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from cairn.documents.web.failing import FetchError
from cairn.documents.web.manners import Manners, Outside
from cairn.documents.web.robots import Robots

_IMPATIENT_AFTER = 3
"""Addresses in a row that got no answer in time, after which a host counts as out of reach."""

_LONGEST_S = 24 * 3600.0
"""How long a host is left alone at most, whatever it asks for, in seconds."""


@dataclass(slots=True, kw_only=True)
class Host:
    """What is remembered of one host.

    Attributes:
        turn: held by whoever is asking it.
        free_at: when it may be asked again, by the clock that only goes forward.
        robots: what its origins ask of programs.
        closed: why it is left alone until ``free_at``, if it is.
        silent: addresses in a row that found it out of reach.
    """

    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")
    robots: dict[str, Robots] = field(default_factory=dict)
    closed: FetchError | None = None
    silent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks. Made once for a run by ``open_visitor``; threads may share it."""

    manners: Manners
    outside: Outside
    tls: ssl.SSLContext
    hosts: dict[str, Host] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def open_visitor(manners: Manners, outside: Outside, *, tls: ssl.SSLContext | None = None) -> Visitor:
    """Return a visitor that remembers nothing yet.

    Args:
        manners: how hosts are asked.
        outside: clocks, sleep and look-up.
        tls: whom to trust; the authorities that browsers trust when ``None``.
    """
    return Visitor(manners=manners, outside=outside, tls=tls or httpx.create_ssl_context(trust_env=False))


class LeftAloneError(Exception):
    """An address was not asked for, as its host is left alone for now.

    Attributes:
        host: that is left alone.
        error: what it did.
    """

    def __init__(self, host: str, error: FetchError) -> None:
        super().__init__(error.reason)
        self.host = host
        self.error = error


@contextmanager
def turn(visitor: Visitor, name: str, *, further: bool) -> Iterator[Host]:
    """Wait until a host may be asked, and keep everybody else from asking it meanwhile.

    Args:
        visitor: who asks.
        name: of the host.
        further: whether this goes on with a visit to the same host, which has waited already.

    Yields:
        What is remembered of the host.

    Raises:
        LeftAloneError: the host is left alone for now.
    """
    outside = visitor.outside
    with visitor.lock:
        host = visitor.hosts.setdefault(name, Host())
    with host.turn:
        pause = host.free_at - outside.tick()
        if host.closed is not None and pause > 0:
            raise LeftAloneError(name, host.closed)
        host.closed = None
        if pause > 0 and not further:
            outside.sleep(pause)
        try:
            yield host
            host.silent = 0
        except FetchError as error:
            _remember(visitor, host, error)
            raise
        finally:
            if host.closed is None:
                host.free_at = outside.tick() + _delay_s(visitor.manners, host)


def _delay_s(manners: Manners, host: Host) -> float:
    """Return the pause between two visits: ours or the longer one that the host asks for."""
    asked = max((robots.delay_s() for robots in host.robots.values()), default=0.0)
    return max(manners.delay_s, min(asked, manners.longest_delay_s))


def _remember(visitor: Visitor, host: Host, error: FetchError) -> None:
    """Leave a host alone when what went wrong says something about all of it."""
    manners = visitor.manners
    if not error.host_wide:
        host.silent = 0
        return
    if error.passing and error.status is None:
        host.silent += 1
        # One page may be slow where the others are not; a host that is down is found out by the third.
        if host.silent < _IMPATIENT_AFTER:
            return
    pause = manners.leave_alone_s if error.wait_s is None else min(error.wait_s, _LONGEST_S)
    host.closed = error
    host.free_at = visitor.outside.tick() + pause
