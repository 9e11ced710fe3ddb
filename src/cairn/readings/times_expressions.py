"""What a time phrase says before anyone asks from which day it is counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date as far as the words give it: any of year, month, day and weekday may be missing.

    Attributes:
        weekday: 0 is Monday.
        part: "early", "mid", "late" third of the month or year; "earlier", "later".
        relation: -1 for "last Friday", 0 for "this April", 1 for "next Monday", ``None`` when bare.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    relation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """Digits and separators; more than one option when day and month could be either."""

    options: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """``count`` years from ``start``: a decade, a war's "2014-15"."""

    start: int
    count: int
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The ``number``-th of ``of`` equal parts of a year ("the first half of 2020"), which may be missing."""

    number: int
    of: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Three months from ``month``."""

    month: int
    year: int | None = None
    part: str | None = None
    relation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """``amount`` units before (negative) or after the day of speaking, a day told before, or a given date.

    ``amount`` is ``None`` when the words do not count ("several days ago"); ``whole`` when the unit itself is
    meant ("the following week"), not a day that far off ("a week later").
    """

    amount: int | None
    unit: str
    told: bool = False
    approx: bool = False
    whole: bool = False
    base: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The last (or next, when ``ahead``) ``amount`` units up to the day of speaking."""

    amount: int | None
    unit: str
    ahead: bool = False
    bare: bool = False
    """Only "in three days": the words do not say that the days end now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The week, month, year or weekend ``offset`` after the one of speaking."""

    unit: str
    offset: int
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overnight:
    """The night before publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """From ``of`` to publication; without ``of``, from the time told before or from an event (``war``)."""

    of: Expression | None = None
    war: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Up to ``of``; the words do not say from when."""

    of: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From ``first`` to ``last``, both included; what one leaves out stands in the other."""

    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A time that no calendar settles."""

    why: str


Expression = (
    Date
    | Numeric
    | Years
    | Share
    | Season
    | Shift
    | Stretch
    | Unit
    | Overnight
    | Since
    | Until
    | Range
    | Vague
)

DEICTIC = (Shift, Stretch, Unit, Overnight)
"""Counted from the day of speaking unless they say ``told``."""


def is_deictic(expression: Expression) -> bool:
    """Say whether the words are counted from the day of speaking ("yesterday", "on Friday")."""
    if isinstance(expression, Date):
        return (
            expression.weekday is not None and expression.month is None
        ) or expression.relation is not None
    return isinstance(expression, DEICTIC) and not getattr(expression, "told", False)
