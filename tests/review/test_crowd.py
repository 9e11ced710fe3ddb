"""Fifty people judge at once: nobody sees an error, and every decision that was answered stands."""

from __future__ import annotations

from cairn.ledger import as_of, verify
from cairn.records import Ruling, standing
from cairn.review.deciding import find_claim
from review.crowd import judge
from review.desk import Desk, colleagues, fill, served

PEOPLE = 50


def test_fifty_people_at_once_see_no_error_and_lose_no_decision(desk: Desk) -> None:
    fill(desk.ledger, *(f"more-{number}" for number in range(1, 5)))
    claims = [claim for number in range(1, 8) for claim in desk.ids(number)]
    sessions = colleagues(desk.setup.accounts, PEOPLE)
    work = {name: (claims[place % len(claims)],) for place, name in enumerate(sessions)}
    with served(desk.setup) as origin:
        seen = judge(origin, sessions, work)
    assert seen.errors == []
    assert seen.asked_again > 0, "nobody met anybody: this tested nothing"
    assert seen.confirmed == {(name, claim) for name, own in work.items() for claim in own}
    with as_of(desk.ledger, None) as state:
        stands = {
            (each.who, claim)
            for claim in claims
            for each in standing(find_claim(state, claim)[1].decisions)
            if each.ruling is Ruling.CONFIRM
        }
    assert seen.confirmed <= stands
    assert verify(desk.ledger).faults == ()
