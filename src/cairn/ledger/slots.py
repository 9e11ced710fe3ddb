"""Slots: what a correction puts into a claim or an event, written as the published JSON writes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from cairn.errors import CairnError, LedgerError
from cairn.records import (
    MODES,
    TAKING_PART,
    Claim,
    Count,
    Event,
    EventStatus,
    EventType,
    Harm,
    Means,
    Place,
    Scope,
    Status,
    Target,
    Victims,
    read_count,
    read_period,
    read_target,
    read_victims,
)

Slot = tuple[str, Callable[[Any], Any], str]
"""The field of the record, how a value is read, and what one looks like."""
Each = TypeVar("Each", Claim, Event)


def correct(told: Each, slot: str, value: str) -> Each:
    """Return a claim or an event with one slot as a person says it is.

    Args:
        told: as it was read.
        slot: name in the published JSON, such as ``count``, ``place`` or ``sources``.
        value: JSON.

    Raises:
        LedgerError: no such slot, or the value is none that it can have; one line with an example.
    """
    noun, slots = ("an event", EVENT_SLOTS) if isinstance(told, Event) else ("a claim", SLOTS)
    if slot not in slots:
        raise LedgerError(f"{noun} has no slot {slot!r}; there are {', '.join(slots)}")
    field, read, example = slots[slot]
    try:
        changed = read(json.loads(value))
        beside: dict[str, Any] = _beside(told, slot, changed) if isinstance(told, Event) else {}
        return replace(told, **{field: changed}, **beside)
    except (ValueError, TypeError, KeyError, AttributeError, CairnError) as error:
        raise LedgerError(f"{slot} cannot be {value}; write it as {example}") from error


def _beside(event: Event, slot: str, value: Any) -> dict[str, Any]:
    """Return what goes with a slot: a mode with its type, the parties with who takes part."""
    if slot == "type" and event.mode not in MODES.get(value, ()):
        return {"mode": None}
    if slot in TAKING_PART:
        return {"participants": tuple(each for each in event.participants if each.slot != slot)}
    return {}


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _count(value: Mapping[str, Any]) -> Count:
    if unknown := set(value) - {"low", "high", "approx", "fraction"}:
        raise KeyError(*unknown)
    return read_count(value)


def _victims(value: Mapping[str, Any]) -> Victims:
    _text(value["text"])
    return read_victims(value)


def _target(value: Mapping[str, Any]) -> Target:
    _text(value["text"])
    return read_target(value)


def _place(value: Mapping[str, Any]) -> Place:
    return Place(**value)


def _sources(value: list[Any]) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(each) for each in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


_SURROUNDINGS: dict[str, Slot] = {
    "place": ("place", _optional(_place), '{"name": "Aleppo", "country": "SY"}, or null'),
    "time": ("time", _optional(read_period), '{"start": "2016-04-27", "end": "2016-04-27"}, or null'),
    "sources": ("speakers", _sources, '["who says it", "who relays it"]'),
}

SLOTS: dict[str, Slot] = {
    "harm": ("harm", Harm, '"killed"'),
    "count": ("count", _count, '{"low": 14, "high": 14}'),
    "victims": ("victims", _victims, '{"text": "patients and staff", "groups": ["patient", "medical"]}'),
    "perpetrator": ("perpetrator", _optional(_text), '"the name that the speaker gives", or null'),
    "means": ("means", _optional(Means), '"airstrike", or null'),
    "target": ("target", _optional(_target), '{"text": "hospital", "kind": "health"}, or null'),
    **_SURROUNDINGS,
    "status": ("status", Status, '"asserted"'),
    "scope": ("scope", Scope, '"incident"'),
    "part_of": ("part_of", _optional(_text), '"the id of another claim", or null'),
}
"""Slots of claims in the published JSON."""

EVENT_SLOTS: dict[str, Slot] = {
    "type": ("type", EventType, '"ASSAULT"'),
    "mode": ("mode", _optional(_text), '"aerial", a mode of the event\'s type, or null'),
    "actor": ("actor", _optional(_text), '"the name that the report gives", or null'),
    "recipient": ("recipient", _optional(_text), '"the name that the report gives", or null'),
    **_SURROUNDINGS,
    "status": ("status", EventStatus, '"alleged"'),
}
"""Slots of events, likewise."""
