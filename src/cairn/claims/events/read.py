"""From acts in sentences to events of the report, each slot with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.claims.acting import ARMED
from cairn.claims.discourse import Setting
from cairn.claims.events.actors import actor_of
from cairn.claims.events.complete import complete
from cairn.claims.events.confidence import SlotTraits, confidence_of, settled, traits_of
from cairn.claims.events.draft import Draft
from cairn.claims.events.modes import mode_of
from cairn.claims.events.naming import name_of
from cairn.claims.events.parties import with_parties
from cairn.claims.events.reasons import show
from cairn.claims.events.sentence import draft_sentence
from cairn.claims.events.settle import ACCUSER, History, Surroundings, merged_history, surroundings
from cairn.claims.events.sides import SPEAKS, Part, Parts, actors_of, harmed, recipients_of, used
from cairn.claims.names import head_of, words_of
from cairn.claims.scene import Stage
from cairn.claims.tellings import party_words
from cairn.claims.view import within
from cairn.claims.voices import Voice
from cairn.lexicon import Frame
from cairn.records import (
    TAKING_PART,
    Event,
    EventStatus,
    EventType,
    Participant,
    Scope,
    Span,
    content_id,
)


def read_events(stage: Stage, settings: Sequence[Setting]) -> tuple[Event, ...]:
    """Return the events of a report in reading order.

    Args:
        stage: the report's sentences, names, doers and lexicon.
        settings: its figures, settled: an act takes the voice, days and place of the harm that it did.
    """
    weights = stage.lexicon.event_confidence
    return tuple(
        replace(event, confidence=confidence_of(traits, weights))
        for event, traits in weigh_events(stage, settings)
    )


def weigh_events(stage: Stage, settings: Sequence[Setting]) -> list[tuple[Event, SlotTraits]]:
    """Return the events of a report with what tells how far each can be trusted; see ``read_events``."""
    figures: dict[int, list[Setting]] = {}
    for setting in settings:
        figures.setdefault(setting.binding.view.number, []).append(setting)
    history: History = []
    events: dict[str, Event] = {}
    traits: dict[str, SlotTraits] = {}
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
            if draft.only_harm(stage.lexicon) and draft.actor is None and (attacked or _is_sum(draft)):
                continue
            attacked = attacked or draft.trigger.act.type is EventType.ASSAULT
            around = _told_by_accuser(draft, stage, around, last)
            actors = actors_of(draft, stage, around, last)
            last = actors[0].name if actors else last
            recipients = recipients_of(draft, stage, around, hit)
            if actors and recipients and recipients[0].name == actors[0].name:
                recipients = harmed(draft, stage)
            hit = recipients[0].name if recipients else hit
            for event, told in _events(draft, stage, around, actors, recipients):
                events.setdefault(event.id, event)
                traits.setdefault(event.id, told)

    head = stage.views[0].sentence.span.end if stage.views else 0
    found = with_parties(complete(tuple(events.values()), head, stage.lexicon), stage)
    return [(event, settled(event, traits[event.id])) for event in found]


def _told_by_accuser(draft: Draft, stage: Stage, around: Surroundings, last: Span | None) -> Surroundings:
    """Return the surroundings of an act with who accuses of it for its voice, where somebody does."""
    if draft.accuser is None:
        return around
    view = draft.trigger.view
    accuser = actor_of(draft.accuser, stage.lexicon)
    name = name_of(view, accuser, stage, around.voice, last) if accuser is not None else None
    if accuser is None or name is None:
        return around
    words = used(view, accuser, stage.lexicon)
    return replace(around, voice=Voice((name,), (words,)), choices={**around.choices, "speakers": ACCUSER})


def _is_sum(draft: Draft) -> bool:
    """Say whether an act is told only by the sum of what several did."""
    return any(figure.scoped.value is Scope.TALLY for figure in draft.figures)


def _events(
    draft: Draft, stage: Stage, around: Surroundings, actors: Parts, recipients: Parts
) -> list[tuple[Event, SlotTraits]]:
    """Return the event of an act, after the accusation that telling it may be."""
    status = draft.stance.status
    if draft.trigger.act.frame is Frame.ALLEGES and status is EventStatus.ALLEGED:
        status = EventStatus.ACTUAL
    made = []
    voice = around.voice
    told = status is EventStatus.ACTUAL
    if told and voice is not None and _accuses(draft, stage, voice, actors, recipients):
        status = EventStatus.ALLEGED
        made.append(_accusation(draft, stage, around, voice, actors))
    made.append(_event(draft, stage, around, actors, recipients, status))
    return made


def _accuses(draft: Draft, stage: Stage, voice: Voice, actors: Parts, recipients: Parts) -> bool:
    """Say whether who tells an act speaks for one side and tells it of another."""
    lexicon, text = stage.lexicon, stage.reading.document.text
    if not actors:
        return False
    actor = actors[0]
    if draft.trigger.act.type in lexicon.events.backing:
        helped = head_of(recipients[0].name.words(text)) if recipients else ""
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
    draft: Draft, stage: Stage, around: Surroundings, voice: Voice, accused: Parts
) -> tuple[Event, SlotTraits]:
    """Return the accusation that telling an act of another side is."""
    act = replace(draft.trigger.act, type=EventType.ACCUSE, mode="allege")
    trigger = replace(draft.trigger, act=act)
    speaker = Part(voice.chain[0], voice.words[0], SPEAKS)
    spoken = replace(around, placed=None)
    return _event(
        Draft(trigger, None, None, draft.stance), stage, spoken, (speaker,), accused, EventStatus.ACTUAL
    )


def _event(
    draft: Draft,
    stage: Stage,
    around: Surroundings,
    actors: Parts,
    recipients: Parts,
    status: EventStatus,
) -> tuple[Event, SlotTraits]:
    """Return one event with the evidence of every slot, and what tells how far they can be trusted."""
    reading = stage.reading
    text = reading.document.text
    trigger = draft.trigger
    mode, weapon = mode_of(draft, stage)
    speakers = tuple(span.words(text) for span in around.voice.chain) if around.voice else ()
    event = Event(
        id=content_id(
            "evt",
            [reading.document.id, text, trigger.span.start, trigger.span.end, trigger.act.type, speakers],
        ),
        document_id=reading.document.id,
        trigger=trigger.span,
        type=trigger.act.type,
        mode=mode,
        actor=actors[0].name.words(text) if actors else None,
        recipient=recipients[0].name.words(text) if recipients else None,
        place=around.placed.value.place if around.placed is not None else None,
        time=around.timed.value.period if around.timed is not None else None,
        speakers=speakers,
        status=status,
        evidence=tuple(show(draft, stage, around, actors, recipients, weapon, status)),
        participants=tuple(
            Participant(slot=slot, name=part.name.words(text))
            for slot, parts in zip(TAKING_PART, (actors, recipients), strict=True)
            for part in parts
        ),
    )
    return event, traits_of(event, draft, around, actors, recipients)
