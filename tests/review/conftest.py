"""A desk for each test: a copy of one ledger and of one file of accounts, which are made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn.ledger import back_up, open_ledger, restore
from cairn.review import Accounts, Role, Setup
from review.desk import ORIGIN, Clock, Desk, fill, people


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[Role, str]]:
    """Give a ledger of three reports, and accounts with a session of each role."""
    folder = tmp_path_factory.mktemp("desk")
    with open_ledger(folder / "cairn.db", create=True) as ledger:
        fill(ledger, "wire-1", "wire-2", "wire-3")
        back_up(ledger, folder / "kept.db")
    return folder / "kept.db", folder / "accounts", people(folder / "accounts")


@pytest.fixture
def desk(made: tuple[Path, Path, dict[Role, str]], tmp_path: Path) -> Iterator[Desk]:
    """Give a server on a copy."""
    kept, accounts, tokens = made
    restore(kept, tmp_path / "cairn.db")
    shutil.copy(accounts, tmp_path / "accounts")
    clock = Clock()
    with open_ledger(tmp_path / "cairn.db") as ledger:
        people_of = Accounts(path=tmp_path / "accounts", clock=clock, chance=os.urandom)
        setup = Setup(ledger=ledger, accounts=people_of, clock=clock, origins=(ORIGIN,))
        yield Desk(ledger=ledger, setup=setup, clock=clock, tokens=tokens)
