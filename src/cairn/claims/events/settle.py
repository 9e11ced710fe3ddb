"""Give an act its voice, days and place: those of the harm it did, else as a figure there would get them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cairn.claims.attribute import resolve_voice, voice_key, voice_options
from cairn.claims.bind import Binding
from cairn.claims.choose import Choice, choose
from cairn.claims.discourse import Setting
from cairn.claims.events.draft import WORDS_ONLY, Draft
from cairn.claims.events.triggers import Trigger
from cairn.claims.scene import RECENT, Scene, Stage, Taken
from cairn.claims.told import moment_key, place_key
from cairn.claims.view import At, within
from cairn.claims.voices import Voice
from cairn.claims.when import time_options
from cairn.claims.where import place_options
from cairn.records import (
    Attribution,
    Cue,
    EventType,
    Harm,
    Locality,
    Mention,
    Moment,
    Persons,
    PersonsKind,
    Role,
    exactly,
)

STAND_INS = {
    (EventType.COERCE, "arrest"): Harm.DETAINED,
    (EventType.ASSAULT, "abduct"): Harm.ABDUCTED,
    (EventType.SANCTION, "expel"): Harm.DISPLACED,
}
"""The harm by whose weights an act's place, time and voice are chosen; else those of a killing."""

History = list[tuple[Binding, Taken]]


ACCUSER: Choice[Any] = Choice(None, 0.5, "")
"""That who accuses of an act is its voice, which no weights choose."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sentences around an act tell of it, with how sure each choice is, by slot."""

    voice: Voice | None
    timed: Mention[Moment] | None
    placed: Mention[Locality] | None
    choices: Mapping[str, Choice[Any]]


def surroundings(draft: Draft, stage: Stage, history: History) -> Surroundings:
    """Return voice, time and place of an act.

    Args:
        draft: the act.
        stage: what all acts and figures of the report share.
        history: figures and acts before it, each with what was chosen for it.
    """
    binding = _stand_in(draft.trigger)
    scene = Scene(binding=binding, stage=stage, history=history[-RECENT:], whole={})
    weights = stage.lexicon.weights
    figure = draft.figures[0] if draft.figures else None
    voiced: Choice[Mention[Attribution]]
    placed: Choice[Mention[Locality]]
    if figure is not None and not _is_own_word(draft.trigger, figure.voiced.value):
        voiced = figure.voiced
    else:
        voices = [
            option
            for option in voice_options(scene)
            if not _is_own_word(draft.trigger, option.value) and not _is_apart(draft.trigger, option.value)
        ]
        voiced = choose(voices, weights["speakers"])
    timed = figure.timed if figure else choose(time_options(scene), weights["time"])
    if draft.trigger.act.type in WORDS_ONLY:
        placed = Choice(_beside(draft.trigger, stage), 0.5, "")
    else:
        placed = figure.placed if figure else choose(place_options(scene), weights["place"])
    taken: Taken = {
        "speakers": voice_key(scene, voiced.value) if voiced.value else None,
        "time": moment_key(timed.value) if timed.value else None,
        "place": place_key(placed.value) if placed.value else None,
        "means": None,
        "perpetrator": None,
    }
    history.append((binding, taken))
    choices: dict[str, Choice[Any]] = {"place": placed, "time": timed, "speakers": voiced}
    return Surroundings(resolve_voice(scene, voiced.value), timed.value, placed.value, choices)


def merged_history(settings: Sequence[Setting], events: History, before: tuple[int, int]) -> History:
    """Return the figures and acts that stand before a place of the report, in reading order."""
    told = [(each.binding, each.taken) for each in settings]
    both = [*told, *events]
    both = [each for each in both if (each[0].view.number, each[0].persons.first) < before]
    return sorted(both, key=lambda each: (each[0].view.number, each[0].persons.first))


def _stand_in(trigger: Trigger) -> Binding:
    """Return a figure that stands where the act does, so that the weights of figures can be asked."""
    harm = STAND_INS.get((trigger.act.type, trigger.act.mode or ""), Harm.KILLED)
    persons = Persons(count=exactly(2), kind=PersonsKind.COUNTED, noun=None)
    cue = Cue(harm=harm, role=Role.HEAD, lemma="", parts=(trigger.span,))
    return Binding(
        view=trigger.view,
        persons=At(trigger.first, trigger.last, Mention(span=trigger.span, value=persons)),
        cue=At(trigger.first, trigger.last, Mention(span=trigger.span, value=cue)),
        harm=harm,
        reason="",
    )


def _is_own_word(trigger: Trigger, mention: Mention[Attribution] | None) -> bool:
    """Say whether an attribution is the act itself: who accuses is not quoted on his accusing."""
    if mention is None:
        return False
    verb = mention.span
    return any(verb.overlaps(trigger.view.tokens[at].span) for at in trigger.words) and not (
        mention.value.scope.contains(trigger.span)
    )


def _is_apart(trigger: Trigger, mention: Mention[Attribution] | None) -> bool:
    """Say whether an attribution of the same sentence answers for other words of it."""
    if mention is None:
        return False
    if not trigger.view.sentence.span.contains(mention.span):
        return trigger.act.type in WORDS_ONLY  # who says it is told with it
    return not mention.value.scope.overlaps(trigger.span)


def _beside(trigger: Trigger, stage: Stage) -> Mention[Locality] | None:
    """Return the place where something is said, or is to hold: "warned in Geneva", "a truce in Tarn"."""
    view = trigger.view
    for mention in within(view.sentence, stage.reading.localities):
        at = view.index_of(mention.span.end - 1)
        if mention.value.adjectival or view.tokens[at].dep not in {"obl", "nmod"}:
            continue
        cases = {t.lower for t in view.tokens if t.head == at and t.dep == "case"}
        if cases & {"in", "at"} and view.tokens[at].head in trigger.words | {trigger.at}:
            return mention
    return None
