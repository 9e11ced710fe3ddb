"""Append: what was read and what was decided, a batch at a time, each sealed and none changed again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cairn.ledger import rows as to
from cairn.ledger.event_rows import event_values, victim_values
from cairn.ledger.insert import insert_rows
from cairn.ledger.portions import portions
from cairn.ledger.rows import Value, Values
from cairn.ledger.seals import FIRST, seal_batch, seal_entry
from cairn.ledger.store import Ledger
from cairn.ledger.tables import (
    ENTRIES,
    PARTS,
    batches,
    claims,
    decisions,
    documents,
    events,
    readings,
    redactions,
    runs,
    write_moment,
)
from cairn.records import Claim, Decision, Document, Event, Run, Skipped

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One document with what one run read in it."""

    document: Document
    claims: Sequence[Claim]
    run: Run
    events: Sequence[Event] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What became of one document.

    Attributes:
        document: its number; ``None`` when it could not be kept.
        known: this run had read it before; nothing was written.
        claims: how many claims the reading saw.
        new: how many of those nobody had seen.
        events: how many events it saw.
        skipped: what could not be kept, and why.
    """

    name: str
    document: int | None
    known: bool = False
    claims: int = 0
    new: int = 0
    events: int = 0
    skipped: tuple[Skipped, ...] = ()


@dataclass(slots=True)
class Batch:
    """Rows that are gathered before one transaction writes them; numbers go on from what stands."""

    number: int
    before: str
    recorded_at: str
    next: dict[str, int]
    rows: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    digests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: Table, values: Sequence[Value], *parts: Sequence[Values]) -> int:
        """Add one entry with its parts; return its number.

        Args:
            table: of entries.
            values: its columns between ``batch`` and ``digest``.
            parts: rows for each of its tables of parts, from the column after ``position`` on.
        """
        number = self.next[table.name]
        self.next[table.name] = number + 1
        placed = [[(number, place, *row) for place, row in enumerate(part)] for part in parts]
        digest = seal_entry(table.name, (number, self.number, *values), placed)
        self.rows[table.name].append((number, self.number, *values, digest))
        for part, its in zip(PARTS.get(table.name, ()), placed, strict=True):
            self.rows[part.name] += its
        self.digests[table.name].append(digest)
        return number


def append_readings(
    ledger: Ledger, read: Iterable[Read], clock: Clock, *, size: int = 1
) -> Iterator[Appended]:
    """Append readings, and yield what became of each once it is safely written.

    A document that the same run has read before is left as it is, so a run that was cut off is started
    again without harm.

    Args:
        ledger: open.
        read: documents with their claims.
        clock: gives the moment of recording, in UTC. The ledger never goes back in time: where it holds a
            later one, that is written.
        size: documents a transaction.

    Raises:
        LedgerError: locked, full or read-only; what was yielded before stands.
    """
    waiting = iter(read)
    while gathered := list(islice(waiting, size)):
        with ledger.writing() as connection:
            batch = start_batch(connection, clock())
            ids = [to.document_id(each.document) for each in gathered]
            known = _look_up(connection, list(set(ids)))
            done = [
                _add_reading(connection, batch, known, id_, each)
                for id_, each in zip(ids, gathered, strict=True)
            ]
            write_batch(connection, batch)
        yield from done


def has_read(connection: Connection, document: Document, run: Run) -> bool:
    """Say whether a run has read a document before, so that nobody need read it again."""
    query = (
        sa.select(readings.c.number)
        .join(documents, documents.c.number == readings.c.document)
        .join(runs, runs.c.number == readings.c.run)
        .where(documents.c.id == to.document_id(document), runs.c.id == run.id)
    )
    return connection.scalar(query) is not None


def append_decisions(ledger: Ledger, made: Sequence[Decision], at: dt.datetime) -> int:
    """Append decisions in one batch; return how many were new."""
    with ledger.writing() as connection:
        batch = start_batch(connection, at)
        add_decisions(connection, batch, made)
        write_batch(connection, batch)
    return len(batch.digests["decisions"])


def add_decisions(connection: Connection, batch: Batch, made: Sequence[Decision]) -> None:
    """Add decisions to a batch, but for those that the ledger holds already."""
    asked = sa.select(decisions.c.id).where(decisions.c.id.in_([each.id for each in made]))
    known = set(connection.scalars(asked))
    for decision in made:
        if decision.id not in known:
            batch.add(decisions, to.decision_values(decision))
            known.add(decision.id)


def start_batch(connection: Connection, at: dt.datetime) -> Batch:
    """Return an empty batch that follows the last one; the caller holds the write lock."""
    last = connection.execute(sa.select(batches).order_by(batches.c.number.desc()).limit(1)).first()
    moment = max(at, last.recorded_at) if last else at
    highest = {
        table.name: connection.scalar(sa.select(sa.func.max(table.c.number))) or 0 for table in ENTRIES
    }
    return Batch(
        number=last.number + 1 if last else 1,
        before=last.chain if last else FIRST,
        recorded_at=write_moment(moment),
        next={name: number + 1 for name, number in highest.items()},
    )


def write_batch(connection: Connection, batch: Batch) -> None:
    """Write a batch with its seal; an empty one leaves no trace."""
    digests = [digest for table in ENTRIES for digest in batch.digests[table.name]]
    if not digests:
        return
    chain = seal_batch(batch.before, batch.number, batch.recorded_at, digests)
    insert_rows(connection, batches, [(batch.number, batch.recorded_at, len(digests), chain)])
    for table in ENTRIES:
        insert_rows(connection, table, batch.rows[table.name])
        for part in PARTS.get(table.name, ()):
            insert_rows(connection, part, batch.rows[part.name])


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger holds of the things that a batch is about; grows as the batch does.

    ``seen`` are the numbers of claims and events, by id and variant.
    """

    documents: dict[str, int]
    runs: dict[str, int]
    readings: set[tuple[int, int]]
    seen: dict[tuple[str, str], int]
    redacted: set[int]


