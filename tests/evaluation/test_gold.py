"""Annotated reports are read, or refused in one line that says what is wrong where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cairn.errors import InputError
from cairn.evaluation import load_gold, miss_lines, score_reports, score_table
from evaluation.made import annotated, report


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_reports_come_by_id_in_order(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(report(report_id="b")), "", json.dumps(report(report_id="a")))
    assert list(load_gold(path)) == ["b", "a"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["{"], "line 1 is not JSON"),
        (["[]"], "line 1 is no annotated report"),
        (
            ["", json.dumps({"id": "a", "text": "x"})],
            "line 2 is no annotated report: it needs id, text and claims",
        ),
        ([""], "holds no report"),
    ],
)
def test_a_file_that_is_no_gold_is_refused(lines: list[str], told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        load_gold(write(tmp_path, *lines))


@pytest.mark.parametrize("slot", sorted(annotated(1).keys() - {"target", "incident"}))
def test_a_claim_without_a_slot_that_is_scored_is_refused(slot: str, tmp_path: Path) -> None:
    claim = annotated(1)
    del claim[slot]
    with pytest.raises(InputError, match=f"line 1 is no annotated report: claim (c1|1) has no {slot}$"):
        load_gold(write(tmp_path, json.dumps(report(claim))))


@pytest.mark.parametrize("slot", ["target", "incident"])
def test_a_claim_without_a_slot_that_is_not_scored_is_taken(slot: str, tmp_path: Path) -> None:
    claim = annotated(1)
    del claim[slot]
    assert load_gold(write(tmp_path, json.dumps(report(claim))))


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("anchor", [8, 4]), ("anchor", [1]), ("anchor", "x"), ("anchor", [True, 2]), ("harm", "hurt"),
        ("harm", ["killed"]), ("harm", None), ("count", 4), ("count", {"low": "4"}), ("count", {"low": -1}),
        ("victims", "men"), ("victims", {"groups": [1]}), ("place", "Kano"), ("place", {"country": "NG"}),
        ("time", {"start": "2021-07-01"}), ("time", {"start": "2021-07-01", "end": "July"}),
        ("sources", "mayor"), ("sources", [None]), ("perpetrator", 3), ("status", None), ("part_of", 1),
    ],
)  # fmt: skip
def test_a_slot_of_another_shape_is_refused(slot: str, value: object, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"claim c1 has a {slot} that"):
        load_gold(write(tmp_path, json.dumps(report(annotated(1, **{slot: value})))))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": ""}, "its text is empty"),
        ({"text": " \n"}, "its text is empty"),
        ({"text": 3}, "its text is empty"),
        ({"id": ""}, "its id is no text"),
        ({"published": "last week"}, "published is 'last week', no date"),
        ({"outlet": 3}, "its outlet or set is no text"),
        ({"claims": {}}, "its claims are no list"),
        ({"claims": [3]}, "claim 1 is no object"),
        ({"claims": [annotated(1), annotated(1)]}, "claim c1 is there twice"),
        ({"claims": [annotated(1, anchor=[1, 900])]}, "claim c1 has an anchor past the end of the text"),
    ],
)
def test_a_report_that_cannot_be_scored_is_refused(
    changed: dict[str, object], told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told):
        load_gold(write(tmp_path, json.dumps(report() | changed)))


def test_two_reports_of_one_id_are_refused(tmp_path: Path) -> None:
    line = json.dumps(report())
    with pytest.raises(InputError, match="line 2 has the id r1 of an earlier line"):
        load_gold(write(tmp_path, line, line))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read gold file"):
        load_gold(tmp_path / "none.jsonl")


def test_misses_are_shown_with_their_words() -> None:
    gold = {"r1": report(annotated(1), text="x" * 10 + "Nine men were killed.")}
    lines = list(miss_lines(score_reports(gold, {}), gold, 5))
    assert any("Nine men" in line for line in lines)
    assert list(miss_lines(score_reports(gold, {}), gold, 0)) == []


def test_the_table_names_every_measure() -> None:
    gold = {"r1": report(annotated(1))}
    table = score_table(score_reports(gold, gold), "title")
    shown = [cell for column in table.columns for cell in column.cells]
    assert {"count", "source", "place", "time", "1.000"} <= set(map(str, shown))
