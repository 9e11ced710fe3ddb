"""Make one event of all words of a sentence that tell one attack."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.claims.events.draft import Draft, is_harm
from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import EventType

BREAKS = frozenset({"ccomp", "acl:relcl", "parataxis", "csubj"})
"""Dependencies that part one act from another."""
LONGEST_PATH = 6  # dependencies between the words of one attack


def merged(drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """Return the acts of a sentence with one for each attack, however many of its words tell it."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: _telling(draft, lexicon)):
        if draft.trigger.act.type is EventType.ASSAULT:
            same = next((other for other in kept if _one_attack(other, draft, lexicon)), None)
            if same is not None:
                kept[kept.index(same)] = _with(same, draft)
                continue
        kept.append(draft)
    return sorted(kept, key=lambda draft: draft.trigger.at)


def _telling(draft: Draft, lexicon: Lexicon) -> tuple[int, int]:
    """Return how little a trigger tells of an attack: a noun more than a verb, a verb more than a harm."""
    trigger = draft.trigger
    return (2 if is_harm(trigger, lexicon) else 1 if trigger.verbal else 0), trigger.at


def _one_attack(one: Draft, other: Draft, lexicon: Lexicon) -> bool:
    if one.trigger.act.type is not EventType.ASSAULT:
        return False
    if is_harm(other.trigger, lexicon) and other.actor is None and one.stance.status is other.stance.status:
        return True  # "three were killed, and four injured, in an attack"
    if not joined(one.trigger.view, one.trigger.at, other.trigger.at, one.trigger.words):
        return False
    if one.stance.status is not other.stance.status:
        return False
    return one.actor is None or other.actor is None or one.actor == other.actor


def _with(draft: Draft, other: Draft) -> Draft:
    """Return a draft with what another telling of the same attack adds to it."""
    figures = {each.binding.key: each for each in (*draft.figures, *other.figures)}
    return Draft(
        draft.trigger,
        draft.actor if draft.actor is not None else other.actor,
        draft.recipient if draft.recipient is not None else other.recipient,
        draft.stance,
        tuple(figures.values()),
        draft.accuser,
    )


def joined(view: View, one: int, other: int, words: frozenset[int]) -> bool:
    """Say whether two words belong to one act: no clause of its own stands between them.

    A clause that describes the act itself, at its ``words``, is none of its own: "the shells that hit".
    """
    tokens = view.tokens
    up, down = [one, *ancestors(tokens, one)], [other, *ancestors(tokens, other)]
    top = next((at for at in up if at in down), None)
    if top is None:
        return abs(one - other) <= LONGEST_PATH and tokens[one].head is None
    path = [*up[: up.index(top)], *down[: down.index(top)]]
    return len(path) <= LONGEST_PATH and not any(_breaks(view, at, words) for at in path)


def _breaks(view: View, at: int, words: frozenset[int]) -> bool:
    token = view.tokens[at]
    if token.dep in BREAKS:
        return token.dep != "acl:relcl" or token.head not in words
    kin = [other for other in view.tokens if other.head == at]
    if token.dep == "conj" and view.pos(at) == "VERB":
        return any(other.dep in {"nsubj", "nsubj:pass"} for other in kin)
    if token.dep == "advcl":
        return any(other.dep == "mark" and other.lower not in {"to", "by", "in"} for other in kin)
    return False
