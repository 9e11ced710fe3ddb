"""Turn what a time phrase says into days, counted from publication, from a time told, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cairn.readings.times_arithmetic import (
    add_days,
    add_months,
    add_units,
    third_of,
    unit_period,
    weekday_after,
    weekday_before,
)
from cairn.readings.times_days import (
    NO_DATE,
    Reference,
    moment,
    on_day,
    resolve_date,
    resolve_numeric,
    resolve_season,
    resolve_share,
    resolve_years,
    safe_date,
    story_year,
)
from cairn.readings.times_expressions import (
    Date,
    Expression,
    Numeric,
    Overnight,
    Range,
    Season,
    Share,
    Shift,
    Since,
    Stretch,
    Unit,
    Until,
    Vague,
    Years,
)
from cairn.records import Moment, MomentKind, Period, day


def resolve(expression: Expression, reference: Reference) -> Moment:
    """Return the moment that ``expression`` means; without a period when the words do not settle one."""
    match expression:
        case Date():
            return resolve_date(expression, reference)
        case Numeric():
            return resolve_numeric(expression, reference)
        case Years():
            return resolve_years(expression)
        case Share():
            return resolve_share(expression, reference)
        case Season():
            return resolve_season(expression, reference)
        case Shift():
            return _shift(expression, reference)
        case Stretch():
            return _stretch(expression, reference)
        case Unit():
            return _unit(expression, reference)
        case Overnight():
            return _overnight(reference)
        case Since():
            return _since(expression, reference)
        case Until():
            inner = resolve(expression.of, reference)
            return moment(inner.period, MomentKind.SPAN, f"until then, from when is not said: {inner.reason}")
        case Range():
            return _range(expression, reference)
        case Vague():
            return moment(None, MomentKind.VAGUE, expression.why)


def _shift(shift: Shift, reference: Reference) -> Moment:
    """Resolve "two days ago", "a week later", "the same day", "three days after 4 April"."""
    if shift.amount is None:
        return moment(None, MomentKind.VAGUE, f"how many {shift.unit}s is not said")
    if shift.base is not None:
        base = resolve(shift.base, reference)
        if base.period is None:
            return base
        return _shifted(base.period, shift, MomentKind.DAY, "counted from the date beside it")
    if not shift.told:
        if reference.spoken is None:
            return moment(None, MomentKind.DAY, NO_DATE)
        basis = "publication" if reference.spoken == reference.published else "the dateline"
        return _shifted(day(reference.spoken), shift, MomentKind.DAY, f"counted from {basis}")
    single = shift.unit in {"hour", "day", "weekend"}
    told = (reference.told_day or reference.told) if single else reference.told
    if single and told is not None and told.days > 7:
        told = None
    reason = "counted from the time told before"
    if told is None and shift.amount <= 0 and not (single and shift.amount == 0) and reference.published:
        told, reason = day(reference.published), "no time is told before: counted from publication"
    if told is None:
        return moment(None, MomentKind.ANAPHOR, "no time is told before that it could point at")
    return _shifted(told, shift, MomentKind.ANAPHOR, reason)


def _shifted(base: Period, shift: Shift, kind: MomentKind, reason: str) -> Moment:
    """Move ``base`` by the shift and widen it to what the unit leaves open."""
    amount = shift.amount or 0
    from_ = base.end if amount > 0 else base.start
    moved = add_units(from_, amount, shift.unit)
    if moved is None:
        return moment(None, kind, f"past the calendar: {reason}")
    if shift.unit in {"month", "year", "decade"} or (shift.unit == "week" and shift.whole):
        if shift.base is not None and not shift.approx:
            return on_day(moved, reason, kind)
        unit = "year" if shift.unit == "decade" else shift.unit
        return moment(unit_period(moved, unit), _wide(kind), f"{reason}; the whole {unit}")
    if shift.unit == "day" and amount == 0:
        return moment(base, kind, reason)
    if shift.unit in {"week", "fortnight"} and (shift.approx or abs(amount) > 1):
        start, end = add_days(moved, -3), add_days(moved, 3)
        if start and end:
            return moment(Period(start=start, end=end), _wide(kind), f"{reason}; three days either way")
    return on_day(moved, f"{reason}; approximate" if shift.approx else reason, kind)


def _wide(kind: MomentKind) -> MomentKind:
    """Return the kind for more than a day."""
    return MomentKind.SPAN if kind is MomentKind.DAY else kind


def _stretch(stretch: Stretch, reference: Reference) -> Moment:
    """Resolve n units back from publication, to publication."""
    if stretch.amount is None:
        return moment(None, MomentKind.VAGUE, f"how many {stretch.unit}s is not said")
    base = reference.published
    if base is None:
        return moment(None, MomentKind.SPAN, NO_DATE)
    amount, unit = stretch.amount, stretch.unit
    if unit == "hour":
        amount, unit = -(-amount // 24), "day"
    ahead = stretch.ahead or (stretch.bare and reference.future is True)
    edge = add_units(base, amount if ahead else -amount, unit)
    if edge is None:
        return moment(None, MomentKind.SPAN, "past the calendar")
    period = Period(start=min(base, edge), end=max(base, edge))
    reason = f"{amount} {unit}s {'from' if ahead else 'back from'} publication"
    if stretch.bare:
        reason += "; taken to end now, which the words do not say"
    return moment(period, MomentKind.SPAN, reason)


def _unit(unit: Unit, reference: Reference) -> Moment:
    """Resolve "last week", "this month", "next year", "the weekend"."""
    base = reference.published
    if reference.story is not None and unit.part is not None and unit.offset == 0:
        period = unit_period(reference.story.start, unit.unit)
        if period is not None:
            reason = f"the {unit.unit} that the story has reached"
            return moment(third_of(period, unit.part), MomentKind.SPAN, reason)
    if base is None:
        return moment(None, MomentKind.SPAN, NO_DATE)
    if unit.unit == "weekend":
        return _weekend(unit.offset, base, reference)
    moved = add_units(base, unit.offset, unit.unit) if unit.unit == "week" else _first_of(base, unit)
    period = unit_period(moved, unit.unit) if moved else None
    if period is None:
        return moment(None, MomentKind.SPAN, "past the calendar")
    reason = f"{unit.unit} counted from publication"
    if unit.offset == 0 and (unit.part == "later" or (unit.part is None and reference.future)):
        return moment(replace(period, start=base), MomentKind.SPAN, f"{reason}, from publication on")
    if unit.offset == 0 and unit.part in {None, "earlier", "early"}:
        return moment(replace(period, end=base), MomentKind.SPAN, f"{reason}, up to publication")
    if unit.unit == "decade" and unit.offset == -1:
        return moment(Period(start=add_months(base, -120) or base, end=base), MomentKind.SPAN, reason)
    return moment(third_of(period, unit.part), MomentKind.SPAN, reason)


def _first_of(base: dt.date, unit: Unit) -> dt.date | None:
    return add_units(base.replace(day=1), unit.offset, unit.unit)


def _weekend(offset: int, base: dt.date, reference: Reference) -> Moment:
    """Resolve a weekend: the latest begun, or the coming one when the words look ahead."""
    saturday = weekday_before(base, 5, same_day=True)
    if offset < 0:
        saturday = weekday_before(add_days(base, -base.weekday()) or base, 5, same_day=False)
    elif offset > 0 or (reference.future and base.weekday() < 5):
        saturday = weekday_after(base, 5)
        if offset > 0 and saturday and base.weekday() >= 5:
            saturday = add_days(base, 12 - base.weekday())
    sunday = add_days(saturday, 1) if saturday else None
    if saturday is None or sunday is None:
        return moment(None, MomentKind.SPAN, "past the calendar")
    return moment(
        Period(start=saturday, end=sunday), MomentKind.SPAN, "Saturday and Sunday, counted from publication"
    )


def _overnight(reference: Reference) -> Moment:
    """Resolve the night that ends on the day of publication."""
    if reference.spoken is None:
        return moment(None, MomentKind.DAY, NO_DATE)
    before = add_days(reference.spoken, -1) or reference.spoken
    return moment(Period(start=before, end=reference.spoken), MomentKind.DAY, "the night before publication")


def _since(since: Since, reference: Reference) -> Moment:
    """Resolve a beginning; the end is publication."""
    if since.of is None:
        start = reference.war if since.war else reference.told
        if start is None:
            why = (
                "when it began is not said" if since.war else "no time is told before that it could point at"
            )
            return moment(None, MomentKind.SINCE, why)
        reason = "from when the report says it began" if since.war else "from the time told before"
    else:
        inner = resolve(since.of, replace(reference, future=False))
        start, reason = inner.period, f"from there on: {inner.reason}"
    if start is None:
        return moment(None, MomentKind.SINCE, reason)
    if reference.published is None:
        return moment(None, MomentKind.SINCE, f"from {start.start}; to publication, whose date is not known")
    if start.start > reference.published:
        return moment(None, MomentKind.SINCE, f"begins after publication: {reason}")
    return moment(
        Period(start=start.start, end=reference.published), MomentKind.SINCE, f"{reason}; to publication"
    )


def _range(span: Range, reference: Reference) -> Moment:
    """Resolve both ends; a year or month that one leaves out is taken from the other."""
    first, last = span.first, span.last
    if isinstance(first, Date) and isinstance(last, Date):
        first, last = _share_parts(first, last, reference)
    ends = [resolve(first, reference), resolve(last, reference)]
    if ends[0].period is None or ends[1].period is None:
        missing = ends[0] if ends[0].period is None else ends[1]
        return moment(None, MomentKind.SPAN, missing.reason)
    start, end = ends[0].period.start, ends[1].period.end
    if end < start and isinstance(first, Date) and first.month is None and first.weekday is not None:
        start = add_days(start, -7) or start
    if end < start:
        return moment(None, MomentKind.SPAN, f"ends on {end}, before it starts on {start}")
    return moment(Period(start=start, end=end), MomentKind.SPAN, f"both ends included; {ends[1].reason}")


def _share_parts(first: Date, last: Date, reference: Reference) -> tuple[Date, Date]:
    """Give both ends of a range the year that only one has, or the nearest one that fits both."""
    if first.month is None or last.month is None:
        return first, last
    turns = (first.month, first.day or 1) > (last.month, last.day or 31)
    if last.year is not None and first.year is None:
        return replace(first, year=last.year - turns), last
    if first.year is not None and last.year is None:
        return first, replace(last, year=first.year + turns)
    if first.year is None and last.year is None:
        year = _range_year(first, last, turns, reference)
        return (replace(first, year=year), replace(last, year=year + turns)) if year else (first, last)
    return first, last


def _range_year(first: Date, last: Date, turns: bool, reference: Reference) -> int | None:
    """Return the year in which a range without one starts.

    A stretch that begins within half a year of publication is meant so unless a verb says otherwise: plans
    are told as ranges more often than anniversaries are.
    """
    if reference.story is not None:
        return story_year(reference.story, first.month or 1, first.day or 1)
    base = reference.published
    if base is None:
        return None
    starts = {
        year: date
        for year in (base.year - 1, base.year, base.year + 1)
        if (date := safe_date(year, first.month or 1, first.day or 1)) is not None
    }
    if reference.future is True:
        wanted = {year: date for year, date in starts.items() if (_end(last, year + turns) or date) >= base}
        return min(wanted, default=None)
    if reference.future is False:
        wanted = {year: date for year, date in starts.items() if date <= base}
        return max(wanted, default=None)
    return min(starts, key=lambda year: abs((starts[year] - base).days), default=None)


def _end(last: Date, year: int) -> dt.date | None:
    return safe_date(year, last.month or 12, last.day or 28)
