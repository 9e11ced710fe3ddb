"""Position: what one origin says now; Estimate: what a named policy makes of all positions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cairn.records.claim import Harm
from cairn.records.count import Count

RANGE = "range"
"""The policy that leaves no voice out: it tells the figures of an incident where no other is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One figure of one origin at one time.

    Attributes:
        claim: id of the claim.
        document: id of the report.
        said_on: day on which the report was published, or the one that it copies; ``None`` when nobody knows.
        count: as told.
        words: of the figure, as they stand in the report; of a sum, those of each part.
        added: ids of claims about other people in the same report, whose figures are added.
    """

    claim: str
    document: str
    said_on: dt.date | None
    count: Count
    words: str = ""
    added: tuple[str, ...] = ()

    @property
    def bound(self) -> int:
        """Return the bound that the voice names, in persons: where a chart draws the figure."""
        return self.count.low if self.count.low is not None else self.count.high or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one origin says of one harm in one incident.

    Attributes:
        origin: who knows it at first hand, as far as reports tell; the unit of independence.
        harm: of all its figures.
        current: its latest figure.
        earlier: what it said before, oldest first; lower figures replace higher ones as well.
        documents: ids of all reports that carry it; forty reports of one origin are one voice.
        relays: who passed it on.
        doubt: another origin on which it may depend, with the reason; ``""`` where none is seen.
    """

    origin: str
    harm: Harm
    current: Said
    earlier: tuple[Said, ...] = ()
    documents: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    doubt: str = ""

    def by_day(self) -> tuple[Said, ...]:
        """Return the figures of known days, oldest first; of one day that which stands, else the largest."""
        figures: dict[dt.date, Said] = {}
        for each in (*sorted(self.earlier, key=lambda said: said.bound), self.current):
            if each.said_on is not None:
                figures[each.said_on] = each
        return tuple(figures[day] for day in sorted(figures))


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A claim that no policy takes into account, and why."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What one policy makes of the positions on one harm; a view, never a fact.

    Attributes:
        policy: name.
        version: of its rule.
        harm: what was suffered.
        low: fewest persons; ``None`` where the policy gives no figure.
        best: the figure that it prefers; ``None`` where it prefers none.
        high: most persons; ``None`` where it gives none.
        claims: ids of the claims whose figures were taken, in order of their days.
        left_out: claims that were not, with the reason.
        origins: independent voices behind it.
        documents: reports behind it.
        provisional: fewer than two origins stand behind it.
        grade: where the policy grades.
        reason: one sentence on how it came about.
    """

    policy: str
    version: str
    harm: Harm
    low: int | None
    best: int | None
    high: int | None
    claims: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    origins: int
    documents: int
    provisional: bool
    grade: str | None
    reason: str
