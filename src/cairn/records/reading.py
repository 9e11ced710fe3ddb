"""Reading: what was marked in one document, before anything is joined into claims."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from cairn.records.claim import Group, Harm
from cairn.records.count import Count
from cairn.records.document import Document
from cairn.records.period import Period
from cairn.records.place import Place
from cairn.records.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark of punctuation; ``span`` indexes the document's text.

    Attributes:
        pos: its word class, a UPOS name of Universal Dependencies; "X" until a tagger has seen it.
        head: number of the token in the sentence that it hangs on; -1 for the root, ``None`` unparsed.
        dep: kind of the dependency, a name of Universal Dependencies.
        name: "B-PER", "I-ORG" and so on for persons, organisations and places; "O" for the rest.
        lower: the word in lower case, with a straight apostrophe; kept, because rules ask for it most.
    """

    span: Span
    text: str
    pos: str = "X"
    head: int | None = None
    dep: str = ""
    name: str = "O"
    lower: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower().replace("’", "'"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span and its tokens, in reading order.

    Attributes:
        paragraph: 0-based number of the line-broken paragraph it stands in.
        roles: (predicate token, argument's head token, PropBank role) of every argument; empty unparsed.
        states: what the reading model knows of each token, 384 32-bit numbers a token; empty unparsed.
    """

    span: Span
    tokens: tuple[Token, ...]
    paragraph: int = 0
    roles: tuple[tuple[int, int, str], ...] = ()
    states: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Pointing:
    """How likely the model holds each word to tell something of one group of people.

    Attributes:
        starts: where each word of the same stretch of the report starts in the text, rising.
        end: of the last of them.
        scores: by slot, one for "not told", then one a word; only differences inside a slot say something.
    """

    starts: tuple[int, ...]
    end: int
    scores: Mapping[str, tuple[float, ...]]

    def at(self, slot: str, span: Span | None) -> float:
        """Return the score of the last word of ``span``, or of "not told"; out of reach, the least of all."""
        scores = self.scores.get(slot)
        if scores is None:
            return 0.0
        if span is None:
            return scores[0]
        at = bisect_right(self.starts, span.end - 1)
        return scores[at] if at and span.end <= self.end else min(scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Generic[T]):
    """A stretch of text and what it was read as."""

    span: Span
    value: T


class MomentKind(StrEnum):
    """How a time phrase points at days."""

    DAY = "day"
    """One day or night: "on Thursday", "27 April", "overnight"."""
    SPAN = "span"
    """A bounded stretch: "in March", "between 10 and 15 May", "the past six days"."""
    SINCE = "since"
    """From a day to publication: "since Friday", "since the war began in 2011"."""
    ANAPHOR = "anaphor"
    """Points at a time told before: "the same day", "two days later", "earlier"."""
    VAGUE = "vague"
    """A time that no calendar settles: "recently", "in recent days"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a time phrase says of when.

    Attributes:
        period: the days meant; ``None`` when the words do not settle them.
        kind: how the words point at the days.
        reason: one line on how the period was reached, or why there is none, or what else was possible.
    """

    period: Period | None
    kind: MomentKind
    reason: str


class PlaceKind(StrEnum):
    """How large and how exact a named place is; the order is from most to least exact."""

    SITE = "site"
    """A named building, camp, base, crossing, street."""
    DISTRICT = "district"
    """A neighbourhood or quarter inside a settlement."""
    SETTLEMENT = "settlement"
    """A village, town or city."""
    REGION = "region"
    """A province, governorate, state, valley, or other area inside a country."""
    COUNTRY = "country"
    """A state or territory with an ISO 3166-1 code."""
    AREA = "area"
    """Larger than a country: "Middle East", "Horn of Africa"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A place mention, resolved: the place, how exact it is, how it was chosen.

    Attributes:
        within: name of the mentioned place that contains this one, as the text spells it, or ``None``.
        adjectival: it is a demonym or adjective ("Syrian", "Iraqi"), context but no place of harm.
        reason: one line on why this namesake was chosen ("in SY, the country of 5 other mentions").
    """

    place: Place
    kind: PlaceKind
    within: str | None = None
    adjectival: bool = False
    reason: str = ""


class PersonsKind(StrEnum):
    """How a phrase says how many people it means."""

    COUNTED = "counted"
    """A quantity and a noun: "14 patients"."""
    ELLIPTIC = "elliptic"
    """A quantity whose noun is left out: "killing at least 27", "another 12"."""
    SINGLE = "single"
    """One person not told before: "a man", "another soldier"."""
    DEFINITE = "definite"
    """One person known from the context: "the pilot", "his wife"."""
    NAMED = "named"
    """A person's name, with or without a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """People that a phrase speaks of, harmed or not.

    Attributes:
        count: how many.
        noun: the phrase without its quantity or determiner, or the name; ``None`` in an elliptic phrase.
        groups: what the words state of the people; empty when they state nothing.
        certain: the noun is known to mean people; otherwise only its use can tell.
    """

    count: Count
    kind: PersonsKind
    noun: Span | None
    groups: tuple[Group, ...] = ()
    certain: bool = True


class Role(StrEnum):
    """Where in the sentence the harmed stand, seen from an expression of harm."""

    OBJECT = "object"
    """Object of the verb, or subject of its passive: "killed four", "four were killed"."""
    SUBJECT = "subject"
    """Subject of the verb: "four died"."""
    PREDICATE = "predicate"
    """Before a predicate: "left four dead", "four were missing"."""
    OF = "of"
    """After "of", or before "'s": "the death of a boy", "the boy's murder"."""
    HEAD = "head"
    """The noun itself: "four deaths", "20 wounded"."""
    TOLL = "toll"
    """The figure of a toll: "the death toll rose to 86"."""


class Voice(StrEnum):
    """How a verb of harm stands to its object."""

    ACTIVE = "active"
    PASSIVE = "passive"
    REDUCED = "reduced"
    """A participle that may be either: "43 civilians killed", "a bomb killed"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """An expression of harm and how it reaches its victims.

    Attributes:
        voice: of a verb; ``None`` for nouns and predicates.
        lemma: dictionary form of the expression.
        parts: the words of it, when the harmed stand between them ("took ... hostage").
    """

    harm: Harm
    role: Role
    lemma: str
    voice: Voice | None = None
    parts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Words that give what is said beside them to a voice.

    Attributes:
        speaker: words that name the voice, determiner dropped.
        relay: words that name who passes it on ("told Reuters", "RIA quoted"), or ``None``.
        scope: the words that the voice answers for.
        pronoun: the speaker is a pronoun or a description to be taken back to a name.
        verb: dictionary form of the verb of saying, or the frame ("according to").
    """

    speaker: Span
    relay: Span | None
    scope: Span
    pronoun: bool
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document with everything that was marked in it.

    All mentions are in reading order; spans index ``document.text``. Whatever reads claims from it sees
    only these marks, so each reader behind them can be replaced on its own.

    Attributes:
        pointings: what the model points at for each group of people; empty without the model.
        starts: where each sentence starts; kept, because rules ask for it most.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    moments: tuple[Mention[Moment], ...]
    localities: tuple[Mention[Locality], ...]
    persons: tuple[Mention[Persons], ...]
    cues: tuple[Mention[Cue], ...]
    attributions: tuple[Mention[Attribution], ...]
    pointings: Mapping[Span, Pointing] = field(default_factory=dict, repr=False, compare=False)
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(sentence.span.start for sentence in self.sentences))
