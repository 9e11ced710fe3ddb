"""Lists: claims, documents and incidents by what the user asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Connection, Select, Table

from cairn.ledger.current import State, standing_now
from cairn.ledger.kinds import KINDS
from cairn.ledger.rows import Row
from cairn.ledger.rulings import PUBLIC
from cairn.ledger.tables import (
    batches,
    claims,
    conflicts,
    current_claims,
    decisions,
    documents,
    incidents,
    names,
)
from cairn.ledger.words import holding_words

PUBLIC_DECIMALS = 1
"""Places of a degree that the public sees of coordinates, unless told otherwise."""

LOCATED = ("place", "geonames_id", "latitude", "longitude", "radius_km", "target")
"""Columns that tell where something lies."""

MANY = 20
"""Times as many claims as are to be listed, from which it is faster to go through all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAround:
    """What can be asked of claims and events alike: ``None`` asks for nothing, all else must hold.

    Attributes:
        place: name of a place, or a country's code (ISO 3166-1 alpha-2) in capitals.
        since: first day on which it happened, or of publication in a list of documents.
        until: last day.
        speaker: part of the name of any voice of the chain.
        words: that the document must hold; “quoted ones” in their order.
        document: its name.
        incident: its id.
        box: degrees west, south, east and north, WGS84, between which the middle of the place lies; west is
            the greater one where the box crosses the 180th meridian.
        public: only what may be shown to everybody.
    """

    place: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    speaker: str | None = None
    words: str | None = None
    document: str | None = None
    incident: str | None = None
    box: tuple[float, float, float, float] | None = None
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(AskedAround):
    """What is asked of claims.

    Attributes:
        harm: one of the words of the contract; likewise ``means``.
        perpetrator: part of the name.
    """

    harm: str | None = None
    means: str | None = None
    perpetrator: str | None = None


def list_claims(state: State, asked: Asked, limit: int | None = None) -> Iterator[Row]:
    """Yield the rows of claims that stand, in the order in which they came.

    Args:
        state: of ``as_of``.
        asked: see there.
        limit: rows at most.

    Yields:
        The columns of ``current_claims``, with ``document_name``, ``outlet``, ``published``, ``words`` (the
        anchor's) and ``recorded_at``.
    """
    yield from fetch_rows(state.connection, claims_query(state, asked, limit))


def claims_query(state: State, asked: Asked, limit: int | None = None) -> Select[Any]:
    """Return the query of ``list_claims``."""
    named = asked.speaker is not None or asked.perpetrator is not None
    many = limit is not None and named and count_claims(state, asked) > MANY * limit
    conditions = on_claims(state.connection, asked, many=many)
    return select_claims().where(*conditions).order_by(current_claims.c.number).limit(limit)


def select_claims() -> Select[Any]:
    """Return the query for rows of claims that stand, as ``list_claims`` yields them."""
    claim = current_claims.c
    words = sa.func.substr(documents.c.text, claim.anchor_start + 1, claim.anchor_end - claim.anchor_start)
    return (
        sa.select(
            *(column for column in claim if column is not claim.settled),
            documents.c.name.label("document_name"),
            documents.c.outlet,
            documents.c.published,
            words.label("words"),
            batches.c.recorded_at,
        )
        .join(documents, documents.c.number == claim.document)
        .join(claims, claims.c.number == claim.number)
        .join(batches, batches.c.number == claims.c.batch)
    )


def show_public(row: Row, decimals: int = PUBLIC_DECIMALS) -> dict[str, Any]:
    """Return the row of a public claim without what is not public in it.

    A victim's name goes with the words that are the name; a place that is restricted goes with its
    coordinates; others are rounded.

    Args:
        row: of ``list_claims``.
        decimals: places of a degree that are kept: 1 is some ten kilometres, 2 one.
    """
    shown = show_place(row, decimals)
    if row["victims"] is None:
        shown["words"] = None
    return shown


def show_place(row: Row, decimals: int) -> dict[str, Any]:
    """Return a row of a claim or an event without a place that is not public; others are coarsened."""
    shown = dict(row)
    if row["place_sensitivity"] != PUBLIC:
        shown |= {each: None for each in LOCATED if each in shown}
    elif row["latitude"] is not None:
        shown |= {each: round(row[each], decimals) for each in ("latitude", "longitude")}
    return shown


