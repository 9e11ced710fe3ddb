"""Waiting: the claims that nobody settled yet, in the order in which a reviewer wants them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select

from cairn.ledger.current import State
from cairn.ledger.lists import Asked, on_claims, select_claims
from cairn.ledger.rows import Row
from cairn.ledger.rulings import RESTRICTED
from cairn.ledger.settling import rulings_settling
from cairn.ledger.tables import CONSEQUENCE, DOUBT, arrivals, batches, claims, current_claims, decisions


class Order(StrEnum):
    """What comes first among claims that wait."""

    AGE = "age"
    """The first recorded: report after report, and in each from the top down."""
    DOUBT = "doubt"
    """The least sure reading; one whose sureness was never measured before all."""
    CONSEQUENCE = "consequence"
    """The largest figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """One day, in UTC: the claims that came, those that were settled, and those that waited at its end."""

    day: dt.date
    came: int
    settled: int
    waiting: int


def list_waiting(
    state: State, asked: Asked, order: Order = Order.AGE, limit: int | None = None, offset: int = 0
) -> list[Row]:
    """Return claims that wait: those that no standing ruling confirms or rejects as they now are.

    A correction after a confirmation makes a claim wait again; so does a later reading that fills a slot
    otherwise.

    Args:
        state: of ``as_of``.
        asked: see ``list_claims``.
        order: what comes first.
        limit: rows at most.
        offset: rows that are passed over.

    Returns:
        Rows as ``list_claims`` yields them.
    """
    keys = (*_keys(order), current_claims.c.number)
    picked = (
        _waiting(state, asked, sa.select(current_claims.c.number))
        .order_by(*keys)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    query = select_claims().where(current_claims.c.number.in_(sa.select(picked.c.number))).order_by(*keys)
    return list(state.connection.execute(query).mappings())


def list_unpublished(state: State, limit: int) -> list[Row]:
    """Return claims that are confirmed as they now are and not public, the first recorded first.

    Returns:
        Rows as ``list_claims`` yields them, with ``confirmed_by``.
    """
    claim = current_claims.c
    query = select_claims().add_columns(decisions.c.who.label("confirmed_by"))
    query = query.join(decisions, decisions.c.number == claim.settled)
    query = query.where(claim.settled.is_not(None), claim.sensitivity == RESTRICTED)
    return list(state.connection.execute(query.order_by(claim.number).limit(limit)).mappings())


def count_waiting(state: State, asked: Asked) -> int:
    """Return how many claims wait of those that are asked for."""
    if asked == Asked():
        counted = sa.select(sa.func.sum(arrivals.c.claims - arrivals.c.settled))
        return state.connection.scalar(counted) or 0
    return state.connection.scalar(_waiting(state, asked, sa.select(sa.func.count()))) or 0


def next_waiting(
    state: State, asked: Asked, order: Order, number: int, *, back: bool = False
) -> tuple[str, int] | None:
    """Return the id and the number of the claim that waits behind another one in a list.

    Args:
        state: of ``as_of``.
        asked: what the list is asked for.
        order: of the list.
        number: of the other claim, which need not wait itself any more.
        back: the one before instead.
    """
    claim = current_claims.c
    keys = (*_keys(order), claim.number)
    own: Sequence[Any] | None = (number,)
    if order is not Order.AGE:
        own = state.connection.execute(sa.select(*keys).where(claim.number == number)).first()
    query = _waiting(state, asked, sa.select(claim.id, claim.number))
    if own is not None:
        here, there = sa.tuple_(*keys), sa.tuple_(*(sa.literal(value) for value in own))
        query = query.where(here < there if back else here > there)
    query = query.order_by(*(key.desc() if back else key for key in keys)).limit(1)
    row = state.connection.execute(query).first()
    return (row.id, row.number) if row else None


def backlog(state: State, until: dt.date, days: int) -> list[Backlog]:
    """Return how many claims came, were settled and waited on each of some days, as decisions stand now.

    Args:
        state: of ``as_of``.
        until: the last day.
        days: how many.
    """
    settled = rulings_settling(state.batch)
    query = sa.select(claims.c.id, sa.func.min(claims.c.batch).label("first")).group_by(claims.c.id)
    query = query.where(claims.c.id.in_(sa.select(settled.c.subject)))
    first = {row.id: row.first for row in state.connection.execute(query)}
    done = list(state.connection.execute(sa.select(settled.c.subject, settled.c.batch)))
    came, went = Counter[int](), Counter[int]()
    for row in state.connection.execute(sa.select(arrivals)):
        came[row.batch] = row.claims - row.settled  # these are counted below, with those that stand no more
    for subject, batch in done:
        if subject in first:
            came[first[subject]] += 1
            went[batch] += 1
    start = until - dt.timedelta(days=days - 1)
    return _by_day(came, went, _days_since(state, start), start, days)


def _days_since(state: State, start: dt.date) -> dict[int, dt.date]:
    """Return the day of each batch that came on a day or later."""
    midnight = dt.datetime.combine(start, dt.time(), dt.UTC)
    query = sa.select(batches.c.number, batches.c.recorded_at).where(batches.c.recorded_at >= midnight)
    return {number: moment.date() for number, moment in state.connection.execute(query)}


def _by_day(
    came: Counter[int], went: Counter[int], day_of: dict[int, dt.date], start: dt.date, days: int
) -> list[Backlog]:
    arrived, left = Counter[dt.date](), Counter[dt.date]()
    earlier = start - dt.timedelta(days=1)
    for by_batch, by_day in ((came, arrived), (went, left)):
        for batch, count in by_batch.items():
            by_day[day_of.get(batch, earlier)] += count
    waiting = arrived[earlier] - left[earlier]
    found = []
    for day in (start + dt.timedelta(days=each) for each in range(days)):
        waiting += arrived[day] - left[day]
        found.append(Backlog(day=day, came=arrived[day], settled=left[day], waiting=waiting))
    return found


def _keys(order: Order) -> Sequence[ColumnElement[Any]]:
    if order is Order.DOUBT:
        return (DOUBT,)
    if order is Order.CONSEQUENCE:
        return (CONSEQUENCE,)
    return ()


def _waiting(state: State, asked: Asked, query: Select[Any]) -> Select[Any]:
    """Return a query on ``current_claims``, kept to those that wait."""
    waits = current_claims.c.settled.is_(None)
    return query.select_from(current_claims).where(waits, *on_claims(state.connection, asked))
