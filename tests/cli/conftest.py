"""The command line run in this process, and a report for it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import cairn.cli
import cairn.cli.shared
import cairn.pipeline
import cairn.readings.parser
from cairn.pipeline import Tools
from cli.kano import REPORT
from running import Ended, Run, runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tools: Tools) -> Run:
    """Run the command line in this process, with the tools that all tests share."""
    monkeypatch.setattr(cairn.pipeline, "open_tools", lambda **_: tools)

    run = runner(monkeypatch, capsys, columns=200)

    def run_cairn(*arguments: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        return run(*arguments)

    return run_cairn


@pytest.fixture
def kano(tmp_path: Path) -> Path:
    path = tmp_path / "kano.jsonl"
    path.write_text(json.dumps(REPORT) + "\n", encoding="utf-8")
    return path
