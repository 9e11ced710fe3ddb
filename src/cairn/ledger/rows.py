"""Rows: records as plain values in the order of a table's columns, and back again.

Plain values are text, numbers, ``True``, ``False`` and ``None``; days are ISO 8601, and moments as
``write_moment`` has them. Both engines take them, and the digests are made of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Boolean, Date, Table

from cairn.ledger.tables import LARGEST, Moment, read_moment, write_moment
from cairn.records import (
    Claim,
    Count,
    Credit,
    CreditKind,
    DateBasis,
    Decision,
    Document,
    Event,
    Evidence,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Ruling,
    Run,
    Scope,
    Span,
    Status,
    Target,
    TargetKind,
    Victims,
    content_id,
)
from cairn.records.identity import ID_HEX_DIGITS

Value = str | int | float | bool | None
Values = tuple[Value, ...]
Row = Mapping[Any, Any]
"""A row by the names of its columns."""


def names_of(table: Table) -> list[str]:
    """Return the names of a table's columns, in order."""
    return [column.name for column in table.columns]


def plainer(table: Table) -> Callable[[Sequence[Any]], list[Value]]:
    """Return a function that makes plain values of a row as an engine's driver gives it."""
    kinds = [
        (place, bool if isinstance(column.type, Boolean) else _write)
        for place, column in enumerate(table.columns)
        if isinstance(column.type, Boolean | Date | Moment)
    ]

    def plain(row: Sequence[Any]) -> list[Value]:
        values = list(row)
        for place, write in kinds:
            if values[place] is not None:
                values[place] = write(values[place])
        return values

    return plain


