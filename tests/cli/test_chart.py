"""``cairn chart`` as it is typed, on the bundled sample."""

from __future__ import annotations

import datetime as dt
import shutil
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cairn.documents import load_documents
from cairn.installed import describe_run
from cairn.ledger import Read, append_readings, open_ledger, rebuild
from cairn.pipeline import Tools, join_told, read_documents
from cairn.records import Document
from running import Run, runner

SAMPLE = str(files("cairn") / "sample" / "aleppo.jsonl")
MADE_AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
KINDS = ("toll", "positions", "policies", "days", "map")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> Path:
    """A ledger of the sample, read once."""
    path = tmp_path_factory.mktemp("sample") / "cairn.db"
    documents = [each for each in load_documents([SAMPLE]) if isinstance(each, Document)]
    with open_ledger(path, create=True) as ledger:
        for document, found in read_documents(documents, tools):
            read = Read(document=document, claims=found.claims, events=found.events, run=describe_run())
            list(append_readings(ledger, [read], lambda: MADE_AT))
        rebuild(ledger, join_told)
    return path


@pytest.fixture
def added(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, sample: Path
) -> Run:
    """Run the command line in a folder with a ledger of the sample."""
    monkeypatch.setenv("CAIRN_WHO", "ann")
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample, tmp_path)
    return runner(monkeypatch, capsys, columns=150)


def words(chart: str) -> str:
    return " ".join(ElementTree.fromstring(chart).itertext())  # noqa: S314 -- our own


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_with_what_it_is_made_from(added: Run, kind: str) -> None:
    shown = added("chart", kind)
    assert shown.code == 0
    told = words(shown.out)
    assert "A floor, not a count" in told
    assert "recorded by" in told
    assert added("chart", kind, "-o", f"{kind}.png").code == 0
    assert Path(f"{kind}.png").read_bytes().startswith(b"\x89PNG")


def test_filters_choose_what_is_drawn(added: Run) -> None:
    assert "4 incidents" in words(added("chart", "map").out)
    some = words(added("chart", "map", "--means", "small_arms").out)
    assert "1 incident," in some
    assert "Asked for: means small_arms." in some
    one = words(added("chart", "toll", "--speaker", "SANA").out)
    assert "gunfire" not in one
    assert "according to whom" in one
    by_rule = words(added("chart", "days", "--policy", "acled").out)
    assert "ACLED most conservative" in by_rule
    assert "Médecins" in words(added("chart", "toll", "--as-of", "2100-01-01").out)


def test_the_public_sees_public_claims_alone(added: Run) -> None:
    ended = added("chart", "map", "--public")
    assert ended.code == 2
    assert "no claim that is asked for is public" in ended.err
    ids = [line.split('"')[3] for line in added("claims", "--format", "json").out.splitlines()]
    for id_ in ids[:3]:
        assert added("decide", "restrict", id_, "--value", "public").code == 0
    drawn = words(added("chart", "positions", "--public").out)
    assert "From 3 claims" in drawn or "From 2 claims" in drawn or "From 1 claim" in drawn
    assert "Public claims alone" in words(added("chart", "map", "--public").out)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("toll", "--incident", "inc-none"), "holds no incident inc-none"),
        (("toll", "--harm", "abducted"), "no incident that is asked for"),
        (("days", "--policy", "ledger"), "the policy ledger gives no figure of killed"),
        (("days", "--policy", "best"), "there is no policy 'best'"),
        (("map", "--format", "png"), "png is written to a file"),
        (("map", "-o", "map.jpg"), "ends neither in .svg nor in .png"),
        (("map", "-o", "map.svg", "--format", "png"), "does not go with map.svg"),
        (("map", "-o", "none/map.png"), "cannot write"),
        (("days", "--since", "2016-04-27", "--until", "2016-04-01"), "no figure of killed"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(added: Run, typed: tuple[str, ...], told: str) -> None:
    shown = added("chart", *typed)
    assert shown.code == 2
    assert told in " ".join(shown.err.split())
