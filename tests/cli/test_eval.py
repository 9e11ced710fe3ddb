"""What ``cairn eval`` prints, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.kano import TEXT
from evaluation.made import annotated, report
from running import Run


def write_gold(tmp_path: Path, *reports: dict[str, Any]) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in reports), encoding="utf-8")
    return path


def test_eval_prints_every_measure(run: Run, tmp_path: Path) -> None:
    found = TEXT.index("At least 12 people")
    gold = annotated(
        1,
        anchor=[found, found + len("At least 12 people")],
        count={"low": 12, "high": None, "approx": False, "fraction": None},
        place={"name": "Kano", "country": "NG"},
        time={"start": "2021-07-12", "end": "2021-07-12"},
        sources=["mayor"],
    )
    ended = run("eval", write_gold(tmp_path, report(gold, text=TEXT, published="2021-07-14")))
    assert ended.code == 0
    assert "gold.jsonl: 1 reports" in ended.out
    assert "1 annotated, 2 read" in ended.out
    assert "0.667" in ended.out
    for slot in ("STRICT", "count", "source", "place", "time", "perpetrator", "means", "part_of"):
        assert slot in ended.out


def test_eval_shows_as_many_misses_as_are_asked_for(run: Run, tmp_path: Path) -> None:
    gold = write_gold(tmp_path, report(annotated(1), text=TEXT, published="2021-07-14"))
    assert "Three nurses" not in run("eval", gold).out
    assert "Three nurses" in run("eval", gold, "--misses", "9").out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "holds no report"),
        ("{\n", "line 1 is not JSON"),
        ('{"id": "a", "text": "b"}\n', "needs id, text and claims"),
    ],
)
def test_bad_gold_is_one_line(content: str, told: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    ended = run("eval", path)
    assert ended.code == 2
    [line] = ended.error_lines
    assert told in line


def test_gold_of_another_shape_is_one_line(run: Run, tmp_path: Path) -> None:
    ended = run("eval", write_gold(tmp_path, {"id": "a", "text": TEXT, "claims": [{"id": "c1"}]}))
    assert ended.code == 2
    [line] = ended.error_lines
    assert "line 1 is no annotated report: claim c1 has no anchor, harm" in line


def test_gold_with_an_empty_text_is_one_line(run: Run, tmp_path: Path) -> None:
    ended = run("eval", write_gold(tmp_path, {"id": "a", "text": "", "claims": []}))
    assert ended.code == 2
    [line] = ended.error_lines
    assert "its text is empty" in line
