"""Tables: what a ledger holds as typed rows, for files and for Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from typing import Any, TypeVar

from cairn.errors import InputError
from cairn.estimates import POLICIES, estimate_all
from cairn.exports import (
    CLAIMS,
    ESTIMATES,
    INCIDENTS,
    Block,
    Facts,
    Layout,
    Sheet,
    Weighed,
    check_size,
    estimate_rows,
    guide,
    incident_row,
    row_block,
)
from cairn.ledger import (
    PUBLIC_DECIMALS,
    Asked,
    State,
    WholeIncident,
    claim_blocks,
    count_claims,
    count_incidents,
    incidents_told,
    public_heard,
)
from cairn.pipeline import weigh
from cairn.records import Claim, Decision, Document

Each = TypeVar("Each")

USUAL_POLICY = "range"
"""The policy of an incident's figures unless another is asked for: it leaves nothing out."""
ROWS_AT_ONCE = 1_000
"""Incidents or estimates a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be written.

    Attributes:
        asked: of the ledger.
        policy: whose figures incidents bear, and the only one of estimates; ``None`` for the usual and all.
        limit: rows at most; of estimates, incidents.
        decimals: places of a degree that the public sees.
    """

    asked: Asked = field(default_factory=Asked)
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
        layout: of claims, incidents or estimates.
        question: what is asked for.
    """
    return Sheet(layout=layout, blocks=_blocks(state, layout, question))


def count_rows(state: State, layout: Layout, question: Question) -> int:
    """Return how many claims or incidents a table is about."""
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
    named = [] if question.policy is None and ESTIMATES in tables else [question.policy or USUAL_POLICY]
    used = [POLICIES[name] for name in named or POLICIES] if tables != [CLAIMS] else []
    told = {
        name: str(value)
        for name in Asked.__dataclass_fields__
        if (value := getattr(question.asked, name)) and name != "public"
    }
    return guide(
        Facts(
            made_at=made_at,
            version=version("cairn-ledger"),
            rows={
                layout.name if layout is not ESTIMATES else "incidents with estimates": count_rows(
                    state, layout, question
                )
                for layout in tables
            },
            known_by=known_by,
            asked=told,
            public=question.asked.public,
            policies=[(each.name, each.title, each.rule) for each in used],
        )
    )


def weighed_incidents(state: State, question: Question) -> Iterator[Weighed]:
    """Yield incidents with what policies make of them; for the public, of their public claims alone."""
    told = incidents_told(state, question.asked, question.limit, question.decimals)
    policy = question.policy or USUAL_POLICY
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
    else:
        yield from ({"weighed": some} for some in _some(every))
        return
    yield from (row_block(some, layout.names) for some in _some(rows))


def _some(rows: Iterator[Each]) -> Iterator[list[Each]]:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some


def _public_estimates(state: State, told: Iterable[WholeIncident]) -> Mapping[str, list[dict[str, Any]]]:
    """Return what policies make of public claims alone.

    A reason quotes: where a victim's name or a place is not public, it is left out.
    """
    some = list(told)
    heard, decisions = public_heard(state, [each.id for each in some])
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
