"""Who decides at the same moment is recorded together, each after a look at what the others decided."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa

from cairn.errors import LedgerError
from cairn.ledger import State, append_decisions
from cairn.ledger.tables import decisions
from cairn.records import Decision, Ruling, decide
from cairn.review import recording
from cairn.review.deciding import find_claim
from cairn.review.recording import Act, record
from cairn.review.sessions import session_of
from review.desk import Desk


def confirm(desk: Desk, claim: str, who: str) -> Decision:
    return decide(Ruling.CONFIRM, claim, who=who, at=desk.clock())


def batches_of(desk: Desk) -> set[int]:
    with desk.ledger.reading() as connection:
        return set(connection.scalars(sa.select(decisions.c.batch)))


def test_all_that_waits_for_the_turn_is_recorded_at_one_go(desk: Desk) -> None:
    claims = [claim for number in (1, 2, 3) for claim in desk.ids(number)]
    answers = list[str]()

    def person(claim: str) -> None:
        answers.append(
            record(desk.setup, lambda _: Act(made=[confirm(desk, claim, f"on {claim}")], answer=claim))
        )

    people = [threading.Thread(target=person, args=(claim,)) for claim in claims]
    with desk.setup.turn.lock:
        for each in people:
            each.start()
        while len(desk.setup.turn.waiting) < len(people):
            time.sleep(0.01)
        assert not batches_of(desk)
    for each in people:
        each.join()
    assert sorted(answers) == sorted(claims)
    assert len(batches_of(desk)) == 1
    assert {each.who for number in (1, 2, 3) for each in desk.decisions(number)} == {
        f"on {claim}" for claim in claims
    }


def test_who_was_overtaken_looks_again_and_sees_why(desk: Desk) -> None:
    claim, seen = desk.ids()[0], list[int]()

    def look(state: State) -> Act[int]:
        known = len(find_claim(state, claim)[1].decisions)
        seen.append(known)
        if not known:
            append_decisions(desk.ledger, [confirm(desk, claim, "eve")], desk.clock())
        return Act(made=[confirm(desk, claim, "ann")], answer=known)

    assert record(desk.setup, look) == 1
    assert seen == [0, 1]
    assert [each.who for each in desk.decisions()] == ["eve", "ann"]


def test_one_who_asks_for_the_impossible_is_told_and_the_others_are_not(desk: Desk) -> None:
    good, bad = desk.ids()[:2]
    told = list[str]()

    def wrong() -> None:
        made = decide(Ruling.CORRECT, bad, who="ann", at=desk.clock(), slot="count", value="many")
        with pytest.raises(LedgerError, match="count cannot be many"):
            record(desk.setup, lambda _: Act(made=[made], answer=None))
        told.append("refused")

    def right() -> None:
        told.append(record(desk.setup, lambda _: Act(made=[confirm(desk, good, "bob")], answer="recorded")))

    people = [threading.Thread(target=each) for each in (wrong, right)]
    with desk.setup.turn.lock:
        for each in people:
            each.start()
        while len(desk.setup.turn.waiting) < 2:
            time.sleep(0.01)
    for each in people:
        each.join()
    assert sorted(told) == ["recorded", "refused"]
    assert [each.who for each in desk.decisions()] == ["bob"]


def test_what_goes_wrong_is_told_to_everybody_who_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[str]()

    def fail(*_: object) -> None:
        raise ArithmeticError

    def person(claim: str) -> None:
        with pytest.raises(ArithmeticError):
            record(desk.setup, lambda _: Act(made=[confirm(desk, claim, "ann")], answer=None))
        told.append(claim)

    monkeypatch.setattr(recording, "join_told", fail)
    people = [threading.Thread(target=person, args=(claim,)) for claim in desk.ids()]
    with desk.setup.turn.lock:
        for each in people:
            each.start()
        while len(desk.setup.turn.waiting) < len(people):
            time.sleep(0.01)
    for each in people:
        each.join()
    assert sorted(told) == sorted(desk.ids())
    assert not batches_of(desk)


def test_who_comes_is_told_while_somebody_changes_an_account(desk: Desk) -> None:
    accounts = desk.setup.accounts
    with accounts.using():
        found = [session_of(accounts, token) for token in desk.tokens.values()]
    assert None not in found
