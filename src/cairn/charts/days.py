"""Days: harm day by day, with what happened between the parties over it and how much was read under it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from cairn.charts.drawing import Picture
from cairn.charts.look import (
    BLUE,
    HEIGHT,
    INK,
    NOTE_SIZE,
    PAPER,
    QUIET,
    TEXT_SIZE,
    Caption,
    count_axis,
    day_axis,
    frame,
    round_top,
    rows_of,
    with_notes,
)
from cairn.exports import wording
from cairn.records import Count

PANEL_WIDTH, STRIP_HEIGHT = 720, 46
MOST_BARS = 100
"""Bars that stand apart on the panel; where there are more days, a bar is a week, a month, or a year."""
GAP = 0.12
"""Of the room of a bar, on either side of it."""
BADGE = 18
"""Pixels of the badge of an event; one that would lie over another is stacked above it."""
TOLD_BARS = 40
"""Bars that are told in words."""
UNREAD = "#F0F0F0"

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What a policy makes of one incident.

    Attributes:
        day: of the harm; ``None`` where no day is told closely enough.
        low: fewest persons.
        best: the figure that the policy prefers, if any.
        high: most; ``None`` where there is no upper bound.
    """

    day: dt.date | None
    low: int
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The tolls of a day, a week, a month or a year, added up.

    Attributes:
        first: its first day.
        last: its last day.
        tolls: never empty.
    """

    first: dt.date
    last: dt.date
    tolls: Sequence[Toll]

    @property
    def count(self) -> Count:
        """Return the sum of the bounds; one open end leaves it open."""
        highs = [each.high for each in self.tolls]
        known = [each for each in highs if each is not None]
        return Count(
            low=sum(each.low for each in self.tolls), high=sum(known) if len(known) == len(highs) else None
        )

    @property
    def top(self) -> int:
        """Return where it ends when drawn: an open end at the highest figure that is known."""
        return sum(max(each.low, each.best or 0) if each.high is None else each.high for each in self.tolls)


def days_picture(
    caption: Caption,
    tolls: Sequence[Toll],
    window: tuple[dt.date, dt.date],
    read: Mapping[dt.date, int],
    events: Sequence[tuple[dt.date, str]] = (),
) -> Picture:
    """Draw the harm of each day as a range, over how many reports of that day were read.

    Args:
        caption: title and notes.
        tolls: of incidents; those outside the window and those of no day are told in a note.
        window: first and last day.
        read: how many reports of each day of publication there are.
        events: day and words of what is to be marked, by day.
    """
    step = step_of(*window)
    window = first, last = _period(window[0], step)[0], _period(window[1], step)[1]
    bars = list(_bars([each for each in tolls if each.day and first <= each.day <= last], step))
    rows = [_row(bar) for bar in bars]
    empty = [_ends(*each) for each in _periods(first, last, step) if not _read(read, *each)]
    top = round_top(max((bar.top for bar in bars), default=1))
    x = _across(first, last, count=True)
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=count_axis(top))
    drawn = rows_of(rows)
    layers = [
        rows_of(empty).mark_rect(color=UNREAD, stroke=UNREAD, strokeWidth=0.5).encode(x=x, x2="to:T"),
        drawn.mark_bar(color=BLUE).encode(x=x, x2="to:T", y=y, y2=alt.datum(0)),
        drawn.mark_bar(color=BLUE, opacity=0.35).encode(x=x, x2="to:T", y=y, y2="high:Q"),
        drawn.transform_filter("datum.best != null")
        .mark_rule(color=INK, strokeWidth=2)
        .encode(x=x, x2="to:T", y="best:Q"),
        drawn.transform_filter("datum.open")
        .mark_point(shape="triangle-up", filled=True, color=BLUE, size=36, opacity=0.7, yOffset=-5)
        .encode(x="middle:T", y="high:Q"),
        *_badges(events, window),
    ]
    main = alt.layer(*layers).properties(width=PANEL_WIDTH, height=HEIGHT)
    panels = [main, _strip(read, window, step)]
    whole = with_notes(caption, list(_notes(tolls, window, step, events)))
    return frame(panels, whole, " ".join(_told(bars, events)))


def _notes(
    tolls: Sequence[Toll], window: tuple[dt.date, dt.date], step: str, events: Sequence[tuple[dt.date, str]]
) -> Iterator[str]:
    first, last = window
    for number, (day, says) in enumerate(events, 1):
        yield f"({number}) {wording.date(day)}: {says}"
    yield (
        "Dark: the sum of the lowest figures. Light: up to that of the highest. A triangle: no upper bound "
        f"is told. Grey: no report printed {'on' if step == 'day' else 'in'} that {step} was read."
    )
    nowhere = [each for each in tolls if each.day is None]
    outside = [each for each in tolls if each.day and not first <= each.day <= last]
    for some, why in ((nowhere, "have no day that is told closely enough"), (outside, "lie outside")):
        if some:
            least = sum(each.low for each in some)
            one = len(some) == 1
            told = why.replace("have", "has").replace("lie", "lies") if one else why
            yield f"{len(some)} {'incident' if one else 'incidents'} (at least {least:,} persons) {told}."


def step_of(first: dt.date, last: dt.date) -> str:
    """Return what a bar stands for, so that there are not too many: a day, a week, a month or a year."""
    days = (last - first).days + 1
    sizes = {"day": 1, "week": 7, "month": 30}
    return next((step for step, size in sizes.items() if days / size <= MOST_BARS), "year")


def _period(day: dt.date, step: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the day, week, month or year that a day lies in."""
    if step == "day":
        return day, day
    if step == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    first = day.replace(day=1) if step == "month" else day.replace(month=1, day=1)
    after = first + dt.timedelta(days=32 if step == "month" else 366)
    return first, after.replace(day=1) - DAY if step == "month" else first.replace(month=12, day=31)


