"""From acts in sentences to events of the report, each slot with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cairn.claims.acting import ARMED
from cairn.claims.attribute import Voice
from cairn.claims.discourse import Setting
from cairn.claims.events.actors import actor_of
from cairn.claims.events.complete import complete
from cairn.claims.events.draft import Draft
from cairn.claims.events.modes import mode_of
from cairn.claims.events.naming import name_of
from cairn.claims.events.phrases import is_pronoun, phrase_of
from cairn.claims.events.sentence import draft_sentence
from cairn.claims.events.settle import History, Surroundings, merged_history, surroundings
from cairn.claims.names import head_of, words_of
from cairn.claims.scene import Stage
from cairn.claims.tellings import party_words
from cairn.claims.view import within
from cairn.lexicon import Frame, Lexicon
from cairn.records import (
    Event,
    EventStatus,
    EventType,
    Evidence,
    Scope,
    Span,
    content_id,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part: where the fullest name stands, and the words used."""

    name: Span
    words: Span


def read_events(stage: Stage, settings: Sequence[Setting]) -> tuple[Event, ...]:
    """Return the events of a report in reading order.

    Args:
        stage: the report's sentences, names, doers and lexicon.
        settings: its figures, settled: an act takes the voice, days and place of the harm that it did.
    """
    figures: dict[int, list[Setting]] = {}
    for setting in settings:
        figures.setdefault(setting.binding.view.number, []).append(setting)
    history: History = []
    events: dict[str, Event] = {}
    last: Span | None = None
    hit: Span | None = None
    attacked = False
    for view in stage.views:
        moments = within(view.sentence, stage.reading.moments)
        dated = frozenset(
            at
            for at, token in enumerate(view.tokens)
            if token.pos not in {"VERB", "AUX", "PRON"}
            and any(moment.span.overlaps(token.span) for moment in moments)
        )
        said = within(view.sentence, stage.reading.attributions)
        for draft in draft_sentence(view, figures.get(view.number, ()), said, dated, stage.lexicon):
            before = merged_history(settings, history, (view.number, draft.trigger.first))
            kept = len(before)
            around = surroundings(draft, stage, before)
            history += before[kept:]
            if draft.only_harm and draft.actor is None and (attacked or _is_sum(draft)):
                continue
            attacked = attacked or draft.trigger.act.type is EventType.ASSAULT
            around = _told_by_accuser(draft, stage, around, last)
            actor = _actor(draft, stage, around, last)
            last = actor.name if actor is not None else last
            recipient = _recipient(draft, stage, around, hit)
            if actor is not None and recipient is not None and recipient.name == actor.name:
                recipient = _harmed(draft, stage)
            hit = recipient.name if recipient is not None else hit
            for event in _events(draft, stage, around, actor, recipient):
                events.setdefault(event.id, event)

    head = stage.views[0].sentence.span.end if stage.views else 0
    return complete(tuple(events.values()), head, stage.lexicon)


def _told_by_accuser(draft: Draft, stage: Stage, around: Surroundings, last: Span | None) -> Surroundings:
    """Return the surroundings of an act with who accuses of it for its voice, where somebody does."""
    if draft.accuser is None:
        return around
    view = draft.trigger.view
    accuser = actor_of(draft.accuser, stage.lexicon)
    name = name_of(view, accuser, stage, around.voice, last) if accuser is not None else None
    if accuser is None or name is None:
        return around
    return replace(around, voice=Voice((name,), (_used(view.tokens[accuser].span, accuser, draft, stage),)))


def _actor(draft: Draft, stage: Stage, around: Surroundings, last: Span | None) -> Part | None:
    """Return who does an act: as the sentence names him, else as the harm that it did was settled."""
    view = draft.trigger.view
    if draft.actor is not None:
        name = name_of(view, draft.actor, stage, around.voice, last)
        if name is not None:
            return Part(name, _used(view.tokens[draft.actor].span, draft.actor, draft, stage))
        return None
    for figure in draft.figures:
        party = figure.done.value
        if party is not None:
            return Part(party.span, party.span)
    return None


def _recipient(draft: Draft, stage: Stage, around: Surroundings, last: Span | None) -> Part | None:
    """Return towards whom an act is done; of an attack, those it harmed where nothing else is named."""
    view = draft.trigger.view
    if draft.recipient is not None and _names_somebody(draft, draft.recipient, stage.lexicon):
        name = name_of(view, draft.recipient, stage, around.voice, last)
        if name is not None:
            return Part(name, _used(view.tokens[draft.recipient].span, draft.recipient, draft, stage))
        return None
    return _harmed(draft, stage)


def _harmed(draft: Draft, stage: Stage) -> Part | None:
    """Return those whom an act harmed."""
    nouns = [figure.binding.persons.value.noun for figure in draft.figures]
    told = [noun for noun in nouns if noun is not None and _says_who(noun, stage)]
    return Part(told[0], told[0]) if told else None


def _says_who(noun: Span, stage: Stage) -> bool:
    """Say whether a noun tells who was harmed: not "others"."""
    return noun.words(stage.reading.document.text).lower() not in stage.lexicon.events.counting


