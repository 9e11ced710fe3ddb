"""An older ledger is backed up, then migrated whole or not at all."""

from __future__ import annotations

import shutil
from importlib.resources import as_file
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from cairn.errors import LedgerError
from cairn.ledger import Ledger, dump, open_ledger, rebuild, verify
from cairn.ledger import open as opening
from ledger.made import fill

LATER = """
from alembic import op
import sqlalchemy as sa

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.add_column("incidents", sa.Column("title", sa.Text))
    {more}
"""


def later(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass") -> None:
    """Let a later version of the schema be the newest, as a later Cairn would bring it."""
    with as_file(opening.MIGRATIONS) as given:
        shutil.copytree(given, folder / "migrations")
    (folder / "migrations" / "versions" / "v2_later.py").write_text(LATER.format(more=more), encoding="utf-8")
    monkeypatch.setattr(opening, "MIGRATIONS", folder / "migrations")


def columns(ledger: Ledger) -> set[str]:
    with ledger.reading() as connection:
        return {each["name"] for each in sa.inspect(connection).get_columns("incidents")}


def entries(ledger: Ledger) -> list[str]:
    return list(dump(ledger))[1:]


def test_an_older_ledger_is_migrated_and_a_copy_is_kept(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(place, create=True) as ledger:
        fill(ledger)
        rebuild(ledger)
        before = entries(ledger)
    later(tmp_path, monkeypatch)
    told: list[str] = []
    with open_ledger(place, progress=told.append) as ledger:
        assert "title" in columns(ledger)
        assert entries(ledger) == before
    assert told[-1].endswith("migrated, version 2")
    if "://" not in place:
        assert "a copy as it was is kept" in told[0]
        monkeypatch.undo()
        with open_ledger(f"{place}.before-2") as kept:
            assert "title" not in columns(kept)
            assert entries(kept) == before
            assert verify(kept).faults == ()


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(place, create=True) as ledger:
        fill(ledger)
        before = entries(ledger)
    with monkeypatch.context() as patch:
        # The second batch bears the number of the first.
        wrong = "op.execute(\"INSERT INTO batches VALUES (1, '2026-03-01 12:00:00+00', 0, '')\")"
        later(tmp_path, patch, wrong)
        for _ in range(2):  # once more: the copy of the first try is not in the way
            with pytest.raises((DBAPIError, LedgerError)):
                open_ledger(place)
    with open_ledger(place) as ledger:
        assert "title" not in columns(ledger)
        assert entries(ledger) == before
        assert verify(ledger).faults == ()
