"""Phrases that name who takes part in an act: which can act, which are weapons, which words name them."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.claims.acting import is_adjective, is_state, kind_of, subtree_phrase, with_members
from cairn.claims.events.clauses import with_case
from cairn.claims.reach import COUNTING
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import EventType, Means, Span

LONGEST_OWNER = 6  # tokens from a noun to the name of whose it is
LEADING = frozenset({"DET", "PUNCT", "NUM", "PART"})
"""Word classes that a party's name does not begin with."""
GENERAL = frozenset({Means.CLASHES, Means.ACCIDENT, Means.DISASTER})
"""Means whose words tell a state of things rather than what somebody does: "war", "unrest", "floods"."""
SUFFERED = frozenset(
    {"arrest", "abduct", "beat", "torture", "targeted", "sexual", "convict", "expel", "release", "deport"}
)
"""Modes of acts that a person undergoes."""
PRONOUNS = frozenset(
    {
        *("he", "she", "it", "they", "we", "i", "him", "her", "them", "his", "its", "their"),
        *("who", "which", "that"),
    }
)


def can_act(view: View, head: int, lexicon: Lexicon) -> bool:
    """Say whether a phrase names somebody who can act: a party, a person, a place that stands for one."""
    if not 0 <= head < len(view.tokens):
        return False
    token = view.tokens[head]
    if token.pos == "PRON":
        return token.lower in PRONOUNS
    if token.lower in lexicon.speech.vehicles:
        return False  # a report, a statement
    if token.name[2:] in {"PER", "ORG", "LOC"}:
        return True
    first, last = subtree_phrase(view, head)
    kind = kind_of(view, first, last, lexicon)
    word = token.lower
    return (
        kind is not None
        or word in lexicon.events.counting
        or is_state(view, head, lexicon)
        or word in lexicon.speech.persons
        or word in lexicon.speech.bodies
        or word in lexicon.events.parties
        or word in lexicon.events.actors
        or word in lexicon.people.plural
        or word in lexicon.people.singular
        or word in lexicon.means.actors
    )


def is_party(view: View, head: int, lexicon: Lexicon) -> bool:
    """Say whether a phrase names a party and not a place or thing."""
    first, last = subtree_phrase(view, head)
    return not view.tokens[head].name.endswith("LOC") and kind_of(view, first, last, lexicon) is not None


def is_weapon(view: View, index: int, lexicon: Lexicon) -> bool:
    """Say whether a word names what an attack is done with, or an attack."""
    word = view.word(index)
    means = lexicon.means.means.get((word,)) if word not in lexicon.means.actors else None
    return (
        word in lexicon.means.events
        or (means is not None and means not in GENERAL)
        or any(expression.act.type is EventType.ASSAULT for expression in lexicon.events.nouns.get(word, ()))
        or word in lexicon.events.series
        or word in lexicon.events.arms
    )


def is_suffered(view: View, noun: int, lexicon: Lexicon) -> bool:
    """Say whether the owner of a noun undergoes it: "his arrest", "the minister's murder"."""
    if any(True for _ in with_case(view, [noun], frozenset({"of"}))):
        return False
    known = lexicon.events.nouns.get(view.word(noun), ())
    personal = any(expression.act.mode in SUFFERED for expression in known)
    return personal or any(cue.first <= noun < cue.last for cue in view.cues)


def is_pronoun(view: View, head: int) -> bool:
    """Say whether the phrase at ``head`` is a pronoun, to be taken back to a name."""
    return view.pos(head) in {"PRON", "DET"}


def counted(view: View, head: int, lexicon: Lexicon) -> int:
    """Return what a number counts: "three of the four students"."""
    if view.pos(head) != "NUM" and view.word(head) not in lexicon.events.counting:
        return head
    return next(with_case(view, [head], frozenset({"of"})), head)


def phrase_of(view: View, head: int, lexicon: Lexicon) -> Span:
    """Return the words that name the party whose head stands at ``head``, determiner dropped.

    A person's name in apposition stands for the phrase around it: "Foreign Minister | Jane Roe". So does a
    body's right after a word for any body: "the group | Norland Front".
    """
    tokens = view.tokens
    for index, token in enumerate(tokens):
        body = token.name == "B-ORG" and index == head + 1 and view.word(head) in lexicon.means.bodies
        if token.head == head and token.dep in {"appos", "flat"} and (body or token.name == "B-PER"):
            last = index + 1
            while last < len(tokens) and tokens[last].name == f"I-{token.name[2:]}":
                last += 1
            return tokens[index].span.to(tokens[last - 1].span)
    first, last = subtree_phrase(view, head)
    person = next((at for at in range(first, last) if tokens[at].name == "B-PER"), None)
    if person is not None and tokens[head].name.endswith("PER"):
        first = person
    last = max(last, with_members(view, last, head, lexicon))
    for persons in view.persons:
        noun = persons.value.noun
        if persons.first <= head < persons.last and noun is not None and persons.value.kind in COUNTING:
            return noun
    last = max(last, _with_owner(view, head, lexicon))
    while first < last - 1 and (view.pos(first) in LEADING or not tokens[first].text[0].isalnum()):
        first += 1
    while last > first + 1 and not tokens[last - 1].text[-1].isalnum():
        last -= 1
    return tokens[first].span.to(tokens[last - 1].span)


def states_beside(view: View, head: int, lexicon: Lexicon) -> Iterator[int]:
    """Yield the states before a noun that its phrase leaves out: "Norlandic and Sudlandic warplanes"."""
    first = view.index_of(phrase_of(view, head, lexicon).start)
    for index in range(first):
        if is_state(view, index, lexicon) and is_adjective(view, index, lexicon):
            over = view.tokens[index].head
            linked = over in range(first, head + 1) and view.tokens[index].dep in {"amod", "compound", "nmod"}
            if linked and any(view.word(at) == "and" for at in range(index, first)):
                yield index


def _with_owner(view: View, head: int, lexicon: Lexicon) -> int:
    """Return where a phrase ends with whose or where it is: "the town of Tarn", "vehicles of the group"."""
    if view.tokens[head].name != "O":
        return head + 1
    for of in with_case(view, [head], frozenset({"of"})):
        named = view.tokens[of].name != "O" or can_act(view, of, lexicon)
        if 0 < subtree_phrase(view, of)[0] - head <= LONGEST_OWNER and named:
            return max(subtree_phrase(view, of)[1], of + 1)
    return head + 1
