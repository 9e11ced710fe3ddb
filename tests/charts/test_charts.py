"""Charts open as SVG and PNG, hide no fall and no doubt, and escape what reports say."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import math
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.charts import (
    Caption,
    Picture,
    Spot,
    Toll,
    days_picture,
    draw_png,
    draw_svg,
    map_picture,
    policies_picture,
    positions_picture,
    read_basemap,
    toll_picture,
)
from cairn.charts.days import _period, _periods, step_of
from cairn.charts.ground import MAP_HEIGHT, MAP_WIDTH, _view, circle
from cairn.charts.look import UNDERCOUNT, round_top, spread, wrapped
from cairn.records import EARTH_KM, Count, Estimate, Group, Harm, Position, Said

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>\x07"
CAPTION = Caption(title=f"Orvale {HOSTILE}", subtitle=f"as told {HOSTILE}", notes=(f"from {HOSTILE}",))
DAY = dt.date(2026, 2, 3)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


def said(low: int | None, day: int | None = 3, *, high: int | None = None, approx: bool = False) -> Said:
    on = None if day is None else dt.date(2026, 2, day)
    count = Count(low=low, high=high if high is not None or approx else low, approx=approx)
    return Said(claim=f"clm-{low}-{day}", document="r", said_on=on, count=count)


def position(origin: str, *figures: Said) -> Position:
    return Position(
        origin=origin, harm=Harm.KILLED, current=figures[-1], earlier=figures[:-1], documents=("r",)
    )


def estimate(low: int | None, best: int | None, high: int | None) -> Estimate:
    return Estimate(
        policy="p", version="1", harm=Harm.KILLED, low=low, best=best, high=high, claims=(), left_out=(),
        origins=2, documents=3, provisional=False, grade=None, reason="",
    )  # fmt: skip


def spot(place: str = "Orvale", low: int = 4, radius: float = 12.0, **more: Any) -> Spot:
    given = {"latitude": 36.2, "longitude": 37.2, "incidents": 1, "high": 9} | more
    return Spot(place=place, low=low, radius_km=radius, **given)


PICTURES = {
    "toll": lambda: toll_picture(
        CAPTION, [position(HOSTILE, said(14), said(50, 5)), position("B", said(27))]
    ),
    "toll without days": lambda: toll_picture(CAPTION, [position("Ministry", said(3, None))]),
    "positions": lambda: positions_picture(
        CAPTION, [(Harm.KILLED, (), [position(HOSTILE, said(14))]), (Harm.KILLED, (Group.CHILD,), [])]
    ),
    "policies": lambda: policies_picture(
        CAPTION, [(Harm.KILLED, [(HOSTILE, estimate(1, 2, 3)), ("none", estimate(None, None, None))])]
    ),
    "days": lambda: days_picture(
        CAPTION, [Toll(day=DAY, low=3, best=4, high=None)], (DAY, DAY), {DAY: 2}, [(DAY, HOSTILE)]
    ),
    "map": lambda: map_picture(CAPTION, [spot(HOSTILE)], "killed"),
}


def rows(picture: Picture) -> Iterator[dict[str, Any]]:
    """Yield all rows that a chart draws."""
    waiting: list[Any] = [picture.chart.to_dict()]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            data = each.get("data", {})
            yield from data.get("values", ())
            waiting += [value for name, value in each.items() if name not in ("data", "datasets")]
            for values in each.get("datasets", {}).values():
                yield from values
        elif isinstance(each, list):
            waiting += each


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_opens_says_what_it_is_and_runs_nothing(name: str) -> None:
    picture = PICTURES[name]()
    chart = ElementTree.fromstring(draw_svg(picture))  # noqa: S314 -- our own
    assert chart.get("role") == "img"
    assert {element.tag for element in chart.iter()} & {
        f"{SVG}script",
        f"{SVG}image",
        f"{SVG}foreignObject",
    } == set()
    assert chart.findtext(f"{SVG}title") == picture.title
    assert chart.findtext(f"{SVG}desc") == picture.told
    letters = "".join(text for element in chart.iter(f"{SVG}text") for text in element.itertext())
    assert "alert(1)" in letters
    for line in wrapped(UNDERCOUNT, 11):
        assert line in letters


def test_a_png_bears_its_words() -> None:
    picture = PICTURES["toll"]()
    image = draw_png(picture, 1.0)
    at, chunks = 8, dict[bytes, list[bytes]]()
    while at < len(image):
        size = int.from_bytes(image[at : at + 4], "big")
        body = image[at + 4 : at + 8 + size]
        assert zlib.crc32(body).to_bytes(4, "big") == image[at + 8 + size : at + 12 + size]
        chunks.setdefault(body[:4], []).append(body[4:])
        at += 12 + size
    assert b"IEND" in chunks
    words = dict(text.split(b"\0\0\0\0\0", 1) for text in chunks[b"iTXt"])
    assert words[b"Title"].decode() == picture.title
    assert words[b"Description"].decode() == picture.told


def test_every_figure_has_its_dot_and_a_fall_is_marked() -> None:
    picture = toll_picture(
        CAPTION, [position("Ministry", said(1400, 3), said(1200, 9)), position("B", said(7, 4))]
    )
    dots = [(row["day"], row["figure"], row["fell"]) for row in rows(picture) if row.get("dot") is True]
    assert sorted(dots) == [
        ("2026-02-03", 1400, False), ("2026-02-04", 7, False), ("2026-02-09", 1200, True),
    ]  # fmt: skip
    assert "hollow" in json.dumps(picture.chart.to_dict())
    assert "Ministry: 1,400 on 3 Feb 2026; 1,200 on 9 Feb 2026." in picture.told


def test_more_voices_than_colours_are_grey_and_counted() -> None:
    picture = toll_picture(CAPTION, [position(f"Voice {number}", said(number)) for number in range(9)])
    assert "3 more voices are drawn in grey" in json.dumps(picture.chart.to_dict())
    assert len([row for row in rows(picture) if row.get("dot") is True]) == 9
    assert picture.told.count("Voice") == 9


def test_open_ends_ranges_and_rough_figures_look_different() -> None:
    figures = {
        "least": said(20, high=None, approx=True),
        "most": Said(claim="c", document="r", said_on=DAY, count=Count(high=30)),
        "range": said(20, high=30),
        "one": said(25),
    }
    picture = positions_picture(
        CAPTION, [(Harm.KILLED, (), [position(name, each) for name, each in figures.items()])]
    )
    drawn = {row["name"]: row for row in rows(picture) if "name" in row}
    assert [drawn[name]["more"] for name in figures] == [True, False, False, False]
    assert [drawn[name]["less"] for name in figures] == [False, True, False, False]
    assert [drawn[name]["dot"] for name in figures] == [20, 30, None, 25]
    assert [drawn[name]["span"] for name in figures] == [True, True, True, False]
    assert drawn["least"]["vague"]
    assert not drawn["one"]["vague"]


def test_a_policy_without_a_figure_stays_in_view() -> None:
    told = PICTURES["policies"]().told
    assert "none no figure" in told
    assert "2 (1–3)" in told


def test_silence_and_nobody_stay_apart_by_day() -> None:
    tolls = [
        Toll(day=DAY, low=0, best=0, high=0),
        Toll(day=None, low=5, best=None, high=5),
        Toll(day=DAY - dt.timedelta(days=400), low=7, best=None, high=None),
    ]
    picture = days_picture(CAPTION, tolls, (DAY, DAY + dt.timedelta(days=2)), {DAY: 1})
    assert picture.told == "3 Feb 2026: none, in 1 incident."
    spec = json.dumps(picture.chart.to_dict())
    assert "1 incident (at least 5 persons) has no day" in spec
    assert "1 incident (at least 7 persons) lies outside" in spec
    unread = [row for row in rows(picture) if set(row) == {"from", "to", "middle"}]
    assert [row["middle"] for row in unread] == ["2026-02-04T00:00:00Z", "2026-02-05T00:00:00Z"]


def test_badges_of_events_lie_beside_or_above_each_other() -> None:
    days = [DAY + dt.timedelta(days=each) for each in (0, 1, 2, 3, 90, 91, 364)]
    window = (days[0], days[-1])
    picture = days_picture(
        CAPTION, [Toll(day=DAY, low=3, best=4, high=4)], window, {}, [(day, "x") for day in days]
    )
    up = {row["number"]: row["up"] for row in rows(picture) if "up" in row}
    assert list(up.values()) == [0, 1, 2, 3, 0, 1, 0]


@given(DAYS, DAYS)
def test_periods_cover_each_day_once(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    step = step_of(first, last)
    periods = list(_periods(first, last, step))
    assert periods[0][0] <= first <= periods[0][1]
    assert periods[-1][0] <= last <= periods[-1][1]
    for (_, end), (start, _) in itertools.pairwise(periods):
        assert start == end + dt.timedelta(days=1)
    assert len(periods) <= 101 or step == "year"
    assert _period(one, step) in periods


@given(
    st.lists(st.tuples(st.floats(-70, 70), st.floats(-179, 179), st.floats(0, 400)), min_size=1, max_size=5)
)
def test_a_map_shows_every_place(places: list[tuple[float, float, float]]) -> None:
    spots = [
        spot(f"p{number}", latitude=latitude, longitude=longitude, radius=radius)
        for number, (latitude, longitude, radius) in enumerate(places)
    ]
    view = _view(spots)
    for each in spots:
        x, y = view.pixel(each.longitude, each.latitude)
        assert -1 <= x <= MAP_WIDTH + 1
        assert -1 <= y <= MAP_HEIGHT + 1


@given(st.floats(-80, 80), st.floats(-170, 170), st.floats(0.1, 500))
def test_a_circle_is_as_wide_as_the_place_is_known(latitude: float, longitude: float, km: float) -> None:
    for corner_longitude, corner_latitude in circle(longitude, latitude, km)["geometry"]["coordinates"][0]:
        up, to_up = math.radians(latitude), math.radians(corner_latitude)
        aside = math.radians(corner_longitude - longitude)
        half = math.sin((to_up - up) / 2) ** 2 + math.cos(up) * math.cos(to_up) * math.sin(aside / 2) ** 2
        assert 2 * EARTH_KM * math.asin(math.sqrt(half)) == pytest.approx(km, abs=0.03)


def test_the_basemap_is_whole() -> None:
    land, borders = read_basemap()["features"]
    assert [each["properties"]["kind"] for each in (land, borders)] == ["land", "borders"]
    points = [point for polygon in land["geometry"]["coordinates"] for ring in polygon for point in ring]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)
    for polygon in land["geometry"]["coordinates"]:
        assert all(ring[0] == ring[-1] for ring in polygon)


@given(st.integers(0, 10_000_000))
def test_an_axis_holds_its_figures(highest: int) -> None:
    assert highest <= round_top(highest) <= max(4, highest * 1.6)


@given(st.lists(st.floats(0, 300), max_size=12))
def test_labels_do_not_lie_over_each_other(places: list[float]) -> None:
    made = sorted(spread(places, 16.0))
    assert all(later - earlier >= 16.0 - 1e-6 for earlier, later in itertools.pairwise(made))
