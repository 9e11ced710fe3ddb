"""Give people what the report states of them beside their phrase: their parts, and roles told elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.lexicon import Lexicon
from cairn.readings.groups import head_groups, phrase_groups
from cairn.readings.persons_names import PARTICLES
from cairn.readings.persons_phrase import read_noun
from cairn.records import Group, Mention, Persons, PersonsKind, Sentence, Token

COUNTING = frozenset({PersonsKind.COUNTED, PersonsKind.ELLIPTIC})
TOLD = frozenset({PersonsKind.SINGLE, PersonsKind.DEFINITE})
PART_OPENERS = frozenset({"including", "mostly", "mainly", "largely", "notably"})
MOST = frozenset({"most", "many", "majority"})
PART_REACH = 9  # tokens between the figure and "including women": its verb, place and day
CLOSE = 2  # words between a phrase and its apposition: none where commas were lost, ", also" elsewhere
LIST_REACH = 9  # tokens of the list after it


def with_parts(
    sentence: Sentence, found: Sequence[Mention[Persons]], lexicon: Lexicon
) -> list[Mention[Persons]]:
    """Return the people of one sentence with the groups told as their parts without a number.

    "12 people, including women and children" states women and children; "including two women" does not, for
    that is a figure of its own.
    """
    tokens = sentence.tokens
    starts = {token.span.start: number for number, token in enumerate(tokens)}
    result: list[Mention[Persons]] = []
    for number, mention in enumerate(found):
        value = mention.value
        if value.kind in COUNTING:
            last = next((n for n, t in enumerate(tokens) if t.span.start >= mention.span.end), len(tokens))
            following = found[number + 1] if number + 1 < len(found) else None
            end = starts.get(following.span.start, len(tokens)) if following else len(tokens)
            parts = _parts(tokens, last, end, lexicon)
            if parts:
                groups = tuple(group for group in Group if group in {*parts, *value.groups})
                mention = Mention(span=mention.span, value=replace(value, groups=groups))
        result.append(mention)
    return result


def _parts(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> set[Group]:
    """Return the groups of the bare plurals listed after "including", "mostly" or "most of them"."""
    for index in range(start, min(end, start + PART_REACH)):
        word = tokens[index].lower
        if word in PART_OPENERS:
            return _listed(tokens, index + 1, end, lexicon)
        if word in MOST and index + 1 < end and tokens[index + 1].lower == "of":
            after = (
                index + 3 if index + 2 < end and tokens[index + 2].lower in {"them", "whom"} else index + 2
            )
            while after < end and tokens[after].pos in {"AUX", "DET"}:
                after += 1
            return _listed(tokens, after, end, lexicon)
        if tokens[index].text in {";", ".", "“", "”"}:
            break
    return set()


def _listed(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> set[Group]:
    """Return the groups of a list of plural nouns without a number."""
    found: set[Group] = set()
    for index in range(start, min(end, start + LIST_REACH)):
        token = tokens[index]
        if token.lower in lexicon.people.plural and head_groups(tokens, index, lexicon) is not None:
            found |= set(phrase_groups(tokens, start, index + 1, lexicon))
        elif not (
            token.pos in {"ADJ", "NOUN", "PROPN", "CCONJ"} or token.lower in {",", "and", "many", "some"}
        ):
            break
    return found


def with_roles(
    sentences: Sequence[Sentence], found: Sequence[Mention[Persons]], lexicon: Lexicon
) -> tuple[Mention[Persons], ...]:
    """Return the people with every name given the groups that any telling of it states.

    "Jane Roe, a reporter," makes Roe a journalist wherever she is named.
    """
    roles: dict[str, set[Group]] = {}
    by_sentence = _by_sentence(sentences, found)
    for sentence, mentions in zip(sentences, by_sentence, strict=True):
        for number, mention in enumerate(mentions):
            if mention.value.kind is not PersonsKind.NAMED:
                continue
            told = {*mention.value.groups, *_apposed(sentence.tokens, mentions, number, lexicon)}
            for part in _name_parts(sentence.tokens, mention):
                roles.setdefault(part, set()).update(told)
    result: list[Mention[Persons]] = []
    for sentence, mentions in zip(sentences, by_sentence, strict=True):
        for mention in mentions:
            value = mention.value
            if value.kind is PersonsKind.NAMED and not value.groups:
                parts = _name_parts(sentence.tokens, mention)
                told = roles.get(parts[-1], set()) if parts else set()
                groups = tuple(group for group in Group if group in told)
                mention = Mention(span=mention.span, value=replace(value, groups=groups))
            result.append(mention)
    return tuple(result)


def without_repeats(
    sentences: Sequence[Sentence], found: Sequence[Mention[Persons]]
) -> tuple[Mention[Persons], ...]:
    """Return the people with one mention for each pair in apposition.

    "A man, Jo Roe," keeps the phrase with the quantity, "the group's leader, Jo Roe," and "Jo Roe, a
    reporter," keep the name.
    """
    result: list[Mention[Persons]] = []
    for sentence, mentions in zip(sentences, _by_sentence(sentences, found), strict=True):
        dropped: set[int] = set()
        for number in range(1, len(mentions)):
            one, two = mentions[number - 1 : number + 1]
            kinds = (one.value.kind, two.value.kind)
            between = [t.text for t in sentence.tokens if one.span.end <= t.span.start < two.span.start]
            if number - 1 in dropped:
                continue
            beside = len(between) <= CLOSE and _is_told_again(one.value, two.value)
            if not (_apposes(between) or (beside and _hangs_on(sentence, two, one))):
                continue
            if kinds == (PersonsKind.SINGLE, PersonsKind.NAMED) and between == [","]:
                dropped.add(number)
            elif kinds == (PersonsKind.DEFINITE, PersonsKind.NAMED) and between == [","]:
                dropped.add(number - 1)
            elif _is_told_again(one.value, two.value) and _hangs_on(sentence, two, one):
                named = kinds == (PersonsKind.DEFINITE, PersonsKind.DEFINITE) and _holds_name(sentence, two)
                dropped.add(number - 1 if named else number)
        result += [mention for number, mention in enumerate(mentions) if number not in dropped]
    return tuple(result)


def _is_told_again(one: Persons, two: Persons) -> bool:
    """Say whether an apposition may tell one person again: "Jane Roe, the first teacher", "one, a nurse"."""
    return one.count.high == 1 and one.kind is not PersonsKind.SINGLE and two.kind in TOLD


def _holds_name(sentence: Sentence, mention: Mention[Persons]) -> bool:
    """Say whether a phrase ends in a person's name: "the activist Jane Roe"."""
    return any(t.name.endswith("-PER") and mention.span.contains(t.span) for t in sentence.tokens)


