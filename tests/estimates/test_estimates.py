"""What rival figures come to under each policy, and what never changes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.estimates import POLICIES, Heard, estimate_all, take_positions
from cairn.records import (
    Copy,
    CopyKind,
    Count,
    Group,
    Harm,
    Passage,
    Ruling,
    Scope,
    Span,
    Status,
    Victims,
    decide,
)
from estimates.made import Pair, figures, killed, said, under

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

HOSPITAL_STRIKE = (
    said("Health Ministry", 200, high=None, day=17, relay="Morning Times"),
    said("Health Ministry", 500, high=None, day=17, relay="Bay Press", document="bay-1"),
    said("Civil Defence", 300, day=18),
    said("Health Ministry", 471, day=19, relay="Bay Press"),
    said("director of the Salma hospital", 250, day=19),
    said("foreign intelligence", 100, high=300, day=19),
)
"""The shape of a strike whose toll was told as 200, 300, 500, then 471, about 250, and 100 to 300."""


def test_a_toll_told_by_four_origins() -> None:
    stand = killed(*HOSPITAL_STRIKE)
    by_origin = {position.origin: position for position in stand.positions}
    assert len(by_origin) == 4
    ministry = by_origin["Health Ministry"]
    assert ministry.current.count.low == 471
    assert [each.count.low for each in ministry.earlier] == [500, 200] or [
        each.count.low for each in ministry.earlier
    ] == [200, 500]
    assert figures(under("range", *HOSPITAL_STRIKE)) == (100, None, 471)
    assert figures(under("acled", *HOSPITAL_STRIKE)) == (100, 100, 100)
    assert "hospital may report to Health Ministry" in by_origin["director of the Salma hospital"].doubt
    cascade = under("gtd", *HOSPITAL_STRIKE)
    assert cascade.best == 100
    assert cascade.reason.startswith("the lowest of the most recent figures: 100 (")


def test_a_figure_withdrawn_and_told_again() -> None:
    first = said("disaster council", 2357, day=12)
    wrong = said("disaster council", 4460, day=14, status=Status.SUPERSEDED)
    assert figures(under("range", first, wrong)) == (2357, None, 2357)
    again = said("disaster council", 4460, day=16)
    (position,) = killed(first, wrong, again).positions
    assert position.current.count.low == 4460
    assert [each.count.low for each in position.earlier] == [2357]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("range", (20, None, 55)),
        ("airwars", (20, None, 55)),
        ("ucdp", (20, 27, 55)),
        ("acled", (20, 20, 20)),
        ("gtd", (55, 55, 55)),
        ("majority", (27, 27, 27)),
        ("hierarchy", (55, 55, 55)),
        ("verified", (None, None, None)),
        ("recommended", (None, None, None)),
        ("ledger", (None, None, None)),
    ],
)
def test_each_policys_worked_example(policy: str, expected: tuple[int | None, ...]) -> None:
    told = (
        said("Civil Defence", 20, high=None, day=17),
        said("Human Rights Observatory", 27, day=18),
        said("Orvale Media Centre", 27, day=18),
        said("Relief Charity", 55, day=19),
    )
    assert figures(under(policy, *told)) == expected


def test_forty_reports_of_one_agency_are_one_voice() -> None:
    wire = [said(None, 14, outlet=f"Outlet {number}", credit="AFP") for number in range(40)]
    stand = killed(*wire)
    (position,) = stand.positions
    assert position.origin == "AFP"
    assert len(position.documents) == 40
    made = under("range", *wire)
    assert (made.origins, made.documents, made.provisional) == (1, 40, True)


def test_a_charity_by_two_agencies_is_one_origin() -> None:
    told = (
        said("Doctors' Charity", 14, relay="AFP"),
        said("Doctors' Charity", 14, relay="Reuters", outlet="B"),
    )
    (position,) = killed(*told).positions
    assert position.relays == ("AFP", "Reuters")


def test_a_short_name_and_initials_are_the_full_names() -> None:
    told = (
        said("Syrian Observatory for Human Rights", 27),
        said("Observatory", 26, day=16),
        said("SOHR", 25, day=15),
    )
    (position,) = killed(*told).positions
    assert position.current.count.low == 27
    assert len(position.earlier) == 2


def test_words_copied_from_another_report_have_its_origin() -> None:
    first, second = said(None, 14, outlet="Harbour Wire"), said(None, 14, outlet="Post", day=18)
    passage = Passage(here=Span(0, 10), there=Span(0, 10))
    copy = Copy(
        id="cpy-1", document_id=second[1].id, of=first[1].id, kind=CopyKind.WHOLE, share=1.0, share_of=1.0,
        passages=(passage,), reason="the same words",
    )  # fmt: skip
    assert len(killed(first, second).positions) == 2
    (position,) = killed(first, second, copies=[copy]).positions
    assert position.origin == "Harbour Wire"


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ({"scope": Scope.TALLY}, "a sum over several incidents"),
        ({"part_of": "clm-0"}, "part of another figure"),
        ({"status": Status.DENIED}, "denied by who is quoted"),
        ({"count": Count(approx=True, fraction=0.4)}, "a share, no number of persons"),
        ({"count": Count(low=9_000_000_000)}, "9,000,000,000 persons in one incident: taken for a slip"),
    ],
)
def test_what_no_policy_takes_is_left_out_with_its_reason(slots: dict[str, object], reason: str) -> None:
    stand = killed(said("ministry", 12), said("monitor", 90, **slots))  # type: ignore[arg-type]
    assert [each.reason for each in stand.left_out] == [reason]
    assert len(stand.positions) == 1


def test_families_are_no_persons() -> None:
    (claim, report) = said("ministry", 5)
    families = replace(claim, victims=Victims(text="families", groups=claim.victims.groups))
    assert killed((families, report)).left_out[0].reason == "counts families, not persons"


def test_casualties_are_never_deaths() -> None:
    stands = take_positions(Heard(claims=[said("ministry", 30, harm=Harm.CASUALTIES), said("ministry", 12)]))
    assert {stand.harm: stand.positions[0].current.count.low for stand in stands} == {
        Harm.CASUALTIES: 30,
        Harm.KILLED: 12,
    }


def test_people_join_and_part_origins() -> None:
    one, other = said("ministry", 12), said("governor", 14)
    same = decide(Ruling.SAME_ORIGIN, one[0].id, other[0].id, who="ann", at=NOW)
    assert len(killed(one, other, decisions=[same]).positions) == 1
    first, second = said("residents", 12), said("residents", 14, outlet="B")
    apart = decide(Ruling.INDEPENDENT, first[0].id, second[0].id, who="ann", at=NOW)
    assert len(killed(first, second, decisions=[apart]).positions) == 2


def test_confirmed_and_recommended_figures() -> None:
    one, other = said("ministry", 12), said("monitor", 14)
    made = [
        decide(Ruling.CONFIRM, one[0].id, who="ann", at=NOW),
        decide(Ruling.RECOMMEND, other[0].id, who="ann", at=NOW),
    ]
    assert figures(under("verified", one, other, decisions=made)) == (12, 12, 12)
    assert figures(under("recommended", one, other, decisions=made)) == (14, 14, 14)


@pytest.mark.parametrize(
    ("pairs", "grade"),
    [
        ([said("residents", 12)], "weak"),
        ([said("residents", 12), said("monitor", 14)], "fair"),
        ([said("residents", 12, perpetrator="army"), said("monitor", 14, perpetrator="rebels")], "contested"),
        ([said("army", 12, perpetrator="army"), said("monitor", 14)], "confirmed"),
    ],
)
def test_airwars_grades(pairs: list[Pair], grade: str) -> None:
    assert under("airwars", *pairs).grade == grade


def test_vague_words_become_numbers_only_inside_a_policy() -> None:
    dozens = said("residents", 24, high=None, count=Count(low=24, approx=True))
    assert figures(under("acled", dozens)) == (12, 12, 12)
    assert figures(under("gtd", dozens)) == (None, None, None)
    assert killed(dozens).positions[0].current.count == Count(low=24, approx=True)


def test_every_policy_says_whose_it_is_and_how_it_came_about() -> None:
    for name, made in estimate_all(killed(*HOSPITAL_STRIKE)).items():
        assert made.policy == name == POLICIES[name].name
        assert made.reason
        assert POLICIES[name].rule
        assert POLICIES[name].published_in


TOLD = st.lists(
    st.tuples(
        st.sampled_from(["ministry", "monitor", "residents", "charity"]),
        st.integers(1, 60),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=8,
)


@given(told=TOLD, data=st.data())
@settings(max_examples=100, deadline=None)
def test_order_and_copies_change_no_estimate(told: list[tuple[str, int, int]], data: st.DataObject) -> None:
    pairs = [said(speaker, low, day=day) for speaker, low, day in told]
    expected = {name: figures(made) for name, made in estimate_all(killed(*pairs)).items()}
    again = [said(speaker, low, day=day, outlet="Copying Post") for speaker, low, day in told]
    shuffled = data.draw(st.permutations([*pairs, *again]))
    assert {name: figures(made) for name, made in estimate_all(killed(*shuffled)).items()} == expected


@given(told=TOLD, inside=st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_a_new_voice_inside_the_range_never_widens_it(
    told: list[tuple[str, int, int]], inside: float
) -> None:
    pairs = [said(speaker, low, day=day) for speaker, low, day in told]
    before = under("range", *pairs)
    assert before.low is not None
    assert before.high is not None
    between = before.low + round(inside * (before.high - before.low))
    after = under("range", *pairs, said("a new voice", between))
    assert (after.low, after.high) == (before.low, before.high)


def test_a_short_name_that_fits_two_bodies_stays_its_own_voice() -> None:
    told = (
        said("Ministry", 12),
        said("Health Ministry of Varo", 14),
        said("Defence Ministry of Tarn", 20),
    )
    assert {position.origin for position in killed(*told).positions} == {
        "Ministry",
        "Health Ministry of Varo",
        "Defence Ministry of Tarn",
    }


def test_children_alone_are_no_rival_of_all_the_dead() -> None:
    children = Victims(text="children", groups=(Group.CHILD,))
    alone = said("residents", 3, victims=children)
    stand = killed(alone, said("ministry", 14))
    assert [each.reason for each in stand.left_out] == ["counts some of the people alone"]
    assert figures(under("range", alone)) == (3, None, 3)


def test_a_police_director_answers_to_no_hospital() -> None:
    told = (said("director of police", 3), said("ministry of war", 4))
    assert [position.doubt for position in killed(*told).positions] == ["", ""]


def test_what_a_person_rejected_and_what_was_only_replaced_is_left_out() -> None:
    one, other = said("ministry", 12), said("monitor", 14, status=Status.SUPERSEDED)
    third = said("residents", 15)
    reject = decide(Ruling.REJECT, third[0].id, who="ann", at=NOW)
    stand = killed(one, other, third, decisions=[reject])
    assert sorted(each.reason for each in stand.left_out) == [
        "rejected by a person",
        "replaced, and nothing said since",
    ]
