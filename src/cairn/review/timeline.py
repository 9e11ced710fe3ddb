"""Timeline: harm from day to day, a range an incident, with what was read and what happened around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cairn.ledger import (
    Asked,
    AskedEvents,
    Row,
    State,
    as_of,
    incidents_by_day,
    largest_incidents,
    list_events,
    list_incidents,
    reports_by_day,
)
from cairn.records import EventStatus
from cairn.review.asking import ALLOWED, DAYS, KNOWN
from cairn.review.days import LANES, Span, draw_days, layout
from cairn.review.deciding import From
from cairn.review.pages import With, show

routes = APIRouter()

DRAWN = 400
"""Incidents whose ranges are drawn, those of the largest figures; all are counted."""
LISTED = 100
OF_A_TYPE = 60
"""Political events of one type that are drawn, the first recorded; filters find the rest."""
RANGED = ("killed", "injured")
"""Harms whose figures the ledger keeps with an incident."""


@routes.get("/timeline")
def timeline_page(request: Request, setup: With, asking: From) -> Response:
    """Show harm from day to day."""
    asked = asking.asked
    harm = asked.harm if asked.harm in RANGED else "killed"
    with as_of(setup.ledger, None) as state:
        counts = incidents_by_day(state, asked)
        span = span_of(asked, counts)
        read = reports_by_day(state, Asked(since=span.first, until=span.last)) if span else {}
        largest = largest_incidents(state, asked, harm, DRAWN)
        rows = list(list_incidents(state, asked, LISTED + 1))
        events = events_of(state, asked, span) if span else []
    return show(
        request,
        "timeline",
        drawing=draw_days(span, harm, largest, counts, read, events) if span else None,
        lanes=LANES,
        **layout(),
        harm=harm,
        drawn=len(largest),
        counted=sum(counts.values()),
        rows=rows[:LISTED],
        more=len(rows) > LISTED,
        asking=asking,
        filters=KNOWN,
        days=DAYS,
        allowed=ALLOWED,
    )


def events_of(state: State, asked: Asked, span: Span) -> list[Row]:
    """Return political events that are said to have happened, of the kinds that are drawn."""
    of = AskedEvents(
        status=EventStatus.ACTUAL.value, place=asked.place, speaker=asked.speaker, since=span.first,
        until=span.last, public=asked.public,
    )  # fmt: skip
    types = [each for _, _, types in LANES for each in types]
    return [row for each in types for row in list_events(state, replace(of, type=each), OF_A_TYPE)]


def span_of(asked: Asked, days: Iterable[dt.date]) -> Span | None:
    """Return the days that a question is about, or those that there are; ``None`` when there are none."""
    every = sorted(days)
    first, last = asked.since or next(iter(every), None), asked.until or next(reversed(every), None)
    if first is None or last is None:
        first = last = first or last
    return Span(first, last) if first and last and first <= last else None
