"""``cairn release`` as it is typed, on the bundled sample."""

from __future__ import annotations

import csv
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cairn.pipeline import Tools
from running import Run, runner

SAMPLE = str(files("cairn") / "sample" / "aleppo.jsonl")
WRITTEN = {
    "claims.csv", "claims.jsonl", "claims.parquet", "claims.geojson", "incidents.csv", "incidents.jsonl",
    "events.csv", "events.jsonl", "events.parquet", "events.geojson",
    "incidents.parquet", "incidents.geojson", "incidents.hxl.csv", "estimates.csv", "estimates.jsonl",
    "estimates.parquet", "positions.csv", "positions.jsonl", "positions.parquet",
    "days.svg", "map.svg", "ledger.xlsx", "ledger.db", "ledger.metadata.json", "README.md", "CHANGES.md",
    "datapackage.json", "SHA256SUMS",
}  # fmt: skip


@pytest.fixture
def added(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, tools: Tools
) -> Run:
    """Run the command line in a folder with a ledger of the sample, most of it public."""
    monkeypatch.setenv("CAIRN_WHO", "ann")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cairn.cli.add.loaded_tools", lambda: tools)
    run = runner(monkeypatch, capsys, columns=150)
    assert run("add", SAMPLE).code == 0
    return run


def publish(run: Run, *ids: str, level: str = "public") -> None:
    assert run("decide", "restrict", *ids, "--value", level).code == 0


def claims(run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("claims", "--format", "json").out.splitlines()]


def test_nothing_is_released_that_is_not_public(added: Run) -> None:
    ended = added("release", "out", "--licence", "CC-BY-4.0")
    assert ended.code == 2
    assert "no claim is public yet" in ended.err
    assert not Path("out").exists()


def test_a_release_holds_everything_and_its_sums_are_right(added: Run) -> None:
    publish(added, *(row["id"] for row in claims(added)[:5]))
    ended = added("release", "out", "--licence", "CC-BY-4.0", "--name", "first")
    assert ended.code == 0, ended.err
    folder = Path("out/first")
    assert {path.name for path in folder.iterdir()} == WRITTEN
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["version"], package["licenses"]) == ("first", [{"name": "CC-BY-4.0"}])
    assert "floor and not a count" in package["description"]
    resources = {each["path"]: each for each in package["resources"]}
    with (folder / "claims.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 5
    assert [each["name"] for each in resources["claims.csv"]["schema"]["fields"]] == list(rows[0])
    assert resources["claims.csv"]["bytes"] == (folder / "claims.csv").stat().st_size
    assert "the first release" in (folder / "CHANGES.md").read_text(encoding="utf-8")
    assert "Published by ann under CC-BY-4.0" in (folder / "README.md").read_text(encoding="utf-8")


def test_the_next_one_tells_what_changed(added: Run) -> None:
    every = [row for row in claims(added) if row["incident"]]
    one = every[0]["incident"]
    own, others = (
        [row for row in every if row["incident"] == one],
        [row for row in every if row["incident"] != one],
    )
    publish(added, own[0]["id"], others[0]["id"])
    assert added("release", "out", "--licence", "CC0-1.0", "--name", "1").code == 0
    publish(added, *(row["id"] for row in own[1:]))
    publish(added, others[0]["id"], level="withheld")
    ended = added("release", "out", "--licence", "CC0-1.0", "--name", "2")
    assert "since 1: 0 new, 1 changed, 1 withdrawn incidents" in ended.err
    told = Path("out/2/CHANGES.md").read_text(encoding="utf-8")
    (changed,) = (line for line in told.splitlines() if line.startswith(f"- {one}: "))
    assert f"claims 1 → {len(own)}" in changed
    assert told.split("## Withdrawn")[1].strip() == f"- {others[0]['incident']}: 1 claim no longer public"
    again = added("release", "out", "--licence", "CC0-1.0", "--name", "2")
    assert again.code == 2
    assert "is there already" in again.err


def test_what_is_withdrawn_has_a_reason(added: Run) -> None:
    told = {row["incident"]: row["id"] for row in claims(added) if row["incident"]}
    rejected, joined, other = [*told][:3]
    publish(added, told[rejected], told[joined], told[other])
    assert added("release", "out", "--licence", "CC0-1.0", "--name", "1").code == 0
    assert added("decide", "reject", told[rejected]).code == 0
    assert added("decide", "same-incident", told[joined], told[other]).code == 0
    assert added("release", "out", "--licence", "CC0-1.0", "--name", "2").code == 0
    lines = Path("out/2/CHANGES.md").read_text(encoding="utf-8").split("## Withdrawn")[1].splitlines()
    assert f"- {rejected}: 1 claim rejected, or read otherwise" in lines
    assert {f"- {joined}: joined with {other}", f"- {other}: joined with {joined}"} & set(lines)


@pytest.mark.parametrize("name", ["../x", ".hidden", "a/b"])
def test_a_name_stays_in_its_folder(added: Run, name: str) -> None:
    ended = added("release", "out", "--licence", "CC0-1.0", "--name", name)
    assert ended.code == 2
    assert "cannot be the name of a release" in ended.err
