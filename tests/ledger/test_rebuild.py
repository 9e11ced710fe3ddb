"""What is derived can be thrown away: it comes back the same, in any order, as of any day."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.errors import LedgerError
from cairn.ledger import (
    Asked,
    Joined,
    Ledger,
    append_decisions,
    append_readings,
    as_of,
    check_decision,
    list_claims,
    list_conflicts,
    list_decisions,
    list_documents,
    list_incidents,
    open_ledger,
    rebuild,
    refresh,
    show_public,
)
from cairn.ledger.tables import DERIVED, incidents
from cairn.records import Claim, Decision, Document, Harm, Place, Ruling, decide
from ledger.made import NOW, RUN, claim, document, fill, names, read

ID = claim(document()).id
LATER = NOW + dt.timedelta(days=2)


def derived(ledger: Ledger, *, numbers: bool = True) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is derived; on request without numbers, which tell of the order of arrival."""
    left = () if numbers else ("number", "document", "batch", "claim", "settled")
    with ledger.reading() as connection:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(sa.select(*[c for c in table.c if c.name not in left]))
                ),
                key=repr,
            )
            for table in DERIVED
            if table.name not in ("rebuilt", "arrivals") or numbers
        }


def decided(ledger: Ledger, *made: Decision) -> None:
    append_decisions(ledger, made, LATER)
    refresh(ledger)


def listed(ledger: Ledger, asked: Asked | None = None, day: dt.date | None = None) -> list[dict[str, object]]:
    with as_of(ledger, day) as state:
        return [dict(row) for row in list_claims(state, asked or Asked())]


def test_rebuilding_twice_gives_the_same_rows(ledger: Ledger) -> None:
    fill(ledger, *(read(name) for name in names(3)))
    decided(ledger, decide(Ruling.CORRECT, ID, slot="place", value='{"name": "Sarn"}', who="ann", at=NOW))
    first = derived(ledger)
    rebuild(ledger)
    assert derived(ledger) == first
    rebuild(ledger)
    assert derived(ledger) == first


def test_a_rejected_claim_stands_no_more_and_comes_back(ledger: Ledger) -> None:
    fill(ledger)
    reject = decide(Ruling.REJECT, ID, who="ann", at=NOW)
    decided(ledger, reject)
    assert ID not in [row["id"] for row in listed(ledger)]
    decided(ledger, decide(Ruling.WITHDRAW, ID, who="ann", at=LATER, supersedes=reject.id))
    assert ID in [row["id"] for row in listed(ledger)]


def test_a_correction_is_listed_and_its_slot_named(ledger: Ledger) -> None:
    fill(ledger)
    decided(
        ledger, decide(Ruling.CORRECT, ID, slot="count", value='{"low": 3, "high": 5}', who="ann", at=NOW)
    )
    row = next(row for row in listed(ledger) if row["id"] == ID)
    assert (row["low"], row["high"], row["corrected"], row["reviewed"]) == (3, 5, "count", "ann")


def test_the_later_of_two_corrections_is_followed_and_the_conflict_told(ledger: Ledger) -> None:
    fill(ledger)
    first = decide(Ruling.CORRECT, ID, slot="means", value='"drone"', who="ann", at=NOW)
    second = decide(Ruling.CORRECT, ID, slot="means", value='"rocket"', who="bob", at=LATER)
    decided(ledger, second, first)
    assert next(row for row in listed(ledger) if row["id"] == ID)["means"] == "rocket"
    with as_of(ledger, None) as state:
        (told,) = list_conflicts(state)
    assert 'ann says correct "drone"' in told
    assert 'bob says correct "rocket"' in told


def test_incidents_are_found_by_each_harm_that_a_claim_of_theirs_tells_of(ledger: Ledger) -> None:
    fill(ledger, read("wire-1"), read("wire-2", harm=Harm.INJURED, incident="inc-2"))
    decided(ledger, decide(Ruling.CORRECT, ID, slot="harm", value='"missing"', who="ann", at=NOW))
    with as_of(ledger, None) as state:
        found = {harm: {row["id"] for row in list_incidents(state, Asked(harm=harm))} for harm in Harm}
    told = {harm: {row["incident"] for row in listed(ledger, Asked(harm=harm))} for harm in Harm}
    assert found == told
    assert {harm for harm, ids in found.items() if ids} == {Harm.KILLED, Harm.INJURED, Harm.MISSING}


def test_a_superseded_decision_conflicts_with_nothing(ledger: Ledger) -> None:
    fill(ledger)
    first = decide(Ruling.CONFIRM, ID, who="ann", at=NOW)
    decided(ledger, first, decide(Ruling.REJECT, ID, who="ann", at=LATER, supersedes=first.id))
    with as_of(ledger, None) as state:
        assert not list(list_conflicts(state))


