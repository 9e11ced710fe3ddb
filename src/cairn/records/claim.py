"""Claim: one voice's word, in one report, about one count of people harmed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError
from cairn.records.count import Count
from cairn.records.period import Period
from cairn.records.place import Place
from cairn.records.span import Span


class Harm(StrEnum):
    """What was suffered; ``CASUALTIES`` is killed or injured, undivided, and never read as deaths."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    MISSING = "missing"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DISPLACED = "displaced"


class Group(StrEnum):
    """What the text states of the victims."""

    CIVILIAN = "civilian"
    CHILD = "child"
    WOMAN = "woman"
    MAN = "man"
    ELDERLY = "elderly"
    COMBATANT = "combatant"
    INSURGENT = "insurgent"
    POLICE = "police"
    MEDICAL = "medical"
    PATIENT = "patient"
    JOURNALIST = "journalist"
    AID_WORKER = "aid_worker"
    PEACEKEEPER = "peacekeeper"
    OFFICIAL = "official"
    RELIGIOUS = "religious"
    STUDENT = "student"
    WORKER = "worker"
    REFUGEE = "refugee"
    PRISONER = "prisoner"
    PERPETRATOR = "perpetrator"
    UNSPECIFIED = "unspecified"


class Means(StrEnum):
    """By what the harm was done."""

    AIRSTRIKE = "airstrike"
    DRONE = "drone"
    ROCKET = "rocket"
    MISSILE = "missile"
    SHELLING = "shelling"
    SMALL_ARMS = "small_arms"
    IED = "ied"
    CAR_BOMB = "car_bomb"
    SUICIDE_BOMB = "suicide_bomb"
    EXPLOSION = "explosion"
    LANDMINE = "landmine"
    CHEMICAL = "chemical"
    MELEE = "melee"
    VEHICLE_RAMMING = "vehicle_ramming"
    ARSON = "arson"
    SIEGE = "siege"
    TORTURE = "torture"
    CLASHES = "clashes"
    ATTACK = "attack"
    ACCIDENT = "accident"
    DISASTER = "disaster"


class TargetKind(StrEnum):
    """What kind of place or thing was hit."""

    HEALTH = "health"
    EDUCATION = "education"
    WORSHIP = "worship"
    MARKET = "market"
    HOME = "home"
    CAMP = "camp"
    AID = "aid"
    MEDIA = "media"
    TRANSPORT = "transport"
    INFRASTRUCTURE = "infrastructure"
    GOVERNMENT = "government"
    MILITARY = "military"
    GATHERING = "gathering"
    VEHICLE = "vehicle"
    OTHER = "other"


class Status(StrEnum):
    """How firmly the voice stands behind the figure."""

    ASSERTED = "asserted"
    FEARED = "feared"
    DENIED = "denied"
    SUPERSEDED = "superseded"


class Scope(StrEnum):
    """One attack, or a sum over several, a period or an area."""

    INCIDENT = "incident"
    TALLY = "tally"


@dataclass(frozen=True, slots=True, kw_only=True)
class Victims:
    """Who was harmed: the noun phrase without its quantity (or a name), and the groups it states."""

    text: str
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        if not self.groups or len(set(self.groups)) < len(self.groups):
            raise RecordError(f"victims need at least one group, each once, not {self.groups}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What was hit, in the text's words, and its kind."""

    text: str
    kind: TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words one slot was read from, and one line on how.

    Attributes:
        slot: name of the claim's field.
        spans: where the words stand, in reading order; never empty.
        reason: for a person who checks it ("subject of 'said', sentence 4").
    """

    slot: str
    spans: tuple[Span, ...]
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.spans:
            raise RecordError(f"evidence for {self.slot} shows no words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One quantified group of people said to have suffered one kind of harm.

    Attributes:
        id: made from what identifies the claim (see ``records.identity``), not from time or tool.
        document_id: the report it was read in.
        anchor: shortest noun phrase that holds the quantity and the victims' head noun.
        perpetrator: as the text names it; ``None`` when no one is named.
        speakers: chain of voices, first the one who originally says it, then those who relay it;
            empty when the report speaks in its own voice. Published as ``sources``.
        part_of: id of the claim in the same report whose people include these.
        incident: id shared by claims about the same attack; ``None`` for tallies.
        evidence: one entry for each slot that was read from words.
        confidence: name and calibrated probability (0 to 1): ``claim`` is that of the anchor and the harm
            being a claim of the text, every other name that of its slot being right in such a claim. It
            stands here and not with the evidence because the text may also be read to say nothing, which
            shows no words and is as open to doubt. Pairs in fixed order, so that equal claims print alike;
            empty when nobody asked how sure the reading is. Not part of what identifies the claim.
    """

    id: str
    document_id: str
    anchor: Span
    harm: Harm
    count: Count
    victims: Victims
    perpetrator: str | None = None
    means: Means | None = None
    target: Target | None = None
    place: Place | None = None
    time: Period | None = None
    speakers: tuple[str, ...] = ()
    status: Status = Status.ASSERTED
    scope: Scope = Scope.INCIDENT
    part_of: str | None = None
    incident: str | None = None
    evidence: tuple[Evidence, ...] = ()
    confidence: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        if self.part_of == self.id:
            raise RecordError(f"claim {self.id} cannot be part of itself")
        for name, probability in self.confidence:
            if not 0.0 <= probability <= 1.0:
                raise RecordError(f"claim {self.id}: confidence in {name} is {probability}, not 0 to 1")

    def spans(self, slot: str) -> tuple[Span, ...]:
        """Return the spans that ``slot`` was read from, empty when it was not read from words."""
        return next((entry.spans for entry in self.evidence if entry.slot == slot), ())

    def sureness(self, name: str = "claim") -> float | None:
        """Return the confidence in the claim or in one of its slots, ``None`` when it was not measured."""
        return next((probability for told, probability in self.confidence if told == name), None)
