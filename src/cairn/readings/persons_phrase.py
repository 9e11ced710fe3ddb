"""Read the noun phrase of people: its modifiers, its head, and what is coordinated to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.lexicon import Lexicon
from cairn.readings.groups import AGE, head_groups, is_people_name, phrase_groups
from cairn.records import Group, Role, Token

MORE = frozenset({"more", "other", "additional", "further", "others", "fellow"})
INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "NUM", "ADV"})
"""Word classes that can stand before the head noun; verbs as participles, adverbs before adjectives."""
QUANTIFYING = frozenset({"nummod", "det", "amod", "nmod", "advmod"})
LONGEST_PHRASE = 12  # tokens; longer runs without a noun for people are no phrase


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase without its quantity: tokens ``[first, last)``, head included; empty for a thing.

    Attributes:
        certain: the head is known to mean people.
    """

    first: int
    last: int
    groups: tuple[Group, ...]
    certain: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class _Best:
    """The likeliest head so far, up to token ``last``.

    Attributes:
        known: it is a noun for people.
        firm: nothing but another such noun can follow it; the name of a people can be an adjective.
    """

    last: int
    known: bool
    firm: bool


def read_noun(
    tokens: Sequence[Token], start: int, lexicon: Lexicon, quantity: int | None = None
) -> Noun | None:
    """Read modifiers and head from ``start``.

    Args:
        tokens: of one sentence.
        start: first token after the quantity or determiner.
        lexicon: nouns for people and things.
        quantity: last token of the quantity; where the sentence is parsed, the noun that it hangs on is
            the head, whatever stands between.

    Returns:
        The phrase; empty when it is a thing, ``None`` when no noun follows.
    """
    noun = _scanned(tokens, start, lexicon)
    head = None if quantity is None else _governor(tokens, quantity, start)
    if head is None or (noun is not None and noun.last == head + 1):
        return noun
    if _is_thing(tokens[head], lexicon):
        return _thing(start)
    if head_groups(tokens, head, lexicon) is not None or is_people_name(tokens[head], lexicon):
        if noun is not None and noun.certain and noun.first < noun.last and noun.last > head + 1:
            return noun  # coordinated to the head
        return _noun(tokens, start, head + 1, lexicon, certain=True)
    beyond = noun is None or not noun.certain or head >= noun.last
    plain = all(token.pos in INSIDE | {"PART"} or token.text == "-" for token in tokens[start:head])
    if beyond and plain and tokens[head].pos in {"NOUN", "PROPN"}:
        return _noun(tokens, start, head + 1, lexicon, certain=False)
    return noun


def _governor(tokens: Sequence[Token], quantity: int, start: int) -> int | None:
    """Return the token after ``start`` that the quantity hangs on; ``None`` in an unparsed sentence."""
    token = tokens[quantity]
    if token.head is None or token.dep not in QUANTIFYING or not start <= token.head < start + LONGEST_PHRASE:
        return None
    return token.head


def _thing(start: int) -> Noun:
    return Noun(start, start, (), certain=False, plural=False)


def _noun(tokens: Sequence[Token], start: int, last: int, lexicon: Lexicon, *, certain: bool) -> Noun:
    """Return the phrase over ``[start, last)`` and the people coordinated to it."""
    last = _joined(tokens, last, lexicon) if certain else last
    head = tokens[last - 1].lower
    plural = head.endswith("s") or head in lexicon.people.plural
    return Noun(start, last, phrase_groups(tokens, start, last, lexicon), certain=certain, plural=plural)


