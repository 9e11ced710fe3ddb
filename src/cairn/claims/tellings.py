"""Gather what a report tells of each doer: every place that names it, under whose voice, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cairn.claims.acting import Kind
from cairn.claims.doers import Party, find_parties
from cairn.claims.names import Names, antecedent, fullest, head_of, words_of
from cairn.claims.view import View, within
from cairn.lexicon import Lexicon
from cairn.records import Attribution, Mention, Reading, Span

BACKWARD = 3  # sentences back to the party that a pronoun or "the group" stands for
HUMAN = frozenset({Kind.PERSON, Kind.LONE, Kind.NAMED})
COLLECTIVE = frozenset({Kind.ARMED, Kind.POLICE, Kind.STATE, Kind.NAMED, Kind.LONE})
BODIES = frozenset({Kind.ARMED, Kind.NAMED})
"""Kinds of what "the group" can stand for."""
VAGUE_KINDS = frozenset({Kind.PRONOUN, Kind.GROUP})
LONGEST_FULL = 8  # words of a party's name; longer phrases describe

ITSELF = frozenset({"it", "they", "we"})

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """One place that names a doer.

    Attributes:
        voices: who answers for the words there, each by the words of its fullest name; empty for the report.
        speaking: the words name a voice.
    """

    party: Party
    sentence: int
    voices: tuple[Words, ...]
    speaking: bool


@dataclass(slots=True)
class Doer:
    """A party and every place that names it, in reading order."""

    words: Words
    full: Party
    tellings: list[Telling] = field(default_factory=list)


def gather_doers(views: Sequence[View], reading: Reading, names: Names, lexicon: Lexicon) -> tuple[Doer, ...]:
    """Return every doer of a report.

    Short forms, adjectives of countries and craft ("Russian warplanes") are taken back to the party they
    name; pronouns and "the group" to the last one named before that they fit.
    """
    doers: list[Doer] = []
    last: list[Telling] = []
    of: dict[int, Doer] = {}
    heard: dict[Mention[Attribution], tuple[Words, ...]] = {}
    for view in views:
        told = within(view.sentence, reading.attributions)
        dated = [m.span for m in within(view.sentence, reading.moments)]
        parties = sorted(find_parties(view, lexicon), key=lambda party: party.span)
        for party in parties:
            if any(span.overlaps(party.span) for span in dated):
                continue
            spoken: tuple[Words, ...] = ()
            for mention in told:
                if mention.value.scope.overlaps(party.span):
                    if mention not in heard:
                        heard[mention] = voices_of(mention, reading, names, lexicon)
                    spoken = heard[mention]
                    break
            speaking = any(mention.value.speaker.overlaps(party.span) for mention in told)
            if speaking and party.role != "charged":
                party = replace(party, role="told", act=None)  # who speaks of a harm is not made its doer
            telling = Telling(party, view.number, spoken, speaking)
            doer = _doer_of(telling, doers, last, of, reading, lexicon)
            if doer is None:
                continue
            doer.tellings.append(telling)
            of[id(telling)] = doer
            last.append(telling)
            if doer.full.kind in {Kind.CRAFT, *VAGUE_KINDS} or _longer(party, doer.full, reading):
                doer.full = party if party.kind not in VAGUE_KINDS else doer.full
    return tuple(doers)


def _longer(party: Party, other: Party, reading: Reading) -> bool:
    """Say whether a telling names the party more fully."""
    if party.kind in VAGUE_KINDS or party.kind is Kind.CRAFT:
        return False
    text = reading.document.text
    one, two = party.span.words(text), other.span.words(text)
    if len(one.split()) > LONGEST_FULL:
        return False
    return len(words_of(one)) > len(words_of(two))


def voices_of(
    mention: Mention[Attribution], reading: Reading, names: Names, lexicon: Lexicon
) -> tuple[Words, ...]:
    """Return the voices of an attribution, who says it and who passes it on, by the words of their names."""
    speaker: Span | None = mention.value.speaker
    if mention.value.pronoun:
        before = [other for other in reading.attributions if other.span.start < mention.span.start]
        speaker = antecedent(mention, before, reading, lexicon)
    spans = [span for span in (speaker, mention.value.relay) if span is not None]
    text = reading.document.text
    found = [words_of(fullest(span, names, lexicon).words(text)) for span in spans]
    # Who speaks for a body is its voice: "Jane Roe, head of the Observatory".
    bodies = [role for role, bearer in names.roles if words_of(bearer.words(text)) in found]
    posts, relays = lexicon.speech.persons, lexicon.speech.relays
    found += [body for role in bodies if (body := role.difference(posts) - relays)]
    return tuple(dict.fromkeys(found))


def party_words(words: str, lexicon: Lexicon) -> Words:
    """Return what tells a party from another: its words in the singular, countries by their codes.

    Words for any force ("forces", "fighters", "warplanes") count only where nothing else is said.
    """
    geography, means = lexicon.geography, lexicon.means
    found: set[str] = set()
    plain: set[str] = set()
    describing: set[str] = set()
    for word in words_of(words):
        code = geography.countries.get(word) or geography.peoples.get(word)
        if code is None and word.endswith("s"):
            code = geography.countries.get(word[:-1]) or geography.peoples.get(word[:-1])
        stem = singular(word)
        if code is not None or word in {"us", "u.s"}:
            found.add(code or "US")
        elif stem in means.describing or word in means.describing:
            describing.add(stem)
        elif word in means.craft or word in means.membership:
            plain.add(stem)
        else:
            found.add(stem)
    return frozenset(found or plain or describing)


def singular(word: str) -> str:
    """Return a noun without the ending of its plural: "mercenaries", "rebels"."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _doer_of(
    telling: Telling,
    doers: list[Doer],
    last: list[Telling],
    of: dict[int, Doer],
    reading: Reading,
    lexicon: Lexicon,
) -> Doer | None:
    party = telling.party
    text = reading.document.text
    if party.kind in VAGUE_KINDS:
        own = _speaks_of_itself(telling, doers, text)
        if own is not None:
            return own
        meant = _meant(telling, last, text)
        if meant is not None:
            return of[id(meant)]
        if party.kind is Kind.PRONOUN:
            return None
    words = party_words(party.span.words(text), lexicon)
    if not words:
        return None
    sort = _sort(party, text, lexicon)
    alike = [doer for doer in reversed(doers) if _sort(doer.full, text, lexicon) == sort]
    for doer in alike:
        if words == doer.words or (len(words) == 1 and words == {_initials(doer.full.span.words(text))}):
            return doer
    if not all(word.isupper() for word in words):
        for doer in alike:
            if words < doer.words and not _state(doer.words):
                return doer
            if doer.words < words and not _state(doer.words) and len(words) <= LONGEST_FULL:
                doer.words = words
                return doer
    doer = Doer(words, party)
    doers.append(doer)
    return doer


