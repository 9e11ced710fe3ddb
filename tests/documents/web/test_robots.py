"""What hosts ask of programs is heeded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cairn.documents.web import Fetched, Visitor, fetch
from cairn.records import Failure, FailureKind
from loopback_site import Clock, Handler, Page, Site, redirect

OTHERS = "User-agent: otherbot\nDisallow: /\n\n"


def serve_robots(site: Site, text: str) -> None:
    site.put("/robots.txt", Page(body=text.encode(), media_type="text/plain"))


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /archive/", "/archive/1", False),
        ("User-agent: *\nDisallow: /archive/", "/a", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9", False),
        ("User-agent: Cairn\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: cairn\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        (OTHERS, "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
        ("\0\xff garbage", "/a", True),
    ],
)
def test_rules(visitor: Visitor, site: Site, rules: str, path: str, allowed: bool) -> None:
    serve_robots(site, rules)
    found = fetch(visitor, site.put(path, b"text"))
    assert isinstance(found, Fetched) == allowed, found
    if isinstance(found, Failure):
        assert found.kind is FailureKind.REFUSED
        assert "robots.txt" in found.reason
        assert site.paths() == []


@pytest.mark.parametrize(("status", "allowed"), [(401, True), (403, True), (404, True), (410, True)])
def test_none_forbids_nothing(visitor: Visitor, site: Site, status: int, allowed: bool) -> None:
    site.put("/robots.txt", Page(status=status))
    assert isinstance(fetch(visitor, site.put("/a", b"text")), Fetched) == allowed


@pytest.mark.parametrize("status", [429, 500, 503])
def test_one_that_cannot_be_had_forbids_all_for_now(
    visitor: Visitor, clock: Clock, site: Site, status: int
) -> None:
    site.put("/robots.txt", Page(status=status))
    url = site.put("/a", b"text")
    found = fetch(visitor, url)
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.REFUSED
    assert site.paths() == []
    serve_robots(site, "")
    clock.turn(minutes=11)
    assert isinstance(fetch(visitor, url), Fetched)


def test_it_is_asked_for_once_a_day(visitor: Visitor, clock: Clock, site: Site) -> None:
    serve_robots(site, OTHERS)
    for path in ("/a", "/b"):
        fetch(visitor, site.put(path, b"text"))
    asked = [asked.path for asked in site.asked]
    assert asked == ["/robots.txt", "/a", "/b"]
    clock.turn(hours=25)
    fetch(visitor, site.url("/a"))
    assert [asked.path for asked in site.asked][3:] == ["/robots.txt", "/a"]


def test_each_host_speaks_for_itself_also_behind_a_redirect(visitor: Visitor, site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /", host="closed.example")
    site.put("/a", redirect(site.url("/a", "closed.example")))
    found = fetch(visitor, site.url("/a"))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.REFUSED
    assert site.paths("closed.example") == []


def test_it_may_lie_behind_redirects(visitor: Visitor, site: Site) -> None:
    site.put("/robots.txt", redirect("/r2"))
    site.put("/r2", b"User-agent: *\nDisallow: /a")
    assert isinstance(fetch(visitor, site.put("/a", b"text")), Failure)


def test_redirects_without_end_are_as_if_there_were_none(visitor: Visitor, site: Site) -> None:
    site.put("/robots.txt", redirect("/robots.txt"))
    assert isinstance(fetch(visitor, site.put("/a", b"text")), Fetched)


def test_it_leads_nowhere_it_must_not(visitor: Visitor, site: Site) -> None:
    site.put("/robots.txt", redirect("http://169.254.169.254/"))
    found = fetch(visitor, site.put("/a", b"text"))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.REFUSED
    assert "robots.txt leads elsewhere" in found.reason


@pytest.mark.parametrize(("asked", "pause"), [("9", 9.0), ("0.5", 2.0), ("86400", 30.0), ("x", 2.0)])
def test_a_longer_pause_is_kept_within_reason(
    visitor: Visitor, clock: Clock, site: Site, asked: str, pause: float
) -> None:
    serve_robots(site, f"User-agent: *\nCrawl-delay: {asked}")
    for path in ("/a", "/b"):
        fetch(visitor, site.put(path, b"text"))
    assert clock.slept == [pytest.approx(pause, abs=0.2)]


def test_a_huge_one_is_read_to_its_limit(visitor_with: Callable[..., Visitor], site: Site) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /a\n")
        while True:
            handler.wfile.write(b"# filling\n" * 5000)

    site.put("/robots.txt", answer)
    found = fetch(visitor_with(), site.put("/a", b"text"))
    assert isinstance(found, Failure)
    assert "forbidden" in found.reason


def test_many_wildcards_cost_no_time(visitor: Visitor, site: Site) -> None:
    serve_robots(site, "User-agent: *\n" + f"Disallow: /{'*a' * 300}b\n" * 50)
    assert isinstance(fetch(visitor, site.put("/" + "a" * 4000, b"text")), Fetched)
