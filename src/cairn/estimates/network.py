"""Network: what lies within what: parts in wholes, groups in all victims, incidents in tallies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cairn.estimates.assertions import Assertion
from cairn.estimates.solving import Within
from cairn.estimates.standing import same_sentence
from cairn.estimates.within import holds, lies_in, setting_of
from cairn.records import Claim, Document, Group, Harm, Quantity, Scope

AGES = frozenset({Group.CHILD, Group.WOMAN, Group.MAN})
"""Counted apart from each other: in counts of casualties women and men are grown-up."""
APART = (
    AGES,
    frozenset({Group.CIVILIAN, Group.COMBATANT}),
    frozenset({Group.CIVILIAN, Group.INSURGENT}),
)
"""Sets of groups of which nobody belongs to two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """What the area and days of each tally hold.

    Attributes:
        incidents: tally -> ids of incidents.
        tallies: tally -> others.
    """

    incidents: Mapping[str, frozenset[str]]
    tallies: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Quantities of persons that hang together, and the conditions that hold whoever is right.

    Attributes:
        quantities: sorted.
        conditions: what lies within what, each once.
        assertions: that limit these quantities, sorted.
    """

    quantities: tuple[Quantity, ...]
    conditions: tuple[Within[Quantity], ...]
    assertions: tuple[Assertion, ...]


def read_frames(
    heard: Iterable[tuple[Claim, Document]], assertions: Sequence[Assertion], countries: Mapping[str, str]
) -> Frames:
    """Return what each tally that stands holds, see ``within.holds``."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim, _ in heard:
        if claim.scope is Scope.INCIDENT:
            told[claim.incident or ""].append(claim)
    incidents = {incident: setting_of(claims) for incident, claims in told.items()}
    tallies = {each.quantity.tally: each.claim for each in assertions if each.quantity.tally is not None}
    framed = {frame: setting_of([claim]) for frame, claim in tallies.items()}
    return Frames(
        incidents={
            frame: frozenset(id_ for id_, setting in incidents.items() if holds(claim, setting, countries))
            for frame, claim in tallies.items()
        },
        tallies={
            frame: frozenset(
                other
                for other, setting in framed.items()
                if other != frame and holds(claim, setting, countries)
            )
            for frame, claim in tallies.items()
        },
    )


def connect(assertions: Sequence[Assertion], frames: Frames) -> list[Network]:
    """Return the quantities that assertions limit, with what lies within what, by what hangs together."""
    quantities = {
        quantity
        for each in assertions
        for quantity in (each.quantity, each.wider, each.whole)
        if quantity is not None
    }
    quantities |= {replace(each, groups=()) for each in quantities if each.incident is not None}
    ordered = sorted(quantities, key=lambda each: each.order)
    conditions = dict.fromkeys(
        (*_told(assertions), *_groups(ordered), *_casualties(ordered), *_tallies(ordered, frames))
    )
    return list(_split(ordered, list(conditions), assertions))


