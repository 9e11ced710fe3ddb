"""Calendar arithmetic on days: weeks from Monday to Sunday, months, years and their thirds."""

from __future__ import annotations

import calendar
import datetime as dt

from cairn.records import Period

MONDAY = 0
SATURDAY = 5
FIRST_THIRD_ENDS = 10
SECOND_THIRD_ENDS = 20
"""Days of a month: "early" is 1-10, "mid" 11-20, "late" 21 to the end. Of a year, "early" is the first
quarter, "late" the last, "mid" May to August: so the annotated reports read them."""


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or ``None`` when no calendar has it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_days(date: dt.date, days: int) -> dt.date | None:
    """Return the date ``days`` later, or ``None`` past the ends of the calendar."""
    try:
        return date + dt.timedelta(days=days)
    except OverflowError:
        return None


def add_months(date: dt.date, months: int) -> dt.date | None:
    """Return the same day ``months`` later, the month's last day where it has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def add_units(date: dt.date, amount: int, unit: str) -> dt.date | None:
    """Return the date ``amount`` units later; hours are rounded up to whole days only from a day on."""
    if unit == "hour":
        return add_days(date, (abs(amount) // 24) * (1 if amount >= 0 else -1))
    if unit in {"day", "week", "fortnight", "weekend"}:
        return add_days(date, amount * {"day": 1, "fortnight": 14}.get(unit, 7))
    return add_months(date, amount * {"month": 1, "year": 12, "decade": 120}[unit])


def weekday_before(date: dt.date, weekday: int, *, same_day: bool) -> dt.date | None:
    """Return the latest ``weekday`` up to ``date``, which counts itself when ``same_day``."""
    back = (date.weekday() - weekday) % 7
    return add_days(date, -(back or (0 if same_day else 7)))


def weekday_after(date: dt.date, weekday: int) -> dt.date | None:
    """Return the first ``weekday`` from ``date`` on, which counts itself."""
    return add_days(date, (weekday - date.weekday()) % 7)


def month_period(year: int, month: int, part: str | None = None) -> Period:
    """Return the month from first to last day, or its "early", "mid" or "late" third."""
    last = calendar.monthrange(year, month)[1]
    first, end = {
        "early": (1, FIRST_THIRD_ENDS),
        "mid": (FIRST_THIRD_ENDS + 1, SECOND_THIRD_ENDS),
        "late": (SECOND_THIRD_ENDS + 1, last),
    }.get(part or "", (1, last))
    return Period(start=dt.date(year, month, first), end=dt.date(year, month, end))


def year_period(year: int, part: str | None = None) -> Period:
    """Return the year from first to last day, or its "early", "mid" or "late" third."""
    first, last = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}.get(part or "", (1, 12))
    return Period(start=dt.date(year, first, 1), end=month_period(year, last).end)


def unit_period(date: dt.date, unit: str) -> Period | None:
    """Return the whole week, weekend, month, year or decade that holds ``date``."""
    if unit == "month":
        return month_period(date.year, date.month)
    if unit == "year":
        return year_period(date.year)
    if unit == "decade":
        first = date.year // 10 * 10
        return Period(start=dt.date(max(first, 1), 1, 1), end=dt.date(first + 9, 12, 31))
    if unit in {"week", "weekend"}:
        monday = add_days(date, -date.weekday())
        start = add_days(monday, SATURDAY) if monday and unit == "weekend" else monday
        end = add_days(monday, 6) if monday else None
        return Period(start=start, end=end) if start and end else None
    return Period(start=date, end=date)


def third_of(period: Period, part: str | None) -> Period:
    """Return the "early", "mid" or "late" third of a month, year or week; the whole without a part."""
    if part not in {"early", "mid", "late"}:
        return period
    if period.days > 31:
        return year_period(period.start.year, part)
    if period.days >= 28:
        return month_period(period.start.year, period.start.month, part)
    return period
