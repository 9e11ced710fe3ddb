"""Noun phrases that can act: where one begins and ends, and what kind of actor it names."""

from __future__ import annotations

from enum import StrEnum

from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import Group, Span

NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
LONGEST = 9  # tokens of a party's name
INSIDE = frozenset({"'s", "'", "-"})
ARMED = frozenset({Group.COMBATANT, Group.INSURGENT})
"""Groups of people that fight; no difference is made between the sides."""


class Kind(StrEnum):
    """What a phrase names that can do harm."""

    POLICE = "police"
    ARMED = "armed"
    """A force, a side, a group: "the army", "rebels", "gunmen"."""
    LONE = "lone"
    """One who is known by the deed alone: "a suicide bomber", "the kidnappers"."""
    STATE = "state"
    """A country, or the adjective of one: "Iran", "US air strikes"."""
    NAMED = "named"
    PERSON = "person"
    CRAFT = "craft"
    """What acts for a party: "warplanes"."""
    PRONOUN = "pronoun"
    GROUP = "group"
    """A word for a body named before: "the group"."""


def subtree_phrase(view: View, head: int) -> tuple[int, int]:
    """Return the tokens of the noun phrase around ``head``, without determiner, clauses and most "of".

    What follows "of" belongs to the phrase only after a word that counts members: "units of the army".
    """
    tokens = view.tokens
    first = head
    while first > 0 and head - first < LONGEST:
        before = first - 1
        inside = view.word(before) in INSIDE and first > 1
        if not inside and not (
            (view.pos(before) in NAMING or tokens[before].dep in {"amod", "compound", "flat"})
            and (tokens[before].head is None or head in ancestors(tokens, before))
            and tokens[before].dep not in {"appos", "parataxis", "nsubj", "obl", "obl:unmarked"}
        ):
            break
        first = before
    while first > 0 and tokens[first].name.startswith("I-") and head - first < 2 * LONGEST:
        first -= 1  # a name is taken whole
    while first < head and (view.word(first) in INSIDE or view.pos(first) == "DET"):
        first += 1
    last = head + 1
    while (
        last < len(tokens)
        and last - head < LONGEST
        and (
            tokens[last].dep == "flat"
            or (tokens[last].name.startswith("I-") and tokens[last - 1].name[2:] == tokens[last].name[2:])
        )
    ):
        last += 1
    return first, last


def with_members(view: View, last: int, head: int, lexicon: Lexicon) -> int:
    """Return where the phrase ends when "of" and whose members they are is taken in."""
    if view.word(head) not in lexicon.means.membership or view.word(last) not in {"of", "from"}:
        return last
    index = last + 1
    while (
        index < len(view.tokens)
        and index - last < LONGEST
        and (view.pos(index) in NAMING | {"DET"} or view.word(index) in INSIDE)
    ):
        index += 1
    while index > last + 1 and view.pos(index - 1) not in {"NOUN", "PROPN"}:
        index -= 1
    return index if index > last + 1 else last


def kind_of(view: View, first: int, last: int, lexicon: Lexicon) -> Kind | None:
    """Return what kind of actor the phrase ``[first, last)`` names; ``None`` when nothing in it can act."""
    head = view.tokens[last - 1]
    word, people, means = head.lower, lexicon.people, lexicon.means
    if head.pos == "PRON" and word in lexicon.speech.pronouns:
        return Kind.PRONOUN
    words = [token.lower for token in view.tokens[first:last]]
    if _lone(words, means.lone):
        return Kind.LONE
    if word in means.craft:
        return Kind.CRAFT
    if (word in means.bodies) and last - first == 1:
        return Kind.GROUP
    if (
        word in means.watching
        or word in means.suffering
        or ((word,) in means.means and word not in means.actors)
    ):
        return None
    if clipped(word, lexicon):
        return Kind.ARMED
    if head.name.endswith("PER") and not _movement(words, people.movements) and word not in means.actors:
        return Kind.PERSON
    groups = people.plural.get(word, frozenset()) | people.singular.get(word, frozenset())
    if (
        Group.POLICE in groups
        or words[-1] == "police"
        or (words[0] == "police" and _acts(word, groups, lexicon))
    ):
        return Kind.POLICE
    if (
        (word in means.actors and word not in means.bodies)
        or groups & ARMED
        or _movement(words, people.movements)
    ):
        return Kind.ARMED
    if (word,) in means.targets or (word in people.things and word not in means.bodies):
        return Kind.NAMED if head.name.endswith("ORG") else None
    if is_state(view, last - 1, lexicon):
        return Kind.STATE
    if groups or (head.name.endswith("PER")):
        return Kind.PERSON
    if word in means.bodies:
        fights = any(
            w in means.actors or w in people.modifiers or w in {"armed", "terror"} for w in words[:-1]
        )
        return Kind.ARMED if fights else Kind.NAMED
    if word in lexicon.speech.bodies:
        return Kind.NAMED
    if (word,) in means.means or word in means.events:
        return None
    if head.text[:1].isupper() and head.pos == "PROPN" and head.name.endswith("ORG"):
        return Kind.NAMED
    return None


def is_state(view: View, index: int, lexicon: Lexicon) -> bool:
    """Say whether a token is the name of a country or the word for its people."""
    token = view.tokens[index]
    if not token.text[:1].isupper():
        return False
    geography = lexicon.geography
    lower = token.lower
    return (
        token.text in geography.countries
        or lower in geography.countries
        or lower in geography.peoples
        or lower in lexicon.people.peoples
    )


def is_adjective(view: View, index: int, lexicon: Lexicon) -> bool:
    """Say whether a word for a country can stand before what it does: "Russian", "US", not "Syria"."""
    token = view.tokens[index]
    return (
        token.lower in lexicon.geography.peoples
        or token.lower in lexicon.people.peoples
        or (token.text.replace(".", "").isupper() and len(token.text.replace(".", "")) <= 3)
    )


def _acts(word: str, groups: frozenset[Group], lexicon: Lexicon) -> bool:
    """Say whether a head names people or a body of people: "police officers", not "police station"."""
    people, means, speech = lexicon.people, lexicon.means, lexicon.speech
    return (
        bool(groups)
        or any(
            word in known
            for known in (people.plural, people.singular, means.actors, means.bodies, means.membership)
        )
        or word in speech.persons
        or word in speech.bodies
    )


def _lone(words: list[str], lone: frozenset[str]) -> bool:
    return words[-1] in lone


def clipped(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word is a party's that lost its apostrophe: "the regimes helicopter"."""
    return word.endswith("s") and word[:-1] in lexicon.means.actors and word not in lexicon.means.actors


def _movement(words: list[str], movements: frozenset[tuple[str, ...]]) -> bool:
    """Say whether a phrase ends with the name of a movement."""
    joined = " ".join(words).replace(" - ", "-")
    return any(tuple(words[start:]) in movements for start in range(len(words))) or any(
        (name,) in movements for name in joined.split()[-1:]
    )


def span_of(view: View, first: int, last: int) -> Span:
    """Return the characters of the tokens ``[first, last)``."""
    return view.tokens[first].span.to(view.tokens[last - 1].span)
