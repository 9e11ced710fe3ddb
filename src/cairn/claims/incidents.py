"""Name the attacks of one report: claims on the same attack share an incident id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.records import Claim, Harm, Means, Period, Place, Scope, content_id, distance_km

GENERAL = frozenset({Means.ATTACK, Means.EXPLOSION, Means.CLASHES})
"""Means that a more telling one may be another telling of."""
LASTING = frozenset({Harm.DETAINED, Harm.ABDUCTED, Harm.MISSING, Harm.DISPLACED})
"""Harms that are no part of an attack that kills; each of them is one of its own."""
TAKEN = frozenset({Harm.ABDUCTED, Harm.MISSING})
"""Of those, the two that may tell one thing."""


def name_incidents(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with incident ids: those that nothing told keeps apart, and parts with their whole.

    A claim joins the latest incident with **all** of whose claims it agrees, so that a vague one between two
    attacks does not chain them. A tally has no incident. The id is made from the first claim of the incident,
    so it does not move when a later claim is read differently.
    """
    by_id = {claim.id: claim for claim in claims}
    # Claims that tell the same of harm, means, place and time need comparing only once.
    members: dict[str, dict[tuple[object, ...], Claim]] = {}
    incident_of: dict[str, str] = {}
    named: list[Claim] = []
    for claim in claims:
        if claim.scope is Scope.TALLY:
            named.append(claim)
            continue
        whole = by_id.get(claim.part_of or "")
        incident = incident_of.get(whole.id) if whole is not None else None
        if incident is None:
            incident = next(
                (
                    key
                    for key, others in reversed(members.items())
                    if all(_may_be_one(other, claim) for other in others.values())
                ),
                content_id("inc", [claim.id]),
            )
        members.setdefault(incident, {}).setdefault((claim.harm, claim.means, claim.place, claim.time), claim)
        incident_of[claim.id] = incident
        named.append(replace(claim, incident=incident))
    return tuple(named)


def _may_be_one(one: Claim, other: Claim) -> bool:
    """Say whether nothing told of two claims keeps them from being one attack."""
    harms = {one.harm, other.harm}
    if harms & LASTING and len(harms) > 1 and harms != TAKEN:
        return False
    telling = {one.means, other.means} - {None} - GENERAL
    return len(telling) < 2 and _together(one.place, other.place) and _overlap(one.time, other.time)


def _together(one: Place | None, other: Place | None) -> bool:
    """Say whether two places may be one: the same name, or one inside the other, or one not told."""
    if one is None or other is None or one.name == other.name:
        return True
    apart = distance_km(one, other)
    if apart is None:
        return one.country == other.country
    return apart <= max(one.radius_km or 0.0, other.radius_km or 0.0)


def _overlap(one: Period | None, other: Period | None) -> bool:
    """Say whether two times share a day, or one is not told."""
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)
