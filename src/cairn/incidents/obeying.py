"""Obey people: which accounts they joined and parted, and what of it cannot hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cairn.records import Decision, Ruling

Pair = frozenset[str]
"""Two accounts, by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What people ruled on accounts.

    Attributes:
        joined: who joined two, by the pair.
        apart: pairs that must not be in one incident.
        contradictions: one line for each ruling that others rule out; the joins are followed there.
    """

    joined: Mapping[Pair, str]
    apart: frozenset[Pair]
    contradictions: tuple[str, ...]


def read_rulings(rulings: Sequence[Decision], account_of: Mapping[str, str]) -> Ruled:
    """Return what rulings on claims mean for the accounts that these stand in.

    Joining is transitive: who joins A with B and B with C cannot keep A from C.
    """
    joined: dict[Pair, str] = {}
    roots: dict[str, str] = {}
    for each, one, other in _known(rulings, account_of, Ruling.SAME_INCIDENT):
        joined[frozenset((one, other))] = each.who
        low, high = sorted((_root(roots, one), _root(roots, other)))
        if low != high:
            roots[high] = low
    joiners: dict[str, set[str]] = defaultdict(set)
    for pair, who in joined.items():
        joiners[_root(roots, min(pair))].add(who)
    apart: set[Pair] = set()
    contradictions = []
    for each, one, other in _known(rulings, account_of, Ruling.DIFFERENT_INCIDENT):
        if _root(roots, one) != _root(roots, other):
            apart.add(frozenset((one, other)))
            continue
        authors = " and ".join(sorted(joiners[_root(roots, one)]))
        kept = f"{each.who} keeps {each.subjects[0]} from {each.subjects[1]}"
        contradictions.append(f"{kept}, which {authors} joined")
    return Ruled(joined=joined, apart=frozenset(apart), contradictions=tuple(contradictions))


def join_ruled(groups: Sequence[Sequence[str]], ruled: Ruled) -> list[list[str]]:
    """Return the groups with those joined whole that hold a joined pair.

    An account that somebody keeps from one on the other side stays behind, alone: the joined pair itself is
    never parted.
    """
    shared = [set(group) for group in groups]
    members = {key: group for group in shared for key in group}
    for pair in sorted(ruled.joined, key=sorted):
        one, other = (members[key] for key in sorted(pair))
        if one is other:
            continue
        for here in sorted(one):
            for there in sorted(other):
                if frozenset((here, there)) in ruled.apart and {here, there} <= one | other:
                    left = here if here not in pair else there
                    for side in (one, other):
                        side.discard(left)
                    members[left] = {left}
        one |= other
        for key in other:
            members[key] = one
    return [list(group) for group in sorted({tuple(sorted(group)) for group in members.values()})]


def _known(
    rulings: Sequence[Decision], account_of: Mapping[str, str], ruling: Ruling
) -> list[tuple[Decision, str, str]]:
    """Return the rulings of one kind on two accounts that are there."""
    found = []
    for each in rulings:
        keys = [account_of[subject] for subject in each.subjects if subject in account_of]
        if each.ruling is ruling and len(keys) == 2 and keys[0] != keys[1]:
            found.append((each, keys[0], keys[1]))
    return found


def _root(roots: Mapping[str, str], key: str) -> str:
    while key in roots:
        key = roots[key]
    return key
