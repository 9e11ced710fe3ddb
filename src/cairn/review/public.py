"""Public: what everybody may see of a ledger, read and never written, without signing in.

A claim is shown here when a publisher made it public. Names of victims, reviewers and texts of reports are
not; places stand to a tenth of a degree, and what may be asked for tells nothing of what is not shown.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cairn.exports import Weighed, incident_row, listed_json
from cairn.ledger import (
    PUBLIC_DECIMALS,
    Ledger,
    State,
    as_of,
    count_claims,
    list_claims,
    list_spots,
    reports_by_day,
    show_public,
    show_public_event,
)
from cairn.records import EARTH_KM, Count, Period
from cairn.review.asking import ALLOWED, DAYS, KNOWN, Asking, read_asking
from cairn.review.days import LANES, draw_days, layout
from cairn.review.mapping import MOST_SPOTS, spots_json
from cairn.review.pages import show
from cairn.review.timeline import RANGED, events_of, span_of
from cairn.tables import Question, weighed_incidents

routes = APIRouter()

FILTERS = tuple(name for name in KNOWN if name not in ("words", "document"))
"""What everybody may ask for: words would search texts that are not public."""
ROWS = 200
"""Claims or incidents that a page or an answer shows; filters find the rest."""
DRAWN = 400
"""Incidents that the timeline goes through, by day: each is weighed anew, of its public claims alone."""
TOLD = (
    "id", "document_name", "outlet", "published", "words", "harm", "low", "high", "approx", "fraction",
    "victims", "groups", "perpetrator", "means", "target_kind", "place", "country", "latitude", "longitude",
    "radius_km", "time_start", "time_end", "speaker", "speakers", "status", "scope", "part_of", "incident",
)  # fmt: skip
"""Columns of a public claim, those of the view ``v_public_claims`` and what a map needs."""
CELL_KM = 10.0**-PUBLIC_DECIMALS * math.radians(EARTH_KM) / math.sqrt(2)
"""How far, at most, a place lies from where it is rounded to, in kilometres."""


async def ledger_of(request: Request) -> Ledger:
    """Return the ledger that is shown."""
    ledger: Ledger = request.app.state.ledger
    return ledger


async def asking_of(request: Request) -> Asking:
    """Return what an address asks for, of what is public."""
    asking = read_asking(request.query_params.multi_items(), known=FILTERS)
    return replace(asking, asked=replace(asking.asked, public=True))


Shown = Annotated[Ledger, Depends(ledger_of)]
From = Annotated[Asking, Depends(asking_of)]


@routes.get("/")
def claims_page(request: Request, ledger: Shown, asking: From) -> Response:
    """List public claims."""
    with as_of(ledger, None) as state:
        every = count_claims(state, asking.asked)
        rows = _claims(state, asking, ROWS)
    return _page(request, "public_claims", asking, rows=[_told(row) for row in rows], every=every)


@routes.get("/incidents")
def incidents_page(request: Request, ledger: Shown, asking: From) -> Response:
    """List incidents with public claims."""
    with as_of(ledger, None) as state:
        rows = _incidents(state, asking, ROWS + 1)
    return _page(request, "incidents", asking, rows=rows[:ROWS], more=len(rows) > ROWS)


@routes.get("/incidents/{name}")
def incident_page(request: Request, ledger: Shown, name: str) -> Response:
    """Show what is public of one incident."""
    asking = read_asking([])
    asking = replace(asking, asked=replace(asking.asked, public=True, incident=name))
    with as_of(ledger, None) as state:
        found = next(weighed_incidents(state, Question(asked=asking.asked)), None)
    if found is None:
        raise HTTPException(404, "Nothing is public of such an incident.")
    made = [found.estimates[key] for key in sorted(found.estimates)]
    return show(
        request,
        "public_incident",
        incident=_row(found),
        rows=[_told(row) for row in found.claims],
        ranges=[row for row in made if row["low"] is not None],
    )


@routes.get("/map")
def map_page(request: Request, ledger: Shown, asking: From) -> Response:
    """Show where public claims put incidents."""
    with as_of(ledger, None) as state:
        rows = _incidents(state, asking, ROWS + 1)
    return _page(request, "map", asking, rows=rows[:ROWS], more=len(rows) > ROWS)


@routes.get("/map.json")
def map_spots(ledger: Shown, asking: From) -> Response:
    """Answer with the places of incidents, rounded, as GeoJSON."""
    with as_of(ledger, None) as state:
        rows = list_spots(state, asking.asked, MOST_SPOTS)
    return JSONResponse(spots_json([_widened(row) for row in rows]), media_type="application/geo+json")


@routes.get("/timeline")
def timeline_page(request: Request, ledger: Shown, asking: From) -> Response:
    """Show harm from day to day."""
    asked = asking.asked
    harm = asked.harm if asked.harm in RANGED else "killed"
    with as_of(ledger, None) as state:
        rows = _incidents(state, asking, DRAWN)
        counts = Counter[dt.date](row["time_start"] for row in rows if row["time_start"])
        span = span_of(asked, counts)
        read = reports_by_day(state, replace(asked, since=span.first, until=span.last)) if span else {}
        found = events_of(state, asked, span) if span else []
        events = [show_public_event(row) | {"words": None} for row in found]
    drawn = [row for row in rows if row["time_start"] and row[f"{harm}_high"] is not None]
    return _page(
        request,
        "timeline",
        asking,
        **layout(),
        drawing=draw_days(span, harm, drawn, counts, read, events) if span else None,
        harm=harm,
        lanes=LANES,
        drawn=len(drawn),
        counted=len(rows),
        rows=rows[:ROWS],
        more=len(rows) > ROWS,
    )


@routes.get("/api/v1")
def data_page(request: Request) -> Response:
    """Tell programs what they may ask for."""
    return show(request, "public_data", filters=FILTERS, allowed=ALLOWED, columns=TOLD, most=ROWS)


@routes.get("/api/v1/claims")
def claims(ledger: Shown, asking: From) -> Any:
    """List public claims as JSON."""
    with as_of(ledger, None) as state:
        return {"claims": [listed_json(row) for row in _claims(state, asking, ROWS)]}


@routes.get("/api/v1/incidents")
def incidents(ledger: Shown, asking: From) -> Any:
    """List incidents with public claims as JSON, the figures from these alone."""
    with as_of(ledger, None) as state:
        return {"incidents": [listed_json(row) for row in _incidents(state, asking, ROWS)]}


def _page(request: Request, template: str, asking: Asking, **values: Any) -> Response:
    return show(request, template, asking=asking, filters=FILTERS, days=DAYS, allowed=ALLOWED, **values)


def _claims(state: State, asking: Asking, limit: int) -> list[dict[str, Any]]:
    rows = map(show_public, list_claims(state, asking.asked, limit))
    return [_widened({name: row[name] for name in TOLD}) for row in rows]


def _incidents(state: State, asking: Asking, limit: int) -> list[dict[str, Any]]:
    """Return the rows of incidents, from their public claims alone."""
    return [_row(each) for each in weighed_incidents(state, Question(asked=asking.asked, limit=limit))]


ROW = (
    "id", "time_start", "time_end", "place", "country", "latitude", "longitude", "radius_km", "claims",
    "documents", "killed_low", "killed_high", "injured_low", "injured_high",
)  # fmt: skip


def _row(weighed: Weighed) -> dict[str, Any]:
    """Return an incident in the columns that its lists have."""
    made = incident_row(weighed)
    return _widened({name: getattr(made, name) for name in ROW}) | {"means": next(iter(made.means), None)}


def _widened(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row whose circle holds its place although the middle was rounded."""
    found = dict(row)
    if found["radius_km"] is not None:
        found["radius_km"] = round(found["radius_km"] + CELL_KM, 1)
    return found


def _told(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a claim's row with its figure and its days."""
    count = Count(low=row["low"], high=row["high"], approx=bool(row["approx"]), fraction=row["fraction"])
    period = row["time_start"] and Period(start=row["time_start"], end=row["time_end"])
    return {**row, "count": count, "period": period}
