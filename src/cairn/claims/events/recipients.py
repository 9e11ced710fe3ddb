"""Find towards whom an act is done, as a token of its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.claims.acting import NAMING
from cairn.claims.deeds import case_of, meant
from cairn.claims.events.actors import BETWEEN, owners_of
from cairn.claims.events.clauses import SUBJECTS, coordinated, hubs_of, is_passive, subjects_of, with_case
from cairn.claims.events.phrases import can_act, counted, is_party, is_suffered, is_weapon
from cairn.claims.events.triggers import Trigger
from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.lexicon import Frame, Lexicon
from cairn.records import EventType

OF_WHOM = frozenset({EventType.ACCUSE, EventType.SUPPORT})
"""Types that are said of somebody: of an act, of who did it."""
AGAINST_PARTIES = frozenset(
    {(EventType.COERCE, "seize"), (EventType.MOBILIZE, "troops"), (EventType.MOBILIZE, "militia")}
)
"""Acts whose object is a place or thing and whose recipient is the party that loses it."""
PLACING = frozenset({"on", "at", "into", "in", "against", "of", "toward", "towards"})
"""Prepositions after which what is attacked need not be somebody."""


def recipient_of(trigger: Trigger, lexicon: Lexicon, actor: int | None, dated: frozenset[int]) -> int | None:
    """Return the head of the phrase for whom the act is done towards; ``None`` when nobody is named."""
    view = trigger.view
    for found in _receivers(trigger, lexicon, dated):
        head = counted(view, found, lexicon)
        if head in trigger.words or head in dated or head == actor:
            continue
        if view.pos(head) not in NAMING | {"PRON"} or is_weapon(view, head, lexicon):
            continue
        if trigger.act.type is EventType.AID and not can_act(view, head, lexicon):
            continue  # "gave 300 tons of food to": what is given is not who is given it
        if trigger.act.type is EventType.ASSAULT and _about_acts(view, head, lexicon):
            continue
        if (trigger.act.type, trigger.act.mode) in AGAINST_PARTIES and not is_party(view, head, lexicon):
            continue
        if trigger.act.type in OF_WHOM and view.word(head) in lexicon.events.nouns:
            # "condemned the army's raid" is said against the army
            head = next((at for at in owners_of(view, head, lexicon) if can_act(view, at, lexicon)), -1)
            if head < 0:
                continue
        return head
    inside = [at for at in sorted(trigger.words - {trigger.at, actor}) if view.pos(at) in {"NOUN", "PROPN"}]
    somebody = next(
        (at for at in inside if can_act(view, at, lexicon) and "obj" in trigger.act.recipient), None
    )
    hit = trigger.act.type is EventType.ASSAULT and trigger.verbal
    inside = [at for at in inside if not (hit and _is_thing(view, at, lexicon))]
    if somebody is not None or hit or trigger.act.type is EventType.REJECT:
        return somebody if somebody is not None else next(iter(inside), None)
    if trigger.act.frame is Frame.MUTUAL and actor is not None:
        return coordinated(view, actor)
    return None


def _is_thing(view: View, at: int, lexicon: Lexicon) -> bool:
    """Say whether a noun inside an attack's words is not what it hits: a weapon, the truce that it breaks."""
    return view.word(at) in lexicon.events.truces or is_weapon(view, at, lexicon)


def _receivers(trigger: Trigger, lexicon: Lexicon, dated: frozenset[int]) -> Iterator[int]:
    view, at = trigger.view, trigger.at
    tokens = view.tokens
    if trigger.act.frame is Frame.SUFFERS:
        yield from subjects_of(view, at)
        yield from _by_role(view, at, "ARG0")
        return
    yield from _repelled(trigger, lexicon)
    hubs = hubs_of(trigger)
    for where in trigger.act.recipient:
        if where == "obj":
            yield from _objects(trigger)
        else:
            found = (*with_case(view, hubs, frozenset({where})), *_right_after(view, at, where))
            plain = where in PLACING or trigger.act.type not in {EventType.ASSAULT, EventType.CONSULT}
            yield from (head for head in found if plain or can_act(view, head, lexicon))
    if trigger.verbal and "obj" in trigger.act.recipient:
        hit = trigger.act.type is EventType.ASSAULT
        yield from (head for head in _by_role(view, at, "ARG1") if hit or can_act(view, head, lexicon))
    if trigger.act.frame is Frame.ASKS:
        yield from _asked(trigger, lexicon)
    if not trigger.verbal:
        if is_suffered(view, at, lexicon):
            yield from (i for i, t in enumerate(tokens) if t.head == at and t.dep == "nmod:poss")
        between = list(with_case(view, [at], BETWEEN))
        for head in between:
            joined = coordinated(view, head)
            if joined is not None:
                yield joined
        yield from with_case(view, [at], frozenset({"with"}))
        over = tokens[at].head
        attack = trigger.act.type is EventType.ASSAULT and tokens[at].dep in {"nsubj", "obl", "obl:agent"}
        if attack and over is not None and _hits(view, over, lexicon):
            yield from (i for i, t in enumerate(tokens) if t.head == over and t.dep in {"obj", "nsubj:pass"})


