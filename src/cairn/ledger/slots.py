"""Slots: what a correction puts into a claim, written as the published JSON writes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cairn.errors import CairnError, LedgerError
from cairn.records import (
    Claim,
    Count,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Status,
    Target,
    TargetKind,
    Victims,
)


def correct(claim: Claim, slot: str, value: str) -> Claim:
    """Return the claim with one slot as a person says it is.

    Args:
        claim: as it was read.
        slot: name in the published JSON, such as ``count``, ``place`` or ``sources``.
        value: JSON.

    Raises:
        LedgerError: no such slot, or the value is none that it can have; one line with an example.
    """
    if slot not in SLOTS:
        raise LedgerError(f"a claim has no slot {slot!r}; there are {', '.join(SLOTS)}")
    field, read, example = SLOTS[slot]
    try:
        return replace(claim, **{field: read(json.loads(value))})
    except (ValueError, TypeError, KeyError, AttributeError, CairnError) as error:
        raise LedgerError(f"{slot} cannot be {value}; write it as {example}") from error


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _count(value: Mapping[str, Any]) -> Count:
    return Count(**{"approx": False, **value})


def _victims(value: Mapping[str, Any]) -> Victims:
    return Victims(text=_text(value["text"]), groups=tuple(Group(each) for each in value["groups"]))


def _target(value: Mapping[str, Any]) -> Target:
    return Target(text=_text(value["text"]), kind=TargetKind(value["kind"]))


def _place(value: Mapping[str, Any]) -> Place:
    return Place(**value)


def _time(value: Mapping[str, Any]) -> Period:
    return Period(start=dt.date.fromisoformat(value["start"]), end=dt.date.fromisoformat(value["end"]))


def _sources(value: list[Any]) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(each) for each in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


SLOTS: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "harm": ("harm", Harm, '"killed"'),
    "count": ("count", _count, '{"low": 14, "high": 14}'),
    "victims": ("victims", _victims, '{"text": "patients and staff", "groups": ["patient", "medical"]}'),
    "perpetrator": ("perpetrator", _optional(_text), '"the name that the speaker gives", or null'),
    "means": ("means", _optional(Means), '"airstrike", or null'),
    "target": ("target", _optional(_target), '{"text": "hospital", "kind": "health"}, or null'),
    "place": ("place", _optional(_place), '{"name": "Aleppo", "country": "SY"}, or null'),
    "time": ("time", _optional(_time), '{"start": "2016-04-27", "end": "2016-04-27"}, or null'),
    "sources": ("speakers", _sources, '["who says it", "who relays it"]'),
    "status": ("status", Status, '"asserted"'),
    "scope": ("scope", Scope, '"incident"'),
    "part_of": ("part_of", _optional(_text), '"the id of another claim", or null'),
}
"""Slots of the published JSON: the field of ``Claim``, how a value is read, and what one looks like."""
