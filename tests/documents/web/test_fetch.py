"""One address is fetched, or there is one line that says why not."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from importlib.metadata import version

import pytest

from cairn.documents.web import Known, Manners, PutOff, Visitor, fetch, user_agent
from cairn.errors import InputError
from cairn.records import FailureKind
from documents.web.fetched import ARTICLE, failed, given
from loopback_site import START, Clock, Handler, Page, Site, redirect, send


def test_an_address_gives_its_bytes_and_both_sides_headers(visitor: Visitor, site: Site) -> None:
    url = site.put("/tarn", ARTICLE)
    found = given(fetch(visitor, url))
    assert (found.url, found.final_url, found.status) == (url, url, 200)
    assert found.body == found.content == ARTICLE.encode()
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert found.at == START
    assert ("Host", f"herald.example:{site.port}") in found.request_headers
    assert ("Content-Length", str(len(ARTICLE))) in found.response_headers


def test_who_asks_is_told(visitor_with: Callable[..., Visitor], site: Site) -> None:
    fetch(visitor_with(contact="desk@example.org"), site.put("/tarn", ARTICLE))
    for asked in site.asked:
        assert asked.headers["User-Agent"].startswith(f"cairn/{version('cairn-ledger')} (")
        assert "contact: desk@example.org" in asked.headers["User-Agent"]


def test_without_a_contact_that_is_told_too() -> None:
    assert "no contact given" in user_agent(Manners())


@pytest.mark.parametrize("contact", ["a\r\nHost: b", "x)", "é", "", " ", "a" * 300])
def test_a_contact_that_would_break_the_request_is_refused(contact: str) -> None:
    with pytest.raises(InputError, match="cannot be sent"):
        Manners(contact=contact)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://herald.example/a", "give http:// or https://"),
        ("file:///etc/passwd", "give http:// or https://"),
        ("javascript:alert(1)", "give http:// or https://"),
        ("herald.example/a", "give http:// or https://"),
        ("http://", "names no host"),
        ("http:///a", "names no host"),
        ("http://me:secret@herald.example/", "user name or a password"),
        ("http://me@herald.example/", "user name or a password"),
        ("http://herald.example\\@evil.example/", "user name or a password"),
        ("http://herald.example:25/", "port 25"),
        ("http://herald.example:0/", "port 0"),
        ("http://herald.example:99999/", "is no address"),
        ("http://herald.example:x/", "is no address"),
        ("http://herald.example/a b", "spaces or control characters"),
        ("http://herald.example/\r\nHost: x", "spaces or control characters"),
        ("http://xn--/", "is no address"),
        ("http://herald.example/" + "a" * 9000, "are the most"),
        ("", "give http:// or https://"),
    ],
)
def test_an_address_that_may_not_be_asked_is_not(
    visitor: Visitor, clock: Clock, address: str, told: str
) -> None:
    found = failed(fetch(visitor, address))
    assert found.kind is FailureKind.REFUSED
    assert told in found.reason
    assert clock.look_ups == []


def test_a_secret_in_an_address_is_not_repeated(visitor: Visitor) -> None:
    assert "secret" not in failed(fetch(visitor, "http://me:secret@herald.example/")).reason


def test_redirects_are_followed(visitor: Visitor, site: Site) -> None:
    site.put("/tarn", ARTICLE)
    site.put("/moved", redirect("/tarn", 301))
    url = site.put("/first", redirect(site.url("/moved"), 307), host="short.example")
    found = given(fetch(visitor, url))
    assert (found.url, found.final_url) == (url, site.url("/tarn"))
    assert site.paths() == ["/first", "/moved", "/tarn"]


def test_a_circle_is_told(visitor: Visitor, site: Site) -> None:
    site.put("/b", redirect("/a"))
    found = failed(fetch(visitor, site.put("/a", redirect("/b"))))
    assert found.kind is FailureKind.REDIRECTS
    assert "in a circle" in found.reason


def test_an_endless_chain_is_told(visitor: Visitor, site: Site) -> None:
    for number in range(20):
        site.put(f"/{number}", redirect(f"/{number + 1}"))
    found = failed(fetch(visitor, site.url("/0")))
    assert found.kind is FailureKind.REDIRECTS
    assert "more than 10 times" in found.reason
    assert site.paths() == [f"/{number}" for number in range(11)]


def test_a_page_that_sets_a_cookie_and_sends_back_is_no_circle(visitor: Visitor, site: Site) -> None:
    def answer(handler: Handler) -> None:
        seen = "seen=1" in (handler.headers.get("Cookie") or "")
        handler.send_response(200 if seen else 302)
        if not seen:
            handler.send_header("Set-Cookie", "seen=1; Path=/")
            handler.send_header("Location", "/a")
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    url = site.put("/a", answer)
    assert given(fetch(visitor, url)).content == b"ok"
    # Nothing that one visit learned is taken to the next.
    assert given(fetch(visitor, url)).content == b"ok"
    assert site.paths() == ["/a"] * 4


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("ftp://herald.example/", FailureKind.REFUSED),
        ("http://me:secret@herald.example/", FailureKind.REFUSED),
        ("//herald.example:22/", FailureKind.REFUSED),
        ("http://169.254.169.254/latest/meta-data/", FailureKind.REFUSED),
        ("http://[::ffff:169.254.169.254]/", FailureKind.REFUSED),
        ("http://[fd00:ec2::254]/", FailureKind.REFUSED),
        ("http://[::/", FailureKind.REDIRECTS),
    ],
)
def test_a_redirect_leads_nowhere_it_must_not(
    visitor: Visitor, site: Site, to: str, kind: FailureKind
) -> None:
    assert failed(fetch(visitor, site.put("/a", redirect(to)))).kind is kind


def test_without_leave_this_machine_is_not_asked(visitor_with: Callable[..., Visitor], site: Site) -> None:
    found = failed(fetch(visitor_with(allow_private=False), site.put("/a", ARTICLE)))
    assert found.kind is FailureKind.REFUSED
    assert "127.0.0.1, this machine" in found.reason
    assert site.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    visitor_with: Callable[..., Visitor], clock: Clock, site: Site
) -> None:
    clock.names["two.example"] = ("198.41.0.4", "127.0.0.1")
    found = failed(fetch(visitor_with(allow_private=False), site.url("/a", host="two.example")))
    assert found.kind is FailureKind.REFUSED
    assert site.asked == []


def test_a_name_is_looked_up_once_and_that_address_is_asked(
    visitor_with: Callable[..., Visitor], clock: Clock, site: Site
) -> None:
    """A name that answers otherwise when it is asked again (DNS rebinding) is not asked again."""
    visitor = visitor_with()
    site.put("/a", ARTICLE, host="shifty.example")
    answers = [("127.0.0.1",)]
    look_up = clock.look_up
    object.__setattr__(visitor.outside, "look_up", lambda host, port: (look_up(host, port), answers.pop())[1])
    assert given(fetch(visitor, site.url("/a", host="shifty.example"))).content == ARTICLE.encode()
    assert clock.look_ups == ["shifty.example"]


def test_a_host_that_does_not_exist_is_told(visitor: Visitor) -> None:
    found = failed(fetch(visitor, "http://nowhere.invalid/"))
    assert found.kind is FailureKind.UNREACHABLE
    assert "nowhere.invalid" in found.reason
    assert "Name or service not known" in found.reason


def test_a_look_up_that_hangs_is_left(visitor_with: Callable[..., Visitor], clock: Clock) -> None:
    visitor = visitor_with(connect_s=0.05, attempts=1)
    object.__setattr__(visitor.outside, "look_up", lambda host, port: time.sleep(1) or ())
    began = time.monotonic()
    assert failed(fetch(visitor, "http://herald.example/")).kind is FailureKind.UNREACHABLE
    assert time.monotonic() - began < 0.9


def test_a_port_where_nobody_listens_is_told(visitor_with: Callable[..., Visitor]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    found = failed(fetch(visitor_with(), f"http://herald.example:{port}/"))
    assert found.kind is FailureKind.UNREACHABLE
    assert "Connection refused" in found.reason


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 500, 503, 599])
def test_an_error_is_told_with_its_status(visitor: Visitor, site: Site, status: int) -> None:
    found = failed(fetch(visitor, site.put("/a", Page(status=status, body=b"no"))))
    assert (found.kind, found.status) == (FailureKind.STATUS, status)
    assert found.reason.startswith(f"answered {status}: ")


def test_what_may_pass_is_tried_again_after_longer_and_longer_pauses(
    visitor_with: Callable[..., Visitor], clock: Clock, site: Site
) -> None:
    pages = [Page(status=503), Page(status=502), Page(body=b"at last")]

    url = site.put("/a", lambda handler: send(handler, pages.pop(0)))
    assert given(fetch(visitor_with(backoff_s=8.0), url)).content == b"at last"
    first, second = clock.slept
    assert 4 <= first < 12
    assert 8 <= second < 24


def test_what_will_not_pass_is_not_tried_again(visitor: Visitor, clock: Clock, site: Site) -> None:
    fetch(visitor, site.put("/a", Page(status=404)))
    assert site.paths() == ["/a"]
    assert clock.slept == []


@pytest.mark.parametrize(
    ("said", "slept"), [("7", 7.0), ("Wed, 05 Mar 2031 09:00:30 GMT", 30.0), ("soon", None), ("-3", None)]
)
def test_a_host_says_when_to_come_back(
    visitor: Visitor, clock: Clock, site: Site, said: str, slept: float | None
) -> None:

    pages = [Page(status=429, headers={"Retry-After": said}), Page(body=b"at last")]
    url = site.put("/a", lambda handler: send(handler, pages.pop(0)))
    assert given(fetch(visitor, url)).content == b"at last"
    [pause] = clock.slept
    assert pause == slept if slept is not None else 1 <= pause < 3


def test_a_host_that_asks_for_long_is_left_alone_so_long(visitor: Visitor, clock: Clock, site: Site) -> None:
    url = site.put("/a", Page(status=429, headers={"Retry-After": "3600"}))
    site.put("/b", ARTICLE)
    assert failed(fetch(visitor, url)).status == 429
    put_off = fetch(visitor, site.url("/b"))
    assert isinstance(put_off, PutOff)
    assert put_off.host == "herald.example"
    assert site.paths() == ["/a"]
    assert clock.slept == []
    clock.turn(seconds=3601)
    assert given(fetch(visitor, site.url("/b"))).content == ARTICLE.encode()


def test_a_dead_host_is_asked_once(visitor: Visitor, clock: Clock) -> None:
    assert failed(fetch(visitor, "http://nowhere.invalid/1"))
    assert isinstance(fetch(visitor, "http://nowhere.invalid/2"), PutOff)
    assert clock.look_ups == ["nowhere.invalid"]


def test_between_two_visits_to_a_host_there_is_a_pause(visitor: Visitor, clock: Clock, site: Site) -> None:
    for path in ("/a", "/b"):
        fetch(visitor, site.put(path, ARTICLE))
    fetch(visitor, site.put("/c", ARTICLE, host="other.example"))
    assert clock.slept == [pytest.approx(2.0, abs=0.2)]


def test_a_page_that_is_known_is_not_sent_again(visitor: Visitor, site: Site) -> None:
    url = site.put("/a", Page(body=b"text", headers={"ETag": '"1"', "Last-Modified": "yesterday"}))
    first = given(fetch(visitor, url))
    assert not first.unchanged
    again = given(fetch(visitor, url, Known(final_url=url, etag='"1"', last_modified="yesterday")))
    assert again.unchanged
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    assert site.asked[-1].headers["If-Modified-Since"] == "yesterday"


def test_what_is_known_is_said_to_the_page_that_told_it_alone(visitor: Visitor, site: Site) -> None:
    url = site.put("/a", redirect("/b"))
    last = site.put("/b", Page(body=b"text", headers={"ETag": '"1"'}))
    assert given(fetch(visitor, url, Known(final_url=last, etag='"1"'))).unchanged
    assert [("If-None-Match" in asked.headers) for asked in site.asked if asked.path in "/a/b"] == [
        False,
        True,
    ]


def test_unchanged_without_having_been_asked_is_an_error(visitor: Visitor, site: Site) -> None:
    found = failed(fetch(visitor, site.put("/a", Page(status=304, media_type=""))))
    assert found.kind is FailureKind.BROKEN
