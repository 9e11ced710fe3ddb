"""The commands that keep a ledger: what a recorder types and sees, on the bundled sample."""

from __future__ import annotations

import csv
import io
import json
import shlex
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from cairn.pipeline import Tools
from running import Ended, Run, runner

SAMPLE = str(files("cairn") / "sample" / "aleppo.jsonl")


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, tools: Tools
) -> Run:
    """Run the command line in this process, in an empty folder."""
    monkeypatch.delenv("CAIRN_WHO", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cairn.cli.add.loaded_tools", lambda: tools)

    return runner(monkeypatch, capsys, columns=150)


@pytest.fixture
def added(run: Run) -> Run:
    assert run("add", SAMPLE).code == 0
    return run


def rows(ended: Ended) -> list[dict[str, object]]:
    assert ended.code == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


def test_adding_twice_adds_once(run: Run) -> None:
    first = run("add", SAMPLE)
    assert "10 documents added with" in first.err
    assert "cairn.db now holds" in first.err
    again = run("add", SAMPLE)
    assert "0 documents added with 0 claims and 0 events, 10 known already" in again.err
    assert len(rows(run("documents", "--format", "json"))) == 10


def test_claims_are_those_that_read_prints(added: Run) -> None:
    read = [claim["id"] for row in rows(added("read", SAMPLE, "--format", "json")) for claim in row["claims"]]  # type: ignore[attr-defined]
    assert [row["id"] for row in rows(added("claims", "--format", "json"))] == read


def test_a_table_shows_figures_with_who_says_them(added: Run) -> None:
    shown = added("claims", "--harm", "killed", "--place", "SY", "--limit", "5")
    assert shown.code == 0
    assert "≥ 14" in shown.out
    assert "(the report)" in shown.out
    assert "the first 5 of" in shown.err


def test_csv_opens_as_a_table(added: Run) -> None:
    found = list(csv.DictReader(io.StringIO(added("claims", "--format", "csv").out)))
    assert {"id", "harm", "low", "high", "place", "sources", "words", "document"} <= found[0].keys()
    assert all(row["words"] for row in found)


def test_incidents_and_documents_are_listed(added: Run) -> None:
    assert "airstrike" in added("incidents").out
    assert "27 Apr 2016" in added("documents").out
    assert len(rows(added("documents", "--text", "hospital", "--format", "json"))) < 10


def test_events_are_those_that_read_prints(added: Run) -> None:
    read = {event["id"] for row in rows(added("read", SAMPLE, "--format", "json")) for event in row["events"]}  # type: ignore[attr-defined]
    found = rows(added("events", "--format", "json"))
    assert {row["id"] for row in found} == read
    assert all(row["words"] for row in found)
    shown = added("events", "--type", "request", "--limit", "2")
    assert "Staffan de Mistura" in shown.out
    assert "the first 2 of" in shown.err


def test_what_was_read_elsewhere_is_kept_as_it_was_read(added: Run, tmp_path: Path) -> None:
    assert added("read", SAMPLE, "--format", "json", "-o", "read.jsonl").code == 0
    kept = added("add", "read.jsonl", "--as-read", "--ledger", "kept.db")
    assert "0 skipped" in kept.err
    for table in ("claims", "events"):
        own, other = (
            rows(added(table, "--format", "json", "--ledger", name)) for name in ("cairn.db", "kept.db")
        )
        exact = ("recorded_at", "radius_km")  # the published radius is rounded
        assert [{k: v for k, v in row.items() if k not in exact} for row in other] == [
            {k: v for k, v in row.items() if k not in exact} for row in own
        ]
    again = added("add", "read.jsonl", "--as-read", "--ledger", "kept.db")
    assert "0 documents added" in again.err
    report = json.loads(Path("read.jsonl").read_text(encoding="utf-8").splitlines()[0])
    report["events"][0]["evidence"].pop("actor", None)
    report["events"][0]["actor"] = "nobody of that name"
    Path("changed.jsonl").write_text(json.dumps(report) + "\n", encoding="utf-8")
    changed = added("add", "changed.jsonl", "--as-read", "--ledger", "changed.db")
    assert "is not at its span" in changed.err
    assert (
        len(rows(added("events", "--format", "json", "--ledger", "changed.db"))) == len(report["events"]) - 1
    )
    assert added("add", "read.txt", "--as-read").code == 2


def test_an_attack_leads_to_its_incident_and_back(added: Run) -> None:
    attack = next(
        row for row in rows(added("events", "--type", "assault", "--format", "json")) if row["incident"]
    )
    own = str(attack["incident"])
    assert attack["id"] in {row["id"] for row in rows(added("events", "--incident", own, "--format", "json"))}
    assert rows(added("claims", "--incident", own, "--format", "json"))


def test_an_event_is_corrected_as_a_claim_is(added: Run) -> None:
    id_ = str(rows(added("events", "--format", "json", "--limit", "1"))[0]["id"])
    made = added("decide", "correct", id_, "--slot", "actor", "--value", '"rebels"', "--who", "ann")
    assert made.code == 0, made.err
    row = rows(added("events", "--format", "json", "--limit", "1"))[0]
    assert (row["actor"], row["corrected"], row["reviewed"]) == ("rebels", "actor", "ann")
    refused = added("decide", "correct", id_, "--slot", "harm", "--value", "1", "--who", "ann")
    assert refused.code == 2
    assert "an event has no slot 'harm'" in refused.err


def test_a_decision_is_signed_and_followed(added: Run) -> None:
    id_ = str(rows(added("claims", "--format", "json", "--limit", "1"))[0]["id"])
    assert added("decide", "confirm", id_).code == 2
    assert added("decide", "confirm", id_, "--who", "ann").code == 0
    corrected = added(
        "decide", "correct", id_, "--slot", "place", "--value", '{"name": "Sarn"}', "--who", "bob"
    )
    assert corrected.code == 0, corrected.err
    row = rows(added("claims", "--format", "json", "--limit", "1"))[0]
    assert (row["place"], row["reviewed"], row["corrected"]) == ("Sarn", "bob", "place")
    assert added("decide", "reject", id_, "--who", "eve", "--why", "told twice").code == 0
    told = added("decisions")
    assert "contradiction" in told.err
    assert "told twice" in told.out
    assert id_ not in added("claims", "--format", "json").out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["decide", "bless", "clm-1", "--who", "a"], "'bless' is no ruling"),
        (["decide", "confirm", "clm-1", "--who", "a"], "holds no claim clm-1"),
        (["decide", "same-incident", "clm-1", "--who", "a"], "is about two claims, not 1"),
        (["decide", "correct", "clm-1", "--who", "a"], "names a slot; --slot"),
        (["decide", "withdraw", "clm-1", "--who", "a"], "takes back; --slot and --supersedes"),
        (["claims", "--as-of", "yesterday"], "is no date"),
        (["claims", "--ledger", "none.db"], "there is no ledger at none.db"),
        (["add"], "nothing to add"),
        (["documents", "--ledger", "cairn.db", "--failed"], "about an archive"),
        (["documents", "--archive", "x", "--text", "y"], "only a ledger's documents"),
        (["load", "none.jsonl", "--ledger", "new.db"], "cannot read none.jsonl"),
        (["backup", "cairn.db"], "is there already"),
        (["restore", "none.db"], "none.db does not exist"),
        (["restore", SAMPLE], "is no backup"),
        (["load", SAMPLE, "--ledger", "new.db"], "aleppo.jsonl: this is no dump"),
        (["erase", "none", "--who", "a", "--why", "b", "--yes"], "there is no document"),
    ],
)
def test_what_cannot_be_done_is_one_line(added: Run, typed: list[str], told: str) -> None:
    ended = added(*typed)
    assert ended.code == 2
    assert told in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_a_file_that_is_no_dump_makes_no_ledger(added: Run) -> None:
    Path("raw.jsonl").write_bytes(b"\xff\xfe\x00")
    assert added("load", "raw.jsonl", "--ledger", "new.db").error_lines == [
        "cairn: raw.jsonl: line 1 is no JSON: Expecting value: line 1 column 1 (char 0)"
    ]
    assert not Path("new.db").exists()


