"""How Cairn behaves towards the hosts it asks, and what it needs of the machine it runs on."""

from __future__ import annotations

import datetime as dt
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from queue import Empty, SimpleQueue

from cairn.documents.checks import MAX_DOCUMENT_BYTES
from cairn.errors import InputError
from cairn.records import Headers

PRODUCT = "cairn"
"""The name that robots.txt files can speak to (RFC 9309, section 2.2.1)."""

_CONTACT = re.compile(r"[\x21-\x27\x2a-\x7e][\x20-\x27\x2a-\x7e]{0,199}")
"""A line of ASCII without parentheses, which would end the comment that it stands in (RFC 9110, 10.1.5)."""

LookUp = Callable[[str, int], Sequence[str]]
"""Host and port in, IP addresses out; raises OSError when there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How hosts are asked, and how much of an answer is taken.

    Attributes:
        contact: address or page at which outlets reach whoever runs this; sent with every request.
        allow_private: also ask this machine and private networks.
        delay_s: pause between two visits to one host, in seconds. Common crawlers wait 1 to 5; robots.txt
            may ask for longer.
        longest_delay_s: what a robots.txt may ask for at most; a round has to come to an end.
        attempts: how often an address is asked when it fails in passing, the first time included.
        backoff_s: pause before the second attempt, in seconds; it doubles for each further one.
        longest_wait_s: longest pause before another attempt; who asks for longer is left for a later round.
        leave_alone_s: how long a host that cannot be reached or is overrun is left alone.
        connect_s: time to connect, per address of the host.
        read_s: longest silence within an answer.
        total_s: time for one address with all its redirects, pauses not counted.
        host_s: time for all addresses of one host in a round, pauses counted; the rest is put off.
        redirects: how many are followed; honest ones need 1 to 3.
        max_bytes: of an answer, as sent and unpacked; what one report may have.
    """

    contact: str | None = None
    allow_private: bool = False
    delay_s: float = 2.0
    longest_delay_s: float = 30.0
    attempts: int = 3
    backoff_s: float = 2.0
    longest_wait_s: float = 60.0
    leave_alone_s: float = 600.0
    connect_s: float = 10.0
    read_s: float = 20.0
    total_s: float = 60.0
    host_s: float = 1800.0
    redirects: int = 10
    max_bytes: int = MAX_DOCUMENT_BYTES

    def __post_init__(self) -> None:
        if self.contact is not None and not _CONTACT.fullmatch(self.contact):
            raise InputError(
                f"contact {self.contact[:60]!r} cannot be sent; give an e-mail address or a page's address, "
                "in ASCII and without parentheses"
            )


def user_agent(manners: Manners) -> str:
    """Return who asks, as every request says it."""
    who = f"contact: {manners.contact}" if manners.contact else "no contact given"
    return f"{PRODUCT}/{version('cairn-ledger')} (records reports of harm to people; {who})"


def is_own_request(headers: Headers) -> bool:
    """Say whether a request was sent by Cairn."""
    agent = next((value for name, value in headers if name.lower() == "user-agent"), "")
    return agent.startswith(f"{PRODUCT}/")


def look_up(host: str, port: int) -> Sequence[str]:
    """Ask the system for the IP addresses of a host, each once, in the system's order.

    Raises:
        OSError: there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What fetching needs of the machine; handed in, so that tests need neither waiting nor a network.

    Attributes:
        now: the moment, in UTC.
        tick: a clock that only goes forward, in seconds.
        sleep: waits so many seconds.
        look_up: finds the IP addresses of a host.
    """

    now: Callable[[], dt.datetime]
    tick: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    look_up: LookUp = look_up


def look_up_in_time(host: str, port: int, outside: Outside, seconds: float) -> Sequence[str]:
    """Look a host up, but for no longer than so many seconds: the system's own patience has no bound.

    Raises:
        OSError: there are no addresses.
        TimeoutError: there was no answer in time.
    """
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(outside.look_up(host, port))
        except Exception as error:  # handed on to whoever waits
            answers.put(error)

    # A daemon: a look-up that hangs must keep neither this address nor the end of the program waiting.
    threading.Thread(target=ask, daemon=True, name=f"look up {host}").start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer within {seconds:.0f} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer
