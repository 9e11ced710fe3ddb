"""Relinking: the incidents that some new or changed reports touch, joined again, and no others.

What agrees most is joined first, so a cluster changes only where one of its accounts agrees with an account
of a changed cluster. The changed ones are joined again together with all whose accounts agree with theirs,
each of which may take an account over, or lose one. Where those come out as they were, so would all others:
what they would be joined with agreed with them before as it does now, and did not win. Where one does not,
it is among the changed ones, and all is asked again. What agrees among clusters that stay as they are was
settled when they were joined, so such pairs are left out. In the end the incidents are those that linking
everything gives (``tests/ledger/test_relinking.py``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from cairn.incidents.accounts import Account
from cairn.incidents.blocks import find_days
from cairn.incidents.columns import take_columns
from cairn.incidents.joining import (
    Linked,
    Told,
    cluster_accounts,
    gather_accounts,
    make_incidents,
    on_incidents,
    parted,
)
from cairn.incidents.obeying import Ruled, join_ruled, read_rulings
from cairn.incidents.screening import find_positive
from cairn.records import Decision


@dataclass(frozen=True, slots=True)
class Window:
    """Days and countries in which an account may lie that agrees with another; every country when empty."""

    first: dt.date
    last: dt.date
    countries: frozenset[str]


class LookUp(Protocol):
    """Gives the reports that were linked before, as they stand now."""

    def around(self, windows: Collection[Window]) -> Iterable[Told]:
        """Return those that tell of a day and a country of some windows, each once; others do no harm."""
        ...

    def members(self, incidents: Collection[str]) -> Iterable[Told]:
        """Return those with claims in some incidents."""
        ...

    def holding(self, claims: Collection[str]) -> Iterable[Told]:
        """Return those with some claims."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinked:
    """What relinking came to.

    Attributes:
        linked: the incidents that were joined again, in the order of the reports.
        replaced: ids of the incidents that these take the place of.
        reports: in which they are told, the first recorded first.
    """

    linked: Linked
    replaced: frozenset[str]
    reports: Sequence[Told]


@dataclass(slots=True)
class _Pool:
    """Reports that were looked up by now, with their accounts by key."""

    rulings: Sequence[Decision]
    reports: dict[str, Told] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def take(self, reports: Iterable[Told]) -> None:
        """Take reports in; ``before`` tells in which incident each account was."""
        for told in reports:
            if told.document.id in self.reports:
                continue
            self.reports[told.document.id] = told
            for account in gather_accounts(told, parted(told, self.rulings)):
                self.accounts[account.key] = account
                if incident := told.incidents.get(account.key):
                    self.before[account.key] = incident


def relink(
    touched: Sequence[Told], former: Collection[str], look_up: LookUp, decisions: Iterable[Decision]
) -> Relinked:
    """Return the incidents that change, or may change, with some reports.

    Args:
        touched: reports that are new, were read anew or are decided about; without the incidents that their
            claims were in.
        former: ids of these incidents.
        look_up: for all others.
        decisions: of people.
    """
    rulings = on_incidents(decisions)
    pool = _Pool(rulings)
    pool.take(touched)
    changed = set(pool.accounts)
    pool.take(look_up.holding({subject for each in rulings for subject in each.subjects}))
    account_of = {claim: key for key, account in pool.accounts.items() for claim in account.claims}
    ruled = read_rulings(rulings, account_of)
    replaced: set[str] = set()
    _add(pool, changed, replaced, set(former), look_up, ruled)
    asked: set[str] = set()
    while True:
        windows = {window for key in changed - asked if (window := _window(pool.accounts[key]))}
        asked |= changed
        pool.take(look_up.around(windows))
        beside = _agreeing(pool, changed) - replaced
        pool.take(look_up.members(beside))
        fixed = {key: pool.before[key] for key in pool.accounts if pool.before.get(key) in beside - replaced}
        if decided := {fixed[key] for pair in _pairs(ruled) for key in pair if key in fixed}:
            _add(pool, changed, replaced, decided, look_up, ruled)
            continue
        keys = sorted({*changed, *fixed})
        numbers = {incident: place for place, incident in enumerate(sorted(beside), start=1)}
        columns = take_columns([pool.accounts[key] for key in keys])
        own = [numbers[fixed[key]] if key in fixed else 0 for key in keys]
        groups = cluster_accounts(columns, keys, ruled, own)
        whole = {incident: {key for key in fixed if fixed[key] == incident} for incident in beside}
        lost = {
            fixed[key]
            for group in groups
            for key in group
            if key in fixed and set(group) != whole[fixed[key]]
        }
        if not lost:
            break
        _add(pool, changed, replaced, lost, look_up, ruled)
    return _result(pool, [group for group in groups if changed.issuperset(group)], replaced, ruled)


def _add(
    pool: _Pool,
    changed: set[str],
    replaced: set[str],
    incidents: set[str],
    look_up: LookUp,
    ruled: Ruled,
) -> None:
    """Put whole incidents among the changed, and those that a ruling ties to them."""
    while True:
        pool.take(look_up.members(incidents))
        replaced |= incidents
        changed |= {key for key, incident in pool.before.items() if incident in incidents}
        tied = {key for pair in _pairs(ruled) if pair & changed for key in pair}
        incidents = {pool.before[key] for key in tied if key in pool.before} - replaced
        if not incidents:
            return


def _pairs(ruled: Ruled) -> set[frozenset[str]]:
    return {*ruled.joined, *ruled.apart}


def _agreeing(pool: _Pool, changed: set[str]) -> set[str]:
    """Return the incidents of accounts that agree with a changed one."""
    keys = sorted(pool.accounts)
    asked = np.asarray([key in changed for key in keys], np.bool_)
    here, there, _ = find_positive(take_columns([pool.accounts[key] for key in keys]), asked)
    met = {keys[place] for side in (here, there) for place in np.unique(side).tolist()}
    return {pool.before[key] for key in met - changed if key in pool.before}


def _window(account: Account) -> Window | None:
    days = find_days(account.time, account.published)
    countries = frozenset(place.country for place in account.places if place.country)
    return None if days is None else Window(days.start, days.end, countries)


def _result(pool: _Pool, groups: Sequence[Sequence[str]], replaced: set[str], ruled: Ruled) -> Relinked:
    held = {key for group in groups for key in group}
    own = Ruled(
        joined={pair: who for pair, who in ruled.joined.items() if pair <= held},
        apart=frozenset(pair for pair in ruled.apart if pair <= held),
        contradictions=ruled.contradictions,
    )
    reports = sorted(pool.reports.values(), key=lambda each: each.number)
    place = {told.document.id: number for number, told in enumerate(reports)}
    accounts = sorted(
        (account for account in pool.accounts.values() if account.key in held),
        key=lambda account: place[account.document],  # stable: a report's own are in reading order
    )
    linked = make_incidents(accounts, join_ruled(groups, own), None, own)
    told = {account.document for account in accounts}
    return Relinked(
        linked=linked,
        replaced=frozenset(replaced),
        reports=[each for each in reports if each.document.id in told],
    )