def _write(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return write_moment(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


# --- documents ----------------------------------------------------------------------------------------


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def document_id(document: Document) -> str:
    """Return the id of one text under one name: another text, or another day, is another document."""
    return content_id("doc", [document.id, _day(document.published), document.text])


def document_values(document: Document) -> Values:
    """Return the columns of ``documents`` from ``id`` to ``notes``."""
    return (
        document_id(document), document.id, document.text,
        _day(document.published), document.basis.value if document.basis else None,
        document.outlet, document.title, document.byline, document.url, document.language, document.set,
        "\n".join(document.notes),
    )  # fmt: skip


def credit_values(document: Document) -> list[Values]:
    """Return the columns of ``credits`` from ``agency`` on."""
    return [
        (each.agency, each.kind.value, *((each.span.start, each.span.end) if each.span else (None, None)))
        for each in document.credits
    ]


def document_from(row: Row, credits: Iterable[Row] = ()) -> Document:
    """Return the document of one row of ``documents`` and its rows of ``credits``."""
    return Document(
        id=row["name"],
        text=row["text"],
        published=row["published"],
        outlet=row["outlet"],
        title=row["title"],
        url=row["url"],
        byline=row["byline"],
        basis=row["basis"] and DateBasis(row["basis"]),
        language=row["language"],
        credits=tuple(
            Credit(
                agency=each["agency"],
                kind=CreditKind(each["kind"]),
                span=None if each["start"] is None else Span(each["start"], each["end"]),
            )
            for each in credits
        ),
        set=row["group_name"],
        notes=tuple(row["notes"].splitlines()),
    )


# --- claims -------------------------------------------------------------------------------------------


def slot_values(claim: Claim, *, named: bool) -> Values:
    """Return a claim's slots in the order of ``columns.claim_slots``; a victim's name has its own table."""
    count = claim.count
    target = (claim.target.text, claim.target.kind.value) if claim.target else (None, None)
    return (
        claim.harm.value, count.low, count.high, count.approx, _real(count.fraction),
        claim.anchor.start, claim.anchor.end,
        None if named else claim.victims.text, _write_groups(claim.victims.groups),
        claim.perpetrator, claim.means.value if claim.means else None, *target, *surroundings_values(claim),
        claim.status.value, claim.scope.value, claim.part_of,
    )  # fmt: skip


def surroundings_values(told: Claim | Event) -> Values:
    """Return where, when and according to whom, in the order of ``columns.surroundings``."""
    time, speakers = told.time, told.speakers
    return (
        *_place_values(told.place),
        time.start.isoformat() if time else None, time.end.isoformat() if time else None,
        speakers[0] if speakers else None, write_list(speakers),
    )  # fmt: skip


def _place_values(place: Place | None) -> Values:
    if place is None:
        return (None,) * 6
    return (
        place.name, place.country, place.geonames_id,
        _real(place.latitude), _real(place.longitude), _real(place.radius_km),
    )  # fmt: skip


def _real(value: float | None) -> float | None:
    """Return a number as its column gives it back: a seal tells 31 from 31.0."""
    return None if value is None else float(value)


@cache
def _write_groups(groups: tuple[Group, ...]) -> str:
    return write_list([group.value for group in groups])


def write_list(texts: Sequence[str]) -> str:
    """Return a list as the ledger writes it: JSON."""
    return orjson.dumps(texts).decode()


def confidence_values(told: Claim | Event) -> Values:
    """Return how sure the reading is of the claim or the event, and as JSON of each slot."""
    return (_real(told.sureness()), orjson.dumps(dict(told.confidence)).decode())


def is_named(claim: Claim, text: str) -> bool:
    """Say whether the victims' text is the name of one person: all of the anchor, and in capitals."""
    words = claim.victims.text
    return claim.count.high == 1 and words == claim.anchor.words(text) and words[:1].isupper()


def evidence_values(told: Claim | Event) -> list[Values]:
    """Return the columns of evidence from ``slot`` on: a row a span, why with the first."""
    rows: list[Values] = []
    for entry in told.evidence:
        reason: str | None = entry.reason or None
        for span in entry.spans:
            rows.append((entry.slot, span.start, span.end, reason))
            reason = None
    return rows


def variant_of(slots: Values, evidence: Sequence[Values], document: str, names: Sequence[Values]) -> str:
    """Return what tells variants of one claim or event apart: all that was read, and where; not why."""
    framed = orjson.dumps([document, names, slots, [each[:3] for each in evidence]])
    return f"var-{hashlib.sha256(framed).hexdigest()[:ID_HEX_DIGITS]}"


def fits(claim: Claim) -> bool:
    """Say whether both engines can hold the claim's number of persons."""
    return max(claim.count.low or 0, claim.count.high or 0) <= LARGEST


def claim_from(row: Row, evidence: Iterable[Row] = (), name: str | None = None) -> Claim:
    """Return the claim of one row of slots with its rows of ``evidence``.

    Args:
        row: with the columns of ``columns.claim_slots``, ``id``, and ``document_name``.
        evidence: in order of position.
        name: of the victim, where that stands apart.
    """
    return Claim(
        id=row["id"],
        document_id=row["document_name"],
        anchor=Span(row["anchor_start"], row["anchor_end"]),
        harm=Harm(row["harm"]),
        count=Count(low=row["low"], high=row["high"], approx=bool(row["approx"]), fraction=row["fraction"]),
        victims=Victims(
            text=name if name is not None else row["victims"] or "",
            groups=tuple(Group(each) for each in json.loads(row["groups"])),
        ),
        perpetrator=row["perpetrator"],
        means=row["means"] and Means(row["means"]),
        target=Target(text=row["target"], kind=TargetKind(row["target_kind"]))
        if row["target_kind"]
        else None,
        **surroundings_from(row),
        status=Status(row["status"]),
        scope=Scope(row["scope"]),
        part_of=row["part_of"],
        incident=row.get("incident") or row.get("report_incident"),
        confidence=confidence_from(row),
        evidence=evidence_from(evidence),
    )


def surroundings_from(row: Row) -> dict[str, Any]:
    """Return place, time and speakers of a row."""
    place = (
        Place(
            name=row["place"],
            country=row["country"],
            geonames_id=row["geonames_id"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            radius_km=row["radius_km"],
        )
        if row["place"]
        else None
    )
    time = Period(start=row["time_start"], end=row["time_end"]) if row["time_start"] else None
    return {"place": place, "time": time, "speakers": tuple(json.loads(row["speakers"]))}


def confidence_from(row: Row) -> tuple[tuple[str, float], ...]:
    """Return how sure a reading is, by slot; empty where the row does not tell."""
    return tuple(json.loads(row.get("confidences") or "{}").items())


def evidence_from(rows: Iterable[Row]) -> tuple[Evidence, ...]:
    """Return what rows of evidence show, slot by slot.

    Args:
        rows: in order of position.
    """
    shown: dict[str, tuple[list[Span], str]] = {}
    for each in rows:
        spans, _ = shown.setdefault(each["slot"], ([], each["reason"] or ""))
        spans.append(Span(each["start"], each["end"]))
    return tuple(
        Evidence(slot=slot, spans=tuple(spans), reason=reason) for slot, (spans, reason) in shown.items()
    )


# --- decisions and runs -------------------------------------------------------------------------------


def decision_values(decision: Decision) -> Values:
    """Return the columns of ``decisions`` from ``id`` on."""
    other = decision.subjects[1] if len(decision.subjects) > 1 else None
    return (
        decision.id, decision.ruling.value, decision.subjects[0], other, decision.slot, decision.value,
        decision.who, write_moment(decision.at), decision.why, decision.supersedes,
    )  # fmt: skip


def decision_from(row: Row) -> Decision:
    """Return the decision of one row."""
    at = row["at"]
    return Decision(
        id=row["id"],
        ruling=Ruling(row["ruling"]),
        subjects=(row["subject"], *([row["other"]] if row["other"] else [])),
        slot=row["slot"],
        value=row["value"],
        who=row["who"],
        at=at if isinstance(at, dt.datetime) else read_moment(at),
        why=row["why"],
        supersedes=row["supersedes"],
    )


def run_values(run: Run) -> Values:
    """Return the columns of ``runs`` from ``id`` on."""
    return (run.id, *(getattr(run, field.name) for field in fields(run)))
