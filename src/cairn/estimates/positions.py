"""Positions: the steps that come before any policy, in the order in which recorders take them.

Tallies and parts of other figures are put aside; so is what counts no persons; what is denied or was replaced
leaves the pool and stays in view; copies and relays collapse into their origin; of each origin the latest
figure stands.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cairn.estimates.adding import add_up
from cairn.estimates.origins import find_doubt, find_origins
from cairn.estimates.told import Told, find_standing, take_position
from cairn.estimates.tracing import find_first_prints
from cairn.lexicon import load_toll_words
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
    Scope,
    Status,
)

ABSURD = 1_000_000
"""Persons in one incident from which a figure is taken for a slip: no single attack has harmed so many."""
PARTS = frozenset({Group.CHILD, Group.WOMAN, Group.MAN, Group.ELDERLY})
"""Groups that are parts of whoever was harmed: where others count people, these figures are no rivals."""
FIGHTERS = frozenset({Group.COMBATANT, Group.INSURGENT})


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
        groups: what is told of the victims that are counted; empty where all of them are.
        positions: by origin's name.
        left_out: claims of this harm that no policy takes.
        perpetrators: named by the claims that stand, folded, each once.
        denied_by: origins that deny a figure of this harm.
        of_fighters: ids of claims that count fighters alone.
        rejected: ids of claims that a person rejected.
        confirmed: ids of claims that a person confirmed.
        recommended: ids of claims that a person recommended.
    """

    harm: Harm
    positions: tuple[Position, ...]
    left_out: tuple[LeftOut, ...]
    groups: tuple[Group, ...] = ()
    perpetrators: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    of_fighters: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    recommended: frozenset[str] = frozenset()


def take_positions(heard: Heard) -> tuple[Stand, ...]:
    """Return for each harm that is told who says what of it now; the order of claims changes nothing."""
    told = tell(heard)
    stands = []
    for harm in sorted({each.claim.harm for each in told}):
        own = [each for each in told if each.claim.harm is harm]
        rejected = _ruled(heard.decisions, Ruling.REJECT)
        sums = add_up([each for each in own if not _put_aside(each.claim) and each.claim.id not in rejected])
        in_sums = {claim.id for each in sums for claim in (each.claim, *each.added)}
        general = any(_counts_all(each.claim) and not _put_aside(each.claim) for each in own)
        reasons = {
            each.claim.id: _put_aside(each.claim)
            or (
                "counts some of the people alone"
                if general and not _counts_all(each.claim) and each.claim.id not in in_sums
                else ""
            )
            for each in own
        }
        stands.append(_stand(harm, (), [*own, *sums], reasons, heard.decisions))
    return tuple(stands)


def take_group_positions(heard: Heard) -> tuple[Stand, ...]:
    """Return for each harm and group of victims that is told, say children, who says what of it now.

    Parts of other figures count here: "three of them children" is what its voice says of children. A group
    that all figures of a harm count is no part, and left to ``take_positions``.
    """
    told = tell(heard)
    stands = []
    for harm, groups in sorted({(each.claim.harm, _groups(each.claim)) for each in told}):
        own = [each for each in told if (each.claim.harm, _groups(each.claim)) == (harm, groups)]
        every = sum(each.claim.harm is harm for each in told)
        if Group.UNSPECIFIED in groups or len(own) == every:
            continue
        reasons = {each.claim.id: _put_aside(replace(each.claim, part_of=None)) for each in own}
        stands.append(_stand(harm, groups, own, reasons, heard.decisions))
    return tuple(stand for stand in stands if stand.positions)


def tell(heard: Heard) -> list[Told]:
    """Return the claims in a fixed order, each with its origin and the day of its words."""
    ordered = sorted(heard.claims, key=_order)
    prints = find_first_prints(ordered, heard.copies)
    origins = find_origins(ordered, prints, heard.decisions)
    return [
        Told(
            claim=claim,
            document=document,
            origin=origins[claim.id],
            day=prints[claim.id].document.published or document.published,
        )
        for claim, document in ordered
    ]


def counts_households(claim: Claim) -> bool:
    """Say whether a figure counts families, not persons."""
    return not load_toll_words().households.isdisjoint(claim.victims.text.casefold().split())


def _groups(claim: Claim) -> tuple[Group, ...]:
    return tuple(sorted(claim.victims.groups))


def _stand(
    harm: Harm,
    groups: tuple[Group, ...],
    own: Sequence[Told],
    reasons: Mapping[str, str],
    decisions: Sequence[Decision],
) -> Stand:
    """Return who says what in some claims.

    Args:
        harm: of all claims.
        groups: of all victims; empty for any.
        own: the claims.
        reasons: why no policy takes a claim, by its id, ``""`` where policies may.
        decisions: of people.
    """
    rejected = _ruled(decisions, Ruling.REJECT)
    left_out = []
    by_origin: dict[str, list[Told]] = defaultdict(list)
    for each in own:
        id_ = each.claim.id
        if reason := "rejected by a person" if id_ in rejected else reasons[id_]:
            left_out.append(LeftOut(claim=id_, reason=reason))
        else:
            by_origin[each.origin].append(each)
    left_out += [
        LeftOut(claim=each.claim.id, reason="replaced, and nothing said since")
        for said in by_origin.values()
        if not find_standing(said)
        for each in said
        if not each.added
    ]
    confirmed, recommended = _ruled(decisions, Ruling.CONFIRM), _ruled(decisions, Ruling.RECOMMEND)
    marked = confirmed | recommended
    taken = [take_position(origin, harm, each, marked) for origin, each in sorted(by_origin.items())]
    positions = [position for position in taken if position is not None]
    names = [position.origin for position in positions]
    denied = {each.origin for each in own if each.claim.status is Status.DENIED}
    return Stand(
        harm=harm,
        groups=groups,
        positions=tuple(_with_doubt(position, names) for position in positions),
        left_out=tuple(left_out),
        perpetrators=tuple(sorted({each.claim.perpetrator for each in own if each.claim.perpetrator})),
        denied_by=tuple(sorted(denied)),
        of_fighters=frozenset(each.claim.id for each in own if set(each.claim.victims.groups) <= FIGHTERS),
        rejected=frozenset(each.claim.id for each in own) & rejected,
        confirmed=confirmed,
        recommended=recommended,
    )


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
    if counts_households(claim):
        return "counts families, not persons"
    if max(count.low or 0, count.high or 0) >= ABSURD:
        return f"{max(count.low or 0, count.high or 0):,} persons in one incident: taken for a slip"
    return ""


def _with_doubt(position: Position, names: Sequence[str]) -> Position:
    others = [name for name in names if name != position.origin]
    return replace(position, doubt=find_doubt(position.origin, others))


def _ruled(decisions: Iterable[Decision], ruling: Ruling) -> frozenset[str]:
    return frozenset(each.subjects[0] for each in decisions if each.ruling is ruling)