def _sort(party: Party, text: str, lexicon: Lexicon) -> str:
    """Return what keeps parties apart whose words agree: a person or office from its body, "army chief"."""
    if party.role != "modifier" and lexicon.speech.persons.get(head_of(party.span.words(text))) is False:
        return "office"
    return "person" if party.kind is Kind.PERSON else "body"


def _initials(name: str) -> str:
    """Return the first letters of a name's words in lower case: "is" of "Islamic State group"."""
    return "".join(word[0] for word in name.split() if word[:1].isupper()).lower()


def _state(words: Words) -> bool:
    return all(word.isupper() for word in words)


def _speaks_of_itself(telling: Telling, doers: list[Doer], text: str) -> Doer | None:
    """Return the body that speaks of itself by a pronoun: "the army said that it had shelled"."""
    if telling.party.span.words(text).lower() not in ITSELF:
        return None
    for doer in reversed(doers):
        if doer.full.kind in COLLECTIVE and any(
            bool(voice) and (doer.words <= voice or voice <= doer.words) for voice in telling.voices
        ):
            return doer
    return None


def _meant(telling: Telling, last: list[Telling], text: str) -> Telling | None:
    """Return the telling that a pronoun or "the group" stands for."""
    word = telling.party.span.words(text).lower()
    kinds = HUMAN if word in {"he", "she", "i"} else COLLECTIVE
    if telling.party.kind is Kind.GROUP:
        kinds = BODIES
    best: Telling | None = None
    for other in reversed(last):
        if telling.sentence - other.sentence > BACKWARD:
            break
        if other.party.span.end > telling.party.span.start or other.party.kind not in kinds:
            continue
        if telling.party.kind is Kind.GROUP:
            if other.party.kind is Kind.ARMED and any(
                w[:1].isupper() for w in other.party.span.words(text).split()
            ):
                return other
        elif other.party.role != "told":
            return other
        best = best or other
    return best
