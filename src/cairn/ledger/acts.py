"""Acts: the events that stand, by what the user asks for, as rows and as records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select

from cairn.ledger import rows as to
from cairn.ledger.current import State, parts_of
from cairn.ledger.event_rows import event_from
from cairn.ledger.lists import PUBLIC_DECIMALS, AskedAround, fetch_rows, holds, on_surroundings, show_place
from cairn.ledger.portions import portions
from cairn.ledger.rows import Row
from cairn.ledger.tables import (
    batches,
    credits,
    current_claims,
    current_events,
    documents,
    event_evidence,
    event_victims,
    events,
)
from cairn.records import TAKING_PART, Document, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedEvents(AskedAround):
    """What is asked of events.

    Attributes:
        type: one of PLOVER's sixteen, such as ``ASSAULT``; likewise ``mode`` and ``status``.
        actor: part of a name of who does it, in the report or the party's neutral one.
        recipient: towards whom, likewise.
        id: of one event.
    """

    type: str | None = None
    mode: str | None = None
    status: str | None = None
    actor: str | None = None
    recipient: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEvent:
    """An event as it stands.

    Attributes:
        number: of its row.
        event: with what people corrected.
        document: the report.
        incident: id that it shares with the claims about the harm of the same attack.
    """

    number: int
    event: Event
    document: Document
    incident: str | None


def list_events(state: State, asked: AskedEvents, limit: int | None = None) -> Iterator[Row]:
    """Yield the rows of events that stand, report by report in the order in which these came.

    Args:
        state: of ``as_of``.
        asked: see there; a place that is not public is left to ``show_public_event`` to leave out.
        limit: rows at most.

    Yields:
        The columns of ``current_events``, with ``document_name``, ``outlet``, ``published``, ``url``,
        ``words`` (the trigger's), ``incident`` and ``recorded_at``. Names of victims stand in ``actor`` and
        ``recipient`` alone.
    """
    yield from fetch_rows(state.connection, events_query(state, asked, limit))


def events_query(state: State, asked: AskedEvents, limit: int | None = None) -> Select[Any]:
    """Return the query of ``list_events``."""
    event, claim = current_events.c, current_claims.c
    words = sa.func.substr(documents.c.text, event.trigger_start + 1, event.trigger_end - event.trigger_start)
    named = () if asked.public else TAKING_PART
    own = [_named(each.name) if each.name in named else each for each in event]
    return (
        sa.select(
            *own,
            documents.c.name.label("document_name"),
            documents.c.outlet,
            documents.c.published,
            documents.c.url,
            words.label("words"),
            claim.incident,
            batches.c.recorded_at,
        )
        .join(documents, documents.c.number == event.document)
        .join(events, events.c.number == event.number)
        .join(batches, batches.c.number == events.c.batch)
        .outerjoin(current_claims, claim.number == event.claim)
        .where(*on_events(state.connection, asked))
        .order_by(event.document, event.trigger_start, event.number)
        .limit(limit)
    )


def count_events(state: State, asked: AskedEvents) -> int:
    """Return how many events that stand are asked for."""
    query = sa.select(sa.func.count()).select_from(current_events).where(*on_events(state.connection, asked))
    return state.connection.scalar(query) or 0


def read_events(
    state: State,
    asked: AskedEvents,
    limit: int | None = None,
    *,
    evidence: bool = False,
    decimals: int = PUBLIC_DECIMALS,
) -> list[StandingEvent]:
    """Return the events that stand as records, in the order of ``list_events``.

    Args:
        state: of ``as_of``.
        asked: see there; public events come without names of victims, and their places coarsened.
        limit: events at most.
        evidence: with the words of each slot as it was read.
        decimals: places of a degree that the public sees.
    """
    connection = state.connection
    rows = list(connection.execute(events_query(state, asked, limit)).mappings())
    numbers = [row["number"] for row in rows]
    shown, victims = dict[int, list[Row]](), dict[int, list[Row]]()
    for some in portions(numbers):
        victims |= {} if asked.public else parts_of(connection, event_victims, some)
        shown |= parts_of(connection, event_evidence, some) if evidence else {}
    reports = _reports(connection, sorted({row["document"] for row in rows}))
    found = []
    for row in rows:
        kept = [each for each in victims.get(row["number"], ()) if each["slot"] not in row["corrected"]]
        slots = show_public_event(row, decimals) if asked.public else row
        event = event_from(slots, shown.get(row["number"], ()), kept)
        found.append(
            StandingEvent(
                number=row["number"], event=event, document=reports[row["document"]], incident=row["incident"]
            )
        )
    return found


def show_public_event(row: Row, decimals: int = PUBLIC_DECIMALS) -> dict[str, Any]:
    """Return the row of a public event without a place that is not public; other places are coarsened.

    Args:
        row: of ``list_events`` where what is public was asked for, which leaves out names of victims.
        decimals: places of a degree that are kept.
    """
    return show_place(row, decimals)


def on_events(connection: Connection, asked: AskedEvents) -> list[ColumnElement[bool]]:
    """Return the conditions on ``current_events``."""
    event = current_events.c
    found = on_surroundings(connection, current_events, asked)
    for name in ("type", "mode", "status", "id"):
        if (value := getattr(asked, name)) is not None:
            found.append(event[name] == value)
    if asked.actor is not None:
        found.append(holds(event.actors, asked.actor))
    if asked.recipient is not None:
        found.append(holds(event.recipients, asked.recipient))
    if asked.incident is not None:
        own = sa.select(current_claims.c.number).where(current_claims.c.incident == asked.incident)
        found.append(event.claim.in_(own))
    return found


def _named(slot: str) -> ColumnElement[Any]:
    """Return who takes part; where that is a victim by name, from the table of those names."""
    event, victim = current_events.c, event_victims.c
    first = (
        sa.select(victim.name)
        .where(victim.entry == event.number, victim.slot == slot, event.corrected.not_like(f"%{slot}%"))
        .order_by(victim.position)
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(event[slot], first).label(slot)


def _reports(connection: Connection, numbers: list[int]) -> dict[int, Document]:
    """Return documents by their numbers."""
    found = {}
    for some in portions(numbers):
        credited = parts_of(connection, credits, some)
        query = sa.select(documents).where(documents.c.number.in_(some))
        for row in connection.execute(query).mappings():
            found[row["number"]] = to.document_from(row, credited.get(row["number"], ()))
    return found
