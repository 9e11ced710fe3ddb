"""Show the words of every slot of an event, with one line on how each was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cairn.claims.choose import Choice
from cairn.claims.events.draft import Draft
from cairn.claims.events.settle import ACCUSER, Surroundings
from cairn.claims.events.sides import BEYOND, DID_HARM, SPEAKS, SUFFERS_HARM, Part, Parts
from cairn.claims.reasons import choice_reason, told_at
from cairn.claims.scene import Stage
from cairn.records import TAKING_PART, EventStatus, Evidence, Span

STANDING = {
    "subject": "subject of the act",
    "undergoes": "undergoes the act",
    "by": "after “by”",
    "object": "object of the act",
    "owner": "whose act it is",
    "before": "stands before the act",
    "together": "named together with another",
    SPEAKS: "says it of another side",
    DID_HARM: "did the harm that the act is told with",
    SUFFERS_HARM: "suffered the harm that the act is told with",
    BEYOND: "takes part by another word of the sentence",
}
"""How a phrase stands to the act -> words for a person; any other is a preposition."""

OF_FIGURES = ("the verb of harm", "the harm", "the figure")
"""What reasons call that for which a place, day or voice was chosen; an act that did no told harm is none."""


def show(
    draft: Draft,
    stage: Stage,
    around: Surroundings,
    actors: Parts,
    recipients: Parts,
    weapon: Span | None,
    status: EventStatus,
) -> Iterator[Evidence]:
    """Yield the evidence of each slot that was read from words.

    Args:
        draft: the act.
        stage: the report.
        around: what the sentences around tell of the act.
        actors: who does it.
        recipients: towards whom.
        weapon: the word that tells the mode beside the trigger.
        status: as the event has it.
    """
    reading, trigger = stage.reading, draft.trigger
    kind = "a word of harm" if trigger.of_harm else "a verb" if trigger.verbal else "a noun"
    yield _evidence("trigger", [trigger.span], f"{told_at(trigger.span, reading)}: {kind} for the act")
    if weapon is not None:
        yield _evidence("mode", [weapon], f"{told_at(weapon, reading)}: told with the act")
    for slot, parts in zip(TAKING_PART, (actors, recipients), strict=True):
        if parts:
            named = (span for part in parts for span in (part.name, part.words))
            yield _evidence(slot, named, _part_reason(parts[0], stage))
    if around.placed is not None:
        yield _chosen("place", around.placed.span, draft, around, stage, around.placed.value.reason)
    if around.timed is not None:
        yield _chosen("time", around.timed.span, draft, around, stage, around.timed.value.reason)
    if around.voice is not None:
        spans = (*around.voice.chain, *around.voice.words)
        first = around.voice.words[0]
        yield _evidence("speakers", spans, _choice_reason(first, around.choices["speakers"], draft, stage))
    word = draft.stance.word
    if status is not EventStatus.ACTUAL and word is not None:
        yield _evidence("status", [word], f"{told_at(word, reading)}: stands over the act")


def _evidence(slot: str, spans: Iterable[Span], reason: str) -> Evidence:
    return Evidence(slot=slot, spans=tuple(sorted(set(spans))), reason=reason)


def _chosen(slot: str, span: Span, draft: Draft, around: Surroundings, stage: Stage, more: str) -> Evidence:
    return _evidence(slot, [span], _choice_reason(span, around.choices[slot], draft, stage, more))


def _choice_reason(span: Span, choice: Choice[object], draft: Draft, stage: Stage, more: str = "") -> str:
    if choice is ACCUSER:
        return f"{told_at(span, stage.reading)}: accuses of it"
    told = choice_reason(span, choice, stage.reading, stage.lexicon, more)
    for words in () if draft.figures else OF_FIGURES:
        told = told.replace(words, "the act")
    return told


def _part_reason(part: Part, stage: Stage) -> str:
    """Return how one who takes part is told, and by which fuller name the report knows it."""
    told = STANDING.get(part.standing, f"after “{part.standing}”")
    fuller = "" if part.name == part.words else f"; that is {told_at(part.name, stage.reading)}"
    return f"{told_at(part.words, stage.reading)}: {told}{fuller}"
