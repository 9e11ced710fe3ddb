"""Days: a line of time, as the places of its marks in a drawing; a template draws them.

Each incident is a bar from the lowest to the highest figure that voices give now for it. Figures of several
incidents are never added: below the bars incidents are counted, and below these the reports that were read,
because a day without reports is not a quiet one. The scale of figures is logarithmic, of one more than each,
which has room for thousands and still tells one from none.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cairn.exports import date
from cairn.ledger import Row

WIDTH, LEFT, RIGHT = 1_100, 52, 12
EVENTS, RANGES, COUNTS, REPORTS = (16, 74), (100, 320), (344, 404), (428, 458)
"""From where to where, from the top, each band reaches."""
LANES = (
    ("◆", "talks and agreements", ("AGREE", "CONSULT", "COOPERATE", "CONCEDE", "AID")),
    ("▲", "ceasefires, withdrawals, releases", ("RETREAT",)),
    ("▼", "refusals, threats, sanctions, mobilisation", ("REJECT", "THREATEN", "SANCTION", "MOBILIZE")),
)
"""Kinds of political events with their signs, told apart by shape and by place; words of blame, of asking
and of support alone are left to the reports."""
HEIGHT = 488
NARROWEST = 4.0
WIDEST = 14.0
"""Of a bar, in the drawing's units."""
STEPS = ((100, "day"), (7 * 110, "week"), (31 * 120, "month"))
"""Up to how many days the counts are of one day, week or month each; beyond that they are of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One mark: where it stands, what it tells, and where it leads."""

    x: float
    y: float
    width: float
    height: float
    told: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One political event: a sign at its day, in the lane of its kind."""

    x: float
    y: float
    sign: str
    told: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One line of a scale, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All marks of a line of time.

    Attributes:
        step: what one bar of the counts stands for: day, week, month or year.
        days: ticks along the time.
        figures: ticks of the scale of figures.
        ranges: bars of incidents.
        counts: bars of how many incidents there are; ``most`` of them.
        reports: bars of how many reports were read; ``most_read`` of them.
        events: marks of political events.
    """

    step: str
    days: Sequence[Tick]
    figures: Sequence[Tick]
    ranges: Sequence[Bar]
    counts: Sequence[Bar]
    reports: Sequence[Bar]
    most: int
    most_read: int
    events: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are drawn, both included."""

    first: dt.date
    last: dt.date

    @property
    def step(self) -> str:
        """Return what is counted together."""
        days = (self.last - self.first).days + 1
        return next((name for most, name in STEPS if days <= most), "year")

    def x(self, day: dt.date) -> float:
        """Return where a day begins, held within the drawing."""
        days = min(max((day - self.first).days, 0), (self.last - self.first).days + 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * days / ((self.last - self.first).days + 1)


def layout() -> dict[str, Any]:
    """Return the sizes that a template draws by."""
    return {
        "sizes": {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT},
        "bands": {"events": EVENTS, "ranges": RANGES, "counts": COUNTS, "reports": REPORTS},
    }


def draw_days(
    span: Span,
    harm: str,
    rows: Sequence[Row],
    counts: Mapping[dt.date, int],
    read: Mapping[dt.date, int],
    events: Sequence[Row] = (),
) -> Drawing:
    """Return the places of all marks.

    Args:
        span: that is drawn.
        harm: killed or injured.
        rows: incidents, of which the figures of that harm are drawn.
        counts: incidents a day.
        read: reports a day.
        events: that stand, as ``list_events`` yields them; those without a day are left out, and those
            without ``words`` lead nowhere: who may not see the words may not open the report.
    """
    highest = max((row[f"{harm}_high"] for row in rows), default=1)
    counted, reported = _together(span, counts), _together(span, read)
    return Drawing(
        step=span.step,
        days=list(_days(span)),
        figures=[Tick(at=_y(value, highest), label=f"{value:,}") for value in _round_figures(highest)],
        ranges=list(_ranges(span, harm, rows, highest)),
        counts=list(_columns(span, counted, COUNTS, "incident")),
        reports=list(_columns(span, reported, REPORTS, "report")),
        most=max(counted.values(), default=0),
        most_read=max(reported.values(), default=0),
        events=list(_events(span, events)),
    )


def _events(span: Span, events: Sequence[Row]) -> Iterator[Mark]:
    top, floor = EVENTS
    for lane, (sign, _, types) in enumerate(LANES):
        y = top + (floor - top) * (lane + 1) / len(LANES)
        for row in events:
            day = row["time_start"]
            if row["type"] in types and day is not None and span.first <= day <= span.last:
                middle = (span.x(day) + span.x(day + dt.timedelta(days=1))) / 2
                href = f"/documents/{row['document']}#event-{row['number']}" if row["words"] else ""
                yield Mark(x=round(middle, 1), y=y, sign=sign, told=say_event(row), href=href)


def say_event(row: Row) -> str:
    """Return an event in a line: who does what towards whom, when, in which words if shown, and whose."""
    act = str(row["type"]).lower() + (f" ({row['mode']})" if row["mode"] else "")
    whom = f" towards {row['recipient']}" if row["recipient"] else ""
    day = f", {date(row['time_start'])}" if row["time_start"] else ""
    voice = row["speaker"] or row["outlet"] or row["document_name"]
    words = f"; “{row['words']}”" if row["words"] else ""
    return f"{row['actor'] or 'somebody'}: {act}{whom}{day}{words}, according to {voice}"


def _y(figure: int, highest: int) -> float:
    top, floor = RANGES
    return round(floor - (floor - top) * math.log1p(figure) / math.log1p(max(highest, 10)), 1)


def _round_figures(highest: int) -> list[int]:
    steps = (1, 2, 5) if highest < 1_000 else (1,)
    every = (step * 10**power for power in range(len(str(highest))) for step in steps)
    return [0, *(each for each in every if each <= max(highest, 10))]


def _ranges(span: Span, harm: str, rows: Sequence[Row], highest: int) -> Iterator[Bar]:
    """Yield the bars of incidents, those of one day beside each other as far as there is room."""
    of_day = Counter(row["time_start"] for row in rows)
    placed = Counter[dt.date]()
    for row in sorted(rows, key=lambda each: (each["time_start"], -each[f"{harm}_high"], each["id"])):
        day, low, high = row["time_start"], row[f"{harm}_low"], row[f"{harm}_high"]
        room = span.x(day + dt.timedelta(days=1)) - span.x(day)
        width = min(max(room / of_day[day] - 1, NARROWEST), WIDEST)
        x = span.x(day) + placed[day] * room / of_day[day]
        placed[day] += 1
        top, floor = _y(high, highest), _y(low, highest)
        figure = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        told = f"{row['place'] or 'place not told'}, {date(day)}: {figure} {harm}"
        yield Bar(
            x=round(x, 1), y=top - 2, width=round(width, 1), height=round(floor - top + 4, 1), told=told,
            href=f"/incidents/{row['id']}",
        )  # fmt: skip


def _columns(span: Span, counts: Mapping[dt.date, int], band: tuple[int, int], noun: str) -> Iterator[Bar]:
    """Yield a bar for each day, week, month or year; the highest fills its band."""
    top, floor = band
    most = max(counts.values(), default=1)
    for start, count in sorted(counts.items()):
        x, end = span.x(start), span.x(_next(start, span.step))
        height = (floor - top) * count / most
        when = date(start) if span.step == "day" else f"the {span.step} from {date(start)}"
        yield Bar(
            x=round(x, 1),
            y=round(floor - height, 1),
            width=round(max(end - x - 0.8, 0.8), 1),
            height=round(height, 1),
            told=f"{when}: {count:,} {noun}{'' if count == 1 else 's'}",
        )


def _together(span: Span, counts: Mapping[dt.date, int]) -> Counter[dt.date]:
    """Return counts of days by the first day of the week, month or year that they belong to."""
    found = Counter[dt.date]()
    for day, count in counts.items():
        if span.first <= day <= span.last:
            found[_start(day, span.step)] += count
    return found


def _start(day: dt.date, step: str) -> dt.date:
    if step == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day.replace(day=1, month=1) if step == "year" else day


def _next(start: dt.date, step: str) -> dt.date:
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[step]
    return _start(start + dt.timedelta(days=days), step)


def _days(span: Span) -> Iterator[Tick]:
    """Yield some eight ticks along the time, at first days of months or years where it is long."""
    days = (span.last - span.first).days + 1
    if days > 100:
        months = max(1, round(days / 30.4 / 8))
        months = next(
            each for each in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600) if each >= months or each == 600
        )
        index = span.first.year * 12 + span.first.month - 1
        index += -index % months
        while (day := dt.date(index // 12, index % 12 + 1, 1)) <= span.last:
            if day >= span.first:
                yield Tick(at=round(span.x(day), 1), label=str(day.year) if months >= 12 else f"{day:%b %Y}")
            index += months
        return
    apart = max(1, -(-days // 8))
    for number in range(0, days, apart):
        day = span.first + dt.timedelta(days=number)
        yield Tick(at=round(span.x(day), 1), label=date(day))
