"""Rules: how each policy makes a range of what origins say; ``policies.py`` says whose they are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from cairn.estimates.positions import Stand
from cairn.lexicon import load_toll_words
from cairn.records import Position

VAGUE_ACLED = {24: 12, 200: 100, 2: 3, 20: 10}
"""What ACLED's codebook puts for dozens, hundreds, several and tens, by the lower bound that Cairn reads."""
ABOUT = 0.1
"""How far, as a share of itself, a figure told with "about" or "nearly" may lie off another one and still
agree with it: more than rounding to two digits moves a figure, and less than rounding to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a deployment sets.

    Attributes:
        hierarchy: words of speakers' names, the most trusted kind first.
        about: how far off "about" still agrees, as a share of the figure.
    """

    hierarchy: tuple[tuple[str, ...], ...] = field(default_factory=lambda: load_toll_words().trusted)
    about: float = ABOUT


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


def _bottom(position: Position) -> int:
    count = position.current.count
    return count.low if count.low is not None else count.high or 0


def _top(position: Position) -> int:
    count = position.current.count
    return count.high if count.high is not None else count.low or 0


def order_by_day(position: Position) -> tuple[dt.date, int, str]:
    """Return what orders positions by the day of their figure.

    Of one day's figures the largest comes last: tolls rise through a day, and who says less has not heard.
    """
    return (position.current.said_on or dt.date.min, _bottom(position), position.origin)


def _nothing(reason: str = "nobody gives a figure that stands") -> Figure:
    return Figure(low=None, best=None, high=None, reason=reason)


def _quoted(figure: int, position: Position) -> str:
    """Return a figure with the words that it was read from and who says them."""
    words = position.current.words
    return f"{figure:,} (" + (f"“{words}”, " if words else "") + f"{position.origin})"


def _naming(positions: Sequence[Position]) -> list[Position]:
    """Return the positions that name a number, upper bounds alone left out."""
    return [each for each in positions if each.current.count.low is not None]