def _told(assertions: Sequence[Assertion]) -> Iterator[Within[Quantity]]:
    """Yield what the texts say: parts are within their whole, and so are several that share nobody."""
    parts: dict[tuple[str | None, str], list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        if assertion.wider is not None:
            yield Within((assertion.quantity,), (assertion.wider,))
        if assertion.whole is not None:
            yield Within((assertion.quantity,), (assertion.whole,))
            parts[assertion.claim.part_of, assertion.origin].append(assertion)
    for beside in parts.values():
        whole = beside[0].whole
        for first in beside:
            together = [first]
            for other in beside:
                if all(_share_nobody(each, other) for each in together):
                    together.append(other)
            if len(together) > 1 and whole is not None:
                yield Within(tuple(sorted({each.quantity for each in together}, key=_order)), (whole,))


def _share_nobody(one: Assertion, other: Assertion) -> bool:
    """Say whether two parts of one assertion count different people.

    They do when they count groups that nobody belongs to both of, and when they count the same group in one
    sentence, "15 in the town and six in a village", or in two places that lie apart.
    """
    if one is other or one.quantity == other.quantity:
        return False
    groups = set(one.quantity.groups), set(other.quantity.groups)
    if groups[0] != groups[1]:
        return _exclude(*groups)
    if same_sentence(one.claim, other.claim, one.document):
        return True
    here, there = one.claim.place, other.claim.place
    return (
        here is not None
        and there is not None
        and lies_in(here, there, {}) is False
        and lies_in(there, here, {}) is False
    )


def _exclude(groups: set[Group], others: set[Group]) -> bool:
    return any(
        groups <= apart and others <= apart and not groups & others for apart in APART if groups and others
    )


def _groups(quantities: Sequence[Quantity]) -> Iterator[Within[Quantity]]:
    """Yield that groups are among all, that some share nobody, and that "women and children" is both."""
    known = set(quantities)
    for quantity in quantities:
        everybody = replace(quantity, groups=())
        if quantity.claim is not None or everybody not in known:
            continue
        if quantity.groups:
            yield Within((quantity,), (everybody,))
        else:
            for apart in APART:
                singles = _singles(quantity, apart, known)
                if len(singles) > 1:
                    yield Within(singles, (quantity,))
        if len(quantity.groups) > 1 and AGES.issuperset(quantity.groups):
            singles = _singles(quantity, quantity.groups, known)
            if singles:
                yield Within(singles, (quantity,))
            if len(singles) == len(quantity.groups):
                yield Within((quantity,), singles)


def _singles(quantity: Quantity, groups: Iterable[Group], known: set[Quantity]) -> tuple[Quantity, ...]:
    singles = (replace(quantity, groups=(group,)) for group in sorted(groups))
    return tuple(single for single in singles if single in known)


def _casualties(quantities: Sequence[Quantity]) -> Iterator[Within[Quantity]]:
    """Yield that casualties are whoever was killed or injured; who died of wounds may be counted as both."""
    known = set(quantities)
    for quantity in quantities:
        if quantity.harm is Harm.CASUALTIES and quantity.claim is None:
            hurt = [replace(quantity, harm=harm) for harm in (Harm.KILLED, Harm.INJURED)]
            yield from (Within((each,), (quantity,)) for each in hurt if each in known)
            if known.issuperset(hurt):
                yield Within((quantity,), tuple(hurt))


def _tallies(quantities: Sequence[Quantity], frames: Frames) -> Iterator[Within[Quantity]]:
    """Yield that a tally holds the incidents and the smaller tallies of its area and days."""
    known = set(quantities)
    tallies = [quantity for quantity in quantities if quantity.tally is not None]
    for quantity in tallies:
        inside = frames.incidents.get(quantity.tally or "", frozenset())
        victims = (replace(quantity, tally=None, incident=incident) for incident in sorted(inside))
        parts = tuple(each for each in victims if each in known)
        if parts:
            yield Within(parts, (quantity,))
        smaller = frames.tallies.get(quantity.tally or "", frozenset())
        for other in tallies:
            if (
                other.tally in smaller
                and other.harm is quantity.harm
                and quantity.groups in ((), other.groups)
            ):
                yield Within((other,), (quantity,))


def _split(
    quantities: Sequence[Quantity], conditions: Sequence[Within[Quantity]], assertions: Sequence[Assertion]
) -> Iterator[Network]:
    """Yield networks that no condition joins."""
    lead = {quantity: quantity for quantity in quantities}

    def find(quantity: Quantity) -> Quantity:
        while lead[quantity] != quantity:
            lead[quantity] = quantity = lead[lead[quantity]]
        return quantity

    for condition in conditions:
        first, *others = (*condition.parts, *condition.wholes)
        for other in others:
            lead[find(other)] = find(first)
    apart: dict[Quantity, tuple[list[Quantity], list[Within[Quantity]], list[Assertion]]] = {}
    for quantity in quantities:
        apart.setdefault(find(quantity), ([], [], []))[0].append(quantity)
    for condition in conditions:
        apart[find(condition.parts[0])][1].append(condition)
    for assertion in assertions:
        apart[find(assertion.quantity)][2].append(assertion)
    for held in apart.values():
        yield Network(quantities=tuple(held[0]), conditions=tuple(held[1]), assertions=tuple(held[2]))


def _order(quantity: Quantity) -> tuple[str, ...]:
    return quantity.order