def count_claims(state: State, asked: Asked) -> int:
    """Return how many claims that stand are asked for."""
    query = sa.select(sa.func.count()).select_from(current_claims).where(*on_claims(state.connection, asked))
    return state.connection.scalar(query) or 0


def list_documents(state: State, asked: Asked, limit: int | None = None) -> Iterator[Row]:
    """Yield documents, the last recorded first, each with how many of its claims stand."""
    own = sa.select(sa.func.count()).where(current_claims.c.document == documents.c.number).scalar_subquery()
    query = (
        sa.select(
            *(
                documents.c[name]
                for name in ("number", "id", "name", "outlet", "published", "title", "url", "language")
            ),
            sa.func.length(documents.c.text).label("characters"),
            own.label("claims"),
            batches.c.recorded_at,
        )
        .join(batches, batches.c.number == documents.c.batch)
        .where(*_of_document(state.connection, asked), documents.c.batch <= state.batch)
        .order_by(documents.c.number.desc())
        .limit(limit)
    )
    yield from fetch_rows(state.connection, query)


def list_incidents(state: State, asked: Asked, limit: int | None = None) -> Iterator[Row]:
    """Yield incidents by day, those without one last, with what is told of them."""
    query = sa.select(incidents).order_by(
        incidents.c.time_start.is_(None), incidents.c.time_start, incidents.c.id
    )
    yield from fetch_rows(state.connection, query.where(*on_incidents(state, asked, limit)).limit(limit))


def list_decisions(state: State, *, orphaned: bool = False) -> Iterator[Row]:
    """Yield decisions in the order in which they came, each with whether its claim is still extracted.

    Args:
        state: of ``as_of``.
        orphaned: only those on a claim or an event that no latest reading sees any more. They are kept, and
            hold again as soon as one does.
    """
    seen = [
        sa.exists().where(
            kind.read.c.id == decisions.c.subject, kind.read.c.number.in_(standing_now(kind, state.batch))
        )
        for kind in KINDS
    ]
    sighted = sa.or_(*seen, sa.exists().where(documents.c.id == decisions.c.subject))
    query = sa.select(decisions, sighted.label("sighted")).where(decisions.c.batch <= state.batch)
    query = query.order_by(decisions.c.number)
    if orphaned:
        query = query.where(~sighted)
    yield from fetch_rows(state.connection, query)


def list_conflicts(state: State) -> Iterator[str]:
    """Yield a line for each two decisions that contradict each other."""
    yield from state.connection.scalars(sa.select(conflicts.c.reason).order_by(conflicts.c.position))


def fetch_rows(connection: Connection, query: Select[Any]) -> Iterator[Row]:
    """Yield the rows of a query as they come."""
    with connection.execution_options(yield_per=1_000).execute(query) as result:
        yield from result.mappings()


def on_incidents(state: State, asked: Asked, limit: int | None = None) -> list[ColumnElement[bool]]:
    """Return the conditions on ``incidents``: that a claim is as asked, and where the whole incident lies.

    What is public is asked of the claims alone, since an incident lies where its most exact claim does, which
    need not be public.

    Args:
        state: of ``as_of``.
        asked: see there.
        limit: incidents that are looked for in the order of an index. Where many claims are as asked, and not
            of some days alone, these are met sooner one after the other than all claims are gone through.
    """
    found = list[ColumnElement[bool]]()
    if asked.box is not None and not asked.public:
        found = _in_box(incidents.c.latitude, incidents.c.longitude, asked.box)
        asked = replace(asked, box=None)
    if asked.harm is not None and asked == Asked(harm=asked.harm):
        found.append(("," + incidents.c.harms + ",").like(f"%,{asked.harm},%"))
    elif on_claims(state.connection, asked):
        spread = asked.since is None and asked.until is None
        many = limit is not None and spread and count_claims(state, asked) > MANY * limit
        conditions = on_claims(state.connection, asked, many=many)
        if many:
            found.append(sa.exists().where(current_claims.c.incident == incidents.c.id, *conditions))
        else:
            found.append(incidents.c.id.in_(sa.select(current_claims.c.incident).where(*conditions)))
    return found


