"""Kinds: what readings see, claims and events, each with the tables that hold it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Connection, Table

from cairn.ledger import rows as to
from cairn.ledger.event_rows import event_from, event_values
from cairn.ledger.rows import Row, Values, names_of
from cairn.ledger.tables import (
    claims,
    current_claims,
    current_events,
    event_evidence,
    event_sightings,
    event_victims,
    events,
    evidence,
    sightings,
    victims,
)
from cairn.records import Claim, Event

Each = TypeVar("Each", Claim, Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[Each]):
    """One kind of what readings see.

    Attributes:
        name: in messages.
        read: evidence: each as it was read.
        evidence: the words of its slots.
        victims: names that stand apart.
        seen: column of sightings, which tells what a reading saw.
        current: derived: those that stand.
        slots: columns of slots, the same in ``read`` and ``current``.
        tie: what ties it to an attack before anything is joined: the column of ``current`` and its value.
        named: columns of ``current`` with names, parts of which are looked for.
        record: makes a record of its row, and of those of its evidence and victims.
        values: makes slots of a record, given its report's text and the names of victims there.
        later: columns of ``current`` that are filled after all others, as they are until then.
    """

    name: str
    read: Table
    evidence: Table
    victims: Table
    seen: Column[Any]
    current: Table
    slots: Sequence[str]
    tie: tuple[str, ColumnElement[Any]]
    named: Sequence[Column[Any]]
    record: Callable[[Row, Sequence[Row], Sequence[Row]], Each]
    values: Callable[[Each, str, Collection[str]], Values]
    later: Values = ()


def _claim_from(row: Row, shown: Sequence[Row], named: Sequence[Row]) -> Claim:
    return to.claim_from(row, shown, next((each["name"] for each in named), None))


CLAIM: Kind[Claim] = Kind(
    name="claim",
    read=claims,
    evidence=evidence,
    victims=victims,
    seen=sightings.c.claim,
    current=current_claims,
    slots=names_of(claims)[5 : names_of(claims).index("report_incident")],
    tie=("incident", claims.c.report_incident),
    named=(current_claims.c.speakers, current_claims.c.perpetrator),
    record=_claim_from,
    values=lambda claim, text, _: to.slot_values(claim, named=to.is_named(claim, text)),
    later=(None,),
)

EVENT: Kind[Event] = Kind(
    name="event",
    read=events,
    evidence=event_evidence,
    victims=event_victims,
    seen=event_sightings.c.event,
    current=current_events,
    slots=names_of(events)[5 : names_of(events).index("confidence")],
    tie=("claim", sa.null()),
    named=(current_events.c.speakers, current_events.c.actors, current_events.c.recipients),
    record=event_from,
    values=lambda event, _, hidden: event_values(event, hidden),
)

KINDS: tuple[Kind[Any], ...] = (CLAIM, EVENT)


def kind_of(connection: Connection, id_: str) -> tuple[Kind[Any], int] | None:
    """Return which kind an id names, with the number of its latest variant; ``None`` for neither."""
    for kind in KINDS:
        number = connection.scalar(sa.select(sa.func.max(kind.read.c.number)).where(kind.read.c.id == id_))
        if number is not None:
            return kind, number
    return None
