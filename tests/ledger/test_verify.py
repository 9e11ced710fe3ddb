"""Whoever alters, removes, adds or reorders a row is found out, and told where."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cairn.ledger import Ledger, Read, append_decisions, append_readings, open_ledger, verify
from cairn.ledger.seals import FIRST
from cairn.records import Count, Place, Ruling, decide
from ledger.made import NOW, RUN, claim, clock, document, fill, names, read


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Give the file of a ledger with three documents and a decision, closed."""
    path = tmp_path / "cairn.db"
    with open_ledger(path, create=True) as ledger:
        fill(ledger, *(read(name) for name in names(3)))
        append_decisions(ledger, [decide(Ruling.NOTE, "clm-1", who="ann", at=NOW)], NOW)
    return path


@contextmanager
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a ledger as an intruder would, its guards out of the way, and put them back."""
    with closing(sqlite3.connect(path)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def faults(path: Path, expect: str | None = None) -> tuple[str, ...]:
    with open_ledger(path) as ledger:
        return verify(ledger, expect).faults


def test_an_untouched_ledger_has_no_faults(ledger: Ledger) -> None:
    assert verify(ledger).head == FIRST
    fill(ledger, *(read(name) for name in names(3)))
    found = verify(ledger)
    assert found.faults == ()
    assert found.batches == 3
    assert found.entries == {"runs": 1, "documents": 3, "claims": 6, "events": 6, "readings": 3}


def test_whole_numbers_where_a_column_holds_reals_are_sealed_as_they_come_back(ledger: Ledger) -> None:
    text = document("wire-1")
    told = claim(
        text,
        count=Count(fraction=1, approx=True),
        place=Place(name="Orvale", latitude=36, longitude=37, radius_km=170),
        confidence=(("claim", 1),),
    )
    fill(ledger, Read(document=text, claims=(told,), run=RUN))
    assert verify(ledger).faults == ()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE claims SET low = 1 WHERE number = 3", "claims 3 (clm-"),
        ("UPDATE claims SET place = 'Elsewhere' WHERE number = 2", "claims 2 (clm-"),
        ("UPDATE documents SET text = text || ' more' WHERE number = 2", "documents 2 (doc-"),
        ("UPDATE documents SET published = '2026-02-09' WHERE number = 1", "documents 1 (doc-"),
        ("UPDATE evidence SET start = start + 1 WHERE entry = 1 AND position = 0", "claims 1 (clm-"),
        ("DELETE FROM evidence WHERE entry = 3", "claims 3 (clm-"),
        ("DELETE FROM victims WHERE entry = 2", "claims 2 (clm-"),
        ("UPDATE credits SET agency = 'Reuters' WHERE entry = 3", "documents 3 (doc-"),
        ("DELETE FROM sightings WHERE entry = 2", "readings 2 was altered"),
        ("UPDATE events SET actor = 'rebels' WHERE number = 3", "events 3 (evt-"),
        ("UPDATE event_evidence SET start = start + 1 WHERE entry = 2 AND position = 0", "events 2 (evt-"),
        ("DELETE FROM event_victims WHERE entry = 2", "events 2 (evt-"),
        ("DELETE FROM event_sightings WHERE entry = 2", "readings 2 was altered"),
        ("DELETE FROM events WHERE number = 4", "events 4 removed"),
        ("UPDATE decisions SET who = 'bob'", "decisions 1 (dec-"),
        ("UPDATE runs SET model = 'other'", "runs 1 (run-"),
        ("DELETE FROM claims WHERE number = 3", "claims 3 removed"),
        ("DELETE FROM claims WHERE number IN (3, 4)", "claims 3 to 4 removed"),
        ("DELETE FROM decisions", "batch 4 has 0 entries, not 1"),
        ("DELETE FROM batches WHERE number = 2", "batch 2 is missing"),
        (
            "UPDATE batches SET recorded_at = '2025-01-01T00:00:00.000000Z' WHERE number = 3",
            "batch 3 of 2025",
        ),
        ("UPDATE batches SET chain = 'f' WHERE number = 1", "batch 1 of 2026"),
        (
            "UPDATE claims SET number = -number WHERE number IN (3, 5);"
            "UPDATE claims SET number = 8 + number WHERE number < 0",
            "(clm-",
        ),
        (
            "INSERT INTO decisions SELECT number + 1, batch, id || 'x', ruling, subject, other, slot, value,"
            " who, at, why, supersedes, digest FROM decisions",
            "decisions 2 (dec-",
        ),
    ],
)
def test_what_was_done_by_hand_is_told(sealed: Path, sql: str, told: str) -> None:
    with by_hand(sealed) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executescript(sql)
    assert any(told in fault for fault in faults(sealed)), faults(sealed)


def test_a_row_and_its_digest_made_anew_break_the_chain(sealed: Path) -> None:
    with by_hand(sealed) as connection:
        connection.execute("UPDATE claims SET digest = 'f' || substr(digest, 2) WHERE number = 1")
    found = faults(sealed)
    assert any(fault.startswith("batch 1 of") for fault in found)


def test_batches_cut_off_the_end_are_seen_by_the_head_that_was_noted(sealed: Path) -> None:
    with open_ledger(sealed) as ledger:
        head = verify(ledger).head
    with by_hand(sealed) as connection:
        connection.executescript("DELETE FROM decisions; DELETE FROM batches WHERE number = 4")
    assert faults(sealed) == ()
    assert any("head that was noted" in fault for fault in faults(sealed, head))


def test_a_head_that_was_noted_holds_for_what_came_later(ledger: Ledger) -> None:
    fill(ledger, read("wire-1"))
    head = verify(ledger).head
    fill(ledger, read("wire-2"))
    assert verify(ledger, head).faults == ()
    assert verify(ledger, "0" * 63 + "1").faults


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DROP TRIGGER claims_refuse_update", "the guard claims_refuse_update is missing"),
        ("DROP VIEW v_claims", "the view v_claims is missing"),
        ("ALTER TABLE current_claims ADD COLUMN mine TEXT", "current_claims has a column mine"),
        ("ALTER TABLE incidents DROP COLUMN means", "incidents lacks its column means"),
        ("DROP TABLE estimates", "the table estimates is missing"),
    ],
)
def test_a_schema_edited_by_hand_is_told(ledger: Ledger, sql: str, told: str) -> None:
    with ledger.writing() as connection:
        if "DROP TABLE" in sql or "DROP COLUMN" in sql:
            for view in ("v_estimates", "v_incidents"):
                connection.exec_driver_sql(f"DROP VIEW {view}")
        if ledger.path is None and "TRIGGER" in sql:
            sql += " ON claims"
        connection.exec_driver_sql(sql)
    assert any(told in fault for fault in verify(ledger).faults)


def test_a_guard_switched_off_is_told(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        if ledger.path is None:
            connection.exec_driver_sql("ALTER TABLE claims DISABLE TRIGGER claims_refuse_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER claims_refuse_delete")
            connection.exec_driver_sql(
                "CREATE TRIGGER claims_refuse_delete BEFORE DELETE ON claims BEGIN SELECT 1; END"
            )
    assert any("claims_refuse_delete was altered or switched off" in fault for fault in verify(ledger).faults)


def test_batches_of_many_documents_are_sealed_alike(ledger: Ledger) -> None:
    list(append_readings(ledger, [read(name) for name in names(7)], clock, size=3))
    found = verify(ledger)
    assert (found.faults, found.batches) == ((), 3)
