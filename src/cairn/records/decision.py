"""Decision: a person's ruling on what the machine proposed; superseded by a later one, never edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError
from cairn.records.identity import content_id


class Ruling(StrEnum):
    """What a person ruled."""

    CONFIRM = "confirm"
    """The claim stands in the report as read."""
    REJECT = "reject"
    """It does not: no claim, or no harm."""
    CORRECT = "correct"
    """One slot of the claim has another value."""
    SAME_INCIDENT = "same incident"
    """Two claims speak of the same attack."""
    DIFFERENT_INCIDENT = "different incident"
    """They do not."""
    INDEPENDENT = "independent"
    """Two claims have their information from different origins."""
    SAME_ORIGIN = "same origin"
    """They have it from one."""
    RECOMMEND = "recommend"
    """The figure to use for its incident, harm and group of victims."""
    RESTRICT = "restrict"
    """How widely a document, claim, victim's name or place may be shown."""
    WITHDRAW = "withdraw"
    """Takes back the decision that it supersedes and rules nothing in its stead."""
    NOTE = "note"
    """A remark; changes nothing."""


PAIRED = frozenset({Ruling.SAME_INCIDENT, Ruling.DIFFERENT_INCIDENT, Ruling.INDEPENDENT, Ruling.SAME_ORIGIN})
"""Rulings on two claims; all others are on one claim or document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One ruling by one person. Make one with ``decide``, which names it.

    Attributes:
        id: made from everything else.
        subjects: ids of the claims (two for the paired rulings, in ascending order) or of the document.
        slot: name of the claim's field that is corrected or restricted, ``None`` for the whole.
        value: what ``CORRECT`` puts there, as the published JSON writes it; for ``RESTRICT`` ``"public"``,
            ``"restricted"`` or ``"withheld"``; else ``None``.
        who: as the person signs.
        at: when, in UTC.
        why: for whoever reads it later; may be empty.
        supersedes: id of the decision that this one takes the place of.

    Raises:
        RecordError: when the subjects do not fit the ruling, nobody signs, or the moment is not in UTC.
    """

    id: str
    ruling: Ruling
    subjects: tuple[str, ...]
    who: str
    at: dt.datetime
    slot: str | None = None
    value: str | None = None
    why: str = ""
    supersedes: str | None = None

    def __post_init__(self) -> None:
        wanted = 2 if self.ruling in PAIRED else 1
        if len(set(self.subjects)) != wanted or list(self.subjects) != sorted(self.subjects):
            raise RecordError(f"{self.ruling.value!r} is about {wanted} subjects in order: {self.subjects}")
        if not self.who:
            raise RecordError("a decision needs the name of who made it")
        if self.at.utcoffset() != dt.timedelta(0):
            raise RecordError(f"a decision of {self.who}: its moment is not in UTC")
        if (self.ruling is Ruling.CORRECT) != (self.slot is not None and self.ruling is not Ruling.RESTRICT):
            raise RecordError("a correction, and nothing else but a restriction, names a slot")
        if self.ruling is Ruling.WITHDRAW and self.supersedes is None:
            raise RecordError("a withdrawal names the decision that it takes back")


def decide(
    ruling: Ruling,
    *subjects: str,
    who: str,
    at: dt.datetime,
    slot: str | None = None,
    value: str | None = None,
    why: str = "",
    supersedes: str | None = None,
) -> Decision:
    """Return a decision, named by its content."""
    ordered = tuple(sorted(subjects))
    parts = [ruling.value, ordered, slot, value, who, at.isoformat(), why, supersedes]
    return Decision(
        id=content_id("dec", parts),
        ruling=ruling,
        subjects=ordered,
        who=who,
        at=at,
        slot=slot,
        value=value,
        why=why,
        supersedes=supersedes,
    )


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that no later one supersedes, withdrawals aside, in order of moment and id."""
    every = list(decisions)
    gone = {decision.supersedes for decision in every}
    return sorted(
        (each for each in every if each.id not in gone and each.ruling is not Ruling.WITHDRAW),
        key=lambda each: (each.at, each.id),
    )
