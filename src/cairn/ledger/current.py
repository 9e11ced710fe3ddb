"""Current: which claims stand now, or stood on a day, with what people made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, Table

from cairn.ledger import rows as to
from cairn.ledger.insert import insert_rows
from cairn.ledger.portions import portions
from cairn.ledger.rows import SLOT_NAMES, Row, Values
from cairn.ledger.rulings import UNSAID, Ruled, by_subject, rule
from cairn.ledger.tables import (
    batches,
    claims,
    credits,
    current_claims,
    decisions,
    documents,
    erasures,
    evidence,
    readings,
    redactions,
    sightings,
    victims,
)
from cairn.ledger.tables import names as told
from cairn.records import Claim, Decision, Document

_NAMED = (current_claims.c.speakers, current_claims.c.perpetrator)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the ledger holds, now or at the end of a day.

    Attributes:
        connection: to ask it by.
        batch: the last that counts.
        behind: batches that what is derived does not take account of yet: a run was cut off.
    """

    connection: Connection
    batch: int
    behind: int


def last_batch(connection: Connection, as_of: dt.date | None = None) -> int:
    """Return the number of the last batch that was recorded by the end of a day, in UTC; 0 for none."""
    query = sa.select(sa.func.max(batches.c.number))
    if as_of is not None:
        midnight = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
        query = query.where(batches.c.recorded_at < midnight)
    return connection.scalar(query) or 0


def read_decisions(connection: Connection, batch: int) -> list[Decision]:
    """Return all decisions up to a batch, in the order of arrival."""
    query = sa.select(decisions).where(decisions.c.batch <= batch).order_by(decisions.c.number)
    return [to.decision_from(row) for row in connection.execute(query).mappings()]


def documents_named(names: Sequence[str]) -> Select[tuple[int]]:
    """Return the query for the numbers of all versions of some documents."""
    return sa.select(documents.c.number).where(documents.c.name.in_(names))


def standing_claims(batch: int, names: Sequence[str] | None = None) -> Select[Any]:
    """Return the query for the numbers of claims that the latest readings see.

    Args:
        batch: the last that counts.
        names: of documents; all when ``None``.

    Claims of a document that was erased whole stand on no day: they have no words left.
    """
    emptied = (
        sa.select(redactions.c.redacted)
        .join(erasures, erasures.c.number == redactions.c.entry)
        .where(redactions.c.of == documents.name, erasures.c.what == "document")
    )
    latest = sa.select(sa.func.max(documents.c.number)).where(
        documents.c.batch <= batch, documents.c.number.not_in(emptied)
    )
    if names is not None:
        latest = latest.where(documents.c.name.in_(names))
    latest = latest.group_by(documents.c.name)
    last = (
        sa.select(sa.func.max(readings.c.number))
        .where(readings.c.batch <= batch, readings.c.document.in_(latest))
        .group_by(readings.c.document)
    )
    return sa.select(sightings.c.claim).where(sightings.c.entry.in_(last))


def fill_current(
    connection: Connection, batch: int, made: Iterable[Decision], names: Sequence[str] | None = None
) -> None:
    """Fill ``current_claims`` anew, for some documents or for all.

    Args:
        connection: inside a transaction; where it has a temporary table of that name, that is filled.
        batch: the last that counts.
        made: all decisions up to it.
        names: of the documents whose claims, or decisions on them, changed; all when ``None``.
    """
    gone = sa.delete(current_claims)
    before = None if names is None else _values(connection, names)
    if names is not None:
        for asked in portions(names):
            connection.execute(gone.where(current_claims.c.document.in_(documents_named(asked))))
            _copy(connection, standing_claims(batch, asked))
    else:
        connection.execute(gone)
        _copy(connection, standing_claims(batch))
    _apply(connection, by_subject(made), names)
    if names is not None and before is not None:
        _mend_names(connection, before, _values(connection, names))
        return
    connection.execute(sa.delete(told))
    for slot in _NAMED:
        values = sa.select(sa.literal(slot.name), slot).where(slot.is_not(None)).distinct()
        connection.execute(sa.insert(told).from_select(["slot", "value"], values))


def _values(connection: Connection, names: Sequence[str]) -> set[tuple[str, str]]:
    """Return the slots and values of ``names`` that some documents tell."""
    found: set[tuple[str, str]] = set()
    for asked in portions(names):
        for slot in _NAMED:
            own = current_claims.c.document.in_(documents_named(asked))
            query = sa.select(slot).where(own, slot.is_not(None)).distinct()
            found.update((slot.name, value) for value in connection.scalars(query))
    return found


def _mend_names(connection: Connection, before: set[tuple[str, str]], now: set[tuple[str, str]]) -> None:
    """Take into ``names`` what is told now, and out of it what is told nowhere any more."""
    for slot in _NAMED:
        for name, value in sorted(before | now):
            if name == slot.name:
                row = sa.and_(told.c.slot == name, told.c.value == value)
                connection.execute(sa.delete(told).where(row))
                if connection.scalar(sa.select(sa.exists().where(slot == value))):
                    insert_rows(connection, told, [(name, value)])


