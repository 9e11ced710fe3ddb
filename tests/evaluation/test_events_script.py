"""The measure of events: which event of a sentence is meant, and what PLOVER calls it."""

from __future__ import annotations

import pytest

from cairn.records import Event, EventStatus, EventType, Span
from eval_script import load_script

script = load_script("events")


def event(start: int, kind: EventType, status: EventStatus = EventStatus.ACTUAL) -> Event:
    return Event(id=f"e{start}", document_id="d", trigger=Span(start, start + 4), type=kind, status=status)


@pytest.mark.parametrize(
    ("kind", "status", "root"),
    [
        (EventType.CONSULT, EventStatus.ACTUAL, "CONSULT"),
        (EventType.CONSULT, EventStatus.PLANNED, "AGREE"),
        (EventType.PROTEST, EventStatus.PLANNED, "THREATEN"),
        (EventType.ASSAULT, EventStatus.ALLEGED, "ASSAULT"),
    ],
)
def test_what_is_planned_is_folded_into_a_type(kind: EventType, status: EventStatus, root: str) -> None:
    assert script.root_of(event(0, kind, status)) == root


def test_the_event_nearest_to_the_marked_words_is_meant() -> None:
    near, far = event(30, EventType.AID), event(2, EventType.REQUEST)
    assert script.nearest([far, near], [(28, 33)]) is near
    assert script.nearest([], [(28, 33)]) is None


def test_the_marked_words_are_found_in_the_text() -> None:
    record = {
        "text": "Norland sent aid to Suvia.",
        "eventText": "sent aid",
        "textInfo": {"markup": "(SRC: Norland) (EVT: sent) (EVT: aid) to (TAR: Suvia)."},
    }
    assert script.marked(record) == [(8, 12), (13, 16)]
    assert script.marked({**record, "textInfo": ""}) == [(8, 12), (13, 16)]
