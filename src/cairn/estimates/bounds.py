"""Bounds: between which numbers what is asserted of an incident fits together, and what cannot all be true.

Two readings, side by side. *If one origin is right everywhere*: its own claims are taken as true, and nobody
else's. *All together*: every claim is taken as true; where origins exclude each other about one quantity,
whichever of them. Nobody is preferred, and nothing that does not fit is dropped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from cairn.estimates.assertions import Assertion, take_assertions
from cairn.estimates.contradictions import find_any, find_contradictions, find_rivals, limits_of
from cairn.estimates.network import Frames, Network, connect, read_frames
from cairn.estimates.positions import Heard
from cairn.estimates.solving import Problem, least, most, pose
from cairn.estimates.standing import stand
from cairn.records import Bounds, Contradiction, Fit, LeftOut, Quantity, Rivals


def fit_together(heard: Heard, incident: str = "", countries: Mapping[str, str] | None = None) -> Fit:
    """Return how what is told of an incident, and of tallies that it belongs to, fits together.

    Args:
        heard: claims about the incident, tallies around it, and other incidents that these may hold. Of
            tallies and incidents around it the lower bounds alone are taken, unless a tally holds this
            incident: what is disputed there is for their own dossiers.
        incident: its id, as its claims bear it; ``""`` for claims that bear none.
        countries: name -> ISO 3166-1 alpha-2 code, see ``within.lies_in``.

    Returns:
        The same whatever the order of the claims.
    """
    asserted, idle = take_assertions(heard)
    standing = stand(asserted, idle)
    frames = read_frames(heard.claims, standing, countries or {})
    assertions = [each if _bears_on(each, incident, frames) else _at_least(each) for each in standing]
    subjects = _subjects(assertions, incident, frames)
    bounds: list[Bounds] = []
    contradictions: list[Contradiction] = []
    for origin in (*sorted({each.origin for each in assertions}), None):
        own = [each for each in assertions if origin in (None, each.origin)]
        for network in connect(own, frames):
            if subjects.isdisjoint(network.quantities):
                continue
            problem = pose(network.quantities, network.conditions)
            bounds += _bound(network, problem, subjects, origin)
            contradictions += _contradict(network, problem, contradictions)
    return Fit(
        bounds=tuple(sorted(bounds, key=lambda each: (each.quantity.order, each.origin or ""))),
        contradictions=tuple(contradictions),
        rivals=tuple(_rivals(assertions, subjects)),
        left_out=tuple(LeftOut(claim=id_, reason=why) for id_, why in sorted(idle.items())),
    )


def _bears_on(assertion: Assertion, incident: str, frames: Frames) -> bool:
    """Say whether an assertion counts victims of the incident, or the persons of a tally that holds it."""
    quantity = assertion.wider or assertion.quantity
    if quantity.tally is not None:
        return incident in frames.incidents.get(quantity.tally, frozenset())
    return quantity.incident == incident


def _at_least(assertion: Assertion) -> Assertion:
    return replace(assertion, limits=(assertion.limits[0], math.inf))


def _subjects(assertions: Sequence[Assertion], incident: str, frames: Frames) -> frozenset[Quantity]:
    """Return what is told of: the victims of the incident, and the tallies that hold it."""
    own = {each.wider or each.quantity for each in assertions if _bears_on(each, incident, frames)}
    return frozenset(own | {replace(each, groups=()) for each in own if each.incident is not None})


def _bound(
    network: Network, problem: Problem[Quantity], subjects: Set[Quantity], origin: str | None
) -> Iterator[Bounds]:
    """Yield the bounds of each quantity that is told of, less those that nothing limits."""
    limits = limits_of(network.assertions)
    disputed = find_rivals(network.assertions)
    for quantity in network.quantities:
        if quantity not in subjects:
            continue
        low, high = least(problem, limits, quantity), most(problem, limits, quantity)
        if low is None or high is None:
            yield Bounds(quantity=quantity, origin=origin, low=None, high=None, fits=False)
        elif low.value > 0 or high.value < math.inf:
            yield Bounds(
                quantity=quantity,
                origin=origin,
                low=int(low.value),
                high=None if high.value == math.inf else int(high.value),
                rival=quantity in disputed,
            )


def _contradict(
    network: Network, problem: Problem[Quantity], known: Sequence[Contradiction]
) -> Iterator[Contradiction]:
    """Yield the contradictions of a network that are not known; one at least where nothing fits."""
    heads = {each.claims[0] for each in known}
    found = [each for each in find_contradictions(network, problem) if each.claims[0] not in heads]
    yield from found
    claims = {assertion.claim.id for assertion in network.assertions}
    explained = any(claims.issuperset(each.claims) for each in (*known, *found))
    if not explained and least(problem, limits_of(network.assertions), network.quantities[0]) is None:
        yield find_any(network, problem)


def _rivals(assertions: Sequence[Assertion], subjects: Set[Quantity]) -> Iterator[Rivals]:
    disputed = find_rivals(assertions)
    for quantity in sorted(subjects & disputed.keys(), key=lambda each: each.order):
        low, high = disputed[quantity]
        yield Rivals(quantity=quantity, claims=(low.claim.id, high.claim.id))
