"""What fits together, what cannot all be true, and what is no contradiction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from cairn.estimates.assertions import read_limits
from cairn.records import (
    Count,
    Group,
    Harm,
    Period,
    Place,
    Ruling,
    Scope,
    Span,
    Status,
    Victims,
    decide,
)
from estimates.fitting import QUARTER, TOWN, WEEK, between, day, fit, of, parts
from estimates.made import Pair, said

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ELSEWHERE = Place(name="Telmo", country="SY", latitude=38.0, longitude=37.0, radius_km=5.0)


def test_parts_of_parts_lie_within_their_wholes() -> None:
    all_dead = said("monitor", 27, document="r")
    (staff,) = parts(all_dead, 14, victims=of(Group.PATIENT, Group.MEDICAL))
    (doctors,) = parts(staff, 3, victims=of(Group.MEDICAL))
    made = fit(all_dead, staff, doctors)
    assert between(made) == (27, 27)
    assert between(made, Group.MEDICAL, Group.PATIENT) == (14, 14)
    assert between(made, Group.MEDICAL) == (3, 27)
    assert made.contradictions == ()


def test_a_breakdown_fits_its_total_and_never_exceeds_it() -> None:
    total = said("ministry", 21, document="r")
    assert fit(total, *parts(total, 15, 6)).contradictions == ()
    short = said("ministry", 20, document="r")
    told = [short, *parts(short, 15, 6)]
    (found,) = fit(*told).contradictions
    assert set(found.claims) == {claim.id for claim, _ in told}
    assert found.reason == (
        "ministry leaves room for at most 20 killed; what is told of people among them comes to at least 21"
    )
    assert between(fit(*told)) == (None, None)
    open_ended = said("ministry", 20, high=None, document="r")
    assert between(fit(open_ended, *parts(open_ended, 15, 6))) == (21, None)


def test_parts_that_may_share_people_are_not_added_up() -> None:
    total = said("ministry", 14, document="r")
    told = [total, *parts(total, 10, victims=of(Group.CIVILIAN)), *parts(total, 9, victims=of(Group.WOMAN))]
    assert fit(*told).contradictions == ()
    apart = [total, *parts(total, 10, victims=of(Group.CHILD)), *parts(total, 9, victims=of(Group.WOMAN))]
    assert len(fit(*apart).contradictions) == 1


def test_groups_are_among_all_victims() -> None:
    made = fit(said("monitor", 14), said("monitor", 3, victims=of(Group.CHILD)))
    assert between(made, Group.CHILD, origin="monitor") == (3, 3)
    alone = fit(said("monitor", 3, victims=of(Group.CHILD)), said("monitor", 4, victims=of(Group.WOMAN)))
    assert between(alone) == (7, None)
    both = fit(
        said("monitor", 9, victims=of(Group.CHILD, Group.WOMAN)), said("monitor", 4, victims=of(Group.CHILD))
    )
    assert between(both) == (9, None)


def test_rival_figures_are_no_contradiction() -> None:
    made = fit(said("ministry", 14), said("monitor", 27), said("residents", 10, high=None))
    assert made.contradictions == ()
    assert between(made, origin="ministry") == (14, 14)
    assert between(made, origin="monitor") == (27, 27)
    assert between(made) == (14, 27)
    (rivals,) = made.rivals
    assert rivals.claims == (said("ministry", 14)[0].id, said("monitor", 27)[0].id)


def test_who_counts_civilians_alone_is_a_rival_of_who_counts_people() -> None:
    made = fit(said("monitor", 21), said("residents", 25, victims=of(Group.CIVILIAN)))
    assert made.contradictions == ()
    assert len(made.rivals) == 1
    assert between(made) == (21, None)
    both = said("residents", 40), said("residents", 25, victims=of(Group.CIVILIAN))
    assert between(fit(said("monitor", 21), *both)) == (21, 40)
    children = said("residents", 25, victims=of(Group.CHILD))
    assert fit(said("monitor", 21), both[0], children).contradictions == ()
    assert len(fit(said("monitor", 21), children).contradictions) == 1


def test_a_part_told_by_one_and_the_group_by_another_are_rivals() -> None:
    total = said("ministry", 60, document="r")
    two = [total, *parts(total, 31, 5, victims=of(Group.CHILD))]
    made = fit(*two, said("school", 25, victims=of(Group.CHILD)))
    assert made.contradictions == ()
    assert [each.quantity.groups for each in made.rivals] == [(Group.CHILD,)]
    assert between(made, Group.CHILD) == (25, 60)


def test_voices_contradict_each_other_about_different_numbers() -> None:
    ministry = said("ministry", 14)
    children, women = said("school", 9, victims=of(Group.CHILD)), said("hospital", 8, victims=of(Group.WOMAN))
    (found,) = fit(ministry, children, women, said("hospital", 2, harm=Harm.INJURED)).contradictions
    assert found.origins == ("ministry", "school", "hospital")
    for left in (ministry, children, women):
        rest = [each for each in (ministry, children, women) if each is not left]
        assert fit(*rest).contradictions == ()
    assert between(fit(ministry, children, women)) == (None, None)
    assert between(fit(ministry, children, women), origin="school") == (9, None)


def test_one_side_calls_civilians_whom_the_other_calls_insurgents() -> None:
    told = (
        said("army", 20, victims=of(Group.INSURGENT)),
        said("residents", 20, victims=of(Group.CIVILIAN)),
        said("monitor", 20),
    )
    (found,) = fit(*told).contradictions
    assert set(found.origins) == {"army", "residents", "monitor"}


def test_casualties_are_the_killed_and_the_injured() -> None:
    made = fit(said("monitor", 30, harm=Harm.CASUALTIES), said("monitor", 12))
    assert between(made, harm=Harm.CASUALTIES) == (30, 30)
    told = [
        said("monitor", 30, harm=Harm.CASUALTIES),
        said("monitor", 4),
        said("monitor", 6, harm=Harm.INJURED),
    ]
    (found,) = fit(*told).contradictions
    assert found.reason == "monitor counts at least 30 killed or injured; the other figures allow at most 10"


NEARLY_150 = said(
    "monitor", 150, scope=Scope.TALLY, place=TOWN, time=WEEK, count=Count(low=150, high=150, approx=True)
)


def attack(name: str, low: int, place: Place = QUARTER, on: int = 12, speaker: str = "monitor") -> Pair:
    return said(speaker, low, high=None, document=name, incident=name, place=place, time=day(on))


def test_incidents_lie_within_a_tally_of_their_area_and_days() -> None:
    fits = fit(NEARLY_150, attack("i1", 90), attack("i2", 70, TOWN, 14), incident="i1")
    assert between(fits, origin="monitor") == (90, 95)
    assert between(fits, origin="monitor", tally=True) == (160, 165)
    (found,) = fit(NEARLY_150, attack("i1", 90), attack("i2", 80, TOWN, 14), incident="i1").contradictions
    assert found.reason == (
        "monitor leaves room for at most 165 killed; what is told of 2 attacks in its area and days comes to "
        "at least 170, unless two of them are one attack"
    )


@pytest.mark.parametrize(
    "other",
    [attack("i2", 80, ELSEWHERE), attack("i2", 80, on=20), attack("i2", 80, replace(QUARTER, country="TR"))],
    ids=["elsewhere", "later", "another country"],
)
def test_what_a_tally_does_not_hold_is_not_added(other: Pair) -> None:
    made = fit(NEARLY_150, attack("i1", 90), other, incident="i1")
    assert made.contradictions == ()
    assert between(made, origin="monitor", tally=True) == (135, 165)


@pytest.mark.parametrize(
    ("slots", "limited"),
    [
        ({}, True),
        ({"place": Place(name="Syria", country="SY")}, True),
        ({"place": Place(name="ORVALE", country="SY")}, True),
        ({"place": None}, False),
        ({"time": None}, False),
        ({"place": Place(name="Telmo", country="SY")}, False),
        ({"perpetrator": "rebels"}, False),
        ({"harm": Harm.INJURED}, False),
        ({"victims": of(Group.CHILD)}, False),
    ],
)
def test_a_tally_limits_only_what_surely_belongs_to_it(slots: dict[str, object], limited: bool) -> None:
    tally = said("monitor", 10, **{"scope": Scope.TALLY, "place": TOWN, "time": WEEK} | slots)  # type: ignore[arg-type]
    assert bool(fit(tally, attack("i1", 90, TOWN), incident="i1").contradictions) is limited


def test_a_running_total_that_came_down_replaces_the_earlier_one() -> None:
    def since_monday(low: int, end: int, speaker: str = "monitor") -> Pair:
        time = Period(start=dt.date(2023, 10, 9), end=dt.date(2023, 10, end))
        return said(speaker, low, scope=Scope.TALLY, place=TOWN, time=time, day=end)

    here = attack("i1", 2)
    assert fit(since_monday(90, 14), since_monday(60, 18), here, incident="i1").contradictions == ()
    others = since_monday(90, 14, "ministry")
    assert len(fit(others, since_monday(60, 18), here, incident="i1").contradictions) == 1


def test_a_smaller_tally_lies_within_a_larger() -> None:
    larger = said("monitor", 10, scope=Scope.TALLY, place=TOWN, time=WEEK)
    smaller = said("residents", 40, scope=Scope.TALLY, place=QUARTER, time=day(12))
    (found,) = fit(larger, smaller, attack("i1", 2), incident="i1").contradictions
    assert found.origins == ("monitor", "residents")
    assert "a smaller area or fewer days" in found.reason


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ({"status": Status.FEARED}, "feared, not asserted"),
        ({"status": Status.DENIED}, "denied, not asserted"),
        ({"status": Status.SUPERSEDED}, "taken back by who said it"),
        ({"count": Count(low=9_000_000_000)}, "9,000,000,000 persons: taken for a slip"),
        ({"count": Count(approx=True, fraction=0.4)}, "a share, no number of persons"),
        ({"victims": Victims(text="families", groups=(Group.CIVILIAN,))}, "counts families, not persons"),
        ({"scope": Scope.TALLY}, "a sum over an area or days that are not told"),
    ],
)
def test_what_limits_nothing_is_told_with_its_reason(slots: dict[str, object], reason: str) -> None:
    made = fit(said("ministry", 12), said("monitor", 90, **slots))  # type: ignore[arg-type]
    assert [each.reason for each in made.left_out] == [reason]
    assert between(made) == (12, 12)


def test_what_a_person_rejected_limits_nothing() -> None:
    one, other = said("ministry", 12), said("monitor", 90)
    reject = decide(Ruling.REJECT, other[0].id, who="ann", at=NOW)
    assert between(fit(one, other, decisions=[reject])) == (12, 12)


def test_earlier_figures_of_a_voice_limit_nothing_and_neither_do_their_parts() -> None:
    first = said("ministry", 40, day=17, document="r1")
    told = [first, *parts(first, 30, victims=of(Group.CHILD), day=17), said("ministry", 22, day=19)]
    made = fit(*told)
    assert between(made) == (22, 22)
    assert made.contradictions == ()
    still_true = said("ministry", 20, high=None, day=17, document="r1")
    kept = [still_true, *parts(still_true, 8, victims=of(Group.CHILD), day=17), said("ministry", 22, day=19)]
    assert between(fit(*kept), Group.CHILD) == (8, 22)


def test_a_named_victim_is_no_total() -> None:
    claim, report = said("charity", 1)
    named = replace(claim, victims=Victims(text="Report", groups=(Group.MEDICAL,)))
    assert between(fit((named, report)), Group.MEDICAL) == (1, None)


def test_two_figures_of_one_sentence_may_divide_a_total_that_nobody_tells() -> None:
    told = said("ministry", 15, document="r"), said("ministry", 6, document="r")
    assert between(fit(*told)) == (15, None)
    text = "Fifteen died in Orvale. Six died at once."
    later = replace(told[1][0], anchor=Span(24, 27))
    assert between(
        fit(*((claim, replace(report, text=text)) for claim, report in (told[0], (later, told[1][1]))))
    ) == (15, 15)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (Count(low=49, high=49), (49, 49)),
        (Count(low=49), (49, None)),
        (Count(high=49), (0, 49)),
        (Count(low=20, high=30), (20, 30)),
        (Count(low=150, high=150, approx=True), (135, 165)),
        (Count(low=5, high=5, approx=True), (4, 6)),
        (Count(low=24, approx=True), (22, None)),
        (Count(low=2, approx=True), (1, None)),
        (Count(low=0, high=0), (0, 0)),
    ],
)
def test_the_words_of_a_count_are_bounds(count: Count, expected: tuple[int, int | None]) -> None:
    low, high = read_limits(count)
    assert (low, None if high == float("inf") else high) == expected
