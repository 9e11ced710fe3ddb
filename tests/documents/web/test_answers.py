"""Answers that are slow, long, packed, cut off or no answer at all: each is read, or told in one line."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_
from hypothesis import strategies as st

from cairn.documents.web import Fetched, Known, Visitor, fetch
from cairn.records import FailureKind
from documents.web.fetched import ARTICLE, failed, given
from loopback_site import Handler, Page, Site, send


def drip(handler: Handler, head: bytes, drop: bytes) -> None:
    """Send something, and then a little of something for as long as anyone listens."""
    handler.wfile.write(head)
    for _ in range(600):
        handler.wfile.write(drop)
        handler.wfile.flush()
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"H"),
    ],
    ids=["body", "chunks", "headers", "status line"],
)
def test_a_slow_drip_ends(visitor_with: Callable[..., Visitor], site: Site, head: bytes, drop: bytes) -> None:
    url = site.put("/a", lambda handler: drip(handler, head, drop))
    began = time.monotonic()
    found = failed(fetch(visitor_with(total_s=0.4), url))
    assert time.monotonic() - began < 3
    assert found.kind in (FailureKind.UNREACHABLE, FailureKind.BROKEN)


def test_silence_ends(visitor_with: Callable[..., Visitor], site: Site) -> None:
    url = site.put("/a", lambda handler: time.sleep(1))
    found = failed(fetch(visitor_with(read_s=0.05, attempts=2), url))
    assert found.kind is FailureKind.UNREACHABLE
    assert "no answer in time" in found.reason
    assert site.paths() == ["/a", "/a"]


def test_a_long_answer_is_not_read_at_all(visitor: Visitor, site: Site) -> None:
    url = site.put("/a", Page(body=b"a", headers={"Content-Length": "314572800"}))
    found = failed(fetch(visitor, url))
    assert found.kind is FailureKind.TOO_LARGE
    assert "314,572,800 bytes" in found.reason


def test_a_long_answer_that_does_not_say_so_is_left(visitor: Visitor, site: Site) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            handler.wfile.write(b"a" * 65536)

    found = failed(fetch(visitor, site.put("/a", answer)))
    assert found.kind is FailureKind.TOO_LARGE
    assert "more than 100,000 bytes" in found.reason


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "GZIP", "deflate"])
def test_a_packed_answer_is_kept_as_sent_and_read_unpacked(visitor: Visitor, site: Site, name: str) -> None:
    packed = zlib.compress(ARTICLE.encode()) if name == "deflate" else gzip.compress(ARTICLE.encode())
    found = given(fetch(visitor, site.put("/a", Page(body=packed, headers={"Content-Encoding": name}))))
    assert (found.body, found.content) == (packed, ARTICLE.encode())
    assert site.asked[-1].headers["Accept-Encoding"] == "identity"


def test_bare_deflate_and_chained_gzip_are_read_too(visitor: Visitor, site: Site) -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = bare.compress(b"two parts") + bare.flush()
    chained = gzip.compress(b"two ") + gzip.compress(b"parts") + b"filling"
    for path, body, name in (("/a", packed, "deflate"), ("/b", chained, "gzip")):
        page = Page(body=body, headers={"Content-Encoding": name})
        assert given(fetch(visitor, site.put(path, page))).content == b"two parts"


@pytest.mark.parametrize(
    "bomb",
    [
        gzip.compress(bytes(50_000_000), mtime=0),
        gzip.compress(bytes(60_000), mtime=0) * 10,
    ],
    ids=["one", "many small ones"],
)
def test_a_bomb_does_not_go_off(visitor: Visitor, site: Site, bomb: bytes) -> None:
    page = Page(body=bomb, headers={"Content-Encoding": "gzip"})
    found = failed(fetch(visitor, site.put("/a", page)))
    assert found.kind is FailureKind.TOO_LARGE
    assert "unpacks to more than" in found.reason


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gzip", b"plain"),
        ("br", b"\x0b\x02\x80hello\x03"),
        ("gzip", gzip.compress(b"a" * 99, mtime=0)[:-9]),
        ("gzip, gzip", b""),
    ],
)
def test_what_cannot_be_unpacked_is_told(visitor: Visitor, site: Site, name: str, body: bytes) -> None:
    page = Page(body=body, headers={"Content-Encoding": name})
    assert failed(fetch(visitor, site.put("/a", page))).kind is FailureKind.BROKEN


def test_a_cut_off_answer_is_told(visitor: Visitor, site: Site) -> None:
    page = Page(body=b"half", headers={"Content-Length": "8", "Connection": "close"})

    def answer(handler: Handler) -> None:

        send(handler, page)

    found = failed(fetch(visitor, site.put("/a", answer)))
    assert found.kind is FailureKind.BROKEN
    assert "cut off" in found.reason
    assert site.paths() == ["/a"] * 3


@pytest.mark.parametrize("raw", [b"SSH-2.0-OpenSSH_9.7\r\n", b"\x00\x01\x02", b"HTTP/9.9 1\r\n\r\n"])
def test_what_is_no_http_is_told(visitor: Visitor, site: Site, raw: bytes) -> None:
    found = failed(fetch(visitor, site.put("/a", lambda handler: handler.wfile.write(raw))))
    assert found.kind in (FailureKind.BROKEN, FailureKind.UNREACHABLE)


def test_who_hangs_up_is_told(visitor: Visitor, site: Site) -> None:
    found = failed(fetch(visitor, site.put("/a", lambda handler: None)))
    assert found.kind is FailureKind.UNREACHABLE
    assert "hung up" in found.reason


def test_headers_without_end_are_left(visitor: Visitor, site: Site) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n")

    assert failed(fetch(visitor, site.put("/a", answer))).kind is FailureKind.BROKEN


HOSTILE = [
    b"Content-Length: 5", b"Content-Length: -5", b"Content-Length: 5, 5", b"Content-Length: 9" + b"9" * 30,
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", b"Content-Encoding: gzip",
    b"Content-Encoding: br", b"Location: /x", b"Location: http://[::1", b"Location: \xff\xfe",
    b"Location: //", b"Location: ?", b"Location: http://a..b/", b"Location: http://xn--a.example/",
    b"Location: javascript:1", b"Location:", b"Retry-After: \xff", b"Retry-After: Wed, 99 Xxx 99999",
    b"Retry-After: 9" + b"9" * 30,
    b"Set-Cookie: a=b; Domain=.example; Path=/", b"Set-Cookie: \x01=\xff",
    b"Set-Cookie: " + b"a" * 5000 + b"=1", b"Content-Type: text/html; charset=\xff\"", b"Content-Type: ;;;=",
    b"ETag: \xe9", b" folded", b"No colon",
]  # fmt: skip
BODIES = [
    b"", b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n", b"\x1f\x8b\x08\0\0", gzip.compress(b"text")[:-4],
    b"\0" * 99,
]  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_(
    status=st.sampled_from([200, 204, 302, 304, 429, 999]),
    headers=st.lists(st.sampled_from(HOSTILE), max_size=4, unique=True),
    body=st.sampled_from(BODIES),
)
def test_whatever_a_host_sends_nothing_is_raised(
    visitor_with: Callable[..., Visitor], site: Site, status: int, headers: list[bytes], body: bytes
) -> None:
    raw = b"\r\n".join([b"HTTP/1.1 %d Said" % status, *headers, b"", body])
    url = site.put("/a", lambda handler: handler.wfile.write(raw))
    site.put("/x", lambda handler: handler.wfile.write(raw))
    visitor = visitor_with(read_s=0.5, total_s=0.5, attempts=2)
    found = fetch(visitor, url, Known(final_url=url, etag="\xe9", last_modified="a\nb"))
    assert isinstance(found, Fetched) or found.reason.isprintable()


def test_addresses_in_other_scripts_are_asked_for(visitor: Visitor, site: Site) -> None:
    site.put("/stra%C3%9Fe?q=%C3%BC", ARTICLE, host="xn--kln-sna.example")
    found = given(fetch(visitor, site.url("/straße?q=ü#oben", host="köln.example")))
    assert found.content == ARTICLE.encode()
    assert found.final_url == found.url == site.url("/straße?q=ü#oben", host="köln.example")


def test_odd_headers_are_kept_as_they_stood(visitor: Visitor, site: Site) -> None:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Odd: caf\xe9\r\nx-odd: 2\r\nContent-Length: 1\r\n\r\na")

    found = given(fetch(visitor, site.put("/a", answer)))
    assert [pair for pair in found.response_headers if pair[0].lower() == "x-odd"] == [
        ("X-Odd", "café"),
        ("x-odd", "2"),
    ]