def _scanned(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> Noun | None:
    """Read the phrase word by word: it ends where no modifier or head can follow."""
    index = start
    best: _Best | None = None
    while index < min(len(tokens), start + LONGEST_PHRASE):
        token = tokens[index]
        word = token.lower
        known = head_groups(tokens, index, lexicon) is not None
        if best and best.firm and not known and not _goes_on(tokens, index, lexicon):
            if _is_thing_after_modifier(tokens, index, lexicon):
                return _thing(start)
            break  # a noun for people was met and what follows is none
        if best and best.firm and known and _closes(tokens, index - 1, lexicon):
            break  # "two men soldiers held": plural after plural is another phrase
        if not known and _says_harm(tokens, index, lexicon):
            break  # "more than 70 wounded": the harm is no part of the noun phrase
        if known:
            best = _Best(index + 1, known=True, firm=True)
        elif is_people_name(token, lexicon) or AGE.fullmatch(word):
            best = _Best(index + 1, known=True, firm=False)
        elif word in MORE and best is None:
            best = _Best(index + 1, known=True, firm=True) if word == "others" else best
        elif (
            (token.pos == "PART" and index > start) or word == "-" or _joins_modifiers(tokens, index, lexicon)
        ):
            pass  # "Syria's", inside the modifiers
        elif token.pos not in INSIDE or not _continues(tokens, index, lexicon):
            break
        elif token.pos in {"NOUN", "PROPN"}:
            best = _Best(index + 1, known=False, firm=False)
        index += 1
    if best is None:
        return None
    if not best.known and _is_thing(tokens[best.last - 1], lexicon):
        return _thing(start)
    return _noun(tokens, start, best.last, lexicon, certain=best.known)


def _is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Say whether a noun means no people: a thing or a unit."""
    return token.lower in lexicon.people.things or token.lower in lexicon.quantities.units


def _closes(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether the noun at ``index`` ends its phrase: a plural that is no modifier ("women voters")."""
    word = tokens[index].lower
    people = lexicon.people
    return word in people.plural and word not in people.singular and word not in people.modifiers


def _goes_on(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether the noun before ``index`` modifies a later one: "two female aid workers"."""
    before = tokens[index - 1].lower
    if before not in lexicon.people.modifiers or before in lexicon.people.plural:
        return False
    for position in range(index, min(len(tokens) - 1, index + 3)):
        if tokens[position].pos not in {"ADJ", "NOUN", "PROPN"}:
            return False
        if head_groups(tokens, position + 1, lexicon) is not None:
            return True
    return False


def _is_thing_after_modifier(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether a thing follows a noun that can modify it: "two police stations"."""
    before = tokens[index - 1].lower
    return tokens[index].lower in lexicon.people.things and before in lexicon.people.singular


def _joins_modifiers(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether "and" joins two modifiers of one noun: "Bosniak and Croat civilians"."""
    if tokens[index].lower not in {"and", "or"} or not 0 < index < len(tokens) - 2:
        return False
    sides = (tokens[index - 1], tokens[index + 1])
    adjectives = all(side.pos == "ADJ" or is_people_name(side, lexicon) for side in sides)
    return adjectives and head_groups(tokens, index + 2, lexicon) is not None


def _says_harm(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether a word of harm stands here with no noun for people right after it."""
    phrases = lexicon.harms.phrases.get(tokens[index].lower, ())
    verbal = any(phrase.role in {Role.OBJECT, Role.SUBJECT, Role.PREDICATE} for phrase in phrases)
    following = [i for i in (index + 1, index + 2) if i < len(tokens)]
    return verbal and not any(head_groups(tokens, i, lexicon) is not None for i in following)


def _continues(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether a verb or adverb form at ``index`` is a modifier of a noun that follows."""
    token = tokens[index]
    if token.pos not in {"VERB", "ADV"}:
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and (
        head_groups(tokens, index + 1, lexicon) is not None or following.pos == "ADJ"
    )


def _joined(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int:
    """Extend "patients" over "and medical staff": one quantity over coordinated nouns is one phrase."""
    while last + 1 < len(tokens) and tokens[last].lower in {"and", "or", "&"}:
        index = last + 1
        while (
            index < len(tokens)
            and index < last + 5
            and tokens[index].pos in {"ADJ", "NOUN", "PROPN"}
            and head_groups(tokens, index, lexicon) is None
        ):
            index += 1
        if index >= len(tokens) or index >= last + 5 or head_groups(tokens, index, lexicon) is None:
            break
        while index + 1 < len(tokens) and head_groups(tokens, index + 1, lexicon) is not None:
            index += 1
        last = index + 1
    return last
