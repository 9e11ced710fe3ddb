"""From a reading to claims: bind, set in discourse, nest, ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cairn.claims.bind import Binding
from cairn.claims.choose import Choice
from cairn.claims.confidence import confidence_of
from cairn.claims.discourse import Setting, set_stage, settle_figures
from cairn.claims.events import read_events
from cairn.claims.framing import find_framing
from cairn.claims.ground import require_event_grounded, require_grounded
from cairn.claims.incidents import name_incidents
from cairn.claims.means import target_span
from cairn.claims.names import collect_names
from cairn.claims.parts import bind_report
from cairn.claims.reasons import (
    choice_reason,
    count_reason,
    harm_reason,
    part_reason,
    scope_reason,
    told_at,
    victims_reason,
)
from cairn.claims.scene import RECENT, Stage
from cairn.claims.standing import find_status
from cairn.claims.view import sentence_views, within
from cairn.errors import GroundingError
from cairn.lexicon import Lexicon
from cairn.records import (
    Claim,
    Event,
    Evidence,
    Framing,
    Group,
    Harm,
    Mention,
    Moment,
    PersonsKind,
    Reading,
    Role,
    Scope,
    Skipped,
    Span,
    Status,
    Target,
    Victims,
    content_id,
)

ELLIPTIC_NOUNS = frozenset({"others", "other", "more"})
"""Nouns that say only that more people are meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The claims, events and loaded wording of one document, and what was dropped with the reason."""

    claims: tuple[Claim, ...]
    events: tuple[Event, ...] = ()
    framing: tuple[Framing, ...] = ()
    dropped: tuple[Skipped, ...] = ()


def extract_claims(reading: Reading, lexicon: Lexicon) -> Extraction:
    """Read every casualty claim of a document.

    Args:
        reading: the document with its marks.
        lexicon: words of the document's language.

    Returns:
        Claims in reading order, each grounded: every filled slot shows the words it was read from. What
        cannot show its words is dropped with a reason.
    """
    stage, settings = stage_report(reading, lexicon)
    bound = [setting.binding for setting in settings]
    ids = {setting.binding.key: claim_id(setting, reading) for setting in settings}
    claims: dict[str, Claim] = {}
    dropped: list[Skipped] = []
    for number, setting in enumerate(settings):
        claim = _claim(setting, settings[max(0, number - RECENT) : number], bound, ids, reading, lexicon)
        try:
            require_grounded(claim, reading.document.text)
        except GroundingError as error:
            dropped.append(Skipped(document_id=reading.document.id, reason=str(error)))
            continue
        claims.setdefault(claim.id, claim)
    events: list[Event] = []
    for event in read_events(stage, settings):
        try:
            require_event_grounded(event, reading.document.text)
        except GroundingError as error:
            dropped.append(Skipped(document_id=reading.document.id, reason=str(error)))
            continue
        events.append(event)
    return Extraction(
        claims=name_incidents(tuple(claims.values()), stage),
        events=tuple(events),
        framing=find_framing(reading, lexicon, stage.names),
        dropped=tuple(dropped),
    )


def settle_report(reading: Reading, lexicon: Lexicon) -> list[Setting]:
    """Return every figure of a report that is bound to a harm, with what its surroundings tell of it."""
    return stage_report(reading, lexicon)[1]


def stage_report(reading: Reading, lexicon: Lexicon) -> tuple[Stage, list[Setting]]:
    """Return what all figures and acts of a report share, and its figures settled."""
    views = sentence_views(reading)
    bound = bind_report(views, lexicon)
    stage = set_stage(bound, views, reading, collect_names(reading), lexicon)
    return stage, settle_figures(bound, stage)


def claim_id(setting: Setting, reading: Reading) -> str:
    """Return the claim's id, made from the document, the anchor, the harm, the count and the speakers."""
    persons = setting.binding.persons
    count = persons.value.count
    speakers = [span.words(reading.document.text) for span in setting.voice.chain] if setting.voice else []
    return content_id(
        "clm",
        [
            reading.document.id,
            reading.document.text,
            persons.span.start,
            persons.span.end,
            setting.binding.harm,
            count.low,
            count.high,
            count.fraction,
            speakers,
        ],
    )


