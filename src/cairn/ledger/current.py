"""Current: which claims and events stand now, or stood on a day, with what people made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, SelectBase, Table

from cairn.ledger import rows as to
from cairn.ledger.arrivals import count_arrivals, fill_arrivals, mend_arrivals
from cairn.ledger.attacks import tie_attacks
from cairn.ledger.insert import insert_rows
from cairn.ledger.kinds import EVENT, KINDS, Each, Kind
from cairn.ledger.portions import portions
from cairn.ledger.rows import Row, Values
from cairn.ledger.rulings import UNSAID, Ruled, by_subject, rule
from cairn.ledger.settling import settle
from cairn.ledger.tables import (
    batches,
    claims,
    credits,
    current_claims,
    decisions,
    documents,
    erasures,
    readings,
    redactions,
    victims,
)
from cairn.ledger.tables import names as told
from cairn.records import Claim, Decision, Document


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


def decisions_about(connection: Connection, batch: int, *asked: Sequence[str] | SelectBase) -> list[Decision]:
    """Return all decisions about some claims, events or documents up to a batch, in the order of arrival.

    With them come those that supersede them, which may name another subject: a ruling on two claims is taken
    back under the name of either.

    Args:
        connection: to the ledger.
        batch: the last that counts.
        asked: ids, or queries for them.
    """
    found: dict[int, Decision] = {}
    for each in asked:
        for ids in portions(each) if isinstance(each, Sequence) else (each,):
            found |= _decided(connection, batch, ids)
    return [found[number] for number in sorted(found)]


def _decided(connection: Connection, batch: int, ids: Sequence[str] | SelectBase) -> dict[int, Decision]:
    made, later = decisions.c, decisions.alias("later")
    own = sa.select(made.number, made.id).where(made.subject.in_(ids) | made.other.in_(ids))
    every = own.cte("every", recursive=True)
    every = every.union(sa.select(later.c.number, later.c.id).join(every, every.c.id == later.c.supersedes))
    query = sa.select(decisions).where(made.number.in_(sa.select(every.c.number)), made.batch <= batch)
    rows = connection.execute(query.order_by(made.number)).mappings()
    return {row["number"]: to.decision_from(row) for row in rows}


def decisions_on(connection: Connection, subject: str) -> list[Decision]:
    """Return all decisions about one claim, event or document, in the order of arrival."""
    query = sa.select(decisions).where(decisions.c.subject == subject).order_by(decisions.c.number)
    return [to.decision_from(row) for row in connection.execute(query).mappings()]


def documents_named(names: Sequence[str]) -> Select[tuple[int]]:
    """Return the query for the numbers of all versions of some documents."""
    return sa.select(documents.c.number).where(documents.c.name.in_(names))


def numbers_of(connection: Connection, names: Sequence[str]) -> set[int]:
    """Return the numbers of all versions of some documents."""
    found = set[int]()
    for asked in portions(names):
        found.update(connection.scalars(documents_named(asked)))
    return found


def standing_now(kind: Kind[Any], batch: int, names: Sequence[str] | None = None) -> Select[Any]:
    """Return the query for the numbers of claims or events that the latest readings see.

    Args:
        kind: which of them.
        batch: the last that counts.
        names: of documents; all when ``None``.

    Those of a document that was erased whole stand on no day: they have no words left.
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
    return sa.select(kind.seen).where(kind.seen.table.c.entry.in_(last))


def fill_current(
    connection: Connection, batch: int, made: Iterable[Decision], names: Sequence[str] | None = None
) -> None:
    """Fill ``current_claims``, ``current_events``, ``names`` and ``arrivals``, for some documents or for all.

    Args:
        connection: inside a transaction; where it has temporary tables of those names, they are filled.
        batch: the last that counts.
        made: all decisions up to it on what these documents hold.
        names: of the documents whose claims, or decisions on them, changed; all when ``None``.
    """
    decided = by_subject(made)
    arrived = None if names is None else count_arrivals(connection, names)
    for kind in KINDS:
        gone = sa.delete(kind.current)
        before = None if names is None else _values(connection, kind, names)
        if names is not None:
            for asked in portions(names):
                connection.execute(gone.where(kind.current.c.document.in_(documents_named(asked))))
                _copy(connection, kind, standing_now(kind, batch, asked))
        else:
            connection.execute(gone)
            _copy(connection, kind, standing_now(kind, batch))
        _apply(connection, kind, decided, names)
        if names is not None and before is not None:
            _mend_names(connection, kind, before, _values(connection, kind, names))
            continue
        connection.execute(sa.delete(told).where(told.c.of == kind.current.name))
        for slot in kind.named:
            values = sa.select(sa.literal(kind.current.name), sa.literal(slot.name), slot)
            values = values.where(slot.is_not(None)).distinct()
            connection.execute(sa.insert(told).from_select(["of", "slot", "value"], values))
    settle(connection, batch, names)
    if names is None or arrived is None:
        fill_arrivals(connection)
    else:
        mend_arrivals(connection, arrived, count_arrivals(connection, names))
    tie_attacks(connection, names)


