"""Bind people whom a sentence puts among the harmed, or names as them: "the dead are", "one of the hostages".

The words for the harmed ("the dead", "those arrested", "the victims") stand on one side of a verb of being or
including, the people on the other. Names may also follow in the next sentence: "They were identified as".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cairn.claims.bind import INCLUDE, Binding
from cairn.claims.view import At, View
from cairn.lexicon import Lexicon
from cairn.records import Cue, Harm, Mention, Persons, PersonsKind, Role

AMONG = frozenset({"among", "amongst"})
THE = frozenset({"the", "those"})
NAMING = frozenset({"identified", "identifies", "identify", "named", "names", "identifying", "naming"})
COUNTING = frozenset({PersonsKind.COUNTED, PersonsKind.ELLIPTIC, PersonsKind.SINGLE})


def bind_identified(
    view: View, bound: Sequence[Binding], before: Sequence[Binding], lexicon: Lexicon
) -> list[Binding]:
    """Return the people that a sentence says to be some of the harmed, and are not bound yet.

    Args:
        view: the sentence; one without a tree tells of nobody.
        bound: what is bound in it already.
        before: what the sentences before it bind, in reading order.
        lexicon: words for the harmed.
    """
    found: list[Binding] = []
    for group, harm in _groups(view, [*before, *bound], lexicon):
        token = view.tokens[group]
        cue = Cue(harm=harm, role=Role.HEAD, lemma=token.lower, parts=(token.span,))
        at = At(group, group + 1, Mention(span=token.span, value=cue))
        for other in _others(view, group):
            for persons in _listed(view, other):
                found.append(Binding(view, persons, at, harm, "said to be of the harmed"))
    model = next((each for each in reversed(before) if each.persons.value.kind in COUNTING), None)
    if model is not None and model.view.number >= view.number - 1:
        for persons in _named(view, lexicon):
            cue_here = At(persons.first, persons.first, model.cue.mention)
            found.append(Binding(view, persons, cue_here, model.harm, "named as one of the harmed"))
    taken = {(each.persons.first, each.harm) for each in bound}
    fresh = {(each.persons.first, each.harm): each for each in found}
    return [each for key, each in fresh.items() if key not in taken]


def _groups(view: View, told: Sequence[Binding], lexicon: Lexicon) -> Iterator[tuple[int, Harm]]:
    """Yield the tokens that stand for the harmed, with their harm: "the dead", "those arrested"."""
    words = lexicon.figures.harmed
    for at, token in enumerate(view.tokens):
        if token.head is None:
            continue
        if token.lower == "those":
            of = [t.lower for t in view.tokens if t.head == at and t.dep in {"acl", "acl:relcl", "amod"}]
            harm = next((words[word] for word in of if word in words), None)
        elif any(t.head == at and t.lower in THE for t in view.tokens):
            harm = words.get(token.lower)
        else:
            continue
        if harm is Harm.CASUALTIES:  # "the victims" suffer what was told last
            harm = next((each.harm for each in reversed(told) if view.number - each.view.number < 3), None)
        if harm is not None:
            yield at, harm


def _others(view: View, group: int) -> list[int]:
    """Return the heads on the other side of the verb from the words for the harmed."""
    tokens = view.tokens
    token = tokens[group]
    children = [at for at, t in enumerate(tokens) if t.head == group]
    among = any(tokens[at].lower in AMONG and tokens[at].dep == "case" for at in children)
    copular = any(tokens[at].dep == "cop" for at in children)
    if among and copular:
        return [at for at in children if tokens[at].dep == "nsubj"]
    over = token.head
    if over is None or over < 0:
        return []
    beside = [at for at, t in enumerate(tokens) if t.head == over and at != group]
    is_told = any(tokens[at].dep == "cop" for at in beside)
    if among:
        if is_told and tokens[over].pos in {"NOUN", "PROPN", "NUM"}:
            return [over]
        return [at for at in beside if tokens[at].dep == "nsubj"] if tokens[over].pos == "AUX" else []
    if token.dep == "nsubj" and is_told and tokens[over].pos in {"NOUN", "PROPN"}:
        return [over]
    if token.dep == "nsubj" and tokens[over].lower in INCLUDE:
        return [at for at in beside if tokens[at].dep == "obj"]
    if token.dep == "nmod" and tokens[over].lower == "one" and is_told:
        return [at for at in beside if tokens[at].dep == "nsubj"]
    return []


def _listed(view: View, head: int) -> Iterator[At[Persons]]:
    """Yield the phrase that a token stands in, and those coordinated to it."""
    heads = [head]
    for at in heads:
        heads += [i for i, t in enumerate(view.tokens) if t.head == at and t.dep == "conj" and i not in heads]
    for at in heads:
        persons = next((each for each in view.persons if each.first <= at < each.last), None)
        if persons is not None:
            yield persons


def _named(view: View, lexicon: Lexicon) -> Iterator[At[Persons]]:
    """Yield the names after "identified as", where the ones identified are people told before."""
    people = lexicon.people
    for at, token in enumerate(view.tokens):
        if token.head is None or token.lower not in NAMING or (token.dep or "").startswith("acl"):
            continue
        children = [(i, t) for i, t in enumerate(view.tokens) if t.head == at]
        whom = [t for _, t in children if t.dep in {"nsubj:pass", "obj"}]
        told = any(t.pos == "PRON" or t.lower in people.singular or t.lower in people.plural for t in whom)
        for i, t in children if told else ():
            case = any(c.head == i and c.lower == "as" for c in view.tokens)
            if case and (t.dep or "").split(":")[0] in {"obl", "xcomp", "advcl"}:
                yield from (p for p in _listed(view, i) if p.value.kind is PersonsKind.NAMED)
