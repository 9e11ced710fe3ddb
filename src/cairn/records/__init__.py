"""The nouns: frozen records that are valid or do not exist."""

from cairn.records.bounds import Bounds, Contradiction, Fit, Quantity, Rivals
from cairn.records.capture import Capture, Failure, FailureKind, Headers
from cairn.records.ceasefire import Followed, Point, Reported, Step, Toll
from cairn.records.claim import (
    Claim,
    Evidence,
    Group,
    Harm,
    Means,
    Scope,
    Status,
    Target,
    TargetKind,
    Victims,
)
from cairn.records.copy import Copy, CopyKind, Passage
from cairn.records.count import Count, exactly
from cairn.records.decision import PAIRED, Decision, Ruling, decide, standing
from cairn.records.difference import Change, ChangeKind, Difference, FigureChange, Piece
from cairn.records.document import Credit, CreditKind, DateBasis, Document, Skipped
from cairn.records.earth import EARTH_KM, distance_km
from cairn.records.estimate import RANGE, Estimate, LeftOut, Position, Said
from cairn.records.event import MODE_BY_MEANS, MODES, TAKING_PART, Event, EventStatus, EventType, Participant
from cairn.records.framing import Framing, FramingKind
from cairn.records.identity import content_id
from cairn.records.incident import Incident, Link
from cairn.records.period import Period, day
from cairn.records.place import Place
from cairn.records.published import read_count, read_period, read_target, read_victims
from cairn.records.reading import (
    Attribution,
    Cue,
    Locality,
    Mention,
    Moment,
    MomentKind,
    Persons,
    PersonsKind,
    PlaceKind,
    Pointing,
    Reading,
    Role,
    Sentence,
    Token,
    Voice,
)
from cairn.records.run import Run
from cairn.records.span import Span, sentence_around
from cairn.records.version import Answer, Kept, Outcome, Version

__all__ = [
    "EARTH_KM",
    "MODES",
    "MODE_BY_MEANS",
    "PAIRED",
    "RANGE",
    "TAKING_PART",
    "Answer",
    "Attribution",
    "Bounds",
    "Capture",
    "Change",
    "ChangeKind",
    "Claim",
    "Contradiction",
    "Copy",
    "CopyKind",
    "Count",
    "Credit",
    "CreditKind",
    "Cue",
    "DateBasis",
    "Decision",
    "Difference",
    "Document",
    "Estimate",
    "Event",
    "EventStatus",
    "EventType",
    "Evidence",
    "Failure",
    "FailureKind",
    "FigureChange",
    "Fit",
    "Followed",
    "Framing",
    "FramingKind",
    "Group",
    "Harm",
    "Headers",
    "Incident",
    "Kept",
    "LeftOut",
    "Link",
    "Locality",
    "Means",
    "Mention",
    "Moment",
    "MomentKind",
    "Outcome",
    "Participant",
    "Passage",
    "Period",
    "Persons",
    "PersonsKind",
    "Piece",
    "Place",
    "PlaceKind",
    "Point",
    "Pointing",
    "Position",
    "Quantity",
    "Reading",
    "Reported",
    "Rivals",
    "Role",
    "Ruling",
    "Run",
    "Said",
    "Scope",
    "Sentence",
    "Skipped",
    "Span",
    "Status",
    "Step",
    "Target",
    "TargetKind",
    "Token",
    "Toll",
    "Version",
    "Victims",
    "Voice",
    "content_id",
    "day",
    "decide",
    "distance_km",
    "exactly",
    "read_count",
    "read_period",
    "read_target",
    "read_victims",
    "sentence_around",
    "standing",
]
