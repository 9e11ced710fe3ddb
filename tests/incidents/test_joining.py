"""Which accounts are one attack, which are not, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.incidents import Told, join_incidents
from cairn.pipeline import link_reports
from cairn.records import (
    Count,
    Decision,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Ruling,
    Victims,
    content_id,
    decide,
)
from incidents.made import ABROAD, COUNTRY, FAR, ORVALE, SARN, claim, on, tally, told

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def groups(*reports: Told, decisions: Sequence[Decision] = ()) -> list[set[str]]:
    """Return the reports of each incident."""
    return [set(each.documents) for each in join_incidents(reports, decisions).incidents]


def test_two_reports_of_one_attack_are_one_incident() -> None:
    linked = join_incidents([told("a"), told("b", day=5)])
    (incident,) = linked.incidents
    assert incident.documents == ("a", "b")
    assert incident.id == content_id("inc", ["clm-a-0"])
    (link,) = incident.links
    assert link.probability > 0.9
    assert "on the same day" in link.reason
    assert "in Orvale" in link.reason


@pytest.mark.parametrize(
    "slots",
    [
        {"place": FAR},
        {"place": ABROAD},
        {"time": on(12)},
        {"means": Means.SMALL_ARMS, "killed": 2, "place": SARN},
        {"harm": Harm.DETAINED, "killed": 3, "place": None},
    ],
)
def test_what_is_told_otherwise_keeps_two_apart(slots: dict[str, object]) -> None:
    other = told("b", claim("b", **slots), text="Elsewhere guards were shot at a crossing.")  # type: ignore[arg-type]
    assert groups(told("a"), other) == [{"a"}, {"b"}]


def test_a_number_tells_one_camp_from_the_next() -> None:
    first = told("a", claim("a", place=Place(name="Camp 7", country="SY")))
    place, text = Place(name="Camp 13", country="SY"), "Nobody knows why the tents there were struck."
    assert groups(first, told("b", claim("b", place=place, killed=5), text=text)) == [{"a"}, {"b"}]
    place = Place(name="camp 7", country="SY")
    assert groups(first, told("b", claim("b", place=place, killed=5), text=text)) == [{"a", "b"}]


def test_a_tally_belongs_to_no_incident() -> None:
    linked = join_incidents([told("a", claim("a"), tally("a")), told("b", tally("b"))])
    assert linked.of.keys() == {"clm-a-0"}


def test_a_report_that_tells_two_attacks_keeps_them_apart() -> None:
    morning = claim("a", 0)
    evening = claim("a", 1, incident="inc-second", place=SARN, killed=4, means=Means.SMALL_ARMS)
    assert groups(told("a", morning, evening), told("b")) == [{"a", "b"}, {"a"}]


def test_a_vague_report_does_not_chain_two_attacks_of_one_day_and_city() -> None:
    city = Place(name="Grand Orvale", country="SY", latitude=36.01, longitude=37.01, radius_km=13.0)
    east = told(
        "a", claim("a", place=ORVALE, killed=12), text="Jets hit the Orvale market; a dozen traders died."
    )
    west = told(
        "b",
        claim("b", place=SARN, killed=30, means=Means.SHELLING),
        text="Mortars struck Sarn school; pupils died.",
    )
    vague = told(
        "c", claim("c", place=city, killed=2, means=None), text="Several died in Grand Orvale today."
    )
    joined = groups(east, vague, west)
    assert not any({"a", "b"} <= each for each in joined)


def test_the_same_names_of_victims_weigh_much() -> None:
    named = {
        "count": Count(low=1, high=1),
        "victims": Victims(text="Dara Veldt", groups=(Group.UNSPECIFIED,)),
    }
    untold = {"place": COUNTRY, "means": None}
    one = told("a", claim("a", **named), text="Dara Veldt was buried on Friday.")  # type: ignore[arg-type]
    other = told("b", claim("b", **named, **untold), text="Mourners recalled a teacher.")  # type: ignore[arg-type]
    assert groups(one, other) == [{"a", "b"}]


def test_people_join_and_part_against_the_machine() -> None:
    apart = decide(Ruling.DIFFERENT_INCIDENT, "clm-a-0", "clm-b-0", who="ann", at=NOW)
    assert groups(told("a"), told("b"), decisions=[apart]) == [{"a"}, {"b"}]
    far = told("b", claim("b", place=FAR))
    same = decide(Ruling.SAME_INCIDENT, "clm-a-0", "clm-b-0", who="ann", at=NOW)
    assert groups(told("a"), far, decisions=[same]) == [{"a", "b"}]


def test_a_ruling_joins_both_incidents_whole() -> None:
    here = [told("a"), told("a2")]
    there = [told("b", claim("b", place=FAR)), told("b2", claim("b2", place=FAR))]
    same = decide(Ruling.SAME_INCIDENT, "clm-a-0", "clm-b-0", who="ann", at=NOW)
    linked = join_incidents([*here, *there], [same])
    (incident,) = linked.incidents
    assert incident.documents == ("a", "a2", "b", "b2")
    ruled = [link for link in incident.links if {link.here, link.there} == {"clm-a-0", "clm-b-0"}]
    assert [link.decided_by for link in ruled] == ["ann"]
    parted = decide(Ruling.DIFFERENT_INCIDENT, "clm-a2-0", "clm-b-0", who="bob", at=NOW)
    assert sorted(map(sorted, groups(*here, *there, decisions=[same, parted]))) == [["a", "b", "b2"], ["a2"]]


def test_who_parts_one_claim_parts_its_whole_account() -> None:
    two = told("a", claim("a", 0), claim("a", 1, killed=3))
    apart = decide(Ruling.DIFFERENT_INCIDENT, "clm-a-0", "clm-b-0", who="ann", at=NOW)
    linked = join_incidents([two, told("b")], [apart])
    assert linked.of["clm-a-0"] == linked.of["clm-a-1"] != linked.of["clm-b-0"]


def test_a_denied_figure_speaks_for_nothing() -> None:
    from cairn.incidents import gather_accounts
    from cairn.records import Status

    (account,) = gather_accounts(told("a", claim("a", status=Status.DENIED)))
    assert not account.figures


def test_a_person_parts_two_claims_of_one_report() -> None:
    first, second = claim("a", 0), claim("a", 1, killed=3)
    apart = decide(Ruling.DIFFERENT_INCIDENT, "clm-a-0", "clm-a-1", who="ann", at=NOW)
    linked = join_incidents([told("a", first, second)], [apart])
    assert linked.of["clm-a-0"] != linked.of["clm-a-1"]


def test_rulings_that_cannot_all_hold_are_told_with_their_authors() -> None:
    made = [
        decide(Ruling.SAME_INCIDENT, "clm-a-0", "clm-b-0", who="ann", at=NOW),
        decide(Ruling.SAME_INCIDENT, "clm-b-0", "clm-c-0", who="bob", at=NOW),
        decide(Ruling.DIFFERENT_INCIDENT, "clm-a-0", "clm-c-0", who="eve", at=NOW),
    ]
    linked = join_incidents([told("a"), told("b"), told("c")], made)
    (line,) = linked.contradictions
    assert line == "eve keeps clm-a-0 from clm-c-0, which ann and bob joined"
    assert len(linked.incidents) == 1


def test_after_a_merge_the_older_name_wins_and_the_other_still_leads_there() -> None:
    before = join_incidents([told("b")])
    after = join_incidents([told("a"), told("b")])
    (joined,) = after.incidents
    assert joined.id == content_id("inc", ["clm-a-0"])
    assert before.incidents[0].claims[0] in joined.claims


def names(count: int) -> list[str]:
    return [f"r{number}" for number in range(count)]


REPORTS = st.lists(
    st.builds(
        lambda place, day, means, killed, published: (place, day, means, killed, published),
        st.sampled_from([ORVALE, SARN, FAR, COUNTRY, None]),
        st.integers(1, 5),
        st.sampled_from([Means.AIRSTRIKE, Means.SHELLING, Means.ATTACK, None]),
        st.integers(1, 30),
        st.integers(1, 8),
    ),
    min_size=1,
    max_size=8,
)


@given(made=REPORTS, data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_arrival_changes_nothing(
    made: list[tuple[Place | None, int, Means | None, int, int]], data: st.DataObject
) -> None:
    reports = [
        told(
            f"r{number}",
            claim(f"r{number}", place=place, time=on(day), means=means, killed=killed),
            day=published,
        )
        for number, (place, day, means, killed, published) in enumerate(made)
    ]
    shuffled = data.draw(st.permutations(reports))
    assert link_reports(reports) == link_reports(shuffled)


@given(made=REPORTS)
@settings(max_examples=100, deadline=None)
def test_every_claim_of_an_attack_is_in_one_incident(
    made: list[tuple[Place | None, int, Means | None, int, int]],
) -> None:
    reports = [
        told(f"r{number}", claim(f"r{number}", place=place, time=on(day), means=means), tally(f"r{number}"))
        for number, (place, day, means, _, _) in enumerate(made)
    ]
    linked = join_incidents(reports)
    members = [id_ for incident in linked.incidents for id_ in incident.claims]
    assert sorted(members) == sorted(f"clm-r{number}-0" for number in range(len(made)))


def test_claims_without_time_or_place_are_left_alone_unless_much_speaks_for_it() -> None:
    bare = {"time": None, "place": None, "means": None, "killed": 2}
    vague = told("b", claim("b", **bare), text="Two more died, he said.")  # type: ignore[arg-type]
    assert groups(told("a"), vague) == [{"a"}, {"b"}]
    long = Period(start=dt.date(2011, 1, 1), end=dt.date(2026, 2, 1))
    assert groups(told("a"), told("b", replace(claim("b"), time=long))) == [{"a"}, {"b"}]
