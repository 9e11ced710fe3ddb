"""One sentence with its marks by token position, so that rules can look left and right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from cairn.records import Cue, Harm, Mention, Persons, PersonsKind, Reading, Sentence, Span, Token

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class At(Generic[T]):
    """A mention over the sentence's tokens ``[first, last)``; ``value`` is what was read there."""

    first: int
    last: int
    mention: Mention[T]
    value: T = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", self.mention.value)

    @property
    def span(self) -> Span:
        """Return where it stands in the text."""
        return self.mention.span


@dataclass(frozen=True, slots=True)
class View:
    """One sentence of a reading.

    Attributes:
        number: its 0-based place in the document.
        tokens: the sentence's.
        ends: where each token ends; kept, because rules ask for it most.
    """

    number: int
    sentence: Sentence
    persons: tuple[At[Persons], ...]
    cues: tuple[At[Cue], ...]
    tokens: tuple[Token, ...] = field(init=False, repr=False, compare=False)
    ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tokens", self.sentence.tokens)
        object.__setattr__(self, "ends", tuple(token.span.end for token in self.sentence.tokens))

    def word(self, index: int) -> str:
        """Return the lower-case word at ``index``, empty outside the sentence."""
        tokens = self.tokens
        return tokens[index].lower if 0 <= index < len(tokens) else ""

    def pos(self, index: int) -> str:
        """Return the word class at ``index``, empty outside the sentence."""
        tokens = self.tokens
        return tokens[index].pos if 0 <= index < len(tokens) else ""

    def index_of(self, position: int) -> int:
        """Return the index of the first token that ends after character ``position``."""
        return bisect_right(self.ends, position)


def sentence_views(reading: Reading) -> tuple[View, ...]:
    """Return a view of every sentence of ``reading``, in order."""
    views = []
    for number, sentence in enumerate(reading.sentences):
        speakers = [mention.value.speaker for mention in within(sentence, reading.attributions)]
        told = [
            _as_told(sentence, mention, speakers, reading) for mention in within(sentence, reading.persons)
        ]
        persons = [mention for mention in told if mention is not None]
        views.append(View(number, sentence, _placed(sentence, persons), _placed(sentence, reading.cues)))
    return tuple(views)


def _is_told_of(sentence: Sentence, span: Span, reading: Reading) -> bool:
    """Say whether a clause tells a harm of who speaks: "Roe, who was arrested in May, said".

    That witnesses fled says only where they are: "a man who fled to Sur said".
    """
    tokens = sentence.tokens
    cues = [cue for cue in within(sentence, reading.cues) if cue.value.harm is not Harm.DISPLACED]
    harms = {part.start for cue in cues for part in cue.value.parts}
    return any(
        token.span.start in harms
        and token.dep in {"acl:relcl", "acl"}
        and token.head is not None
        and span.contains(tokens[token.head].span)
        for token in tokens
    )


def _as_told(
    sentence: Sentence, mention: Mention[Persons], speakers: Sequence[Span], reading: Reading
) -> Mention[Persons] | None:
    """Return people as what is told of them may be bound; who speaks only is not among those spoken of."""
    speaks = any(speaker.overlaps(mention.span) for speaker in speakers)
    if not speaks or _is_told_of(sentence, mention.span, reading):
        return mention
    return _figure_of_harm(sentence, mention, reading)


def _figure_of_harm(
    sentence: Sentence, mention: Mention[Persons], reading: Reading
) -> Mention[Persons] | None:
    """Return the figure beside a harm: "wounded 33 police and medics said", "leaves 17 dead doctors say"."""
    cues = within(sentence, reading.cues)
    if mention.value.kind is PersonsKind.ELLIPTIC:
        ends = [token.span.start for token in sentence.tokens if token.span.start >= mention.span.end]
        return mention if any(cue.span.start == after for cue in cues for after in ends[:1]) else None
    noun = mention.value.noun
    if noun is None or mention.value.kind is not PersonsKind.COUNTED:
        return None
    before = [token.span.end for token in sentence.tokens if token.span.end <= mention.span.start]
    number = [token.span for token in sentence.tokens if mention.span.start <= token.span.start < noun.start]
    if not number or not any(cue.value.parts[-1].end == end for cue in cues for end in before[-1:]):
        return None
    alone = replace(mention.value, kind=PersonsKind.ELLIPTIC, noun=None, groups=(), certain=False)
    return Mention(span=number[0].to(number[-1]), value=alone)


def sentence_number(reading: Reading, span: Span) -> int:
    """Return the 0-based number of the sentence that ``span`` starts in, or of the last one before it."""
    return max(0, bisect_right(reading.starts, span.start) - 1)


def within(sentence: Sentence, mentions: Sequence[Mention[T]]) -> tuple[Mention[T], ...]:
    """Return the mentions that start in ``sentence``; ``mentions`` are in reading order."""
    low = bisect_left(mentions, sentence.span.start, key=lambda mention: mention.span.start)
    high = bisect_left(mentions, sentence.span.end, key=lambda mention: mention.span.start)
    return tuple(mentions[low:high])


def _placed(sentence: Sentence, mentions: Sequence[Mention[T]]) -> tuple[At[T], ...]:
    ends = [token.span.end for token in sentence.tokens]
    return tuple(
        At(
            bisect_left(ends, mention.span.start + 1),
            bisect_left(ends, mention.span.end) + 1,
            mention,
        )
        for mention in within(sentence, mentions)
    )
