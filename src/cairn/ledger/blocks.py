"""Blocks: lists for whoever writes many rows: claims by columns, incidents with what stands behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import NullType

from cairn.ledger.current import State, read_decisions, read_standing
from cairn.ledger.lists import PUBLIC_DECIMALS, Asked, claims_query, list_incidents, on_claims, show_public
from cairn.ledger.rows import Row
from cairn.ledger.rulings import PUBLIC
from cairn.ledger.tables import Moment, current_claims, documents, estimates, read_moment
from cairn.records import Claim, Decision, Document, Scope, standing

AT_ONCE = 5_000
"""Claims a block: some ten megabytes."""
INCIDENTS_AT_ONCE = 200
"""Incidents that are read together."""
REMEMBERED = 20_000
"""Days and moments that are kept once read."""
BACKING = "range"
"""The policy whose estimate tells how many origins stand behind a claim: it takes all of them."""

Block = Mapping[str, Sequence[Any]]
"""Some rows by their columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeIncident:
    """An incident with what stands behind it.

    Attributes:
        id: of the incident.
        claims: their rows in ``list_claims``, in the order in which they came; never empty.
        estimates: rows of the table, by policy and harm; none where only public claims are told, because they
            would give away what is not public.
    """

    id: str
    claims: tuple[Row, ...]
    estimates: tuple[Row, ...]


def claim_blocks(
    state: State,
    asked: Asked,
    limit: int | None = None,
    decimals: int = PUBLIC_DECIMALS,
    ids: Sequence[str] | None = None,
) -> Iterator[Block]:
    """Yield the claims that stand, in the order in which they came, some thousand at a time.

    Args:
        state: of ``as_of``.
        asked: see there; what is not public is left out of public claims as ``show_public`` does, and so are
            the reviewer and how many origins there are.
        limit: claims at most.
        decimals: places of a degree that the public sees.
        ids: of claims, some hundred at most; all when ``None``.

    Yields:
        The columns of ``list_claims`` but those ``UNSHOWN``, with ``url``, ``origins`` and ``provisional``.
    """
    own, claim = estimates.c, current_claims.c
    backing = sa.and_(own.incident == claim.incident, own.harm == claim.harm, own.policy == BACKING)
    query = claims_query(state, asked, limit).add_columns(documents.c.url, own.origins, own.provisional)
    query = query.outerjoin(estimates, backing)
    if ids is not None:
        query = query.where(claim.id.in_(ids))
    columns = [column for column in query.selected_columns if column.name not in UNSHOWN]
    plain = query.with_only_columns(*(sa.type_coerce(each, NullType()).label(each.name) for each in columns))
    readers = {each.name: READERS.get(type(each.type)) for each in columns}
    if state.connection.dialect.name == "sqlite":
        state.connection.exec_driver_sql("PRAGMA mmap_size = 0")  # every page is read once, and let go
    with state.connection.execution_options(yield_per=AT_ONCE).execute(plain) as result:
        for rows in result.partitions(AT_ONCE):
            block = {
                name: [read(each) for each in values] if read else values
                for (name, read), values in zip(readers.items(), zip(*rows, strict=True), strict=True)
            }
            yield _public(block, decimals) if asked.public else block


def _read_day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _read_moment(value: Any) -> dt.datetime | None:
    return read_moment(value) if isinstance(value, str) else value and value.astimezone(dt.UTC)


def _read_flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


READERS: dict[type, Callable[[Any], Any]] = {
    sa.Date: lru_cache(REMEMBERED)(_read_day),
    Moment: lru_cache(REMEMBERED)(_read_moment),
    sa.Boolean: _read_flag,
}
"""How values come out of either engine's driver. Going by columns, and remembering days and moments, takes
half the time that the same takes row by row."""
UNSHOWN = ("number", "document", "speaker", "name_sensitivity")
"""Columns of ``list_claims`` that a block leaves out."""


def incidents_told(
    state: State, asked: Asked, limit: int | None = None, decimals: int = PUBLIC_DECIMALS
) -> Iterator[WholeIncident]:
    """Yield incidents by day, those without one last, each with its claims.

    Args:
        state: of ``as_of``.
        asked: those that a claim as asked for is about; with ``public`` their public claims alone are told.
        limit: incidents at most.
        decimals: places of a degree that the public sees.
    """
    every = Asked(public=asked.public)
    ids = iter([row["id"] for row in list_incidents(state, asked, limit)])
    while some := list(islice(ids, INCIDENTS_AT_ONCE)):
        query = claims_query(state, every).where(current_claims.c.incident.in_(some))
        claims: dict[str, list[Row]] = {id_: [] for id_ in some}
        for row in state.connection.execute(query).mappings():
            shown = _unsigned(show_public(row, decimals)) if asked.public else row
            claims[row["incident"]].append(shown)
        made: dict[str, list[Row]] = {id_: [] for id_ in some}
        if not asked.public:
            found = sa.select(estimates).where(estimates.c.incident.in_(some))
            found = found.order_by(estimates.c.incident, estimates.c.harm, estimates.c.policy)
            for row in state.connection.execute(found).mappings():
                made[row["incident"]].append(row)
        for id_ in some:
            yield WholeIncident(id=id_, claims=tuple(claims[id_]), estimates=tuple(made[id_]))


def public_heard(
    state: State, ids: Sequence[str]
) -> tuple[Mapping[str, list[tuple[Claim, Document]]], list[Decision]]:
    """Return the public claims of some incidents, each with its report, and all standing decisions."""
    claim = current_claims.c
    found: dict[str, list[tuple[Claim, Document]]] = {id_: [] for id_ in ids}
    asked = sa.and_(claim.incident.in_(ids), claim.sensitivity == PUBLIC, claim.scope == Scope.INCIDENT.value)
    for _, each, document in read_standing(state.connection, asked):
        found[each.incident or ""].append((each, document))
    return found, standing(read_decisions(state.connection, state.batch))


def count_incidents(state: State, asked: Asked) -> int:
    """Return how many incidents are asked for."""
    claim = current_claims.c
    query = sa.select(sa.func.count(sa.distinct(claim.incident)))
    return state.connection.scalar(query.where(*on_claims(state.connection, asked))) or 0


def _public(block: Block, decimals: int) -> Block:
    """Return a block as the public sees it."""
    names = list(block)
    rows = [
        _unsigned(show_public(dict(zip(names, row, strict=True)), decimals))
        for row in zip(*block.values(), strict=True)
    ]
    return {name: [row[name] for row in rows] for name in names}


def _unsigned(row: dict[str, Any]) -> dict[str, Any]:
    """Return a public row without who reviewed it, and without what claims that are not public tell."""
    return row | {name: None for name in ("reviewed", "origins", "provisional") if name in row}
