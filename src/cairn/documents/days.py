"""Days of publication as people write them in files: read when they can mean one day only."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

EARLIEST_YEAR, LATEST_YEAR = 1605, 2199
"""Years in which a report can have been published: from the first newspaper (Strasbourg, 1605) to far enough.
Times are reckoned back and forth from the day of publication, and calendars end at the years 1 and 9999."""

_TIME = re.compile(r"[T ,]+\d{1,2}:\d{2}.*$|\s+(?:at|um|à)\s.*$")
_FORMS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%Y%m%d",
    "%d-%b-%Y",
)
"""Forms with one meaning: with the month's name, with the year first, or with points and the day first."""
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(r"^[^\W\d_]+day,?\s+|^(?:mon|tue|wed|thu|fri|sat|sun)\.?,?\s+", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")


def read_day(value: str, form: str | None = None) -> dt.date | None:
    """Return the day that ``value`` names as it is written there; ``None`` when it may mean two, or none.

    Args:
        value: such as "2024-03-05T23:30:00-05:00", "5 March 2024", "20240305" or "25/03/2024".
        form: how days are written, in the signs of ``strptime``; then nothing else is tried.
    """
    bare = value.strip()
    day = _by_form(bare, form) if form else _iso(bare) or _named(bare) or _slashed(bare) or _mail(bare)
    return day if day and EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def is_ambiguous(value: str) -> bool:
    """Say whether a value may mean two days: 5 March and 3 May."""
    found = _SLASHED.match(_TIME.sub("", value.strip()))
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]


def _iso(value: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _named(value: str) -> dt.date | None:
    bare = (
        _ORDINAL.sub("", _WEEKDAY.sub("", _TIME.sub("", value))).replace(",", " ").replace("  ", " ").strip()
    )
    return next((day for form in _FORMS if (day := _by_form(bare, form))), None)


def _slashed(value: str) -> dt.date | None:
    if is_ambiguous(value) or not (found := _SLASHED.match(_TIME.sub("", value))):
        return None
    first, second, year = map(int, found.groups())
    day, month = (first, second) if second <= 12 else (second, first)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _mail(value: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _by_form(value: str, form: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(value, form).date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None
