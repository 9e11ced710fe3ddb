"""What is recorded comes back as it was; versions follow the words, in the order of their moments."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.documents.archive import Archive, open_archive
from cairn.errors import ArchiveError, RecordError
from cairn.records import (
    Credit,
    CreditKind,
    DateBasis,
    Document,
    FailureKind,
    Kept,
    Outcome,
    Span,
)
from documents.archive.factory import URL, capture, document, failure, hours

Say = Callable[..., Kept]


def numbered(archive: Archive, url: str = URL) -> list[tuple[int, str]]:
    return [(version.number, archive.document(version).text) for version in archive.versions(url)]


# --- what comes back ----------------------------------------------------------------------------------


def test_a_document_comes_back_with_all_its_parts(archive: Archive) -> None:
    whole = Document(
        id="tarn-1",
        text="TARN (AP) — Twelve\u2028people \ud83d died.\r\n",
        published=dt.date(2024, 5, 3),
        outlet="Tarn Courier",
        title="Market \x1b hit",
        url="https://news.example/tarn?a=1",
        byline="A. Sorin",
        basis=DateBasis.JSON_LD,
        language="en",
        credits=(
            Credit(agency="AP", kind=CreditKind.DATELINE, span=Span(6, 8)),
            Credit(agency="agencies", kind=CreditKind.BYLINE),
        ),
        set="week-18",
        notes=("decoded as windows-1252",),
    )
    empty = [each.name for each in dataclasses.fields(whole) if not getattr(whole, each.name)]
    assert empty == [], "a new field: fill it here, so that its way through the log is tested"
    kept = archive.keep(capture(b"raw"), b"raw", whole)
    assert kept.version is not None
    assert archive.document(kept.version) == whole
    assert archive.document(capture(b"raw")) == whole


def test_a_capture_and_its_bytes_come_back(archive: Archive) -> None:
    body = bytes(range(256)) * 300
    taken = capture(
        body,
        hour=0.1234567,
        final_url="https://www.news.example/tarn/",
        response_headers=(("Set-Cookie", "a=1"), ("set-cookie", "b=ü\ud83d"), ("X-Odd", "")),
    )
    archive.keep(taken, body, None)
    assert archive.capture(taken.id) == taken
    assert list(archive.captures()) == list(archive.captures(URL)) == [taken]
    assert archive.body(taken.body) == body


def test_bodies_lie_under_their_sha256_and_only_once(archive: Archive, folder: Path) -> None:
    for hour, url in enumerate([URL, URL, "https://other.example/"]):
        archive.keep(capture(b"raw", hour=hour, url=url), b"raw", document("words"))
    [path] = (folder / "bodies").rglob("*.gz")
    assert path.name == hashlib.sha256(b"raw").hexdigest() + ".gz"
    assert path.parent.name == path.name[:2]
    assert gzip.decompress(path.read_bytes()) == b"raw"
    assert len(list((folder / "texts").rglob("*.gz"))) == 1


def test_a_body_that_is_not_the_one_named_is_refused(archive: Archive, folder: Path) -> None:
    with pytest.raises(RecordError, match="another SHA-256"):
        archive.keep(capture(b"raw"), b"other", None)
    assert not list((folder / "bodies").rglob("*.gz"))
    assert not list(archive.captures())


def test_what_is_asked_for_and_not_there_is_said(archive: Archive, say: Say) -> None:
    with pytest.raises(ArchiveError, match="has no capture nothing"):
        archive.capture("nothing")
    with pytest.raises(ArchiveError, match="is missing from the archive"):
        archive.body("0" * 64)
    archive.keep(capture(b"wall"), b"wall", None)
    with pytest.raises(ArchiveError, match="gave no document"):
        archive.document(capture(b"wall"))


def test_a_damaged_body_is_not_handed_out(archive: Archive, folder: Path) -> None:
    name = capture(b"raw").body
    archive.keep(capture(b"raw"), b"raw", None)
    [path] = (folder / "bodies").rglob("*.gz")
    path.chmod(0o644)
    for damage, told in (
        (gzip.compress(b"roh"), "does not hold what its name says"),
        (b"?", "cannot be read"),
    ):
        path.write_bytes(damage)
        with pytest.raises(ArchiveError, match=told):
            archive.body(name)


# --- versions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        ("12 people were killed.", Outcome.UNCHANGED),
        ("12 people\nwere\tkilled. ", Outcome.UNCHANGED),
        ("19 people were killed.", Outcome.CHANGED),
        ("12 people were killed", Outcome.CHANGED),
    ],
)
def test_words_make_a_version_and_their_wrapping_does_not(say: Say, second: str, outcome: Outcome) -> None:
    assert say("12 people were killed.").outcome is Outcome.NEW
    kept = say(second, hour=1)
    assert kept.outcome is outcome
    assert kept.version is not None
    assert kept.version.number == (2 if outcome is Outcome.CHANGED else 1)


def test_a_headline_is_words(say: Say) -> None:
    say("Shells hit a market.", title="12 killed")
    assert say("Shells hit a market.", hour=1, title="19 killed").outcome is Outcome.CHANGED


def test_a_text_that_comes_back_is_a_version_again(archive: Archive, say: Say) -> None:
    for hour, text in enumerate(["a", "b", "a"]):
        say(text, hour=hour)
    assert numbered(archive) == [(1, "a"), (2, "b"), (3, "a")]


def test_an_old_capture_takes_its_place(archive: Archive, say: Say) -> None:
    say("a", hour=2)
    say("b", hour=4)
    assert say("a", hour=1).outcome is Outcome.UNCHANGED
    assert say("z", hour=0).outcome is Outcome.CHANGED
    assert say("c", hour=3).outcome is Outcome.CHANGED
    assert numbered(archive) == [(1, "z"), (2, "a"), (3, "c"), (4, "b")]
    [latest] = archive.latest()
    assert (latest.number, archive.document(latest).text) == (4, "b")


def test_addresses_do_not_mix(archive: Archive, say: Say) -> None:
    say("a")
    assert say("a", url="https://other.example/").outcome is Outcome.NEW
    assert [version.url for version in archive.versions()] == [URL, "https://other.example/"]


def test_a_version_says_how_long_it_was_seen(archive: Archive, say: Say) -> None:
    say("a", hour=0)
    say("a", hour=1)
    archive.confirm(URL, hours(2))
    say("b", hour=3)
    archive.confirm(URL, hours(9))
    first, second = archive.versions(URL)
    assert (first.captured_at, first.seen_at) == (hours(0), hours(2))
    assert (second.captured_at, second.seen_at) == (hours(3), hours(9))


def test_the_same_capture_again_is_known_and_writes_nothing(archive: Archive, say: Say, folder: Path) -> None:
    first = say("a")
    size = (folder / "log.jsonl").stat().st_size
    again = say("a")
    assert again == Kept(outcome=Outcome.KNOWN, version=first.version)
    assert (folder / "log.jsonl").stat().st_size == size
    assert archive.knows(capture(b"<p>a</p>").id)
    assert not archive.knows("capture-0")


def test_without_a_document_the_bytes_count(archive: Archive) -> None:
    outcomes = [
        archive.keep(capture(body, hour=hour), body, None)
        for hour, body in enumerate([b"feed", b"feed", b"more"])
    ]
    assert [kept.outcome for kept in outcomes] == [Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED]
    assert {kept.version for kept in outcomes} == {None}
    assert not list(archive.versions())


def test_a_capture_without_a_document_ends_no_version(archive: Archive, say: Say) -> None:
    say("a")
    archive.keep(capture(b"wall", hour=1), b"wall", None)
    assert say("a", hour=2).outcome is Outcome.UNCHANGED
    assert numbered(archive) == [(1, "a")]


recorded = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from("abc"), st.sampled_from(["x", "y"])), max_size=15
)


@given(recorded, st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_versions_are_what_the_captures_say_in_whatever_order(
    captures: list[tuple[int, str, str]], group: int
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "archive"
        stories: dict[str, list[tuple[int, int, str]]] = {}
        with open_archive(folder, group=group) as archive:
            for order, (hour, text, url) in enumerate(captures):
                body = f"{text} {order}".encode()
                archive.keep(capture(body, url=url, hour=hour), body, document(text))
                stories.setdefault(url, []).append((hour, order, text))
        expected = {}
        for url, story in stories.items():
            turns = [
                text
                for at, (_, _, text) in enumerate(sorted(story))
                if not at or sorted(story)[at - 1][2] != text
            ]
            expected[url] = list(enumerate(turns, start=1))
        with open_archive(folder, read_only=True) as archive:
            assert {url: numbered(archive, url) for url in stories} == expected
            latest = {version.url: version.number for version in archive.latest()}
            assert latest == {url: len(turns) for url, turns in expected.items()}
        (folder / "index.sqlite").unlink()
        with open_archive(folder, read_only=True) as archive:
            assert {url: numbered(archive, url) for url in stories} == expected


# --- lists --------------------------------------------------------------------------------------------


def test_the_latest_are_listed_newest_first_by_site_and_in_number(archive: Archive, say: Say) -> None:
    for hour in range(4):
        say("a", hour=hour, url=f"https://{'ab'[hour % 2]}.example/{hour}")
    assert [version.url[-1] for version in archive.latest()] == ["3", "2", "1", "0"]
    assert [version.url[-1] for version in archive.latest(2)] == ["3", "2"]
    assert [version.url[-1] for version in archive.latest(prefix="https://a.")] == ["2", "0"]
    assert (archive.count_latest(), archive.count_latest("https://b.")) == (4, 2)


@pytest.mark.parametrize(
    ("kind", "then", "stands"),
    [
        (FailureKind.UNREACHABLE, "nothing", True),
        (FailureKind.UNREACHABLE, "captured", False),
        (FailureKind.UNREACHABLE, "confirmed", False),
        (FailureKind.UNREACHABLE, "captured long before", True),
        (FailureKind.NO_ARTICLE, "confirmed", True),
        (FailureKind.NO_ARTICLE, "captured", False),
    ],
)
def test_a_failure_stands_until_it_is_mended(
    archive: Archive, say: Say, kind: FailureKind, then: str, stands: bool
) -> None:
    archive.keep(capture(b"wall"), b"wall", None)
    archive.fail(failure(kind=kind))
    if then == "confirmed":
        archive.confirm(URL, hours(1))
    elif then != "nothing":
        say("a", hour=1 if then == "captured" else -1)
    assert bool(list(archive.failures(standing=True))) == bool(archive.count_standing()) == stands
    assert list(archive.failures()) == [failure(kind=kind)]


def test_of_failures_the_last_of_each_name_stands(archive: Archive) -> None:
    for hour, name in enumerate(["x", "y", "x", "z"]):
        archive.fail(failure(name, hour=hour))
    assert [each.name for each in archive.failures()] == ["x", "y", "x", "z"]
    standing = [(each.name, each.at) for each in archive.failures(standing=True)]
    assert standing == [("z", hours(3)), ("x", hours(2)), ("y", hours(1))]
    assert [each.name for each in archive.failures(standing=True, prefix="y")] == ["y"]


def test_the_last_good_answer_is_what_to_ask_about(archive: Archive) -> None:
    assert archive.last_answer(URL) is None
    headers = (("eTag", '"8"'), ("LAST-MODIFIED", "Fri, 03 May 2024 09:00:00 GMT"))
    archive.keep(capture(b"old"), b"old", None)
    archive.keep(capture(b"good", hour=1, response_headers=headers), b"good", None)
    archive.keep(capture(b"bad", hour=2, status=503), b"bad", None)
    answer = archive.last_answer(URL)
    assert answer is not None
    assert (answer.etag, answer.last_modified) == ('"8"', "Fri, 03 May 2024 09:00:00 GMT")
    assert (answer.body, answer.captured_at) == (capture(b"good").body, hours(1))


def test_what_was_never_captured_cannot_be_unchanged(archive: Archive) -> None:
    with pytest.raises(RecordError, match="never captured"):
        archive.confirm(URL, hours(0))
