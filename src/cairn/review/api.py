"""API: the same ledger for programs, as JSON, with a token that acts for an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cairn.errors import InputError, RecordError
from cairn.exports import dossier_json, listed_json, report_json
from cairn.ledger import (
    Asked,
    Opened,
    Order,
    State,
    as_of,
    find_decision,
    find_incident,
    list_claims,
    list_decisions,
    list_documents,
    list_incidents,
    list_waiting,
    made_together,
    open_document,
)
from cairn.records import PAIRED, Decision, Harm, Means, Ruling, decide
from cairn.review.access import RULERS
from cairn.review.accounts import Account
from cairn.review.asking import LONGEST_WORD
from cairn.review.deciding import LONGEST_WHY, find_claim, made_since, may_undo, rule_anew
from cairn.review.gathering import gather
from cairn.review.pages import Who, With, show
from cairn.review.publishing import check_publishing
from cairn.review.reading import LARGEST_NUMBER, shown_claim
from cairn.review.recording import Act, record
from cairn.review.setup import Setup

routes = APIRouter(prefix="/api/v1", tags=["v1"])

MOST = 1_000
"""Rows of one answer."""

Word = Annotated[str | None, Query(max_length=LONGEST_WORD, pattern="^[^\\x00]*$")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]


SEEN = "The last decision about the claim that was known, or none; a later one is answered with 409."


class Posted(BaseModel):
    """A decision that a program posts for whoever its token acts for."""

    model_config = ConfigDict(extra="forbid")

    ruling: Ruling
    subjects: Annotated[list[str], Field(min_length=1, max_length=2)]
    slot: Annotated[str | None, Field(max_length=LONGEST_WORD)] = None
    value: Annotated[
        str | None,
        Field(max_length=LONGEST_WHY, description="A correction as JSON, or how widely to show it."),
    ] = None
    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""
    supersedes: Annotated[str | None, Field(max_length=LONGEST_WORD)] = None
    seen: Annotated[str | None, Field(max_length=LONGEST_WORD, description=SEEN)] = None


async def asked_for(
    place: Word = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    harm: Harm | None = None,
    means: Means | None = None,
    speaker: Word = None,
    perpetrator: Word = None,
    words: Word = None,
    document: Word = None,
    incident: Word = None,
) -> Asked:
    """Return what the question of an address asks for."""
    return Asked(
        place=place, since=since, until=until, harm=harm, means=means, speaker=speaker,
        perpetrator=perpetrator, words=words, document=document, incident=incident,
    )  # fmt: skip


For = Annotated[Asked, Depends(asked_for)]


@routes.get("", include_in_schema=False)
def api_page(request: Request) -> Response:
    """Show what the API answers, on a page that needs no other."""
    return show(request, "api", described=_described(request))


@routes.get("/openapi.json", include_in_schema=False)
def api_described(request: Request) -> Response:
    """Describe the API as OpenAPI does."""
    return JSONResponse(_described(request))


@routes.get("/claims")
def claims(
    setup: With, asked: For, limit: Limit = 100, waiting: bool = False, order: Order = Order.AGE
) -> Any:
    """List claims that stand; with ``waiting`` those that nobody settled yet, in an order."""
    with as_of(setup.ledger, None) as state:
        rows = list_waiting(state, asked, order, limit) if waiting else list(list_claims(state, asked, limit))
    return {"claims": _plain(rows)}


@routes.get("/claims/{claim}")
def claim(setup: With, claim: str) -> Any:
    """Return one claim with the words of each slot and the decisions about it."""
    with as_of(setup.ledger, None) as state:
        opened, judged = find_claim(state, claim)
    report: Any = report_json(opened.document, [shown_claim(judged)])
    return {
        "claim": report["claims"][0],
        "document": opened.number,
        "settled": judged.approval.settled and judged.approval.settled.ruling.value,
        "public": judged.approval.published is not None,
        "changed": judged.approval.changed,
        "decisions": [_decision(each) for each in judged.decisions],
    }


@routes.get("/incidents")
def incidents(setup: With, asked: For, limit: Limit = 100) -> Any:
    """List incidents with the lowest and the highest figure that voices give now."""
    with as_of(setup.ledger, None) as state:
        return {"incidents": _plain(list_incidents(state, asked, limit))}


@routes.get("/incidents/{name}")
def incident(setup: With, name: str) -> Any:
    """Return one incident: who says what, ranges under each policy, and what cannot all be true."""
    with as_of(setup.ledger, None) as state:
        found = find_incident(state, name)
        if found is None:
            raise HTTPException(404, "There is no such incident.")
        told = gather(state, found)
    return dossier_json(found, told.heard, told.stands, told.fit, told.around)


@routes.get("/documents")
def documents(setup: With, asked: For, limit: Limit = 100) -> Any:
    """List documents, the last recorded first."""
    with as_of(setup.ledger, None) as state:
        return {"documents": _plain(list_documents(state, asked, limit))}


@routes.get("/documents/{number}")
def document(setup: With, number: int) -> Any:
    """Return one document with its claims as people left them, those that were rejected aside."""
    with as_of(setup.ledger, None) as state:
        opened = open_document(state, number) if 0 < number <= LARGEST_NUMBER else None
    if opened is None:
        raise HTTPException(404, "There is no such document.")
    return report_json(opened.document, _standing(opened))


@routes.get("/decisions")
def decisions(
    setup: With, limit: Limit = 100, after: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)] = 0
) -> Any:
    """List decisions in the order in which they came, those behind a number."""
    with as_of(setup.ledger, None) as state:
        rows = (row for row in list_decisions(state) if row["number"] > after)
        return {"decisions": _plain(islice(rows, limit))}


@routes.post("/decisions", status_code=201)
def decide_so(setup: With, who: Who, posted: Posted) -> Any:
    """Record one decision; the same roles and the same two persons are asked for as on the pages."""
    if who.role not in RULERS[posted.ruling]:
        raise HTTPException(403, f"a {who.role.value} does not rule “{posted.ruling.value}”")

    def look(state: State) -> Act[str]:
        try:
            made = _made(state, setup, who, posted)
        except RecordError as error:
            raise InputError(str(error)) from error
        return Act(made=made, answer=made[-1].id)

    return {"decision": record(setup, look)}


def _made(state: State, setup: Setup, who: Account, posted: Posted) -> list[Decision]:
    """Return what a posted decision comes to, with what has to make room for it."""
    if posted.ruling is Ruling.WITHDRAW:
        found = find_decision(state, posted.supersedes or "")
        if found is None or not found[1]:
            raise HTTPException(404, "no such decision stands")
        if not may_undo(who, found[0]):
            raise HTTPException(403, f"this is a decision of {found[0].who}")
        return [_withdrawn(setup, who, each, posted.why) for each in made_together(state, found[0])]
    if posted.supersedes is not None:
        raise HTTPException(422, "what makes room for a decision is seen to; leave “supersedes” out")
    subjects = posted.subjects
    if posted.ruling in PAIRED:
        return [decide(posted.ruling, *subjects, who=who.name, at=setup.clock(), why=posted.why)]
    judged = find_claim(state, subjects[0])[1]
    if len(subjects) != 1:
        raise HTTPException(422, f"“{posted.ruling.value}” is about one claim")
    if posted.seen is not None and made_since(judged, posted.seen):
        raise HTTPException(409, "somebody decided about this claim meanwhile; look at it again")
    if posted.ruling is Ruling.RESTRICT and posted.value == "public" and posted.slot is None:
        check_publishing(setup, who, judged)
    return rule_anew(judged, posted.ruling, who.name, setup, posted.why, posted.slot, posted.value)


def _withdrawn(setup: Setup, who: Account, decision: Decision, why: str) -> Decision:
    first = decision.subjects[0]
    return decide(Ruling.WITHDRAW, first, who=who.name, at=setup.clock(), why=why, supersedes=decision.id)


def _standing(opened: Opened) -> list[Any]:
    return [shown_claim(each) for each in opened.claims if not each.ruled.rejected]


def _plain(rows: Iterable[Mapping[Any, Any]]) -> list[dict[str, object]]:
    return [listed_json(row) for row in rows]


def _decision(made: Decision) -> dict[str, object]:
    return {
        "id": made.id,
        "ruling": made.ruling.value,
        "subjects": list(made.subjects),
        "slot": made.slot,
        "value": made.value,
        "who": made.who,
        "at": made.at.isoformat().replace("+00:00", "Z"),
        "why": made.why,
        "supersedes": made.supersedes,
    }


def _described(request: Request) -> dict[str, Any]:
    """Return OpenAPI's description of the routes under ``/api``; the pages are not part of it."""
    described: dict[str, Any] = request.app.openapi()
    paths = {path: held for path, held in described["paths"].items() if path.startswith("/api/")}
    return described | {"paths": paths}
