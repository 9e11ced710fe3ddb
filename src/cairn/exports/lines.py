"""Lines: one report and its claims as one JSON object, by ``docs/report.schema.json``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cairn.records import Claim, Document, Event, Evidence, Framing, Participant, Period, Place, Span, Target

PUBLISHED_NAMES = {"speakers": "sources"}
"""Fields that the published JSON calls by another name; evidence and reasons follow it."""


def report_json(
    document: Document,
    claims: Sequence[Claim],
    *,
    events: Sequence[Event] | None = None,
    framing: Sequence[Framing] | None = None,
) -> dict[str, object]:
    """Return the report as the published schema has it.

    Args:
        document: the report.
        claims: what was read in it, in the order in which they are to be published.
        events: likewise; ``None`` when none were looked for.
        framing: loaded wording, likewise.

    Returns:
        Keys always in this order: ``id set outlet published title url text claims events framing``, where
        ``title``, ``url``, ``events`` and ``framing`` appear only when known; each claim ``id anchor harm
        count victims perpetrator means target place time sources status scope part_of incident evidence
        reasons confidence``. Offsets: code points, ``[start, end)``. Days: ISO 8601, both ends included.
        Nothing said is ``null``. Confidence: probabilities by slot, ``claim`` for anchor and harm; ``{}``
        when not measured.
    """
    report: dict[str, object] = {
        "id": document.id,
        "set": document.set,
        "outlet": document.outlet,
        "published": document.published and document.published.isoformat(),
    }
    report |= {name: value for name in ("title", "url") if (value := getattr(document, name)) is not None}
    report |= {"text": document.text, "claims": [_claim(claim) for claim in claims]}
    if events is not None:
        report["events"] = [_event(event) for event in events]
    if framing is not None:
        report["framing"] = [_framing(entry) for entry in framing]
    return report


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "anchor": _span(claim.anchor),
        "harm": claim.harm.value,
        "count": {
            "low": claim.count.low,
            "high": claim.count.high,
            "approx": claim.count.approx,
            "fraction": claim.count.fraction,
        },
        "victims": {"text": claim.victims.text, "groups": [group.value for group in claim.victims.groups]},
        "perpetrator": claim.perpetrator,
        "means": claim.means and claim.means.value,
        "target": claim.target and _target(claim.target),
        "place": claim.place and _place(claim.place),
        "time": claim.time and _period(claim.time),
        "sources": list(claim.speakers),
        "status": claim.status.value,
        "scope": claim.scope.value,
        "part_of": claim.part_of,
        "incident": claim.incident,
        "evidence": _evidence(claim.evidence),
        "reasons": _reasons(claim.evidence),
        "confidence": _confidence(claim.confidence),
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _target(target: Target) -> dict[str, object]:
    return {"text": target.text, "kind": target.kind.value}


def _place(place: Place) -> dict[str, object]:
    return {
        "name": place.name,
        "country": place.country,
        "geonames_id": place.geonames_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km and round(place.radius_km, 1),
    }


def _period(period: Period) -> dict[str, object]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _framing(framing: Framing) -> dict[str, object]:
    return {"span": _span(framing.span), "kind": framing.kind.value, "neutral": framing.neutral}


def _event(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "trigger": _span(event.trigger),
        "type": event.type.value,
        "mode": event.mode,
        "actor": event.actor,
        "recipient": event.recipient,
        "place": event.place and _place(event.place),
        "time": event.time and _period(event.time),
        "sources": list(event.speakers),
        "status": event.status.value,
        "participants": [_participant(each) for each in event.participants],
        "evidence": _evidence(event.evidence),
        "reasons": _reasons(event.evidence),
        "confidence": _confidence(event.confidence),
    }


def _participant(participant: Participant) -> dict[str, object]:
    return {
        "slot": participant.slot,
        "name": participant.name,
        "party": participant.party,
        "known_as": participant.known_as,
        "kind": participant.kind,
        "country": participant.country,
    }


def _evidence(evidence: Iterable[Evidence]) -> dict[str, list[list[int]]]:
    shown: dict[str, list[list[int]]] = {}
    for entry in evidence:
        shown.setdefault(_published_name(entry.slot), []).extend(_span(span) for span in entry.spans)
    return shown


def _confidence(told: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {_published_name(slot): sure for slot, sure in told}


def _reasons(evidence: Iterable[Evidence]) -> dict[str, str]:
    told: dict[str, str] = {}
    for entry in evidence:
        if entry.reason:
            slot = _published_name(entry.slot)
            told[slot] = f"{told[slot]}; {entry.reason}" if slot in told else entry.reason
    return told


def _published_name(slot: str) -> str:
    return PUBLISHED_NAMES.get(slot, slot)
