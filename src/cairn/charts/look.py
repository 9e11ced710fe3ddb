"""Look: what all charts share: colours, letters, and the frame of title, chart and notes."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from cairn.charts.drawing import Picture
from cairn.exports import printable

WIDTH, HEIGHT = 540, 320
"""Pixels of the panel, without axes and labels."""
FULL_WIDTH = 800
"""Pixels of title and notes."""
BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
)  # fmt: skip
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
"""Of Okabe and Ito (2008), told apart by people with any kind of colour vision; their yellow is too pale for
lines on white. Names stand beside the lines all the same."""
INK, QUIET, PALE, PAPER = "#222222", "#595959", "#D9D9D9", "#FFFFFF"
"""Quiet text keeps a contrast of 7 to 1 on paper (WCAG 2.2, AAA)."""
FONT = "Helvetica Neue, Arial, Liberation Sans, Helvetica, sans-serif"
LETTER = 0.52
"""Mean width of a letter of such a font, in parts of its size."""
TEXT_SIZE, NOTE_SIZE, TITLE_SIZE = 12, 11, 18
UNDERCOUNT = (
    "A floor, not a count: reports miss people. Figures are what the named voices say, not findings; where "
    "nothing is drawn nobody was heard, which does not mean that nobody was harmed."
)
FEW_TICKS = 9
STEPS = (1, 2, 7, 14)
"""Days between ticks, the first that gives few enough; then months and years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands around a chart.

    Attributes:
        title: what it shows, where and when.
        subtitle: how to read it.
        notes: below it, a paragraph each: what is left out, and what the figures are made from.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...] = ()


def frame(panels: Sequence[Any], caption: Caption, told: str) -> Picture:
    """Return panels below each other, with title, subtitle and notes around them."""
    notes = [line for note in (*caption.notes, UNDERCOUNT) for line in wrapped(note, NOTE_SIZE)]
    titled = alt.vconcat(*panels).properties(
        title=alt.TitleParams(
            wrapped(caption.title, TITLE_SIZE),
            subtitle=wrapped(caption.subtitle, TEXT_SIZE + 1),
            anchor="start",
            frame="bounds",
            offset=16,
        )
    )
    chart = alt.vconcat(titled).properties(
        title=alt.TitleParams(
            notes,
            orient="bottom",
            anchor="start",
            frame="bounds",
            offset=14,
            color=QUIET,
            fontSize=NOTE_SIZE,
            fontWeight="normal",
            lineHeight=NOTE_SIZE + 4,
        ),
        padding=18,
        background=PAPER,
    )
    return Picture(chart=_styled(chart), title=printable(caption.title), told=printable(told))


def rows_of(rows: Iterable[Mapping[str, Any]]) -> alt.Chart:
    """Return a chart of some rows, to which a mark is to be given; words of reports are cleaned."""
    cleaned = [
        {name: printable(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
    ]
    return alt.Chart(alt.InlineData(values=cleaned))


def wrapped(text: str, size: float, wide: float = FULL_WIDTH) -> list[str]:
    """Return a text in lines that are no wider than some pixels."""
    return textwrap.wrap(printable(text), int(wide / (size * LETTER))) or [""]


def cut(text: str, most: int) -> str:
    """Return a text of so many letters at most."""
    line = printable(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def day_axis(first: dt.date, last: dt.date, **more: Any) -> alt.Axis:
    """Return an axis of days with few ticks, on whole days, weeks, months or years."""
    days = _ticks(first, last)
    long = (last - first).days > STEPS[-1] * FEW_TICKS
    shape = (
        "%Y"
        if all((each.month, each.day) == (1, 1) for each in days)
        else "%b %Y"
        if long
        else "%-d %b %Y"
        if first.year != last.year
        else "%-d %b"
    )
    values = [alt.DateTime(year=each.year, month=each.month, date=each.day, utc=True) for each in days]
    year = None if long or first.year != last.year else str(first.year)
    return alt.Axis(values=values, format=shape, title=year, **more)


def day_scale(first: dt.date, last: dt.date) -> alt.Scale:
    """Return a scale of days, both ends included."""
    return alt.Scale(type="utc", domain=[first.isoformat(), last.isoformat()], nice=False)


def round_top(highest: float) -> int:
    """Return a round number at or above the highest figure: where an axis ends."""
    for size in range(12):
        for lead in (1, 1.5, 2, 3, 4, 5, 6, 8):
            top = lead * 10**size
            if top >= highest and top == int(top):
                return max(int(top), 4)
    return int(highest)


def count_axis(top: int, **more: Any) -> alt.Axis:
    """Return an axis of persons, who come whole."""
    return alt.Axis(tickMinStep=1, tickCount=min(top, 5), format=",d", title=None, **more)


def spread(places: Sequence[float], apart: float) -> list[float]:
    """Return places for labels near those asked for, none closer than ``apart`` to the next."""
    made = list(places)
    last = float("-inf")
    for each in sorted(range(len(places)), key=lambda at: (places[at], at)):
        last = made[each] = max(places[each], last + apart)
    return made


def _ticks(first: dt.date, last: dt.date) -> list[dt.date]:
    span = (last - first).days
    for step in STEPS:
        if span // step < FEW_TICKS:
            return [first + dt.timedelta(days=number) for number in range(0, span + 1, step)]
    months = [
        dt.date(month // 12, month % 12 + 1, 1)
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    months = [each for each in months if first <= each <= last]
    for step in (1, 2, 3, 6):
        some = [each for each in months if (each.month - 1) % step == 0]
        if len(some) <= FEW_TICKS:
            return some
    years = [each for each in months if each.month == 1]
    return years[:: max(1, len(years) // FEW_TICKS + 1)]


def _styled(chart: alt.VConcatChart) -> alt.VConcatChart:
    return (
        chart.configure(font=FONT)
        .configure_view(stroke=None)
        .configure_concat(spacing=14)
        .configure_axis(
            labelColor=QUIET,
            titleColor=QUIET,
            labelFontSize=TEXT_SIZE,
            titleFontSize=TEXT_SIZE,
            titleFontWeight="normal",
            gridColor="#EBEBEB",
            domainColor="#8C8C8C",
            tickColor="#8C8C8C",
            labelLimit=260,
            labelOverlap=True,
        )
        .configure_title(
            color=INK,
            fontSize=TITLE_SIZE,
            fontWeight="bold",
            subtitleColor=QUIET,
            subtitleFontSize=TEXT_SIZE + 1,
            subtitlePadding=6,
            lineHeight=TITLE_SIZE + 4,
            subtitleLineHeight=TEXT_SIZE + 5,
        )
        .configure_text(font=FONT, fontSize=TEXT_SIZE, color=INK)
    )


def with_notes(caption: Caption, notes: Sequence[str]) -> Caption:
    """Return a caption with notes of the chart's own before those that it has."""
    return replace(caption, notes=(*notes, *caption.notes))
