"""Event: one thing that one actor is said, in one report, to do to another or alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError
from cairn.records.claim import Evidence, Means
from cairn.records.period import Period
from cairn.records.place import Place
from cairn.records.span import Span


class EventType(StrEnum):
    """What is done; the sixteen types of the PLOVER ontology."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


ABOUT = ("assist", "change", "yield", "meet")
MODES: dict[EventType, tuple[str, ...]] = {
    EventType.CONSULT: ("visit", "third-party", "multilateral", "phone"),
    EventType.RETREAT: ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    EventType.REQUEST: ABOUT,
    EventType.REJECT: ABOUT,
    EventType.ACCUSE: ("disapprove", "investigate", "allege"),
    EventType.THREATEN: ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    EventType.PROTEST: ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    EventType.SANCTION: ("convict", "expel", "withdraw", "discontinue"),
    EventType.MOBILIZE: ("troops", "weapons", "police", "militia"),
    EventType.COERCE: (
        *("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold"),
        *("misinformation", "cyber"),
    ),
    EventType.ASSAULT: (
        *("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms"),
        *("explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control"),
        "unconventional",
    ),
}
"""How each type may be done (PLOVER manual 2.0, tables of modes); the other types have no modes."""


MODE_BY_MEANS: dict[Means, str] = {
    Means.AIRSTRIKE: "aerial",
    Means.DRONE: "drone",
    Means.ROCKET: "heavy-weapons",
    Means.MISSILE: "heavy-weapons",
    Means.SHELLING: "heavy-weapons",
    Means.SMALL_ARMS: "firearms",
    Means.IED: "explosives",
    Means.CAR_BOMB: "explosives",
    Means.EXPLOSION: "explosives",
    Means.LANDMINE: "explosives",
    Means.SUICIDE_BOMB: "suicide-attack",
    Means.CHEMICAL: "unconventional",
    Means.MELEE: "primitive",
    Means.VEHICLE_RAMMING: "primitive",
    Means.ARSON: "primitive",
    Means.TORTURE: "torture",
}
"""The mode of an attack by the means that is told for the harm it did; other means tell none."""

TAKING_PART = ("actor", "recipient")
"""Slots of those who take part in an event."""


class EventStatus(StrEnum):
    """How the act stands to what has happened, as the report has it."""

    ACTUAL = "actual"
    PLANNED = "planned"
    """Announced, intended, scheduled, expected."""
    ALLEGED = "alleged"
    """Only another party accuses the actor of it."""
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    """Wished for, feared, warned of, told under a condition, or said not to be so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One who takes part in an event: the name in the report, and the party that it stands for.

    Attributes:
        slot: ``actor`` or ``recipient``.
        name: the fullest in the report, determiner dropped.
        party: id of the party in the lexicon; ``None`` when the name stands for none that is known, or for
            one of several.
        known_as: the party's neutral name, which is no side's label.
        kind: what the party is, a ``PartyKind`` of the lexicon.
        country: ISO 3166-1 alpha-2 code of the country that it is chiefly of; ``None`` when of none.
    """

    slot: str
    name: str
    party: str | None = None
    known_as: str | None = None
    kind: str | None = None
    country: str | None = None

    def __post_init__(self) -> None:
        if self.slot not in TAKING_PART:
            raise RecordError(f"{self.name!r} takes part as {' or '.join(TAKING_PART)}, not {self.slot!r}")
        if self.party is None and (self.known_as, self.kind, self.country) != (None, None, None):
            raise RecordError(f"{self.name!r} stands for no party, and so has no neutral name, kind, country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One place in a report where an actor is said to do, plan, ask for or refuse one thing.

    Attributes:
        id: made from what identifies the event (see ``records.identity``), not from time or tool.
        document_id: the report it was read in.
        trigger: the word or words that name the act.
        mode: how it is done, one of ``MODES`` of its type; ``None`` where none is told.
        actor: who does it, by the fullest name in the report; ``None`` when nobody is named. Of several that
            are named together, the first.
        recipient: towards whom, likewise.
        participants: all who take part, actors first; of each slot in the order in which they are named.
        place: where, in the report's spelling, with what the gazetteer knows of it.
        time: the days of the act, both ends included.
        speakers: chain of voices, first the one who originally says it, then those who relay it;
            empty when the report speaks in its own voice. Published as ``sources``.
        evidence: one entry for each slot that was read from words.
        confidence: name and calibrated probability (0 to 1), as of claims: ``event`` is that of the words
            telling an act of this type, every other name that of its slot being right in such an event. Not
            part of what identifies the event.

    Raises:
        RecordError: the mode is none of its type.
    """

    id: str
    document_id: str
    trigger: Span
    type: EventType
    mode: str | None = None
    actor: str | None = None
    recipient: str | None = None
    place: Place | None = None
    time: Period | None = None
    speakers: tuple[str, ...] = ()
    status: EventStatus = EventStatus.ACTUAL
    evidence: tuple[Evidence, ...] = ()
    participants: tuple[Participant, ...] = ()
    confidence: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        if self.mode is not None and self.mode not in MODES.get(self.type, ()):
            raise RecordError(f"event {self.id}: {self.type} has no mode {self.mode!r}")
        for name, probability in self.confidence:
            if not 0.0 <= probability <= 1.0:
                raise RecordError(f"event {self.id}: confidence in {name} is {probability}, not 0 to 1")

    def spans(self, slot: str) -> tuple[Span, ...]:
        """Return the spans that ``slot`` was read from, empty when it was not read from words."""
        return next((entry.spans for entry in self.evidence if entry.slot == slot), ())

    def taking_part(self, slot: str) -> tuple[Participant, ...]:
        """Return those who take part as ``actor`` or as ``recipient``."""
        return tuple(each for each in self.participants if each.slot == slot)

    def sureness(self, name: str = "event") -> float | None:
        """Return the confidence in the event or in one of its slots, ``None`` when it was not measured."""
        return next((probability for told, probability in self.confidence if told == name), None)
