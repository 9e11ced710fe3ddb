"""Positions: the steps that come before any policy, in the order in which recorders take them.

Tallies and parts of other figures are put aside; so is what counts no persons; what is denied or was replaced
leaves the pool and stays in view; copies and relays collapse into their origin; of each origin the latest
figure stands.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cairn.estimates.origins import find_doubt, find_origins
from cairn.records import (
    Claim,
    Copy,
    Decision,
    Document,
    Group,
    Harm,
    LeftOut,
    Position,
    Ruling,
    Said,
    Scope,
    Status,
)

ABSURD = 1_000_000
"""Persons in one incident from which a figure is taken for a slip: no single attack has harmed so many."""
PARTS = frozenset({Group.CHILD, Group.WOMAN, Group.MAN, Group.ELDERLY})
"""Groups that are parts of whoever was harmed: where others count people, these figures are no rivals."""
UNITS = ("family", "families", "household", "households")
"""Nouns that count no persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is told of one incident.

    Attributes:
        claims: each with its report.
        copies: of those reports.
        decisions: standing ones.
    """

    claims: Sequence[tuple[Claim, Document]]
    copies: Sequence[Copy] = ()
    decisions: Sequence[Decision] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Who says what now of one harm, and what was left out.

    Attributes:
        positions: by origin's name.
        left_out: claims of this harm that no policy takes.
        perpetrators: named by the claims that stand, folded, each once.
        confirmed: ids of claims that a person confirmed.
        recommended: ids of claims that a person recommended.
    """

    harm: Harm
    positions: tuple[Position, ...]
    left_out: tuple[LeftOut, ...]
    perpetrators: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()
    recommended: frozenset[str] = frozenset()


def take_positions(heard: Heard) -> tuple[Stand, ...]:
    """Return for each harm that is told who says what of it now; the order of claims changes nothing."""
    ordered = sorted(heard.claims, key=_order)
    origins = find_origins(ordered, heard.copies, heard.decisions)
    stands = []
    for harm in sorted({claim.harm for claim, _ in ordered}):
        own = [(claim, document) for claim, document in ordered if claim.harm is harm]
        general = any(_counts_all(claim) and not _put_aside(claim) for claim, _ in own)
        rejected = _ruled(heard.decisions, Ruling.REJECT)
        reasons = {
            claim.id: "rejected by a person"
            if claim.id in rejected
            else _put_aside(claim)
            or ("counts some of the people alone" if general and not _counts_all(claim) else "")
            for claim, _ in own
        }
        left_out = [LeftOut(claim=id_, reason=reason) for id_, reason in reasons.items() if reason]
        aside = {each.claim for each in left_out}
        by_origin: dict[str, list[tuple[Claim, Document]]] = defaultdict(list)
        for claim, document in own:
            if claim.id not in aside:
                by_origin[origins[claim.id]].append((claim, document))
        replaced = [
            LeftOut(claim=claim.id, reason="replaced, and nothing said since")
            for each in by_origin.values()
            if all(claim.status is Status.SUPERSEDED for claim, _ in each)
            for claim, _ in each
        ]
        said = [_position(origin, harm, each) for origin, each in sorted(by_origin.items())]
        standing = [position for position in said if position is not None]
        names = [position.origin for position in standing]
        stands.append(
            Stand(
                harm=harm,
                positions=tuple(_with_doubt(position, names) for position in standing),
                left_out=(*left_out, *replaced),
                perpetrators=tuple(sorted({claim.perpetrator for claim, _ in own if claim.perpetrator})),
                confirmed=_ruled(heard.decisions, Ruling.CONFIRM),
                recommended=_ruled(heard.decisions, Ruling.RECOMMEND),
            )
        )
    return tuple(stands)


def _counts_all(claim: Claim) -> bool:
    """Say whether a figure counts more than children, women, men or the old alone."""
    return bool(set(claim.victims.groups) - PARTS)


def _order(each: tuple[Claim, Document]) -> tuple[dt.date, str, int, str]:
    claim, document = each
    return (document.published or dt.date.max, document.id, claim.anchor.start, claim.id)


def _put_aside(claim: Claim) -> str:
    """Return why no policy takes a claim, ``""`` when policies may."""
    count = claim.count
    if claim.scope is Scope.TALLY:
        return "a sum over several incidents"
    if claim.part_of is not None:
        return "part of another figure"
    if claim.status is Status.DENIED:
        return "denied by who is quoted"
    if count.low is None and count.high is None:
        return "a share, no number of persons"
    if any(unit in claim.victims.text.casefold().split() for unit in UNITS):
        return "counts families, not persons"
    if max(count.low or 0, count.high or 0) >= ABSURD:
        return f"{max(count.low or 0, count.high or 0):,} persons in one incident: taken for a slip"
    return ""


def _position(origin: str, harm: Harm, said: Sequence[tuple[Claim, Document]]) -> Position | None:
    """Return what an origin says now; ``None`` when all that it said was replaced.

    Of one day's reports the largest figure is the total: the others count parts of it, or were not updated.
    """
    stands = [each for each in said if each[0].status is not Status.SUPERSEDED]
    if not stands:
        return None
    latest = max((document.published or dt.date.min) for _, document in stands)
    day = [each for each in stands if (each[1].published or dt.date.min) == latest]
    current = max(day, key=lambda each: (each[0].count.low or each[0].count.high or 0, each[1].id))
    return Position(
        origin=origin,
        harm=harm,
        current=_said(*current),
        earlier=tuple(_said(*each) for each in said if each[0].count != current[0].count),
        documents=tuple(dict.fromkeys(document.id for _, document in said)),
        relays=tuple(sorted({voice for claim, _ in said for voice in claim.speakers[1:]})),
    )


def _said(claim: Claim, document: Document) -> Said:
    return Said(claim=claim.id, document=document.id, said_on=document.published, count=claim.count)


def _with_doubt(position: Position, names: Sequence[str]) -> Position:
    others = [name for name in names if name != position.origin]
    return replace(position, doubt=find_doubt(position.origin, others))


def _ruled(decisions: Iterable[Decision], ruling: Ruling) -> frozenset[str]:
    return frozenset(each.subjects[0] for each in decisions if each.ruling is ruling)
