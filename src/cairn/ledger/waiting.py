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
    midnight = dt.datetime.combine(until - dt.timedelta(days=days - 1), dt.time(), dt.UTC)
    query = sa.select(batches.c.number, batches.c.recorded_at).where(batches.c.recorded_at >= midnight)
    day_of = {number: moment.date() for number, moment in state.connection.execute(query)}
    came, went = Counter[dt.date](), Counter[dt.date]()
    if day_of:
        first = min(day_of)
        standing = sa.select(arrivals.c.batch, arrivals.c.claims).where(arrivals.c.batch >= first)
        for batch, many in state.connection.execute(standing):
            came[day_of[batch]] += many
        for batch, many in state.connection.execute(_settled_since(first)):
            went[day_of[batch]] += many
        for arrived, batch in state.connection.execute(_gone_since(state, first)):
            went[day_of[batch]] += 1
            if arrived in day_of:
                came[day_of[arrived]] += 1
    waiting = count_waiting(state, Asked())
    found = []
    for day in sorted(
        {*day_of.values(), *(until - dt.timedelta(days=each) for each in range(days))}, reverse=True
    ):
        found.append(Backlog(day=day, came=came[day], settled=went[day], waiting=waiting))
        waiting += went[day] - came[day]
    return [each for each in reversed(found) if each.day <= until]


def _settled_since(first: int) -> Select[Any]:
    """Return how many claims that stand were settled in each batch from one on."""
    query = sa.select(decisions.c.batch, sa.func.count())
    query = query.join(current_claims, current_claims.c.settled == decisions.c.number)
    query = query.where(current_claims.c.settled.is_not(None), decisions.c.batch >= first)
    return query.group_by(decisions.c.batch)


def _gone_since(state: State, first: int) -> Select[Any]:
    """Return in which batch each claim came, and was settled from one on, that stands no more."""
    claim = current_claims.c
    stands = sa.exists().where(claim.id == decisions.c.subject, claim.settled.is_not(None))
    lately = sa.select(decisions.c.subject).where(decisions.c.batch >= first, ~stands)
    settled = rulings_settling(state.batch, lately)
    came = sa.select(sa.func.min(claims.c.batch)).where(claims.c.id == settled.c.subject).scalar_subquery()
    found = sa.select(came.label("came"), settled.c.batch).where(settled.c.batch >= first).subquery()
    return sa.select(found).where(found.c.came.is_not(None))


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
