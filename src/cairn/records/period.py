"""Period: the days during which something happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cairn.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Calendar days from ``start`` to ``end``, both included.

    Raises:
        RecordError: when the period ends before it starts.
    """

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise RecordError(f"period ends on {self.end}, before it starts on {self.start}")

    @property
    def days(self) -> int:
        """Return the number of calendar days covered, at least 1."""
        return (self.end - self.start).days + 1

    def contains(self, other: Period) -> bool:
        """Say whether every day of ``other`` lies in this period."""
        return self.start <= other.start and other.end <= self.end


def day(date: dt.date) -> Period:
    """Return the period of one day."""
    return Period(start=date, end=date)
