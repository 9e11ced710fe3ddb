"""Join incidents: claims of many reports in, incidents with their links out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from cairn.incidents.accounts import Account, gather
from cairn.incidents.blocks import find_pairs
from cairn.incidents.clusters import APART, cluster
from cairn.incidents.compare import Verdict, compare, explain
from cairn.incidents.obeying import Ruled, join_ruled, read_rulings
from cairn.records import Claim, Decision, Document, Incident, Link, Ruling, Scope, content_id, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report with its claims, which carry the incidents that the report itself tells apart."""

    document: Document
    claims: Sequence[Claim]


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


def join_incidents(told: Iterable[Told], decisions: Iterable[Decision] = ()) -> Linked:
    """Return the incidents that the claims of some reports are about.

    Claims that a report tells as one attack stay one, except where a person rules otherwise; a tally belongs
    to none. The order of the reports changes only which claim founds an incident and so names it: the first.

    Args:
        told: reports, the first recorded or printed first.
        decisions: of people; those on the same or a different incident are obeyed.
    """
    rulings = [
        each
        for each in standing(decisions)
        if each.ruling in (Ruling.SAME_INCIDENT, Ruling.DIFFERENT_INCIDENT)
    ]
    reports = list(told)
    accounts = [account for each in reports for account in gather_accounts(each, _parted(each, rulings))]
    by_key = {account.key: account for account in accounts}
    of_claim = {claim: account.key for account in accounts for claim in account.claims}
    ruled = read_rulings(rulings, of_claim)
    verdicts: dict[tuple[str, str], Verdict] = {}

    def verdict(one: str, other: str) -> Verdict:
        pair = (one, other) if one < other else (other, one)
        if pair not in verdicts:
            verdicts[pair] = compare(by_key[pair[0]], by_key[pair[1]])
        return verdicts[pair]

    def bits(one: str, other: str) -> float:
        if frozenset((one, other)) in ruled.apart:
            return APART
        found = verdict(one, other)
        return APART if found.apart else found.bits

    pairs = [(accounts[here].key, accounts[there].key) for here, there in find_pairs(accounts)]
    pairs.extend((min(pair), max(pair)) for pair in ruled.apart)
    weighed = [(one, other, bits(one, other)) for one, other in pairs]
    groups = join_ruled(cluster(list(by_key), weighed, bits), ruled)
    return _incidents(accounts, groups, verdict, ruled)


def gather_accounts(told: Told, parted: Collection[str] = ()) -> list[Account]:
    """Return the attacks that one report tells; a claim that somebody parted from another stands alone."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in told.claims:
        if claim.scope is not Scope.TALLY:
            alone = claim.id in parted or claim.incident is None
            groups[claim.id if alone else claim.incident or ""].append(claim)
    return [gather(told.document, claims) for claims in groups.values()]


def _parted(told: Told, rulings: Sequence[Decision]) -> set[str]:
    """Return the claims that a person kept from another one of the same account: those stand alone."""
    of = {claim.id: claim.incident for claim in told.claims}
    return {
        subject
        for each in rulings
        if each.ruling is Ruling.DIFFERENT_INCIDENT and len({of.get(key, key) for key in each.subjects}) == 1
        for subject in each.subjects
    }


def _incidents(
    accounts: Sequence[Account],
    groups: Sequence[Sequence[str]],
    verdict: Callable[[str, str], Verdict],
    ruled: Ruled,
) -> Linked:
    """Return the groups as incidents, in the order of the claims that found them."""
    order = {account.key: place for place, account in enumerate(accounts)}
    by_key = {account.key: account for account in accounts}
    incidents = []
    for group in sorted(
        (sorted(group, key=order.__getitem__) for group in groups), key=lambda each: order[each[0]]
    ):
        links = []
        for place, there in enumerate(group[1:], start=1):
            # Each further account hangs on the one before it that somebody joined it with, else on the one
            # that it agrees with most.
            here = max(
                group[:place],
                key=lambda key: (
                    frozenset((key, there)) in ruled.joined,
                    verdict(key, there).bits,
                    -order[key],
                ),
            )
            found, by = verdict(here, there), ruled.joined.get(frozenset((here, there)))
            links.append(
                Link(
                    here=here,
                    there=there,
                    probability=found.probability,
                    reason=explain(found),
                    decided_by=by,
                )
            )
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
