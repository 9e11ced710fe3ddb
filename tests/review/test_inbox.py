"""What waits, in which order, and how much from day to day."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from cairn.ledger import Asked, Order, as_of, backlog, count_waiting, list_waiting, next_waiting
from review.desk import NOW, Desk


def waiting(desk: Desk, order: Order = Order.AGE, **asked: str) -> list[str]:
    with as_of(desk.ledger, None) as state:
        return [row["id"] for row in list_waiting(state, Asked(**asked), order)]


def settle(desk: Desk, claim: str, what: str = "confirm") -> None:
    assert desk.browser().post(f"/claims/{claim}/{what}", data={"seen": "none"}).status_code == 303


def test_every_claim_waits_until_somebody_settles_it(desk: Desk) -> None:
    every = [claim for number in (1, 2, 3) for claim in desk.ids(number)]
    assert sorted(waiting(desk)) == sorted(every)
    settle(desk, every[0])
    settle(desk, every[1], "reject")
    assert set(waiting(desk)) == set(every[2:])
    with as_of(desk.ledger, None) as state:
        assert count_waiting(state, Asked()) == len(every) - 2


@pytest.mark.parametrize("order", Order)
def test_going_on_and_back_visits_each_claim_once(desk: Desk, order: Order) -> None:
    listed = waiting(desk, order)
    with as_of(desk.ledger, None) as state:
        rows = list_waiting(state, Asked(), order)
        visited = [(rows[0]["id"], rows[0]["number"])]
        while onward := next_waiting(state, Asked(), order, visited[-1][1]):
            visited.append(onward)
        assert [claim for claim, _ in visited] == listed
        back = [visited[-1]]
        while before := next_waiting(state, Asked(), order, back[-1][1], back=True):
            back.append(before)
    assert [claim for claim, _ in back] == listed[::-1]


def test_the_largest_figure_comes_first_where_asked(desk: Desk) -> None:
    with as_of(desk.ledger, None) as state:
        lows = [row["low"] for row in list_waiting(state, Asked(), Order.CONSEQUENCE)]
    assert lows == sorted(lows, reverse=True)


def test_pages_show_all_that_waits_and_no_claim_twice(desk: Desk) -> None:
    with as_of(desk.ledger, None) as state:
        paged = [
            row["id"] for start in (0, 4, 8) for row in list_waiting(state, Asked(), Order.DOUBT, 4, start)
        ]
        assert paged == [row["id"] for row in list_waiting(state, Asked(), Order.DOUBT)]


def test_filters_stand_in_the_address_and_in_every_link(desk: Desk) -> None:
    page = desk.browser().get("/?document=wire-2&speaker=ministry&order=doubt").text
    assert "3 claims wait" in page
    assert (
        f"/claims/{waiting(desk, Order.DOUBT, document='wire-2')[0]}?speaker=ministry&amp;document=wire-2"
        in page
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?since=2026-13-40", "no day"),
        ("?harm=hurt", "no harm"),
        ("?order=best", "no order"),
        ("?page=0", "no page"),
        ("?page=1e9", "no page"),
        ("?plaec=Orvale", "no filter"),
        ("?place=" + "x" * 300, "longer"),
        ("?words=%00", "longer"),
    ],
)
def test_a_broken_filter_is_told_in_words_with_a_way_on(desk: Desk, query: str, told: str) -> None:
    answer = desk.browser().get("/" + query)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("words", ['"', "“", "AND OR (", "*", "orvale NEAR", "'; DROP TABLE claims; --"])
def test_words_are_looked_for_and_never_run(desk: Desk, words: str) -> None:
    assert desk.browser().get("/", params={"words": words}).status_code == 200


def test_a_page_beyond_the_last_says_so(desk: Desk) -> None:
    assert "no such page" in desk.browser().get("/?page=7").text


def test_the_backlog_adds_up(desk: Desk) -> None:
    for claim in desk.ids()[:2]:
        settle(desk, claim)
    today = desk.clock.now.date()
    with as_of(desk.ledger, None) as state:
        days = backlog(state, today, 5)
    assert [each.day for each in days] == [today - dt.timedelta(days=back) for back in range(4, -1, -1)]
    by_day = {each.day: each for each in days}
    assert (by_day[NOW.date()].came, by_day[NOW.date()].waiting) == (9, 9)
    assert (by_day[today].settled, by_day[today].waiting) == (2, 7)
    for before, after in pairwise(days):
        assert after.waiting == before.waiting + after.came - after.settled


def test_the_chart_tells_the_same(desk: Desk) -> None:
    chart = desk.browser().get("/backlog.svg")
    assert chart.headers["content-type"].startswith("image/svg+xml")
    assert "9 claims wait" in chart.text
