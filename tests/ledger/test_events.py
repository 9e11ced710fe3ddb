"""Events are evidence as claims are: kept once, listed as people left them, gone when they must be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from cairn.errors import LedgerError
from cairn.ledger import (
    AskedEvents,
    Ledger,
    append_decisions,
    append_readings,
    as_of,
    check_decision,
    dump,
    erase,
    list_decisions,
    list_events,
    read_events,
    rebuild,
    refresh,
    show_public_event,
    verify,
)
from cairn.ledger.attacks import claim_of
from cairn.ledger.current import read_entries
from cairn.ledger.kinds import EVENT
from cairn.ledger.tables import current_events, event_victims, events
from cairn.records import (
    MODE_BY_MEANS,
    MODES,
    Decision,
    Event,
    EventType,
    Evidence,
    Harm,
    Means,
    Period,
    Place,
    Ruling,
    Span,
    decide,
)
from ledger.made import NOW, RUN, TEXT, attack, claim, document, fill, meeting, named, read

LATER = NOW + dt.timedelta(days=2)
ATTACK, MEETING = attack(document()).id, meeting(document()).id


def listed(
    ledger: Ledger, asked: AskedEvents | None = None, day: dt.date | None = None
) -> list[dict[str, object]]:
    with as_of(ledger, day) as state:
        return [dict(row) for row in list_events(state, asked or AskedEvents())]


def standing(ledger: Ledger) -> list[Event]:
    with as_of(ledger, None) as state:
        return [found.event for found in read_events(state, AskedEvents(), evidence=True)]


def decided(ledger: Ledger, *made: Decision) -> None:
    for each in made:
        check_decision(ledger, each)
    append_decisions(ledger, made, LATER)
    refresh(ledger)


def test_events_come_back_as_they_were(ledger: Ledger) -> None:
    given = read()
    fill(ledger, given)
    with ledger.reading() as connection:
        assert [each[2] for each in read_entries(connection, EVENT, [1, 2])] == list(given.events)
    rebuild(ledger)
    bare = [replace(each, confidence=()) for each in given.events]  # how sure each slot is stays evidence
    assert [replace(each, confidence=()) for each in standing(ledger)] == bare


def test_a_victims_name_stands_apart_from_events_too(ledger: Ledger) -> None:
    fill(ledger)
    rebuild(ledger)
    with ledger.reading() as connection:
        kept = [
            str(row) for table in (events, current_events) for row in connection.execute(sa.select(table))
        ]
        assert connection.scalars(sa.select(event_victims.c.name)).all() == ["Dara Veldt"]
    assert len(kept) == 4
    assert not any("Dara Veldt" in row for row in kept)
    assert [row["recipient"] for row in listed(ledger)] == ["patients", "Dara Veldt"]


def test_events_are_kept_once_and_in_variants(ledger: Ledger) -> None:
    of = document()
    other = replace(read(), run=replace(RUN, version="2"), events=[attack(of, actor="rebels"), meeting(of)])
    first, again, second = append_readings(ledger, [read(), read(), other], lambda: NOW)
    assert (first.events, again.known, second.events) == (2, True, 2)
    rebuild(ledger)
    with ledger.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(events)) == 3
    assert [row["actor"] for row in listed(ledger)] == ["rebels", "ministry"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (AskedEvents(), 2),
        (AskedEvents(type="ASSAULT"), 1),
        (AskedEvents(mode="visit"), 1),
        (AskedEvents(status="planned"), 1),
        (AskedEvents(actor="arm"), 1),
        (AskedEvents(actor="syrian arab"), 1),
        (AskedEvents(actor="sy-army"), 0),
        (AskedEvents(recipient="patients"), 2),
        (AskedEvents(recipient="army"), 0),
        (AskedEvents(place="Orvale"), 2),
        (AskedEvents(place="LB"), 0),
        (AskedEvents(since=dt.date(2026, 2, 3)), 0),
        (AskedEvents(until=dt.date(2026, 2, 1)), 2),
        (AskedEvents(speaker="afp"), 2),
        (AskedEvents(words="'the ministry'"), 2),
        (AskedEvents(document="wire-2"), 0),
        (AskedEvents(incident="inc-1"), 1),
        (AskedEvents(box=(37.0, 36.0, 38.0, 37.0)), 2),
        (AskedEvents(box=(38.0, 36.0, 39.0, 37.0)), 0),
        (AskedEvents(public=True), 0),
    ],
)
def test_events_are_filtered(ledger: Ledger, asked: AskedEvents, found: int) -> None:
    fill(ledger)
    refresh(ledger)
    assert len(listed(ledger, asked)) == found


def test_events_stand_as_of_a_day(ledger: Ledger) -> None:
    fill(ledger)
    list(append_readings(ledger, [read("wire-2")], lambda: LATER))
    append_decisions(ledger, [decide(Ruling.REJECT, ATTACK, who="ann", at=LATER)], LATER)
    refresh(ledger)
    assert [len(listed(ledger, day=day)) for day in (NOW.date(), LATER.date(), None)] == [2, 3, 3]
    assert len(listed(ledger, AskedEvents(incident="inc-1"), NOW.date())) == 1


def test_people_reject_and_correct_events(ledger: Ledger) -> None:
    fill(ledger)
    reject = decide(Ruling.REJECT, MEETING, who="ann", at=NOW)
    decided(ledger, reject, decide(Ruling.CORRECT, ATTACK, slot="actor", value='"rebels"', who="ann", at=NOW))
    (row,) = listed(ledger)
    assert (row["actor"], row["corrected"], row["reviewed"]) == ("rebels", "actor", "ann")
    (event,) = standing(ledger)
    assert [each.name for each in event.participants] == ["patients"]  # what was known of the army is gone
    assert listed(ledger, AskedEvents(actor="Syrian Arab Army")) == []
    decided(ledger, decide(Ruling.WITHDRAW, MEETING, who="ann", at=LATER, supersedes=reject.id))
    assert len(listed(ledger)) == 2


def test_a_recipient_that_was_taken_away_leaves_no_victims_name(ledger: Ledger) -> None:
    fill(ledger)
    decided(ledger, decide(Ruling.CORRECT, MEETING, slot="recipient", value="null", who="ann", at=NOW))
    assert [row["recipient"] for row in listed(ledger)] == ["patients", None]
    assert [each.recipient for each in standing(ledger)] == ["patients", None]


def test_a_mode_goes_with_its_type_and_rests_without_it(ledger: Ledger) -> None:
    fill(ledger)
    seized = decide(Ruling.CORRECT, ATTACK, slot="type", value='"COERCE"', who="ann", at=NOW)
    decided(ledger, seized)
    assert (listed(ledger)[0]["type"], listed(ledger)[0]["mode"]) == ("COERCE", None)
    later = NOW + dt.timedelta(minutes=1)
    decided(ledger, decide(Ruling.CORRECT, ATTACK, slot="mode", value='"seize"', who="ann", at=later))
    assert listed(ledger)[0]["mode"] == "seize"
    decided(ledger, decide(Ruling.WITHDRAW, ATTACK, who="ann", at=LATER, supersedes=seized.id))
    assert (listed(ledger)[0]["type"], listed(ledger)[0]["mode"]) == ("ASSAULT", "aerial")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (decide(Ruling.CORRECT, ATTACK, slot="harm", value='"killed"', who="ann", at=NOW), "no slot 'harm'"),
        (decide(Ruling.CORRECT, ATTACK, slot="type", value='"WAR"', who="ann", at=NOW), '"ASSAULT"'),
        (decide(Ruling.CORRECT, ATTACK, slot="mode", value='"visit"', who="ann", at=NOW), "mode cannot be"),
        (decide(Ruling.SAME_INCIDENT, ATTACK, MEETING, who="ann", at=NOW), "is about claims"),
        (decide(Ruling.RECOMMEND, ATTACK, who="ann", at=NOW), "is about claims"),
        (decide(Ruling.CONFIRM, "evt-none", who="ann", at=NOW), "nor an event"),
    ],
)
def test_a_decision_on_an_event_that_nobody_could_carry_out_is_refused(
    ledger: Ledger, made: Decision, told: str
) -> None:
    fill(ledger)
    with pytest.raises(LedgerError, match=told):
        check_decision(ledger, made)


def test_a_decision_on_an_event_that_is_read_no_more_is_orphaned(ledger: Ledger) -> None:
    fill(ledger)
    decided(ledger, decide(Ruling.CONFIRM, ATTACK, who="ann", at=NOW))
    with as_of(ledger, None) as state:
        assert not list(list_decisions(state, orphaned=True))
    fill(ledger, replace(read(), run=replace(RUN, version="2"), events=[]))
    refresh(ledger)
    with as_of(ledger, None) as state:
        assert [row["subject"] for row in list_decisions(state, orphaned=True)] == [ATTACK]


def test_what_is_public_of_events_names_no_victim_and_coarsens(ledger: Ledger) -> None:
    fill(ledger)
    decided(
        ledger,
        *(decide(Ruling.RESTRICT, each, value="public", who="ann", at=NOW) for each in (ATTACK, MEETING)),
    )
    rows = [show_public_event(row) for row in listed(ledger, AskedEvents(public=True))]
    assert [row["latitude"] for row in rows] == [36.1, 36.1]
    assert not any("Dara Veldt" in str(row) for row in rows)
    with as_of(ledger, None) as state:
        told = [found.event for found in read_events(state, AskedEvents(public=True))]
    assert [each.recipient for each in told] == ["patients", None]
    assert "Dara Veldt" not in str(told)
    with ledger.reading() as connection:
        shown = connection.execute(sa.text("SELECT * FROM v_public_events")).all()
    assert len(shown) == 2
    assert "Dara Veldt" not in str(shown)
    decided(ledger, decide(Ruling.RESTRICT, ATTACK, slot="place", value="withheld", who="ann", at=NOW))
    assert len(listed(ledger, AskedEvents(public=True, place="Orvale"))) == 1
    row = show_public_event(listed(ledger, AskedEvents(public=True))[0])
    assert (row["place"], row["latitude"]) == (None, None)


def test_a_name_is_erased_from_events_with_the_party_that_it_stands_for(ledger: Ledger) -> None:
    fill(ledger)
    append_decisions(
        ledger,
        [decide(Ruling.CORRECT, MEETING, slot="recipient", value='"Dara Veldt"', who="ann", at=NOW)],
        NOW,
    )
    refresh(ledger)
    head = verify(ledger).head
    for name in ("Dara Veldt", "army"):
        erase(ledger, name=name, who="court", why="order 7", at=NOW)
    left = "\n".join(dump(ledger))
    assert "Dara" not in left
    assert "Syrian Arab Army" not in left
    assert "sy-army" not in left
    assert [row["actor"] for row in listed(ledger)] == ["████", "ministry"]
    assert verify(ledger, head).faults == ()


def test_events_go_with_their_document(ledger: Ledger) -> None:
    fill(ledger)
    erase(ledger, document="wire-1", who="court", why="order 7", at=NOW)
    assert listed(ledger) == []
    assert "ministry" not in "\n".join(dump(ledger))
    assert verify(ledger).faults == ()


def test_every_means_gives_a_mode_of_attacks() -> None:
    assert set(MODE_BY_MEANS.values()) <= set(MODES[EventType.ASSAULT])


# --- attacks ------------------------------------------------------------------------------------------

OF = document(text=TEXT.ljust(9000, "."))
ELSEWHERE = Place(name="Sarn", country="SY", latitude=35.0, longitude=39.0, radius_km=5.0)
WEEK = Period(start=dt.date(2026, 1, 26), end=dt.date(2026, 2, 2))
WORDS = (Evidence(slot="harm", spans=(Span(60, 66),)),)
"""Words of harm that are none of the attack's."""