@pytest.mark.usefixtures("added")
@pytest.mark.parametrize("typed", [["claims", "--format", "csv"], ["export", "jsonl"]])
def test_a_reader_that_goes_away_is_no_error(typed: list[str]) -> None:
    command = shlex.join([sys.executable, "-m", "cairn", *typed])
    ended = subprocess.run(  # noqa: S602
        f"(sleep 0.1; {command}) | true", shell=True, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.stderr == ""


def test_as_of_a_day_before_anything_was_recorded(added: Run) -> None:
    assert rows(added("claims", "--as-of", "2016-05-03", "--format", "json")) == []


def test_verify_prints_a_head_that_holds_later(added: Run) -> None:
    verified = added("verify")
    assert verified.code == 0
    head = verified.out.strip()
    assert len(head) == 64
    assert added("verify", "--expect", head).code == 0
    wrong = added("verify", "--expect", "f" * 64)
    assert wrong.code == 1
    assert "head that was noted" in wrong.err


def test_a_ledger_moves_by_dump_and_by_backup(added: Run) -> None:
    assert added("dump", "-o", "all.jsonl").code == 0
    assert added("load", "all.jsonl", "--ledger", "other.db").code == 0
    assert added("backup", "kept.db").code == 0
    assert added("restore", "kept.db", "--ledger", "back.db").code == 0
    heads = {added("verify", "--ledger", name).out for name in ("cairn.db", "other.db", "back.db")}
    assert len(heads) == 1


def test_erased_words_are_told(added: Run) -> None:
    ended = added("erase", "wire-0427", "--who", "court", "--why", "order 7", "--name", "Aleppo", "--yes")
    assert ended.code == 0
    assert "words removed from 1 document" in ended.err
    assert "redacted on demand" in added("verify").err
    assert "█" in added("claims", "--document", "wire-0427").out


def test_rebuilding_changes_nothing(added: Run) -> None:
    before = added("claims", "--format", "json").out
    assert added("rebuild").code == 0
    assert added("claims", "--format", "json").out == before


def test_a_dossier_holds_positions_policies_and_quotes(added: Run) -> None:
    incidents = rows(added("incidents", "--format", "json"))
    largest = max(incidents, key=lambda row: int(str(row["documents"])))
    shown = added("incident", str(largest["id"]))
    assert shown.code == 0
    for words in (
        "who says what",
        "Médecins Sans Frontières",
        "under each policy",
        "acled",
        "part of another figure",
        "killed (child): who says what",
    ):
        assert words in shown.out
    assert "at least 14 people" in shown.out


def test_a_dossier_tells_what_fits_together_and_what_cannot_all_be_true(run: Run, tmp_path: Path) -> None:
    text = "Shelling killed 20 people in Aleppo, including 15 women and nine children, the ministry said."
    report = {"id": "harbour-1", "text": text, "published": "2016-05-04", "outlet": "Harbour Post"}
    (tmp_path / "harbour.jsonl").write_text(json.dumps(report) + "\n")
    assert run("add", "harbour.jsonl").code == 0
    fit = rows(run("incident", "--format", "json"))[0]["fit"]
    (found,) = fit["contradictions"]  # type: ignore[index]
    assert found["reason"].endswith(
        "leaves room for at most 20 killed; what is told of people among them comes to at least 24"
    )
    assert {claim["sentence"] for claim in found["claims"]} == {text}
    shown = run("incident").out
    assert "no number fits" in shown.split("what fits together")[1]
    assert found["reason"] in shown.split("cannot all be true")[1]


def test_a_name_that_an_incident_had_before_leads_to_it(added: Run) -> None:
    joined = next(
        row for row in rows(added("incidents", "--format", "json")) if int(str(row["documents"])) > 1
    )
    claims = rows(added("claims", "--incident", str(joined["id"]), "--format", "json"))
    apart = added("decide", "different-incident", str(claims[0]["id"]), str(claims[-1]["id"]), "--who", "ann")
    assert apart.code == 0
    parted = {str(row["id"]) for row in rows(added("incidents", "--format", "json"))}
    (decision,) = rows(added("decisions", "--format", "json"))
    taken_back = added(
        "decide", "withdraw", str(claims[0]["id"]), "--supersedes", str(decision["id"]), "--who", "ann"
    )
    assert taken_back.code == 0, taken_back.err
    (gone,) = parted - {str(row["id"]) for row in rows(added("incidents", "--format", "json"))}
    led = added("incident", gone)
    assert led.code == 0
    assert f"{gone} was joined with {joined['id']}" in led.err


def test_an_incident_that_is_none_is_one_line(added: Run) -> None:
    ended = added("incident", "inc-none")
    assert ended.code == 2
    assert "holds no incident inc-none" in ended.err


def test_the_public_sees_what_was_made_public_and_coarser(added: Run) -> None:
    assert rows(added("claims", "--public", "--format", "json")) == []
    first, second = [str(row["id"]) for row in rows(added("claims", "--format", "json", "--limit", "2"))]
    assert added("decide", "restrict", first, second, "--value", "public", "--who", "ann").code == 0
    shown = rows(added("claims", "--public", "--format", "json"))
    assert [row["id"] for row in shown] == [first, second]
    assert {row["latitude"] for row in shown} == {36.2}
    assert (
        added("decide", "restrict", first, "--slot", "place", "--value", "withheld", "--who", "ann").code == 0
    )
    hidden = rows(added("claims", "--public", "--format", "json"))[0]
    assert (hidden["place"], hidden["latitude"], hidden["country"]) == (None, None, "SY")
    finer = rows(added("claims", "--public", "--decimals", "3", "--format", "json"))[1]
    assert finer["latitude"] == 36.201


def test_people_who_cannot_be_the_same_are_one_figure_of_their_incident(run: Run, tmp_path: Path) -> None:
    text = "Seven militants and two soldiers were killed in a clash near Sinjar on Tuesday, the army said."
    report = {"id": "a", "text": text, "published": "2016-04-28", "outlet": "Northern Courier"}
    (tmp_path / "a.jsonl").write_text(json.dumps(report), encoding="utf-8")
    assert run("add", "a.jsonl").code == 0
    (incident,) = rows(run("incidents", "--format", "json"))
    assert (incident["killed_low"], incident["killed_high"], incident["claims"]) == (9, 9, 2)
