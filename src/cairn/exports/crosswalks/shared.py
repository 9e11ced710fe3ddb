"""Shared: what every crosswalk needs to know of an incident."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from cairn.exports.files.columns import Block, Cells, Layout, columns_of
from cairn.exports.files.incidents import IncidentRow, Row, Weighed, row_block
from cairn.records import Group, Harm

OF_CIVILIANS = frozenset(
    {
        Group.CIVILIAN, Group.CHILD, Group.WOMAN, Group.ELDERLY, Group.MEDICAL, Group.PATIENT,
        Group.JOURNALIST, Group.AID_WORKER, Group.RELIGIOUS, Group.STUDENT, Group.WORKER, Group.REFUGEE,
    }
)  # fmt: skip
"""Groups whose members take no part in fighting; men, officials and prisoners may."""
OF_FIGHTERS = frozenset({Group.COMBATANT, Group.INSURGENT, Group.PERPETRATOR})
DECIMALS = 4
"""Places of a degree that ACLED and UCDP give: eleven metres, far finer than what is known."""
NO_HARM = "nobody tells of deaths, and that is not coded as none"


def crosswalk(name: str, holds: str, row: type, make: Callable[[Weighed], object]) -> Layout:
    """Return the layout of incidents in the columns of an organisation.

    Args:
        name: of the organisation, in lower case.
        holds: what a row is.
        row: a record whose fields are the columns.
        make: fills it.
    """
    columns = columns_of(row)
    names = [field.name for field in fields(row)]

    def take(block: Block) -> Cells:
        return list(row_block(map(make, block["weighed"]), names).values())

    return Layout(name=name, holds=holds, columns=columns, take=take)


def groups_of(rows: Iterable[Row]) -> set[Group]:
    """Return the groups that rows of claims state."""
    return {Group(each) for row in rows for each in json.loads(row["groups"])} - {Group.UNSPECIFIED}


def about(weighed: Weighed, harm: Harm) -> list[Row]:
    """Return the claims about one harm that tell of all victims."""
    return [row for row in weighed.claims if row["harm"] == harm.value and row["part_of"] is None]


def all_civilians(weighed: Weighed) -> bool:
    """Say whether every claim about all killed states that they were civilians."""
    told = [groups_of([row]) for row in about(weighed, Harm.KILLED)]
    return bool(told) and all(groups and groups <= OF_CIVILIANS for groups in told)


def days(row: IncidentRow) -> int | None:
    """Return on how many days the harm may have happened; ``None`` when nobody knows any."""
    return (row.time_end - row.time_start).days + 1 if row.time_start and row.time_end else None


def degrees(value: float | None) -> float | None:
    """Return degrees with the places that these organisations give."""
    return None if value is None else round(value, DECIMALS)


def first(texts: Sequence[str]) -> str | None:
    """Return the most told of some texts."""
    return texts[0] if texts else None


def figure(weighed: Weighed, harm: Harm, bound: str = "best") -> Any:
    """Return what the policy makes of one harm; ``None`` where it gives no figure."""
    made: Mapping[Any, Any] | None = weighed.estimates.get((weighed.policy, harm.value))
    return None if made is None else made[bound]


def fit(row: IncidentRow, *notes: str | None) -> str:
    """Return what does not fit an organisation's columns, in one cell; every row of ours has something.

    Args:
        row: the incident.
        notes: of the organisation; those that are ``None`` do not hold here.
    """
    common = (
        "perpetrators are as speakers name them" if row.perpetrators else "nobody names who did it",
        "several are named as having done it" if len(row.perpetrators) > 1 else None,
        "fewer than two independent origins" if row.provisional else None,
        None if row.latitude is not None else "no coordinates are known",
        None if row.reviewed else "no person has reviewed its claims",
    )
    return "; ".join(each for each in (*notes, *common) if each)
