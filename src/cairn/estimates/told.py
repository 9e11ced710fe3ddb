"""Told: what one origin said of one harm, day by day, and where it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cairn.records import Claim, Count, Document, Harm, Position, Said, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with its report.

    Attributes:
        origin: whose word it is.
        day: on which its words were first printed; ``None`` when nobody knows.
        added: claims of the same sentence about other people, which make one toll with it.
    """

    claim: Claim
    document: Document
    origin: str
    day: dt.date | None
    added: tuple[Claim, ...] = ()

    @property
    def count(self) -> Count:
        """Return the figure, with those that are added to it; these have lower bounds."""
        if not self.added:
            return self.claim.count
        counts = [claim.count for claim in (self.claim, *self.added)]
        highs = [count.high for count in counts if count.high is not None]
        return Count(
            low=sum(count.low or 0 for count in counts),
            high=sum(highs) if len(highs) == len(counts) else None,
            approx=any(count.approx for count in counts),
        )


def find_standing(said: Sequence[Told]) -> list[Told]:
    """Return what an origin told and did not replace.

    Who takes a figure back takes it back wherever it was printed by then; a later copy of such a report is
    not news either. The same figure told anew afterwards stands. "At least 40" is taken back as "40".
    """
    gone: dict[int, dt.date] = {}
    for each in said:
        if each.claim.status is Status.SUPERSEDED:
            figure, day = _size(each.count), each.day or dt.date.min
            gone[figure] = max(day, gone.get(figure, day))

    def stands(told: Told) -> bool:
        taken_back = gone.get(_size(told.count))
        told_anew = taken_back is None or (told.day or dt.date.min) > taken_back
        return told_anew and told.claim.status is not Status.SUPERSEDED

    return [each for each in said if stands(each)]


def take_position(
    origin: str, harm: Harm, said: Sequence[Told], marked: frozenset[str] = frozenset()
) -> Position | None:
    """Return what an origin says now; ``None`` when all that it said was replaced.

    Of one day's reports the largest figure is the total: the others count parts of it, or were not updated.
    Of many reports with that figure the one is shown that a person marked, else one that copies nobody.

    Args:
        origin: whose claims they are.
        harm: of all claims.
        said: the claims, in a fixed order.
        marked: ids of claims that a person confirmed or recommended.
    """
    stands = find_standing(said)
    if not stands:
        return None
    latest = max(each.day or dt.date.min for each in stands)
    day = [each for each in stands if (each.day or dt.date.min) == latest]

    def rank(told: Told) -> tuple[int, bool, bool, str]:
        own = told.day == told.document.published
        return (_size(told.count), told.claim.id in marked, own, told.claim.id)

    current = max(day, key=rank)
    parts = {part.id for each in stands if each.added for part in (each.claim, *each.added)}
    return Position(
        origin=origin,
        harm=harm,
        current=_said(current),
        earlier=tuple(
            _said(each)
            for each in sorted(said, key=lambda each: each.day or dt.date.min)
            if each.count != current.count and (each.added or each.claim.id not in parts)
        ),
        documents=tuple(dict.fromkeys(each.document.id for each in said)),
        relays=tuple(sorted({voice for each in said for voice in each.claim.speakers[1:]})),
    )


def _size(count: Count) -> int:
    return count.low or count.high or 0


def _said(told: Told) -> Said:
    claims, text = (told.claim, *told.added), told.document.text
    ordered = sorted(claims, key=lambda claim: claim.anchor)
    return Said(
        claim=told.claim.id,
        document=told.document.id,
        said_on=told.day,
        count=told.count,
        words=" + ".join(" ".join(claim.anchor.words(text).split()) for claim in ordered),
        added=tuple(claim.id for claim in told.added),
    )
