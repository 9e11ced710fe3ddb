"""Find who does an act, as a token of its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.claims.acting import is_adjective, is_state
from cairn.claims.deeds import case_of
from cairn.claims.events.clauses import has_subject, hubs_of, is_passive, subjects_of, with_case
from cairn.claims.events.phrases import can_act, counted, is_suffered, is_weapon
from cairn.claims.events.triggers import Trigger
from cairn.claims.view import View
from cairn.lexicon import Frame, Lexicon

BETWEEN = frozenset({"between", "among", "pitting"})
LOOSE = frozenset({"root", "conj", "parataxis", "ccomp", "advcl", "acl:relcl"})
"""Clauses whose subject the tree may have lost."""
DEEPEST = 4  # nouns up from an act to the verb that supports it


def actor_of(trigger: Trigger, lexicon: Lexicon) -> int | None:
    """Return the head of the phrase for who does the act; ``None`` when the sentence names nobody."""
    view = trigger.view
    for found in _doers(trigger, lexicon):
        head = counted(view, found, lexicon)
        if can_act(view, head, lexicon):
            return head
        if is_weapon(view, head, lexicon):
            # "backed by Norland's airstrikes": the doer of what does it
            owner = next((at for at in owners_of(view, head, lexicon) if can_act(view, at, lexicon)), None)
            if owner is not None:
                return owner
    return None


def subject_of(trigger: Trigger) -> int | None:
    """Return the subject of a verb whatever it names, so that what cannot act may rule the act out."""
    if not trigger.verbal:
        return None
    view, token = trigger.view, trigger.view.tokens[trigger.at]
    if token.dep == "acl" and not is_passive(view, trigger.at):
        return token.head
    return next(subjects_of(view, trigger.at), None)


def agent_of(trigger: Trigger) -> int | None:
    """Return what is named after "by" or its like, whatever it is."""
    return next(with_case(trigger.view, [trigger.at], trigger.act.agents), None)


def _doers(trigger: Trigger, lexicon: Lexicon) -> Iterator[int]:
    view, at = trigger.view, trigger.at
    if trigger.act.frame is Frame.SUFFERS:
        yield from with_case(view, hubs_of(trigger), trigger.act.agents)
        return
    if trigger.verbal:
        yield from _of_verb(view, at, trigger.act.agents)
        return
    yield from _of_noun(trigger, lexicon)


def _of_verb(view: View, verb: int, by: frozenset[str]) -> Iterator[int]:
    """Yield the doers of a verb: agent, subject, the subject that it shares, the noun that it describes."""
    yield from with_case(view, [verb], by)
    token = view.tokens[verb]
    if is_passive(view, verb):
        return
    yield from subjects_of(view, verb)
    if token.dep in {"acl", "acl:relcl"} and token.head is not None and not has_subject(view, verb):
        yield token.head
    if token.dep == "xcomp" and token.head is not None:
        above = [(at, t.dep) for at, t in enumerate(view.tokens) if t.head == token.head]
        yield from (at for at, dep in above if dep in {"obj", "iobj"})
        yield from (at for at, dep in above if dep == "nsubj:pass")
    roles = [head for at, head, role in view.sentence.roles if (at, role) == (verb, "ARG0")]
    yield from sorted(roles, key=lambda head: abs(verb - head))
    if token.dep in LOOSE and not has_subject(view, verb):
        yield from _before(view, verb)


def _before(view: View, verb: int) -> Iterator[int]:
    """Yield what stands right before a verb, and the subject of the verb before it, where the tree fails."""
    at = verb - 1
    while view.pos(at) in {"AUX", "ADV", "PART"}:
        at -= 1
    if view.pos(at) in {"NOUN", "PROPN"}:
        yield at
        return
    while at >= 0 and view.pos(at) != "VERB":
        at -= 1
    yield from (i for i, t in enumerate(view.tokens) if t.head == at and t.dep == "nsubj")


def _of_noun(trigger: Trigger, lexicon: Lexicon) -> Iterator[int]:
    """Yield the doers of a noun: owner, "by", what stands before it, the subject of the verb it supports."""
    view, at = trigger.view, trigger.at
    tokens = view.tokens
    yield from with_case(view, [at], trigger.act.agents)
    yield from with_case(view, [at], BETWEEN)
    if "of" not in trigger.act.recipient:
        yield from with_case(view, [at], frozenset({"of"}))
    yield from owners_of(view, at, lexicon, trigger.words)
    for index, token in enumerate(tokens):
        if token.head == at and token.dep == "acl":
            yield from with_case(view, [index], trigger.act.agents)
    if any(token.head == at and token.dep == "cop" for token in tokens):
        yield from (i for i, t in enumerate(tokens) if t.head == at and t.dep == "nsubj")
    yield from _supporters(trigger, lexicon)


def owners_of(view: View, at: int, lexicon: Lexicon, inside: frozenset[int] = frozenset()) -> Iterator[int]:
    """Yield whose a noun is: "the rebels' attack", "militant fire", "Norlandic air strikes"."""
    tokens = view.tokens
    if not is_suffered(view, at, lexicon):
        yield from (i for i, t in enumerate(tokens) if t.head == at and t.dep == "nmod:poss")
    for index in sorted((i for i, t in enumerate(tokens) if t.head == at and i < at), reverse=True):
        if tokens[index].dep not in {"compound", "amod", "nmod", "nmod:desc"} or index in inside:
            continue
        state = is_state(view, index, lexicon)
        if state and not is_adjective(view, index, lexicon):
            continue  # "Norland air strikes" are strikes in Norland
        if state or (tokens[index].pos in {"NOUN", "PROPN"} and not is_weapon(view, index, lexicon)):
            yield index


def _supporters(trigger: Trigger, lexicon: Lexicon) -> Iterator[int]:
    """Yield the doer of the verb whose object the act is: "launched an attack"."""
    view = trigger.view
    node = trigger.at
    for _ in range(DEEPEST):
        over, dep = view.tokens[node].head, view.tokens[node].dep
        if over is None or over < 0:
            return
        if view.pos(over) == "VERB":
            supports = view.word(over) in lexicon.events.support
            if supports and dep in {"obj", "nsubj:pass", "obl"}:
                yield from _of_verb(view, over, trigger.act.agents)
            elif dep in {"nsubj:pass", "acl"}:
                yield from with_case(view, [over], trigger.act.agents)
            elif dep == "obl" and is_passive(view, over) and case_of(view, node) in {"into", "to"}:
                yield from subjects_of(view, over)  # "was forced into retreat"
            elif dep == "obl" and view.word(over) not in lexicon.events.undergone:
                # "killed 35 in an ambush": who kills is who lays it
                case = case_of(view, node)
                if case in {"in", "during", "with", "through", "by"}:
                    yield from _of_verb(view, over, trigger.act.agents)
            return
        if dep not in {"nmod", "conj", "compound", "obj", "appos"}:
            return
        if dep == "nmod" and view.word(over) not in lexicon.events.series:
            return
        node = over
