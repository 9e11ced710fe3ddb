"""Columns: what is compared of many accounts, as arrays; what many accounts tell alike stands once."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cairn.incidents.accounts import Account, Figure, fold
from cairn.incidents.blocks import find_cell, find_days
from cairn.incidents.compare import GENERAL, KIN, LASTING, RARE, is_large, most, rank_figure
from cairn.incidents.sets import Flags, Numbers, Reals, Sets, pack_sets
from cairn.records import Group, Harm, Means, Period, Place

NEVER = -(1 << 40)
"""Stands for a day, a cell or a name that is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The days that accounts tell, each combination once; days count from the year 1, ``NEVER`` if untold.

    Attributes:
        start: first day of the harm.
        end: last day of it.
        published: day of publication.
        first: first of the days under which the account is looked up, see ``blocks``.
        last: last of them.
    """

    start: Numbers
    end: Numbers
    published: Numbers
    first: Numbers
    last: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places that accounts tell, each combination once.

    Attributes:
        names: folded names, by number.
        name: number of the first place's name, ``NEVER`` where no place is told.
        country: number of the first place's country, ``NEVER`` where it has none.
        latitude: of the first place, in radians; not a number where it has no coordinates.
        longitude: likewise.
        radius: of the first place, in km, 0 where it has none.
        row: of the first place's cell, see ``blocks``; ``NEVER`` where it has none.
        column: likewise.
        shown: numbers of the names of all places.
        countries: numbers of the countries of all places.
    """

    names: tuple[str, ...]
    name: Numbers
    country: Numbers
    latitude: Reals
    longitude: Reals
    radius: Reals
    row: Numbers
    column: Numbers
    shown: Sets
    countries: Sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What accounts tell of means, doers, victims and harms, each combination once; sets of few as bits.

    Attributes:
        means: the exact ones.
        common: those of them that are not rare.
        kin: the families that they belong to.
        groups: of victims.
        lasting: some harm is lasting.
        all_lasting: every harm is.
        doers: numbers of the words of the perpetrators.
    """

    means: Numbers
    common: Numbers
    kin: Numbers
    groups: Numbers
    lasting: Flags
    all_lasting: Flags
    doers: Sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures that accounts tell, each combination once.

    Attributes:
        told: numbers of the figures, those of more people higher.
        large: whether a figure is a large one, by its number.
        killed: the most people told killed.
        injured: likewise.
    """

    told: Sets
    large: Flags
    killed: Numbers
    injured: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Accounts as arrays, one entry an account.

    Attributes:
        time: row in ``times``.
        place: row in ``places``.
        deed: row in ``deeds``.
        figure: row in ``figures``.
        document: number of the report.
        victims: numbers of the names.
        words: numbers of the words.
    """

    times: Times
    places: Places
    deeds: Deeds
    figures: Figures
    time: Numbers
    place: Numbers
    deed: Numbers
    figure: Numbers
    document: Numbers
    victims: Sets
    words: Sets


def take_columns(accounts: Sequence[Account]) -> Columns:
    """Return accounts as arrays, in their order."""
    times, time = _once((each.time, each.published) for each in accounts)
    places, place = _once(each.places for each in accounts)
    deeds, deed = _once((each.means, each.perpetrators, each.groups, each.harms) for each in accounts)
    figures, figure = _once(each.figures for each in accounts)
    return Columns(
        times=_times(times),
        places=_places(places),
        deeds=_deeds(deeds),
        figures=_figures(figures),
        time=time,
        place=place,
        deed=deed,
        figure=figure,
        document=_once(each.document for each in accounts)[1],
        victims=pack_sets([each.victims for each in accounts]),
        words=pack_sets([each.words for each in accounts]),
    )


def _once(values: Iterable[Any]) -> tuple[list[Any], Numbers]:
    """Return the values, each once, and for each the row where it stands."""
    known: dict[Hashable, int] = {}
    rows = _numbers(known.setdefault(value, len(known)) for value in values)
    return list(known), rows


def _times(told: Sequence[tuple[Period | None, Any]]) -> Times:
    windows = [find_days(time, published) for time, published in told]
    return Times(
        start=_numbers(NEVER if time is None else time.start.toordinal() for time, _ in told),
        end=_numbers(NEVER if time is None else time.end.toordinal() for time, _ in told),
        published=_numbers(NEVER if day is None else day.toordinal() for _, day in told),
        first=_numbers(NEVER if days is None else days.start.toordinal() for days in windows),
        last=_numbers(NEVER if days is None else days.end.toordinal() for days in windows),
    )


def _places(told: Sequence[tuple[Place, ...]]) -> Places:
    names: dict[Hashable, int] = {}
    countries: dict[Hashable, int] = {}
    shown = pack_sets([{fold(place.name) for place in each} for each in told], names)
    lands = pack_sets([{place.country for place in each if place.country} for each in told], countries)
    first = [each[0] if each else None for each in told]
    cells = [find_cell(place) for place in first]
    return Places(
        names=tuple(str(name) for name in names),
        name=_numbers(NEVER if place is None else names[fold(place.name)] for place in first),
        country=_numbers(
            countries[place.country] if place is not None and place.country else NEVER for place in first
        ),
        latitude=_radians(None if place is None else place.latitude for place in first),
        longitude=_radians(None if place is None else place.longitude for place in first),
        radius=np.asarray([(place and place.radius_km) or 0.0 for place in first], np.float64),
        row=_numbers(NEVER if cell is None else cell[0] for cell in cells),
        column=_numbers(NEVER if cell is None else cell[1] for cell in cells),
        shown=shown,
        countries=lands,
    )


def _deeds(
    told: Sequence[tuple[frozenset[Means], frozenset[frozenset[str]], frozenset[Group], frozenset[Harm]]],
) -> Deeds:
    exact = [means - GENERAL for means, _, _, _ in told]
    return Deeds(
        means=_bits(exact, list(Means)),
        common=_bits([means - RARE for means in exact], list(Means)),
        kin=_bits([[family for family in KIN if means & family] for means in exact], KIN),
        groups=_bits([groups for _, _, groups, _ in told], list(Group)),
        lasting=np.asarray([bool(harms & LASTING) for _, _, _, harms in told], np.bool_),
        all_lasting=np.asarray([harms <= LASTING for _, _, _, harms in told], np.bool_),
        doers=pack_sets([frozenset[str]().union(*doers) for _, doers, _, _ in told]),
    )


def _figures(told: Sequence[frozenset[Figure]]) -> Figures:
    every = sorted({figure for each in told for figure in each}, key=rank_figure)
    return Figures(
        told=pack_sets(told, {figure: number for number, figure in enumerate(every)}),
        large=np.asarray([is_large(each) for each in every], np.bool_),
        killed=_numbers(most(each, Harm.KILLED) for each in told),
        injured=_numbers(most(each, Harm.INJURED) for each in told),
    )


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


def _radians(values: Iterable[float | None]) -> Reals:
    return np.asarray([math.nan if each is None else math.radians(each) for each in values], np.float64)


def _bits(rows: Sequence[Iterable[Hashable]], every: Sequence[Hashable]) -> Numbers:
    """Return sets as numbers, with a bit for each member."""
    bit = {each: 1 << place for place, each in enumerate(every)}
    return _numbers(sum(bit[each] for each in row) for row in rows)
