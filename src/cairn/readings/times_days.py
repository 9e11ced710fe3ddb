"""Turn a date that leaves something out into days: from publication, or from where a story has got to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cairn.readings.times_arithmetic import (
    add_days,
    add_months,
    make_date,
    month_period,
    weekday_after,
    weekday_before,
    year_period,
)
from cairn.readings.times_expressions import Date, Numeric, Season, Share, Years
from cairn.records import Moment, MomentKind, Period, day

NO_DATE = "counted from publication, and no publication date is known"

FAR_DAYS = 366
"""A story told in dates more than a year before publication is dated by its own last full date."""

LOOK_BACK_MONTHS = 5
"""A story's next date goes back less than this, else it is of the next year: 4 to 10 were tried on the
WikiWars narratives, and 5 gave the most right dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """From where a phrase is counted.

    Attributes:
        published: day of publication, or the report's own dateline when nobody gave one.
        spoken: day on which the words were written: the dateline's when close to publication.
        told: the last time told before that is bounded.
        told_day: the last single day told before.
        story: where a narrative that lies far back has got to, a day, month or year; ``None`` in fresh news.
        war: when the conflict began, as this report says elsewhere.
        future: whether the sentence speaks of what is to come; ``None`` when it does not say.
    """

    published: dt.date | None
    spoken: dt.date | None
    told: Period | None = None
    told_day: Period | None = None
    story: Period | None = None
    war: Period | None = None
    future: bool | None = None


def moment(period: Period | None, kind: MomentKind, reason: str) -> Moment:
    """Return the moment; a shorter way to write it."""
    return Moment(period=period, kind=kind, reason=reason)


def on_day(date: dt.date | None, reason: str, kind: MomentKind = MomentKind.DAY) -> Moment:
    """Return the moment of one day, or why there is none when the calendar has no such day."""
    return moment(day(date) if date else None, kind, reason if date else f"past the calendar: {reason}")


def resolve_date(date: Date, reference: Reference) -> Moment:
    """Resolve a date by what it leaves out."""
    if date.month is None and date.weekday is not None:
        return _weekday(date.weekday, date.relation, reference)
    if date.month is None:
        if date.year is None:
            return moment(None, MomentKind.VAGUE, "no day, month or year")
        return moment(year_period(date.year, date.part), MomentKind.SPAN, "year as written")
    if date.day is None:
        return _month(date, reference)
    if date.year is not None:
        found = make_date(date.year, date.month, date.day)
        reason = "date as written"
        if found and date.weekday is not None and found.weekday() != date.weekday:
            reason = "date as written; its weekday does not agree"
        return on_day(found, reason)
    return _month_day(date.month, date.day, date.weekday, reference)


def _weekday(weekday: int, relation: int | None, reference: Reference) -> Moment:
    """Resolve "Friday", "last Friday", "next Friday", "this Friday"."""
    base = reference.published
    if base is None:
        return moment(None, MomentKind.DAY, f"weekday {NO_DATE}")
    if relation == -1:
        return on_day(weekday_before(base, weekday, same_day=False), "latest such weekday before publication")
    if relation == 1:
        monday = add_days(base, 7 - base.weekday())
        found = add_days(monday, weekday) if monday else None
        return on_day(found, "such weekday of the week after publication; the coming one is possible too")
    ahead = reference.future is True or (relation == 0 and reference.future is None)
    if ahead:
        return on_day(
            weekday_after(base, weekday), "first such weekday from publication on: the words look ahead"
        )
    return on_day(weekday_before(base, weekday, same_day=True), "latest such weekday not after publication")


def _month_day(month: int, number: int, weekday: int | None, reference: Reference) -> Moment:
    """Resolve a day without a year."""
    if reference.story is not None:
        year = story_year(reference.story, month, number)
        return on_day(make_date(year, month, number), f"in {year}, the year the story has reached")
    base = reference.published
    if base is None:
        return moment(None, MomentKind.DAY, f"no year is written; {NO_DATE}")
    years = range(base.year - 8, base.year + 9)
    dates = [date for year in years if (date := safe_date(year, month, number)) is not None]
    past = [date for date in dates if date <= base]
    ahead = [date for date in dates if date >= base]
    if not past or not ahead:
        return on_day(next(iter(past[-1:] or ahead), None), "nearest such date")
    first, second = (ahead[0], past[-1]) if reference.future else (past[-1], ahead[0])
    if weekday is not None and first.weekday() != weekday:
        if second.weekday() == weekday and abs((second - base).days) < FAR_DAYS:
            return on_day(second, "the year in which the weekday agrees")
        return on_day(first, "weekday and date do not agree; taken by the date")
    return on_day(
        first,
        "first such date from publication on" if reference.future else "latest such date up to publication",
    )


