"""Tell the acts that are events from words that only name, describe or refer to one."""

from __future__ import annotations

from cairn.claims.events.actors import agent_of, subject_of
from cairn.claims.events.clauses import is_passive, subjects_of
from cairn.claims.events.draft import DEFINITE, WORDS_ONLY, YIELDING, Draft
from cairn.claims.events.phrases import can_act, is_weapon
from cairn.claims.view import View
from cairn.lexicon import Frame, Lexicon
from cairn.records import EventStatus, EventType, Means

NATURAL = frozenset({Means.ACCIDENT, Means.DISASTER})
PERSONAL = {
    EventType.AID: None,
    EventType.RETREAT: "release",
    EventType.COERCE: "arrest",
}
"""Acts by their mode that are done to people: "released a prisoner" is one, "released a report" is none."""


def is_event(draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether an act is told as something that somebody does, plans or refuses."""
    trigger, view = draft.trigger, draft.trigger.view
    act = trigger.act
    if draft.stance.negated and act.type is not EventType.ASSAULT:
        return False  # "did not meet" tells nothing that was done
    if act.type is EventType.ASSAULT and act.frame is Frame.MUTUAL and _is_figure_of_speech(draft, lexicon):
        return False
    if act.needs and draft.recipient is None:
        return False
    told = view.word(draft.recipient) if draft.recipient is not None else ""
    if act.type is EventType.CONSULT and told in {"me", "us"}:
        return False  # what is told to the reporter
    over = view.tokens[trigger.at].head
    aim = _is_aim(view, trigger.at) or (not trigger.verbal and over is not None and _is_aim(view, over))
    if aim and draft.stance.status is EventStatus.HYPOTHETICAL:
        return False
    if any(each.armed.value is not None and each.armed.value.means in NATURAL for each in draft.figures):
        return False
    if trigger.verbal:
        passive = is_passive(view, trigger.at)
        doer = agent_of(trigger) if passive else subject_of(trigger)
        if doer is not None and draft.actor is None and act.frame not in {Frame.SUFFERS, Frame.ENDS}:
            craft = view.word(doer) in lexicon.means.craft
            if act.type is not EventType.ASSAULT or not (craft or is_weapon(view, doer, lexicon)):
                return False
        idle = draft.actor is None and (
            draft.recipient is None or not can_act(view, draft.recipient, lexicon)
        )
        if act.type in YIELDING and passive and idle and act.type is not EventType.RETREAT:
            return False
        if act.type in WORDS_ONLY and draft.actor is None and not (passive and act.mode == "allege"):
            return False
        if any(t.head == trigger.at and t.lower.endswith(("self", "selves")) for t in view.tokens):
            return act.mode == "suicide-attack"
    elif not _is_told(draft, lexicon):
        return False
    if act.type is EventType.THREATEN and len(trigger.words) == 1 and not _is_own(view, trigger.at):
        return False  # "warned that the harvest may fail"
    if act.type is EventType.MOBILIZE and trigger.verbal and view.tokens[trigger.at].dep == "acl":
        return draft.actor is not None and draft.actor != view.tokens[trigger.at].head
    if trigger.of_harm and not trigger.verbal and not draft.figures:
        return False
    if act.type in PERSONAL and act.mode == PERSONAL[act.type]:
        if draft.recipient is None:
            return act.type is not EventType.AID and not (trigger.verbal and act.type is EventType.RETREAT)
        return can_act(view, draft.recipient, lexicon)
    return True


def _is_figure_of_speech(draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether what is fought is nobody and no place: "fights corruption", "battled the flames"."""
    view, trigger = draft.trigger.view, draft.trigger
    fought = [at for at, t in enumerate(view.tokens) if t.head == trigger.at and t.dep == "obj"]
    if not trigger.verbal:
        return False
    return "for" in {view.word(at) for at in trigger.words} or any(
        not can_act(view, at, lexicon) for at in fought
    )


def _is_own(view: View, verb: int) -> bool:
    """Say whether what is threatened is what who threatens will do himself, as far as it is told."""
    told = [at for at, token in enumerate(view.tokens) if token.head == verb and token.dep == "ccomp"]
    return all(
        view.pos(at) == "PRON" for over in told for at in subjects_of(view, over) if at != verb
    ) and bool(told or any(t.head == verb and t.dep in {"obj", "obl", "xcomp", "advcl"} for t in view.tokens))


def _is_aim(view: View, at: int) -> bool:
    """Say whether an act is only what another is done for: "deployed troops to retake the town"."""
    kin = [token for token in view.tokens if token.head == at]
    if at < 0:
        return False
    purpose = any(token.dep == "mark" and token.lower == "to" for token in kin)
    own = any(token.dep in {"nsubj", "nsubj:pass"} for token in kin)
    return purpose and not own and view.tokens[at].dep in {"advcl", "acl"}


def _is_told(draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether a noun tells an act and does not only refer to one told elsewhere."""
    trigger, view, events = draft.trigger, draft.trigger.view, lexicon.events
    token = view.tokens[trigger.at]
    over = token.head
    if over is not None and over >= 0 and over not in trigger.words:
        if token.dep == "compound":
            return False
        reference = token.dep in {"nmod", "nmod:poss"} and view.word(over) in events.aftermath - events.series
        if reference and not (draft.actor is not None and draft.recipient is not None):
            return False
    if trigger.act.type is EventType.ASSAULT:
        return _attack_is_told(draft, lexicon)
    definite = any(other.head == trigger.at and other.lower in DEFINITE for other in view.tokens)
    if trigger.act.type is EventType.SUPPORT and draft.recipient is None:
        return False
    return draft.actor is not None or (trigger.act.type is EventType.PROTEST and not definite)


def _attack_is_told(draft: Draft, lexicon: Lexicon) -> bool:
    trigger, view, events = draft.trigger, draft.trigger.view, lexicon.events
    token = view.tokens[trigger.at]
    definite = any(
        other.head == trigger.at and (other.lower in DEFINITE or other.dep == "nmod:poss")
        for other in view.tokens
    )
    if draft.figures or draft.recipient is not None or not definite:
        return True
    over = token.head
    if token.dep in {"nsubj", "nsubj:pass"} and over is not None and view.word(over) in events.occurring:
        return True
    return draft.actor is not None and token.dep in {"nsubj", "nsubj:pass", "obj", "root"}
