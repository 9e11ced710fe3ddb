"""Find who suffers a harm through the tree, where the words beside its expression do not tell.

A pronoun is never the anchor of a claim, but it may stand for somebody named in the same sentence: "Roe
was at work when he was arrested".
"""

from __future__ import annotations

from collections.abc import Iterator

from cairn.claims.reach import has_own_cue, listed_right
from cairn.claims.tree import ancestors
from cairn.claims.view import At, View
from cairn.records import Cue, Persons, PersonsKind, Role, Voice

SUBJECT = "nsubj"
RELATIVE = frozenset({"who", "whom", "which", "that"})
SINGULAR = frozenset({"he", "she", "him", "her", "his"})
PLURAL = frozenset({"they", "them", "their"})
CLAUSES = frozenset({"conj", "advcl", "xcomp", "parataxis", "ccomp", "acl", "acl:relcl"})
SHARING = frozenset({"conj", "advcl", "xcomp"})
"""Clauses that may leave out a subject which the clause above them has."""
UNDERGOING = frozenset(
    {"face", "faced", "faces", "facing", "suffer", "suffered", "undergone", "underwent", "survived"}
)
"""Verbs whose subject suffers the noun of harm that is their object: "faced arrest"."""


def patients(view: View, cue: At[Cue]) -> list[At[Persons]]:
    """Return who suffers by the tree, with what is coordinated; nobody in an unparsed sentence."""
    verb = _top(view, cue)
    if verb is None:
        return []
    if cue.value.role is Role.OF:
        found = _owner(view, verb)
    elif cue.value.role is Role.OBJECT and _is_active(view, verb, cue):
        found = _object_person(view, verb)
        if found is not None and found.first >= cue.last and has_own_cue(view, found, cue):
            return []  # "Child killed nine injured in raids"
    elif cue.value.role in {Role.OBJECT, Role.SUBJECT, Role.PREDICATE}:
        found = _subject_person(view, verb, cue.value.role)
    else:
        return []
    if found is None or (found.first < cue.last and cue.first < found.last):
        return []
    return listed_right(view, found, cue) if found.value.kind is not PersonsKind.NAMED else [found]


def _is_active(view: View, verb: int, cue: At[Cue]) -> bool:
    """Say whether a verb has its sufferers for its object; one form may be past tense and participle."""
    acting = any(t.head == verb and t.dep == SUBJECT for t in view.tokens)
    return cue.value.voice is Voice.ACTIVE or (
        cue.value.voice is Voice.REDUCED and (acting or _child(view, verb, "obj") is not None)
    )


def _top(view: View, cue: At[Cue]) -> int | None:
    """Return the token of a harm's expression that the others hang on."""
    inside = range(cue.first, cue.last)
    return next(
        (at for at in inside if view.tokens[at].head is not None and view.tokens[at].head not in inside), None
    )


def _child(view: View, head: int, relation: str) -> int | None:
    """Return the first token that hangs on ``head`` by a relation or a kind of it."""
    return next(
        (
            at
            for at, token in enumerate(view.tokens)
            if token.head == head and token.dep is not None and token.dep.split(":")[0] == relation
        ),
        None,
    )


def _subject_person(view: View, verb: int, cue_role: Role = Role.OBJECT) -> At[Persons] | None:
    """Return the person that is the subject of a verb, its own or one shared with the clause above."""
    seen: set[int] = set()
    while verb not in seen:
        seen.add(verb)
        subject = _child(view, verb, SUBJECT)
        if subject is not None:
            return _person(view, verb, subject)
        head, dep = view.tokens[verb].head, view.tokens[verb].dep or ""
        if head is None or head < 0:
            return None
        if dep == "acl":
            return _covering(view, head)
        if dep == "obl" and cue_role is Role.PREDICATE:
            dep = "conj"  # "spent a week in custody": the phrase hangs on a verb whose subject it tells of
        if dep == "xcomp" and (person := _person(view, head, _child(view, head, "obj"))):
            return person  # "forced 20 families to flee"
        if dep not in SHARING:
            return None
        verb = head
    return None


