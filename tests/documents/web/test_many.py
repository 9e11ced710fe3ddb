"""Several hosts are asked at once, one address at a time of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from cairn.documents.web import Fetched, PutOff, Visitor, Wanted, fetch_many
from loopback_site import Clock, Handler, Page, Site, send


def wanted(*urls: str) -> list[Wanted]:
    return [Wanted(url=url) for url in urls]


def test_every_address_gives_one_result_at_its_place(visitor: Visitor, site: Site) -> None:
    urls = [site.put(f"/{n}", str(n), host=f"h{n % 7}.example") for n in range(40)]
    urls += ["", "http://[", "http://nowhere.invalid/", urls[0]]
    found = dict(fetch_many(visitor, wanted(*urls)))
    assert sorted(found) == list(range(len(urls)))
    for place in range(40):
        assert isinstance(given := found[place], Fetched)
        assert given.content == str(place).encode()


def test_none_at_all(visitor: Visitor) -> None:
    assert list(fetch_many(visitor, [])) == []


def test_one_host_is_asked_by_one_at_a_time_and_several_side_by_side(
    visitor_with: Callable[..., Visitor], site: Site
) -> None:
    under_way: dict[str, int] = {}
    most: dict[str, int] = {}
    lock = threading.Lock()
    all_at_once = 0

    def answer(handler: Handler) -> None:
        nonlocal all_at_once
        host = handler.headers["Host"]
        with lock:
            under_way[host] = under_way.get(host, 0) + 1
            most[host] = max(most.get(host, 0), under_way[host])
            all_at_once = max(all_at_once, sum(under_way.values()))
        time.sleep(0.03)
        with lock:
            under_way[host] -= 1
        send(handler, Page(body=b"text"))

    urls = [site.put(f"/{n}", answer, host=f"h{n % 4}.example") for n in range(16)]
    # A page elsewhere that leads into a host which is being asked waits for its turn there too.
    urls.append(site.put("/away", Page(status=302, headers={"Location": urls[0]}), host="h9.example"))
    assert len(list(fetch_many(visitor_with(delay_s=0.0), wanted(*urls)))) == 17
    assert set(most.values()) == {1}
    assert all_at_once > 1


def test_addresses_of_a_host_keep_their_order(visitor: Visitor, site: Site) -> None:
    urls = [site.put(f"/{n}", "text", host=f"h{n % 2}.example") for n in range(10)]
    list(fetch_many(visitor, wanted(*urls)))
    assert site.paths("h0.example") == ["/0", "/2", "/4", "/6", "/8"]


def test_a_host_that_takes_too_long_leaves_the_rest_for_another_time(
    visitor_with: Callable[..., Visitor], site: Site
) -> None:
    urls = [site.put(f"/{n}", "text") for n in range(10)]
    found = dict(fetch_many(visitor_with(delay_s=100.0, host_s=350.0), wanted(*urls)))
    kinds = [isinstance(found[place], PutOff) for place in range(10)]
    assert kinds == [False] * 5 + [True] * 5


def test_who_stops_taking_stops_the_asking(visitor: Visitor, site: Site) -> None:
    urls = [site.put(f"/{n}", "text") for n in range(200)]
    results = fetch_many(visitor, wanted(*urls))
    next(results)
    results.close()
    time.sleep(0.3)
    asked = len(site.paths())
    time.sleep(0.3)
    assert len(site.paths()) == asked < 50


def test_a_fault_of_ours_is_raised_not_swallowed(visitor: Visitor, clock: Clock, site: Site) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    object.__setattr__(visitor.outside, "now", broken)
    with pytest.raises(ZeroDivisionError):
        list(fetch_many(visitor, wanted(site.put("/a", "text"))))
