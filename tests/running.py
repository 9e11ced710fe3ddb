"""Run the command line in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import cairn.cli


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run of the command line ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def error_lines(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.strip()]


Run = Callable[..., Ended]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int) -> Run:
    """Return what runs ``cairn`` with some arguments, without colour, in a terminal of so many columns."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["cairn", *map(str, arguments)])
        code = 0
        try:
            cairn.cli.main()
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
        printed = capsys.readouterr()
        return Ended(code=code, out=printed.out, err=printed.err)

    return run
