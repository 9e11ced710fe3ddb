"""Join incidents: claims of many reports in, incidents with their links out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from cairn.incidents.blocks import find_pairs
from cairn.incidents.clusters import APART, cluster
from cairn.incidents.compare import Verdict, compare, explain
from cairn.incidents.telling import Telling, gather
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
    parted = {
        subject for each in rulings if each.ruling is Ruling.DIFFERENT_INCIDENT for subject in each.subjects
    }
    tellings = [telling for each in told for telling in gather_tellings(each, parted)]
    by_key = {telling.key: telling for telling in tellings}
    of_claim = {claim: telling.key for telling in tellings for claim in telling.claims}
    apart, must, contradictions = _rule(rulings, of_claim)
    verdicts: dict[tuple[str, str], Verdict] = {}

    def verdict(one: str, other: str) -> Verdict:
        pair = (one, other) if one < other else (other, one)
        if pair not in verdicts:
            verdicts[pair] = compare(by_key[pair[0]], by_key[pair[1]])
        return verdicts[pair]

    def bits(one: str, other: str) -> float:
        if frozenset((one, other)) in apart:
            return APART
        found = verdict(one, other)
        return APART if found.apart else found.bits

    pairs = [(tellings[here].key, tellings[there].key) for here, there in find_pairs(tellings)]
    pairs.extend((min(pair), max(pair)) for pair in apart)
    weighed = [(one, other, bits(one, other)) for one, other in pairs]
    groups = cluster(list(by_key), weighed, bits, must)
    return _incidents(tellings, groups, verdict, must, contradictions)


def gather_tellings(told: Told, parted: Collection[str] = ()) -> list[Telling]:
    """Return the attacks that one report tells; a claim that somebody parted from another stands alone."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in told.claims:
        if claim.scope is not Scope.TALLY:
            alone = claim.id in parted or claim.incident is None
            groups[claim.id if alone else claim.incident or ""].append(claim)
    return [gather(told.document, claims) for claims in groups.values()]


def _rule(
    rulings: Sequence[Decision], of_claim: dict[str, str]
) -> tuple[set[frozenset[str]], list[tuple[str, str]], tuple[str, ...]]:
    """Return which tellings people keep apart, which they join, and what of it cannot hold together.

    Joining is transitive: who joins A with B and B with C cannot keep A from C. There the joins are followed,
    and the contradiction is told.
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while key in parent:
            key = parent[key]
        return key

    must: list[tuple[str, str]] = []
    by: dict[str, list[Decision]] = defaultdict(list)
    for each in rulings:
        keys = [of_claim.get(subject) for subject in each.subjects]
        if each.ruling is Ruling.SAME_INCIDENT and None not in keys:
            one, other = (root(str(key)) for key in keys)
            must.append((str(keys[0]), str(keys[1])))
            by[str(keys[0])].append(each)
            by[str(keys[1])].append(each)
            if one != other:
                parent[max(one, other)] = min(one, other)
    apart: set[frozenset[str]] = set()
    contradictions = []
    for each in rulings:
        keys = [of_claim.get(subject) for subject in each.subjects]
        if each.ruling is not Ruling.DIFFERENT_INCIDENT or None in keys or keys[0] == keys[1]:
            continue
        if root(str(keys[0])) == root(str(keys[1])):
            joiners = sorted({made.who for key in keys for made in by[str(key)]})
            kept = f"{each.who} keeps {each.subjects[0]} from {each.subjects[1]}"
            contradictions.append(f"{kept}, which {' and '.join(joiners)} joined")
        else:
            apart.add(frozenset(map(str, keys)))
    return apart, must, tuple(contradictions)


def _incidents(
    tellings: Sequence[Telling],
    groups: Sequence[Sequence[str]],
    verdict: Callable[[str, str], Verdict],
    must: Sequence[tuple[str, str]],
    contradictions: tuple[str, ...],
) -> Linked:
    """Return the groups as incidents, in the order of the claims that found them."""
    order = {telling.key: place for place, telling in enumerate(tellings)}
    by_key = {telling.key: telling for telling in tellings}
    ruled = {frozenset(pair) for pair in must}
    incidents = []
    for group in sorted(
        (sorted(group, key=order.__getitem__) for group in groups), key=lambda each: order[each[0]]
    ):
        links = []
        for place, there in enumerate(group[1:], start=1):
            # Each further telling hangs on the one before it that it agrees with most.
            here = max(group[:place], key=lambda key: (verdict(key, there).bits, -order[key]))
            found = verdict(here, there)
            by = "a person" if frozenset((here, there)) in ruled else None
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
    return Linked(incidents=tuple(incidents), of=of, contradictions=contradictions)
