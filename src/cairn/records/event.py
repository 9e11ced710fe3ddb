"""Event: one thing that one actor is said, in one report, to do to another or alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError
from cairn.records.claim import Evidence
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
class Event:
    """One place in a report where an actor is said to do, plan, ask for or refuse one thing.

    Attributes:
        id: made from what identifies the event (see ``records.identity``), not from time or tool.
        document_id: the report it was read in.
        trigger: the word or words that name the act.
        mode: how it is done, one of ``MODES`` of its type; ``None`` where none is told.
        actor: who does it, by the fullest name in the report; ``None`` when nobody is named.
        recipient: towards whom, likewise.
        place: where, in the report's spelling, with what the gazetteer knows of it.
        time: the days of the act, both ends included.
        speakers: chain of voices, first the one who originally says it, then those who relay it;
            empty when the report speaks in its own voice. Published as ``sources``.
        evidence: one entry for each slot that was read from words.

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

    def __post_init__(self) -> None:
        if self.mode is not None and self.mode not in MODES.get(self.type, ()):
            raise RecordError(f"event {self.id}: {self.type} has no mode {self.mode!r}")

    def spans(self, slot: str) -> tuple[Span, ...]:
        """Return the spans that ``slot`` was read from, empty when it was not read from words."""
        return next((entry.spans for entry in self.evidence if entry.slot == slot), ())
