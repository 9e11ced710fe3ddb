"""When articles are visited again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.revisits import is_due, may_be_due, may_pass, may_retry, same_article
from cairn.records import Failure, FailureKind

NOON = dt.datetime(2031, 3, 5, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def visits(published: dt.date | None, pause: dt.timedelta = dt.timedelta(minutes=10)) -> list[float]:
    """Return at what age, in hours, an article that was captured at noon is visited again."""
    last, ages = NOON, []
    now = NOON
    while now - NOON < dt.timedelta(days=40):
        now += pause
        if is_due(first=NOON, last=last, published=published, now=now):
            last = now
            ages.append((now - NOON) / HOUR)
    return ages


def test_pauses_grow_as_the_article_ages() -> None:
    assert visits(None) == [1, 2, 4, 8, 16, 32, 64, 128, 256]


def test_an_article_of_today_is_not_taken_for_older_than_it_is() -> None:
    assert visits(NOON.date()) == visits(None)
    assert visits(NOON.date() + dt.timedelta(days=3)) == visits(None)


def test_an_article_that_was_old_when_it_was_found_is_visited_less() -> None:
    ages = visits(NOON.date() - dt.timedelta(days=3))
    assert ages[0] >= 24
    assert len(ages) <= 2
    assert visits(NOON.date() - dt.timedelta(days=30)) == []


def test_who_comes_late_makes_one_visit_not_all_that_were_missed() -> None:
    assert is_due(first=NOON, last=NOON, published=None, now=NOON + 50 * HOUR)
    assert not is_due(first=NOON, last=NOON + 50 * HOUR, published=None, now=NOON + 60 * HOUR)
    assert not is_due(first=NOON, last=NOON, published=None, now=NOON + 15 * 24 * HOUR)


moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: NOON + dt.timedelta(minutes=minutes))


@given(moments, moments, moments, moments, st.none() | st.dates(dt.date(2031, 2, 1), dt.date(2031, 5, 1)))
def test_the_quick_look_never_passes_over_what_is_due(
    first: dt.datetime, began: dt.datetime, last: dt.datetime, now: dt.datetime, published: dt.date | None
) -> None:
    first, began, last, now = sorted([first, began, last, now])
    if is_due(first=first, last=last, published=published, now=now):
        assert may_be_due(began=began, last=last, now=now)


@pytest.mark.parametrize(
    ("kind", "status", "passing"),
    [
        (FailureKind.UNREACHABLE, None, True),
        (FailureKind.STATUS, 429, True),
        (FailureKind.STATUS, 503, True),
        (FailureKind.STATUS, 404, False),
        (FailureKind.REFUSED, None, False),
        (FailureKind.REFUSED, 503, True),  # robots.txt could not be had
        (FailureKind.NO_ARTICLE, 200, False),
        (FailureKind.TOO_LARGE, None, False),
    ],
)
def test_what_may_pass_is_tried_in_each_round_and_the_rest_once_a_day(
    kind: FailureKind, status: int | None, passing: bool
) -> None:
    failure = Failure(name="http://a.example/", at=NOON, kind=kind, reason="failed", status=status)
    assert may_pass(failure) == passing
    assert may_retry(failure, NOON + HOUR) == passing
    assert may_retry(failure, NOON + 24 * HOUR)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example/x?utm_source=rss&utm_medium=feed", True),
        ("https://a.example/x", "http://A.example/x#top", True),
        ("https://a.example/x?id=1", "https://a.example/x?fbclid=9&id=1", True),
        ("https://a.example", "https://a.example/", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x?id=1", "https://a.example/x", False),
        ("https://a.example/x?source=rss", "https://a.example/x", False),
        ("https://a.example/x", "https://a.example/X", False),
        ("https://a.example/x", "https://b.example/x", False),
        ("https://a.example:8080/x", "https://a.example/x", False),
        ("http://[", "http://[/", False),
    ],
)
def test_tracking_makes_no_other_article(one: str, other: str, same: bool) -> None:
    assert (same_article(one) == same_article(other)) == same