def _periods(first: dt.date, last: dt.date, step: str) -> Iterator[tuple[dt.date, dt.date]]:
    day = first
    while day <= last:
        period = _period(day, step)
        yield period
        day = period[1] + DAY


def _bars(tolls: Sequence[Toll], step: str) -> Iterator[Bar]:
    by_period: dict[tuple[dt.date, dt.date], list[Toll]] = defaultdict(list)
    for each in tolls:
        if each.day is not None:
            by_period[_period(each.day, step)].append(each)
    for (first, last), some in sorted(by_period.items()):
        yield Bar(first=first, last=last, tolls=some)


def _row(bar: Bar) -> dict[str, Any]:
    bests = [each.best for each in bar.tolls if each.best is not None]
    return _ends(bar.first, bar.last, GAP) | {
        "low": bar.count.low,
        "best": sum(bests) if len(bests) == len(bar.tolls) else None,
        "high": bar.top,
        "open": bar.count.high is None,
    }


def _ends(first: dt.date, last: dt.date, gap: float = 0.0) -> dict[str, Any]:
    """Return where a bar begins and ends, its first day's name standing under that day's noon."""
    room = gap * ((last - first).days + 1)
    return {
        "from": _moment(first, room - 0.5),
        "to": _moment(last, 0.5 - room),
        "middle": _moment(first, (last - first).days / 2),
    }


def _moment(day: dt.date, days: float) -> str:
    """Return a moment so many days from the beginning of a day."""
    return (dt.datetime.combine(day, dt.time()) + dt.timedelta(days=days)).isoformat(timespec="seconds") + "Z"


def _across(first: dt.date, last: dt.date, *, count: bool) -> alt.X:
    """Return the axis of days; only one of two panels writes them."""
    scale = alt.Scale(type="utc", domain=[_moment(first, -0.5), _moment(last, 0.5)], nice=False)
    bare = {"labels": False} if count else {}
    axis = day_axis(first, last, grid=False, **bare)
    if count:
        axis.title = None
    return alt.X("from:T", scale=scale, axis=axis)


def _badges(events: Sequence[tuple[dt.date, str]], window: tuple[dt.date, dt.date]) -> Iterator[alt.Chart]:
    """Yield a dashed line for each event, and over it the number under which a note tells it."""
    rows, ends = list[dict[str, Any]](), list[float]()  # of each row of badges, where its last one ends
    pixels = PANEL_WIDTH / ((window[1] - window[0]).days + 1)
    for number, (day, _) in enumerate(events, 1):
        if window[0] <= day <= window[1]:
            begins = (day - window[0]).days * pixels
            up = next((row for row, end in enumerate(ends) if end <= begins), len(ends))
            ends[up : up + 1] = [begins + BADGE]
            rows.append({"at": _moment(day, 0), "up": up, "number": str(number)})
    if not rows:
        return
    drawn = rows_of(rows).encode(x="at:T")
    yield drawn.mark_rule(color=INK, strokeDash=[3, 3], strokeWidth=1)
    for up in range(max(row["up"] for row in rows) + 1):
        some = drawn.transform_filter(f"datum.up == {up}")
        y = alt.value(-(BADGE * 0.6 + BADGE * up))
        yield some.mark_point(filled=True, color=INK, size=BADGE * BADGE * 0.8, opacity=1).encode(y=y)
        yield some.mark_text(color=PAPER, fontSize=NOTE_SIZE, fontWeight="bold", baseline="middle").encode(
            y=y, text="number:N"
        )


def _strip(read: Mapping[dt.date, int], window: tuple[dt.date, dt.date], step: str) -> alt.Chart:
    """Return how many reports of each day were read."""
    first, last = window
    periods = list(_periods(first, last, step))
    rows = [_ends(*period, GAP) | {"reports": _read(read, *period)} for period in periods]
    top = round_top(max(_read(read, *period) for period in periods))
    title = alt.TitleParams(
        f"Reports read, by {step} of publication", anchor="start", frame="group",
        fontSize=TEXT_SIZE, fontWeight="normal", color=QUIET, offset=4,
    )  # fmt: skip
    y = alt.Y(
        "reports:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(values=[0, top], format=",d", title=None, grid=False),
    )
    bars = rows_of(rows).mark_bar(color="#8C8C8C")
    return bars.encode(x=_across(first, last, count=False), x2="to:T", y=y, y2=alt.datum(0)).properties(
        width=PANEL_WIDTH, height=STRIP_HEIGHT, title=title
    )


def _read(read: Mapping[dt.date, int], first: dt.date, last: dt.date) -> int:
    return sum(read.get(first + dt.timedelta(days=each), 0) for each in range((last - first).days + 1))


def _told(bars: Sequence[Bar], events: Sequence[tuple[dt.date, str]]) -> Iterator[str]:
    """Yield each bar and each event in words, for those who hear the chart read."""
    for bar in bars[:TOLD_BARS]:
        days = wording.date(bar.first) + (f" to {wording.date(bar.last)}" if bar.last > bar.first else "")
        incidents = f"{len(bar.tolls)} {'incident' if len(bar.tolls) == 1 else 'incidents'}"
        yield f"{days}: {wording.spoken_figure(bar.count)}, in {incidents}."
    if len(bars) > TOLD_BARS:
        yield f"{len(bars) - TOLD_BARS} more follow."
    for day, says in events:
        yield f"{wording.date(day)}: {says}."
