"""Take short names, descriptions and pronouns back to the fullest name in the report."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cairn.lexicon import Lexicon
from cairn.records import Attribution, Mention, Reading, Sentence, Span, Token

NAME_LINKS = frozenset({"of", "for", "and", "the", "de", "al", "bin", "-", "'s"})
SMALL_WORDS = frozenset({"the", "a", "an", "of", "for", "and", "'s", "in", "at", "de", "to", "from"})
POST = re.compile(r"\s(?:of|for|in|at|from|with|to|on|near)\s")
INDEFINITE = re.compile(r"\b(?:an?|another|one|some|other|two|three|several|many)\s+$", re.IGNORECASE)
DEFINITE = re.compile(r"\b(?:the|this|that)\s+$", re.IGNORECASE)
BASED = re.compile(r"\S+-based\s+")
LONGEST_NAME = 7  # words of a full name; longer runs are headlines
LONGEST_DESCRIPTION = 5  # words
LONGEST_MEMORY = 50  # voices back to a fuller description
LONGEST_ROLE = 8  # tokens beside a name in which its bearer's role is looked for
ROLE_LINKS = frozenset({"of", "for", "the", "a", "an", "'s", "in", "at", "and"})


@dataclass(frozen=True, slots=True)
class Names:
    """Every proper name of a report, most used first, and who has which role.

    Attributes:
        full: the words of each name and where it first stands.
        roles: words of a role ("army spokesman") and where the name of the one who has it stands, in order.
        voices: every voice heard by a name or description, in reading order: its words and where it stands.
    """

    text: str
    full: tuple[tuple[frozenset[str], Span], ...]
    roles: tuple[tuple[frozenset[str], Span], ...]
    voices: tuple[tuple[frozenset[str], Span], ...]


def collect_names(reading: Reading) -> Names:
    """Return the names of a report: runs of capitalised words and the voices that were heard."""
    spans: dict[str, Span] = {}
    uses: Counter[str] = Counter()
    text = reading.document.text
    voices = tuple(m.value.speaker for m in reading.attributions if not m.value.pronoun)
    for voice in voices:
        _note(text, voice, spans, uses)
    dated = {at for mention in reading.moments for at in range(mention.span.start, mention.span.end)}
    roles: list[tuple[frozenset[str], Span]] = []
    for sentence in reading.sentences:
        for first, last in _runs(sentence.tokens, dated):
            span = sentence.tokens[first].span.to(sentence.tokens[last - 1].span)
            _note(text, span, spans, uses)
        for first, last in _bearers(sentence.tokens, dated):
            roles += _roles(sentence.tokens, first, last)
    ranked = sorted(spans, key=lambda name: (-uses[name], -len(name)))
    full = tuple((words_of(name), spans[name]) for name in ranked)
    told = tuple((words_of(voice.words(text)), voice) for voice in voices)
    return Names(text, full, tuple(roles), told)


def _runs(tokens: Sequence[Token], dated: set[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of two and more capitalised words, small words inside them included."""
    index = 0
    while index < len(tokens):
        if not tokens[index].text[:1].isupper():
            index += 1
            continue
        last = index
        while (
            last < len(tokens)
            and not _starts_another(tokens, index, last)
            and (
                (
                    tokens[last].text[:1].isupper()
                    and tokens[last].pos in {"PROPN", "NOUN"}
                    and tokens[last].span.start not in dated
                )
                or (last > index and tokens[last].lower in NAME_LINKS and _goes_on(tokens, last))
            )
        ):
            last += 1
        if last - index >= 2:
            yield index, last
        index = max(last, index + 1)


