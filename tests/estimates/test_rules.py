"""What the rules of policies make of upper bounds, rounded figures and denials, and the words they quote."""

from __future__ import annotations

import datetime as dt

import pytest

from cairn.records import Count, Group, Ruling, Status, Victims, decide
from estimates.made import Pair, figures, killed, said, under

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
FIGHTERS = Victims(text="militants", groups=(Group.INSURGENT,))


@pytest.mark.parametrize(
    ("policy", "alone", "beside"),
    [
        ("range", (None, None, 50), (30, None, 50)),
        ("ucdp", (None, None, 50), (30, 30, 50)),
        ("acled", (None, None, None), (30, 30, 30)),
        ("gtd", (None, None, None), (30, 30, 30)),
        ("majority", (None, None, 50), (30, None, 50)),
        ("hierarchy", (None, None, 50), (None, None, 50)),
    ],
)
def test_an_upper_bound_is_no_figure(
    policy: str, alone: tuple[int | None, ...], beside: tuple[int | None, ...]
) -> None:
    most = said("Varo hospital", None, high=50, day=19)
    assert figures(under(policy, most)) == alone
    assert figures(under(policy, most, said("monitor", 30))) == beside


def test_an_upper_bound_below_another_figure_is_the_bottom_of_the_range() -> None:
    assert figures(under("range", said("ministry", None, high=10), said("monitor", 30))) == (10, None, 30)


@pytest.mark.parametrize(
    ("about", "best"),
    [
        (250, 247),  # stands behind 247, which two say then
        (300, 400),  # agrees with none: the latest
    ],
)
def test_about_a_figure_agrees_with_it(about: int, best: int) -> None:
    told = (
        said("monitor", about, day=15, count=Count(low=about, high=about, approx=True)),
        said("ministry", 247, day=16),
        said("residents", 400, day=17),
    )
    assert under("ucdp", *told).best == best


def test_of_one_days_rival_figures_the_largest_is_the_latest() -> None:
    assert under("ucdp", said("zealots", 12), said("ministry", 22)).best == 22


@pytest.mark.parametrize(
    ("pairs", "grade"),
    [
        ([said("army", 12, victims=FIGHTERS), said("monitor", 14, victims=FIGHTERS)], "discounted"),
        ([said("army", 12, victims=FIGHTERS), said("monitor", 14)], "fair"),
        ([said("residents", 12), said("coroner", 12, status=Status.DENIED)], "discounted"),
        ([said("residents", 12), said("army", 12, status=Status.DENIED)], "weak"),
        ([said("Varo hospital", 12), said("monitor", 12, status=Status.DENIED)], "weak"),
        ([said("residents", 12, status=Status.DENIED)], "discounted"),
    ],
)
def test_what_airwars_discounts(pairs: list[Pair], grade: str) -> None:
    assert under("airwars", *pairs).grade == grade


def test_what_a_person_rejected_is_discounted() -> None:
    told = said("residents", 12)
    reject = decide(Ruling.REJECT, told[0].id, who="ann", at=NOW)
    assert under("airwars", told, decisions=[reject]).grade == "discounted"


def test_reasons_quote_the_words_behind_each_figure() -> None:
    made = under("range", said("ministry", 12), said("monitor", 14))
    assert "12 (“Report”, ministry)" in made.reason
    assert "14 (“Report”, monitor)" in made.reason
    assert killed(said("ministry", 12)).positions[0].current.words == "Report"
