"""Settle what a verb leaves open by what the report tells elsewhere.

"The three were held for a week" tells neither an arrest nor an abduction, and "the tailor was shot" not
whether he lived. The words nearest that do tell settle the first, what is told of the same person the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cairn.claims.bind import Binding
from cairn.claims.takers import is_open
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import Harm, PersonsKind, Role

NEAR = 2  # sentences around one that shoots in which a killing makes the shot dead
TAKEN = frozenset({Harm.ABDUCTED, Harm.DETAINED})


@dataclass(frozen=True, slots=True)
class _Told:
    """What a report tells: who was taken how, by sentence and token; who died; where one is said to live."""

    taking: Sequence[tuple[int, int, Harm]]
    dead: frozenset[str]
    known_dead: frozenset[str]
    killing: frozenset[int]
    alive: frozenset[int]


def with_outcomes(
    bound: Sequence[list[Binding]], views: Sequence[View], lexicon: Lexicon
) -> list[list[Binding]]:
    """Return the bindings of each sentence with the harms that the rest of the report settles.

    Args:
        bound: what the words of each sentence bind.
        views: the sentences.
        lexicon: says which verbs leave the harm open.
    """
    taking = [
        (view.number, cue.first, cue.value.harm)
        for view in views
        for cue in view.cues
        if cue.value.harm in TAKEN and cue.value.lemma not in lexicon.harms.taking
    ]
    killed = [binding for each in bound for binding in each if binding.harm is Harm.KILLED]
    told = _Told(
        taking=taking,
        dead=frozenset(name for b in killed for name in _names(b)),
        known_dead=frozenset(name for b in killed if not _is_new(b) for name in _names(b)),
        killing=frozenset(v.number for v in views if any(c.value.harm is Harm.KILLED for c in v.cues)),
        alive=frozenset(v.number for v in views if lexicon.harms.survived & {t.lower for t in v.tokens}),
    )
    return [_once([_settled(b, told, lexicon, _dies(b, each)) for b in each]) for each in bound]


def _dies(binding: Binding, beside: Sequence[Binding]) -> bool:
    """Say whether the sentence goes on to tell a death of nobody else: "was hit in the neck and died"."""
    others = {each.cue.first for each in beside if each.persons.first != binding.persons.first}
    return any(
        cue.value.role is Role.SUBJECT
        and cue.value.harm is Harm.KILLED
        and cue.first > binding.cue.first
        and cue.first not in others
        for cue in binding.view.cues
    )


def _settled(binding: Binding, told: _Told, lexicon: Lexicon, dies: bool) -> Binding:
    """Return a binding with the harm that the report tells of what its verb leaves open."""
    here = binding.view.number
    if told.taking and is_open(binding.view, binding.cue, lexicon):
        at = binding.cue.first
        nearest = min(told.taking, key=lambda each: (abs(each[0] - here), abs(each[1] - at)))
        by_force = binding.cue.value.lemma in lexicon.harms.moving
        if by_force and any(harm is Harm.ABDUCTED for _, _, harm in told.taking):
            return replace(binding, harm=Harm.ABDUCTED)
        return replace(binding, harm=nearest[2])
    if binding.harm is Harm.INJURED and binding.cue.value.lemma in lexicon.harms.mortal:
        lived = told.alive & {here, here + 1}
        near = told.killing & set(range(here - NEAR, here + NEAR + 1))
        shot = binding.cue.value.lemma in lexicon.harms.deadly and near and not lived
        dead = told.known_dead if _is_new(binding) else told.dead
        if dies or shot or dead.intersection(_names(binding)):
            return replace(binding, harm=Harm.KILLED)
    return binding


def _is_new(binding: Binding) -> bool:
    """Say whether a phrase brings somebody in: "an inmate" is not the inmate told before."""
    return binding.persons.value.kind is PersonsKind.SINGLE


def _names(binding: Binding) -> tuple[str, ...]:
    """Return the words by which a report tells one person again: the last of a name, the noun of a phrase."""
    persons = binding.persons.value
    if persons.noun is None or persons.count.high != 1:
        return ()
    view = binding.view
    words = [token.lower for token in view.tokens if persons.noun.contains(token.span)]
    return (words[-1],) if words else ()


def _once(bound: list[Binding]) -> list[Binding]:
    """Return the bindings without those that tell a harm of a phrase again."""
    first = {(each.persons.first, each.harm): each for each in reversed(bound)}
    return [each for each in bound if first[each.persons.first, each.harm] is each]
