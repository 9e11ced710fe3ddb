"""Publishing: what one person confirmed another makes public, or takes back."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.errors import InputError
from cairn.ledger import (
    Asked,
    Judged,
    Order,
    Row,
    State,
    as_of,
    find_decision,
    list_unpublished,
    list_waiting,
)
from cairn.records import Count, Decision, Ruling
from cairn.review.access import RULERS
from cairn.review.accounts import Account
from cairn.review.asking import Asking
from cairn.review.deciding import From, find_claim, made_since, rule_anew, stale, why_of
from cairn.review.forms import Sent
from cairn.review.pages import Who, With, show
from cairn.review.recording import Act, record
from cairn.review.setup import Setup

routes = APIRouter()

ROWS = 100
"""Claims that the page shows; the rest follow as these are done."""


@routes.get("/publishing")
def publishing_page(request: Request, setup: With, who: Who, did: str = "") -> Response:
    """List what is confirmed and not public, and what was changed since it became public."""
    with as_of(setup.ledger, None) as state:
        ready = [(row, _count(row), row["confirmed_by"]) for row in list_unpublished(state, ROWS)]
        changed = [(row, _count(row)) for row in list_waiting(state, Asked(public=True), Order.AGE, ROWS)]
        done = find_decision(state, did) if did else None
    return show(
        request,
        "publishing",
        ready=[(row, count, by, may_publish(setup, who, by)) for row, count, by in ready],
        changed=changed,
        did=done,
        may=who.role in RULERS[Ruling.RESTRICT],
    )


@routes.post("/publishing")
def publish_chosen(setup: With, who: Who, form: Sent) -> Response:
    """Make several claims public at one go."""
    chosen = list(dict.fromkeys(form.many("claim")))[:ROWS]
    if not chosen:
        raise InputError("no claim was chosen")

    def look(state: State) -> Act[str]:
        made = []
        for claim in chosen:
            made += _publishing(setup, who, find_claim(state, claim)[1], why_of(form.one("why")))
        return Act(made=made, answer=made[-1].id)

    return RedirectResponse(f"/publishing?did={record(setup, look)}", 303)


@routes.post("/claims/{claim}/publish")
def publish(request: Request, setup: With, who: Who, asking: From, form: Sent, claim: str) -> Response:
    """Make a claim public that somebody else confirmed."""

    def look(state: State) -> Act[Response]:
        judged = find_claim(state, claim)[1]
        newer = made_since(judged, form.one("seen"))
        if newer and form.one("sure") != "yes":
            return Act(made=(), answer=stale(request, judged, newer, form))
        made = _publishing(setup, who, judged, why_of(form.one("why")))
        return Act(made=made, answer=_back(claim, asking, made))

    return record(setup, look)


@routes.post("/claims/{claim}/restrict")
def restrict(setup: With, who: Who, asking: From, form: Sent, claim: str) -> Response:
    """Take a claim back from the public, whatever else was decided: that is safe at any time."""

    def look(state: State) -> Act[Response]:
        why = why_of(form.one("why"))
        judged = find_claim(state, claim)[1]
        made = rule_anew(judged, Ruling.RESTRICT, who.name, setup, why, None, "restricted")
        return Act(made=made, answer=_back(claim, asking, made))

    return record(setup, look)


def may_publish(setup: Setup, who: Account, confirmer: str) -> bool:
    """Say whether a person may publish what another, or that same person, confirmed."""
    return who.role in RULERS[Ruling.RESTRICT] and (setup.alone or who.name != confirmer)


def check_publishing(setup: Setup, who: Account, judged: Judged) -> None:
    """Refuse to make a claim public that nobody else confirmed as it now is.

    Raises:
        HTTPException: 409, nobody confirmed it; 403, who asks did.
    """
    confirmer = _confirmer(judged)
    if confirmer is None:
        raise HTTPException(409, "Nobody has confirmed this claim as it now is; that comes first.")
    if not may_publish(setup, who, confirmer):
        raise HTTPException(403, "You confirmed this claim yourself; somebody else makes it public.")


def _back(claim: str, asking: Asking, made: Sequence[Decision]) -> Response:
    """Lead back to a claim, where what was done can be undone."""
    return RedirectResponse(f"/claims/{quote(claim, safe='')}{asking.query(page=None, did=made[-1].id)}", 303)


def _publishing(setup: Setup, who: Account, judged: Judged, why: str) -> list[Decision]:
    check_publishing(setup, who, judged)
    return rule_anew(judged, Ruling.RESTRICT, who.name, setup, why, None, "public")


def _confirmer(judged: Judged) -> str | None:
    """Return who confirmed a claim last, as it now is; ``None`` while nobody did."""
    settled = judged.approval.settled
    return settled.who if settled is not None and judged.approval.confirmed else None


def _count(row: Row) -> Count:
    return Count(low=row["low"], high=row["high"], approx=bool(row["approx"]), fraction=row["fraction"])