def _by_role(view: View, verb: int, role: str) -> Iterator[int]:
    """Yield the arguments of a verb by their role, the nearest first, where the tree has lost them."""
    found = [head for at, head, told in view.sentence.roles if (at, told) == (verb, role)]
    yield from sorted(found, key=lambda head: abs(verb - head))


def _right_after(view: View, at: int, case: str) -> Iterator[int]:
    """Yield the noun of a preposition right after a word, wherever the tree hangs it: "raids against"."""
    if view.word(at + 1) == case and view.tokens[at + 1].dep == "case":
        head = view.tokens[at + 1].head
        if head is not None and head > at:
            yield head


def _repelled(trigger: Trigger, lexicon: Lexicon) -> Iterator[int]:
    """Yield whose attack it is that a verb is done to: "repelled an attack by", "foiled the rebels' raid"."""
    view = trigger.view
    if not trigger.verbal or trigger.act.type is not EventType.ASSAULT:
        return
    for at in sorted(trigger.words - {trigger.at}):
        if view.pos(at) == "NOUN" and is_weapon(view, at, lexicon):
            yield from with_case(view, [at], frozenset({"by"}))
            yield from (owner for owner in owners_of(view, at, lexicon) if can_act(view, owner, lexicon))


def _asked(trigger: Trigger, lexicon: Lexicon) -> Iterator[int]:
    """Yield who is to do what is asked for or promised: "called for steps by", "demanded that"."""
    view = trigger.view
    for index, token in enumerate(view.tokens):
        if trigger.at not in ancestors(view.tokens, index) or index < trigger.at:
            continue
        by = token.dep in {"obl:agent", "nmod", "obl"} and case_of(view, index) == "by"
        subject = token.dep in SUBJECTS and token.head != trigger.at
        if (by or subject) and can_act(view, index, lexicon):
            yield index


def _about_acts(view: View, head: int, lexicon: Lexicon) -> bool:
    """Say whether a noun is about acts and so nobody's name: "a cessation of hostilities agreement"."""
    return any(
        token.head == head and token.dep == "compound" and token.lower in lexicon.events.nouns
        for token in view.tokens
    )


def _hits(view: View, verb: int, lexicon: Lexicon) -> bool:
    """Say whether a verb tells what an attack did: "hit", "targeted", "killed"."""
    known = lexicon.events.verbs.get(view.word(verb), ())
    return view.pos(verb) == "VERB" and (
        any(expression.act.type is EventType.ASSAULT for expression in known if not expression.beside)
        or any(cue.first == verb for cue in view.cues)
    )


def _objects(trigger: Trigger) -> Iterator[int]:
    """Yield the objects of a verb, whichever side they stand on."""
    view, at = trigger.view, trigger.at
    tokens = view.tokens
    if not trigger.verbal:
        return
    for index, token in enumerate(tokens):
        if token.head == at and token.dep in {"iobj", "obj", "nsubj:pass"}:
            yield meant(view, index, at) if token.dep == "nsubj:pass" else index
    token = tokens[at]
    if token.dep == "advcl" and is_passive(view, at) and token.head is not None:
        yield from subjects_of(view, token.head)
    if token.dep == "acl" and is_passive(view, at) and token.head is not None:
        yield token.head
    if token.dep == "acl:relcl" and token.head is not None and not is_passive(view, at):
        relative = [i for i, t in enumerate(tokens) if t.head == at and t.dep in {"obj", "nsubj"}]
        if any(view.word(i) in {"that", "which", "whom", "who"} and tokens[i].dep == "obj" for i in relative):
            yield token.head