def make_range(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The lowest and the highest current figure.

    An upper bound is no figure: where nothing else is told there is no lowest.
    """
    del stand, settings
    if not positions:
        return _nothing()
    least = min(positions, key=lambda each: (_bottom(each), each.origin))
    most = min(positions, key=lambda each: (-_top(each), each.origin))
    low, high = _bottom(least), _top(most)
    if not _naming(positions):
        reason = f"at most {_quoted(high, most)}; no figure from below"
        return Figure(low=None, best=None, high=high, reason=reason)
    reason = (
        f"from the lowest, {_quoted(low, least)}, to the highest, {_quoted(high, most)}, "
        f"of {len(positions)} independent origins"
    )
    return Figure(low=low, best=None, high=high, reason=reason)


def make_airwars(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The range, with a grade."""
    made = make_range(positions, stand, settings)
    if not positions:
        if not stand.denied_by and not stand.rejected:
            return made
        return replace(made, grade="discounted", reason="every figure is denied or was rejected by a person")
    grade, why = _grade(positions, stand, settings)
    return replace(made, grade=grade, reason=f"{made.reason}; {grade}: {why}")


def _grade(positions: Sequence[Position], stand: Stand, settings: Settings) -> tuple[str, str]:
    """Return the grade and why."""
    doers = {name.casefold() for name in stand.perpetrators}
    accepted = [each.origin for each in positions if each.origin.casefold() in doers]
    if accepted:
        return "confirmed", f"{accepted[0]} is named as the doer and gives a figure itself"
    if all({each.current.claim, *each.current.added} <= stand.of_fighters for each in positions):
        return "discounted", "all figures count fighters"
    # Of the kinds of speakers the last is that of officials: as a party, they may only deny.
    trust = min(len(settings.hierarchy) - 1, *(_trust(each.origin, settings) for each in positions))
    if better := next((name for name in stand.denied_by if _trust(name, settings) < trust), None):
        return "discounted", f"{better} denies it, which is trusted more than who says so"
    if len(stand.perpetrators) > 1:
        return "contested", f"{len(stand.perpetrators)} parties are named as the doer"
    if len(positions) > 1:
        return "fair", "two or more independent origins"
    return "weak", "a single origin"


def _trust(origin: str, settings: Settings) -> int:
    """Return the place of a speaker's kind in the order, the most trusted first."""
    name = origin.casefold()
    kinds = (place for place, words in enumerate(settings.hierarchy) if any(word in name for word in words))
    return next(kinds, len(settings.hierarchy))


def _modal(positions: Sequence[Position], settings: Settings) -> tuple[list[int], list[Position]]:
    """Return the figures that most origins give, and who gives the first of them.

    Who says "about" stands behind the nearest figure that others give without it, within the tolerance.
    """
    exact = {_bottom(each) for each in positions if not each.current.count.approx}
    behind: dict[int, list[Position]] = defaultdict(list)
    for each in positions:
        figure = _bottom(each)
        near = min(exact, key=lambda other: (abs(other - figure), other), default=figure)
        rounded = each.current.count.approx and each.current.count.high is not None
        if rounded and abs(near - figure) <= settings.about * figure:
            figure = near
        behind[figure].append(each)
    most = max(map(len, behind.values()))
    figures = sorted(figure for figure, who in behind.items() if len(who) == most)
    return figures, behind[figures[0]]


def make_majority(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The figure that most origins give."""
    naming = _naming(positions)
    made = make_range(positions, stand, settings)
    if not naming:
        return made
    figures, who = _modal(naming, settings)
    if len(figures) == 1 and (len(who) > 1 or len(positions) == 1):
        figure = figures[0]
        reason = f"{len(who)} of {len(positions)} origins say {_quoted(figure, who[0])}"
        return Figure(low=figure, best=figure, high=figure, reason=reason, used=tuple(who))
    return replace(made, reason=f"no figure has a majority, so the range stands: {made.reason}")


def make_ucdp(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """Lowest, most likely, highest."""
    made = make_range(positions, stand, settings)
    if made.low is None or made.high is None:
        return made
    figures, who = _modal(_naming(positions), settings)
    latest = max(_naming(positions), key=order_by_day)
    if len(figures) == 1 and len(who) > 1:
        best, why = figures[0], f"{len(who)} origins agree on {_quoted(figures[0], who[0])}"
    else:
        best, why = _bottom(latest), f"the latest figure, {_quoted(_bottom(latest), latest)}"
    best = min(max(best, made.low), made.high)
    return replace(made, best=best, reason=f"low {made.low:,} and high {made.high:,}; best {best:,}: {why}")


def make_acled(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The most conservative figure, vague words by a table."""
    del stand, settings
    if not positions:
        return Figure(low=0, best=0, high=0, reason="no figure is reported, which is coded 0")
    naming = _naming(positions)
    if not naming:
        return _nothing("only upper bounds are told, and none of them is a figure")

    def coded(position: Position) -> int:
        count = position.current.count
        vague = count.approx and count.high is None
        return VAGUE_ACLED.get(_bottom(position), _bottom(position)) if vague else _bottom(position)

    lowest = min(naming, key=lambda position: (coded(position), position.origin))
    figure = coded(lowest)
    reason = f"the most conservative: {_quoted(figure, lowest)}"
    return Figure(low=figure, best=figure, high=figure, reason=reason, used=(lowest,))


def make_gtd(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The most recent figure, else the majority's, else the lowest."""
    doers = {name.casefold() for name in stand.perpetrators}
    trusted = [each for each in _naming(positions) if each.origin.casefold() not in doers]
    exact = [each for each in trusted if not (each.current.count.approx and each.current.count.high is None)]
    if not exact:
        return _nothing("only vague figures, or those of the party that is said to have done it: left blank")
    latest = max(each.current.said_on or dt.date.min for each in exact)
    recent = [each for each in exact if (each.current.said_on or dt.date.min) == latest]
    figures, who = _modal(recent, settings)
    if len({_bottom(each) for each in recent}) == 1:
        figure, step = _bottom(recent[0]), "the most recent figure"
    elif len(figures) == 1 and len(who) > 1:
        figure, step = figures[0], "the majority of the most recent figures"
    else:
        who = [min(recent, key=lambda each: (_bottom(each), each.origin))]
        figure, step = _bottom(who[0]), "the lowest of the most recent figures"
    reason = f"{step}: {_quoted(figure, who[0])}"
    return Figure(low=figure, best=figure, high=figure, reason=reason, used=tuple(who))


def make_hierarchy(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
    """The latest figure of the most trusted kind of speaker."""
    trust = {each.origin: _trust(each.origin, settings) for each in positions}
    first = min(trust.values(), default=len(settings.hierarchy))
    found = [each for each in positions if trust[each.origin] == first]
    if not found or first == len(settings.hierarchy):
        return _nothing("no speaker of the kinds in the order gives a figure")
    latest = max(found, key=order_by_day)
    made = make_range([latest], stand, settings)
    kind = settings.hierarchy[first][0]
    reason = f"{_quoted(_bottom(latest), latest)}: the first kind of the order that speaks ({kind})"
    return replace(made, best=latest.current.count.low, used=(latest,), reason=reason)


def make_only(name: str, chosen: Callable[[Stand], frozenset[str]]) -> Rule:
    """Return the rule that takes the range of chosen claims alone."""

    def make(positions: Sequence[Position], stand: Stand, settings: Settings) -> Figure:
        found = tuple(
            each for each in positions if {each.current.claim, *each.current.added} <= chosen(stand)
        )
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
