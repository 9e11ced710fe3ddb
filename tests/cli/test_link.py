"""``cairn link``: what a recorder types and sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from cairn.pipeline import Tools
from running import runner

SAMPLE = str(files("cairn") / "sample" / "aleppo.jsonl")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, tools: Tools
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cairn.cli.link.loaded_tools", lambda: tools)
    monkeypatch.setattr("cairn.cli.read.loaded_tools", lambda: tools)

    run = runner(monkeypatch, capsys, columns=150)

    def run_apart(*arguments: str) -> tuple[int, str, str]:
        ended = run(*arguments)
        return ended.code, ended.out, ended.err

    return run_apart


def reports(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


def without_incidents(found: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {**report, "claims": [{**claim, "incident": None} for claim in report["claims"]]}  # type: ignore[attr-defined]
        for report in found
    ]


def test_the_reports_are_those_of_read_with_ids_that_all_share(run: Run) -> None:
    _, read, _ = run("read", SAMPLE, "--format", "json")
    code, linked, told = run("link", SAMPLE, "--format", "json")
    assert code == 0
    assert without_incidents(reports(linked)) == without_incidents(reports(read))
    ids = [{claim["incident"] for claim in report["claims"]} for report in reports(linked)]  # type: ignore[attr-defined]
    hospital = max(
        (id_ for found in ids for id_ in found if id_), key=lambda id_: sum(id_ in each for each in ids)
    )
    assert sum(hospital in each for each in ids) >= 6
    assert "told by several reports" in told


def test_claims_that_are_given_are_linked_as_they_are(run: Run, tmp_path: Path) -> None:
    _, read, _ = run("read", SAMPLE, "--format", "json")
    given = [{**report, "mine": 7} for report in reports(read)]
    (tmp_path / "given.jsonl").write_text("".join(json.dumps(each) + "\n" for each in given))
    code, linked, _ = run("link", "given.jsonl", "--format", "json")
    assert code == 0
    assert without_incidents(reports(linked)) == without_incidents(given)
    _, from_texts, _ = run("link", SAMPLE, "--format", "json")

    def partition(printed: str) -> set[frozenset[str]]:
        found: dict[str, set[str]] = {}
        for report in reports(printed):
            for claim in report["claims"]:  # type: ignore[attr-defined]
                if claim["incident"]:
                    found.setdefault(claim["incident"], set()).add(claim["id"])
        return {frozenset(each) for each in found.values()}

    assert partition(linked) == partition(from_texts)


def test_the_table_says_why(run: Run) -> None:
    code, shown, _ = run("link", SAMPLE, "--why")
    assert code == 0
    assert "one because:" in shown
    assert "55 killed Médecins Sans Frontières" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"id": "a", "text": "x", "claims": [{"id": "c"}]}\n', "claim c has no"),
        ('{"id": "a", "text": "x", "claims": []}\nnot JSON\n', "line 2 is not JSON"),
    ],
)
def test_a_file_of_another_shape_is_one_line(run: Run, tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "broken.jsonl").write_text(content)
    code, _, said = run("link", "broken.jsonl")
    assert code == 2
    assert told in said
