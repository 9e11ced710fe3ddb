"""What cannot be right is kept and flagged, and never stops a ledger from being linked."""

from __future__ import annotations

import sqlalchemy as sa

from cairn.ledger import Ledger, Read, append_decisions, append_readings, as_of, list_conflicts, rebuild
from cairn.ledger.tables import current_claims, estimates
from cairn.pipeline import join_told
from cairn.records import Claim, Count, Harm, Ruling, Scope, decide
from ledger.made import NOW, RUN, claim, document


def told(number: int, **slots: object) -> tuple[Read, Claim]:
    """Return a report that tells of one claim."""
    report = document(f"wire-{number}")
    made = claim(report, **{"incident": f"inc-{number}", "evidence": (), **slots})
    return Read(document=report, claims=[made], run=RUN), made


def test_absurd_bare_and_boundless_claims_are_kept_and_linked_around(ledger: Ledger) -> None:
    absurd = told(1, count=Count(low=9_000_000_000))
    plain = told(2)
    bare = told(3, time=None, place=None, means=None, perpetrator=None, count=Count(low=2, high=2))
    tally = told(4, scope=Scope.TALLY, incident=None, place=None, time=None, count=Count(low=150))
    every = (absurd, plain, bare, tally)
    list(append_readings(ledger, [read for read, _ in every], lambda: NOW))
    rebuild(ledger, join_told)
    with ledger.reading() as connection:
        rows = connection.execute(sa.select(current_claims))
        incident_of: dict[str, str | None] = {row.id: row.incident for row in rows}
        tolls = sa.select(estimates.c.low, estimates.c.high).where(
            estimates.c.incident == incident_of[plain[1].id],
            estimates.c.harm == Harm.KILLED.value,
            estimates.c.policy == "range",
        )
        ((low, high),) = connection.execute(tolls).all()
    assert incident_of.keys() == {made.id for _, made in every}
    assert incident_of[tally[1].id] is None
    assert incident_of[plain[1].id] == incident_of[absurd[1].id]
    assert (low, high) == (14, 14), "a slip is shown, and is no figure of any policy"


def test_rulings_that_cannot_both_hold_are_listed_with_both_authors(ledger: Ledger) -> None:
    (first, one), (second, other) = told(1), told(2)
    list(append_readings(ledger, [first, second], lambda: NOW))
    rulings = [
        decide(Ruling.SAME_INCIDENT, one.id, other.id, who="ann", at=NOW),
        decide(Ruling.DIFFERENT_INCIDENT, one.id, other.id, who="bob", at=NOW),
    ]
    append_decisions(ledger, rulings, NOW)
    rebuild(ledger, join_told)
    with as_of(ledger, None, join_told) as state:
        lines = list(list_conflicts(state))
    assert any("ann" in line and "bob" in line for line in lines)