def _values(connection: Connection, kind: Kind[Any], names: Sequence[str]) -> set[tuple[str, str]]:
    """Return the slots and values of ``names`` that some documents tell."""
    found: set[tuple[str, str]] = set()
    for asked in portions(names):
        for slot in kind.named:
            own = kind.current.c.document.in_(documents_named(asked))
            query = sa.select(slot).where(own, slot.is_not(None)).distinct()
            found.update((slot.name, value) for value in connection.scalars(query))
    return found


def _mend_names(
    connection: Connection, kind: Kind[Any], before: set[tuple[str, str]], now: set[tuple[str, str]]
) -> None:
    """Take into ``names`` what is told now, and out of it what is told nowhere any more."""
    for slot in kind.named:
        for name, value in sorted(before | now):
            if name == slot.name:
                row = (kind.current.name, name, value)
                own = (told.c.of == row[0], told.c.slot == name, told.c.value == value)
                connection.execute(sa.delete(told).where(*own))
                if connection.scalar(sa.select(sa.exists().where(slot == value))):
                    insert_rows(connection, told, [row])


def _copy(connection: Connection, kind: Kind[Any], standing: Select[Any]) -> None:
    """Copy claims or events as they were read."""
    read, (tie, tied) = kind.read.c, kind.tie
    copied = {
        "number": read.number,
        "id": read.id,
        "document": read.document,
        **{name: read[name] for name in kind.slots},
        tie: tied,
        "corrected": sa.literal(""),
        "sensitivity": sa.literal(UNSAID["claim"]),
        "name_sensitivity": sa.literal(UNSAID["victims"]),
        "place_sensitivity": sa.literal(UNSAID["place"]),
        "confidence": read.confidence,
    }
    query = sa.select(*copied.values()).where(read.number.in_(standing))
    connection.execute(sa.insert(kind.current).from_select([*copied], query))


def _apply(
    connection: Connection,
    kind: Kind[Any],
    decided: Mapping[str, Sequence[Decision]],
    names: Sequence[str] | None,
) -> None:
    """Put in what people decided, for the claims or events that they decided about."""
    subjects, current = sorted(decided), kind.current.c
    within = None if names is None else numbers_of(connection, names)
    hidden_in = cache(partial(hidden_names, connection))
    for asked in portions(subjects):
        of = sa.select(documents.c.number).where(documents.c.id.in_(asked))
        numbers = sorted(
            {
                number
                for own in (current.id.in_(asked), current.document.in_(of))
                for number, document in connection.execute(
                    sa.select(current.number, current.document).where(own)
                )
                if within is None or document in within
            }
        )
        rows = []
        for number, document, read, row in read_entries(connection, kind, numbers):
            ruled = rule(read, decided.get(read.id, ()), decided.get(document["id"], ()))
            if not ruled.rejected:
                hidden = hidden_in(document["number"]) if kind is EVENT else frozenset()
                slots = kind.values(ruled.record, document["text"], hidden)
                head = (number, read.id, document["number"])
                tie, left = row.get("report_incident"), _left(ruled)
                rows.append((*head, *slots, tie, *left, row["confidence"], *kind.later))
        connection.execute(sa.delete(kind.current).where(current.number.in_(numbers)))
        insert_rows(connection, kind.current, rows)


def _left(ruled: Ruled[Any]) -> Values:
    return (ruled.reviewed, ",".join(ruled.corrected), *ruled.levels)


def hidden_names(connection: Connection, document: int) -> frozenset[str]:
    """Return the names of victims in the claims that were read in a document."""
    query = sa.select(victims.c.name).join(claims, claims.c.number == victims.c.entry)
    return frozenset(connection.scalars(query.where(claims.c.document == document)))


def read_entries(
    connection: Connection, kind: Kind[Each], numbers: Iterable[int]
) -> list[tuple[int, Row, Each, Row]]:
    """Return claims or events as they were read, by number: with their document's row, and their own."""
    found: list[tuple[int, Row, Each, Row]] = []
    for part in portions(sorted(set(numbers))):
        shown = parts_of(connection, kind.evidence, part)
        named = parts_of(connection, kind.victims, part)
        query = sa.select(kind.read).where(kind.read.c.number.in_(part)).order_by(kind.read.c.number)
        every = [dict(row) for row in connection.execute(query).mappings()]
        own = sa.select(documents).where(documents.c.number.in_({row["document"] for row in every}))
        of = {row["number"]: row for row in connection.execute(own).mappings()}
        for row in every:
            document, number = of[row["document"]], row["number"]
            slots = row | {"document_name": document["name"]}
            record = kind.record(slots, shown.get(number, ()), named.get(number, ()))
            found.append((number, document, record, row))
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
