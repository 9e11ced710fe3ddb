"""Fetch many addresses: several hosts at once, one at a time of each host, every result as it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue, SimpleQueue
from threading import Event, Thread
from urllib.parse import urlsplit

from cairn.documents.web.fetch import Fetched, Known, PutOff, fetch
from cairn.documents.web.visitor import Visitor
from cairn.records import Failure

HOSTS_AT_ONCE = 8
"""Hosts that are asked side by side. Most of a visit is waiting; more would take more memory for answers."""

_WAITING = 8
"""Results that wait to be taken; each may be as long as a report."""

_POLL_S = 0.2
"""How soon those at work notice that nobody waits for them any more, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One address to be fetched, and what its last answer said."""

    url: str
    known: Known | None = None


Result = Fetched | Failure | PutOff
_Found = tuple[int, Result] | BaseException


def fetch_many(visitor: Visitor, wanted: Sequence[Wanted]) -> Iterator[tuple[int, Result]]:
    """Fetch addresses, those of one host one after the other in their order.

    Yields:
        The place in ``wanted`` and what came of it, as soon as it is known. Whoever stops taking results
        stops the fetching: what is under way is finished and dropped.
    """
    by_host: dict[str, list[int]] = {}
    for place, each in enumerate(wanted):
        by_host.setdefault(_host(each.url), []).append(place)
    # The longest first, so that no single host is left when all others are done.
    queues: SimpleQueue[list[int]] = SimpleQueue()
    for places in sorted(by_host.values(), key=len, reverse=True):
        queues.put(places)
    results: Queue[_Found] = Queue(_WAITING)
    stop = Event()

    def work() -> None:
        try:
            while not stop.is_set():
                for found in _visit(visitor, wanted, queues.get_nowait(), stop):
                    _put(results, found, stop)
        except Empty:
            return
        except BaseException as error:  # a fault of ours: raised where the results are taken
            _put(results, error, stop)

    # Daemons: someone who interrupts the program is not kept waiting for a slow host.
    for number in range(min(HOSTS_AT_ONCE, len(by_host))):
        Thread(target=work, daemon=True, name=f"fetch {number}").start()
    try:
        for _ in wanted:
            found = results.get()
            if isinstance(found, BaseException):
                raise found
            yield found
    finally:
        stop.set()


def _visit(
    visitor: Visitor, wanted: Sequence[Wanted], places: list[int], stop: Event
) -> Iterator[tuple[int, Result]]:
    """Fetch the addresses of one host."""
    began = visitor.outside.tick()
    for place in places:
        if stop.is_set():
            return
        each = wanted[place]
        spent = visitor.outside.tick() - began
        if spent > visitor.manners.host_s:
            reason = f"took {spent / 60:.0f} minutes already; the rest is for the next time"
            yield place, PutOff(url=each.url, host=_host(each.url), reason=reason)
        else:
            yield place, fetch(visitor, each.url, each.known)


def _put(results: Queue[_Found], found: _Found, stop: Event) -> None:
    """Hand a result over, unless nobody takes it any more."""
    while not stop.is_set():
        with suppress(Full):
            results.put(found, timeout=_POLL_S)
            return


def _host(url: str) -> str:
    """Return the host of an address, "" when it is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
