"""What each place, time and voice of a report tells by itself, worked out once for all figures that ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cairn.claims.choose import class_of
from cairn.claims.names import words_of
from cairn.claims.tree import ancestors
from cairn.claims.view import View, sentence_number, within
from cairn.claims.voices import Voice
from cairn.lexicon import Lexicon, SceneWords
from cairn.records import Attribution, Locality, Mention, Moment, PlaceKind, Reading

BESIDE = 6  # tokens between two places that are read together ("Saraqeb in Idlib")
EXACTNESS = {kind: rank for rank, kind in enumerate(PlaceKind)}
OFTEN = 3  # mentions of a place that is named often
SMALLER = frozenset({"province", "city", "town", "district"})
"""Nouns after a name that belong to it."""
LONG_DAYS = (1, 3, 10, 45, 400)  # upper ends of the classes of length
OLD_DAYS = (1, 7, 45, 400)  # upper ends of the classes of age at publication


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlace:
    """A place where it is named.

    Attributes:
        sentence: number of the sentence that names it.
        key: shared by mentions of one place.
        sort: its kind, in the name of a feature.
        often: the report names it often.
        abroad: it lies in another country than most that the report names.
        attacked: the words make it what an attack fell on.
        left: features of the words before it, those of going there apart.
        towards: people went there.
        right: features of the words around it.
        company: features of how exact it is among places beside it.
    """

    mention: Mention[Locality]
    sentence: int
    key: str
    sort: str
    often: bool
    abroad: bool
    attacked: bool
    left: tuple[str, ...]
    towards: bool
    right: tuple[str, ...]
    company: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTime:
    """A time where it is told.

    Attributes:
        sentence: number of the sentence that tells it.
        key: shared by times of the same days.
        dateline: it is the day of the report itself.
        settled: its days are known, and it is no dateline.
        length: features of how long it is and how long ago.
        at_saying: it tells when something was said.
    """

    mention: Mention[Moment]
    sentence: int
    key: str
    dateline: bool
    settled: bool
    length: tuple[str, ...]
    at_saying: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVoice:
    """An attribution where it stands.

    Attributes:
        sentence: number of the sentence that holds it.
        key: shared by attributions to one voice.
        strength: how firmly its verb says something: "say", "strong" or "weak".
        sort: by what its speaker is told: "pronoun", "body", "person", "name" or "other".
        hearsay: its speaker is nobody in particular.
    """

    mention: Mention[Attribution]
    sentence: int
    key: str
    strength: str
    sort: str
    hearsay: bool


def told_places(views: Sequence[View], reading: Reading, lexicon: Lexicon) -> tuple[ToldPlace, ...]:
    """Return every named place of a report, in reading order."""
    words = lexicon.scenes
    uses = Counter(m.value.place.name for m in reading.localities if not m.value.adjectival)
    countries = Counter(m.value.place.country for m in reading.localities)
    main = countries.most_common(1)[0][0] if countries else None
    told = []
    for mention in reading.localities:
        view = views[sentence_number(reading, mention.span)]
        locality, at = mention.value, view.index_of(mention.span.start)
        left, right = _around(view, at, mention, reading, words)
        told.append(
            ToldPlace(
                mention=mention,
                sentence=view.number,
                key=place_key(mention),
                sort="adjective" if locality.adjectival else str(locality.kind),
                often=uses[locality.place.name] >= OFTEN,
                abroad=main is not None and locality.place.country != main,
                attacked=_attacked(view, mention, words),
                left=left,
                towards=view.word(at - 1) in words.moving - words.origins,
                right=right,
                company=_company(view, at, mention, reading),
            )
        )
    return tuple(told)


def place_key(mention: Mention[Locality]) -> str:
    """Return a key that mentions of one place share."""
    return mention.value.place.name.lower()


def _around(
    view: View, at: int, mention: Mention[Locality], reading: Reading, told: SceneWords
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the features of the words before a place, and those of what else stands around it."""
    before = view.word(at - 1)
    words = {view.word(at - step) for step in (1, 2, 3)}
    left, right = [], []
    if "dateline" in mention.value.reason:
        left.append("dateline")
    if before in told.locating or words & {"in", "at", "near"}:
        left.append("after-in")
    if before in told.moving:
        left.append("after-to-or-from")
    if words & told.hitting:
        right.append("after-hit")
    if before in {"of", "'s"}:
        right.append("after-of")
    if view.pos(at + 1) in {"NOUN", "PROPN"} and view.word(at + 1) not in SMALLER:
        right.append("before-noun")
    said = within(view.sentence, reading.attributions)
    if any(m.value.speaker.overlaps(mention.span) for m in said):
        right.append("in-speaker")
    return tuple(left), tuple(right)


