"""Gathering: what all reports say of one incident, what holds it together, and joining and parting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.charts import draw_svg
from cairn.errors import InputError
from cairn.estimates import Stand, estimate_all, take_positions
from cairn.exports import place_and_day
from cairn.incidents import Told
from cairn.ledger import (
    Row,
    State,
    as_of,
    find_decision,
    find_incident,
    list_incidents,
    list_neighbours,
    read_around,
    read_incident,
)
from cairn.pictures import toll_of
from cairn.pipeline import fit_around, hear, link_reports, weigh
from cairn.records import Claim, Decision, Document, Estimate, Fit, Harm, Link, Ruling, decide
from cairn.review.access import RULERS
from cairn.review.asking import ALLOWED, DAYS, KNOWN, Asking
from cairn.review.deciding import From, find_claim, may_undo, why_of
from cairn.review.forms import Sent
from cairn.review.pages import Who, With, show
from cairn.review.recording import Act, record
from cairn.review.setup import Setup

routes = APIRouter()

ROWS = 200
"""Incidents that a list shows; filters find the rest."""
NEIGHBOURS = 30
"""Incidents of the same days and country that are offered to be joined."""
PAIRED = (Ruling.SAME_INCIDENT, Ruling.DIFFERENT_INCIDENT)
DRAWN = 256
"""Charts that are kept until what they show changes: each takes half a second, and weighs some 30 kB."""
QUOTED = 90
"""Characters on either side of a figure that are quoted with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One incident with all that is told of it.

    Attributes:
        id: of the incident.
        heard: its claims, each with its report.
        decisions: standing ones, of all claims.
        stands: for each harm who says what, and what each policy makes of it.
        links: why its reports are taken to tell of one attack.
        fit: how what is told of it, and of tallies that it belongs to, fits together.
        around: claims that ``fit`` speaks of besides.
    """

    id: str
    heard: Sequence[tuple[Claim, Document]]
    decisions: Sequence[Decision]
    stands: Sequence[tuple[Stand, dict[str, Estimate]]]
    links: Sequence[Link]
    fit: Fit
    around: Sequence[tuple[Claim, Document]]


@routes.get("/incidents")
def incidents_page(request: Request, setup: With, asking: From) -> Response:
    """List incidents."""
    return show_incidents(request, "incidents", setup, asking, ROWS)


def show_incidents(request: Request, page: str, setup: Setup, asking: Asking, most: int) -> Response:
    """Show a page of incidents, with what it was asked for, and whether there are more than it holds."""
    with as_of(setup.ledger, None) as state:
        rows = list(list_incidents(state, asking.asked, most + 1))
    return show(
        request,
        page,
        rows=rows[:most],
        more=len(rows) > most,
        asking=asking,
        filters=KNOWN,
        days=DAYS,
        allowed=ALLOWED,
    )


@routes.get("/incidents/{name}")
def incident_page(
    request: Request, setup: With, who: Who, name: str, did: Annotated[str, Query()] = ""
) -> Response:
    """Show one incident."""
    with as_of(setup.ledger, None) as state:
        found = find_incident(state, name)
        if found is None:
            raise HTTPException(404, "There is no such incident.")
        if found != name:
            return RedirectResponse(f"/incidents/{found}" + (f"?did={quote(did)}" if did else ""), 303)
        told = gather(state, found)
        near = _neighbours(state, told)
        done = find_decision(state, did) if did else None
    own = {claim.id for claim, _ in told.heard}
    place, day = place_and_day([claim for claim, _ in told.heard])
    rulings = [each for each in told.decisions if each.ruling in PAIRED and own & set(each.subjects)]
    return show(
        request,
        "incident",
        told=told,
        place=place,
        day=day,
        quotes=[(claim, document, _quote(claim, document)) for claim, document in told.heard],
        of={claim.id: (claim, document) for claim, document in (*told.around, *told.heard)},
        near=near,
        rulings=[(each, may_undo(who, each)) for each in rulings],
        did=done,
        may_join=who.role in RULERS[Ruling.SAME_INCIDENT],
    )


@routes.get("/incidents/{name}/{harm}.svg")
def toll_chart(setup: With, name: str, harm: Harm) -> Response:
    """Draw how a toll was told."""
    with as_of(setup.ledger, None) as state:
        heard, decisions = read_incident(state, name)
    stand = next((each for each in weigh(heard, decisions) if each.harm is harm), None)
    if stand is None:
        raise HTTPException(404, "Nobody tells of such a harm in that incident.")
    place, day = place_and_day([claim for claim, _ in heard])
    return Response(_drawn(f"{place}, {day}", stand), media_type="image/svg+xml")


@routes.post("/incidents/{name}/join")
def join(setup: With, who: Who, form: Sent, name: str) -> Response:
    """Record that two incidents are one; rulings that kept their reports apart are taken back."""

    def look(state: State) -> Act[str]:
        why, at = why_of(form.one("why")), setup.clock()
        (here, decisions), (there, _) = (_heard(state, each) for each in (name, form.one("other")))
        if here[0][0].incident == there[0][0].incident:
            raise InputError("these are one incident already")
        apart = _across(decisions, Ruling.DIFFERENT_INCIDENT, here, there)
        gone = [
            decide(Ruling.WITHDRAW, each.subjects[0], who=who.name, at=at, why=why, supersedes=each.id)
            for each in apart
        ]
        ids = (here[0][0].id, there[0][0].id)
        made = decide(Ruling.SAME_INCIDENT, *ids, who=who.name, at=at, why=why)
        return Act(made=[*gone, made], answer=made.id, about=[claim.id for claim, _ in (*here, *there)])

    return RedirectResponse(f"/incidents/{quote(name, safe='')}?did={record(setup, look)}", 303)


@routes.post("/incidents/{name}/part")
def part(setup: With, who: Who, form: Sent, name: str) -> Response:
    """Record that one report tells of another incident than the others; of a lone report, that a claim does.

    It is a ruling for each of the others: what is kept from one of them alone could come back by another.
    """

    def look(state: State) -> Act[tuple[str, str]]:
        why, at, claim = why_of(form.one("why")), setup.clock(), form.one("claim")
        heard, decisions = _heard(state, name)
        groups = _accounts(heard)
        moved = next((group for group in groups if claim in {each.id for each, _ in group}), None)
        rest = [group for group in groups if group is not moved]
        if moved is None or not rest:
            raise InputError("an incident of one claim cannot be parted")
        made = []
        for group in rest:
            joined = _across(decisions, Ruling.SAME_INCIDENT, moved, group)
            made += [
                decide(Ruling.WITHDRAW, each.subjects[0], who=who.name, at=at, why=why, supersedes=each.id)
                for each in joined
            ]
            ids = (moved[0][0].id, group[0][0].id)
            made.append(decide(Ruling.DIFFERENT_INCIDENT, *ids, who=who.name, at=at, why=why))
        return Act(made=made, answer=(moved[0][0].id, made[-1].id), about=[each.id for each, _ in heard])

    moved, did = record(setup, look)
    with as_of(setup.ledger, None) as state:
        now = find_claim(state, moved)[1].incident
    return RedirectResponse(f"/incidents/{quote(now or name, safe='')}?did={did}", 303)


def gather(state: State, incident: str) -> Gathered:
    """Return an incident with all that is told of it."""
    heard, decisions = read_incident(state, incident)
    reports = [
        Told(document=group[0][1], claims=[claim for claim, _ in group]) for group in _by_report(heard)
    ]
    around = read_around(state, heard)
    links = [link for each in link_reports(reports, decisions).incidents for link in each.links]
    told = hear(heard, decisions)
    return Gathered(
        id=incident,
        heard=heard,
        decisions=decisions,
        stands=[(stand, dict(estimate_all(stand))) for stand in take_positions(told)],
        links=links,
        fit=fit_around(incident, told, around),
        around=around,
    )


@lru_cache(DRAWN)
def _drawn(title: str, stand: Stand) -> str:
    return draw_svg(toll_of(title, stand))


def _heard(state: State, name: str) -> tuple[list[tuple[Claim, Document]], list[Decision]]:
    found = find_incident(state, name)
    heard, decisions = read_incident(state, found) if found else ([], [])
    if not heard:
        raise HTTPException(404, f"There is no incident {name[:60]}.")
    return heard, decisions


def _by_report(heard: Sequence[tuple[Claim, Document]]) -> list[list[tuple[Claim, Document]]]:
    groups: dict[str, list[tuple[Claim, Document]]] = {}
    for claim, document in heard:
        groups.setdefault(document.id, []).append((claim, document))
    return list(groups.values())


def _accounts(heard: Sequence[tuple[Claim, Document]]) -> list[list[tuple[Claim, Document]]]:
    """Return what can be kept apart: reports, or of one report its claims."""
    groups = _by_report(heard)
    return groups if len(groups) > 1 else [[each] for each in heard]


def _across(
    decisions: Sequence[Decision],
    ruling: Ruling,
    here: Sequence[tuple[Claim, Document]],
    there: Sequence[tuple[Claim, Document]],
) -> list[Decision]:
    """Return the rulings between a claim of one side and one of the other."""
    one, other = ({claim.id for claim, _ in side} for side in (here, there))
    return [
        each
        for each in decisions
        if each.ruling is ruling and one & set(each.subjects) and other & set(each.subjects)
    ]


def _neighbours(state: State, told: Gathered) -> list[Row]:
    """Return incidents of the same country and days, which may be the same one."""
    times = [claim.time for claim, _ in told.heard if claim.time]
    country = next((claim.place.country for claim, _ in told.heard if claim.place), None)
    if not times or country is None:
        return []
    first, last = min(each.start for each in times), max(each.end for each in times)
    rows = list_neighbours(state, country, first, last, NEIGHBOURS + 1)
    return [row for row in rows if row["id"] != told.id]


def _quote(claim: Claim, document: Document) -> tuple[str, str, str]:
    """Return the words of a figure with those before and after it."""
    start, end, text = claim.anchor.start, claim.anchor.end, document.text
    before, after = text[max(0, start - QUOTED) : start], text[end : end + QUOTED]
    cut, more = start > QUOTED, end + QUOTED < len(text)
    return ("…" if cut else "") + before, text[start:end], after + ("…" if more else "")