def _object_person(view: View, verb: int) -> At[Persons] | None:
    """Return the person that is the object of a verb, or the noun that its relative clause hangs on."""
    target = _child(view, verb, "obj")
    subject = _child(view, verb, SUBJECT)
    over = view.tokens[verb].head
    if view.tokens[verb].dep == "ccomp" and over is not None and view.tokens[over].dep == "acl:relcl":
        head = view.tokens[over].head  # "30 men whom police said they had arrested"
        if target is None or view.word(target) in RELATIVE:
            return _covering(view, head) if head is not None else None
    if target is None and view.tokens[verb].dep == "acl:relcl" and subject is not None:
        head = view.tokens[verb].head  # "eleven boys (whom) the group had abducted"
        return _covering(view, head) if head is not None and view.word(subject) not in RELATIVE else None
    return _person(view, verb, target)


def _owner(view: View, noun: int) -> At[Persons] | None:
    """Return whose harm a noun names: "his arrest", "faced arrest", "the death in May of Roe"."""
    for at, token in enumerate(view.tokens):
        if token.head == noun and token.dep == "nmod:poss":
            return _antecedent(view, at) if token.lower in SINGULAR | PLURAL else None
    for at, token in enumerate(view.tokens):
        if token.head == noun and token.dep == "nmod" and view.word(_case(view, at)) == "of":
            return _covering(view, at)
    head = view.tokens[noun].head
    if head is not None and head >= 0 and view.tokens[noun].dep == "obj" and view.word(head) in UNDERGOING:
        return _subject_person(view, head)
    return None


def _case(view: View, noun: int) -> int:
    """Return the preposition of a noun; -1 without one."""
    found = _child(view, noun, "case")
    return -1 if found is None else found


def _person(view: View, verb: int, at: int | None) -> At[Persons] | None:
    """Return the person at a token, or the one that a pronoun there stands for."""
    if at is None:
        return None
    word = view.word(at)
    if word in RELATIVE and (view.tokens[verb].dep or "") == "acl:relcl":
        head = view.tokens[verb].head
        return _covering(view, head) if head is not None else None
    if word in SINGULAR | PLURAL:
        return _antecedent(view, at)
    beside = (i for i, token in enumerate(view.tokens) if token.head == at and token.dep == "conj")
    return _covering(view, at) or next((p for i in beside if (p := _covering(view, i))), None)


def _antecedent(view: View, pronoun: int) -> At[Persons] | None:
    """Return the person in the sentence that a pronoun stands for: the subject of a clause above its own."""
    one = view.word(pronoun) in SINGULAR
    for candidate in _subjects_above(view, pronoun):
        person = _covering(view, candidate)
        if person is not None and (person.value.count.high == 1) is one:
            return person
    return None


def _subjects_above(view: View, pronoun: int) -> Iterator[int]:
    """Yield the subjects of the clauses that hold a pronoun's clause, nearest first."""
    for clause in ancestors(view.tokens, pronoun):
        for relation in (SUBJECT, "obj"):
            subject = _child(view, clause, relation)
            if subject is not None and subject != pronoun and view.word(subject) not in SINGULAR | PLURAL:
                yield subject
            if subject is not None and subject != pronoun:
                break


def _covering(view: View, at: int) -> At[Persons] | None:
    """Return the phrase for people that a token stands in, or that explains it or is explained by it."""
    named = [i for i, token in enumerate(view.tokens) if token.head == at and token.dep == "appos"]
    over = view.tokens[at].head
    if view.tokens[at].dep == "appos" and over is not None:
        named.append(over)
    for index in (at, *named):
        for persons in view.persons:
            if persons.first <= index < persons.last:
                return persons
    return None