def _is_sum(draft: Draft) -> bool:
    """Say whether an act is told only by the sum of what several did."""
    return any(figure.scoped.value is Scope.TALLY for figure in draft.figures)


def _names_somebody(draft: Draft, head: int, lexicon: Lexicon) -> bool:
    """Say whether a recipient is more than a number or "others", where a harm tells who was hit."""
    view = draft.trigger.view
    return not draft.figures or (view.pos(head) != "NUM" and view.word(head) not in lexicon.events.counting)


def _used(token: Span, head: int, draft: Draft, stage: Stage) -> Span:
    view = draft.trigger.view
    return token if is_pronoun(view, head) else phrase_of(view, head, stage.lexicon)


def _events(
    draft: Draft, stage: Stage, around: Surroundings, actor: Part | None, recipient: Part | None
) -> list[Event]:
    """Return the event of an act, after the accusation that telling it may be."""
    status = draft.stance.status
    if draft.trigger.act.frame is Frame.ALLEGES and status is EventStatus.ALLEGED:
        status = EventStatus.ACTUAL
    made = []
    voice = around.voice
    if status is EventStatus.ACTUAL and voice is not None and _accuses(draft, stage, voice, actor, recipient):
        status = EventStatus.ALLEGED
        made.append(_accusation(draft, stage, around, voice, actor))
    made.append(_event(draft, stage, around, actor, recipient, status))
    return made


def _accuses(draft: Draft, stage: Stage, voice: Voice, actor: Part | None, recipient: Part | None) -> bool:
    """Say whether who tells an act speaks for one side and tells it of another."""
    lexicon, text = stage.lexicon, stage.reading.document.text
    if actor is None:
        return False
    if draft.trigger.act.type in lexicon.events.backing:
        helped = head_of(recipient.name.words(text)) if recipient is not None else ""
        if not lexicon.people.plural.get(helped, frozenset()) & ARMED:
            return False
    elif draft.trigger.act.type not in lexicon.events.accusing:
        return False
    roles = {word for span in (voice.chain[0], *voice.words) for word in words_of(span.words(text))}
    roles |= {
        word
        for role, bearer in stage.names.roles
        if bearer.overlaps(voice.chain[0]) or bearer.words(text) == voice.chain[0].words(text)
        for word in role
    }
    if not roles & lexicon.events.parties:
        return False
    accused = actor.name.words(text)
    named = any(
        token.pos == "PROPN" for token in draft.trigger.view.tokens if token.span.overlaps(actor.words)
    )
    side = named or bool(words_of(accused) & lexicon.events.parties)
    own = party_words(" ".join(sorted(roles)), lexicon) & party_words(accused, lexicon)
    return side and not own and head_of(accused) not in lexicon.means.lone


def _accusation(
    draft: Draft, stage: Stage, around: Surroundings, voice: Voice, accused: Part | None
) -> Event:
    """Return the accusation that telling an act of another side is."""
    act = replace(draft.trigger.act, type=EventType.ACCUSE, mode="allege")
    trigger = replace(draft.trigger, act=act)
    speaker = Part(voice.chain[0], voice.words[0])
    spoken = replace(around, placed=None)
    return _event(
        Draft(trigger, None, None, draft.stance), stage, spoken, speaker, accused, EventStatus.ACTUAL
    )


def _event(
    draft: Draft,
    stage: Stage,
    around: Surroundings,
    actor: Part | None,
    recipient: Part | None,
    status: EventStatus,
) -> Event:
    """Return one event with the evidence of every slot."""
    reading = stage.reading
    text = reading.document.text
    trigger = draft.trigger
    evidence = [Evidence(slot="trigger", spans=(trigger.span,))]
    mode, told = mode_of(draft, stage)
    if mode is not None and told is not None:
        evidence.append(Evidence(slot="mode", spans=(told,)))
    for slot, part in (("actor", actor), ("recipient", recipient)):
        if part is not None:
            evidence.append(Evidence(slot=slot, spans=tuple(sorted({part.name, part.words}))))
    if around.placed is not None:
        evidence.append(Evidence(slot="place", spans=(around.placed.span,)))
    period = around.timed.value.period if around.timed is not None else None
    if around.timed is not None:
        evidence.append(Evidence(slot="time", spans=(around.timed.span,)))
    if around.voice is not None:
        spans = tuple(sorted({*around.voice.chain, *around.voice.words}))
        evidence.append(Evidence(slot="speakers", spans=spans))
    if draft.stance.word is not None and status is not EventStatus.ACTUAL:
        evidence.append(Evidence(slot="status", spans=(draft.stance.word,)))
    speakers = tuple(span.words(text) for span in around.voice.chain) if around.voice else ()
    return Event(
        id=content_id(
            "evt",
            [reading.document.id, text, trigger.span.start, trigger.span.end, trigger.act.type, speakers],
        ),
        document_id=reading.document.id,
        trigger=trigger.span,
        type=trigger.act.type,
        mode=mode,
        actor=actor.name.words(text) if actor is not None else None,
        recipient=recipient.name.words(text) if recipient is not None else None,
        place=around.placed.value.place if around.placed is not None else None,
        time=period,
        speakers=speakers,
        status=status,
        evidence=tuple(evidence),
    )
