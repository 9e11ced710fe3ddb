"""Feeds give the addresses of articles; what is no feed says so."""

from __future__ import annotations

import datetime as dt

import pytest

from cairn.documents.web import Feed, Fetched, is_feed, read_feed
from cairn.records import Failure, FailureKind

URL = "https://herald.example/feeds/rss.xml"


def fetched(content: bytes | str, media_type: str = "application/rss+xml", charset: str = "") -> Fetched:
    raw = content.encode() if isinstance(content, str) else content
    return Fetched(
        url=URL, final_url=URL, status=200, at=dt.datetime(2031, 3, 5, tzinfo=dt.UTC), body=raw, content=raw,
        media_type=media_type, charset=charset, request_headers=(), response_headers=(),
    )  # fmt: skip


def feed(content: bytes | str, **options: str) -> Feed:
    found = read_feed(fetched(content, **options))
    assert isinstance(found, Feed), found
    return found


def failed(content: bytes | str, **options: str) -> Failure:
    found = read_feed(fetched(content, **options))
    assert isinstance(found, Failure), found
    assert found.reason.isprintable()
    return found


def rss(*items: str, head: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0">{head}<channel><title>The Herald</title>{listed}</channel></rss>'


def test_rss() -> None:
    found = feed(
        rss(
            "<link>https://herald.example/a</link><pubDate>Wed, 05 Mar 2031 23:30:00 -0500</pubDate>",
            "<link>https://herald.example/b</link>",
        )
    )
    assert found.title == "The Herald"
    assert [entry.url for entry in found.entries] == ["https://herald.example/a", "https://herald.example/b"]
    # The day is that of the moment in UTC, as all days are.
    assert [entry.published for entry in found.entries] == [dt.date(2031, 3, 6), None]


def test_atom() -> None:
    found = feed(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Herald</title>'
        '<entry><link rel="alternate" href="/a"/><updated>2031-03-05T10:00:00Z</updated></entry>'
        '<entry><link rel="self" href="/api/b"/><link href="../b"/></entry></feed>',
        media_type="application/atom+xml",
    )
    assert [entry.url for entry in found.entries] == ["https://herald.example/a", "https://herald.example/b"]
    assert found.entries[0].published == dt.date(2031, 3, 5)


def test_rdf() -> None:
    found = feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>The Herald</title></channel><item><link>https://herald.example/a</link></item></rdf:RDF>"
    )
    assert [entry.url for entry in found.entries] == ["https://herald.example/a"]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://herald.example/a"),
        ("a", "https://herald.example/feeds/a"),
        ("//other.example/a", "https://other.example/a"),
        (" https://herald.example/a \n", "https://herald.example/a"),
        (
            "https://herald.example/a?utm_source=rss&amp;x=1#top",
            "https://herald.example/a?utm_source=rss&x=1#top",
        ),
        ("https://herald.example/A%2fb/é", "https://herald.example/A%2fb/é"),
    ],
)
def test_an_address_is_made_absolute_and_otherwise_left_as_it_is(link: str, url: str) -> None:
    assert [entry.url for entry in feed(rss(f"<link>{link}</link>")).entries] == [url]


@pytest.mark.parametrize("link", ["", "http://[", "https://herald.example/a&#x1b;[31m"])
def test_an_entry_without_an_address_is_passed_over(link: str) -> None:
    assert feed(rss(f"<link>{link}</link>", "<link>/b</link>")).entries[-1].url == "https://herald.example/b"


def test_an_address_is_listed_once_and_a_long_feed_is_cut() -> None:
    links = [f"<link>/{number}</link>" for number in (1, 1, 2, *range(3, 900))]
    entries = feed(rss(*links)).entries
    assert [entry.url for entry in entries[:2]] == ["https://herald.example/1", "https://herald.example/2"]
    assert len(entries) == 499


@pytest.mark.parametrize("charset", ["", "utf-8", "latin-1"])
@pytest.mark.parametrize("media_type", ["text/xml", "text/html", "application/octet-stream", ""])
def test_a_wrong_type_does_not_matter(media_type: str, charset: str) -> None:
    assert feed(rss("<link>/a</link>"), media_type=media_type, charset=charset).entries