def rounded(column: ColumnElement[Any], decimals: int = PUBLIC_DECIMALS) -> ColumnElement[float]:
    """Return degrees as the public sees them, in either engine."""
    return sa.type_coerce(sa.func.round(sa.cast(column, sa.Numeric), decimals), sa.Float)


def on_claims(connection: Connection, asked: Asked, *, many: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions on ``current_claims``.

    Where many claims hold a part of a name, the first of them are met sooner one after the other than by an
    index, which gives them in another order: ``many`` keeps the engine from using it.
    """
    claim = current_claims.c
    found = on_surroundings(connection, current_claims, asked, many=many)
    found.extend(
        claim[name] == value
        for name in ("harm", "means", "incident")
        if (value := getattr(asked, name)) is not None
    )
    if asked.perpetrator is not None:
        found.append(holds(claim.perpetrator, asked.perpetrator, many=many))
    return found


def on_surroundings(
    connection: Connection, current: Table, asked: AskedAround, *, many: bool = False
) -> list[ColumnElement[bool]]:
    """Return the conditions on ``current_claims`` or ``current_events`` that go by the columns of both."""
    own, found = current.c, list[ColumnElement[bool]]()
    if asked.place is not None:
        country = len(asked.place) == 2 and asked.place.isupper()
        found.append(own.country == asked.place if country else own.place == asked.place)
        if asked.public and not country:
            found.append(own.place_sensitivity == PUBLIC)  # a hit would tell what is not shown
    if asked.since is not None:
        found.append(own.time_end >= asked.since)
    if asked.until is not None:
        found.append(own.time_start <= asked.until)
    if asked.public:
        found.append(own.sensitivity == sa.literal_column(f"'{PUBLIC}'"))  # as the indexes have it
    if asked.box is not None and asked.public:
        found.append(own.place_sensitivity == PUBLIC)
        found += _in_box(rounded(own.latitude), rounded(own.longitude), asked.box)
    elif asked.box is not None:
        found += _in_box(own.latitude, own.longitude, asked.box)
    if asked.speaker is not None:
        found.append(holds(own.speakers, asked.speaker, many=many))
    if asked.words is not None or asked.document is not None:
        texts = sa.select(documents.c.number)
        if asked.words is not None:
            texts = texts.where(holding_words(connection.dialect.name, asked.words))
        if asked.document is not None:
            texts = texts.where(documents.c.name == asked.document)
        found.append(own.document.in_(texts))
    return found


def _in_box(
    latitude: ColumnElement[float], longitude: ColumnElement[float], box: tuple[float, float, float, float]
) -> list[ColumnElement[bool]]:
    west, south, east, north = box
    beyond = (longitude >= west, longitude <= east)
    across = sa.and_(*beyond) if west <= east else sa.or_(*beyond)
    return [latitude.between(south, north), across]


def _of_document(connection: Connection, asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions on ``documents``; what is asked of claims asks for those with such a claim."""
    found = list[ColumnElement[bool]]()
    if asked.since is not None:
        found.append(documents.c.published >= asked.since)
    if asked.until is not None:
        found.append(documents.c.published <= asked.until)
    if asked.document is not None:
        found.append(documents.c.name == asked.document)
    if asked.words is not None:
        found.append(holding_words(connection.dialect.name, asked.words))
    rest = Asked(
        place=asked.place, harm=asked.harm, means=asked.means, speaker=asked.speaker,
        perpetrator=asked.perpetrator, incident=asked.incident, box=asked.box,
    )  # fmt: skip
    if conditions := on_claims(connection, rest):
        found.append(documents.c.number.in_(sa.select(current_claims.c.document).where(*conditions)))
    return found


def holds(column: Column[Any], part: str, *, many: bool = False) -> ColumnElement[bool]:
    """Return the condition that a column, one of those ``names`` tells of, holds part of a name."""
    escaped = part.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    held = names.c.value.ilike(f"%{escaped}%", escape="\\")
    values = sa.select(names.c.value).where(
        names.c.of == column.table.name, names.c.slot == column.name, held
    )
    return (sa.func.coalesce(column, "") if many else column).in_(values)
