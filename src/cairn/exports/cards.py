"""Cards: one claim made ready for a page, every value already in a reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.exports import wording
from cairn.exports.order import nest
from cairn.exports.segments import Mark
from cairn.records import Claim, Status

SLOT_LABELS = {
    "count": "figure",
    "harm": "harm",
    "victims": "of whom",
    "perpetrator": "by",
    "means": "with",
    "target": "hit",
    "place": "where",
    "time": "when",
    "speakers": "according to",
    "status": "standing",
    "scope": "reach",
    "part_of": "inside",
}
"""What a card calls each field; a slot that is not here is shown as ``OTHER``."""

UNSAID = {
    "status": "nothing puts the figure in doubt",
    "victims": "no noun tells who they are",
    "speakers": "the report says it in its own voice",
    "part_of": "no figure includes it",
}
"""What is told of a slot that no words were read for; else that the text does not say."""

OTHER = "other"
DEEPEST = 3
"""Cards are indented this many steps at most: more would leave no room on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a card: which slot, what it is called, what was read, and how sure that is.

    Attributes:
        sure: as ``72%``; empty when it was not measured.
        doubtful: the value is marked.
    """

    slot: str
    label: str
    value: str
    sure: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim as a page shows it.

    Attributes:
        key: names the claim on its page: number of the report, dash, number of the card.
        voices: chain of speakers, first the one who says it.
        rows: what was said besides, in fixed order; slots of which nothing was said are left out.
        worded: slots that the text shows words for; a value may be carried over without any.
        groups: what the text states of the victims, unless ``whom`` says it in the same word.
        inside: the card of the whole that these people are part of.
        sure: how likely this is a claim of the text, as ``96%``; empty when it was not measured.
        voiced: how sure the voices are.
        reasons: name of a slot, how it was read and how sure that is; with the slots that were read to say
            nothing, where it was measured how sure that is.
    """

    key: str
    number: int
    claim: Claim
    depth: int
    figure: str
    spoken: str
    harm: str
    notes: tuple[str, ...]
    voices: tuple[str, ...]
    whom: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    worded: frozenset[str]
    inside: Card | None
    sure: str
    voiced: Row
    reasons: tuple[Row, ...]

    @property
    def withdrawn(self) -> bool:
        """Say whether the text itself takes the figure back or disputes it."""
        return self.claim.status in (Status.SUPERSEDED, Status.DENIED)


def make_cards(report_number: int, claims: Sequence[Claim]) -> tuple[Card, ...]:
    """Return a card for each claim, in the order of ``nest``, numbered from 1."""
    cards: dict[str, Card] = {}
    made: list[Card] = []
    for number, entry in enumerate(nest(claims), start=1):
        claim = entry.claim
        card = Card(
            key=f"{report_number}-{number}",
            number=number,
            claim=claim,
            depth=min(entry.depth, DEEPEST),
            figure=wording.figure(claim.count),
            spoken=wording.spoken_figure(claim.count),
            harm=wording.HARMS[claim.harm],
            notes=wording.notes(claim),
            voices=wording.voices(claim),
            whom=claim.victims.text,
            groups=tuple(g for g in wording.groups(claim) if g not in claim.victims.text.lower()),
            rows=_rows(claim),
            worded=frozenset(slot_name(entry.slot) for entry in claim.evidence),
            inside=cards.get(claim.part_of or ""),
            sure=wording.sureness(claim),
            voiced=_row(claim, "speakers", " → ".join(wording.voices(claim))),
            reasons=_reasons(claim),
        )
        cards[claim.id] = card
        made.append(card)
    return tuple(made)


def make_marks(cards: Sequence[Card]) -> tuple[Mark, ...]:
    """Return every stretch of text that a card rests on, under the card's key and the page's slot names."""
    return tuple(mark for card in cards for mark in _marks(card))


def slot_name(slot: str) -> str:
    """Return the slot as the page's tints know it."""
    return slot if slot in SLOT_LABELS else OTHER


def _marks(card: Card) -> list[Mark]:
    anchor = Mark(span=card.claim.anchor, claim=card.key, slot="anchor")
    return [anchor] + [
        Mark(span=span, claim=card.key, slot=slot_name(entry.slot))
        for entry in card.claim.evidence
        if entry.slot != "anchor"
        for span in entry.spans
    ]


def _rows(claim: Claim) -> tuple[Row, ...]:
    said = {
        "place": claim.place and wording.where(claim.place),
        "time": claim.time and wording.when(claim.time),
        "perpetrator": claim.perpetrator,
        "means": claim.means and wording.MEANS[claim.means],
        "target": claim.target and claim.target.text,
    }
    return tuple(_row(claim, slot, value) for slot, value in said.items() if value)


def _row(claim: Claim, slot: str, value: str) -> Row:
    """Return a line of the card with how sure its slot is."""
    return Row(
        slot=slot_name(slot),
        label=SLOT_LABELS.get(slot, slot),
        value=value,
        sure=wording.sureness(claim, slot),
        doubtful=wording.is_doubtful(claim, slot),
    )


def _reasons(claim: Claim) -> tuple[Row, ...]:
    told = [_row(claim, entry.slot, entry.reason) for entry in claim.evidence if entry.reason]
    shown = {entry.slot for entry in claim.evidence}
    silent = [slot for slot, _ in claim.confidence if slot != "claim" and slot not in shown]
    return (*told, *(_row(claim, slot, UNSAID.get(slot, "the text does not say")) for slot in silent))
