"""The timeline: a range an incident, never added up; days without reports are no quiet days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.records import Place
from cairn.review.days import COUNTS, LEFT, RANGES, RIGHT, WIDTH, Span, draw_days
from review.desk import Desk

FIRST = dt.date(2026, 1, 1)


def row(number: int, day: int, low: int, high: int) -> dict[str, Any]:
    start = FIRST + dt.timedelta(days=day)
    return {
        "id": f"inc-{number}",
        "time_start": start,
        "killed_low": low,
        "killed_high": high,
        "place": "<b>",
    }


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 10**6), st.integers(0, 10**6)), max_size=30),
    st.integers(1, 900),
)
def test_every_incident_has_one_bar_inside_the_drawing_that_says_its_own_range(
    made: list[tuple[int, int, int]], days: int
) -> None:
    rows = [
        row(number, day % days, min(one, other), max(one, other))
        for number, (day, one, other) in enumerate(made)
    ]
    counts: dict[dt.date, int] = {}
    for each in rows:
        counts[each["time_start"]] = counts.get(each["time_start"], 0) + 1
    drawing = draw_days(Span(FIRST, FIRST + dt.timedelta(days=days - 1)), "killed", rows, counts, {})
    assert sorted(bar.href for bar in drawing.ranges) == sorted(f"/incidents/{each['id']}" for each in rows)
    for bar in drawing.ranges:
        assert LEFT <= bar.x <= WIDTH - RIGHT
        assert RANGES[0] - 3 <= bar.y
        assert bar.y + bar.height <= RANGES[1] + 3
    said = {bar.href: bar.told for bar in drawing.ranges}
    for each in rows:
        low, high = f"{each['killed_low']:,}", f"{each['killed_high']:,}"
        assert said[f"/incidents/{each['id']}"].endswith(f"{low if low == high else f'{low}–{high}'} killed")
    assert sum(int(bar.told.split(": ")[1].split(" ")[0].replace(",", "")) for bar in drawing.counts) == len(
        rows
    )
    assert all(COUNTS[0] <= bar.y <= COUNTS[1] for bar in drawing.counts)


def test_an_event_stands_at_its_day_and_leads_to_its_report_in_its_own_words() -> None:
    told = {
        "type": "RETREAT", "mode": "ceasefire", "time_start": FIRST, "number": 7, "document": 3,
        "actor": "rebels", "recipient": None, "words": "laid down", "speaker": "mediator",
        "outlet": "x", "document_name": "y",
    }  # fmt: skip
    undated = told | {"time_start": None}
    drawing = draw_days(Span(FIRST, FIRST), "killed", [], {}, {}, [told, undated])
    (mark,) = drawing.events
    assert (mark.sign, mark.href) == ("▲", "/documents/3#event-7")
    assert mark.told == "rebels: retreat (ceasefire), 1 Jan 2026; “laid down”, according to mediator"


@pytest.mark.parametrize(
    ("days", "step"),
    [(1, "day"), (100, "day"), (101, "week"), (771, "month"), (3_000, "month"), (9_000, "year")],
)
def test_what_is_counted_together_grows_with_the_days(days: int, step: str) -> None:
    assert Span(FIRST, FIRST + dt.timedelta(days=days - 1)).step == step


def test_the_page_shows_each_incident_and_escapes_its_place(desk: Desk) -> None:
    incident = desk.add("odd", Place(name="<b>Orvale</b>", country="SY"))
    page = desk.browser().get("/timeline").text
    for each in (incident, desk.claims()[0].incident):
        assert f'<a href="/incidents/{each}" class="range"' in page
    assert "Orvale, 1 Feb 2026: 19 killed" in page  # what the one voice told before is overtaken
    assert "&lt;b&gt;Orvale" in page
    assert "<b>Orvale" not in page
    assert "A day without reports is not a quiet day" in page


def test_days_of_which_nothing_is_told_are_told_so(desk: Desk) -> None:
    assert "No incident that is asked for has a day" in desk.browser().get("/timeline?place=Elsewhere").text
    assert desk.browser().get("/timeline?since=2026-03-02&until=2026-03-01").status_code == 200
