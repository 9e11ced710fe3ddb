"""``cairn monitor`` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from running import Run, runner

REPORTS = (
    ("2021-03-02", "Rebels of the Kivu Front shelled a road in Goma on Monday, killing four, police said."),
    ("2021-03-09", "Kenya declared a ceasefire in Goma on Monday. Envoys met in Nairobi on Tuesday."),
    ("2021-03-11", "The army said rebels violated the truce by attacking a convoy near Goma on Wednesday."),
)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    lines = [
        json.dumps({"id": f"r{number}", "outlet": "Lake Post", "published": day, "text": text})
        for number, (day, text) in enumerate(REPORTS)
    ]
    Path("reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run = runner(monkeypatch, capsys, columns=150)
    assert run("add", "reports.jsonl").code == 0
    return run


def test_a_ceasefire_is_chosen_and_followed(ledger: Run) -> None:
    listed = ledger("monitor")
    assert "declared" in listed.out
    chosen = next(word for word in listed.out.split() if word.startswith("evt-"))
    shown = ledger("monitor", "--ceasefire", chosen)
    assert shown.code == 0
    for words in ("▶ 8 Mar 2021", "called a breach", "nothing here says who broke"):
        assert words in shown.out
    found = json.loads(ledger("monitor", "--ceasefire", chosen, "--format", "json").out)
    assert found["ceasefire"]["event"] == chosen
    assert {each["step"] for each in found["line"]} >= {"declared", "attack"}
    assert found["coverage"]["before"]["documents"] == 1


def test_an_event_that_is_not_there_is_one_line(ledger: Run) -> None:
    ended = ledger("monitor", "--ceasefire", "evt-none")
    assert ended.code == 2
    assert ended.error_lines == [
        "cairn: cairn.db holds no event evt-none; cairn monitor lists those to choose from"
    ]
