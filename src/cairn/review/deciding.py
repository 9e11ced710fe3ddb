"""Deciding: what a person does with a claim becomes a signed decision in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.errors import InputError, RecordError
from cairn.ledger import (
    Judged,
    Opened,
    State,
    find_decision,
    find_document,
    made_together,
    next_waiting,
    open_document,
)
from cairn.records import Decision, Ruling, decide, standing
from cairn.review.access import RULERS
from cairn.review.accounts import Account
from cairn.review.asking import Asking, read_asking
from cairn.review.forms import Form, Sent
from cairn.review.pages import Who, With, show
from cairn.review.recording import Act, record
from cairn.review.setup import Setup
from cairn.review.slots import KEYS, selected, typed_value

routes = APIRouter()

LONGEST_WHY = 2_000
"""Characters of a reason."""
BESIDES = ("did", "slot", "start", "end")
"""What the address of a claim may carry beside the filters of the list that it is read from."""
SETTLING = (Ruling.CONFIRM, Ruling.REJECT)


async def asking_of(request: Request) -> Asking:
    """Return the list that a claim is read from, as its address tells."""
    return read_asking(request.query_params.multi_items(), BESIDES)


From = Annotated[Asking, Depends(asking_of)]
"""The list that a claim is read from, as a parameter of a route."""


@routes.post("/claims/{claim}/confirm")
def confirm(request: Request, setup: With, who: Who, asking: From, form: Sent, claim: str) -> Response:
    """Record that a claim stands in its report as it is shown, and go on to the next that waits."""
    return _rule(request, setup, who, asking, form, claim, Ruling.CONFIRM)


@routes.post("/claims/{claim}/reject")
def reject(request: Request, setup: With, who: Who, asking: From, form: Sent, claim: str) -> Response:
    """Record that a report makes no such claim, and go on."""
    return _rule(request, setup, who, asking, form, claim, Ruling.REJECT)


@routes.post("/claims/{claim}/correct")
def correct(request: Request, setup: With, who: Who, asking: From, form: Sent, claim: str) -> Response:
    """Record that a slot has another value."""
    return _rule(request, setup, who, asking, form, claim, Ruling.CORRECT)


@routes.post("/claims/{claim}/note")
def note(request: Request, setup: With, who: Who, asking: From, form: Sent, claim: str) -> Response:
    """Record a remark, which changes nothing."""
    if not form.one("why"):
        raise InputError("a note needs words")
    return _rule(request, setup, who, asking, form, claim, Ruling.NOTE)


@routes.post("/decisions/{decision}/undo")
def undo(setup: With, who: Who, asking: From, form: Sent, decision: str) -> Response:
    """Take back what a person did at one go, by later decisions, and show what it was about."""

    def look(state: State) -> Act[str]:
        found = find_decision(state, decision)
        if found is None:
            raise HTTPException(404, "There is no such decision.")
        held, stands = found
        if not may_undo(who, held):
            raise HTTPException(403, f"This is a decision of {held.who}; your account cannot take it back.")
        at, why = setup.clock(), why_of(form.one("why"))
        acted = made_together(state, held) if stands else []
        taken = [
            decide(Ruling.WITHDRAW, each.subjects[0], who=who.name, at=at, why=why, supersedes=each.id)
            for each in acted
        ]
        return Act(made=taken, answer=held.subjects[0])

    subject, there = record(setup, look), form.one("then")
    if there.startswith("/incidents/"):
        return RedirectResponse(quote(there, safe="/-"), 303)
    return RedirectResponse(f"/claims/{quote(subject, safe='')}{asking.query()}", 303)


def may_undo(who: Account, decision: Decision) -> bool:
    """Say whether an account may take a decision back: its own, or one that it might have made."""
    return who.role in RULERS[decision.ruling] and (
        decision.who == who.name or who.role in RULERS[Ruling.CONFIRM]
    )


def find_claim(state: State, claim: str, *, alone: bool = True) -> tuple[Opened, Judged]:
    """Return a claim with the document that it stands in.

    Args:
        state: of ``as_of``.
        claim: its id.
        alone: without the document's other claims.

    Raises:
        HTTPException: 404, no latest reading sees such a claim.
    """
    number = find_document(state, claim)
    only = claim if alone else None
    opened = open_document(state, number, only) if number is not None else None
    for each in opened.claims if opened else ():
        if each.read.id == claim and opened is not None:
            return opened, each
    raise HTTPException(404, "No report is now read to make this claim.")


def last_seen(judged: Judged) -> str:
    """Return what a page remembers of the decisions about a claim: the last one."""
    return judged.decisions[-1].id if judged.decisions else "none"


def made_since(judged: Judged, seen: str) -> tuple[Decision, ...]:
    """Return the decisions about a claim that a page did not know; all of them when it knew none."""
    known = [each.id for each in judged.decisions]
    return judged.decisions[known.index(seen) + 1 :] if seen in known else judged.decisions


def rule_anew(
    judged: Judged, ruling: Ruling, who: str, setup: Setup, why: str, slot: str | None, value: str | None
) -> list[Decision]:
    """Return a decision on a claim that takes the place of those that it contradicts."""
    rivals = [each for each in standing(judged.decisions) if _rival(each, ruling, slot, value, who)]
    at = setup.clock()
    gone = [
        decide(Ruling.WITHDRAW, judged.read.id, who=who, at=at, why=why, supersedes=each.id)
        for each in rivals[:-1]
    ]
    supersedes = rivals[-1].id if rivals else None
    made = decide(
        ruling, judged.read.id, who=who, at=at, slot=slot, value=value, why=why, supersedes=supersedes
    )
    return [*gone, made]


def _rival(each: Decision, ruling: Ruling, slot: str | None, value: str | None, who: str) -> bool:
    """Say whether a decision cannot stand beside a new one; two people may both confirm."""
    if ruling in SETTLING:
        return each.ruling in SETTLING and (each.ruling is not ruling or each.who == who)
    return ruling in (Ruling.CORRECT, Ruling.RESTRICT) and (each.ruling, each.slot) == (ruling, slot)


def _rule(
    request: Request, setup: Setup, who: Account, asking: Asking, form: Form, claim: str, ruling: Ruling
) -> Response:
    """Record one ruling on a claim, unless somebody ruled since the page was made and nobody said "still"."""
    slot = form.one("slot") if ruling is Ruling.CORRECT else None
    if slot is not None and slot not in KEYS:
        raise InputError(f"a claim has no slot {slot[:40]!r}")

    def look(state: State) -> Act[Response]:
        opened, judged = find_claim(state, claim)
        onward = next_waiting(state, asking.asked, asking.order, judged.number)
        value = typed_value(slot, form, judged.ruled.record) if slot is not None else None
        newer = made_since(judged, form.one("seen"))
        if newer and _same(newer[-1], ruling, who, slot, value):
            return Act(made=(), answer=_onward(ruling, claim, asking, onward, newer[-1].id))  # sent twice
        if newer and form.one("sure") != "yes":
            return Act(made=(), answer=stale(request, judged, newer, form))
        try:
            made = rule_anew(
                judged, ruling, who.name, setup, why_of(form.one("why"), _quoted(form, opened)), slot, value
            )
        except RecordError as error:
            raise InputError(str(error)) from error
        return Act(made=made, answer=_onward(ruling, claim, asking, onward, made[-1].id))

    return record(setup, look)


def _same(made: Decision, ruling: Ruling, who: Account, slot: str | None, value: str | None) -> bool:
    return (made.ruling, made.who, made.slot, made.value) == (ruling, who.name, slot, value)


def _onward(
    ruling: Ruling, claim: str, asking: Asking, onward: tuple[str, int] | None, did: str
) -> RedirectResponse:
    """Lead on to the next claim of the list after a claim is settled, else back to the claim."""
    if ruling not in SETTLING:
        return RedirectResponse(f"/claims/{quote(claim, safe='')}{asking.query(page=None, did=did)}", 303)
    if onward is None:
        return RedirectResponse(f"/{asking.query(page=None, did=did)}", 303)
    return RedirectResponse(f"/claims/{onward[0]}{asking.query(page=None, did=did)}", 303)


def stale(request: Request, judged: Judged, newer: Sequence[Decision], form: Form) -> Response:
    """Show what was decided since a page was made, and ask whether its form still holds."""
    kept = [pair for pair in form.fields if pair[0] not in ("seen", "sure")]
    action = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return show(
        request, "stale", 409, claim=judged.ruled.record, newer=newer, fields=kept, action=action,
        seen=last_seen(judged),
    )  # fmt: skip


def why_of(why: str, before: str = "") -> str:
    """Return a reason as it is recorded.

    Raises:
        InputError: it is too long.
    """
    if len(why) > LONGEST_WHY:
        raise InputError(f"a reason has at most {LONGEST_WHY} characters, not {len(why)}")
    return f"{before} {why}".strip()


def _quoted(form: Form, opened: Opened) -> str:
    """Return the words that a person selected for a correction, with where they stand."""
    span = selected(form.one("start"), form.one("end"), opened.document.text)
    if span is None:
        return ""
    words = " ".join(span.words(opened.document.text).split())
    return f"read from “{words}” ({span.start}–{span.end})."