def _starts_another(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Say whether the parser starts a person's name here, right after another name ("Syria Jane Roe")."""
    return index > first and tokens[index].name == "B-PER" and tokens[index - 1].name != "O"


def _bearers(tokens: Sequence[Token], dated: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the names that may be persons': as the reading model tells, else runs of two to four words."""
    parsed = any(token.head is not None for token in tokens)
    if not parsed:
        yield from ((first, last) for first, last in _runs(tokens, dated) if last - first <= 4)
        return
    for index, token in enumerate(tokens):
        if token.name == "B-PER":
            last = index + 1
            while last < len(tokens) and tokens[last].name == "I-PER":
                last += 1
            yield index, last


def _roles(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[frozenset[str], Span]]:
    """Yield the words on either side of a name that can be its bearer's role."""
    span = tokens[first].span.to(tokens[last - 1].span)
    low = first - 1 if first > 0 and tokens[first - 1].text == "," else first
    start = low
    while start > 0 and low - start < LONGEST_ROLE and _in_role(tokens[start - 1]):
        start -= 1
    if start < low:
        yield _role_words(tokens[start:low]), span
    high = last + 1 if last < len(tokens) and tokens[last].text == "," else last
    stop = high
    while stop < len(tokens) and stop - high < LONGEST_ROLE and _in_role(tokens[stop]):
        stop += 1
    beside = tokens[high] if high < len(tokens) else None
    common = beside is not None and beside.pos == "NOUN" and beside.text.islower()
    opens = high > last or common or (beside is not None and beside.lower in {"a", "an", "the"})
    if stop > high and opens:
        yield _role_words(tokens[high:stop]), span


def _in_role(token: Token) -> bool:
    return token.lower in ROLE_LINKS or token.pos in {"NOUN", "PROPN", "ADJ"}


def _role_words(tokens: Sequence[Token]) -> frozenset[str]:
    return words_of(" ".join(token.text for token in tokens))


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    return any(token.text[:1].isupper() for token in tokens[index + 1 : index + 3])


def _note(text: str, span: Span, spans: dict[str, Span], uses: Counter[str]) -> None:
    name = span.words(text)
    if any(character.isupper() for character in name):
        spans.setdefault(name, span)
        uses[name] += 1


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, small words left out."""
    plain = name.lower().replace("’", "'").replace("'s", " ").replace("-", " ").replace(".", "")
    return frozenset(word.strip(",") for word in plain.split() if word not in SMALL_WORDS)


def head_of(words: str) -> str:
    """Return the noun that a phrase is about, in lower case: "spokesman" of "army spokesman in Kano"."""
    before = POST.split(words)[0].split()
    return before[-1].lower() if before else ""


def fullest(span: Span, names: Names, lexicon: Lexicon) -> Span:
    """Return where the fullest form of the name at ``span`` stands; ``span`` itself when it is fullest.

    A short form belongs to the longer name that holds all its words ("Abdel Rahman"), or whose initials it
    is ("SOHR"); a role to the person who has it; a description ("the monitor", "the source") to a body whose
    name fits the noun or to a voice described more fully before.
    """
    name = BASED.sub("", span.words(names.text))
    words = words_of(name)
    if not words:
        return span
    head = head_of(name)
    capital = any(word[:1].isupper() for word in name.split())
    if capital and (longer := _longer(name, words, names, lexicon)) is not None:
        return longer
    if names.text[: span.start].rstrip()[-1:] in {"", ".", "!", "?", "”", '"'} and " " not in name:
        capital = False  # a capital at the start of a sentence tells nothing
    if head in lexicon.speech.persons and not lexicon.speech.persons[head]:
        indefinite = INDEFINITE.search(names.text[max(0, span.start - 12) : span.start])
        if not indefinite and (person := _nearest(span, words, head, names.roles)) is not None:
            return person
    definite = DEFINITE.search(names.text[max(0, span.start - 6) : span.start])
    if not capital and (definite or head.startswith("spokes")):
        end = bisect_left(names.voices, span.start, key=lambda voice: voice[1].start)
        for told, where in reversed(names.voices[max(0, end - LONGEST_MEMORY) : end]):
            if words < told and head_of(where.words(names.text)) == head:
                return fullest(where, names, lexicon)
    return span if capital else _described(span, words, head, names, lexicon)


def _longer(name: str, words: frozenset[str], names: Names, lexicon: Lexicon) -> Span | None:
    """Return the longer name that a short form or an abbreviation stands for.

    A body is not taken for the one who speaks for it: "the Red Cross", "the Red Cross spokeswoman".
    """
    persons = lexicon.speech.persons
    person = head_of(name) in persons
    capitals = words_of(" ".join(word for word in name.split() if word[:1].isupper())) or words
    for full, where in names.full:
        longer = len(words) < len(full) <= LONGEST_NAME and capitals <= full and words <= full
        if longer and (person or head_of(where.words(names.text)) not in persons):
            return where
    if name.isupper() and len(name) <= 6:
        for _, where in names.full:
            if "".join(word[0] for word in where.words(names.text).split() if word[:1].isupper()) == name:
                return where
    return None


def _nearest(
    span: Span, words: frozenset[str], head: str, roles: Sequence[tuple[frozenset[str], Span]]
) -> Span | None:
    """Return the last name before ``span`` whose bearer has the role, else the first after it."""
    fitting = [where for role, where in roles if head in role and words <= role and not where.overlaps(span)]
    before = [where for where in fitting if where.start < span.start]
    return before[-1] if before else fitting[0] if fitting else None


def _described(span: Span, words: frozenset[str], head: str, names: Names, lexicon: Lexicon) -> Span:
    """Return the named body that a description fits: "the Britain-based monitor".

    What stands before the noun says more than the noun: "rights group", "aid group".
    """
    describes = lexicon.speech.describes
    if head not in describes or len(words) > LONGEST_DESCRIPTION:
        return span
    told = [describes[word] for word in words if word != head and word in describes]
    for fitting in (*told, describes[head])[: len(told) or 1]:
        for full, where in names.full:
            proper = all(w[:1].isupper() for w in where.words(names.text).split() if w not in NAME_LINKS)
            if full & fitting and full != words and len(full) <= LONGEST_NAME and proper:
                return where
    return span


PERSON_PRONOUNS = frozenset({"he", "she", "i", "him", "her"})
BODY_PRONOUNS = frozenset({"it"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
FARTHEST = 3  # sentences back to a name that was not heard as a voice


def antecedent(
    mention: Mention[Attribution], before: Sequence[Mention[Attribution]], reading: Reading, lexicon: Lexicon
) -> Span | None:
    """Return the voice that a pronoun stands for.

    Sentence by sentence backwards: the last voice heard there that the pronoun fits, else the subject named
    there; voices count however far back they were heard.
    """
    text = reading.document.text
    pronoun = mention.value.speaker.words(text).lower()
    starts = [sentence.span.start for sentence in reading.sentences]
    own = bisect_right(starts, mention.span.start) - 1
    heard = [other.value.speaker for other in before if not other.value.pronoun]
    for number in range(own, -1, -1):
        sentence = reading.sentences[number]
        limit = min(sentence.span.end, mention.span.start)
        low = bisect_left(heard, sentence.span.start, key=lambda span: span.start)
        for span in reversed(heard[low:]):
            if span.start < limit and _fits(pronoun, span, sentence, text, lexicon):
                return span
        if number < own and own - number <= FARTHEST:
            named = _subject_of(sentence, pronoun, lexicon)
            if named is not None:
                return named
        heard = heard[:low]
    return None


def _fits(pronoun: str, span: Span, sentence: Sentence, text: str, lexicon: Lexicon) -> bool:
    """Say whether a voice can be meant by the pronoun."""
    inside = [token for token in sentence.tokens if token.span.overlaps(span)]
    kinds = {token.name[2:] for token in inside}
    head = head_of(span.words(text))
    person = lexicon.speech.persons.get(head)
    plural = person is True or head in lexicon.people.plural
    body = person is None and (
        "ORG" in kinds or bool(words_of(span.words(text)) & lexicon.speech.bodies) or "LOC" in kinds
    )
    human = "PER" in kinds or person is False or head in lexicon.people.singular
    if pronoun in PERSON_PRONOUNS:
        common = not any(token.text[:1].isupper() for token in inside)
        return human or not (body or plural or common)
    if pronoun in BODY_PRONOUNS:
        return not human and not plural
    return not human or body


def _subject_of(sentence: Sentence, pronoun: str, lexicon: Lexicon) -> Span | None:
    """Return the name that is the subject of a sentence, as far as it fits the pronoun."""
    tokens = sentence.tokens
    if any(token.head is not None for token in tokens):
        kind = "PER" if pronoun in PERSON_PRONOUNS else "ORG"
        for index, token in enumerate(tokens):
            if token.dep in SUBJECTS and token.name.endswith(kind):
                first, last = index, index + 1
                while first > 0 and tokens[first].name.startswith("I-"):
                    first -= 1
                while last < len(tokens) and tokens[last].name == f"I-{kind}":
                    last += 1
                return tokens[first].span.to(tokens[last - 1].span)
        return None
    if pronoun not in PERSON_PRONOUNS:
        return None
    for first, last in _runs(tokens, set()):
        named = _role_words(tokens[:first]) | _role_words(tokens[first:last])
        titled = any(lexicon.speech.persons.get(word) is False for word in named)
        if titled and 2 <= last - first <= 4:
            return tokens[first].span.to(tokens[last - 1].span)
    return None
