"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import cairn.cli
import cairn.cli.shared
import cairn.pipeline
import cairn.readings.parser
from cairn.gazetteer import Gazetteer
from cairn.pipeline import open_tools
from cli.kano import REPORT, TEXT, lines
from properties.laws import validator
from running import Run

FRENCH = (
    "Le maire a déclaré lundi que douze civils avaient été tués lorsque des obus ont frappé le marché de la "
    "ville, et que les secours cherchaient encore des survivants sous les décombres."
)


# --- what is read -------------------------------------------------------------------------------------


def test_version_is_the_packages(run: Run) -> None:
    ended = run("version")
    assert (ended.code, ended.out) == (0, version("cairn-ledger") + "\n")
    assert run("--version") == ended


def test_without_a_command_the_help_names_all(run: Run) -> None:
    ended = run()
    assert {"read", "eval", "parse", "version"} <= set((ended.out + ended.err).split())
    assert "..." not in (ended.out + ended.err).replace("[ARGS]...", "")


def test_a_file_of_lines_is_read(run: Run, kano: Path) -> None:
    ended = run("read", kano, "--format", "json")
    assert ended.code == 0
    [read] = lines(ended.out)
    validator().validate(read)
    assert {key: read[key] for key in REPORT} == REPORT
    assert [(claim["harm"], claim["count"]["low"]) for claim in read["claims"]] == [
        ("killed", 12),
        ("injured", 3),
    ]
    assert ended.error_lines == ["1 document, 2 claims, 0 skipped"]


def test_every_value_of_the_json_shows_its_words(run: Run, kano: Path) -> None:
    [read] = lines(run("read", kano, "--format", "json").out)
    for claim in read["claims"]:
        for slot in ("count", "harm", "sources", "time", "place"):
            assert claim["evidence"][slot]
        shown = [TEXT[start:end] for start, end in claim["evidence"]["sources"]]
        assert set(claim["sources"]) <= set(shown)


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
def test_a_text_takes_date_and_outlet_from_the_options(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    ended = run(
        "read", tmp_path / name, "--published", "2021-07-14", "--outlet", "Harbour Wire", "--format", "json"
    )
    [read] = lines(ended.out)
    assert (read["id"], read["published"], read["outlet"]) == ("report", "2021-07-14", "Harbour Wire")
    assert read["claims"][0]["time"] == {"start": "2021-07-12", "end": "2021-07-12"}


def test_a_page_is_read(run: Run, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines()) * 3
    page = f"<html><body><article><h1>Market hit</h1>{paragraphs}</article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    ended = run("read", tmp_path / "page.html", "--format", "json")
    assert ended.code == 0
    assert any(claim["count"]["low"] == 12 for claim in lines(ended.out)[0]["claims"])


def test_packed_lines_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress(json.dumps(REPORT).encode()))
    assert lines(run("read", tmp_path / "many.jsonl.gz", "--format", "json").out)[0]["id"] == "kano-1"