def test_as_of_a_day_answers_from_the_moment_of_recording(ledger: Ledger) -> None:
    fill(ledger)
    list(append_readings(ledger, [read("wire-2")], lambda: LATER))
    append_decisions(ledger, [decide(Ruling.REJECT, ID, who="ann", at=LATER)], LATER)
    refresh(ledger)
    before, day = NOW.date() - dt.timedelta(days=1), NOW.date()
    assert [len(listed(ledger, day=each)) for each in (before, day, LATER.date(), None)] == [0, 2, 3, 3]
    with as_of(ledger, day) as state:
        assert [row["name"] for row in list_documents(state, Asked())] == ["wire-1"]
        assert not list(list_decisions(state))
        assert [row["documents"] for row in list_incidents(state, Asked())] == [1]
    assert len(listed(ledger)) == 3


def test_only_the_latest_text_of_a_document_stands(ledger: Ledger) -> None:
    old, new = document("page"), document("page", text="At least 20 patients were killed in Orvale.")
    fill(ledger, replace(read(), document=old, claims=[claim(old)]))
    list(append_readings(ledger, [replace(read(), document=new, claims=[claim(new, low=20)])], lambda: LATER))
    refresh(ledger)
    assert [row["low"] for row in listed(ledger)] == [20]
    assert [row["low"] for row in listed(ledger, day=NOW.date())] == [14]


def test_a_decision_on_a_claim_that_is_read_no_more_is_orphaned_not_lost(ledger: Ledger) -> None:
    fill(ledger)
    decided(ledger, decide(Ruling.CONFIRM, ID, who="ann", at=NOW))
    other = replace(read(run=replace(RUN, version="2")), claims=[])
    fill(ledger, other)
    refresh(ledger)
    with as_of(ledger, None) as state:
        assert [row["subject"] for row in list_decisions(state, orphaned=True)] == [ID]
    fill(ledger, read(run=replace(RUN, version="3")))
    refresh(ledger)
    with as_of(ledger, None) as state:
        assert not list(list_decisions(state, orphaned=True))
    assert next(row for row in listed(ledger) if row["id"] == ID)["reviewed"] == "ann"


def test_what_is_not_public_is_not_in_the_public_view(ledger: Ledger) -> None:
    fill(ledger)
    rebuild(ledger)

    def public() -> list[tuple[object, ...]]:
        with ledger.reading() as connection:
            return [
                tuple(row)
                for row in connection.execute(sa.text("SELECT place, latitude FROM v_public_claims"))
            ]

    assert public() == []
    decided(ledger, decide(Ruling.RESTRICT, ID, value="public", who="ann", at=NOW))
    assert [(place, float(str(latitude))) for place, latitude in public()] == [("Orvale", 36.1)]
    decided(ledger, decide(Ruling.RESTRICT, ID, slot="place", value="withheld", who="ann", at=NOW))
    assert public() == [(None, None)]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (decide(Ruling.CONFIRM, "clm-none", who="ann", at=NOW), "holds no claim clm-none"),
        (decide(Ruling.CORRECT, ID, slot="age", value="3", who="ann", at=NOW), "no slot 'age'"),
        (decide(Ruling.CORRECT, ID, slot="count", value="many", who="ann", at=NOW), 'write it as {"low": 14'),
        (decide(Ruling.CORRECT, ID, slot="means", value='"magic"', who="ann", at=NOW), "means cannot be"),
        (decide(Ruling.RESTRICT, ID, value="secret", who="ann", at=NOW), "not 'secret'"),
        (
            decide(Ruling.RESTRICT, ID, slot="means", value="public", who="ann", at=NOW),
            "cannot be restricted",
        ),
        (decide(Ruling.NOTE, ID, who="ann", at=NOW, supersedes="dec-0"), "holds no decision dec-0"),
    ],
)
def test_a_decision_that_nobody_could_carry_out_is_refused(ledger: Ledger, made: Decision, told: str) -> None:
    fill(ledger)
    with pytest.raises(LedgerError, match=told.replace("{", r"\{")):
        check_decision(ledger, made)


CLAIMS = [claim(document(name)).id for name in names(3)]
DECISIONS = st.lists(
    st.builds(
        lambda ruling, subject, who, minutes, value: decide(
            ruling,
            subject,
            who=who,
            at=NOW + dt.timedelta(minutes=minutes),
            slot="means" if ruling is Ruling.CORRECT else None,
            value=value if ruling is Ruling.CORRECT else "public" if ruling is Ruling.RESTRICT else None,
        ),
        st.sampled_from([Ruling.CONFIRM, Ruling.REJECT, Ruling.CORRECT, Ruling.RESTRICT, Ruling.NOTE]),
        st.sampled_from(CLAIMS),
        st.sampled_from(["ann", "bob"]),
        st.integers(0, 3),
        st.sampled_from(['"drone"', '"rocket"', "null"]),
    ),
    max_size=5,
)


