"""What the words of a phrase state of the people it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cairn.lexicon import Lexicon
from cairn.records import Group, Token

SIDES = frozenset({Group.COMBATANT, Group.INSURGENT, Group.POLICE, Group.WORKER})
"""Sides in a modifier ("army doctors", "rebel fighters") qualify a head that states nothing more."""
TRADES = frozenset({Group.MEDICAL, Group.JOURNALIST, Group.AID_WORKER})
"""Trades in a modifier ("health workers") say what kind of workers, and nothing of other heads."""
NO_NOUN = frozenset({"VERB", "AUX", "ADV", "ADJ", "PUNCT", "NUM", "ADP", "DET", "PRON"})
AGE = re.compile(r"(\d{1,3}|[a-z]+)-(year|yr|month|week|day)s?-olds?", re.IGNORECASE)
ADULT_AGE = 18  # years; Convention on the Rights of the Child, article 1
BELONGING_REACH = 9  # tokens of "the so-called X front terrorist group" after "members of"
LEADING = frozenset({Group.COMBATANT, Group.OFFICIAL})


def head_groups(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> frozenset[Group] | None:
    """Return the groups of the noun for people that ends at ``index``; ``None`` when it is no such noun.

    A noun of two words ("aid workers") wins over its last word alone, and the last part of a hyphened word
    ("ex-policeman") is enough. Unknown nouns with an ending that mostly makes people ("machinists") and
    plural names of peoples ("Kenyans") count as unspecified people.
    """
    people = lexicon.people
    token = tokens[index]
    word = token.lower
    if token.head is not None and token.pos in {"VERB", "AUX"}:
        return None  # "police guard the road": a tree tells the verb from the noun
    if index:
        pair = f"{tokens[index - 1].lower} {word}"
        if pair in people.plural or pair in people.singular:
            return people.plural.get(pair) or people.singular[pair]
    for form in (word, word.rpartition("-")[2]):
        if form in people.plural:
            return people.plural[form]
        if form in people.singular:
            return people.singular[form]
    if is_people_name(token, lexicon) and word.endswith("s"):
        return frozenset({Group.UNSPECIFIED})
    if word in people.things or token.pos in NO_NOUN:
        return None
    stem = word.removesuffix("s")
    if len(word) > 5 and word.endswith("s") and stem.endswith(people.suffixes):
        return frozenset({Group.UNSPECIFIED})
    return None


def is_people_name(token: Token, lexicon: Lexicon) -> bool:
    """Say whether the word names a people or what belongs to it: "Kenyan", "Kenyans", "Kurdish"."""
    named = token.text[:1].isupper()
    return named and (token.lower in lexicon.geography.peoples or token.lower in lexicon.people.peoples)


def phrase_groups(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> tuple[Group, ...]:
    """Return the groups that tokens ``[first, last)`` state, in the order of the contract's list.

    Every coordinated head counts; a modifier adds its group where it states something of the person
    ("displaced women") and not only of the side ("army doctors"). After "members of" and the like, what
    they belong to counts too.
    """
    found = _heads(tokens, first, last, lexicon)
    for index in range(first, last - 1):
        modifier = lexicon.people.modifiers.get(tokens[index].lower)
        if modifier:
            found = _with_modifier(found, modifier)
    if _fights_for_movement(tokens, first, last, lexicon):
        found = _with_modifier(found, Group.INSURGENT)
    if any(_is_child_age(tokens[index].lower) for index in range(first, last)):
        found.add(Group.CHILD)
    found = _belonging(tokens, last, found, lexicon)
    return tuple(group for group in Group if group in found)


def _heads(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> set[Group]:
    """Return the groups of the head nouns; a singular noun before another head is a modifier."""
    found: set[Group] = set()
    for index in range(first, last):
        groups = head_groups(tokens, index, lexicon)
        following = head_groups(tokens, index + 1, lexicon) if index + 1 < last else None
        if groups and not (following and tokens[index].lower in lexicon.people.singular):
            found |= groups
    found.discard(Group.UNSPECIFIED)
    return found


def _with_modifier(found: set[Group], modifier: Group) -> set[Group]:
    """Return ``found`` with what a modifier adds to it."""
    if modifier in TRADES and found == {Group.WORKER}:
        return {modifier}
    if modifier in SIDES | TRADES and found:
        adds_side = modifier is Group.INSURGENT and bool(found & LEADING)
        adds_force = modifier is Group.POLICE and found == {Group.OFFICIAL}
        return found | {modifier} if adds_side or adds_force else found
    return found | {modifier}


def _fights_for_movement(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether a movement's name, or "opposition" before "fighters", stands among the modifiers."""
    people = lexicon.people
    if tokens[last - 1].lower in people.fighter_heads and any(
        tokens[index].lower in people.fighter_modifiers for index in range(first, last - 1)
    ):
        return True
    return _names_movement(tokens, first, last - 1, lexicon)


def _names_movement(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether the name of an armed movement stands in tokens ``[first, last)``."""
    longest = max(map(len, lexicon.people.movements))
    for start in range(first, last):
        if not tokens[start].text[:1].isupper() and "-" not in tokens[start].text:
            continue
        for end in range(start + 1, min(last, start + longest) + 1):
            words = tuple(token.lower for token in tokens[start:end])
            short = end - start == 1 and len(words[0]) <= 3 and not tokens[start].text.isupper()
            if words in lexicon.people.movements and not short:
                return True
    return False


def _is_child_age(word: str) -> bool:
    """Say whether "12-year-old" or "five-month-old" is the age of a child; ages in words are left alone."""
    age = AGE.fullmatch(word)
    if age is None:
        return False
    number, unit = age.groups()
    return unit.lower() in {"month", "week", "day"} or (number.isdecimal() and int(number) < ADULT_AGE)


def _belonging(tokens: Sequence[Token], last: int, found: set[Group], lexicon: Lexicon) -> set[Group]:
    """Return ``found`` with what the words after "members of" state; a leader of rebels is one of them."""
    inside = 0 < last < len(tokens) - 1
    if not inside or tokens[last - 1].lower not in lexicon.people.belonging:
        return found
    if tokens[last].lower not in {"of", "from"}:
        return found
    end = last + 1
    while end < min(len(tokens), last + BELONGING_REACH):
        token = tokens[end]
        clause = token.pos in {"VERB", "AUX", "SCONJ", "PRON"} or token.lower in {",", ".", ";", "and", ":"}
        if clause or (token.pos == "ADP" and token.lower != "of"):
            break
        end += 1
    side = _heads(tokens, last + 1, end, lexicon)
    side |= {
        lexicon.people.modifiers[token.lower]
        for token in tokens[last + 1 : end]
        if token.lower in lexicon.people.modifiers
    }
    if _names_movement(tokens, last + 1, end, lexicon):
        side.add(Group.INSURGENT)
    if Group.INSURGENT in side:
        return (found - LEADING) | {Group.INSURGENT}
    side &= (SIDES | TRADES | {Group.RELIGIOUS, Group.STUDENT, Group.PEACEKEEPER}) - {Group.INSURGENT}
    return found | side if not found & SIDES else found
