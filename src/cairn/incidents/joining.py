"""Join incidents: claims of many reports in, incidents with their links out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cairn.hands import Hands, own_hands
from cairn.incidents.accounts import Account, gather
from cairn.incidents.clusters import APART, AT_ONCE, cluster
from cairn.incidents.columns import Columns, take_columns
from cairn.incidents.compare import compare, explain
from cairn.incidents.obeying import Ruled, join_ruled, read_rulings
from cairn.incidents.scoring import score
from cairn.incidents.screening import find_positive, share_block
from cairn.incidents.sets import Numbers, Reals, portion, spread
from cairn.records import Claim, Decision, Document, Incident, Link, Ruling, Scope, content_id, standing

RULED = 1e6
"""Bits that a person's word adds where one of several accounts is to be chosen: more than all findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report with its claims, which carry the incidents that the report itself tells apart.

    Attributes:
        document: the report.
        claims: its claims.
        number: its place in the order of arrival, where reports do not come in that order.
        incidents: in which each claim was when all was linked last, by the claim's id.
    """

    document: Document
    claims: Sequence[Claim]
    number: int = 0
    incidents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking came to.

    Attributes:
        incidents: in the order of the claims that found them.
        of: incident id by the id of each claim in one.
        contradictions: one line for each ruling that others rule out.
    """

    incidents: tuple[Incident, ...]
    of: dict[str, str]
    contradictions: tuple[str, ...]


def join_incidents(
    told: Iterable[Told],
    decisions: Iterable[Decision] = (),
    *,
    explained: bool = True,
    hands: Hands = own_hands,
) -> Linked:
    """Return the incidents that the claims of some reports are about.

    Claims that a report tells as one attack stay one, except where a person rules otherwise; a tally belongs
    to none. The order of the reports changes only which claim founds an incident and so names it: the first.

    Args:
        told: reports, the first recorded or printed first.
        decisions: of people; those on the same or a different incident are obeyed.
        explained: with the links that hold each incident together, which takes as long again.
        hands: compare accounts; wherever they are, the incidents are the same.
    """
    rulings = on_incidents(decisions)
    accounts = [account for each in told for account in gather_accounts(each, parted(each, rulings))]
    ruled = read_rulings(rulings, {claim: account.key for account in accounts for claim in account.claims})
    by_key = {account.key: account for account in accounts}
    keys = sorted(by_key)
    columns = take_columns([by_key[key] for key in keys])
    groups = join_ruled(cluster_accounts(columns, keys, ruled, hands=hands), ruled)
    return make_incidents(accounts, groups, columns if explained else None, ruled)


