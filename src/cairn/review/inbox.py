"""Inbox: the claims that wait for a person, and how many there are from day to day."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cairn.ledger import Order, as_of, backlog, count_waiting, find_decision, list_waiting
from cairn.records import Count, Period
from cairn.review.asking import ALLOWED, DAYS, KNOWN
from cairn.review.backlog import backlog_svg
from cairn.review.deciding import From
from cairn.review.pages import With, show

routes = APIRouter()

ROWS = 50
"""Claims on one page of a list."""
BACKLOG_DAYS = 30
"""Days that the chart shows."""

ORDERS = {
    Order.AGE: "oldest first, report by report",
    Order.DOUBT: "most doubtful first",
    Order.CONSEQUENCE: "largest figure first",
}


@routes.get("/")
def inbox(request: Request, setup: With, asking: From) -> Response:
    """List the claims that wait."""
    with as_of(setup.ledger, None) as state:
        waiting = count_waiting(state, asking.asked)
        rows = list_waiting(state, asking.asked, asking.order, ROWS, (asking.page - 1) * ROWS)
        did = request.query_params.get("did", "")
        done = find_decision(state, did) if did else None
    shown = [
        (
            row,
            Count(low=row["low"], high=row["high"], approx=bool(row["approx"]), fraction=row["fraction"]),
            row["time_start"] and Period(start=row["time_start"], end=row["time_end"]),
        )
        for row in rows
    ]
    return show(
        request,
        "inbox",
        rows=shown,
        waiting=waiting,
        pages=max(1, -(-waiting // ROWS)),
        asking=asking,
        orders=ORDERS,
        filters=KNOWN,
        days=DAYS,
        allowed=ALLOWED,
        did=done,
    )


@routes.get("/backlog.svg")
def backlog_chart(setup: With, ground: Literal["light", "dark"] = "light") -> Response:
    """Draw how many claims came, were settled and waited, day by day."""
    today = setup.clock().date()
    with as_of(setup.ledger, None) as state:
        days = backlog(state, today, BACKLOG_DAYS)
    return Response(backlog_svg(days, dark=ground == "dark"), media_type="image/svg+xml")


@routes.get("/keys")
def keys_page(request: Request) -> Response:
    """List the keys."""
    return show(request, "keys")
