"""Tell an arrest from an abduction by who takes somebody away: "police seized", "gunmen seized"."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.claims.view import At, View
from cairn.lexicon import Lexicon
from cairn.records import Cue, Group, Harm, Persons

ARMED = frozenset({Group.COMBATANT, Group.INSURGENT, Group.POLICE, Group.PERPETRATOR, Group.MAN})
PRONOUNS = frozenset({"they", "he", "she", "who", "that", "which"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})
"""Clauses that take the subject of the clause they hang on."""
OF_THE_NAME = frozenset({"amod", "compound", "nmod", "conj", "flat", "appos", "acl"})


def taken_as(view: View, cue: At[Cue], lexicon: Lexicon) -> Harm:
    """Return the harm of a verb that says of both, by its doer; of other verbs, and without a doer, its own.

    Officers detain and outlaws abduct. The sides of a war are neither, so that all are read alike: the verb
    keeps its harm.
    """
    words = lexicon.harms
    if cue.value.lemma not in words.taking:
        return cue.value.harm
    told = _told(view, cue)
    if told & words.outlaws:
        return Harm.ABDUCTED
    return Harm.DETAINED if told & words.officers else cue.value.harm


def takes_nobody(view: View, cue: At[Cue], lexicon: Lexicon) -> bool:
    """Say whether a verb of moving takes nobody away: to care, or with no officer or outlaw to do it."""
    words = lexicon.harms
    if cue.value.lemma not in words.taking:
        return False
    if cue.value.lemma not in words.moving | words.told:
        return False
    to_care = any(
        token.head == cue.first and (token.dep or "").startswith("obl") and token.lower in words.survived
        for token in view.tokens
    )
    told = _told(view, cue)
    known = told & (words.outlaws | words.officers)
    if cue.value.lemma in words.told:
        return to_care or not known
    people = lexicon.people
    groups = {
        group for word in told for table in (people.singular, people.plural) for group in table.get(word, ())
    }
    others = told and not (known or told & PRONOUNS or groups & ARMED)
    return to_care or bool(others)


def are_bodies(view: View, persons: At[Persons]) -> bool:
    """Say whether a phrase counts the dead, whom nobody takes away: "17 bodies pulled from graves"."""
    return any(
        cue.value.harm is Harm.KILLED
        and view.pos(cue.first) not in {"VERB", "AUX"}
        and persons.first <= cue.first <= persons.last
        for cue in view.cues
    )


def is_open(view: View, cue: At[Cue], lexicon: Lexicon) -> bool:
    """Say whether a verb that says of both names no doer who settles it: "they were held for a week"."""
    words = lexicon.harms
    return cue.value.lemma in words.open and not _told(view, cue) & (words.outlaws | words.officers)


def _told(view: View, cue: At[Cue]) -> set[str]:
    """Return the words of who takes somebody away."""
    return {word for doer in _doers(view, cue) for word in _phrase(view, doer)}


def _doers(view: View, cue: At[Cue]) -> Iterator[int]:
    """Yield the tokens of the verb's subject, or of who stands after its "by"."""
    tokens = view.tokens
    verb: int | None = cue.first
    while verb is not None and verb >= 0:
        agents = [
            at
            for at, token in enumerate(tokens)
            if token.head == verb
            and (
                token.dep in SUBJECTS
                or (token.dep.startswith("obl") and any(t.head == at and t.lower == "by" for t in tokens))
            )
        ]
        if agents:
            yield from agents
            return
        if any(token.head == verb and token.dep == "nsubj:pass" for token in tokens):
            return
        verb = tokens[verb].head if tokens[verb].dep in SHARING else None


def _phrase(view: View, head: int) -> Iterator[str]:
    """Yield the words of a doer's name."""
    yield view.word(head)
    for at, token in enumerate(view.tokens):
        if token.head == head and token.dep.split(":")[0] in OF_THE_NAME:
            yield view.word(at)
