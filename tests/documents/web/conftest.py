"""What the tests of fetching share: a site on this machine, a clock to turn, a visitor that knows neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from cairn.documents.web import Manners, Visitor, open_visitor
from loopback_site import Clock, Site, serve

TRUSTED = httpx.create_ssl_context(trust_env=False)
"""Loaded once: it takes longer than most tests do."""


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor_with(clock: Clock) -> Callable[..., Visitor]:
    """Return a visitor with other manners than the tests' usual ones."""

    def open_with(tls: Any = None, **manners: Any) -> Visitor:
        usual = Manners(allow_private=True, read_s=2.0, total_s=4.0, connect_s=2.0, max_bytes=100_000)
        return open_visitor(replace(usual, **manners), clock.outside(), tls=tls or TRUSTED)

    return open_with


@pytest.fixture
def visitor(visitor_with: Callable[..., Visitor]) -> Visitor:
    return visitor_with()
