"""Which acts are read in a text, who takes part, and how they stand to what has happened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.claims.events.confidence import SLOTS
from cairn.pipeline import Tools, read_annotated, read_document
from cairn.records import Document, Event, EventStatus, EventType
from conftest import PUBLISHED
from tables import SHARED, Row, rows

ReadEvents = Callable[[str], tuple[Event, ...]]
PARTICIPANTS = [pytest.param(row, id=row["note"]) for row in rows("participants")]
CASES = [pytest.param(row, id=f"{row['note']}: {row['text'][:40]}") for row in rows("events")]
FEATURE = re.compile(r"\b[a-z0-9+-]+:[a-z0-9]|none:|ARG[0-9M]")
"""How a feature is named, which no reason shows."""
MISREAD = 2
"""Of the rows of ``reported_speech.csv``, how many may give an act as done that is only spoken of."""
WORDS = (
    *("the", "army", "accused", "Tarn", "rebels", "of", "shelling", "talks", "with", "said", "that", "will"),
    *("not", "attack", "on", "two", "police", "and", "met", "by", "were", "arrested", ",", ".", "if", "to"),
)


@pytest.fixture(scope="module")
def events_of(tools: Tools) -> ReadEvents:
    def read_events(text: str) -> tuple[Event, ...]:
        extraction = read_document(Document(id="case", text=text, published=PUBLISHED), tools)
        assert extraction.dropped == ()
        return extraction.events

    return read_events


@pytest.mark.parametrize("row", CASES)
def test_an_act_is_read(row: Row, events_of: ReadEvents) -> None:
    told = [event for event in events_of(row["text"]) if event.type == row["type"]]
    event = next((e for e in told if row["words"] in e.trigger.words(row["text"])), None)
    assert event is not None, told
    assert (event.mode or "") == row["mode"]
    assert (event.actor or "", event.recipient or "") == (row["actor"], row["recipient"])
    assert event.status.value == row["status"]


@pytest.mark.parametrize("row", PARTICIPANTS)
def test_all_who_take_part_are_told_with_their_parties(row: Row, events_of: ReadEvents) -> None:
    event = next(e for e in events_of(row["text"]) if row["words"] in e.trigger.words(row["text"]))
    for slot, told in (("actor", row["actors"]), ("recipient", row["recipients"])):
        assert "|".join(f"{each.name}={each.party or ''}" for each in event.taking_part(slot)) == told


def test_a_neutral_name_stands_beside_the_reports_word(events_of: ReadEvents) -> None:
    (event,) = events_of("The regime shelled the town of Douma in Syria.")
    (actor,) = event.taking_part("actor")
    assert (actor.name, actor.known_as, actor.kind, actor.country) == (
        *("regime", "Government of Syria"),
        *("government", "SY"),
    )


def test_what_is_only_spoken_of_is_not_done(events_of: ReadEvents) -> None:
    table = rows("reported_speech")
    wrong = []
    for row in table:
        own = {*row["speech"].split("|"), *row["may"].split("|")}
        done = [e for e in events_of(row["text"]) if e.status is EventStatus.ACTUAL and e.type not in own]
        wrong += [(row["text"], done)] * bool(done)
    assert len(table) >= 60
    assert len(wrong) <= MISREAD, wrong


@pytest.mark.parametrize("row", [row for row in rows("reported_speech") if row["speech"]], ids=str)
def test_the_speech_itself_is_an_act(row: Row, events_of: ReadEvents) -> None:
    done = {e.type.value for e in events_of(row["text"]) if e.status is EventStatus.ACTUAL}
    assert done & set(row["speech"].split("|"))


def test_an_accusation_of_another_side_is_two_events(events_of: ReadEvents) -> None:
    text = "Azerbaijan’s defence ministry said Armenia had shelled the town of Ganja on Tuesday."
    accusation, deed = events_of(text)
    assert (accusation.type, accusation.status) == (EventType.ACCUSE, EventStatus.ACTUAL)
    assert accusation.recipient == deed.actor == "Armenia"
    assert (deed.type, deed.status) == (EventType.ASSAULT, EventStatus.ALLEGED)
    assert deed.speakers == (accusation.actor,)


def test_one_attack_is_one_event_however_many_words_tell_it(events_of: ReadEvents) -> None:
    text = "Gunmen attacked a bus near Jos, killing four women and wounding two others in the raid."
    found = events_of(text)
    assert [event.type for event in found] == [EventType.ASSAULT]


def test_a_later_sentence_that_only_refers_to_an_attack_tells_none(events_of: ReadEvents) -> None:
    text = "Rebels shelled a market in Beni on Monday. The attack caused panic. Traders spoke of the attack."
    assert len(events_of(text)) == 1


def test_an_actor_is_named_in_full_and_a_pronoun_is_taken_back(events_of: ReadEvents) -> None:
    text = "President Adama Okoye flew home on Monday. He accused the opposition of looting shops in Lagos."
    accusation = next(e for e in events_of(text) if e.type is EventType.ACCUSE)
    assert accusation.actor == "President Adama Okoye"


def test_a_pronoun_without_a_name_is_nobody(events_of: ReadEvents) -> None:
    (event,) = events_of("They attacked the mine at dawn.")
    assert event.actor is None


@pytest.mark.parametrize("text", ["…", "It.", "REBEL ATTACK FEARS", "“We “will “attack”””, he said."])
def test_bad_input_is_read_without_an_error(text: str, events_of: ReadEvents) -> None:
    assert all(event.status is not EventStatus.ACTUAL for event in events_of(text))


def test_every_event_tells_how_sure_it_is_and_how_each_slot_was_read(events_of: ReadEvents) -> None:
    text = (
        "Kenya’s foreign minister, Asha Moraa, met Ugandan envoys in Nairobi on Monday. "
        "Police said gunmen shelled a market in Mombasa on Sunday, killing four traders. "
        "The group may attack again, and Uganda will send troops to Mombasa."
    )
    found = events_of(text)
    assert len(found) >= 3
    for event in found:
        assert tuple(name for name, _ in event.confidence) == SLOTS
        assert all(0.0 < sure < 1.0 for _, sure in event.confidence)
        for entry in event.evidence:
            assert entry.reason
            assert not FEATURE.search(entry.reason), entry.reason


def test_the_confidence_is_no_part_of_what_an_event_is(tools: Tools) -> None:
    document = Document(id="case", text="Rebels attacked a mine near Goma.", published=PUBLISHED)
    bare = replace(tools, lexicon=replace(tools.lexicon, event_confidence={}))
    (sure,), (unmeasured,) = (read_document(document, each).events for each in (tools, bare))
    assert unmeasured.confidence == ()
    assert replace(sure, confidence=()) == unmeasured


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_every_slot_shows_its_words(words: list[str], tools: Tools) -> None:
    text = " ".join(words)
    extraction = read_document(Document(id="case", text=text, published=PUBLISHED), tools)
    assert extraction.dropped == ()
    for event in extraction.events:
        for slot, value in (("actor", event.actor), ("recipient", event.recipient)):
            names = [each.name for each in event.taking_part(slot)]
            assert names[:1] == [value] * (value is not None)
            assert {*names} <= {span.words(text) for span in event.spans(slot)}


def test_the_annotated_report_is_read(tools: Tools) -> None:
    path = SHARED / "gold" / "seed.jsonl"
    if not path.exists():
        pytest.skip("the annotated reports are not at hand")
    gold: dict[str, Any] = {r["id"]: r for r in map(json.loads, path.read_text("utf-8").splitlines())}
    got = read_annotated(gold, tools)
    right = 0
    for name, report in gold.items():
        for told in report["events"]:
            near = [e for e in got[name]["events"] if abs(e["trigger"][0] - told["trigger"][0]) <= 40]
            right += any(
                e["type"] == told["type"]
                and e["status"] == told["status"]
                and _same(told["actor"], e["actor"])
                for e in near
            )
    assert right >= 9


def _same(told: str | None, read: str | None) -> bool:
    """Say whether a name read is one of those annotated, or shares a word with one."""
    if told is None or read is None:
        return told is read
    words = set(read.lower().replace("’s", "").split())
    return any(words & set(form.lower().split()) for form in told.split("|"))
