"""Adding: figures that one voice gives in one report, of people who cannot be the same, make one toll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from cairn.estimates.told import Told
from cairn.records import Group, Span, Status, sentence_around

AGES = (frozenset({Group.CHILD}), frozenset({Group.WOMAN}), frozenset({Group.MAN}))
"""Groups that share nobody where a report counts them side by side."""
SIDES = (
    frozenset({Group.INSURGENT}),
    frozenset({Group.COMBATANT}),
    frozenset({Group.POLICE}),
    frozenset({Group.CIVILIAN, Group.CHILD, Group.WOMAN, Group.MAN, Group.ELDERLY, Group.MEDICAL}),
)
"""Who fights on a side, who keeps order, and who does neither."""
PARTED = (AGES, SIDES)
"""Ways in which groups share nobody: figures are apart when one of them parts them."""


def add_up(told: Sequence[Told]) -> list[Told]:
    """Return sums of figures that count people of several kinds, such as "a woman and two children".

    What one voice says in one report is added up as a whole, of each kind the largest figure; where two of
    these may count the same people, only what single sentences set side by side. Left alone are figures
    without kind, since "three people and a child" may count the child twice, and what is no whole figure of
    the voice: parts, shares, upper bounds.

    Args:
        told: claims of one harm that policies may take, in a fixed order.
    """
    reports: dict[tuple[str, str, Status], list[Told]] = defaultdict(list)
    for each in told:
        if each.claim.part_of is None and each.claim.count.low is not None:
            reports[each.origin, each.document.id, each.claim.status].append(each)
    return [found for said in reports.values() for found in _sums(said)]


def _sums(said: Sequence[Told]) -> list[Told]:
    """Return the sum of a voice's figures in a report, or those of single sentences that reach as far."""
    sentences: dict[Span, list[Told]] = defaultdict(list)
    for each in said:
        sentences[sentence_around(each.document.text, each.claim.anchor)].append(each)
    beside = [_sum(several) for several in sentences.values() if _apart(several)]
    kinds: dict[tuple[int | None, ...], Told] = {}
    for each in said:
        kind = tuple(_kind(each, parted) for parted in PARTED)
        kinds[kind] = max(kinds.get(kind, each), each, key=lambda figure: figure.claim.count.low or 0)
    largest = list(kinds.values())
    if said[0].claim.status is Status.SUPERSEDED or not _apart(largest):
        return beside
    whole = _sum(largest)
    reached = any((each.count.low or 0) >= (whole.count.low or 0) for each in beside)
    return beside if reached else [whole]


def _apart(several: Sequence[Told]) -> bool:
    """Say whether figures count people of kinds of which no two share anybody."""
    return len(several) > 1 and all(
        any(
            (one_kind := _kind(one, parted)) is not None
            and (other_kind := _kind(other, parted)) is not None
            and one_kind != other_kind
            for parted in PARTED
        )
        for one, other in combinations(several, 2)
    )


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
