"""Events as PLOVER has them: what fits its fields, and that each record says what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cairn.exports import plover_record
from cairn.exports.crosswalks.plover import TYPES
from cairn.lexicon import Lexicon
from cairn.records import MODES, Event, EventStatus, EventType, Participant
from exports.factory import VELMAR, WEDNESDAY, document, span

KENYA = Participant(
    slot="actor", name="Nairobi", party="ke-state", known_as="Kenya", kind="state", country="KE"
)
UN = Participant(slot="recipient", name="UN", party="united-nations", known_as="United Nations")
TALKS = Event(
    id="evt-1",
    document_id="velmar-1",
    trigger=span("struck"),
    type=EventType.CONSULT,
    actor="Nairobi",
    recipient="UN",
    place=VELMAR,
    time=WEDNESDAY,
    speakers=("Orsan Relief Committee",),
    participants=(KENYA, UN),
)


@pytest.fixture
def record(lexicon: Lexicon) -> Any:
    def make(event: Event) -> dict[str, Any]:
        return plover_record(document(), event, lexicon, coder="cairn test", incident="inc-1")

    return make


def test_those_who_meet_without_a_host_are_all_actors(record: Any) -> None:
    found = record(TALKS)
    assert [each["entity_text"] for each in found["actor"]] == ["Nairobi", "UN"]
    assert found["recipient"] == []
    visit = record(replace(TALKS, mode="visit"))
    assert [each["entity_text"] for each in visit["recipient"]] == ["UN"]


def test_a_party_is_coded_by_country_or_as_international(record: Any) -> None:
    kenya, united = record(TALKS)["actor"]
    assert (kenya["code"], kenya["identifier_text"]) == ("KEN", "Kenya")
    assert kenya["identifier_id"].startswith("https://www.wikidata.org/wiki/Q")
    assert united["code"] == "UNO"


@pytest.mark.parametrize(
    ("kind", "mode", "coded"),
    [
        (EventType.CONSULT, "visit", "AGREE"),
        (EventType.AID, None, "AGREE"),
        (EventType.RETREAT, "withdraw", "CONCEDE"),
        (EventType.CONCEDE, None, "CONCEDE"),
        (EventType.ASSAULT, "aerial", "ASSAULT"),
    ],
)
def test_what_is_planned_is_folded_as_the_manual_says(
    kind: EventType, mode: str | None, coded: str, record: Any
) -> None:
    found = record(replace(TALKS, type=kind, mode=mode, status=EventStatus.PLANNED))
    assert found["event"] == [coded]
    assert found["mode"] == ([mode] if mode and coded == kind.value else [])
    assert ("future" in found["context"]) == (coded == kind.value)
    assert found["cairn"]["status"] == "planned"


def test_every_record_says_what_does_not_fit(record: Any) -> None:
    bare = Event(id="e", document_id="velmar-1", trigger=span("struck"), type=EventType.AID)
    said = record(replace(bare, status=EventStatus.ALLEGED))["comment"]
    for words in ("actor, whom PLOVER requires", "recipient, whom AID requires", "accuses", "publication"):
        assert words in said
    assert "said by Orsan Relief Committee" in record(TALKS)["comment"]


def test_a_record_has_what_the_manual_requires_and_no_text_of_the_outlet(record: Any) -> None:
    found = record(TALKS)
    assert {"id", "date", "actor", "event"} <= found.keys()
    assert (found["date"], found["enddate"], found["link"]) == ("2016-04-27", "2016-04-27", "inc-1")
    assert "text" not in found
    assert found["cite_info"]["codebook"] == "plover-2.0-draft"


def test_every_type_and_mode_has_its_scores() -> None:
    assert set(TYPES) == set(EventType)
    for kind, coded in TYPES.items():
        assert set(coded.modes) <= set(MODES.get(kind, ()))
        assert (coded.score >= 0) == (coded.quad <= 2) or kind is EventType.REQUEST
