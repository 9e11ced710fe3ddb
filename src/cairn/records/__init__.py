"""The nouns: frozen records that are valid or do not exist."""

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
from cairn.records.count import Count, exactly
from cairn.records.document import Document, Skipped
from cairn.records.identity import content_id
from cairn.records.period import Period, day
from cairn.records.place import Place
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
    Reading,
    Role,
    Sentence,
    Token,
    Voice,
)
from cairn.records.span import Span

__all__ = [
    "Attribution",
    "Claim",
    "Count",
    "Cue",
    "Document",
    "Evidence",
    "Group",
    "Harm",
    "Locality",
    "Means",
    "Mention",
    "Moment",
    "MomentKind",
    "Period",
    "Persons",
    "PersonsKind",
    "Place",
    "PlaceKind",
    "Reading",
    "Role",
    "Scope",
    "Sentence",
    "Skipped",
    "Span",
    "Status",
    "Target",
    "TargetKind",
    "Token",
    "Victims",
    "Voice",
    "content_id",
    "day",
    "exactly",
]