def _attacked(view: View, mention: Mention[Locality], words: SceneWords) -> bool:
    """Say whether the words make a place what an attack fell on: "the strike on X", "shells hit X"."""
    at = view.index_of(mention.span.end - 1)
    chain = ancestors(view.tokens, at)[:3]
    return any(view.word(index) in words.attacks or view.word(index) in words.hitting for index in chain)


def _company(view: View, at: int, mention: Mention[Locality], reading: Reading) -> tuple[str, ...]:
    """Return how exact the place is among those that stand beside it."""
    beside = [
        other
        for other in within(view.sentence, reading.localities)
        if other is not mention
        and not other.value.adjectival
        and abs(view.index_of(other.span.start) - at) <= BESIDE
    ]
    features = []
    rank = EXACTNESS[mention.value.kind]
    if any(EXACTNESS[other.value.kind] < rank for other in beside):
        features.append("beside-more-exact")
    if any(EXACTNESS[other.value.kind] > rank for other in beside):
        features.append("beside-less-exact")
    if any(other.value.within == mention.value.place.name for other in beside):
        features.append("contains-another")
    if mention.value.within is not None:
        features.append("inside-another")
    return tuple(features)


def told_times(views: Sequence[View], reading: Reading) -> tuple[ToldTime, ...]:
    """Return every time of a report, in reading order."""
    told = []
    for mention in reading.moments:
        view = views[sentence_number(reading, mention.span)]
        dateline = "dateline" in mention.value.reason
        told.append(
            ToldTime(
                mention=mention,
                sentence=view.number,
                key=moment_key(mention),
                dateline=dateline,
                settled=mention.value.period is not None and not dateline,
                length=_length(mention.value, reading),
                at_saying=_at_saying(view, mention, within(view.sentence, reading.attributions)),
            )
        )
    return tuple(told)


def moment_key(mention: Mention[Moment]) -> str:
    """Return a key that times of the same days share."""
    period = mention.value.period
    return f"{period.start}/{period.end}" if period is not None else "unsettled"


def _length(moment: Moment, reading: Reading) -> tuple[str, ...]:
    """Return how long a time is, and how long ago it was at publication."""
    if moment.period is None:
        return ("unsettled",)
    days = "days:" + class_of(moment.period.days, LONG_DAYS)
    if reading.document.published is None:
        return (days,)
    age = (reading.document.published - moment.period.end).days
    return (days, "age:" + ("ahead" if age < 0 else class_of(age, OLD_DAYS)))


def _at_saying(view: View, moment: Mention[Moment], said: tuple[Mention[Attribution], ...]) -> bool:
    """Say whether the time stands at a verb of saying ("said on Thursday")."""
    first = view.index_of(moment.span.start)
    for mention in said:
        verb = view.index_of(mention.span.end - 1)
        inside = mention.span.start <= moment.span.start < mention.span.end
        if inside or verb < first <= verb + 2:
            return True
    return False


def told_voices(
    reading: Reading, voices: Mapping[Mention[Attribution], Voice], lexicon: Lexicon
) -> tuple[ToldVoice, ...]:
    """Return every attribution of a report, in reading order; ``voices`` are those of the attributions."""
    text, speech = reading.document.text, lexicon.speech
    told = []
    for mention in reading.attributions:
        attribution = mention.value
        strength = "weak" if attribution.verb in speech.weak else "strong"
        if attribution.verb == "say" or " " in attribution.verb:
            strength = "say"
        told.append(
            ToldVoice(
                mention=mention,
                sentence=sentence_number(reading, mention.span),
                key=key_of(voices.get(mention), text),
                strength=strength,
                sort=_sort(attribution, text, lexicon),
                hearsay=attribution.speaker.words(text).lower() in speech.hearsay,
            )
        )
    return tuple(told)


def key_of(voice: Voice | None, text: str) -> str:
    """Return a key that attributions to one voice share; empty for nobody who was named."""
    return voice.chain[0].words(text).lower() if voice is not None else ""


def _sort(attribution: Attribution, text: str, lexicon: Lexicon) -> str:
    """Return by what a speaker is told."""
    name = attribution.speaker.words(text)
    words = words_of(name)
    if attribution.pronoun:
        return "pronoun"
    if words & lexicon.speech.bodies:
        return "body"
    if any(word in lexicon.speech.persons for word in words):
        return "person"
    return "name" if any(character.isupper() for character in name) else "other"