def _look_up(connection: Connection, ids: Sequence[str]) -> Known:
    """Return the numbers of all that the ledger holds already."""
    found = [
        row
        for asked in portions(ids)
        for row in connection.execute(
            sa.select(documents.c.id, documents.c.number).where(documents.c.id.in_(asked))
        )
    ]
    known = {row.id: row.number for row in found}
    there = [*known.values()]
    read = sa.select(readings.c.document, readings.c.run).where(readings.c.document.in_(there))
    seen = sa.union_all(
        *(
            sa.select(table.c.id, table.c.variant, table.c.number).where(table.c.document.in_(there))
            for table in (claims, events)
        )
    )
    demanded = sa.select(redactions.c.redacted).where(
        redactions.c.of == documents.name, redactions.c.redacted.in_(there)
    )
    return Known(
        documents=known,
        redacted=set(connection.scalars(demanded)) if there else set(),
        runs={row.id: row.number for row in connection.execute(sa.select(runs.c.id, runs.c.number))},
        readings={(row.document, row.run) for row in connection.execute(read)} if there else set(),
        seen={(row.id, row.variant): row.number for row in connection.execute(seen)} if there else {},
    )


def _add_reading(connection: Connection, batch: Batch, known: Known, id_: str, read: Read) -> Appended:
    """Add one document, where it is new, and what was read in it."""
    document, name = read.document, read.document.id
    problem = _unstorable(connection, document)
    if problem:
        reason = Skipped(document_id=name, reason=f"{name}: {problem}")
        return Appended(name=name, document=None, skipped=(reason,))
    run = known.runs.get(read.run.id)
    if run is None:
        run = known.runs[read.run.id] = batch.add(runs, to.run_values(read.run))
    number = known.documents.get(id_)
    if number is None:
        values = to.document_values(document)
        number = known.documents[id_] = batch.add(documents, values, to.credit_values(document))
    elif (number, run) in known.readings:
        return Appended(
            name=name, document=number, known=True, claims=len(read.claims), events=len(read.events)
        )
    elif number in known.redacted:
        told = f"{name}: words of it were erased on demand; it is not read again, which would bring them back"
        return Appended(
            name=name, document=number, known=True, skipped=(Skipped(document_id=name, reason=told),)
        )
    known.readings.add((number, run))
    seen: list[int] = []
    skipped: list[Skipped] = []
    before = batch.next["claims"]
    for claim in read.claims:
        if to.fits(claim):
            seen.append(_add_claim(batch, known, claim, document.text, (id_, number)))
        else:
            words = claim.anchor.words(document.text)
            told = f"{name}: “{words}” is more people than the ledger can count"
            skipped.append(Skipped(document_id=name, reason=told))
    told_of: list[int] = []
    if read.events:
        hidden = {each.victims.text for each in read.claims if to.is_named(each, document.text)}
        told_of = [_add_event(batch, known, event, hidden, (id_, number)) for event in read.events]
    batch.add(readings, (number, run), *([(each,) for each in sorted(set(some))] for some in (seen, told_of)))
    return Appended(
        name=name,
        document=number,
        claims=len(seen),
        new=batch.next["claims"] - before,
        events=len(told_of),
        skipped=tuple(skipped),
    )


def _add_claim(batch: Batch, known: Known, claim: Claim, text: str, document: tuple[str, int]) -> int:
    """Return the number of a claim, added where nobody has read it so before."""
    named = to.is_named(claim, text)
    names: list[Values] = [(claim.victims.text,)] if named else []
    slots, evidence = to.slot_values(claim, named=named), to.evidence_values(claim)
    key = (claim.id, to.variant_of(slots, evidence, document[0], names))
    if key not in known.seen:
        values = (*key, document[1], *slots, claim.incident, *to.confidence_values(claim))
        known.seen[key] = batch.add(claims, values, evidence, names)
    return known.seen[key]


def _add_event(
    batch: Batch, known: Known, event: Event, hidden: Collection[str], document: tuple[str, int]
) -> int:
    """Return the number of an event, likewise; names of victims are left to their own table."""
    names = victim_values(event, hidden)
    slots, evidence = event_values(event, hidden), to.evidence_values(event)
    key = (event.id, to.variant_of(slots, evidence, document[0], names))
    if key not in known.seen:
        values = (*key, document[1], *slots, *to.confidence_values(event))
        known.seen[key] = batch.add(events, values, evidence, names)
    return known.seen[key]


def _unstorable(connection: Connection, document: Document) -> str | None:
    """Return why a text cannot be kept as it is, which is the only way in which it is kept."""
    texts = [value for value in (document.id, document.text, document.title, document.byline) if value]
    if connection.dialect.name == "postgresql" and any("\0" in text for text in texts):
        return "holds the character NUL, which PostgreSQL cannot keep; use a ledger in SQLite"
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return "holds half of a character (a lone surrogate), which is no text; save it anew as UTF-8"
    return None
