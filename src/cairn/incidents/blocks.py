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


def find_pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Yield the places of two accounts that some day holds, each pair once, the lower place first.

    Two whose countries differ are no pair. An account with neither time nor publication is compared with
    none, nor is one of a long time.
    """
    days: dict[tuple[dt.date, str | None], list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        told = {place.country for place in account.places if place.country}
        countries: set[str | None] = {*told} if told else {None}
        for day in _days(account):
            for country in countries:
                days[day, country].append(number)
    seen: set[tuple[int, int]] = set()
    for (day, country), members in list(days.items()):
        beside = members if country is None else [*members, *days.get((day, None), ())]
        for place, here in enumerate(members):
            for there in beside[place + 1 :]:
                pair = (min(here, there), max(here, there))
                if pair not in seen:
                    seen.add(pair)
                    yield pair


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
