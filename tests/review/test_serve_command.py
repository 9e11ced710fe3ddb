"""``cairn serve`` says in one line why it does not start, and where to begin when it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import uvicorn

from cairn.ledger import open_ledger
from running import Run, runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(monkeypatch, capsys, 200)


def test_a_ledger_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    ended = run("serve", "--ledger", tmp_path / "none.db")
    assert (ended.code, len(ended.error_lines)) == (2, 1)


def test_it_does_not_listen_elsewhere_without_accounts(run: Run, tmp_path: Path) -> None:
    open_ledger(tmp_path / "cairn.db", create=True).close()
    ended = run("serve", "--ledger", tmp_path / "cairn.db", "--host", "0.0.0.0")  # noqa: S104
    assert (ended.code, len(ended.error_lines)) == (2, 1)
    assert "account" in ended.err


def test_the_first_start_prints_a_link_for_the_first_account(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **settings: served.append(settings))
    open_ledger(tmp_path / "cairn.db", create=True).close()
    ended = run("serve", "--ledger", tmp_path / "cairn.db")
    assert ended.code == 0
    assert re.search(r"http://127\.0\.0\.1:8377/welcome/[\w-]{43}$", ended.err, re.MULTILINE)
    assert (served[0]["host"], served[0]["access_log"]) == ("127.0.0.1", False)
