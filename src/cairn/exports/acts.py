"""Acts: a report's political events as its page lists them, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.exports import wording
from cairn.records import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One event in words.

    Attributes:
        status: empty of what happened as it is told.
        facts: where, when and according to whom, each with a question mark where its reading is doubtful.
    """

    kind: str
    words: str
    actor: str
    recipient: str
    status: str
    facts: tuple[str, ...]
    sure: str


def make_acts(text: str, events: Sequence[Event]) -> tuple[Act, ...]:
    """Return the events in reading order; what the report leaves open is empty."""
    return tuple(_act(text, event) for event in events)


def _act(text: str, event: Event) -> Act:
    facts = (
        ("place", wording.where(event.place) if event.place else ""),
        ("time", wording.when(event.time) if event.time else ""),
        ("speakers", " → ".join(wording.voices(event))),
    )
    return Act(
        kind=wording.act(event),
        words=event.trigger.words(text),
        actor=_side(event, "actor", event.actor),
        recipient=_side(event, "recipient", event.recipient),
        status=wording.standing(event),
        facts=tuple(value + _doubt(event, slot) for slot, value in facts if value),
        sure=wording.sureness(event),
    )


def _side(event: Event, slot: str, alone: str | None) -> str:
    """Return who takes part on a side, in the report's words."""
    names = [each.name for each in event.taking_part(slot)] or ([] if alone is None else [alone])
    return ", ".join(names) + (_doubt(event, slot) if names else "")


def _doubt(event: Event, slot: str) -> str:
    return " ?" if wording.is_doubtful(event, slot) else ""