def _claim(
    setting: Setting,
    before: Sequence[Setting],
    bound: Sequence[Binding],
    ids: dict[tuple[int, int, Harm], str],
    reading: Reading,
    lexicon: Lexicon,
) -> Claim:
    """Fill every slot of one claim with its evidence."""
    binding = setting.binding
    text = reading.document.text
    persons = binding.persons
    evidence: list[Evidence] = []

    def show(slot: str, *spans: Span, reason: str = "") -> None:
        evidence.append(Evidence(slot=slot, spans=tuple(sorted(set(spans))), reason=reason))

    def chosen(slot: str, span: Span, choice: Choice[Any], *more: str) -> None:
        show(slot, span, reason=choice_reason(span, choice, reading, lexicon, *more))

    show("count", persons.span, reason=count_reason(persons.value))
    show("harm", *binding.cue.value.parts, reason=harm_reason(binding, reading))
    victims = _victims(binding, bound, text)
    if persons.value.noun is not None and victims.text:
        show("victims", persons.value.noun, reason=victims_reason(victims.groups))
    weapon, party = setting.armed.value, setting.done.value
    if weapon is not None:
        chosen("means", weapon.span, setting.armed)
    if party is not None:
        chosen("perpetrator", party.span, setting.done)
    target = target_span(binding, lexicon)
    if target:
        show("target", target[0], reason=f"{told_at(target[0], reading)}: after a word of hitting")
    locality = setting.placed.value
    if locality is not None:
        chosen("place", locality.span, setting.placed, locality.value.reason)
    moment = setting.timed.value or _undated(binding, reading)
    if moment is not None:
        # A time that no calendar settles is shown with the reason, and leaves the slot empty.
        if setting.timed.value is not None:
            chosen("time", moment.span, setting.timed, moment.value.reason)
        else:
            show("time", moment.span, reason=f"{told_at(moment.span, reading)}: {moment.value.reason}")
    if setting.voice is not None and setting.voiced.value is not None:
        spans = (*setting.voice.chain, *setting.voice.words)
        verb = f"by “{setting.voiced.value.value.verb}”"
        show(
            "speakers",
            *spans,
            reason=choice_reason(setting.voice.words[0], setting.voiced, reading, lexicon, verb),
        )
    denied = setting.voice is not None and setting.voice.denies
    status, doubt = find_status(binding, lexicon, denied=denied)
    if doubt is not None:
        show("status", doubt, reason=f"{told_at(doubt, reading)}: a word of doubt before the harm")
    elif status is Status.DENIED and setting.voice is not None:
        show("status", *setting.voice.words, reason="the voice denies it")
    elif status is Status.SUPERSEDED:
        show("status", persons.span, reason="the text gives it as an earlier figure")
    scope = setting.scoped.value or Scope.INCIDENT
    show("scope", persons.span, reason=scope_reason(setting.scoped, lexicon))
    whole = ids.get(binding.whole.key) if binding.whole is not None else None
    own_id = ids[binding.key]
    if whole is not None and whole != own_id and binding.whole is not None:
        show("part_of", binding.whole.persons.span, reason=part_reason(binding.whole, reading))
    return Claim(
        id=own_id,
        document_id=reading.document.id,
        anchor=persons.span,
        harm=binding.harm,
        count=persons.value.count,
        victims=victims,
        perpetrator=party.span.words(text) if party is not None else None,
        means=weapon.means if weapon is not None else None,
        target=Target(text=target[0].words(text), kind=target[1]) if target else None,
        place=locality.value.place if locality is not None else None,
        time=setting.period,
        speakers=tuple(span.words(text) for span in setting.voice.chain) if setting.voice else (),
        status=status,
        scope=scope,
        part_of=whole if whole != own_id else None,
        evidence=tuple(evidence),
        confidence=confidence_of(setting, before, status, victims.groups, lexicon.confidence),
    )


def _undated(binding: Binding, reading: Reading) -> Mention[Moment] | None:
    """Return the first time told in the figure's sentence that could not be resolved."""
    told = within(binding.view.sentence, reading.moments)
    return next((mention for mention in told if mention.value.period is None), None)


def _victims(binding: Binding, bound: Sequence[Binding], text: str) -> Victims:
    """Return who was harmed; an elliptic figure takes the group of the phrase that it continues."""
    persons = binding.persons.value
    groups = persons.groups
    words = persons.noun.words(text) if persons.noun is not None else ""
    if binding.cue.value.lemma.startswith("blow") and binding.cue.value.role is Role.SUBJECT:
        groups = (Group.PERPETRATOR,)  # "blew himself up": the attacker dies in his own attack
    if not groups and (persons.noun is None or words.lower() in ELLIPTIC_NOUNS):
        groups = _continued_groups(binding, bound)
    return Victims(text=words, groups=groups or (Group.UNSPECIFIED,))


def _continued_groups(binding: Binding, bound: Sequence[Binding]) -> tuple[Group, ...]:
    """Return the groups of the figure told right before this one, in its sentence."""
    before = [
        other
        for other in bound
        if other.view is binding.view
        and other.persons.first < binding.persons.first
        and (other.whole is None or other.whole.view is not binding.view)
        and other.persons.value.kind is PersonsKind.COUNTED
    ]
    return before[-1].persons.value.groups if before else ()
