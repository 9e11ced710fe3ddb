"""An event is valid or does not exist."""

from __future__ import annotations

from typing import Any

import pytest

from cairn.errors import RecordError
from cairn.records import MODES, Event, EventStatus, EventType, Evidence, Span


def event(**changes: Any) -> Event:
    settled: dict[str, Any] = {
        "id": "evt-1",
        "document_id": "doc-1",
        "trigger": Span(0, 4),
        "type": EventType.ASSAULT,
    }
    return Event(**(settled | changes))


def test_what_the_text_leaves_open_is_empty() -> None:
    bare = event()
    assert bare.status is EventStatus.ACTUAL
    assert (bare.mode, bare.actor, bare.recipient, bare.place, bare.time) == (None,) * 5
    assert bare.speakers == ()


@pytest.mark.parametrize(("kind", "mode"), [(k, mode) for k, modes in MODES.items() for mode in modes])
def test_a_type_takes_its_own_modes(kind: EventType, mode: str) -> None:
    assert event(type=kind, mode=mode).mode == mode


@pytest.mark.parametrize(
    ("kind", "mode"),
    [(EventType.ASSAULT, "visit"), (EventType.AGREE, "meet"), (EventType.COERCE, ""), (EventType.AID, "x")],
)
def test_a_mode_of_another_type_is_refused(kind: EventType, mode: str) -> None:
    with pytest.raises(RecordError, match="no mode"):
        event(type=kind, mode=mode)


def test_a_slot_shows_the_words_it_was_read_from() -> None:
    told = event(evidence=(Evidence(slot="actor", spans=(Span(5, 9),)),))
    assert told.spans("actor") == (Span(5, 9),)
    assert told.spans("recipient") == ()
