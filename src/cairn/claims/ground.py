"""No value without its words: every name stands verbatim at the span it was read from."""

from __future__ import annotations

from cairn.errors import GroundingError
from cairn.records import Claim, Event

EVENT_NAMES = ("actor", "recipient", "place")
VERBATIM = ("perpetrator", "place", "target", "victims")


def require_grounded(claim: Claim, text: str) -> None:
    """Check that every filled slot of a claim shows its words in ``text``.

    Names are the words at their span, character for character; coded slots show at least one span inside
    the text.

    Raises:
        GroundingError: naming the claim, the slot and what stands there instead.
    """
    for entry in claim.evidence:
        if any(span.end > len(text) for span in entry.spans):
            raise GroundingError(f"claim {claim.id}: evidence for {entry.slot} lies outside the text")
    filled = {
        "count": True,
        "harm": True,
        "victims": bool(claim.victims.text),
        "perpetrator": claim.perpetrator is not None,
        "means": claim.means is not None,
        "target": claim.target is not None,
        "place": claim.place is not None,
        "time": claim.time is not None,
        "speakers": bool(claim.speakers),
    }
    for slot, is_filled in filled.items():
        if is_filled and not claim.spans(slot):
            raise GroundingError(f"claim {claim.id}: {slot} shows no words")
    said = {
        "perpetrator": claim.perpetrator,
        "place": claim.place.name if claim.place else None,
        "target": claim.target.text if claim.target else None,
        "victims": claim.victims.text or None,
    }
    for slot in VERBATIM:
        value = said[slot]
        if value is not None and all(span.words(text) != value for span in claim.spans(slot)):
            raise GroundingError(f"claim {claim.id}: {slot} {value!r} is not at its span")
    for speaker in claim.speakers:
        if all(span.words(text) != speaker for span in claim.spans("speakers")):
            raise GroundingError(f"claim {claim.id}: speaker {speaker!r} is not at its span")


def require_event_grounded(event: Event, text: str) -> None:
    """Check that every filled slot of an event shows its words in ``text``, names character for character.

    Raises:
        GroundingError: naming the event, the slot and what stands there instead.
    """
    for entry in event.evidence:
        if any(span.end > len(text) for span in entry.spans):
            raise GroundingError(f"event {event.id}: evidence for {entry.slot} lies outside the text")
    said = {
        "actor": event.actor,
        "recipient": event.recipient,
        "place": event.place.name if event.place else None,
    }
    for slot in EVENT_NAMES:
        value = said[slot]
        if value is not None and all(span.words(text) != value for span in event.spans(slot)):
            raise GroundingError(f"event {event.id}: {slot} {value!r} is not at its span")
    if event.time is not None and not event.spans("time"):
        raise GroundingError(f"event {event.id}: time shows no words")
    for speaker in event.speakers:
        if all(span.words(text) != speaker for span in event.spans("speakers")):
            raise GroundingError(f"event {event.id}: speaker {speaker!r} is not at its span")
