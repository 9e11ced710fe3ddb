"""Events at a terminal and in the published JSON."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from cairn.exports import events_table, report_json
from cairn.records import Event, EventStatus, EventType, Evidence, Participant
from exports.factory import VELMAR, WEDNESDAY, document, span

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"

STRIKE = Event(
    id="evt-1",
    document_id="velmar-1",
    trigger=span("struck"),
    type=EventType.ASSAULT,
    mode="aerial",
    actor="warplanes",
    recipient="covered market",
    place=VELMAR,
    time=WEDNESDAY,
    speakers=("Orsan Relief Committee",),
    status=EventStatus.ALLEGED,
    evidence=(
        Evidence(slot="actor", spans=(span("warplanes"),)),
        Evidence(slot="speakers", spans=(span("Orsan Relief Committee"),)),
    ),
)
BARE = Event(id="evt-2", document_id="velmar-1", trigger=span("denied"), type=EventType.REJECT)


def words(width: int, *events: Event, **settings: Any) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, legacy_windows=False, **settings)
    console.print(events_table(document(), events))
    assert max(len(line) for line in stream.getvalue().split("\n")) <= width
    return " ".join(re.sub(r"[─ \n]+", " ", stream.getvalue()).split())


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize(
    "said", ["2 events", "“struck”", "warplanes", "→ covered market", "alleged", "Velmar, ZZ", "27 Apr 2016"]
)
def test_every_width_says_everything(width: int, said: str) -> None:
    assert said in words(width, STRIKE, BARE)


def test_a_party_is_shown_by_its_neutral_name_beside_the_reports_word() -> None:
    told = (
        Participant(slot="actor", name="warplanes", party="zz-air-force", known_as="Air Force of Velmar"),
        Participant(slot="actor", name="militia"),
        Participant(slot="recipient", name="Velmar", party="zz-state", known_as="Velmar"),
    )
    shown = words(200, replace(STRIKE, recipient="Velmar", participants=told))
    assert "warplanes (Air Force of Velmar), militia" in shown
    assert "→ Velmar alleged" in shown


def test_a_word_of_the_report_cannot_steer_the_terminal() -> None:
    sly = Event(id="e", document_id="velmar-1", trigger=span("struck"), type=EventType.AID, actor="a\x1b[2J")
    assert "\x1b" not in words(120, sly)


def test_the_published_event_holds_every_field_of_the_schema() -> None:
    report = report_json(document(), (), events=(STRIKE, BARE))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(report)
    full, bare = report["events"]  # type: ignore[misc]
    assert full["sources"] == ["Orsan Relief Committee"]
    assert full["evidence"]["sources"] == [
        [span("Orsan Relief Committee").start, span("Orsan Relief Committee").end]
    ]
    assert (full["type"], full["mode"], full["status"]) == ("ASSAULT", "aerial", "alleged")
    assert full["time"] == {"start": "2016-04-27", "end": "2016-04-27"}
    assert [bare[slot] for slot in ("mode", "actor", "recipient", "place", "time")] == [None] * 5
