"""What is appended comes back as it was, once, and is never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from cairn.errors import LedgerError
from cairn.ledger import Ledger, append_decisions, append_readings, verify
from cairn.ledger.current import read_entries
from cairn.ledger.kinds import CLAIM
from cairn.ledger.rows import document_from
from cairn.ledger.tables import EVIDENCE, LARGEST, claims, credits, decisions, documents, victims
from cairn.records import Count, Place, Ruling, Run, decide
from ledger.made import NOW, RUN, claim, clock, document, fill, named, read


def test_a_document_comes_back_as_it_was(ledger: Ledger) -> None:
    fill(ledger)
    with ledger.reading() as connection:
        row = connection.execute(sa.select(documents)).mappings().one()
        parts = connection.execute(sa.select(credits)).mappings().all()
    assert document_from(row, parts) == document()


def test_claims_come_back_as_they_were(ledger: Ledger) -> None:
    given = read()
    fill(ledger, given)
    with ledger.reading() as connection:
        found = read_entries(connection, CLAIM, [1, 2])
    assert [each[2] for each in found] == list(given.claims)


def test_a_victims_name_stands_in_its_own_table_alone(ledger: Ledger) -> None:
    fill(ledger)
    with ledger.reading() as connection:
        assert connection.scalars(sa.select(victims.c.name)).all() == ["Dara Veldt"]
        assert connection.scalars(sa.select(claims.c.victims)).all() == ["patients", None]


def test_the_same_run_reads_a_document_once(ledger: Ledger) -> None:
    first, second = append_readings(ledger, [read(), read()], clock)
    assert (first.new, first.known) == (2, False)
    assert second.known
    with ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM batches")) == 1


def test_the_same_run_reads_a_document_once_in_one_batch(ledger: Ledger) -> None:
    first, second = append_readings(ledger, [read(), read()], clock, size=2)
    assert not first.known
    assert second.known


def test_another_run_that_agrees_sees_the_same_claims(ledger: Ledger) -> None:
    other = replace(RUN, version="2")
    fill(ledger, read(), read(run=other))
    with ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT claim, runs FROM v_sightings")).all()
        assert connection.scalar(sa.text("SELECT count(*) FROM claims")) == 2
    assert sorted(row.runs for row in rows) == [2, 2]


def test_another_run_that_fills_a_slot_otherwise_makes_a_variant(ledger: Ledger) -> None:
    other = replace(RUN, version="2")
    fill(ledger, read(), read(run=other, place=Place(name="Sarn", country="SY")))
    with ledger.reading() as connection:
        rows = connection.execute(sa.select(claims.c.id, claims.c.variant, claims.c.place)).all()
    assert len({row.id for row in rows}) == 2
    assert len(rows) == 3


def test_only_why_and_how_sure_makes_no_variant(ledger: Ledger) -> None:
    of = document()
    one = claim(of)
    reasoned = replace(one, evidence=tuple(replace(each, reason="otherwise") for each in one.evidence))
    first = replace(read(), claims=[one])
    second = replace(read(run=replace(RUN, version="2")), claims=[reasoned])
    fill(ledger, first, second)
    with ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM claims")) == 1


def test_the_moment_of_recording_never_goes_back(ledger: Ledger) -> None:
    list(append_readings(ledger, [read("a")], clock))
    list(append_readings(ledger, [read("b")], lambda: NOW - dt.timedelta(days=3)))
    with ledger.reading() as connection:
        moments = connection.execute(sa.text("SELECT recorded_at FROM batches ORDER BY number")).all()
    assert moments[0] == moments[1]
    assert not verify(ledger).faults


@pytest.mark.parametrize("table", [each.name for each in EVIDENCE])
@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_the_database_refuses_to_change_evidence(ledger: Ledger, table: str, change: str) -> None:
    fill(ledger, replace(read(), claims=[claim(document()), named(document())]))
    append_decisions(ledger, [decide(Ruling.NOTE, "clm-1", who="ann", at=NOW)], NOW)
    with ledger.reading() as connection:
        if not connection.scalar(sa.text(f"SELECT count(*) FROM {table}")):
            pytest.skip("nothing in it")
    column = "number" if table == "batches" else "digest" if "digest" in _columns(table) else "position"
    sql = f"UPDATE {table} SET {column} = {column}" if change == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(LedgerError, match="append-only"), ledger.writing() as connection:
        connection.exec_driver_sql(sql)
    assert not verify(ledger).faults


def test_replacing_a_row_is_refused_too(ledger: Ledger) -> None:
    fill(ledger)
    if ledger.path is None:
        sql = "INSERT INTO runs SELECT * FROM runs ON CONFLICT (number) DO UPDATE SET model = 'changed'"
    else:
        sql = "INSERT OR REPLACE INTO runs SELECT * FROM runs"
    with pytest.raises(LedgerError, match="append-only"), ledger.writing() as connection:
        connection.exec_driver_sql(sql)


def test_more_people_than_can_be_counted_are_told_and_left_out(ledger: Ledger) -> None:
    of = document()
    many = claim(of, low=LARGEST + 1)
    (done,) = append_readings(ledger, [replace(read(), claims=[many, claim(of)])], clock)
    assert done.claims == 1
    assert "more people than the ledger can count" in done.skipped[0].reason


def test_half_characters_are_told_and_left_out(ledger: Ledger) -> None:
    of = document("broken", text="At least 14 people \ud800 were killed.")
    done = list(append_readings(ledger, [replace(read(), document=of, claims=[]), read("good")], clock))
    assert done[0].document is None
    assert "lone surrogate" in done[0].skipped[0].reason
    assert done[1].document is not None


def test_the_character_nul_is_kept_where_it_can_be(ledger: Ledger) -> None:
    of = document("nul", text="At least 14\0 people were killed.")
    (done,) = append_readings(ledger, [replace(read(), document=of, claims=[])], clock)
    assert (done.document is None) == (ledger.path is None)


def test_a_decision_is_recorded_once(ledger: Ledger) -> None:
    made = decide(Ruling.CONFIRM, "clm-1", who="ann", at=NOW)
    assert append_decisions(ledger, [made, made], NOW) == 1
    assert append_decisions(ledger, [made], NOW) == 0
    with ledger.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(decisions)) == 1


def test_counts_without_bounds_come_back(ledger: Ledger) -> None:
    of = document()
    shares = claim(
        of, count=Count(approx=True, fraction=0.4), place=None, time=None, speakers=(), target=None
    )
    fill(ledger, replace(read(run=Run(version="9", model="", lexicon="")), claims=[shares]))
    with ledger.reading() as connection:
        assert read_entries(connection, CLAIM, [1])[0][2] == shares


def _columns(table: str) -> set[str]:
    return set(next(each for each in EVIDENCE if each.name == table).columns.keys())
