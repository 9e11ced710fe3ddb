"""Assertions: the claims that limit a quantity of persons, each with its origin and the limits it sets."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cairn.estimates.positions import ABSURD, Heard, counts_households, tell
from cairn.estimates.rules import ABOUT
from cairn.estimates.solving import Limits
from cairn.estimates.told import Told, find_standing
from cairn.estimates.within import UNLIMITED, has_frame
from cairn.lexicon.spelling import name_key
from cairn.records import Claim, Count, Document, Group, Harm, Quantity, Ruling, Scope, Status

REPLACED = "taken back by who said it"
"""Why a claim limits nothing that a later one replaced."""
ABSURD_TALLY = 1_000_000_000
"""Persons in one tally from which it is taken for a slip: no war has harmed one in eight of all people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A claim that limits a quantity.

    Attributes:
        origin: who asserts it.
        day: when its words were first printed; the first of all days where nobody knows.
        limits: fewest and most persons.
        quantity: what it counts.
        wider: where ``quantity`` is the claim's own, the one that these persons are among.
        whole: quantity of the assertion that the text says this one is part of.
        disputes: other quantities on which this is a rival of lower assertions by other origins: the wider
            one, and that of all victims, where the origin counts them too, or counts these for them: who says
            "20 civilians" and no more is a rival of who says "14 people".
    """

    claim: Claim
    document: Document
    origin: str
    day: dt.date
    limits: Limits
    quantity: Quantity
    wider: Quantity | None = None
    whole: Quantity | None = None
    disputes: tuple[Quantity, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """Return what assertions are sorted by; no two of them are equal in it."""
        return (*self.quantity.order, self.origin, self.claim.id)


def read_limits(count: Count) -> Limits:
    """Return the fewest and the most persons that the words of a count allow, see ``rules.ABOUT``."""
    low = count.low if count.low is not None else 0
    high = count.high if count.high is not None else math.inf
    if not count.approx:
        return low, high
    fewest = max(low - max(1, math.floor(ABOUT * low)), min(low, 1))
    return fewest, high if high == math.inf else high + max(1, math.floor(ABOUT * high))


def take_assertions(heard: Heard) -> tuple[list[Assertion], dict[str, str]]:
    """Return what is asserted, and of every other claim by its id why it limits nothing."""
    once = {claim.id: (claim, document) for claim, document in heard.claims}
    said: dict[tuple[str, Harm], list[Told]] = defaultdict(list)
    for told in tell(replace(heard, claims=[*once.values()])):
        said[told.origin, told.claim.harm].append(told)
    rejected = {each.subjects[0] for each in heard.decisions if each.ruling is Ruling.REJECT}
    assertions: list[Assertion] = []
    idle: dict[str, str] = {}
    for own in said.values():
        standing = {each.claim.id for each in find_standing(own)}
        for each in own:
            id_ = each.claim.id
            reason = "rejected by a person" if id_ in rejected else _limits_nothing(each.claim)
            if reason or id_ not in standing:
                idle[id_] = reason or REPLACED
            else:
                assertions.append(_assertion(each))
    return _name_tallies(sorted(assertions, key=lambda each: each.claim.id)), idle


def _assertion(told: Told) -> Assertion:
    return Assertion(
        claim=told.claim,
        document=told.document,
        origin=told.origin,
        day=told.day or dt.date.min,
        limits=read_limits(told.claim.count),
        quantity=quantity_of(told.claim),
    )


def quantity_of(claim: Claim) -> Quantity:
    """Return the quantity that a claim gives if it tells of all there are."""
    groups = () if claim.victims.groups == (Group.UNSPECIFIED,) else tuple(sorted(claim.victims.groups))
    if claim.scope is Scope.INCIDENT:
        return Quantity(harm=claim.harm, groups=groups, incident=claim.incident or "")
    return Quantity(harm=claim.harm, groups=groups, tally=_frame(claim))


def _name_tallies(assertions: Sequence[Assertion]) -> list[Assertion]:
    """Return assertions whose tallies bear the id of the first claim that tells of the same persons."""
    firsts: dict[str | None, str] = {None: ""}
    for each in sorted(assertions, key=lambda each: (each.day, each.claim.id)):
        firsts.setdefault(each.quantity.tally, each.claim.id)
    return [
        replace(each, quantity=replace(each.quantity, tally=firsts[each.quantity.tally] or None))
        for each in assertions
    ]


def _frame(tally: Claim) -> str:
    """Return as text what two tallies must share to count the same persons."""
    place, time = tally.place, tally.time
    if place is None or time is None:
        return tally.id  # part of another assertion: the text itself says of what
    told = (
        name_key(place.name), place.country, time.start, time.end,
        None if tally.means in UNLIMITED else tally.means, tally.perpetrator and name_key(tally.perpetrator),
    )  # fmt: skip
    return "|".join("" if each is None else str(each) for each in told)


def _limits_nothing(claim: Claim) -> str:
    """Return why a claim limits no quantity, ``""`` when it does."""
    count = claim.count
    if claim.status is Status.SUPERSEDED:
        return REPLACED
    if claim.status is not Status.ASSERTED:
        return f"{claim.status.value}, not asserted"
    if count.low is None and count.high is None:
        return "a share, no number of persons"
    if counts_households(claim):
        return "counts families, not persons"
    tally = claim.scope is Scope.TALLY
    if max(count.low or 0, count.high or 0) >= (ABSURD_TALLY if tally else ABSURD):
        return f"{max(count.low or 0, count.high or 0):,} persons: taken for a slip"
    if tally and not has_frame(claim) and claim.part_of is None:
        return "a sum over an area or days that are not told"
    return ""
