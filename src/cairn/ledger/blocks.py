"""Blocks: lists for whoever writes many rows: claims and events by columns, incidents whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select
from sqlalchemy.types import NullType

from cairn.ledger.acts import AskedEvents, events_query, show_public_event
from cairn.ledger.current import State, read_decisions, read_standing
from cairn.ledger.lists import PUBLIC_DECIMALS, Asked, claims_query, list_incidents, on_claims, show_public
from cairn.ledger.rows import Row
from cairn.ledger.rulings import PUBLIC
from cairn.ledger.tables import Moment, batches, current_claims, documents, estimates, read_moment
from cairn.records import RANGE, Claim, Decision, Document, Scope, standing

AT_ONCE = 5_000
"""Claims a block: some ten megabytes."""
INCIDENTS_AT_ONCE = 200
"""Incidents that are read together."""
REMEMBERED = 20_000
"""Days and moments that are kept once read."""

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
    backing = sa.and_(own.incident == claim.incident, own.harm == claim.harm, own.policy == RANGE)
    query = claims_query(state, asked, limit).add_columns(documents.c.url, own.origins, own.provisional)
    query = query.outerjoin(estimates, backing)
    if ids is not None:
        query = query.where(claim.id.in_(ids))
    yield from _read_blocks(state, query, partial(_public_claim, decimals=decimals) if asked.public else None)


def event_blocks(
    state: State, asked: AskedEvents, limit: int | None = None, decimals: int = PUBLIC_DECIMALS
) -> Iterator[Block]:
    """Yield the events that stand, in the order of ``list_events``, some thousand at a time.

    Args:
        state: of ``as_of``.
        asked: see there; what is not public is left out of public events as ``show_public_event`` does, and
            so is the reviewer.
        limit: events at most.
        decimals: places of a degree that the public sees.

    Yields:
        The columns of ``list_events`` but those ``UNSHOWN``.
    """
    show = partial(_public_event, decimals=decimals) if asked.public else None
    yield from _read_blocks(state, events_query(state, asked, limit), show)


def _read_blocks(
    state: State, query: Select[Any], show: Callable[[Row], dict[str, Any]] | None
) -> Iterator[Block]:
    """Yield the rows of a query as blocks.

    Args:
        state: of ``as_of``.
        query: its columns are those of the blocks, but for ``UNSHOWN``.
        show: makes of a row what the public sees of it.
    """
    columns = [column for column in query.selected_columns if column.name not in UNSHOWN]
    plain = query.with_only_columns(*(sa.type_coerce(each, NullType()).label(each.name) for each in columns))
    readers = {each.name: READERS.get(type(each.type)) for each in columns}
    streamed = {"yield_per": AT_ONCE}
    if state.connection.dialect.name == "sqlite":
        state.connection.exec_driver_sql("PRAGMA mmap_size = 0")  # every page is read once, and let go
        streamed = {}  # its driver gives rows as they are found, and needs no rows to be set aside
    with state.connection.execute(plain, execution_options=streamed) as result:
        for rows in result.partitions(AT_ONCE):
            block = {
                name: [read(each) for each in values] if read else values
                for (name, read), values in zip(readers.items(), zip(*rows, strict=True), strict=True)
            }
            yield _shown(block, show) if show else block


def _read_day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _read_moment(value: Any) -> dt.datetime | None:
    return read_moment(value) if isinstance(value, str) else value and value.astimezone(dt.UTC)


READERS: dict[type, Callable[[Any], Any]] = {
    sa.Date: lru_cache(REMEMBERED)(_read_day),
    Moment: lru_cache(REMEMBERED)(_read_moment),
    sa.Boolean: {None: None, 0: False, 1: True}.__getitem__,
}
"""How values come out of either engine's driver. Going by columns, and remembering days and moments, takes
half the time that the same takes row by row."""
UNSHOWN = ("number", "document", "speaker", "name_sensitivity", "claim")
"""Columns of ``list_claims`` and ``list_events`` that a block leaves out."""


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


def read_heard(
    state: State, ids: Sequence[str], *, public: bool
) -> tuple[Mapping[str, list[tuple[Claim, Document]]], list[Decision]]:
    """Return the claims of some incidents, each with its report, and all standing decisions.

    Args:
        state: of ``as_of``.
        ids: of incidents, some hundred at most.
        public: public claims alone.
    """
    claim = current_claims.c
    found: dict[str, list[tuple[Claim, Document]]] = {id_: [] for id_ in ids}
    asked = sa.and_(claim.incident.in_(ids), claim.scope == Scope.INCIDENT.value)
    if public:
        asked = sa.and_(asked, claim.sensitivity == PUBLIC)
    for _, each, document in read_standing(state.connection, asked):
        found[each.incident or ""].append((each, document))
    return found, standing(read_decisions(state.connection, state.batch))


def last_recorded(state: State) -> dt.datetime | None:
    """Return when the last of what is told came into the ledger, in UTC; ``None`` where nothing has."""
    query = sa.select(batches.c.recorded_at).where(batches.c.number == state.batch)
    return state.connection.scalar(query)


def count_incidents(state: State, asked: Asked) -> int:
    """Return how many incidents are asked for."""
    claim = current_claims.c
    query = sa.select(sa.func.count(sa.distinct(claim.incident)))
    return state.connection.scalar(query.where(*on_claims(state.connection, asked))) or 0


def _shown(block: Block, show: Callable[[Row], dict[str, Any]]) -> Block:
    """Return a block with each of its rows as it is to be shown."""
    names = list(block)
    rows = [show(dict(zip(names, row, strict=True))) for row in zip(*block.values(), strict=True)]
    return {name: [row[name] for row in rows] for name in names}


def _public_claim(row: Row, decimals: int) -> dict[str, Any]:
    return _unsigned(show_public(row, decimals))


def _public_event(row: Row, decimals: int) -> dict[str, Any]:
    return _unsigned(show_public_event(row, decimals))


def _unsigned(row: dict[str, Any]) -> dict[str, Any]:
    """Return a public row without who reviewed it, and without what claims that are not public tell."""
    return row | {name: None for name in ("reviewed", "origins", "provisional") if name in row}
