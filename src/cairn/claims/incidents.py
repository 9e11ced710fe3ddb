"""Name the attacks of one report: claims on the same attack share an incident id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.records import Claim, Scope, content_id


def name_incidents(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with incident ids: those of one day and place, and parts with their whole.

    A tally has no incident. The id is made from the first claim of the incident, so it does not move when
    a later claim is read differently.
    """
    by_id = {claim.id: claim for claim in claims}
    founders: list[Claim] = []
    named: list[Claim] = []
    incident_of: dict[str, str] = {}
    for claim in claims:
        if claim.scope is Scope.TALLY:
            named.append(claim)
            continue
        whole = by_id.get(claim.part_of or "")
        incident = incident_of.get(whole.id) if whole is not None else None
        if incident is None:
            founder = next((other for other in reversed(founders) if _same_attack(other, claim)), None)
            incident = incident_of[founder.id] if founder else content_id("inc", [claim.id])
            if founder is None:
                founders.append(claim)
        incident_of[claim.id] = incident
        named.append(replace(claim, incident=incident))
    return tuple(named)


def _same_attack(one: Claim, other: Claim) -> bool:
    """Say whether nothing told of two claims keeps them from being one attack."""
    if one.time != other.time or _name(one) != _name(other):
        return False
    means = {one.means, other.means} - {None}
    return len(means) < 2


def _name(claim: Claim) -> str | None:
    return claim.place.name if claim.place else None
