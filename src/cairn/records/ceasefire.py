"""Ceasefire: what is told around one, of it and of attacks before and after; nothing of it is a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cairn.records.document import Document
from cairn.records.event import Event


class Step(StrEnum):
    """What an event is to a ceasefire."""

    AGREED = "agreed"
    DECLARED = "declared"
    HOLDS = "in effect"
    ASKED = "asked for"
    REFUSED = "refused"
    TALKS = "talks"
    ACCUSED = "accused of breach"
    ATTACK = "attack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One event on the line.

    Attributes:
        day: first day of the act, or that of publication.
        dated: the report tells the day of the act.
        breach: its sentence names a truce, as what an attack breaks.
    """

    day: dt.date
    dated: bool
    step: Step
    breach: bool
    event: Event
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Attacks that one speaker reports of one accused; how many reports tell them, not how many there were.

    Attributes:
        accused: neutral name of the party, else the report's word; "nobody named" when nobody is named.
        bound: it is one of those whom the ceasefire is told of.
        speaker: first voice of the chain, else the outlet.
        before: documents that tell of such attacks in the days before; ``after`` in those from the day on.
        breaches: of those after, the documents in which the attack is called a breach.
    """

    accused: str
    bound: bool
    speaker: str
    before: int
    after: int
    breaches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A ceasefire with what is told around it.

    Attributes:
        begin: the event that it is counted from.
        days: how many days are looked at before its day, and as many from its day on.
        line: every event around, in order of days.
        reported: attacks, those of most reports first.
        read: day -> documents published on it that were read, whatever they tell; days without are left out.
    """

    begin: Point
    days: int
    line: tuple[Point, ...]
    reported: tuple[Reported, ...]
    read: Mapping[dt.date, int]

    @property
    def since(self) -> dt.date:
        """Return the first day that is looked at."""
        return self.begin.day - dt.timedelta(days=self.days)

    @property
    def until(self) -> dt.date:
        """Return the last day that is looked at."""
        return self.begin.day + dt.timedelta(days=self.days - 1)

    def coverage(self, *, after: bool) -> tuple[int, int]:
        """Return how many documents were read of the days before or after, and of how many days any."""
        read = [number for day, number in self.read.items() if number and (day >= self.begin.day) == after]
        return sum(read), len(read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What is told to have been suffered on one day: incidents that began then, and the killed of all.

    Attributes:
        low: fewest killed, summed over incidents with a figure; ``None`` when none has one.
        high: most, likewise; ``None`` also when one is open upwards.
    """

    incidents: int
    low: int | None
    high: int | None