def test_a_folder_is_read_in_order_of_names(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deeper/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    ended = run("read", tmp_path, "--format", "json")
    assert sorted(read["id"] for read in lines(ended.out)) == ["a", "b", "c"]
    assert ended.error_lines[-1] == "3 documents, 6 claims, 0 skipped"


@pytest.mark.parametrize("given", [TEXT.encode(), json.dumps(REPORT).encode()])
def test_standard_input_is_read(given: bytes, run: Run) -> None:
    [read] = lines(run("read", "-", "--format", "json", stdin=given).out)
    assert read["text"] == TEXT
    assert len(read["claims"]) == 2


def test_events_are_written_as_records_of_plover(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "kano.jsonl"
    path.write_text(json.dumps(REPORT), encoding="utf-8")
    ended = run("read", path, "--format", "plover")
    found = json.loads(ended.out.splitlines()[0])
    assert (ended.code, found["event"], found["date"]) == (0, ["ASSAULT"], "2021-07-12")
    assert found["coder"] == f"cairn {version('cairn-ledger')}"


def test_the_sample_is_read(run: Run) -> None:
    ended = run("read", "--sample", "--format", "json")
    assert ended.code == 0
    assert 8 <= len(lines(ended.out)) <= 10
    for read in lines(ended.out):
        validator().validate(read)


def test_reading_twice_prints_the_same(run: Run, kano: Path) -> None:
    assert run("read", kano, "--format", "json").out == run("read", kano, "--format", "json").out


# --- how it is shown ----------------------------------------------------------------------------------


def test_the_table_is_the_default_and_shows_bound_voice_and_day(run: Run, kano: Path) -> None:
    ended = run("read", kano)
    assert ended.code == 0
    assert "≥ 12" in ended.out
    assert "mayor" in ended.out
    assert "Reuters" in ended.out
    assert "12 Jul 2021" in ended.out
    assert "Kano" in ended.out


def test_the_page_is_self_contained(run: Run, kano: Path) -> None:
    page = run("read", kano, "--format", "html").out
    assert page.lower().startswith("<!doctype html>")
    assert "Content-Security-Policy" in page
    assert "At least 12 people were killed" in re.sub("<[^>]*>", "", page)
    assert page.count("http://") + page.count("https://") == page.count("http://www.w3.org/2000/svg")


def test_a_hostile_text_is_shown_as_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    evil = {
        **REPORT,
        "text": "Two men were killed <script>alert(1)</script> in Kano.",
        "title": "<img src=x>",
    }
    path.write_text(json.dumps(evil), encoding="utf-8")
    page = run("read", path, "--format", "html").out
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_output_goes_to_the_file_and_nothing_else_to_the_terminal(
    form: str, run: Run, kano: Path, tmp_path: Path
) -> None:
    out = tmp_path / "claims.out"
    ended = run("read", kano, "--format", form, "--output", out)
    assert (ended.code, ended.out) == (0, "")
    assert "12" in out.read_text(encoding="utf-8")
    assert ended.error_lines == ["1 document, 2 claims, 0 skipped"]


def test_output_of_json_is_utf8_with_unix_line_ends(run: Run, kano: Path, tmp_path: Path) -> None:
    run("read", kano, "--format", "json", "--output", tmp_path / "claims.jsonl")
    raw = (tmp_path / "claims.jsonl").read_bytes()
    assert raw.endswith(b"}\n")
    assert b"\r" not in raw


# --- bad input: one clear line, exit code 2 when nothing could be read ---------------------------------


def test_a_missing_path(run: Run, tmp_path: Path) -> None:
    ended = run("read", tmp_path / "none.txt")
    assert ended.code == 2
    assert ended.error_lines == [
        f"skipped: {tmp_path / 'none.txt'} does not exist; check the spelling and the folder you are in",
        "0 documents, 0 claims, 1 skipped",
    ]


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.txt", b"%PDF-1.7 \x00", "PDF"),
        ("a.txt", b"two men died\n" * 4_000_000, "larger than"),
        ("a.docx", b"PK", "not read"),
        ("a.jsonl", b"[1, 2]\n", "expected an object"),
        ("a.jsonl", b'{"id": "x"}\n', "no 'text'"),
        ("a.jsonl", b'{"id": "x", "text": 4}\n', "expected the report as a string"),
        ("a.jsonl", b"{\n", "is not JSON"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl.gz", b"no gzip", "gzip"),
        ("a.jsonl", b'{"id": "x", "text": "Two men died \\ud800 in Kano."}\n', "lone surrogate"),
        ("a.txt", FRENCH.encode(), "is in French, and only English can be read"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_is_one_line(name: str, raw: bytes, told: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    ended = run("read", tmp_path / name, "--format", "json")
    assert ended.code == 2
    assert ended.out == ""
    first, last = ended.error_lines
    assert first.startswith("skipped: ")
    assert name in first
    assert told in first
    assert last == "0 documents, 0 claims, 1 skipped"


def test_an_unreadable_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    ended = run("read", path)
    assert ended.code == 2
    assert "closed.txt cannot be read (permission denied)" in ended.err


def test_one_bad_document_never_stops_a_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    given = [
        "{",
        json.dumps(REPORT),
        json.dumps({"id": "f", "text": FRENCH}),
        json.dumps({**REPORT, "id": "k2"}),
    ]
    path.write_text("\n".join(given), encoding="utf-8")
    ended = run("read", path, tmp_path / "none.txt", "--format", "json")
    assert ended.code == 0
    assert [read["id"] for read in lines(ended.out)] == ["kano-1", "k2"]
    assert ended.error_lines[-1] == "2 documents, 4 claims, 3 skipped"
    assert "line 1" in ended.err
    assert "French" in ended.err
    assert "Traceback" not in ended.err


def test_another_encoding_is_detected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Two nurses — “both known” — were killed in Bouaké.".encode("cp1252"))
    ended = run("read", tmp_path / "old.txt", "--format", "json")
    assert ended.code == 0
    assert "Bouaké" in lines(ended.out)[0]["text"]


def test_what_encoding_was_assumed_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Two nurses — “both known” — were killed in Bouaké.".encode("cp1252"))
    assert "decoded as windows-1252" in run("read", tmp_path / "old.txt").err


def test_notes_are_said_before_the_closing_line_and_not_among_the_claims(run: Run, tmp_path: Path) -> None:
    given = [{**REPORT, "id": f"k{number}", "published": "14 July"} for number in range(22)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, given)), encoding="utf-8")
    ended = run("read", tmp_path / "many.jsonl", "--format", "json")
    assert [read["published"] for read in lines(ended.out)] == [None] * 22
    first, *_, more, last = ended.error_lines
    assert first == "k0: published is '14 July', no date such as 2024-05-31; left out"
    assert more == "… and 2 more noted"
    assert last == "22 documents, 44 claims, 0 skipped"
    assert len(ended.error_lines) == 22


def test_without_a_publication_date_relative_times_are_empty_and_never_today(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "undated.txt").write_text(TEXT, encoding="utf-8")
    [read] = lines(run("read", tmp_path / "undated.txt", "--format", "json").out)
    assert read["published"] is None
    assert [claim["time"] for claim in read["claims"]] == [None, None]


def test_without_a_publication_date_full_dates_stand(run: Run, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Two men were killed in Kano on 3 July 2021.", encoding="utf-8")
    [read] = lines(run("read", tmp_path / "undated.txt", "--format", "json").out)
    assert read["claims"][0]["time"] == {"start": "2021-07-03", "end": "2021-07-03"}


def test_why_a_time_is_empty_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Two men were killed in Kano on Monday.", encoding="utf-8")
    [read] = lines(run("read", tmp_path / "undated.txt", "--format", "json").out)
    assert "publi" in read["claims"][0]["reasons"]["time"]


# --- wrong use ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["read"], "nothing to read"),
        (["read", "--sample", "--published", "last week"], "is no date; write it as 2016-04-28"),
        (["read", "--sample", "--output", "/nowhere/at/all.html"], "cannot write /nowhere/at/all.html"),
        (["eval", "/nowhere/gold.jsonl"], "cannot read gold file /nowhere/gold.jsonl"),
        (["parse", " "], "nothing to parse"),
        (["parse", "Two men died.", "--output", "/nowhere/at/all.html"], "cannot write /nowhere/at/all.html"),
    ],
)
def test_wrong_use_is_one_line_and_code_2(arguments: list[str], told: str, run: Run) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    [line] = ended.error_lines
    assert line.startswith("cairn: ")
    assert told in line


@pytest.mark.parametrize(
    "arguments",
    [["read", "--sample", "--nonsense"], ["read", "--sample", "--format", "xml"], ["nonsense"], ["eval"]],
)
def test_what_no_option_is_called_is_code_2(arguments: list[str], run: Run) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "rror" in ended.err or "Usage" in ended.err


# --- what Cairn brings along is not there --------------------------------------------------------------


@pytest.mark.parametrize("harm", ["gone", "broken"])
def test_a_missing_or_broken_model_is_one_line(
    harm: str, run: Run, kano: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer
) -> None:
    model = tmp_path / "model"
    if harm == "broken":
        shutil.copytree(str(files("cairn.readings") / "model"), model)
        (model / "reading.onnx").write_bytes(b"cut off")
    monkeypatch.setattr(cairn.pipeline, "open_tools", open_tools)
    monkeypatch.setattr(cairn.pipeline, "open_gazetteer", lambda **_: gazetteer)
    monkeypatch.setattr(cairn.readings.parser, "files", lambda _: tmp_path)
    ended = run("read", kano)
    assert ended.code == 2
    [line] = ended.error_lines
    assert line.startswith("cairn: ")
    assert "reinstall Cairn" in line
    assert ended.out == ""


# --- as a process -------------------------------------------------------------------------------------


def test_the_module_runs_as_a_program_and_builds_its_places_once(kano: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cairn", "read", str(kano), "--format", "json"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}

    def once(seed: str) -> subprocess.CompletedProcess[str]:
        environment["PYTHONHASHSEED"] = seed
        return subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            env=environment,
            check=True,
        )

    first, second = once("1"), once("2")
    assert lines(first.stdout)[0]["id"] == "kano-1"
    assert second.stdout == first.stdout
    assert len(first.stderr.splitlines()) > 1
    assert second.stderr.splitlines() == ["1 document, 2 claims, 0 skipped"]


def test_a_reader_that_goes_away_is_no_error(kano: Path) -> None:
    script = f"'{sys.executable}' -m cairn read '{kano}' --format json --outlet '{'x' * 80_000}' | head -c 1"
    ended = subprocess.run(  # noqa: S602
        script, shell=True, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.stdout == "{"
    assert "Traceback" not in ended.stderr
