"""Attacks: which claim of a report tells of the harm of an attack that is told there as an event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from cairn.ledger.event_rows import event_from
from cairn.ledger.portions import portions
from cairn.ledger.rows import Row, claim_from
from cairn.ledger.tables import current_claims, current_events, documents, event_evidence, evidence
from cairn.records import (
    MODE_BY_MEANS,
    Claim,
    Event,
    EventStatus,
    EventType,
    Harm,
    Scope,
    distance_km,
)

TOLD = (EventStatus.ACTUAL.value, EventStatus.ALLEGED.value, EventStatus.DENIED.value)
"""Statuses of attacks that are said to have been; of those that are planned or feared nobody suffered."""
HURTS = frozenset({Harm.KILLED, Harm.INJURED, Harm.CASUALTIES})
TAKES = frozenset({Harm.ABDUCTED, Harm.MISSING})
VAGUE = frozenset({None, "destroy", "explosives", "targeted"})
"""Modes that another telling may make more exact."""
A_NIGHT = dt.timedelta(days=1)
"""By how much one time may be longer: fighting of a week is not the attack of one of its days."""
FAR = 2500
"""Characters between an attack and a harm that no word ties to it: about eight sentences."""


def claim_of(attack: Event, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim about the harm of an attack: one that shares its words, else the nearest that agrees.

    Two agree when place, days and means do not differ where both are told, and place or days are the same.

    Args:
        attack: with the evidence of its mode.
        claims: about one incident each, of the same report, with the evidence of harm and means.
    """
    harms = TAKES if attack.mode == "abduct" else HURTS
    near = sorted(
        (claim for claim in claims if claim.harm in harms),
        key=lambda claim: (abs(claim.anchor.start - attack.trigger.start), claim.anchor),
    )
    own = (attack.trigger, *attack.spans("mode"))
    for claim in near:
        told = (*claim.spans("harm"), *claim.spans("means"))
        if any(here.overlaps(there) for here in own for there in told):
            return claim
    return next((claim for claim in near if _agree(attack, claim)), None)


def _agree(attack: Event, claim: Claim) -> bool:
    modes = {attack.mode, MODE_BY_MEANS.get(claim.means) if claim.means else None} - VAGUE
    same = [each for each in (_same_place(attack, claim), _same_days(attack, claim)) if each is not None]
    close = abs(claim.anchor.start - attack.trigger.start) <= FAR
    return close and len(modes) < 2 and bool(same) and all(same)


def _same_place(attack: Event, claim: Claim) -> bool | None:
    """Say whether two places are one, or one lies in the other; ``None`` where one is not told."""
    one, other = attack.place, claim.place
    if one is None or other is None:
        return None
    if one.name == other.name:
        return True
    apart = distance_km(one, other)
    return apart is not None and apart <= max(one.radius_km or 0.0, other.radius_km or 0.0)


def _same_days(attack: Event, claim: Claim) -> bool | None:
    """Say whether two times are the same but for a night; ``None`` where one is not told."""
    one, other = attack.time, claim.time
    if one is None or other is None:
        return None
    longer = abs((one.end - one.start) - (other.end - other.start))
    return one.start <= other.end and other.start <= one.end and longer <= A_NIGHT


def tie_attacks(connection: Connection, names: Sequence[str] | None) -> None:
    """Write in ``current_events`` the claim that tells of the harm of each attack.

    Args:
        connection: inside a transaction, after claims and events were filled.
        names: of documents; all when ``None``.
    """
    event = current_events.c
    query = sa.select(event.document).where(event.type == EventType.ASSAULT.value, event.status.in_(TOLD))
    if names is None:
        numbers = list(connection.scalars(query.distinct().order_by(event.document)))
    else:
        own = (documents.c.name.in_(some) for some in portions(names))
        of = (query.join(documents, documents.c.number == event.document).where(each) for each in own)
        numbers = sorted({number for each in of for number in connection.scalars(each)})
    update = sa.update(current_events).where(event.number == sa.bindparam("which"))
    for some in portions(numbers):
        tied = [{"which": number, "to": claim} for number, claim in _tied(connection, some)]
        if tied:
            connection.execute(update.values(claim=sa.bindparam("to")), tied)


def _tied(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of attacks in some documents, and of their claims."""
    event, claim = current_events, current_claims
    attacks = (event.c.type == EventType.ASSAULT.value, event.c.status.in_(TOLD))
    heard: dict[int, dict[str, tuple[int, Claim]]] = defaultdict(dict)
    shown = _shown(connection, evidence, claim, numbers, ("harm", "means"))
    for row in _rows(connection, claim, numbers, claim.c.scope == Scope.INCIDENT.value):
        made = claim_from(row, shown.get(row["number"], ()))
        heard[row["document"]][made.id] = (row["number"], made)
    shown = _shown(connection, event_evidence, event, numbers, ("mode",))
    for row in _rows(connection, event, numbers, *attacks):
        found = heard[row["document"]]
        told = claim_of(event_from(row, shown.get(row["number"], ())), [each for _, each in found.values()])
        if told is not None:
            yield row["number"], found[told.id][0]


def _rows(connection: Connection, current: Table, numbers: Sequence[int], *own: Any) -> Iterator[Row]:
    query = sa.select(current, sa.literal("").label("document_name")).where(
        current.c.document.in_(numbers), *own
    )
    yield from connection.execute(query.order_by(current.c.number)).mappings()


def _shown(
    connection: Connection, part: Table, current: Table, numbers: Sequence[int], slots: Sequence[str]
) -> Mapping[int, Sequence[Row]]:
    """Return the evidence of some slots, by claim or event."""
    own = sa.select(current.c.number).where(current.c.document.in_(numbers))
    query = sa.select(part).where(part.c.entry.in_(own), part.c.slot.in_(slots))
    found: dict[int, list[Row]] = defaultdict(list)
    for row in connection.execute(query.order_by(part.c.entry, part.c.position)).mappings():
        found[row["entry"]].append(row)
    return found
