"""Adding: figures that one sentence sets side by side, of people who cannot be the same, make one toll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from cairn.estimates.told import Told
from cairn.records import Group, Span, sentence_around

AGES = (frozenset({Group.CHILD}), frozenset({Group.WOMAN}), frozenset({Group.MAN}))
"""Groups that share nobody where a report counts them side by side."""
SIDES = (
    frozenset({Group.INSURGENT}),
    frozenset({Group.COMBATANT}),
    frozenset({Group.POLICE}),
    frozenset({Group.CIVILIAN, Group.CHILD, Group.WOMAN, Group.MAN, Group.ELDERLY, Group.MEDICAL}),
)
"""Who fights on a side, who keeps order, and who does neither."""


def add_up(told: Sequence[Told]) -> list[Told]:
    """Return a sum for each sentence that counts people of several kinds, such as "a woman and two children".

    Left alone are figures without kind, since "three people and a child" may count the child twice, and what
    is no whole figure of the voice: parts, shares, upper bounds.

    Args:
        told: claims of one harm that policies may take, in a fixed order.
    """
    sentences: dict[tuple[str, str, Span, str], list[Told]] = defaultdict(list)
    for each in told:
        if each.claim.part_of is None and each.claim.count.low is not None:
            sentence = sentence_around(each.document.text, each.claim.anchor)
            sentences[each.origin, each.document.id, sentence, each.claim.status].append(each)
    return [_sum(several) for several in sentences.values() if _apart(several)]


def _apart(several: Sequence[Told]) -> bool:
    """Say whether figures count people of kinds of which no two share anybody."""
    if len(several) < 2:
        return False
    for kinds in (AGES, SIDES):
        found = [_kind(each, kinds) for each in several]
        if None not in found and all(one != other for one, other in combinations(found, 2)):
            return True
    return False


def _kind(told: Told, kinds: Sequence[frozenset[Group]]) -> int | None:
    """Return the first kind that all groups of a figure belong to, a fighter's side before his being one."""
    groups = set(told.claim.victims.groups)
    if Group.INSURGENT in groups:
        groups -= {Group.COMBATANT}
    return next((place for place, kind in enumerate(kinds) if groups <= kind), None)


def _sum(several: Sequence[Told]) -> Told:
    """Return figures as one, told by the claim of the largest."""
    largest = max(several, key=lambda each: (each.claim.count.low or 0, each.claim.id))
    return replace(largest, added=tuple(each.claim for each in several if each is not largest))
