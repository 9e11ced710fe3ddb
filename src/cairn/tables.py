"""Tables: what a ledger holds as typed rows, for files and for Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import Any, TypeVar

from cairn.errors import InputError
from cairn.estimates import POLICIES, estimate_all, take_group_positions, take_positions
from cairn.exports import (
    CLAIMS,
    ESTIMATES,
    EVENTS,
    INCIDENTS,
    POSITIONS,
    Block,
    Facts,
    Layout,
    PositionRow,
    Sheet,
    Weighed,
    check_size,
    estimate_rows,
    guide,
    incident_row,
    plover_record,
    position_rows,
    row_block,
)
from cairn.ledger import (
    PUBLIC_DECIMALS,
    Asked,
    AskedEvents,
    State,
    WholeIncident,
    claim_blocks,
    count_claims,
    count_events,
    count_incidents,
    event_blocks,
    incidents_told,
    list_incidents,
    read_events,
    read_heard,
)
from cairn.lexicon import load_lexicon
from cairn.pipeline import hear, weigh
from cairn.records import RANGE, Claim, Decision, Document

Each = TypeVar("Each")

ROWS_AT_ONCE = 1_000
"""Incidents or estimates a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be written.

    Attributes:
        asked: of claims, and of incidents with such a claim.
        events: asked of events.
        policy: whose figures incidents bear, and the only one of estimates; ``None`` for the usual and all.
        limit: rows at most; of estimates, incidents.
        decimals: places of a degree that the public sees.
    """

    asked: Asked = field(default_factory=Asked)
    events: AskedEvents = field(default_factory=AskedEvents)
    policy: str | None = None
    limit: int | None = None
    decimals: int = PUBLIC_DECIMALS

    def __post_init__(self) -> None:
        if self.policy is not None and self.policy not in POLICIES:
            raise InputError(f"there is no policy {self.policy!r}; there are {', '.join(POLICIES)}")


def make_sheet(state: State, layout: Layout, question: Question) -> Sheet:
    """Return one table with its rows, which are read from the ledger as they are written.

    Args:
        state: of ``as_of``; stays open until all is written.
        layout: of claims, events, incidents, estimates or positions.
        question: what is asked for.
    """
    return Sheet(layout=layout, blocks=_blocks(state, layout, question))


def count_rows(state: State, layout: Layout, question: Question) -> int:
    """Return how many claims, events or incidents a table is about."""
    if layout is EVENTS:
        counted = count_events(state, question.events)
    else:
        counted = (count_claims if layout is CLAIMS else count_incidents)(state, question.asked)
    return counted if question.limit is None else min(counted, question.limit)


def check_rows(state: State, layout: Layout, question: Question) -> None:
    """Refuse a table that no workbook holds, before anything is written.

    Raises:
        InputError: one line.
    """
    most = count_rows(state, layout, question)
    if layout is ESTIMATES:
        most *= 1 if question.policy else len(POLICIES)
    elif layout is POSITIONS:
        # A claim is the last word on all victims once at most, and once on a group of them.
        most = 2 * sum(row["claims"] for row in list_incidents(state, question.asked, question.limit))
    check_size(most, layout.name)


def describe(
    state: State,
    layouts: Iterable[Layout],
    question: Question,
    *,
    made_at: dt.datetime,
    known_by: dt.date | None = None,
) -> list[str]:
    """Return how to read what is written, a paragraph each."""
    tables = list(layouts)
    named = [] if question.policy is None and ESTIMATES in tables else [question.policy or RANGE]
    read = all(layout in (CLAIMS, EVENTS, POSITIONS) for layout in tables)
    used = [] if read else [POLICIES[name] for name in named or POLICIES]
    questions = (
        *([] if tables == [EVENTS] else [question.asked]),
        *([question.events] if EVENTS in tables else []),
    )
    told = {
        name: str(value)
        for each in questions
        for name in each.__dataclass_fields__
        if (value := getattr(each, name)) and name != "public"
    }
    return guide(
        Facts(
            made_at=made_at,
            version=version("cairn-ledger"),
            rows={
                f"incidents with {layout.name}"
                if layout in (ESTIMATES, POSITIONS)
                else layout.name: count_rows(state, layout, question)
                for layout in tables
            },
            known_by=known_by,
            asked=told,
            public=question.asked.public,
            policies=[(each.name, each.title, each.rule) for each in used],
        )
    )


def plover_records(state: State, question: Question) -> Iterator[dict[str, object]]:
    """Yield events as records of PLOVER; for the public without names of victims, places coarsened."""
    lexicon, coder = load_lexicon(), f"cairn {version('cairn-ledger')}"
    for found in read_events(state, question.events, question.limit, decimals=question.decimals):
        yield plover_record(found.document, found.event, lexicon, coder=coder, incident=found.incident)


def weighed_incidents(state: State, question: Question) -> Iterator[Weighed]:
    """Yield incidents with what policies make of them; for the public, of their public claims alone."""
    told = incidents_told(state, question.asked, question.limit, question.decimals)
    policy = question.policy or RANGE
    while some := list(islice(told, ROWS_AT_ONCE)):
        made = _public_estimates(state, some) if question.asked.public else {}
        for each in some:
            rows = made[each.id] if question.asked.public else each.estimates
            yield Weighed(
                id=each.id,
                claims=each.claims,
                estimates={(row["policy"], row["harm"]): row for row in rows},
                policy=policy,
            )


def _blocks(state: State, layout: Layout, question: Question) -> Iterator[Block]:
    if layout is CLAIMS:
        yield from claim_blocks(state, question.asked, question.limit, question.decimals)
        return
    if layout is EVENTS:
        yield from event_blocks(state, question.events, question.limit, question.decimals)
        return
    every = weighed_incidents(state, question)
    if layout is ESTIMATES:
        rows: Iterator[object] = (
            row
            for weighed in every
            for row in estimate_rows(weighed)
            if question.policy in (None, row.policy)
        )
    elif layout is INCIDENTS:
        rows = map(incident_row, every)
    elif layout is POSITIONS:
        rows = _positions(state, every, public=question.asked.public)
    else:
        yield from ({"weighed": some} for some in _some(every))
        return
    yield from (row_block(some, layout.names) for some in _some(rows))


def _positions(state: State, every: Iterable[Weighed], *, public: bool) -> Iterator[PositionRow]:
    for some in _some(iter(every)):
        heard, decisions = read_heard(state, [each.id for each in some], public=public)
        for each in some:
            told = hear(heard[each.id], decisions)
            stands = (*take_positions(told), *take_group_positions(told))
            yield from position_rows(each, [(stand.groups, stand.positions) for stand in stands])


def _some(rows: Iterator[Each]) -> Iterator[list[Each]]:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some


def _public_estimates(state: State, told: Iterable[WholeIncident]) -> Mapping[str, list[dict[str, Any]]]:
    """Return what policies make of public claims alone.

    A reason quotes: where a victim's name or a place is not public, it is left out.
    """
    some = list(told)
    heard, decisions = read_heard(state, [each.id for each in some], public=True)
    found = {}
    for each in some:
        secret = any(row["victims"] is None or row["place_sensitivity"] != "public" for row in each.claims)
        rows = _estimates(heard[each.id], decisions)
        found[each.id] = [row | {"reason": None} for row in rows] if secret else rows
    return found


def _estimates(heard: list[tuple[Claim, Document]], decisions: list[Decision]) -> list[dict[str, Any]]:
    return [
        {name: getattr(made, name) for name in ESTIMATED} | {"harm": made.harm.value}
        for stand in weigh(heard, decisions)
        for made in estimate_all(stand).values()
        if made.low is not None or made.high is not None
    ]


ESTIMATED = (
    "policy",
    "version",
    "low",
    "best",
    "high",
    "grade",
    "provisional",
    "origins",
    "documents",
    "reason",
)