def on_incidents(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the standing rulings on the same and on different incidents."""
    kinds = (Ruling.SAME_INCIDENT, Ruling.DIFFERENT_INCIDENT)
    return [each for each in standing(decisions) if each.ruling in kinds]


def cluster_accounts(
    columns: Columns,
    keys: Sequence[str],
    ruled: Ruled,
    groups: Sequence[int] | None = None,
    hands: Hands = own_hands,
) -> list[list[str]]:
    """Return the accounts by clusters, before anything is joined by ruling.

    Args:
        columns: of accounts in the order of their keys.
        keys: of these, ascending.
        ruled: which must be kept apart.
        groups: for each account a number; two that are told by different numbers above 0 are not joined.
        hands: compare them.
    """
    place = {key: number for number, key in enumerate(keys)}
    kept = [sorted(place[key] for key in pair) for pair in ruled.apart if pair <= place.keys()]
    apart = np.asarray([low * len(keys) + high for low, high in kept], np.int64)

    def score_pairs(here: Numbers, there: Numbers) -> Reals:
        found = score(columns, here, there)
        bits = np.where(found.apart, APART, found.bits)
        agreed = np.flatnonzero(bits > 0)
        bits[agreed[~share_block(columns, here[agreed], there[agreed])]] = 0.0
        if len(apart):
            bits[np.isin(np.minimum(here, there) * len(keys) + np.maximum(here, there), apart)] = APART
        return bits

    here, there, bits = find_positive(columns, hands=hands)
    if len(apart) or groups is not None:
        group = np.zeros(len(keys), np.int64) if groups is None else np.asarray(groups, np.int64)
        free = (group[here] == group[there]) | (group[here] == 0) | (group[there] == 0)
        free &= ~np.isin(here * len(keys) + there, apart)
        here, there, bits = here[free], there[free], bits[free]
    owner = cluster(len(keys), here, there, bits, score_pairs)
    clusters: dict[int, list[str]] = defaultdict(list)
    for key, number in zip(keys, owner.tolist(), strict=True):
        clusters[number].append(key)
    return list(clusters.values())


def gather_accounts(told: Told, parted: Collection[str] = ()) -> list[Account]:
    """Return the attacks that one report tells; a claim that somebody parted from another stands alone."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in told.claims:
        if claim.scope is not Scope.TALLY:
            alone = claim.id in parted or claim.incident is None
            groups[claim.id if alone else claim.incident or ""].append(claim)
    return [gather(told.document, claims) for claims in groups.values()]


def parted(told: Told, rulings: Sequence[Decision]) -> set[str]:
    """Return the claims that a person kept from another one of the same account: those stand alone."""
    of = {claim.id: claim.incident for claim in told.claims}
    return {
        subject
        for each in rulings
        if each.ruling is Ruling.DIFFERENT_INCIDENT and len({of.get(key, key) for key in each.subjects}) == 1
        for subject in each.subjects
    }


def make_incidents(
    accounts: Sequence[Account], groups: Sequence[Sequence[str]], columns: Columns | None, ruled: Ruled
) -> Linked:
    """Return groups of accounts as incidents, in the order of the claims that found them.

    Args:
        accounts: in the order of arrival.
        groups: keys of those that belong together.
        columns: of the accounts in the order of their keys; without them no links are made.
        ruled: who joined which.
    """
    order = {account.key: place for place, account in enumerate(accounts)}
    by_key = {account.key: account for account in accounts}
    ordered = sorted(
        (sorted(group, key=order.__getitem__) for group in groups), key=lambda each: order[each[0]]
    )
    nearest = {} if columns is None else _find_nearest(ordered, columns, ruled)
    incidents = []
    for group in ordered:
        links = [_link(by_key[nearest[key]], by_key[key], ruled) for key in group if key in nearest]
        claims = tuple(claim for key in group for claim in by_key[key].claims)
        incidents.append(
            Incident(
                id=content_id("inc", [claims[0]]),
                claims=claims,
                documents=tuple(dict.fromkeys(by_key[key].document for key in group)),
                links=tuple(sorted(links, key=lambda each: -each.probability)),
            )
        )
    of = {claim: incident.id for incident in incidents for claim in incident.claims}
    return Linked(incidents=tuple(incidents), of=of, contradictions=ruled.contradictions)


def _link(here: Account, there: Account, ruled: Ruled) -> Link:
    found = compare(*sorted((here, there), key=lambda each: each.key))
    return Link(
        here=here.key,
        there=there.key,
        probability=found.probability,
        reason=explain(found),
        decided_by=ruled.joined.get(frozenset((here.key, there.key))),
    )


def _find_nearest(groups: Sequence[Sequence[str]], columns: Columns, ruled: Ruled) -> dict[str, str]:
    """Return for each further account of a group the one before it that it hangs on.

    That is one that somebody joined it with, else the one that it agrees with most, of equal ones the first.
    """
    keys = [key for group in groups for key in group]
    number = {key: place for place, key in enumerate(sorted(keys))}
    places = np.asarray([number[key] for key in keys], np.int64)
    joined = [sorted(number[key] for key in pair) for pair in ruled.joined]
    ruled_pairs = [low * len(keys) + high for low, high in joined]
    before = np.concatenate([np.zeros(0, np.int64), *(np.arange(len(group)) for group in groups)])
    nearest: dict[str, str] = {}
    for part in portion(before, AT_ONCE):
        later, step = spread(before[part])
        later += part.start
        earlier = later - before[later] + step
        here, there = places[earlier], places[later]
        bits = score(columns, here, there).bits
        if ruled_pairs:
            pairs = np.minimum(here, there) * len(keys) + np.maximum(here, there)
            bits[np.isin(pairs, ruled_pairs)] += RULED
        best = np.lexsort((earlier, -bits, later))
        first = np.unique(later[best], return_index=True)[1]
        nearest.update((keys[later[at]], keys[earlier[at]]) for at in best[first].tolist())
    return nearest
