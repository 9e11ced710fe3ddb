"""Decisions of several people at one go: each stands or falls by itself, and nobody is passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from cairn.errors import LedgerError
from cairn.ledger import (
    Joined,
    Ledger,
    Nearby,
    Overtaken,
    Submitted,
    append_decisions,
    as_of,
    list_decisions,
    rebuild,
    record_decisions,
    verify,
)
from cairn.ledger.tables import batches, estimates
from cairn.pipeline import join_told
from cairn.records import Claim, Decision, Document, Ruling, decide
from ledger.made import NOW, fill, names, read
from ledger.test_relinking import derived

LATER = NOW + dt.timedelta(days=1)
IDS = [read(name).claims[0].id for name in names(3)]


def confirm(claim: str, who: str = "ann", minute: int = 0) -> Decision:
    return decide(Ruling.CONFIRM, claim, who=who, at=LATER + dt.timedelta(minutes=minute))


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill(ledger, *(read(name) for name in names(3)))
    rebuild(ledger, join_told)
    return ledger


def last(ledger: Ledger) -> int:
    with as_of(ledger, None) as state:
        return state.batch


def record(ledger: Ledger, *submitted: Submitted) -> list[object]:
    return list(record_decisions(ledger, submitted, LATER, join_told))


def recorded(ledger: Ledger) -> list[str]:
    with as_of(ledger, None) as state:
        return [row["id"] for row in list_decisions(state)]


def test_what_many_decide_is_one_batch_that_is_derived(filled: Ledger) -> None:
    made = [confirm(claim, f"reviewer {number}") for number, claim in enumerate(IDS)]
    before = last(filled)
    assert record(filled, *(Submitted(made=[each], seen=before) for each in made)) == [None] * 3
    assert recorded(filled) == [each.id for each in made]
    assert last(filled) == before + 1
    assert verify(filled).faults == ()
    told = derived(filled)
    rebuild(filled, join_told)
    assert derived(filled) == told


def test_the_second_of_two_about_one_claim_is_told_to_look_again(filled: Ledger) -> None:
    first, second = confirm(IDS[0]), confirm(IDS[0], "bob")
    seen = last(filled)
    assert record(filled, Submitted(made=[first], seen=seen), Submitted(made=[second], seen=seen)) == [
        None,
        Overtaken(),
    ]
    assert recorded(filled) == [first.id]
    assert record(filled, Submitted(made=[second], seen=last(filled))) == [None]


def test_who_looked_before_another_program_decided_is_told_to_look_again(filled: Ledger) -> None:
    seen = last(filled)
    other = decide(Ruling.REJECT, IDS[0], who="eve", at=LATER)
    append_decisions(filled, [other], LATER)
    both = Submitted(made=[confirm(IDS[1]), confirm(IDS[0])], seen=seen)
    beside = Submitted(made=[confirm(IDS[2])], seen=seen)
    assert record(filled, both, beside) == [Overtaken(), None]
    assert recorded(filled) == [other.id, beside.made[0].id]


def test_what_a_decision_rests_on_counts_as_well(filled: Ledger) -> None:
    seen = last(filled)
    append_decisions(filled, [decide(Ruling.REJECT, IDS[0], who="eve", at=LATER)], LATER)
    resting = Submitted(made=[confirm(IDS[1])], seen=seen, about=[IDS[0]])
    assert record(filled, resting) == [Overtaken()]


def test_a_ruling_on_two_claims_overtakes_whoever_decides_about_either(filled: Ledger) -> None:
    seen = last(filled)
    pair = decide(Ruling.DIFFERENT_INCIDENT, *IDS[:2], who="eve", at=LATER)
    told = record(filled, Submitted(made=[pair], seen=seen), Submitted(made=[confirm(IDS[1])], seen=seen))
    assert told == [None, Overtaken()]
    assert record(filled, Submitted(made=[confirm(IDS[0])], seen=seen)) == [Overtaken()]


def test_what_nobody_could_carry_out_leaves_the_others_their_decisions(filled: Ledger) -> None:
    seen = last(filled)
    wrong = decide(Ruling.CORRECT, IDS[0], slot="count", value="many", who="ann", at=LATER)
    refused, done = record(
        filled,
        Submitted(made=[confirm(IDS[0]), wrong], seen=seen),
        Submitted(made=[confirm(IDS[1])], seen=seen),
    )
    assert isinstance(refused, LedgerError)
    assert done is None
    assert recorded(filled) == [confirm(IDS[1]).id]


def test_nothing_is_recorded_whose_consequences_cannot_be_derived(filled: Ledger) -> None:
    def fail(_: object, __: object, ___: object = None) -> Joined:
        raise ArithmeticError

    told, seen = derived(filled), last(filled)
    with pytest.raises(ArithmeticError):
        record_decisions(filled, [Submitted(made=[confirm(IDS[0])], seen=seen)], LATER, fail)
    assert recorded(filled) == []
    assert (derived(filled), last(filled)) == (told, seen)


def test_a_decision_that_changes_no_slot_links_nothing_and_weighs_its_incident(filled: Ledger) -> None:
    asked = list[Nearby]()

    def watch(
        told: Sequence[tuple[Document, Sequence[Claim]]],
        made: Sequence[Decision],
        nearby: Nearby | None = None,
    ) -> Joined:
        assert nearby is not None
        asked.append(nearby)
        return join_told(told, made, nearby)

    def record_one(made: Decision) -> Nearby:
        record_decisions(filled, [Submitted(made=[made], seen=last(filled))], LATER, watch)
        return asked[-1]

    with filled.reading() as connection:
        (weighed,) = set(connection.scalars(sa.select(estimates.c.incident)))
    steady = record_one(confirm(IDS[0]))
    assert steady.steady
    assert list(steady.decided) == [weighed]
    assert not record_one(decide(Ruling.REJECT, IDS[1], who="ann", at=LATER)).steady
    assert not record_one(decide(Ruling.SAME_INCIDENT, *IDS[::2], who="ann", at=LATER)).steady


def test_nothing_is_written_where_all_were_overtaken(filled: Ledger) -> None:
    seen = last(filled)
    record(filled, Submitted(made=[confirm(IDS[0])], seen=seen))
    with filled.reading() as connection:
        many = connection.scalar(sa.select(sa.func.count()).select_from(batches))
    assert record(filled, Submitted(made=[confirm(IDS[0], "bob")], seen=seen)) == [Overtaken()]
    with filled.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(batches)) == many