def safe_date(year: int, month: int, number: int) -> dt.date | None:
    """Return the date, or ``None`` when no calendar has it or its year."""
    return make_date(year, month, number) if 1 <= year <= 9999 else None


def story_year(story: Period, month: int, number: int) -> int:
    """Return the year of a date that a story tells without one; stories go forward, with short looks back."""
    if story.days > 31:
        return story.start.year
    ahead = (month - story.start.month) + (number - story.start.day) / 31
    return story.start.year + (1 if ahead < -LOOK_BACK_MONTHS else -1 if ahead > 12 - LOOK_BACK_MONTHS else 0)


def _month(date: Date, reference: Reference) -> Moment:
    """Resolve a month with or without a year."""
    month = date.month or 1
    if date.year is not None:
        return moment(month_period(date.year, month, date.part), MomentKind.SPAN, "month as written")
    if reference.story is not None and date.relation is None:
        year = story_year(reference.story, month, 15)
        reason = f"in {year}, the year the story has reached"
        return moment(month_period(year, month, date.part), MomentKind.SPAN, reason)
    base = reference.published
    if base is None:
        return moment(None, MomentKind.SPAN, f"no year is written; {NO_DATE}")
    year, reason = base.year, "latest such month up to publication"
    if date.relation == 1 or (reference.future and date.relation is None):
        year += month < base.month or (month == base.month and date.relation == 1)
        reason = "first such month from publication on"
    elif date.relation == -1:
        year -= month >= base.month
        reason = "latest such month before publication"
    elif date.relation is None:
        year -= month > base.month
    if not 1 <= year <= 9999:
        return moment(None, MomentKind.SPAN, "past the calendar")
    return moment(month_period(year, month, date.part), MomentKind.SPAN, reason)


def resolve_numeric(numeric: Numeric, reference: Reference) -> Moment:
    """Resolve digits; where day and month could be either, nearness to publication decides, and is said."""
    if len(numeric.options) == 1:
        return on_day(numeric.options[0], "date as written")
    listed = " or ".join(option.isoformat() for option in numeric.options)
    base = reference.published
    if base is None:
        return moment(None, MomentKind.DAY, f"ambiguous, {listed}; {NO_DATE}")
    chosen = min(numeric.options, key=lambda option: (option > base, abs((option - base).days)))
    return on_day(chosen, f"ambiguous, {listed}; the nearer to publication is taken")


def resolve_years(years: Years) -> Moment:
    """Resolve a decade, century or run of years."""
    end = min(years.start + years.count - 1, 9999)
    start = years.start
    thirds = {"early": (0, 0.4), "mid": (0.4, 0.7), "late": (0.6, 1.0)}
    if years.part in thirds and years.count >= 10:
        low, high = thirds[years.part]
        start, end = start + round(low * years.count), start + round(high * years.count) - 1
    return moment(
        Period(start=dt.date(start, 1, 1), end=dt.date(end, 12, 31)), MomentKind.SPAN, "years as written"
    )


def resolve_share(share: Share, reference: Reference) -> Moment:
    """Resolve a half or quarter of a year."""
    year = share.year or (reference.published.year if reference.published else None)
    if year is None:
        return moment(None, MomentKind.SPAN, NO_DATE)
    months = 12 // share.of
    last = share.number * months
    period = Period(start=dt.date(year, last - months + 1, 1), end=month_period(year, last).end)
    return moment(period, MomentKind.SPAN, f"part {share.number} of {share.of} of {year}")


def resolve_season(season: Season, reference: Reference) -> Moment:
    """Resolve three months; winter runs over the turn of the year."""
    reason = "northern season"
    year = season.year
    if year is None:
        base = reference.story.start if reference.story else reference.published
        if base is None:
            return moment(None, MomentKind.SPAN, f"no year is written; {NO_DATE}")
        year = base.year
        begun = season.month <= base.month
        if season.relation == 1 or (reference.future and season.relation is None):
            year += begun
        elif not begun or (season.relation == -1 and season.month + 2 >= base.month):
            year -= 1
        reason = "northern season, counted from publication"
    start = dt.date(min(max(year, 1), 9998), season.month, 1)
    last = add_months(start, 2) or start
    return moment(Period(start=start, end=month_period(last.year, last.month).end), MomentKind.SPAN, reason)
