"""Contradictions: smallest sets of assertions that cannot all be true, in plain words.

Two assertions of one quantity, by two origins, that exclude each other are rivals and none of these: that
people disagree about it is what a ledger is for. A contradiction needs assertions of different quantities.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cairn.estimates.assertions import Assertion
from cairn.estimates.network import Network
from cairn.estimates.solving import Extreme, Limits, Problem, least, most
from cairn.records import Contradiction, Harm, Quantity

WORDS = {harm: harm.value for harm in Harm} | {Harm.CASUALTIES: "killed or injured"}


def find_contradictions(network: Network, problem: Problem[Quantity]) -> Iterator[Contradiction]:
    """Yield sets of assertions about different quantities that cannot all be true; all but any one can.

    For each assertion that the others leave no room for, one set. What asks for room is first looked at in
    its largest assertions, and dropped as long as the rest still asks for too much: so the set is small, and
    keeps to the word of one origin where that is enough. The order of claims changes nothing.

    Args:
        network: with the assertions of one origin, or of all.
        problem: posed of its quantities and conditions.
    """
    wholes = {whole for each in network.conditions for whole in each.wholes}
    sums = {part for each in network.conditions if len(each.wholes) > 1 for part in each.parts}
    largest = _largest(network.assertions)
    for quantity in network.quantities:
        if quantity in wholes:
            yield from _crowded_out(quantity, network.assertions, largest, problem)
        if quantity in sums:
            yield from _out_of_reach(quantity, network.assertions, problem)


def find_any(network: Network, problem: Problem[Quantity]) -> Contradiction:
    """Return one smallest set of a network's assertions that cannot all be true, whichever rival is right."""

    def fails(assertions: Sequence[Assertion]) -> bool:
        return least(problem, limits_of(assertions), network.quantities[0]) is None

    kept = shrink(network.assertions, fails)
    return _told(kept[0], kept[1:], "no number meets all of these figures")


def find_rivals(assertions: Iterable[Assertion]) -> dict[Quantity, tuple[Assertion, Assertion]]:
    """Return the quantities of which assertions exclude each other, with the lowest and the highest."""
    lowest: dict[Quantity, Assertion] = {}
    highest: dict[Quantity, Assertion] = {}
    for assertion in assertions:
        for quantity in (assertion.quantity, *assertion.disputes):
            highest[quantity] = max(
                highest.get(quantity, assertion), assertion, key=lambda each: each.limits[0]
            )
        lowest[assertion.quantity] = min(
            lowest.get(assertion.quantity, assertion), assertion, key=lambda each: each.limits[1]
        )
    return {
        quantity: (low, highest[quantity])
        for quantity, low in lowest.items()
        if low.limits[1] < highest[quantity].limits[0] and low.origin != highest[quantity].origin
    }


def limits_of(assertions: Sequence[Assertion]) -> dict[Quantity, Limits]:
    """Return between which bounds assertions put each quantity.

    Where assertions of one quantity exclude each other, the bounds go from what the lowest of them allow
    together to what the highest allow together: 14, 27 and "at least 10" make 14 to 27.
    """
    rivals = find_rivals(assertions)
    said: dict[Quantity, list[Limits]] = {}
    for assertion in assertions:
        low, high = assertion.limits
        disputed = [each for each in assertion.disputes if each in rivals and low > rivals[each][0].limits[1]]
        for quantity in disputed:
            said.setdefault(quantity, []).append((low, math.inf))
        low = 0 if disputed else low
        said.setdefault(assertion.quantity, []).append((low, high))
    limits: dict[Quantity, Limits] = {}
    for quantity, each in said.items():
        least_high, most_low = min(high for _, high in each), max(low for low, _ in each)
        limits[quantity] = (
            max(low for low, _ in each if low <= least_high),
            min(high for _, high in each if high >= most_low),
        )
    return limits


def shrink(assertions: Sequence[Assertion], fails: Callable[[Sequence[Assertion]], bool]) -> list[Assertion]:
    """Return assertions that fail, and of which none can be left out so that the rest still do.

    Args:
        assertions: that fail; the first are left out first.
        fails: says whether assertions do.
    """
    kept = list(assertions)
    for assertion in assertions:
        fewer = [each for each in kept if each is not assertion]
        if fails(fewer):
            kept = fewer
    return kept


