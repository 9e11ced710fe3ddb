"""Published: values of slots as the JSON of ``docs/report.schema.json`` writes them.

What is not told may be left out or null. Who takes values from people checks first what these may leave out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cairn.records.claim import Group, Target, TargetKind, Victims
from cairn.records.count import Count
from cairn.records.period import Period


def read_count(value: Mapping[str, Any]) -> Count:
    """Return ``{"low": 14, "high": null, "approx": false}`` as a count of persons."""
    return Count(
        low=value.get("low"),
        high=value.get("high"),
        approx=bool(value.get("approx")),
        fraction=value.get("fraction"),
    )


def read_victims(value: Mapping[str, Any]) -> Victims:
    """Return ``{"text": "patients and staff", "groups": ["patient", "medical"]}`` as victims."""
    return Victims(text=value["text"] or "", groups=tuple(Group(each) for each in value["groups"]))


def read_target(value: Mapping[str, Any]) -> Target:
    """Return ``{"text": "hospital", "kind": "health"}`` as what was hit."""
    return Target(text=value["text"], kind=TargetKind(value["kind"]))


def read_period(value: Mapping[str, Any]) -> Period:
    """Return ``{"start": "2016-04-27", "end": "2016-04-28"}`` as days, both ends included."""
    return Period(start=dt.date.fromisoformat(value["start"]), end=dt.date.fromisoformat(value["end"]))
