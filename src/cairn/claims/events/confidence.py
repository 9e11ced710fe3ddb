"""How likely an event and each of its slots are right, as for claims: named traits, weighed.

The weights stand in ``lexicon/en/event_confidence.json``, fitted by ``training/event_confidence.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from cairn.claims.choose import Choice
from cairn.claims.confidence import DIGITS, SUREST, Traits
from cairn.claims.events.complete import ELSEWHERE
from cairn.claims.events.draft import WORDS_ONLY, Draft
from cairn.claims.events.settle import Surroundings
from cairn.claims.events.sides import Parts
from cairn.records import TAKING_PART, Event, EventType

SLOTS = ("event", "actor", "recipient", "place", "time", "speakers", "status")
"""What gets a confidence, in the order in which it is kept: the event itself, then its annotated slots."""

NOTHING = frozenset({"none", "nothing", "nothing:sure", "sure"})
"""Traits of a slot for which the sentences around tell nothing."""

SlotTraits = Mapping[str, Traits]
"""Slot -> its traits."""


def confidence_of(traits: SlotTraits, weights: Mapping[str, Traits]) -> tuple[tuple[str, float], ...]:
    """Return the calibrated probability of an event and of each of its slots.

    Args:
        traits: of the event.
        weights: slot -> trait -> weight; a slot without weights gets no confidence.
    """
    return tuple((slot, _probability(traits[slot], weights[slot])) for slot in SLOTS if slot in weights)


def _probability(traits: Traits, weights: Traits) -> float:
    total = math.fsum(weights.get(trait, 0.0) * amount for trait, amount in traits.items())
    return round(1.0 / (1.0 + math.exp(-total)), DIGITS)


def traits_of(
    event: Event, draft: Draft, around: Surroundings, actors: Parts, recipients: Parts
) -> SlotTraits:
    """Return the traits of an event and of each slot, ``bias`` among them; see ``confidence_of``."""
    act = _act_traits(event, draft)
    sides = {"actor": actors, "recipient": recipients}
    found = {slot: {**act, **_side_traits(parts)} for slot, parts in sides.items()}
    whole = {**act, **{f"{slot}:none": 1.0 for slot, parts in sides.items() if not parts}}
    chosen = {slot: {**act, **_choice_traits(choice)} for slot, choice in around.choices.items()}
    return {"event": whole, **found, **chosen, "status": {**act, f"status:{event.status}": 1.0}}


def settled(event: Event, traits: SlotTraits) -> SlotTraits:
    """Return the traits of an event whose sides other tellings may have filled and parties told."""
    found = dict(traits)
    elsewhere = {entry.slot for entry in event.evidence if entry.reason == ELSEWHERE}
    for slot in (*TAKING_PART, "speakers"):
        told = dict(found[slot])
        if slot in elsewhere:
            told = {trait: each for trait, each in told.items() if trait not in NOTHING} | {"elsewhere": 1.0}
        if any(each.party is not None for each in event.taking_part(slot)[:1]):
            told["party"] = 1.0
        found[slot] = told
    return found


def _act_traits(event: Event, draft: Draft) -> dict[str, float]:
    """Return what the words for the act are."""
    trigger = draft.trigger
    group = "attack" if event.type is EventType.ASSAULT else "said" if event.type in WORDS_ONLY else "done"
    traits = {"bias": 1.0, group: 1.0, "verb" if trigger.verbal else "noun": 1.0}
    signs = {
        "harm-word": trigger.of_harm,
        "several-words": len(trigger.words) > 1,
        "tells-figures": bool(draft.figures),
        "headline": trigger.view.number == 0,
        "not-actual": event.status.value not in {"actual", "alleged"},
        "accused-of": draft.accuser is not None,
        "no-tree": trigger.view.tokens[trigger.at].head is None,
    }
    return traits | {sign: 1.0 for sign, holds in signs.items() if holds}


def _side_traits(parts: Parts) -> dict[str, float]:
    """Return how those on one side are told."""
    if not parts:
        return {"none": 1.0}
    traits = {f"standing:{parts[0].standing}": 1.0}
    if parts[0].name != parts[0].words:
        traits["renamed"] = 1.0
    if len(parts) > 1:
        traits["several"] = 1.0
    return traits


def _choice_traits(choice: Choice[object]) -> dict[str, float]:
    """Return the log-odds of a choice by its weights, and whether it is that nothing is told."""
    share = min(max(choice.probability, 1e-9), 1.0 - 1e-9)
    sure = max(-SUREST, min(SUREST, math.log(share / (1.0 - share))))
    return {"sure": sure} | ({"nothing": 1.0, "nothing:sure": sure} if choice.value is None else {})