@given(order=st.permutations(names(3)), made=DECISIONS, cuts=st.lists(st.integers(0, 8), max_size=3))
@settings(max_examples=25, deadline=None)
def test_any_order_and_any_rounds_give_what_one_rebuild_gives(
    order: Sequence[str], made: list[Decision], cuts: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        straight, round_about = (str(Path(folder) / each) for each in ("a.db", "b.db"))
        with open_ledger(straight, create=True) as ledger:
            fill(ledger, *(read(name) for name in names(3)))
            append_decisions(ledger, made, NOW)
            rebuild(ledger)
            expected = derived(ledger, numbers=False)
        with open_ledger(round_about, create=True) as ledger:
            steps: list[str | Decision] = [*order, *reversed(made)]
            for place, step in enumerate(steps):
                if isinstance(step, str):
                    fill(ledger, read(step))
                else:
                    append_decisions(ledger, [step], NOW)
                if place in cuts:
                    refresh(ledger)
            refresh(ledger)
            assert derived(ledger, numbers=False) == expected


def test_a_run_that_was_cut_off_before_its_lists_is_told(ledger: Ledger) -> None:
    fill(ledger)
    with as_of(ledger, None) as state:
        assert state.behind == 1
    refresh(ledger)
    with as_of(ledger, None) as state:
        assert state.behind == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(), 2),
        (Asked(place="Orvale"), 2),
        (Asked(place="SY"), 2),
        (Asked(place="LB"), 0),
        (Asked(harm="killed"), 2),
        (Asked(harm="injured"), 0),
        (Asked(means="airstrike"), 2),
        (Asked(speaker="minist"), 2),
        (Asked(speaker="afp"), 2),
        (Asked(speaker="%"), 0),
        (Asked(perpetrator="ARMY"), 2),
        (Asked(since=dt.date(2026, 2, 2)), 2),
        (Asked(since=dt.date(2026, 2, 3)), 0),
        (Asked(until=dt.date(2026, 1, 31)), 0),
        (Asked(words="patients ministry"), 2),
        (Asked(words='"the ministry"'), 2),
        (Asked(words='"ministry the"'), 0),
        (Asked(words="strike"), 2),
        (Asked(words="\"'*("), 0),
        (Asked(document="wire-1"), 2),
        (Asked(document="wire-2"), 0),
        (Asked(incident="inc-1"), 2),
        (Asked(place="Orvale", harm="killed", words="patients", speaker="ministry"), 2),
    ],
)
def test_lists_are_filtered(ledger: Ledger, asked: Asked, found: int) -> None:
    fill(ledger)
    refresh(ledger)
    assert len(listed(ledger, asked)) == found
    with as_of(ledger, None) as state:
        assert len(list(list_documents(state, replace(asked, since=None, until=None)))) == (
            1 if found or asked.since or asked.until else 0
        )
        assert len(list(list_incidents(state, asked))) == min(found, 1)


def test_a_victims_name_is_not_in_what_the_public_sees(ledger: Ledger) -> None:
    given = read()
    fill(ledger, given)
    name = next(each for each in given.claims if each.victims.text == "Dara Veldt")
    decided(ledger, decide(Ruling.RESTRICT, name.id, value="public", who="ann", at=NOW))
    (row,) = listed(ledger, Asked(public=True))
    assert row["words"] == "Dara Veldt"
    assert "Dara Veldt" not in map(str, show_public(row).values())


def test_whoever_joins_claims_sees_the_reports_as_they_were_added(ledger: Ledger) -> None:
    seen: list[Document] = []

    def join(told: Sequence[tuple[Document, Sequence[Claim]]], made: Sequence[Decision]) -> Joined:
        seen.extend(report for report, _ in told)
        return Joined(of={}, estimates={}, contradictions=[])

    fill(ledger)
    rebuild(ledger, join)
    assert seen == [document("wire-1")]


def test_an_incident_lies_where_its_most_exact_claim_does(ledger: Ledger) -> None:
    south = Place(name="Sarn", country="SY", latitude=35.0, longitude=39.0, radius_km=40.0)
    north = Place(name="Orvale", country="SY", latitude=36.5, longitude=37.0, radius_km=2.0)
    for name, place in (("wire-1", south), ("wire-2", north)):
        fill(ledger, read(name, place=place))
    rebuild(ledger)
    with ledger.reading() as connection:
        rows = connection.execute(sa.select(incidents).where(incidents.c.documents == 2)).mappings().all()
    assert [(row["place"], row["latitude"], row["longitude"]) for row in rows] == [("Orvale", 36.5, 37.0)]
