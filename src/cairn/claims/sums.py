"""Find the parts of a total by their sum: "19 were killed on Sunday. Raids killed 17, shells another two"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.claims.bind import Binding
from cairn.records import Harm, PersonsKind

MOST = 8
"""Parts that a report lists of one total; a longer run adds up by chance."""
REACH = 12
"""Sentences between two parts, or a total and the first of them."""
SMALL = 5
"""Totals up to this many add up by chance where their parts are single persons told further off."""
NEXT = 2
"""Sentences after such a total in which single persons may be parts of it."""
PAIR = 2
"""A total whose parts must be known persons: any two persons told after two add up to them."""
TOLD_AGAIN = frozenset({PersonsKind.NAMED, PersonsKind.DEFINITE})
DEFINITES = frozenset({"the", "these", "those", "his", "her", "their", "its"})
"""Words that open a figure told before, which is not broken down again."""


def with_sums(bound: Sequence[Binding]) -> list[Binding]:
    """Return the bindings of a report with the parts that add up to a total told right before them.

    A total is often told more than once before it is broken down: its last telling is the whole.

    Args:
        bound: in reading order, each with the whole that its own sentence names.
    """
    found = {binding.key: binding for binding in bound}
    for harm in Harm:
        told = [binding for binding in bound if binding.harm is harm and _size(binding) > 0]
        for at in range(len(told)):
            alone = [found[each.key] for each in told[at:]]
            for part in _parts(alone[0], alone[1:]):
                found[part.key] = replace(part, whole=alone[0])
    return [found[binding.key] for binding in bound]


def _parts(total: Binding, after: Sequence[Binding]) -> list[Binding]:
    """Return the figures right after a total that add up to it; none where they do not."""
    size = left = _size(total)
    if total.whole is not None or total.view.word(total.persons.first) in DEFINITES:
        return []
    parts: list[Binding] = []
    last = total.view.number
    for each in after:
        if each.whole is not None or each.replaced:
            continue  # a part of a part, or of the total itself
        here, apart = _size(each), each.view.number - total.view.number
        stray = here == 1 and size <= SMALL and apart > NEXT
        stray |= size == PAIR and each.persons.value.kind not in TOLD_AGAIN
        if not apart or stray or here >= size or here > left or each.view.number - last > REACH:
            return []
        parts.append(each)
        last, left = each.view.number, left - here
        if not left or len(parts) == MOST:
            break
    return parts if not left and len(parts) > 1 else []


def _size(binding: Binding) -> int:
    """Return how many a figure counts at least; 0 where it tells no number."""
    count = binding.persons.value.count
    return (count.low or 0) if not count.approx or count.high is not None else 0