def _crowded_out(
    quantity: Quantity,
    assertions: Sequence[Assertion],
    largest: Mapping[Quantity, Sequence[Assertion]],
    problem: Problem[Quantity],
) -> Iterator[Contradiction]:
    """Yield for each upper bound of a quantity that what lies within it exceeds the assertions that do so."""

    def need(others: Iterable[Assertion]) -> Extreme[Quantity]:
        limits = {each.quantity: (each.limits[0], math.inf) for each in others}
        return least(problem, limits, quantity) or Extreme(math.inf, frozenset())

    def exceeds(room: float) -> Callable[[Sequence[Assertion]], bool]:
        return lambda others: need(others).value > room

    rooms = {each.limits[1]: each for each in reversed(assertions) if each.quantity == quantity}
    if all(room == math.inf for room in rooms):
        return
    inside = {key: each for key, each in largest.items() if key != quantity}
    all_need = need(each[0] for each in inside.values()).value
    for room, assertion in sorted(rooms.items()):
        if room >= all_need:
            break
        own = assertion.origin
        held = [  # but for its rivals
            next((each for each in equal if each.origin == own), equal[0])
            for equal in inside.values()
            if quantity not in equal[0].disputes or equal[0].origin == own or equal[0].limits[0] <= room
        ]
        asked = need(held)
        if room < asked.value:
            held = [each for each in held if each.quantity in asked.held_by]
            held.sort(key=lambda each: (each.origin == own, each.limits[0]))
            kept = shrink(held, exceeds(room))
            yield _told(assertion, kept, _too_many(assertion, kept, need(kept).value))


def _out_of_reach(
    quantity: Quantity, assertions: Sequence[Assertion], problem: Problem[Quantity]
) -> Iterator[Contradiction]:
    """Yield what asks for more of a sum than its parts can reach, with what keeps them from it."""

    def reach(others: Iterable[Assertion]) -> Extreme[Quantity]:
        limits = {each.quantity: (0.0, each.limits[1]) for each in others}
        return most(problem, limits, quantity) or Extreme(0, frozenset())

    def misses(asked: float) -> Callable[[Sequence[Assertion]], bool]:
        return lambda others: reach(others).value < asked

    smallest: dict[Quantity, Assertion] = {}
    for assertion in assertions:
        if assertion.quantity != quantity:
            now = smallest.get(assertion.quantity, assertion)
            smallest[assertion.quantity] = min(now, assertion, key=lambda each: each.limits[1])
    part = reach(smallest.values())
    held = [each for key, each in smallest.items() if key in part.held_by]
    for equal in _largest(
        [each for each in assertions if quantity in (each.quantity, _everybody(each))]
    ).values():
        assertion, asked = equal[0], equal[0].limits[0]
        if asked > part.value:
            kept = shrink([each for each in held if each is not assertion], misses(asked))
            says = f"{assertion.origin} counts at least {asked:,} {_persons(assertion.quantity)}"
            yield _told(assertion, kept, f"{says}; the other figures allow at most {reach(kept).value:,}")


def _largest(assertions: Iterable[Assertion]) -> dict[Quantity, list[Assertion]]:
    """Return of each quantity the assertions that ask for most of it."""
    found: dict[Quantity, list[Assertion]] = {}
    for assertion in assertions:
        now = found.setdefault(assertion.quantity, [assertion])
        if assertion.limits[0] > now[0].limits[0]:
            found[assertion.quantity] = [assertion]
        elif assertion.limits[0] == now[0].limits[0] and now[0] is not assertion:
            now.append(assertion)
    return found


def _everybody(assertion: Assertion) -> Quantity:
    return replace(assertion.quantity, groups=())


def _told(assertion: Assertion, others: Sequence[Assertion], reason: str) -> Contradiction:
    ordered = (assertion, *sorted(others, key=lambda each: each.order))
    return Contradiction(
        claims=tuple(each.claim.id for each in ordered),
        origins=tuple(dict.fromkeys(each.origin for each in ordered)),
        reason=reason,
    )


def _too_many(assertion: Assertion, others: Sequence[Assertion], need: float) -> str:
    room = (
        f"{assertion.origin} leaves room for at most {assertion.limits[1]:,} {_persons(assertion.quantity)}"
    )
    attacks = {(each.wider or each.quantity).incident for each in others} - {None}
    if assertion.quantity.tally is None:
        inside, unless = "people among them", ""
    elif not attacks:
        inside, unless = "a smaller area or fewer days in it", ""
    elif len(attacks) == 1:
        inside, unless = "one attack in its area and days", ""
    else:
        inside, unless = f"{len(attacks)} attacks in its area and days", ", unless two of them are one attack"
    return f"{room}; what is told of {inside} comes to at least {need:,}{unless}"


def _persons(quantity: Quantity) -> str:
    groups = ", ".join(group.value.replace("_", " ") for group in quantity.groups)
    return f"{WORDS[quantity.harm]} ({groups})" if groups else WORDS[quantity.harm]
