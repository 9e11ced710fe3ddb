"""Blocks: which pairs of accounts are worth comparing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from cairn.incidents.accounts import Account

REACH_DAYS = 3
"""Days by which two accounts of one attack may miss each other, through datelines and nights."""
UNTOLD_DAYS = 10
"""Days before publication in which an attack lies whose day is not told."""
LONG_DAYS = 40
"""Days from which a time is too long to be looked through day by day."""


CELL_DEGREES = 3.0
"""Side of the squares by which exact places are looked up. Two that do not touch are 167 km apart at 60
degrees north, which is decisive: 50 km of reach, the slack and a province's 100 km are less."""
EXACT_KM = 50.0
"""Reach up to which a place is looked up by its square."""

Cell = tuple[int, int]
Key = tuple[dt.date, str | None, Cell | None]


def find_pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Yield the places of two accounts that some day holds, each pair once, the lower place first.

    Two whose countries differ, or whose places are decisively far apart, are no pair. An account with neither
    time nor publication is compared with none, nor is one of a long time.
    """
    blocks: dict[Key, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for key in _keys(account):
            blocks[key].append(number)
    for number, account in enumerate(accounts):
        found: set[int] = set()
        for key in _keys(account):
            found.update(each for block in _alike(key) for each in blocks.get(block, ()) if each > number)
            found.update(each for block in _vaguer(key) for each in blocks.get(block, ()))
        yield from ((min(number, each), max(number, each)) for each in sorted(found))


def _alike(key: Key) -> Iterator[Key]:
    """Yield the blocks of accounts that look this one up as well: of two, the lower yields the pair."""
    day, country, cell = key
    if cell is None:
        yield key
        return
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            yield day, country, (cell[0] + row, cell[1] + column)


def _vaguer(key: Key) -> Iterator[Key]:
    """Yield the blocks of accounts that tell less, and so do not look this one up."""
    day, country, cell = key
    if cell is not None:
        yield day, country, None
    if country is not None:
        yield day, None, None


def _keys(account: Account) -> Iterator[Key]:
    """Yield the keys under which an account is looked up."""
    told = {place.country for place in account.places if place.country}
    countries: set[str | None] = {*told} if told else {None}
    first = account.places[0] if account.places else None
    cell = None
    if first is not None and first.latitude is not None and (first.radius_km or 0.0) <= EXACT_KM:
        cell = (int(first.latitude // CELL_DEGREES), int((first.longitude or 0.0) // CELL_DEGREES))
    for day in _days(account):
        for country in countries:
            yield day, country, cell


def _days(account: Account) -> Iterator[dt.date]:
    """Yield the days under which an account is looked up."""
    if account.time is not None and account.time.days <= LONG_DAYS:
        start, end = account.time.start, account.time.end + dt.timedelta(days=REACH_DAYS)
    elif account.time is None and account.published is not None:
        start, end = account.published - dt.timedelta(days=UNTOLD_DAYS), account.published
    else:
        return
    for number in range((end - start).days + 1):
        yield start + dt.timedelta(days=number)
