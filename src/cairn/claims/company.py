"""Find who suffers a harm together with others: "she was held along with her son", "fled with his wife"."""

from __future__ import annotations

from cairn.claims.reach import listed_right
from cairn.claims.view import At, View
from cairn.records import Cue, Persons, PersonsKind, Role, Voice

WITH = frozenset({"with", "alongside"})
BESIDE = frozenset({"obl", "nmod", "advcl"})
HARMING = frozenset({Role.OBJECT, Role.SUBJECT})


def with_company(view: View, found: list[At[Persons]], cue: At[Cue]) -> list[At[Persons]]:
    """Return those who suffer a harm, and after them who the sentence says suffered it with them.

    Args:
        view: the sentence.
        found: who suffers the harm; where nobody is found, a pronoun may stand for who does.
        cue: the verb of harm; a noun has no company.
    """
    if cue.value.role not in HARMING or not (found or _pronoun_suffers(view, cue)):
        return found
    if view.tokens[cue.first].dep == "amod":
        return found  # "the jailed lawyer with her son" tells nothing of the son
    suffering = {at for persons in found for at in range(persons.first, persons.last)}
    passive = cue.value.role is Role.SUBJECT or cue.value.voice is not Voice.ACTIVE
    hosts = suffering | set(range(cue.first, cue.last)) if passive else suffering
    for persons in view.persons:
        if persons not in found and persons.first >= cue.last and _is_beside(view, persons, hosts):
            return [*found, *listed_right(view, persons, cue)]
    return found


def _pronoun_suffers(view: View, cue: At[Cue]) -> bool:
    """Say whether the verb tells its harm of a pronoun: "she was held with her son"."""
    relation = "nsubj" if cue.value.role is Role.SUBJECT else "nsubj:pass"
    return any(t.head == cue.first and t.dep == relation and t.pos == "PRON" for t in view.tokens)


def _is_beside(view: View, persons: At[Persons], hosts: set[int]) -> bool:
    """Say whether a phrase hangs by "with" on those who suffer, or on what they suffer."""
    if persons.value.kind is PersonsKind.NAMED and not persons.value.certain:
        return False
    for at in range(persons.first, persons.last):
        token = view.tokens[at]
        cases = {
            view.word(i) for i in range(at) if view.tokens[i].head == at and view.tokens[i].dep == "case"
        }
        if token.head in hosts and token.dep.split(":")[0] in BESIDE and cases & WITH:
            return True
    return False
