"""Draft the events of one sentence: find acts, who takes part in them, and which of them tell one attack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.claims.discourse import Setting
from cairn.claims.events.actors import actor_of
from cairn.claims.events.clauses import subjects_of
from cairn.claims.events.draft import DEFINITE, WORDS_ONLY, YIELDING, Draft
from cairn.claims.events.merging import joined, merged
from cairn.claims.events.phrases import can_act
from cairn.claims.events.recipients import recipient_of
from cairn.claims.events.stance import Stance, is_apart, stance_of
from cairn.claims.events.telling import is_event
from cairn.claims.events.triggers import Trigger, find_duties, find_triggers
from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.lexicon import Frame, Lexicon
from cairn.records import Attribution, EventStatus, EventType, Mention

REFUSING = frozenset({"can", "could", "ca", "cannot"})
ABOUT = frozenset({"xcomp", "ccomp", "obl", "obj", "nmod", "acl", "advcl"})
"""Dependencies in which the content of a request, promise or threat stands."""


def draft_sentence(
    view: View,
    figures: Sequence[Setting],
    said: Sequence[Mention[Attribution]],
    dated: frozenset[int],
    lexicon: Lexicon,
) -> list[Draft]:
    """Return the acts that a sentence tells, each once, in reading order.

    Args:
        view: the sentence.
        figures: the harms that it tells, settled.
        said: who says what in it.
        dated: tokens inside time phrases.
        lexicon: words of its language.
    """
    triggers = find_triggers(view, lexicon, dated)
    drafts = []
    for duty, speaker in find_duties(view, said, lexicon):
        bound = next((at for at in subjects_of(view, duty.at) if can_act(view, at, lexicon)), None)
        if bound is not None and bound != speaker:
            triggers = [t for t in triggers if not (t.verbal and t.at == duty.at)]
            triggers.append(duty)
            drafts.append(Draft(duty, speaker, bound, Stance(EventStatus.ACTUAL)))
    for trigger in triggers:
        if any(trigger is draft.trigger for draft in drafts):
            continue
        asked = _content_of(trigger, triggers, Frame.ASKS)
        if asked is not None and not _told_anyway(trigger):
            continue
        draft = _draft(trigger, triggers, figures, said, dated, lexicon)
        if is_event(draft, lexicon):
            drafts.append(draft)
    return merged(drafts, lexicon)


def _draft(
    trigger: Trigger,
    triggers: Sequence[Trigger],
    figures: Sequence[Setting],
    said: Sequence[Mention[Attribution]],
    dated: frozenset[int],
    lexicon: Lexicon,
) -> Draft:
    view = trigger.view
    actor = actor_of(trigger, lexicon)
    if actor is not None and _only_says(trigger, actor, said):
        actor = None
    recipient = recipient_of(trigger, lexicon, actor, dated)
    stance = stance_of(view, trigger.at, lexicon, trigger.words)
    if trigger.act.type in YIELDING and _is_refused(trigger, stance, lexicon):
        trigger = replace(trigger, act=replace(trigger.act, type=EventType.REJECT, mode=None))
        stance = Stance(EventStatus.ACTUAL)
    accuser = _content_of(trigger, triggers, Frame.ALLEGES)
    if accuser is not None:
        accused = recipient_of(accuser, lexicon, actor_of(accuser, lexicon), dated)
        own = actor is not None and actor != actor_of(accuser, lexicon)
        actor = actor if own else accused
        if stance.status is EventStatus.ACTUAL:
            stance = Stance(EventStatus.ALLEGED, accuser.span)
    done = tuple(each for each in figures if _did(trigger, each))
    return Draft(trigger, actor, recipient, stance, done, accuser)


def _only_says(trigger: Trigger, actor: int, said: Sequence[Mention[Attribution]]) -> bool:
    """Say whether who seems to do a deed only tells of it: "an attack that rebels say killed two"."""
    token = trigger.view.tokens[actor]
    return trigger.act.type not in WORDS_ONLY and any(
        mention.value.speaker.contains(token.span)
        and mention.value.scope.contains(trigger.view.tokens[trigger.at].span)
        for mention in said
    )


def _is_refused(trigger: Trigger, stance: Stance, lexicon: Lexicon) -> bool:
    """Say whether a good turn is told as one that will not be done: "will not talk", "did not agree"."""
    if not stance.negated or trigger.act.frame is Frame.SUFFERS:
        return False
    if trigger.act.type is EventType.AGREE:
        return True
    view = trigger.view
    hubs = {trigger.at, view.tokens[trigger.at].head if not trigger.verbal else trigger.at}
    words = {token.lower for token in view.tokens if token.head in hubs and token.dep == "aux"}
    return bool(words & (lexicon.events.future | REFUSING))


def _content_of(trigger: Trigger, triggers: Sequence[Trigger], frame: Frame) -> Trigger | None:
    """Return the nearest act in whose content a trigger stands, of those with a frame."""
    tokens = trigger.view.tokens
    below = trigger.at
    for over in ancestors(tokens, trigger.at):
        for other in triggers:
            if other is trigger or other.act.frame is not frame or over not in other.words:
                continue
            if tokens[below].dep in ABOUT or tokens[below].dep == "acl:relcl":
                return other
        if frame is Frame.ASKS and is_apart(trigger.view, below):
            return None
        if tokens[below].dep == "advcl" and any(
            t.head == below and t.dep == "mark" and t.lower not in {"to", "of", "for", "by", "with", "in"}
            for t in tokens
        ):
            return None
        below = over
    return None


def _told_anyway(trigger: Trigger) -> bool:
    """Say whether an act in the content of another is told as one that took place."""
    tokens = trigger.view.tokens
    if trigger.act.type is not EventType.ASSAULT or trigger.verbal:
        return False
    return any(
        token.head == trigger.at and (token.lower in DEFINITE or token.dep == "acl:relcl") for token in tokens
    )


def _did(trigger: Trigger, setting: Setting) -> bool:
    """Say whether a figure tells the harm that an act did."""
    binding = setting.binding
    if trigger.act.type not in {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION}:
        return False
    if binding.persons.value.count.high == 0:
        return False
    if binding.cue.first in trigger.words:
        return True
    return trigger.act.type is EventType.ASSAULT and joined(
        trigger.view, trigger.at, binding.cue.first, trigger.words
    )