@pytest.mark.parametrize(
    ("told", "slots", "tied"),
    [
        ("it shares its words", {}, True),
        ("it shares them, though nothing else is told", {"place": None, "time": None}, True),
        ("it agrees in place, days and means", {"evidence": WORDS}, True),
        ("nothing is told of it", {"evidence": WORDS, "place": None, "time": None}, False),
        ("it lies elsewhere", {"evidence": WORDS, "place": ELSEWHERE}, False),
        ("it lasted a week", {"evidence": WORDS, "time": WEEK}, False),
        ("it was done by other means", {"evidence": WORDS, "means": Means.SMALL_ARMS}, False),
        ("an explosion may be an air strike", {"evidence": WORDS, "means": Means.EXPLOSION}, True),
        ("arrests are no harm of an attack", {"harm": Harm.DETAINED}, False),
        ("it is told far away", {"evidence": WORDS, "start": 8000, "end": 8010}, False),
    ],
)
def test_an_attack_is_tied_to_the_claim_about_its_harm(
    told: str, slots: dict[str, object], tied: bool
) -> None:
    own = claim(OF, **slots)
    assert claim_of(attack(OF), [own]) == (own if tied else None), told


def test_of_several_claims_the_one_that_shares_words_is_the_attacks() -> None:
    near, own = claim(OF, start=20, end=24, evidence=WORDS), claim(OF, start=90, end=94)
    assert claim_of(attack(OF), [near, own]) == own
    assert claim_of(attack(OF, mode="abduct"), [near, own]) is None


def test_an_attack_has_the_incident_of_its_claim_whatever_becomes_of_that(ledger: Ledger) -> None:
    fill(ledger)
    rebuild(ledger)
    assert [row["incident"] for row in listed(ledger)] == ["inc-1", None]
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE current_claims SET incident = 'inc-9'")
    assert len(listed(ledger, AskedEvents(incident="inc-9"))) == 1
    decided(
        ledger,
        *(
            decide(Ruling.REJECT, each.id, who="ann", at=NOW)
            for each in (claim(document()), named(document()))
        ),
    )
    assert [row["incident"] for row in listed(ledger)] == [None, None]
