"""``cairn framing``: what is typed and seen."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cairn.pipeline import Tools
from running import Run, runner

REPORTS = [
    {
        "id": "a",
        "outlet": "Dalen Post",
        "text": "Terrorists shelled Dalen. Two terrorists died in the massacre.",
    },
    {"id": "b", "outlet": "Arun Herald", "text": "Rebels shelled Dalen. The so-called council fled."},
]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tools: Tools) -> Run:
    monkeypatch.setattr("cairn.cli.framing.loaded_tools", lambda: tools)
    return runner(monkeypatch, capsys, columns=160)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    lines = [json.dumps(report | {"published": "2021-07-14"}) for report in REPORTS]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_each_outlet_is_told_with_its_words(run: Run, reports: Path) -> None:
    ended = run("framing", reports)
    assert ended.code == 0
    assert "Dalen Post" in ended.out
    assert "Two terrorists died in the massacre." in ended.out
    assert "4 loaded wordings in 2 reports" in ended.err


def test_one_kind_and_the_first_rows_can_be_asked_for(run: Run, reports: Path) -> None:
    ended = run("framing", reports, "--format", "json", "--kind", "label")
    [only] = [json.loads(line) for line in ended.out.splitlines()]
    assert (only["outlet"], only["wording"], only["times"]) == ("Dalen Post", "terrorists", 2)
    cut = run("framing", reports, "--limit", 1)
    assert "--limit 3 shows all" in cut.err


def test_a_spreadsheet_has_a_row_a_usage(run: Run, reports: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("framing", reports, "--format", "csv").out)))
    assert [row["wording"] for row in rows] == ["so-called", "terrorists", "massacre"]


def test_nothing_that_can_be_read_ends_with_an_error(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n", encoding="utf-8")
    assert run("framing", empty).code == 2
