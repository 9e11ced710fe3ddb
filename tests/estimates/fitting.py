"""Claims put together for the tests of bounds, and what is asked of a fit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cairn.estimates import Heard, fit_together
from cairn.records import (
    Fit,
    Group,
    Harm,
    Period,
    Place,
    Victims,
)
from estimates.made import Pair, said

TOWN = Place(name="Orvale", country="SY", latitude=36.0, longitude=37.0, radius_km=12.0)
QUARTER = Place(name="Sarn quarter", country="SY", latitude=36.01, longitude=37.0, radius_km=1.0)
WEEK = Period(start=dt.date(2023, 10, 11), end=dt.date(2023, 10, 17))


def day(number: int) -> Period:
    return Period(start=dt.date(2023, 10, number), end=dt.date(2023, 10, number))


def of(*groups: Group) -> Victims:
    return Victims(text="people", groups=groups)


def fit(*pairs: Pair, incident: str = "", **more: object) -> Fit:
    return fit_together(Heard(claims=pairs, **more), incident, {"syria": "SY"})  # type: ignore[arg-type]


def between(
    made: Fit, *groups: Group, origin: str | None = None, harm: Harm = Harm.KILLED, tally: bool = False
) -> tuple[int | None, int | None]:
    """Return the bounds of one number, by one origin or by all."""
    for each in made.bounds:
        found = each.quantity
        if (found.harm, found.groups, found.tally is not None, each.origin) == (harm, groups, tally, origin):
            return each.low, each.high
    raise AssertionError(f"no bounds of {harm} {groups} by {origin}")


def parts(whole: Pair, *lows: int, **slots: object) -> list[Pair]:
    """Return figures of the whole's report that are part of it."""
    speaker = whole[0].speakers[0]
    told = [said(speaker, low, document=whole[1].id, part_of="clm-0", **slots) for low in lows]  # type: ignore[arg-type]
    return [
        (replace(claim, id=f"{claim.id}-{number}-{whole[0].id}", part_of=whole[0].id), report)
        for number, (claim, report) in enumerate(told)
    ]
