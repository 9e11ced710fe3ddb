"""What cannot be opened is told in one line; what is older is kept and migrated."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cairn.errors import LedgerError
from cairn.ledger import Ledger, append_readings, back_up, open_ledger, restore, store, verify
from ledger.made import clock, fill, read


def refused(named: str | Path, *, create: bool = False) -> str:
    with pytest.raises(LedgerError) as caught:
        open_ledger(named, create=create)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no ledger at" in refused(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a ledger at all")
    assert "is not a ledger: it is no SQLite database" in refused(tmp_path / "notes.txt", create=True)


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    assert "is not a ledger: a database of something else" in refused(path, create=True)


def test_an_empty_file_is_made_a_ledger_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert "is empty, not a ledger" in refused(path)
    with open_ledger(path, create=True) as ledger:
        assert not verify(ledger).faults


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no folder" in refused(tmp_path / "no" / "cairn.db", create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "read-only" in refused(tmp_path / "cairn.db", create=True)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "no connection to PostgreSQL"),
        ("postgresql://x@127.0.0.1:port/none", "cannot be understood"),
        ("mysql://x@127.0.0.1/none", "in SQLite or PostgreSQL, not in 'mysql'"),
    ],
)
def test_an_address_that_leads_nowhere(address: str, told: str) -> None:
    assert told in refused(address)


def test_a_password_is_never_told() -> None:
    assert "geheim" not in refused("postgresql://nobody:geheim@127.0.0.1:1/none")


def exhaust(given: Iterator[object], into: list[object]) -> None:
    """Take all that is given, keeping what came before an error."""
    for each in given:
        into.append(each)


def set_version(ledger: Ledger, version: str) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def test_a_newer_ledger(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        set_version(ledger, "999")
    assert "newer Cairn (version 999" in refused(place)


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "cairn.db"
    with open_ledger(path, create=True) as ledger:
        fill(ledger)
    content = bytearray(path.read_bytes())
    content[4096:40960] = os.urandom(36864)
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"damaged|not a ledger"), open_ledger(path) as ledger:
        verify(ledger)


def test_two_writers_take_turns(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        threads = [
            threading.Thread(
                target=lambda start=start: list(
                    append_readings(ledger, [read(f"w{start}-{each}") for each in range(10)], clock)
                )
            )
            for start in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = verify(ledger)
    assert found.faults == ()
    assert found.entries["documents"] == 30


def test_a_writer_that_waits_in_vain_is_told_by_whom(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 1)
    with open_ledger(place, create=True) as ledger, open_ledger(place) as other:
        with ledger.writing():
            with pytest.raises(LedgerError, match="locked by") as caught:
                fill(other)
            if ledger.path is not None:
                assert f"process {os.getpid()}" in str(caught.value)
        fill(other)
        assert verify(ledger).entries["documents"] == 1


def test_readers_are_not_kept_out_by_a_writer(place: str) -> None:
    with open_ledger(place, create=True) as ledger:
        fill(ledger)
        with ledger.writing() as connection, open_ledger(place) as other:
            connection.exec_driver_sql("INSERT INTO conflicts VALUES (0, 'a', 'b', 'c')")
            assert not verify(other).faults


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "cairn.db"
    with open_ledger(path, create=True) as ledger:
        fill(ledger)
        raw = ledger.engine.raw_connection()
        pages = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
        raw.close()
        store.event.listen(
            ledger.engine,
            "checkout",
            lambda connection, *_: connection.execute(f"PRAGMA max_page_count = {pages + 10}"),
        )
        done: list[object] = []
        more = append_readings(ledger, (read(f"more-{each}") for each in range(500)), clock)
        with pytest.raises(LedgerError, match="the disk is full"):
            exhaust(more, done)
    assert done
    with open_ledger(path) as ledger:
        found = verify(ledger)
        assert found.faults == ()
        assert found.entries["documents"] == 1 + len(done)


def test_a_backup_is_a_ledger_and_comes_back(tmp_path: Path) -> None:
    kept, back = tmp_path / "kept.db", tmp_path / "back.db"
    with open_ledger(tmp_path / "cairn.db", create=True) as ledger:
        fill(ledger, read("a"))
        with ledger.writing():  # another writer does not keep it from being made
            back_up(ledger, kept)
        head = verify(ledger).head
        fill(ledger, read("b"))
        with pytest.raises(LedgerError, match="never overwrites"):
            back_up(ledger, kept)
    restore(kept, back)
    with open_ledger(back) as ledger:
        assert verify(ledger, head).faults == ()
        assert verify(ledger).entries["documents"] == 1
    with pytest.raises(LedgerError, match="nothing is overwritten"):
        restore(kept, back)
    with pytest.raises(LedgerError, match="does not exist"):
        restore(tmp_path / "none.db", tmp_path / "new.db")


def test_a_backup_of_postgresql_is_another_programs(database: str) -> None:
    from ledger.conftest import fresh

    with open_ledger(fresh(database), create=True) as ledger, pytest.raises(LedgerError, match="pg_dump"):
        back_up(ledger, Path("never"))
