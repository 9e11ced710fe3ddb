"""What all tests share: the tools of reading, opened once, and no way out to the network."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cairn.gazetteer import Gazetteer
from cairn.lexicon import Lexicon, load_lexicon
from cairn.pipeline import Tools, read_document
from cairn.readings import load_parser, read
from cairn.records import Claim, Document, Reading
from places_index import built_gazetteer

PUBLISHED = dt.date(2021, 7, 14)
"""A Wednesday; the day of publication of texts in the case tables."""

ReadClaims = Callable[..., tuple[Claim, ...]]


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection and look-up that leaves this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _require_loopback(address[0])
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        _require_loopback(host)
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


def _require_loopback(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        inside = ipaddress.ip_address(name).is_loopback or ipaddress.ip_address(name).is_unspecified
    except ValueError:
        inside = name == "localhost"
    if not inside:
        raise PermissionError(f"a test reached for the network: {name}")


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return built_gazetteer()


@pytest.fixture(scope="session")
def tools(lexicon: Lexicon, gazetteer: Gazetteer) -> Tools:
    """What ``open_tools`` gives, on the places that all tests share."""
    return Tools(lexicon=lexicon, gazetteer=gazetteer, parser=load_parser())


def _document(text: str, published: dt.date | None) -> Document:
    return Document(id="case", text=text, published=published)


@pytest.fixture(scope="session")
def claims_of(tools: Tools) -> ReadClaims:
    """Read a text, published on ``PUBLISHED`` unless told otherwise, into its claims."""

    def read_claims(text: str, published: dt.date | None = PUBLISHED) -> tuple[Claim, ...]:
        extraction = read_document(_document(text, published), tools)
        assert extraction.dropped == ()
        return extraction.claims

    return read_claims


@pytest.fixture(scope="session")
def reading_of(tools: Tools) -> Callable[..., Reading]:
    """Read a text into its marks."""

    def mark(text: str, published: dt.date | None = PUBLISHED) -> Reading:
        return read(_document(text, published), tools.lexicon, tools.gazetteer.find, tools.parser)

    return mark
