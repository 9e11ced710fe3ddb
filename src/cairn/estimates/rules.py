"""Rules: how each policy makes a range of what origins say; ``policies.py`` says whose they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cairn.estimates.positions import Stand
from cairn.records import Count, Position

VAGUE_ACLED = {24: 12, 200: 100, 2: 3, 20: 10}
"""What ACLED's codebook puts for dozens, hundreds, several and tens, by the lower bound that Cairn reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a deployment sets.

    Attributes:
        hierarchy: words of speakers' names, the most trusted kind first.
    """

    hierarchy: tuple[tuple[str, ...], ...] = (
        ("court", "inquest", "coroner"),
        ("hospital", "medic", "doctor", "morgue"),
        ("observatory", "monitor", "human rights", "committee", "charity", "sans frontieres", "red cross"),
        ("ministry", "police", "governor", "officials", "army"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a rule makes: bounds, the figure that it prefers, and how."""

    low: int | None
    best: int | None
    high: int | None
    reason: str
    grade: str | None = None
    used: tuple[Position, ...] = ()


Rule = Callable[[Sequence[Position], Stand, Settings], Figure]
"""Takes positions with what else is known of the incident, and what a deployment sets."""


def _low(count: Count) -> int:
    return count.low if count.low is not None else 0


def _high(count: Count) -> int:
    return count.high if count.high is not None else _low(count)


def _point(count: Count) -> int:
    """Return the one number that a figure names: of "at least 49" 49, of "up to 49" 49."""
    return count.low if count.low is not None else _high(count)


def order_by_day(position: Position) -> tuple[dt.date, str]:
    """Return what orders positions by the day of their figure."""
    return (position.current.said_on or dt.date.min, position.origin)


def _nothing(reason: str = "nobody gives a figure that stands") -> Figure:
    return Figure(low=None, best=None, high=None, reason=reason)


def make_range(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The lowest and the highest current figure."""
    del stand, settings
    if not positions:
        return _nothing()
    points = [_point(position.current.count) for position in positions]
    highs = [_high(position.current.count) for position in positions]
    low, high = min(points), max(highs)
    reason = f"from the lowest, {low:,}, to the highest, {high:,}, of {len(positions)} independent origins"
    return Figure(low=low, best=None, high=high, reason=reason)


def make_airwars(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The range, with a grade."""
    made = make_range(positions, stand, settings)
    if not positions:
        return made
    accepted = [
        position
        for position in positions
        if any(name.casefold() == position.origin.casefold() for name in stand.perpetrators)
    ]
    if accepted:
        grade, why = "confirmed", f"{accepted[0].origin} is named as the doer and gives a figure itself"
    elif len(stand.perpetrators) > 1:
        grade, why = "contested", f"{len(stand.perpetrators)} parties are named as the doer"
    elif len(positions) > 1:
        grade, why = "fair", "two or more independent origins"
    else:
        grade, why = "weak", "a single origin"
    return replace(made, grade=grade, reason=f"{made.reason}; {grade}: {why}")


def _modal(positions: Sequence[Position]) -> tuple[list[int], int]:
    """Return the figures that most origins give, and how many do."""
    counted = Counter(_point(position.current.count) for position in positions)
    most = max(counted.values())
    return sorted(figure for figure, times in counted.items() if times == most), most


def make_majority(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The figure that most origins give."""
    if not positions:
        return _nothing()
    figures, most = _modal(positions)
    if len(figures) == 1 and (most > 1 or len(positions) == 1):
        figure = figures[0]
        used = tuple(each for each in positions if _point(each.current.count) == figure)
        reason = f"{most} of {len(positions)} origins say {figure:,}"
        return Figure(low=figure, best=figure, high=figure, reason=reason, used=used)
    made = make_range(positions, stand, settings)
    return replace(made, reason=f"no figure has a majority, so the range stands: {made.reason}")


def make_ucdp(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """Lowest, most likely, highest."""
    made = make_range(positions, stand, settings)
    if not positions or made.low is None or made.high is None:
        return made
    figures, most = _modal(positions)
    latest = max(positions, key=order_by_day)
    if len(figures) == 1 and most > 1:
        best, why = figures[0], f"{most} origins agree on it"
    else:
        best, why = _point(latest.current.count), "the latest figure"
    best = min(max(best, made.low), made.high)
    return replace(made, best=best, reason=f"low {made.low:,} and high {made.high:,}; best {best:,}: {why}")


def make_acled(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The most conservative figure, vague words by a table."""
    del stand, settings
    if not positions:
        return Figure(low=0, best=0, high=0, reason="no figure is reported, which is coded 0")

    def coded(position: Position) -> int:
        count = position.current.count
        vague = count.approx and count.high is None
        return VAGUE_ACLED.get(_low(count), _low(count)) if vague else _point(count)

    lowest = min(positions, key=lambda position: (coded(position), position.origin))
    figure = coded(lowest)
    reason = f"the most conservative: {figure:,}, by {lowest.origin}"
    return Figure(low=figure, best=figure, high=figure, reason=reason, used=(lowest,))


def make_gtd(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The most recent figure, else the majority's, else the lowest."""
    del settings
    doers = {name.casefold() for name in stand.perpetrators}
    trusted = [each for each in positions if each.origin.casefold() not in doers]
    exact = [each for each in trusted if not (each.current.count.approx and each.current.count.high is None)]
    if not exact:
        return _nothing("only vague figures, or those of the party that is said to have done it: left blank")
    latest = max(each.current.said_on or dt.date.min for each in exact)
    recent = [each for each in exact if (each.current.said_on or dt.date.min) == latest]
    if len({_point(each.current.count) for each in recent}) == 1:
        figure, step = _point(recent[0].current.count), "the most recent figure"
    else:
        figures, most = _modal(recent)
        if len(figures) == 1 and most > 1:
            figure, step = figures[0], "the majority of the most recent figures"
        else:
            figure = min(_point(each.current.count) for each in recent)
            step = "the lowest of the most recent figures"
    used = tuple(each for each in recent if _point(each.current.count) == figure)
    return Figure(low=figure, best=figure, high=figure, reason=f"{step}: {figure:,}", used=used)


def make_hierarchy(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The latest figure of the most trusted kind of speaker."""
    for words in settings.hierarchy:
        found = [each for each in positions if any(word in each.origin.casefold() for word in words)]
        if found:
            latest = max(found, key=order_by_day)
            made = make_range([latest], stand, settings)
            reason = f"{latest.origin}: the first kind of the order that speaks ({words[0]})"
            return replace(made, best=_point(latest.current.count), used=(latest,), reason=reason)
    return _nothing("no speaker of the kinds in the order gives a figure")


def make_only(name: str, chosen: Callable[[Stand], frozenset[str]]) -> Rule:
    """Return the rule that takes the range of chosen claims alone."""

    def make(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
        found = tuple(each for each in positions if each.current.claim in chosen(stand))
        if not found:
            return _nothing(f"no figure is {name}")
        made = make_range(found, stand, settings)
        best = made.low if made.low == made.high else None
        return replace(made, best=best, used=found, reason=f"{made.reason}, all {name} by a person")

    return make


def make_ledger(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """No figure at all."""
    del stand, settings
    return _nothing(f"{len(positions)} positions, shown and not reconciled")
