"""``cairn copies``: what a recorder types and sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from documents.copies.made import paragraphs
from running import Ended, Run, runner

WIRE, OTHER, OWN = paragraphs(1), paragraphs(2), paragraphs(3)
REPORTS = [
    {"id": "wire-1", "text": "\n".join(WIRE), "published": "2024-03-05", "outlet": "Ostra"},
    {"id": "post-1", "text": "\n".join(["Tarn mourns", *WIRE]), "published": "2024-03-06", "outlet": "Post"},
    {"id": "wire-2", "text": "\n".join(OTHER), "published": "2024-03-05", "outlet": "Ostra"},
    {"id": "mail-1", "text": "\n".join([*WIRE[:4], *OTHER[:5]]), "published": "2024-03-07"},
    {"id": "own-1", "text": "\n".join(OWN), "published": "2024-03-05", "outlet": "Mail"},
]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in this process, in a folder with ``reports.jsonl``."""
    monkeypatch.chdir(tmp_path)
    lines = "".join(json.dumps(each) + "\n" for each in REPORTS)
    (tmp_path / "reports.jsonl").write_text(lines, encoding="utf-8")

    def run_copies(*arguments: str, columns: int = 150) -> Ended:
        return runner(monkeypatch, capsys, columns)("copies", *arguments)

    return run_copies


def test_a_group_shows_what_came_first_and_what_repeats_it(run: Run) -> None:
    ended = run("reports.jsonl")
    assert ended.code == 0
    rows = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert "wire-1 · Ostra · 2024-03-05 first" in rows
    assert any(row.startswith("post-1 · Post · 2024-03-06 whole wire-1 99% 100% 99% of its") for row in rows)
    assert sum(row.startswith("mail-1 · 2024-03-07 spliced wire-") for row in rows) == 2
    assert "own-1" not in ended.out
    assert "2 of 5 documents repeat another, 0 skipped" in ended.err


def test_a_narrow_terminal_still_tells_everything(run: Run) -> None:
    out = run("reports.jsonl", columns=80).out
    assert max(map(len, out.splitlines())) <= 80
    told = " ".join(out.split())
    for words in ("wire-1", "spliced", "Post · 2024-03-06", "99% of its words", "earlier; other passages"):
        assert words in told


def test_passages_are_shown_when_asked_for(run: Run) -> None:
    first = " ".join(WIRE[0].split()[:4])
    assert first not in run("reports.jsonl").out
    assert first in run("reports.jsonl", "--passages", columns=300).out


def test_json_has_a_line_a_copy_with_the_place_of_every_passage(run: Run, tmp_path: Path) -> None:
    ended = run("reports.jsonl", "--format", "json", "-o", "copies.jsonl")
    assert (ended.code, ended.out) == (0, "")
    copies = [json.loads(line) for line in (tmp_path / "copies.jsonl").read_text("utf-8").splitlines()]
    assert {(each["document_id"], each["of"], each["kind"]) for each in copies} == {
        ("post-1", "wire-1", "whole"), ("mail-1", "wire-1", "spliced"), ("mail-1", "wire-2", "spliced"),
    }  # fmt: skip
    texts = {str(each["id"]): str(each["text"]) for each in REPORTS}
    for copy in copies:
        assert set(copy) == {"id", "document_id", "of", "kind", "share", "share_of", "passages", "reason"}
        for passage in copy["passages"]:
            here = texts[copy["document_id"]][slice(*passage["here"])]
            assert here == texts[copy["of"]][slice(*passage["there"])]


def test_texts_that_repeat_nothing_print_no_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("\n".join(OWN), encoding="utf-8")
    ended = run("one.txt")
    assert (ended.code, ended.out) == (0, "")
    assert "0 of 1 document repeat another" in ended.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.txt"], "nowhere.txt does not exist"),
        (["reports.jsonl", "--published", "soon"], "--published 'soon' is no date"),
        (["reports.jsonl", "--passages", "--format", "json"], "--passages is for the table"),
        (["reports.jsonl", "-o", "no/such/folder"], "cannot write"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_code_2(run: Run, arguments: list[str], told: str) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert told in ended.err
