"""Which claims wait, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from cairn.ledger import (
    Asked,
    Ledger,
    Order,
    append_decisions,
    as_of,
    backlog,
    count_waiting,
    find_decision,
    list_unpublished,
    list_waiting,
    made_together,
    next_waiting,
    open_document,
    refresh,
)
from cairn.records import Decision, Ruling, decide
from ledger.made import NOW, RUN, fill, read

LATER = NOW + dt.timedelta(days=1)


def rule(ledger: Ledger, ruling: Ruling, subject: str, minute: int = 0, **values: str) -> Decision:
    at = LATER + dt.timedelta(minutes=minute)
    made = decide(ruling, subject, who="ann", at=at, **values)
    append_decisions(ledger, [made], at)
    refresh(ledger)
    return made


def waiting(ledger: Ledger, order: Order = Order.AGE) -> list[str]:
    with as_of(ledger, None) as state:
        rows = list_waiting(state, Asked(), order)
        assert count_waiting(state, Asked()) == len(rows)
        return [row["id"] for row in rows]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill(ledger, read("wire-1"), read("wire-2", day=2))
    refresh(ledger)
    return ledger


def test_a_claim_waits_until_a_ruling_settles_it_as_it_is(filled: Ledger) -> None:
    first, *rest = waiting(filled)
    confirmed = rule(filled, Ruling.CONFIRM, first)
    assert waiting(filled) == rest
    rule(filled, Ruling.NOTE, first, 1, why="a remark changes nothing")
    assert waiting(filled) == rest
    corrected = rule(filled, Ruling.CORRECT, first, 2, slot="harm", value='"injured"')
    assert waiting(filled) == [first, *rest]
    rule(filled, Ruling.CONFIRM, first, 3, supersedes=confirmed.id)
    assert waiting(filled) == rest
    rule(filled, Ruling.WITHDRAW, first, 4, supersedes=corrected.id)
    assert waiting(filled) == [first, *rest]


def test_a_reading_that_fills_a_slot_otherwise_makes_a_claim_wait_again(filled: Ledger) -> None:
    first = waiting(filled)[0]
    rule(filled, Ruling.CONFIRM, first)
    anew = read(
        "wire-1", run=type(RUN)(version="2", model="m", lexicon="l", settings=""), perpetrator="rebels"
    )
    fill(filled, anew)
    refresh(filled)
    assert first in waiting(filled)


@pytest.mark.parametrize("order", Order)
def test_going_on_follows_the_list(filled: Ledger, order: Order) -> None:
    listed = waiting(filled, order)
    with as_of(filled, None) as state:
        rows = list_waiting(state, Asked(), order)
        onward = [next_waiting(state, Asked(), order, row["number"]) for row in rows]
        back = [next_waiting(state, Asked(), order, row["number"], back=True) for row in rows]
    assert [each and each[0] for each in onward] == [*listed[1:], None]
    assert [each and each[0] for each in back] == [None, *listed[:-1]]


def test_the_backlog_and_what_is_ready_to_be_public(filled: Ledger) -> None:
    first, second, *_ = waiting(filled)
    rule(filled, Ruling.CONFIRM, first)
    rule(filled, Ruling.REJECT, second, 1)
    with as_of(filled, None) as state:
        days = backlog(state, LATER.date(), 2)
        assert backlog(state, LATER.date(), 1) == days[1:]
        ready = [row["id"] for row in list_unpublished(state, 10)]
    assert [(each.came, each.settled, each.waiting) for each in days] == [(4, 0, 4), (0, 2, 2)]
    assert ready == [first]


def test_a_document_is_opened_with_what_was_read_and_what_was_ruled(filled: Ledger) -> None:
    first = waiting(filled)[0]
    made = rule(filled, Ruling.CORRECT, first, slot="harm", value='"injured"')
    gone = rule(filled, Ruling.REJECT, first, 1)
    with as_of(filled, None) as state:
        opened = open_document(state, 1)
        assert find_decision(state, made.id) == (made, True)
        assert made_together(state, gone) == [gone]
        assert open_document(state, 99) is None
    assert opened is not None
    judged = next(each for each in opened.claims if each.read.id == first)
    assert (judged.read.harm.value, judged.ruled.record.harm.value) == ("killed", "injured")
    assert judged.ruled.rejected
    assert judged.decisions == (made, gone)
    assert judged.read.evidence