def test_a_feed_that_is_damaged_gives_what_it_can() -> None:
    whole = rss(*(f"<link>/{number}</link><title>A &amp; B</title>" for number in range(5)))
    assert len(feed(whole[: len(whole) // 2]).entries) >= 2
    assert feed(rss("<link>/a</link><title>A & B</title>")).entries
    assert feed("\ufeff \n" + rss("<link>/a</link>")).entries


def test_an_empty_feed_is_a_feed() -> None:
    assert feed(rss()).entries == ()


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html><body>news</body></html>", "\n<HTML>", "<head></head>", "<div>"]
)
def test_a_page_is_no_feed(page: str) -> None:
    found = failed(page, media_type="text/html")
    assert found.kind is FailureKind.KIND
    assert "is a web page, no feed" in found.reason


def test_a_page_that_names_its_feeds_is_quoted() -> None:
    page = (
        "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'>"
        "<link rel='alternate' type='application/atom+xml' href='https://other.example/atom'>"
        "<link rel='alternate' hreflang='fr' href='/fr'></head></html>"
    )
    told = failed(page).reason
    assert "https://herald.example/feed, https://other.example/atom" in told
    assert "/fr" not in told


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", FailureKind.NO_ARTICLE),
        (" \n", FailureKind.NO_ARTICLE),
        ("news of the day", FailureKind.KIND),
        ('{"version": "https://jsonfeed.org/version/1.1"}', FailureKind.KIND),
        ("<opml><body/></opml>", FailureKind.KIND),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", FailureKind.KIND),
        (b"\x89PNG\r\n\x1a\n\0\0\0", FailureKind.KIND),
        (b"\xff\xfe\0\0", FailureKind.KIND),
    ],
)
def test_what_is_no_feed_says_so(content: bytes | str, kind: FailureKind) -> None:
    assert failed(content).kind is kind


def test_a_bomb_of_entities_is_not_lit() -> None:
    levels = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "boom">' for n in range(12)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [{levels}]>' + rss("<title>&l11;</title>")
    assert failed(bomb).kind is FailureKind.BROKEN
    plain = '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>' + rss("<link>/a</link><title>a&nbsp;b</title>")
    assert feed(plain).entries


def test_nothing_is_read_from_outside() -> None:
    """Neither files nor addresses, whatever a feed asks for; connections out fail every test."""
    outside = "<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY y SYSTEM 'http://198.41.0.4/'>"
    found = feed(
        f'<?xml version="1.0"?><!DOCTYPE rss [{outside}]>' + rss("<link>/a&x;&y;</link><title>&x;</title>")
    )
    assert found.entries[0].url.startswith("https://herald.example/a")
    assert read_feed(fetched("http://198.41.0.4/")) is not None


@pytest.mark.parametrize(
    "content",
    [
        "<rss>" + "<a>" * 1_000_000,
        "<rss>" + "<a>" * 5_000,
        "<rss" + " a='b'" * 50_000 + ">",
        rss("<link>/a</link>" + "<b>" * 5_000),
        rss("<description>" + "&lt;b&gt;" * 50_000 + "</description>"),
        "<rss><![CDATA[" + "]" * 200_000,
        "<rss><!--" + "-" * 200_000,
        "<rss>" + "&" * 200_000,
        rss("<pubDate>" + "1 " * 50_000 + "</pubDate>"),
    ],
    ids=["tags", "deep", "attributes", "deep in an item", "markup", "cdata", "comment", "ampersands", "date"],
)
def test_hostile_feeds_end(content: str) -> None:
    assert isinstance(read_feed(fetched(content)), Feed | Failure)


def test_feeds_are_known_from_articles() -> None:
    atom = "<?xml version='1.0'?><!-- news --><feed xmlns='http://www.w3.org/2005/Atom'/>"
    page = "<html><body><p>An RSS feed is a list.</p></body></html>"
    assert is_feed(fetched(rss(), media_type="text/html"))
    assert is_feed(fetched(atom, media_type=""))
    assert not is_feed(fetched(page, media_type="text/html"))
