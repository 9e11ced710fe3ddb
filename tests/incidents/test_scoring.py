"""Comparing and joining many accounts at once gives what comparing and joining them one by one does."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.incidents.accounts import Account
from cairn.incidents.blocks import find_cell, find_days
from cairn.incidents.clusters import APART, cluster
from cairn.incidents.columns import take_columns
from cairn.incidents.compare import compare, load_weights
from cairn.incidents.scoring import score
from cairn.incidents.screening import find_pairs, find_positive
from cairn.incidents.sets import portion
from cairn.records import Group, Harm, Means, Period, Place

DAYS = st.integers(1, 28).map(lambda day: dt.date(2026, 2, day))
TIMES = st.none() | st.tuples(DAYS, st.sampled_from([0, 0, 1, 9, 60])).map(
    lambda told: Period(start=told[0], end=told[0] + dt.timedelta(days=told[1]))
)
PLACES = st.builds(
    lambda name, country, at, radius: Place(
        name=name,
        country=country,
        latitude=at and at[0],
        longitude=at and at[1],
        radius_km=radius if at else None,
    ),
    st.sampled_from(["Orvale", "Orvaal", "Sarn", "Al-Sarn town", "Tessaly", "Syria"]),
    st.sampled_from(["SY", "SY", "LB", None]),
    st.sampled_from([(36.0, 37.0), (36.02, 37.02), (36.9, 37.9), (33.0, 36.0), (31.0, 30.0), None]),
    st.sampled_from([None, 3.0, 13.0, 60.0, 350.0]),
)
FIGURES = st.tuples(
    st.sampled_from([Harm.KILLED, Harm.INJURED, Harm.DETAINED]),
    st.none() | st.sampled_from([0, 2, 9, 12, 50]),
    st.none() | st.sampled_from([2, 12, 60]),
).filter(lambda figure: max(figure[1] or 0, figure[2] or 0) > 1)
WORDS = st.frozensets(st.sampled_from([f"word{number}" for number in range(8)]), max_size=6).map(
    lambda words: tuple(sorted(words))
)


def few(*values: object) -> st.SearchStrategy[frozenset[object]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


ACCOUNTS = st.lists(
    st.builds(
        lambda **told: told,
        document=st.sampled_from(["a", "b", "c", "d"]),
        published=st.none() | DAYS,
        time=TIMES,
        places=st.lists(PLACES, max_size=2, unique=True).map(tuple),
        means=few(Means.AIRSTRIKE, Means.ROCKET, Means.CAR_BOMB, Means.ATTACK, Means.SMALL_ARMS),
        perpetrators=st.frozensets(st.frozensets(st.sampled_from("xyz"), min_size=1), max_size=2),
        victims=few("dara veldt", "ivo marn"),
        groups=few(Group.CHILD, Group.WOMAN, Group.MEDICAL),
        figures=st.frozensets(FIGURES, max_size=2),
        words=WORDS,
        harms=st.frozensets(
            st.sampled_from([Harm.KILLED, Harm.DETAINED, Harm.MISSING]), min_size=1, max_size=2
        ),
    ),
    min_size=2,
    max_size=7,
).map(
    lambda rows: [
        Account(key=f"k{number}", claims=(f"k{number}",), **told) for number, told in enumerate(rows)
    ]
)


def are_worth_comparing(one: Account, other: Account) -> bool:
    """Say by the definition whether some day, country and square may hold both."""
    days = [find_days(each.time, each.published) for each in (one, other)]
    if not days[0] or not days[1] or days[0].start > days[1].end or days[1].start > days[0].end:
        return False
    told = [{place.country for place in each.places if place.country} for each in (one, other)]
    cells = [find_cell(each.places[0] if each.places else None) for each in (one, other)]
    if any(not countries and cell is None for countries, cell in zip(told, cells, strict=True)):
        return True
    here, there = cells
    touch = not here or not there or all(abs(a - b) <= 1 for a, b in zip(here, there, strict=True))
    return touch and (bool(told[0] & told[1]) or not (told[0] | told[1]))


@given(accounts=ACCOUNTS)
@settings(max_examples=300, deadline=None)
def test_scores_of_many_are_the_verdicts_of_two(accounts: list[Account]) -> None:
    pairs = list(combinations(range(len(accounts)), 2))
    here, there = np.asarray(pairs, np.int64).T
    scores = score(take_columns(accounts), here, there)
    verdicts = [compare(accounts[one], accounts[other]) for one, other in pairs]
    assert scores.bits.tolist() == [verdict.bits for verdict in verdicts]
    assert scores.apart.tolist() == [verdict.apart for verdict in verdicts]


@given(accounts=ACCOUNTS, data=st.data())
@settings(max_examples=300, deadline=None)
def test_screening_finds_all_pairs_that_agree_and_no_others(
    accounts: list[Account], data: st.DataObject
) -> None:
    every = combinations(range(len(accounts)), 2)
    worth = [pair for pair in every if are_worth_comparing(accounts[pair[0]], accounts[pair[1]])]
    assert sorted(find_pairs(accounts)) == worth
    verdicts = {(one, other): compare(accounts[one], accounts[other]) for one, other in worth}
    agreed = {pair: each.bits for pair, each in verdicts.items() if each.bits > 0 and not each.apart}
    columns = take_columns(accounts)
    here, there, bits = (each.tolist() for each in find_positive(columns))
    assert dict(zip(zip(here, there, strict=True), bits, strict=True)) == agreed
    asked = data.draw(st.lists(st.booleans(), min_size=len(accounts), max_size=len(accounts)))
    here, there, _ = (each.tolist() for each in find_positive(columns, np.asarray(asked, np.bool_)))
    assert set(zip(here, there, strict=True)) == {pair for pair in agreed if asked[pair[0]] or asked[pair[1]]}


def join_one_by_one(count: int, bits: dict[tuple[int, int], float]) -> list[list[int]]:
    """Join the two clusters of the highest mean until none is above 0, by the book."""
    clusters = [[number] for number in range(count)]
    while True:
        means = [
            (-sum(bits[min(a, b), max(a, b)] for a in one for b in other) / len(one) / len(other), one, other)
            for one, other in combinations(clusters, 2)
        ]
        best = min(means, default=(0.0, [], []))
        if best[0] >= 0:
            return clusters
        clusters = sorted([*(each for each in clusters if each not in best[1:]), sorted(best[1] + best[2])])


@given(
    count=st.integers(1, 9),
    drawn=st.lists(
        st.integers(-6, 6).map(lambda halves: halves / 2) | st.just(APART), min_size=36, max_size=36
    ),
)
@settings(max_examples=400, deadline=None)
def test_joining_many_at_once_is_joining_one_by_one(count: int, drawn: list[float]) -> None:
    bits = dict(zip(combinations(range(count), 2), drawn, strict=False))
    agreed = [(one, other, value) for (one, other), value in bits.items() if value > 0]
    here, there = (np.asarray([each[side] for each in agreed], np.int64) for side in (0, 1))

    def look_up(some: np.ndarray, others: np.ndarray) -> np.ndarray:
        pairs = zip(some.tolist(), others.tolist(), strict=True)
        return np.asarray([bits[min(pair), max(pair)] for pair in pairs], np.float64)

    owner = cluster(count, here, there, np.asarray([each[2] for each in agreed], np.float64), look_up)
    found = [np.flatnonzero(owner == number).tolist() for number in sorted(set(owner.tolist()))]
    assert found == join_one_by_one(count, bits)


@given(sizes=st.lists(st.integers(0, 9), max_size=12), most=st.integers(1, 12))
def test_portions_hold_every_row_once_and_no_more_than_asked(sizes: list[int], most: int) -> None:
    parts = [list(range(len(sizes)))[part] for part in portion(np.asarray(sizes, np.int64), most)]
    assert [row for part in parts for row in part] == list(range(len(sizes)))
    assert all(len(part) == 1 or sum(sizes[row] for row in part) <= most for part in parts)


def test_weights_are_halves_so_that_sums_are_exact() -> None:
    assert all((2 * bits).is_integer() for bits in load_weights().values())
