"""Event rows: events as plain values in the order of their table's columns, and back again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields

import orjson

from cairn.ledger.rows import (
    Row,
    Values,
    confidence_from,
    evidence_from,
    surroundings_from,
    surroundings_values,
    write_list,
)
from cairn.records import TAKING_PART, Event, EventStatus, EventType, Participant, Span

PARTY = tuple(field.name for field in fields(Participant))
"""What is kept of each who takes part."""


def event_values(event: Event, hidden: Collection[str] = ()) -> Values:
    """Return an event's slots in the order of ``columns.event_slots``.

    Args:
        event: as read, or as corrected.
        hidden: names of victims, which are left to a table of their own.
    """
    actor, recipient = (None if each in hidden else each for each in (event.actor, event.recipient))
    return (
        event.type.value, event.mode, event.trigger.start, event.trigger.end, actor, recipient,
        *(write_list(_names(event, slot, hidden)) for slot in TAKING_PART),
        _write_participants(event.participants, hidden), *surroundings_values(event), event.status.value,
    )  # fmt: skip


def victim_values(event: Event, hidden: Collection[str]) -> list[Values]:
    """Return the columns of ``event_victims`` from ``slot`` on: the names that the slots leave out."""
    return [(slot, name) for slot in TAKING_PART for name in _told(event, slot) if name in hidden]


def event_from(row: Row, evidence: Iterable[Row] = (), victims: Sequence[Row] = ()) -> Event:
    """Return the event of one row of slots.

    Args:
        row: with the columns of ``columns.event_slots``, ``id``, and ``document_name``.
        evidence: its words, in order of position.
        victims: names that stand apart, likewise.
    """
    names = {slot: [each["name"] for each in victims if each["slot"] == slot] for slot in TAKING_PART}
    left = {slot: iter(found) for slot, found in names.items()}
    return Event(
        id=row["id"],
        document_id=row["document_name"],
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        type=EventType(row["type"]),
        mode=row["mode"],
        actor=row["actor"] or next(iter(names["actor"]), None),
        recipient=row["recipient"] or next(iter(names["recipient"]), None),
        participants=tuple(_read_participants(row["participants"], left)),
        status=EventStatus(row["status"]),
        confidence=confidence_from(row),
        evidence=evidence_from(evidence),
        **surroundings_from(row),
    )


def _told(event: Event, slot: str) -> list[str]:
    """Return the report's names of those who take part; where no more is known, the slot's one name."""
    one: str | None = getattr(event, slot)
    return [each.name for each in event.taking_part(slot)] or ([one] if one else [])


def _names(event: Event, slot: str, hidden: Collection[str]) -> list[str]:
    """Return every name that those who take part go by, in the report and neutrally, each once."""
    neutral = [each.known_as for each in event.taking_part(slot) if each.known_as]
    return [*dict.fromkeys(each for each in (*_told(event, slot), *neutral) if each not in hidden)]


def _write_participants(participants: Iterable[Participant], hidden: Collection[str]) -> str:
    told = [{name: getattr(each, name) for name in PARTY} for each in participants]
    kept = [each | {"name": None} if each["name"] in hidden else each for each in told]
    return orjson.dumps(kept).decode()


def _read_participants(text: str, victims: dict[str, Iterator[str]]) -> Iterator[Participant]:
    """Yield those who take part; one whose name stands apart, and is not given, is left out."""
    for each in json.loads(text):
        name = each["name"] or next(victims[each["slot"]], None)
        if name is not None:
            yield Participant(**each | {"name": name})
