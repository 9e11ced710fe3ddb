"""Reading: a report with every figure marked, and beside it the card of the claim that is looked at."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cairn.exports import Card, cut_paragraphs, make_cards, make_marks, safe_link
from cairn.ledger import (
    AskedEvents,
    Judged,
    Opened,
    State,
    as_of,
    count_waiting,
    find_decision,
    list_events,
    next_waiting,
    open_document,
)
from cairn.records import Claim, Decision, Ruling, standing
from cairn.review.access import RULERS
from cairn.review.accounts import Account
from cairn.review.asking import Asking
from cairn.review.deciding import From, find_claim, last_seen, may_undo
from cairn.review.pages import Who, With, show
from cairn.review.slots import CHOICES, FIELDS, KEYS, selected

routes = APIRouter()

LARGEST_NUMBER = 2**63 - 1
"""The largest number that the ledger's engines hold."""


@routes.get("/documents/{number}")
def document_page(request: Request, setup: With, who: Who, asking: From, number: int) -> Response:
    """Show a report, at its first claim that waits."""
    with as_of(setup.ledger, None) as state:
        opened = open_document(state, number) if 0 < number <= LARGEST_NUMBER else None
        if opened is None:
            raise HTTPException(404, "There is no such report.")
        waits = [each for each in opened.claims if each.approval.settled is None]
        chosen = next(iter([*waits, *opened.claims]), None)
        return _page(request, who, asking, state, opened, chosen)


@routes.get("/claims/{claim}")
def claim_page(request: Request, setup: With, who: Who, asking: From, claim: str) -> Response:
    """Show the report of a claim, at that claim."""
    with as_of(setup.ledger, None) as state:
        opened, judged = find_claim(state, claim, alone=False)
        return _page(request, who, asking, state, opened, judged)


def _page(
    request: Request, who: Account, asking: Asking, state: State, opened: Opened, chosen: Judged | None
) -> Response:
    document = opened.document
    shown = {each.read.id: each for each in opened.claims}
    cards = make_cards(1, [shown_claim(each) for each in opened.claims])
    span = selected(request.query_params.get("start", ""), request.query_params.get("end", ""), document.text)
    before, after = (
        (
            next_waiting(state, asking.asked, asking.order, chosen.number, back=True),
            next_waiting(state, asking.asked, asking.order, chosen.number),
        )
        if chosen
        else (None, None)
    )
    paragraphs = cut_paragraphs(document.text, make_marks(cards))
    opening = "".join(part.text for stretch in paragraphs[0] for part in stretch.segments).strip()
    of = AskedEvents(document=document.id)
    did = request.query_params.get("did", "")
    slot = request.query_params.get("slot", "")
    return show(
        request,
        "reading",
        opened=opened,
        document=document,
        link=safe_link(document.url),
        paragraphs=paragraphs,
        headed=document.title is not None and opening == document.title.strip(),
        cards=cards,
        judged=shown,
        card=_card_of(cards, chosen),
        chosen=chosen,
        claim_of={card.key: card.claim.id for card in cards},
        seen=last_seen(chosen) if chosen else "",
        history=_history(chosen, who) if chosen else [],
        before=before,
        after=after,
        waiting=count_waiting(state, asking.asked),
        events=[row for row in list_events(state, of) if row["document"] == opened.number],
        asking=asking,
        query=asking.query(page=None),
        did=find_decision(state, did) if did else None,
        slot=slot if slot in KEYS else "",
        keys=KEYS,
        fields=FIELDS,
        choices=CHOICES,
        span=span,
        picked=" ".join(span.words(document.text).split()) if span else "",
        may={ruling.name: who.role in RULERS[ruling] for ruling in Ruling},
    )


def shown_claim(judged: Judged) -> Claim:
    """Return a claim as people left it, without the words and the doubt of what they corrected."""
    own = {field for field, name in FIELDS.items() if name in judged.ruled.corrected}
    gone = own | set(judged.ruled.corrected)
    claim = judged.ruled.record
    return replace(
        claim,
        incident=judged.incident,
        evidence=tuple(each for each in claim.evidence if each.slot not in gone),
        confidence=tuple(pair for pair in claim.confidence if pair[0] not in gone),
    )


def _card_of(cards: tuple[Card, ...], chosen: Judged | None) -> Card | None:
    return next((card for card in cards if chosen and card.claim.id == chosen.read.id), None)


def _history(judged: Judged, who: Account) -> list[tuple[Decision, bool, bool]]:
    """Return the decisions about a claim, the last first, each with whether it stands and may be undone."""
    stand = {each.id for each in standing(judged.decisions)}
    return [
        (each, each.id in stand, each.id in stand and may_undo(who, each))
        for each in reversed(judged.decisions)
    ]
