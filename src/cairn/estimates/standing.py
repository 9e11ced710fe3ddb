"""Standing: which assertions limit a quantity now, and which of them tell of all there are.

An assertion that may leave out some gets a quantity of its own, which lies within the wider one: so a named
victim, a part that shares its group with others, two of one sentence that may divide a total nobody tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from cairn.estimates.assertions import REPLACED, Assertion
from cairn.estimates.positions import PARTS
from cairn.lexicon.spelling import name_key
from cairn.records import Claim, Document, Quantity, sentence_around

Held = Mapping[tuple[str, Quantity], Assertion]
"""What an origin says now of a quantity."""


def stand(assertions: Sequence[Assertion], idle: dict[str, str]) -> list[Assertion]:
    """Return the assertions that stand, each with what it counts; name in ``idle`` why others do not.

    Of what one origin says of one quantity the latest stands, of one day's the largest. A part stands as long
    as what it is part of can be true.

    Args:
        assertions: all that are asserted.
        idle: why claims limit nothing, by id; is added to.
    """
    near: dict[tuple[object, ...], list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        near[assertion.document.id, assertion.origin, assertion.quantity, assertion.claim.part_of].append(
            assertion
        )
    placed: dict[str, Assertion] = {}
    for assertion in assertions:
        if assertion.claim.part_of is None:
            beside = near[assertion.document.id, assertion.origin, assertion.quantity, None]
            placed[assertion.claim.id] = (
                _set_apart(assertion) if _may_leave_out(assertion, beside) else assertion
            )
    held = _latest(each for each in placed.values() if each.wider is None)
    for assertion in _wholes_first(assertions):
        whole = placed.get(assertion.claim.part_of or "")
        if idle.get(assertion.claim.part_of or "") == REPLACED or (whole and not _can_be_true(whole, held)):
            idle[assertion.claim.id] = REPLACED
            continue
        beside = near[assertion.document.id, assertion.origin, assertion.quantity, assertion.claim.part_of]
        exact = whole is not None and _tells_all(assertion, whole, held, beside)
        part = assertion if exact else _set_apart(assertion)
        placed[assertion.claim.id] = replace(part, whole=whole.quantity) if whole else part
    held = _latest(each for each in placed.values() if each.wider is None)
    found = []
    for assertion in placed.values():
        now = held.get((assertion.origin, assertion.wider or assertion.quantity), assertion)
        if assertion.wider is None and now is not assertion:
            same = now.claim.count == assertion.claim.count
            idle[assertion.claim.id] = (
                "told again elsewhere" if same else "not what its origin says now in all"
            )
        elif _outdated(assertion, now):
            idle[assertion.claim.id] = REPLACED
        else:
            found.append(assertion)
    sums = [each for each in found if each.quantity.tally is not None]
    overtaken = {each.claim.id for each in sums if any(_overtakes(other, each) for other in sums)}
    idle |= dict.fromkeys(overtaken, REPLACED)
    found = [each for each in found if each.claim.id not in overtaken]
    totals = {(each.origin, each.quantity) for each in found}
    return sorted((_dispute(each, totals) for each in found), key=lambda each: each.order)


def same_sentence(one: Claim, other: Claim, document: Document) -> bool:
    """Say whether two claims of one report stand in one sentence."""
    return sentence_around(document.text, one.anchor).contains(other.anchor)


def _latest(assertions: Iterable[Assertion]) -> Held:
    """Return of each origin's assertions of one quantity the one that stands."""
    held: dict[tuple[str, Quantity], Assertion] = {}
    for assertion in assertions:
        key = (assertion.origin, assertion.quantity)
        held[key] = max(held.get(key, assertion), assertion, key=_weight)
    return held


def _weight(assertion: Assertion) -> tuple[object, ...]:
    count = assertion.claim.count
    return assertion.day, count.low or count.high or 0, assertion.claim.id


def _wholes_first(assertions: Sequence[Assertion]) -> list[Assertion]:
    """Return the assertions that are parts, each after the one that it is part of."""
    of = {assertion.claim.id: assertion.claim.part_of for assertion in assertions}

    def depth(claim: str) -> int:
        steps, seen = 0, {claim}
        while (whole := of.get(claim)) and whole not in seen:
            seen.add(whole)
            claim, steps = whole, steps + 1
        return steps

    parts = [assertion for assertion in assertions if assertion.claim.part_of is not None]
    return sorted(parts, key=lambda each: (depth(each.claim.id), each.claim.id))


def _set_apart(assertion: Assertion) -> Assertion:
    own = Quantity(harm=assertion.quantity.harm, groups=assertion.quantity.groups, claim=assertion.claim.id)
    return replace(assertion, quantity=own, wider=assertion.quantity)


def _may_leave_out(assertion: Assertion, beside: Sequence[Assertion]) -> bool:
    """Say whether an assertion may tell of some alone: a name, or one of several in a sentence."""
    claim, text = assertion.claim, assertion.document.text
    name = claim.victims.text
    if claim.count.high == 1 and name == claim.anchor.words(text) and name[:1].isupper():
        return True
    return any(
        other.claim.count != claim.count and same_sentence(other.claim, claim, assertion.document)
        for other in beside
    )


def _tells_all(assertion: Assertion, whole: Assertion, held: Held, beside: Sequence[Assertion]) -> bool:
    """Say whether a part tells of all of its group: "14 people, three of them children" does."""
    now = held.get((whole.origin, whole.quantity))
    return (
        bool(assertion.quantity.groups)
        and not whole.quantity.groups
        and whole.wider is None
        and whole.quantity.harm is assertion.quantity.harm
        and now is not None
        and now.claim.count == whole.claim.count
        and all(other.claim.count == assertion.claim.count for other in beside)
        and not _may_leave_out(assertion, ())
    )


def _dispute(assertion: Assertion, totals: Set[tuple[str, Quantity]]) -> Assertion:
    """Return an assertion with the quantities that it disputes, see ``Assertion``."""
    counted = assertion.wider or assertion.quantity
    everybody = replace(counted, groups=())
    disputes = [counted] if assertion.wider else []
    if counted.incident is not None and counted.groups:
        a_part = len(counted.groups) == 1 and PARTS.issuperset(counted.groups)
        if not a_part or (assertion.origin, everybody) in totals:
            disputes.append(everybody)
    return replace(assertion, disputes=tuple(disputes))


def _outdated(assertion: Assertion, now: Assertion) -> bool:
    """Say whether its origin says too little for an assertion, in another report of that day or later."""
    elsewhere = assertion.document.id != now.document.id
    return elsewhere and now.day >= assertion.day and assertion.limits[0] > now.limits[1]


def _overtakes(later: Assertion, earlier: Assertion) -> bool:
    """Say whether an origin's running total, "since March", has come down since an earlier one."""
    places, times = (later.claim.place, earlier.claim.place), (later.claim.time, earlier.claim.time)
    if None in (*places, *times) or later.origin != earlier.origin or later.day <= earlier.day:
        return False
    same = replace(later.quantity, tally=None) == replace(earlier.quantity, tally=None)
    area = len({name_key(place.name) for place in places if place}) == 1
    since = len({time.start for time in times if time}) == 1
    return same and area and since and earlier.limits[0] > later.limits[1]


def _can_be_true(whole: Assertion, held: Held) -> bool:
    """Say whether an assertion agrees with what its origin says now."""
    now = held.get((whole.origin, whole.quantity))
    return now is None or (whole.limits[0] <= now.limits[1] and now.limits[0] <= whole.limits[1])
