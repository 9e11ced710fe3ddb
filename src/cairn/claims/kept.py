"""Kept: claims and events that a report carries already, as published, each checked against its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from cairn.claims.extract import Extraction
from cairn.claims.ground import require_event_grounded, require_grounded
from cairn.errors import CairnError, GroundingError
from cairn.records import (
    Claim,
    Document,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Harm,
    Means,
    Participant,
    Place,
    Scope,
    Skipped,
    Span,
    Status,
    read_count,
    read_period,
    read_target,
    read_victims,
)

Each = TypeVar("Each", Claim, Event)
Given = Mapping[str, Any]
PUBLISHED = {"sources": "speakers"}
"""Slots that the published JSON calls by another name than the records."""


def keep_report(report: Given, document: Document) -> Extraction:
    """Return the claims and events of a report of ``docs/report.schema.json`` as they stand in it.

    Args:
        report: checked against the schema.
        document: its text is the one that the claims were read in.

    Returns:
        What shows its words. What does not, as in annotations without evidence, is dropped with the reason.
    """
    dropped: list[Skipped] = []

    def kept(
        name: str, read: Callable[[Given, Document], Each], check: Callable[[Each, str], None]
    ) -> tuple[Each, ...]:
        found: dict[str, Each] = {}
        for given in report.get(name) or ():
            try:
                each = read(given, document)
                check(each, document.text)
            except (KeyError, TypeError, ValueError, CairnError) as error:
                told = str(error) if isinstance(error, GroundingError) else f"{given.get('id')}: {error!r}"
                dropped.append(Skipped(document_id=document.id, reason=f"{document.id}, {name}: {told}"))
                continue
            found.setdefault(each.id, each)
        return tuple(found.values())

    return Extraction(
        claims=kept("claims", _claim, require_grounded),
        events=kept("events", _event, require_event_grounded),
        dropped=tuple(dropped),
    )


def _claim(given: Given, document: Document) -> Claim:
    target, means = given.get("target"), given["means"]
    return Claim(
        anchor=Span(*given["anchor"]),
        harm=Harm(given["harm"]),
        count=read_count(given["count"]),
        victims=read_victims(given["victims"]),
        perpetrator=given["perpetrator"],
        means=Means(means) if means else None,
        target=read_target(target) if target else None,
        status=Status(given["status"]),
        scope=Scope(given["scope"]),
        part_of=given["part_of"],
        incident=given.get("incident"),
        **_shared(given, document),
    )


def _event(given: Given, document: Document) -> Event:
    return Event(
        trigger=Span(*given["trigger"]),
        type=EventType(given["type"]),
        mode=given.get("mode"),
        actor=given["actor"],
        recipient=given["recipient"],
        participants=tuple(Participant(**each) for each in given.get("participants", ())),
        status=EventStatus(given["status"]),
        **_shared(given, document),
    )


def _shared(given: Given, document: Document) -> dict[str, Any]:
    """Return what claims and events have alike."""
    place, time, reasons = given["place"], given["time"], given.get("reasons", {})
    return {
        "id": given["id"],
        "document_id": document.id,
        "place": Place(**place) if place else None,
        "time": read_period(time) if time else None,
        "speakers": tuple(given["sources"]),
        "evidence": tuple(
            Evidence(
                slot=PUBLISHED.get(slot, slot),
                spans=tuple(Span(*each) for each in spans),
                reason=reasons.get(slot, ""),
            )
            for slot, spans in given.get("evidence", {}).items()
        ),
        "confidence": tuple(
            (PUBLISHED.get(slot, slot), sure) for slot, sure in given.get("confidence", {}).items()
        ),
    }
