"""Fill who takes part in an attack from the other places that tell the same attack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.claims.acting import ARMED
from cairn.claims.names import head_of
from cairn.claims.tellings import party_words
from cairn.lexicon import Lexicon
from cairn.records import TAKING_PART, Event, EventStatus, EventType, Evidence

FAR = 2500  # characters between two tellings of one attack; about eight sentences
ELSEWHERE = "told elsewhere of the same attack"
FIGHTS = frozenset({(EventType.COERCE, "seize")})
"""Acts beside attacks that are done to the party that is fought with."""
TOLD = frozenset({EventStatus.ACTUAL, EventStatus.ALLEGED})
VAGUE = frozenset({None, "destroy", "explosives"})
"""Modes that another telling may make more exact."""


def complete(events: Sequence[Event], head: int, lexicon: Lexicon) -> tuple[Event, ...]:
    """Return the events, with the parties of attacks that other sentences name.

    An attack without an actor takes that of the nearest telling that agrees in place, days and mode. One
    without a recipient likewise, else the nearest armed party that its actor fights. An attack that a
    headline tells takes the voice of the body's telling, as a figure there does.

    Args:
        events: of one report, in reading order.
        head: where the report's first sentence ends.
        lexicon: tells parties and armed parties.
    """
    filled = []
    for event in events:
        others = sorted(
            (each for each in events if each is not event), key=lambda each: _distance(event, each)
        )
        if event.type is EventType.ASSAULT and event.status in TOLD:
            event = _with_actor(event, others)
        if (event.type, event.mode) in FIGHTS or event.type is EventType.ASSAULT:
            event = _with_recipient(event, others, lexicon)
        if event.type is EventType.ASSAULT and event.trigger.start < head and not event.speakers:
            event = _with_voice(event, others)
        filled.append(event)
    return tuple(filled)


def _with_actor(event: Event, others: Sequence[Event]) -> Event:
    if event.actor is not None:
        return event
    found = next((o for o in others if o.actor and _may_be_one(event, o) and _fits(event, o)), None)
    return _taken(event, found, "actor") if found is not None else event


def _with_recipient(event: Event, others: Sequence[Event], lexicon: Lexicon) -> Event:
    if event.recipient is not None:
        return event
    near = [o for o in others if o.recipient and o.type is EventType.ASSAULT and _distance(event, o) <= FAR]
    if event.actor is None:
        found = next((o for o in near if o.actor is None and _may_be_one(event, o)), None)
        return _taken(event, found, "recipient") if found is not None else event
    own = party_words(event.actor, lexicon)
    near = [
        o
        for o in near
        if o.actor
        and own & party_words(o.actor, lexicon)
        and not own & party_words(o.recipient or "", lexicon)
    ]
    same = next((o for o in near if _may_be_one(event, o)), None)
    armed = [o for o in near if _is_armed(o.recipient or "", lexicon)]
    fought = next((o for o in armed if (o.recipient or "").istitle()), next(iter(armed), None))
    found = same if same is not None and event.type is EventType.ASSAULT else fought
    return _taken(event, found, "recipient") if found is not None else event


def _with_voice(event: Event, others: Sequence[Event]) -> Event:
    same = (o for o in others if _may_be_one(event, o) and o.actor in {event.actor, None})
    found = next((o for o in same if o.speakers), None)
    if found is None:
        return event
    evidence = Evidence(slot="speakers", spans=found.spans("speakers"), reason=ELSEWHERE)
    return replace(event, speakers=found.speakers, evidence=(*event.evidence, evidence))


def _is_armed(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name is that of a party that fights."""
    head = head_of(name)
    groups = lexicon.people.plural.get(head, frozenset()) | lexicon.people.singular.get(head, frozenset())
    movement = (name.lower(),) in lexicon.people.movements or (head,) in lexicon.people.movements
    return bool(groups & ARMED) or head in lexicon.means.actors or movement


def _fits(event: Event, other: Event) -> bool:
    """Say whether the one who acts elsewhere is not the one that is acted on here."""
    return event.recipient is None or event.recipient != other.actor


def _taken(event: Event, other: Event, slot: str) -> Event:
    """Return an event with a slot and its words taken from another telling."""
    spans = other.spans(slot)
    if not spans:
        return event
    evidence = (*event.evidence, Evidence(slot=slot, spans=spans, reason=ELSEWHERE))
    sides = {each: (other if each == slot else event).taking_part(each) for each in TAKING_PART}
    participants = tuple(participant for side in sides.values() for participant in side)
    if slot == "actor":
        return replace(event, actor=other.actor, evidence=evidence, participants=participants)
    return replace(event, recipient=other.recipient, evidence=evidence, participants=participants)


def _may_be_one(one: Event, other: Event) -> bool:
    """Say whether two events may tell one attack: nothing told of them differs."""
    if other.type is not EventType.ASSAULT or other.status not in TOLD or _distance(one, other) > FAR:
        return False
    modes = {one.mode, other.mode} - VAGUE
    places = {event.place.name for event in (one, other) if event.place is not None}
    if len(modes) > 1 or len(places) > 1:
        return False
    if one.time is None or other.time is None:
        return True
    return one.time.start <= other.time.end and other.time.start <= one.time.end


def _distance(one: Event, other: Event) -> int:
    """Return how far apart two events are told; one before is nearer than one after."""
    gap = one.trigger.start - other.trigger.start
    return gap if gap >= 0 else -2 * gap