def _copy(connection: Connection, standing: Select[Any]) -> None:
    """Copy claims as they were read."""
    copied = {
        "number": claims.c.number,
        "id": claims.c.id,
        "document": claims.c.document,
        **{name: claims.c[name] for name in SLOT_NAMES},
        "incident": claims.c.report_incident,
        "corrected": sa.literal(""),
        "sensitivity": sa.literal(UNSAID["claim"]),
        "name_sensitivity": sa.literal(UNSAID["victims"]),
        "place_sensitivity": sa.literal(UNSAID["place"]),
        "confidence": claims.c.confidence,
    }
    query = sa.select(*copied.values()).where(claims.c.number.in_(standing))
    connection.execute(sa.insert(current_claims).from_select([*copied], query))


def _apply(
    connection: Connection, decided: Mapping[str, Sequence[Decision]], names: Sequence[str] | None
) -> None:
    """Put in what people decided, for the claims that they decided about."""
    if not decided:
        return
    subjects = sorted(decided)
    for asked in portions(subjects):
        query = (
            sa.select(current_claims.c.number)
            .join(documents, documents.c.number == current_claims.c.document)
            .where(current_claims.c.id.in_(asked) | documents.c.id.in_(asked))
        )
        if names is not None:
            query = query.where(documents.c.name.in_(names))
        numbers = connection.scalars(query).all()
        rows = []
        for number, document, claim, confidence in read_claims(connection, numbers):
            ruled = rule(claim, decided.get(claim.id, ()), decided.get(document["id"], ()))
            if not ruled.rejected:
                rows.append(_row(number, document, ruled, confidence))
        connection.execute(sa.delete(current_claims).where(current_claims.c.number.in_(numbers)))
        insert_rows(connection, current_claims, rows)


def _row(number: int, document: Row, ruled: Ruled, confidence: float | None) -> Values:
    claim = ruled.claim
    slots = to.slot_values(claim, named=to.is_named(claim, document["text"]))
    corrected = ",".join(ruled.corrected)
    head = (number, claim.id, document["number"])
    return (*head, *slots, claim.incident, ruled.reviewed, corrected, *ruled.levels, confidence)


def read_claims(connection: Connection, numbers: Iterable[int]) -> list[tuple[int, Row, Claim, float | None]]:
    """Return claims as they were read, by number, each with its document's row and its confidence."""
    found: list[tuple[int, Row, Claim, float | None]] = []
    asked = sorted(set(numbers))
    for part in portions(asked):
        shown = parts_of(connection, evidence, part)
        named = parts_of(connection, victims, part)
        query = sa.select(claims).where(claims.c.number.in_(part)).order_by(claims.c.number)
        every = [dict(row) for row in connection.execute(query).mappings()]
        own = sa.select(documents).where(documents.c.number.in_({row["document"] for row in every}))
        of = {row["number"]: row for row in connection.execute(own).mappings()}
        for read in every:
            document, number = of[read["document"]], read["number"]
            slots = read | {"document_name": document["name"]}
            name = next((each["name"] for each in named.get(number, ())), None)
            claim = to.claim_from(slots, shown.get(number, ()), name)
            found.append((number, document, claim, read["confidence"]))
    return found


def read_standing(
    connection: Connection, *conditions: ColumnElement[bool]
) -> list[tuple[int, Claim, Document]]:
    """Return claims as they stand, by their reports, each with its number and its report; without evidence.

    Args:
        connection: to the ledger, or to a day of it.
        conditions: on ``current_claims``.
    """
    query = (
        sa.select(current_claims, documents.c.name.label("document_name"), victims.c.name.label("victim"))
        .join(documents, documents.c.number == current_claims.c.document)
        .outerjoin(victims, victims.c.entry == current_claims.c.number)
        .where(*conditions)
        .order_by(current_claims.c.document, current_claims.c.anchor_start, current_claims.c.number)
    )
    owners = sa.select(current_claims.c.document).where(*conditions)
    credited = parts_of(connection, credits, owners)
    own = sa.select(documents).where(documents.c.number.in_(owners))
    of = {
        row["number"]: to.document_from(row, credited.get(row["number"], ()))
        for row in connection.execute(own).mappings()
    }
    return [
        (row["number"], to.claim_from(row, (), row["victim"]), of[row["document"]])
        for row in connection.execute(query).mappings()
    ]


def parts_of(
    connection: Connection, table: Table, entries: Sequence[int] | Select[Any]
) -> dict[int, list[Row]]:
    """Return the rows of a table of parts, in order, by the number of the entry that they belong to."""
    found: dict[int, list[Row]] = {}
    query = sa.select(table).where(table.c.entry.in_(entries)).order_by(table.c.entry, table.c.position)
    for row in connection.execute(query).mappings():
        found.setdefault(row["entry"], []).append(row)
    return found