def _apposes(between: Sequence[str]) -> bool:
    """Say whether nothing but a comma, or an age between commas, stands between two phrases."""
    marks = [text for text in between if text in {",", "–", "—", "-", "("}]
    return bool(marks) and all(text in marks or text.isdecimal() for text in between)


def _hangs_on(sentence: Sentence, mention: Mention[Persons], other: Mention[Persons]) -> bool:
    """Say whether a tree makes ``mention`` an apposition to ``other``; without one, that is unknown."""
    tokens = sentence.tokens
    return any(
        token.dep == "appos"
        and token.head is not None
        and mention.span.contains(token.span)
        and other.span.contains(tokens[token.head].span)
        for token in tokens
    )


def _by_sentence(
    sentences: Sequence[Sentence], found: Sequence[Mention[Persons]]
) -> list[list[Mention[Persons]]]:
    """Return the mentions of each sentence; both are in reading order."""
    result: list[list[Mention[Persons]]] = []
    position = 0
    for sentence in sentences:
        here: list[Mention[Persons]] = []
        while position < len(found) and found[position].span.start < sentence.span.end:
            here.append(found[position])
            position += 1
        result.append(here)
    return result


def _name_parts(tokens: Sequence[Token], mention: Mention[Persons]) -> list[str]:
    """Return the words of a name that can stand for it."""
    noun = mention.value.noun or mention.span
    return [
        token.text
        for token in tokens
        if noun.start <= token.span.start < noun.end and len(token.text) > 1 and token.lower not in PARTICLES
    ]


def _apposed(
    tokens: Sequence[Token], mentions: Sequence[Mention[Persons]], number: int, lexicon: Lexicon
) -> set[Group]:
    """Return what stands in apposition to a name: "Jane Roe, 47, a reporter", "the reporter, Jane Roe"."""
    mention = mentions[number]
    if number and mentions[number - 1].value.kind in TOLD | COUNTING:
        before = mentions[number - 1]
        between = [t for t in tokens if before.span.end <= t.span.start < mention.span.start]
        if [t.text for t in between] in ([","], [":"]) and before.value.groups:
            return set(before.value.groups)
    after = next((n for n, t in enumerate(tokens) if t.span.start >= mention.span.end), len(tokens))
    start = _appositive(tokens, after)
    if start is None or start >= len(tokens):
        return set()
    if tokens[start].lower in {"a", "an", "the"}:
        start += 1
    noun = read_noun(tokens, start, lexicon)
    if noun is None or not noun.certain or noun.first == noun.last:
        return set()
    head = tokens[noun.last - 1].lower
    return set(noun.groups) if head in lexicon.people.singular else set()


def _appositive(tokens: Sequence[Token], index: int) -> int | None:
    """Return where an apposition or a predicate noun starts after a name that ends before ``index``."""
    if index >= len(tokens):
        return None
    if tokens[index].lower in {"is", "was"}:
        return index + 1 if index + 1 < len(tokens) and tokens[index + 1].lower in {"a", "an"} else None
    if tokens[index].text not in {",", "("}:
        return None
    position = index + 1
    if (
        position + 1 < len(tokens)
        and tokens[position].text.isdecimal()
        and tokens[position + 1].text in {",", ")"}
    ):
        position += 2
    return position
