"""Find the parties that a sentence makes doers of harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.claims.view import View
from cairn.claims.weapons import find_weapons
from cairn.lexicon import Lexicon
from cairn.records import Role, Span, Voice

NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
LONGEST = 9  # tokens of a party's name
BEFORE_VERB = frozenset({"AUX", "ADV", "PART"})


@dataclass(frozen=True, slots=True)
class Party:
    """A party told as a doer, and what makes it one."""

    span: Span
    role: str


def find_parties(view: View, lexicon: Lexicon) -> Iterator[Party]:
    """Yield the doers of a sentence: after "by", before verbs of harm and attack, before the means.

    Weapons and events at the end of a phrase are cut off; a phrase in which nothing can act is none.
    """
    seen: set[Span] = set()
    for party in _candidates(view, lexicon):
        if party is not None and party.span not in seen:
            seen.add(party.span)
            yield party


def _candidates(view: View, lexicon: Lexicon) -> Iterator[Party | None]:
    words = len(view.tokens)
    for index in range(words):
        if view.word(index) == "by":
            yield _party(view, index + 1, _phrase_end(view, index + 1), lexicon, "after-by")
        if (
            view.word(index) in {"with", "between", "against"}
            and index
            and (view.word(index - 1) in lexicon.means.clashing)
        ):
            yield _party(view, index + 1, _phrase_end(view, index + 1), lexicon, "fought-with")
        if view.word(index) in lexicon.means.doing and view.pos(index) == "VERB":
            yield _party(view, _phrase_start(view, index), index, lexicon, "subject-of-attack")
        if view.word(index) in {"blamed", "accused", "blames", "accuses", "blaming", "accusing"}:
            yield _party(view, index + 1, _phrase_end(view, index + 1), lexicon, "blamed")
    for cue in view.cues:
        if cue.value.role is Role.OBJECT and cue.value.voice is not Voice.PASSIVE:
            yield _party(view, _phrase_start(view, cue.first), cue.first, lexicon, "subject-of-harm")
    for weapon in find_weapons(view, lexicon):
        first = view.index_of(weapon.span.start)
        last = view.index_of(weapon.span.end - 1) + 1
        start = first
        while (
            start > 0
            and first - start < LONGEST
            and (view.pos(start - 1) in {"NOUN", "PROPN", "ADJ"} or view.word(start - 1) in {"'s", "-", "or"})
        ):
            start -= 1
        yield _party(view, start, last, lexicon, "before-means")


def _names(view: View, index: int) -> bool:
    """Say whether a token can stand inside a name: by its class, or as a modifier in the tree."""
    if not 0 <= index < len(view.tokens):
        return False
    return view.pos(index) in NAMING or view.tokens[index].dep in {"amod", "compound", "flat"}


def _phrase_end(view: View, first: int) -> int:
    last = first
    while last < len(view.tokens) and last - first < LONGEST:
        word = view.word(last)
        goes_on = word in {"of", "and", "or"} and last > first and view.pos(last + 1) in NAMING | {"DET"}
        if _names(view, last) or word in {"'s", "-", "the", "a", "an"} or goes_on:
            last += 1
        else:
            break
    return last


def _phrase_start(view: View, end: int) -> int:
    index = end
    while index > 0 and view.pos(index - 1) in BEFORE_VERB:
        index -= 1
    first = index
    while first > 0 and index - first < LONGEST:
        word = view.word(first - 1)
        goes_on = word in {"of", "and", "or"} and view.pos(first - 2) in NAMING
        if _names(view, first - 1) or view.pos(first - 1) == "DET" or word in {"'s", "-"} or goes_on:
            first -= 1
        else:
            break
    return first


def _party(view: View, first: int, last: int, lexicon: Lexicon, role: str) -> Party | None:
    """Cut a phrase to the party in it; ``None`` when nothing in it can act."""
    while last > first and view.pos(last - 1) in BEFORE_VERB:
        last -= 1
    while first < last and (view.pos(first) in {"DET"} or not view.word(first)[:1].isalnum()):
        first += 1
    while last > first and (
        view.word(last - 1) in lexicon.means.events
        or view.word(last - 1) in {"'s", "'", "of", "and", "or", "the", "-"}
        or ((view.word(last - 1),) in lexicon.means.means and view.word(last - 1) not in lexicon.means.actors)
    ):
        last -= 1
    if first >= last or view.word(last - 1) in lexicon.speech.pronouns:
        return None
    if not _can_act(view, first, last, lexicon):
        return None
    return Party(view.tokens[first].span.to(view.tokens[last - 1].span), role)


def _can_act(view: View, first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether the head of a phrase is one that acts: people, a body, a party, or a name of such.

    Places and things that are hit are none: nobody is blamed because the words stand close together.
    """
    head = view.tokens[last - 1]
    word = head.lower
    people = lexicon.people
    if any(view.pos(index) in {"VERB", "AUX"} and not _names(view, index) for index in range(first, last)):
        return False
    if word in people.plural or word in people.singular or word in lexicon.means.actors:
        return True
    if (word,) in lexicon.means.targets or word in people.things:
        return False
    if word in lexicon.speech.bodies:
        return True
    return head.text[:1].isupper() and not head.name.endswith("LOC")
