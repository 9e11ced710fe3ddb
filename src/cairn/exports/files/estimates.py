"""Estimates: one row for what one policy makes of one harm in one incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from cairn.exports.files.columns import Layout, columns_of
from cairn.exports.files.incidents import Weighed, as_they_are, incident_row


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRow:
    """What a named policy makes of what is told of one harm in one incident: a view, never a fact."""

    incident: Annotated[str, "id of the incident"]
    time_start: Annotated[dt.date | None, "first day on which any claim puts it"]
    time_end: Annotated[dt.date | None, "last day"]
    place: Annotated[str | None, "the place that most claims name"]
    country: Annotated[str | None, "country of that place, ISO 3166-1 alpha-2"]
    harm: Annotated[str, "what was suffered"]
    policy: Annotated[str, "name of the policy: cairn incident shows them side by side"]
    version: Annotated[str, "of its rule"]
    low: Annotated[int | None, "fewest persons; empty where the policy gives no figure, which is not 0"]
    best: Annotated[int | None, "the figure that it prefers; empty where it prefers none"]
    high: Annotated[int | None, "most persons; empty where it gives none"]
    origins: Annotated[int, "independent voices behind it"]
    documents: Annotated[int, "reports behind it; forty reports of one origin are one voice"]
    provisional: Annotated[bool, "fewer than two origins: uncorroborated"]
    grade: Annotated[str | None, "where the policy grades"]
    reason: Annotated[str | None, "how the figure came about"]


def estimate_rows(weighed: Weighed) -> Iterator[EstimateRow]:
    """Yield the rows of one incident."""
    row = incident_row(weighed)
    for (policy, harm), made in weighed.estimates.items():
        yield EstimateRow(
            incident=row.id,
            time_start=row.time_start,
            time_end=row.time_end,
            place=row.place,
            country=row.country,
            harm=harm,
            policy=policy,
            version=made["version"],
            low=made["low"],
            best=made["best"],
            high=made["high"],
            origins=made["origins"],
            documents=made["documents"],
            provisional=bool(made["provisional"]),
            grade=made["grade"],
            reason=made["reason"],
        )


ESTIMATES = Layout(
    name="estimates",
    holds="what one policy makes of what is told of one harm in one incident: a view, never a fact",
    columns=columns_of(EstimateRow),
    take=as_they_are,
)
