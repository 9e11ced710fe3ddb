"""Days: what happened and what was read from day to day, for a line of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from cairn.ledger.current import State
from cairn.ledger.lists import Asked, on_incidents
from cairn.ledger.rows import Row
from cairn.ledger.tables import documents, incidents


def incidents_by_day(state: State, asked: Asked) -> Mapping[dt.date, int]:
    """Return how many incidents began on each day; those whose day is not told are left out."""
    day = incidents.c.time_start
    query = sa.select(day, sa.func.count()).where(
        day.is_not(None), *on_incidents(state, asked), *_within(day, asked)
    )
    return {row[0]: row[1] for row in state.connection.execute(query.group_by(day))}


def reports_by_day(state: State, asked: Asked) -> Mapping[dt.date, int]:
    """Return how many reports of each day were read, whatever they tell; only ``since`` and ``until`` count.

    A day of few reports is no quiet day.
    """
    day = documents.c.published
    query = sa.select(day, sa.func.count()).where(
        day.is_not(None), documents.c.batch <= state.batch, *_within(day, asked)
    )
    return {row[0]: row[1] for row in state.connection.execute(query.group_by(day))}


def largest_incidents(state: State, asked: Asked, harm: str, limit: int) -> Sequence[Row]:
    """Return the incidents of known days with the largest figures of a harm that a voice gives now.

    Args:
        state: of ``as_of``.
        asked: see ``list_incidents``.
        harm: killed or injured, of which the figures are kept.
        limit: incidents at most.
    """
    low, high, day = incidents.c[f"{harm}_low"], incidents.c[f"{harm}_high"], incidents.c.time_start
    query = sa.select(incidents).where(
        day.is_not(None), low.is_not(None), *on_incidents(state, asked, limit), *_within(day, asked)
    )
    query = query.order_by(high.desc(), incidents.c.id).limit(limit)
    return state.connection.execute(query).mappings().all()


def _within(day: sa.ColumnElement[dt.date | None], asked: Asked) -> list[sa.ColumnElement[bool]]:
    edges = ((asked.since, day.__ge__), (asked.until, day.__le__))
    return [compare(edge) for edge, compare in edges if edge is not None]
