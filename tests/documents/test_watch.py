"""A small news region is watched through three rounds, with edits between them and traps beside the road."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn.documents import (
    Archive,
    Captured,
    Feed,
    Listed,
    Manners,
    PutOff,
    Round,
    Visitor,
    open_archive,
    open_visitor,
    watch_round,
)
from cairn.lexicon import Lexicon
from cairn.records import DateBasis, Failure, FailureKind, Outcome
from loopback_site import Clock, Handler, Page, Site, redirect, send, serve

HERALD, POST, TRAPS, HERE = "herald.example", "post.example", "traps.example", "127.0.0.1"
MANNERS = Manners(
    allow_private=True, contact="desk@example.org", max_bytes=200_000, total_s=3.0, read_s=3.0, connect_s=3.0
)
MARKET = (
    "At least 12 people were killed in Tarn on Wednesday when shells hit the covered market, the mayor said.",
    "Thirty others were wounded, according to the hospital, which asked for blood in the evening.",
    "Residents said that the shelling began at noon and lasted for an hour, while the shops were open.",
)
EDITED = (MARKET[0].replace("12", "19"), *MARKET[1:])
BUS = (
    "Four passengers died when a bus hit a landmine near Dorn on Tuesday, the district police said.",
    "The driver survived and was taken to a hospital, the transport office added in a statement.",
    "Roads around the town were closed while engineers searched the fields for further mines.",
)
FLATS = (
    "Two children died when a missile hit a block of flats in Sable overnight, rescue workers said.",
    "Their mother was pulled out alive after six hours, and nine neighbours were treated for burns.",
    "The block stands beside a depot that had been hit twice before, people in the street recalled.",
)
CONSENT = (
    "<html><head><title>Before you continue</title></head><body><h1>We value your privacy</h1>"
    "<p>We and our 842 partners use cookies to store and access information on your device. You can "
    "accept all cookies, reject all, or manage your choices.</p><button>Accept all</button></body></html>"
)


def article(
    title: str, paragraphs: tuple[str, ...], *, outlet: str = "The Herald", dated: bool = True
) -> str:
    """Return a page as outlets make them."""
    date = '<meta property="article:published_time" content="2031-03-05T07:00:00Z">' if dated else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{title}">{date}'
        "</head><body><nav><a href='/'>Home</a> <a href='/about'>About us</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer>All rights reserved</footer></body></html>"
    )


def rss(*links: str, **headers: str) -> Page:
    """Return a feed that lists addresses."""
    items = "".join(
        f"<item><title>News</title><link>{link.replace('&', '&amp;')}</link>"
        "<pubDate>Wed, 05 Mar 2031 06:30:00 GMT</pubDate></item>"
        for link in links
    )
    raw = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Latest</title>{items}</channel></rss>'
    return Page(body=raw.encode(), media_type="application/rss+xml", headers=headers)


def drip(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(400):
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(0.02)


def set_traps(site: Site) -> dict[str, FailureKind]:
    """Serve pages that should give one line each; return what is to be said of them."""
    bomb = Page(body=gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"})
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/", TRAPS)
    site.put("/loop/2", redirect("/loop/1"), TRAPS)
    traps = {
        "/loop/1": (redirect("/loop/2"), FailureKind.REDIRECTS),
        "/bomb": (bomb, FailureKind.TOO_LARGE),
        "/huge": (Page(body=b"a", headers={"Content-Length": "314572800"}), FailureKind.TOO_LARGE),
        "/drip": (drip, FailureKind.UNREACHABLE),
        "/forbidden": (Page(status=403), FailureKind.STATUS),
        "/gone": (Page(status=410), FailureKind.STATUS),
        "/consent": (Page(body=CONSENT.encode()), FailureKind.NO_ARTICLE),
        "/empty": (Page(), FailureKind.NO_ARTICLE),
        "/private/1": (Page(body=b"not for programs"), FailureKind.REFUSED),
        "/inside": (redirect("http://169.254.169.254/latest/meta-data/"), FailureKind.REFUSED),
        "/film": (Page(body=b"\0" * 99, media_type="video/mp4"), FailureKind.KIND),
        "/feed": (rss("/a"), FailureKind.KIND),
    }
    return {site.put(path, page, TRAPS): kind for path, (page, kind) in traps.items()}


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    return open_visitor(MANNERS, clock.outside())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as opened:
        yield opened


def captured(found: Round) -> list[Captured]:
    return [each for each in found.articles.values() if isinstance(each, Captured)]


def outcomes(found: Round) -> dict[str, Outcome | FailureKind]:
    """Return what came of each article that was asked for, by its address."""
    told: dict[str, Outcome | FailureKind] = {each.url: each.outcome for each in captured(found)}
    for each in found.articles.values():
        if isinstance(each, Failure):
            assert each.reason.isprintable()
            told[each.name] = each.kind
    return told


def test_three_rounds(site: Site, clock: Clock, visitor: Visitor, archive: Archive, lexicon: Lexicon) -> None:
    traps = set_traps(site)
    market = site.put("/tarn?utm_source=rss", article("Shells hit market", MARKET), HERALD)
    page = Page(body=article("Bus hits mine", BUS).encode(), headers={"ETag": '"b1"'})
    bus = site.put("/dorn", page, HERALD)
    moved = site.put("/sable", redirect("/news/sable", 301), POST)
    flats = article("Missile hits flats", FLATS, outlet="Dorn Post", dated=False)
    site.put("/news/sable", flats, POST)
    latin = site.put("/latin", Page(body=article("Café bombed", FLATS).encode("latin-1")), POST)
    answers = [Page(status=429, headers={"Retry-After": "5"}), Page(body=article("Late", BUS).encode())]
    busy = site.put("/busy", lambda handler: send(handler, answers.pop(0)), "busy.example")
    herald = site.put("/rss.xml", rss(market, "/dorn", ETag='"f1"'), HERALD)
    listed = [
        Listed(url=herald, outlet="Tarn Herald"),
        Listed(url=site.put("/rss.xml", rss(moved, latin, f"{market}&utm_medium=x", busy), POST)),
        Listed(url=site.put("/rss.xml", rss(*traps), TRAPS)),
        Listed(url=site.put("/home", "<!DOCTYPE html><html><body>News</body></html>", POST)),
        Listed(url="http://dead.invalid/rss.xml"),
    ]

    # The first round: everything is new.
    first = Round()
    watch_round(first, archive, visitor, listed, lexicon)
    assert [type(first.feeds[place]) for place in range(5)] == [Feed, Feed, Feed, Failure, Failure]
    assert outcomes(first) == dict.fromkeys((market, bus, moved, latin, busy), Outcome.NEW) | traps
    assert 5.0 in clock.slept  # as the busy host asked
    assert all("desk@example.org" in asked.headers["User-Agent"] for asked in site.asked)
    assert not [asked for asked in site.asked if asked.path.startswith("/private/")]
    assert site.paths(HERALD) == ["/rss.xml", "/tarn?utm_source=rss", "/dorn"]
    documents = {each.url: each.document for each in captured(first)}
    assert "At least 12 people" in documents[market].text
    assert "About us" not in documents[market].text
    assert documents[market].outlet == "Tarn Herald"  # as the list calls it
    assert (documents[market].published, documents[market].basis) == (dt.date(2031, 3, 5), DateBasis.META)
    assert documents[moved].outlet == "Dorn Post"  # as the page calls itself
    assert (documents[moved].published, documents[moved].basis) == (dt.date(2031, 3, 5), DateBasis.GIVEN)
    assert documents[latin].title == "Café bombed"
    [capture] = archive.captures(moved)
    assert capture.final_url == site.url("/news/sable", POST)
    assert archive.body(capture.body) == flats.encode()

    # Ten minutes later nothing is due: only feeds are asked, and what failed in passing.
    clock.turn(minutes=10)
    site.put("/drip", Page(status=500), TRAPS)
    before = len(site.asked)
    early = Round()
    watch_round(early, archive, visitor, listed, lexicon)
    assert {asked.path for asked in site.asked[before:]} == {"/rss.xml", "/home", "/drip"}
    assert next(asked for asked in site.asked[before:]).headers.get("If-None-Match") in ('"f1"', None)
    assert captured(early) == []
    assert early.waiting == len(traps) + 5 - 1

    # The second round: a figure was edited where it stood, an article came, another left its feed.
    clock.turn(hours=2)
    answers.append(Page(body=article("Late", BUS).encode()))
    site.put("/tarn?utm_source=rss", article("Shells hit market", EDITED), HERALD)
    new = site.put("/new", article("Bus hits mine again", BUS), HERALD)
    site.put("/rss.xml", rss("/new", "/tarn?utm_source=rss&fbclid=7", ETag='"f2"'), HERALD)
    before = len(site.asked)
    second = Round()
    watch_round(second, archive, visitor, listed, lexicon)
    told = outcomes(second)
    assert told == dict.fromkeys((bus, moved, latin, busy), Outcome.UNCHANGED) | {
        market: Outcome.CHANGED,
        new: Outcome.NEW,
        site.url("/drip", TRAPS): FailureKind.STATUS,
    }
    [changed] = [each for each in captured(second) if each.url == market]
    assert changed.number == 2
    assert changed.difference is not None
    assert [(figure.old, figure.new) for figure in changed.difference.figures] == [
        ("At least 12", "At least 19")
    ]
    sent = {asked.path: asked.headers.get("If-None-Match") for asked in site.asked[before:]}
    assert sent["/dorn"] == '"b1"'  # and the host did not send it again
    assert len(list(archive.captures(bus))) == 1

    # The third round: a headline changed; a page became a wall; what did not change makes no version.
    clock.turn(hours=5)
    answers.append(Page(status=404))
    site.put("/tarn?utm_source=rss", article("Nineteen die in market", EDITED), HERALD)
    site.put("/latin", CONSENT, POST)
    third = Round()
    watch_round(third, archive, visitor, listed, lexicon)
    told = outcomes(third)
    assert told[market] is Outcome.CHANGED
    assert told[bus] is told[moved] is told[new] is Outcome.UNCHANGED
    assert told[latin] is FailureKind.NO_ARTICLE
    assert told[busy] is FailureKind.STATUS

    # What the archive holds in the end.
    assert [version.number for version in archive.versions(market)] == [1, 2, 3]
    texts = [archive.document(version).text for version in archive.versions(market)]
    assert ["19" in text for text in texts] == [False, True, True]
    [version] = archive.versions(bus)
    assert version.seen_at - version.captured_at > dt.timedelta(hours=7)
    [version] = archive.versions(latin)  # the wall is kept as a capture, not as an article
    assert len(list(archive.captures(latin))) == 3
    standing = {failure.name: failure.kind for failure in archive.failures(standing=True)}
    assert standing == traps | {
        site.url("/drip", TRAPS): FailureKind.STATUS,
        latin: FailureKind.NO_ARTICLE,
        busy: FailureKind.STATUS,
        listed[3].url: FailureKind.KIND,
        listed[4].url: FailureKind.UNREACHABLE,
    }


def test_a_host_that_is_down_costs_one_attempt_and_is_tried_in_the_next_round(
    site: Site, clock: Clock, visitor: Visitor, archive: Archive, lexicon: Lexicon
) -> None:
    links = [site.url(f"/{number}", "down.invalid") for number in range(30)]
    listed = [Listed(url=site.put("/rss.xml", rss(*links), HERALD))]
    first = Round()
    watch_round(first, archive, visitor, listed, lexicon)
    assert clock.look_ups.count("down.invalid") == 1
    assert sum(isinstance(each, PutOff) for each in first.articles.values()) == 29
    assert len(list(archive.failures())) == 1
    clock.turn(minutes=30)
    clock.names["down.invalid"] = (HERE,)
    for number in range(30):
        site.put(f"/{number}", article(f"Report {number}", MARKET), "down.invalid")
    second = Round()
    watch_round(second, archive, visitor, listed, lexicon)
    assert outcomes(second) == dict.fromkeys(links, Outcome.NEW)
    assert list(archive.failures(standing=True)) == []


def test_an_article_that_was_fetched_by_hand_or_left_its_feed_is_visited_until_it_is_old(
    site: Site, clock: Clock, visitor: Visitor, archive: Archive, lexicon: Lexicon
) -> None:
    url = site.put("/tarn", article("Shells hit market", MARKET), HERALD)
    feed = site.put("/rss.xml", rss(url), HERALD)
    watch_round(Round(), archive, visitor, [Listed(url=feed, outlet="Tarn Herald")], lexicon)
    site.put("/rss.xml", rss(), HERALD)
    ages = []
    for age in range(3, 24 * 20, 3):
        clock.turn(hours=3)
        found = Round()
        watch_round(found, archive, visitor, [Listed(url=feed)], lexicon)
        if found.articles:
            ages.append(age)
            [again] = captured(found)
            assert again.document.outlet == "Tarn Herald"  # no list says so any more
    assert ages == [3, 6, 12, 24, 48, 96, 192]


def test_a_round_goes_on_where_a_killed_one_stopped(site: Site, tmp_path: Path, lexicon: Lexicon) -> None:
    """Killed without warning, as by a power cut, while the third article was on its way."""
    texts = [tuple(f"{line} ({number})" for line in MARKET) for number in range(5)]
    pages = [site.put(f"/{n}", article(f"Report {n}", text), HERE) for n, text in enumerate(texts)]
    site.put("/2", lambda handler: time.sleep(60), HERE)
    feed = site.put("/rss.xml", rss(*pages, ETag='"f1"'), HERE)
    script = textwrap.dedent(
        f"""
        import datetime as dt
        from pathlib import Path
        from cairn.documents import *
        from cairn.lexicon import load_lexicon
        visitor = open_visitor(
            Manners(allow_private=True, delay_s=0.0), Outside(now=lambda: dt.datetime.now(dt.UTC))
        )
        with open_archive(Path({str(tmp_path / "archive")!r})) as archive:
            told = lambda: print("one more", flush=True)
            watch_round(Round(), archive, visitor, [Listed(url={feed!r})], load_lexicon(), told=told)
        """
    )
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)  # noqa: S603
    assert running.stdout is not None
    for _ in range(3):  # the feed and two articles
        assert running.stdout.readline().strip() == b"one more"
    os.kill(running.pid, signal.SIGKILL)
    running.wait(10)
    running.stdout.close()
    site.put("/2", article("Report 2", texts[2]), HERE)
    before = len(site.asked)
    with open_archive(tmp_path / "archive") as archive:
        assert {version.url for version in archive.latest()} == set(pages[:2])
        manners = Manners(allow_private=True, delay_s=0.0)
        visitor = open_visitor(manners, Clock(now_=dt.datetime.now(dt.UTC)).outside())
        watch_round(Round(), archive, visitor, [Listed(url=feed)], lexicon)
        assert {version.url for version in archive.latest()} == set(pages)
    again = [asked for asked in site.asked[before:] if asked.path != "/robots.txt"]
    assert [asked.path for asked in again] == ["/rss.xml", "/2", "/3", "/4"]
    assert again[0].headers["If-None-Match"] == '"f1"'
