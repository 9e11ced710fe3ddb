"""``cairn export`` as it is typed, on the bundled sample."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from pathlib import Path

import pytest

from cairn.pipeline import Tools
from running import Run, runner

SAMPLE = str(files("cairn") / "sample" / "aleppo.jsonl")


@pytest.fixture
def added(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, tools: Tools
) -> Run:
    """Run the command line in a folder with a ledger of the sample."""
    monkeypatch.delenv("CAIRN_WHO", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cairn.cli.add.loaded_tools", lambda: tools)
    run = runner(monkeypatch, capsys, columns=150)
    assert run("add", SAMPLE).code == 0
    return run


def ids(text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(text))]


def listed(run: Run, *asked: str) -> list[str]:
    return [json.loads(line)["id"] for line in run(*asked, "--format", "json").out.splitlines()]


@pytest.mark.parametrize(
    "asked",
    [
        [], ["--harm", "killed"], ["--place", "SY"], ["--speaker", "observatory"], ["--text", "hospital"],
        ["--since", "2016-04-28"], ["--means", "airstrike", "--limit", "3"], ["--document", "wire-0427"],
        ["--as-of", "2016-05-03"],
    ],
)  # fmt: skip
def test_what_is_asked_for_is_what_the_list_shows(added: Run, asked: list[str]) -> None:
    assert ids(added("export", "csv", *asked).out) == listed(added, "claims", *asked)


@pytest.mark.parametrize(
    "asked",
    [[], ["--type", "assault"], ["--status", "planned"], ["--actor", "government"], ["--limit", "3"]],
)
def test_events_are_those_of_the_list(added: Run, asked: list[str]) -> None:
    found = listed(added, "events", *asked)
    assert found
    assert ids(added("export", "csv", "events", *asked).out) == found
    plover = added("export", "jsonl", "--as", "plover", *asked)
    assert [json.loads(line)["id"] for line in plover.out.splitlines()] == found


def test_incidents_are_those_of_the_list(added: Run) -> None:
    assert ids(added("export", "csv", "incidents").out) == listed(added, "incidents")
    assert ids(added("export", "csv", "incidents", "--harm", "injured").out) == listed(
        added, "incidents", "--harm", "injured"
    )


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "xlsx", "parquet", "hxl", "sqlite"])
def test_every_format_goes_to_a_file(added: Run, form: str) -> None:
    ended = added("export", form, "incidents", "-o", f"out.{form}")
    assert (ended.code, ended.out) == (0, ""), ended.err
    assert f"written to out.{form}" in ended.err
    assert Path(f"out.{form}").stat().st_size > 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["export", "parquet"], "name it with --output"),
        (["export", "csv", "claims", "incidents"], "csv holds one table"),
        (["export", "csv", "incidents", "--policy", "best"], "there is no policy 'best'"),
        (["export", "csv", "-o", "none/out.csv"], "cannot write none/out.csv"),
        (["export", "geojson", "estimates"], "no places of their own"),
        (["export", "csv", "claims", "--actor", "army"], "claims cannot be asked for by --actor"),
        (["export", "csv", "events", "--harm", "killed"], "events cannot be asked for by --harm"),
        (["export", "csv", "--mode", "gently"], "--mode 'gently' is none"),
        (["export", "csv", "--as", "plover"], "write them as jsonl"),
        (["export", "jsonl", "claims", "--as", "plover"], "is about events"),
    ],
)
def test_what_cannot_be_written_is_one_line(added: Run, typed: list[str], told: str) -> None:
    ended = added(*typed)
    assert ended.code == 2
    assert told in ended.err
    assert len(ended.error_lines) == 1


def test_a_table_that_comes_back_as_it_was_decides_nothing(added: Run) -> None:
    for form in ("csv", "xlsx", "jsonl"):
        assert added("export", form, "-o", f"claims.{form}").code == 0
        ended = added("decide", "--from", f"claims.{form}", "--who", "ann")
        assert (ended.code, ended.out) == (0, "")
        assert "nothing is changed in" in ended.err
    assert added("decisions", "--format", "json").out == ""


def change(path: str, *edits: tuple[int, str, str]) -> None:
    """Type into some cells of a CSV file: row from 0, column, text."""
    with Path(path).open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    for row, column, text in edits:
        read[row][column] = text
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(read[0]))
        writer.writeheader()
        writer.writerows(read)


def test_changes_are_shown_then_signed_then_stand(added: Run) -> None:
    assert added("export", "csv", "-o", "claims.csv").code == 0
    change("claims.csv", (0, "low", "15"), (1, "place", "Sukkari"))
    shown = added("decide", "--from", "claims.csv", "--who", "ann", "--why", "by hand", "--yes")
    assert shown.code == 0, shown.err
    assert "2 decisions recorded" in shown.err
    assert "Sukkari" in shown.out
    stand = list(csv.DictReader(io.StringIO(added("export", "csv").out)))
    assert (stand[0]["low"], stand[0]["corrected"], stand[0]["reviewed"]) == ("15", "count", "ann")
    assert (stand[1]["place"], stand[1]["latitude"]) == ("Sukkari", "")
    assert "by hand" in added("decisions").out


def test_a_second_correction_takes_the_place_of_the_first(added: Run) -> None:
    for low in ("15", "16"):
        assert added("export", "csv", "-o", "claims.csv").code == 0
        change("claims.csv", (0, "low", low))
        assert added("decide", "--from", "claims.csv", "--who", "ann", "--yes").code == 0
    ended = added("decisions")
    assert "contradiction" not in ended.err
    first, *_ = csv.DictReader(io.StringIO(added("export", "csv").out))
    assert first["low"] == "16"


def test_nothing_is_recorded_until_all_rows_pass(added: Run) -> None:
    assert added("export", "csv", "-o", "claims.csv").code == 0
    change("claims.csv", (0, "low", "15"), (1, "harm", "hurt"), (2, "id", "clm-none"))
    ended = added("decide", "--from", "claims.csv", "--who", "ann", "--yes")
    assert ended.code == 2
    assert "row 3, column harm" in ended.err
    assert "row 4, column id: no claim clm-none stands" in ended.err
    assert added("decisions", "--format", "json").out == ""
    partly = added("decide", "--from", "claims.csv", "--who", "ann", "--yes", "--partial")
    assert "1 decision recorded" in partly.err
    (made,) = [json.loads(line) for line in added("decisions", "--format", "json").out.splitlines()]
    assert (made["slot"], made["ruling"]) == ("count", "correct")


def test_rows_can_be_rejected(added: Run) -> None:
    first = ids(added("export", "csv").out)[0]
    Path("few.csv").write_text(f"id,ruling,why\n{first},reject,told twice\n", encoding="utf-8")
    assert added("decide", "--from", "few.csv", "--who", "ann", "--yes").code == 0
    assert first not in ids(added("export", "csv").out)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["decide", "--who", "ann"], "name a ruling"),
        (["decide", "confirm", "clm-1", "--from", "a.csv", "--who", "ann"], "name a ruling"),
        (["decide", "--from", "a.csv", "--who", "ann"], "cannot read a.csv"),
        (["decide", "--from", "a.csv"], "a decision is signed"),
    ],
)
def test_what_cannot_be_decided_is_one_line(added: Run, typed: list[str], told: str) -> None:
    ended = added(*typed)
    assert ended.code == 2
    assert told in ended.err
