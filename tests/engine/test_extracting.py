"""Long runs: each part stands whole or not at all, nothing is read twice, and no set-ups are mixed."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cairn import engine
from cairn.claims import Extraction
from cairn.documents import load_documents
from cairn.engine import Given, Order, Part, begin, drop_others, extracting, load_extracted
from cairn.engine.parts import list_parts, read_part, write_part
from cairn.errors import InputError
from cairn.hands import Hands
from cairn.installed import describe_run
from cairn.ledger import Appended, open_ledger
from cairn.pipeline import Tools, read_documents
from cairn.records import Count, Document, Run, Skipped
from engine.here import Here
from running import runner

NOW = dt.datetime(2031, 3, 6, tzinfo=dt.UTC)
TOWNS = ("Kano", "Homs", "Mykolaiv", "Goma", "Mocoa")


def report(number: int, killed: int = 3) -> dict[str, object]:
    town = TOWNS[number]
    text = f"At least {killed} people were killed on Monday when shells hit a market in {town}, police said."
    return {"id": f"r{number}", "text": text, "published": "2031-03-05", "outlet": "Harbour Wire"}


def write(path: Path, *reports: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in reports), encoding="utf-8")
    return path


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    monkeypatch.setattr(extracting, "PART_PIECES", 2)
    return Order(folder=tmp_path / "out", run=describe_run())


def extracted(order: Order, tools: Tools, *paths: Path) -> tuple[list[Part], int]:
    """Run over some paths; return the parts, and how many reports were read for them."""
    crew = Here(order, tools)
    with begin(order, [str(path) for path in paths]) as plan:
        parts = list(extracting.extract_splits(plan.splits, order, crew))  # type: ignore[arg-type]
        drop_others(order, plan, {part.name for part in parts})
    return parts, crew.count


def kept(folder: Path) -> list[tuple[Document, Extraction] | Skipped]:
    return [each for part in list_parts(folder) for each in read_part(folder, part)]


def names(folder: Path) -> list[str]:
    return [each[0].id for each in kept(folder) if isinstance(each, tuple)]


def test_what_is_kept_is_what_was_read(order: Order, tools: Tools, tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", *map(report, range(5)), {"id": "bad"})
    extracted(order, tools, news)
    read = [
        (each[0], replace(each[1], dropped=())) if isinstance(each, tuple) else each
        for each in read_documents(load_documents([str(news)]), tools)
    ]
    assert kept(order.folder) == read
    assert any(each[1].claims and each[1].events for each in read if isinstance(each, tuple))


def test_columns_are_typed_and_join(order: Order, tools: Tools, tmp_path: Path) -> None:
    extracted(order, tools, write(tmp_path / "news.jsonl", report(0)))
    claims = pq.read_table(order.folder / "claims").to_pylist()
    [document] = pq.read_table(order.folder / "documents").to_pylist()
    assert {claim["document"] for claim in claims} == {document["document"]}
    assert claims[0]["count"]["low"] == 3
    assert claims[0]["place"]["country"] == "NG"
    assert document["published"] == dt.date(2031, 3, 5)


def test_a_run_goes_on_where_it_was_and_reads_only_what_is_new(
    order: Order, tools: Tools, tmp_path: Path
) -> None:
    news = write(tmp_path / "news.jsonl", *map(report, range(3)))
    assert [part.rows["documents"] for part in extracted(order, tools, news)[0]] == [2, 1]
    again, count = extracted(order, tools, news)
    assert (count, [part.known for part in again]) == (0, [True, True])
    write(news, *map(report, range(4)))
    assert extracted(order, tools, news)[1] == 2  # the part that has grown
    assert names(order.folder) == ["r0", "r1", "r2", "r3"]
    write(news, report(0), report(1, killed=7))
    assert extracted(order, tools, news)[1] == 2
    assert names(order.folder) == ["r0", "r1"]
    other = write(tmp_path / "other.jsonl", report(4))
    assert extracted(order, tools, other)[1] == 1
    assert sorted(names(order.folder)) == ["r0", "r1", "r4"]


def test_what_the_user_says_of_texts_is_part_of_them(order: Order, tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(str(report(0)["text"]), encoding="utf-8")
    extracted(order, tools, tmp_path / "note.txt")
    dated = replace(order, given=Given(published=dt.date(2031, 3, 5)))
    assert extracted(dated, tools, tmp_path / "note.txt")[1] == 1
    [(document, _)] = kept(order.folder)  # type: ignore[misc]
    assert document.published == dt.date(2031, 3, 5)


def test_set_ups_are_never_mixed(order: Order, tools: Tools, tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", *map(report, range(3)))
    other = write(tmp_path / "other.jsonl", report(4))
    extracted(order, tools, news)
    newer = replace(order, run=Run(version="2", model="new", lexicon="new"))
    with pytest.raises(InputError, match="2 parts that another model or lexicon read, of inputs"):
        extracted(newer, tools, other)
    crew = Here(newer, tools)
    with begin(newer, [str(news)]) as plan:
        next(extracting.extract_splits(plan.splits, newer, crew))  # type: ignore[arg-type]
    with (
        open_ledger(tmp_path / "cairn.db", create=True) as ledger,
        pytest.raises(InputError, match="1 parts that another model or lexicon read; run the same"),
    ):
        list(load_extracted(ledger, order.folder, lambda: NOW))
    assert extracted(newer, tools, news)[1] == 1
    assert {part.run for part in list_parts(order.folder)} == {newer.run.id}


def test_another_model_reads_again_only_what_gave_it_something_to_read(
    order: Order, tools: Tools, tmp_path: Path
) -> None:
    german = "Mindestens drei Menschen wurden am Montag getötet, als Granaten einen Markt trafen."
    lost = {"id": "slow", "text": str(report(3)["text"]), "published": "2031-03-05"}
    news = write(tmp_path / "news.jsonl", {"id": "g", "text": german}, report(0), report(1), lost)

    def run_over(order: Order) -> int:
        crew = Here(order, tools, lost="slow")
        with begin(order, [str(news)]) as plan:
            list(extracting.extract_splits(plan.splits, order, crew))  # type: ignore[arg-type]
        return crew.count

    assert run_over(order) == 4
    before = kept(order.folder)
    newer = replace(order, run=replace(order.run, model="new"))
    assert run_over(newer) == 3
    assert kept(order.folder) == before
    assert {part.run for part in list_parts(order.folder)} == {newer.run.id}
    assert run_over(replace(newer, run=replace(newer.run, lexicon="new"))) == 4


@contextmanager
def full_disk(most_bytes: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_takes_no_more_is_one_line_and_keeps_what_is_done(
    order: Order, tools: Tools, tmp_path: Path
) -> None:
    news = write(tmp_path / "news.jsonl", *map(report, range(5)))
    with begin(order, [str(news)]) as plan:
        parts = extracting.extract_splits(plan.splits, order, Here(order, tools))  # type: ignore[arg-type]
        next(parts)
        with full_disk(2_000), pytest.raises(InputError, match=r"cannot write .*what is done is kept"):
            next(parts)
    assert names(order.folder) == ["r0", "r1"]
    assert not [path for path in order.folder.rglob(".*") if path.name != ".lock"]
    assert extracted(order, tools, news)[1] == 3


def test_another_run_and_other_folders_are_kept_off(order: Order, tools: Tools, tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", report(0))
    with begin(order, [str(news)]), pytest.raises(InputError, match="another run is writing"):
        extracted(order, tools, news)
    with pytest.raises(InputError, match="holds something else; name a new folder"):
        extracted(replace(order, folder=tmp_path), tools, news)
    with (
        open_ledger(tmp_path / "cairn.db", create=True) as ledger,
        pytest.raises(InputError, match="is no folder that cairn extract wrote"),
    ):
        list(load_extracted(ledger, tmp_path, lambda: NOW))


def test_a_count_beyond_all_people_is_left_out_with_a_reason(
    order: Order, tools: Tools, tmp_path: Path
) -> None:
    [(document, found)] = read_documents(load_documents([str(write(tmp_path / "n.jsonl", report(0)))]), tools)  # type: ignore[misc]
    beyond = replace(found, claims=(replace(found.claims[0], count=Count(low=2**64)),))
    part = Part(base="n", split=0, number=0, content="", run=order.run.id, rows={})
    with begin(order, []):
        written = write_part(order.folder, part, [(document, beyond)])
    assert (written.rows["claims"], written.rows["skipped"]) == (0, 1)


def test_a_ledger_takes_it_once(order: Order, tools: Tools, tmp_path: Path) -> None:
    extracted(order, tools, write(tmp_path / "news.jsonl", *map(report, range(3)), {"id": "bad"}))
    with open_ledger(tmp_path / "cairn.db", create=True) as ledger:
        loaded = list(load_extracted(ledger, order.folder, lambda: NOW))
        assert [each.claims for each in loaded if isinstance(each, Appended)] == [1, 1, 1]
        assert [each.document_id for each in loaded if isinstance(each, Skipped)] == ["news:4"]
        again = load_extracted(ledger, order.folder, lambda: NOW)
        assert all(each.known for each in again if isinstance(each, Appended))


def test_the_command_loads_a_folder_into_any_ledger(
    order: Order,
    tools: Tools,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = runner(monkeypatch, capsys, columns=200)
    extracted(order, tools, write(tmp_path / "news.jsonl", *map(report, range(3))))
    first = run("load", order.folder, "--ledger", tmp_path / "cairn.db")
    assert (first.code, first.error_lines[-2]) == (0, "3 documents loaded with 3 claims, 0 skipped")
    again = run("load", order.folder, "--ledger", tmp_path / "cairn.db")
    assert again.error_lines[-2] == "0 documents loaded with 0 claims, 3 known already, 0 skipped"


def test_the_command_links_a_folder_as_the_reports_in_it(
    order: Order,
    tools: Tools,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = runner(monkeypatch, capsys, columns=200)
    again = [{**report(number), "id": f"again{number}"} for number in range(3)]
    news = write(tmp_path / "news.jsonl", *map(report, range(3)), *again)
    extracted(order, tools, news)
    folder, file = (run("link", path, "--format", "json") for path in (order.folder, news))
    assert (folder.code, folder.out) == (0, file.out)
    assert folder.error_lines[-1] == "3 incidents, 3 of them told by several reports"


def test_commands_that_name_spark_let_it_compare(
    order: Order,
    tools: Tools,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = runner(monkeypatch, capsys, columns=200)
    news = write(tmp_path / "news.jsonl", *map(report, range(3)))
    extracted(order, tools, news)
    done: list[str] = []

    @contextmanager
    def counting(master: str) -> Iterator[Hands]:
        def count(do: Any, tasks: Any, /) -> Iterator[Any]:
            for task in tasks:
                done.append(master)
                yield do(task)

        yield count

    monkeypatch.setattr(engine, "open_spark_hands", counting)
    spark = ("--engine", "spark", "--master", "spark://head:7077")
    into = ("--ledger", tmp_path / "cairn.db")
    for command in (
        ("load", order.folder, *into),
        ("rebuild", *into),
        ("link", order.folder),
        ("copies", news),
    ):
        assert run(*command, *spark).code == 0
        assert done.pop() == "spark://head:7077"
        done.clear()


@pytest.mark.parametrize("command", [["link", "x"], ["copies", "x"], ["rebuild"], ["load", "x"]])
@pytest.mark.parametrize("half", [["--engine", "spark"], ["--master", "local[1]"]])
def test_spark_is_named_whole(
    command: list[str], half: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = runner(monkeypatch, capsys, columns=200)(*command, *half)
    assert (ended.code, len(ended.error_lines)) == (2, 1)
    assert "--engine spark and --master MASTER go together" in ended.err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["-", "--out", "new"], "standard input cannot be read again"),
        (["news.jsonl", "--out", "news.jsonl"], "cannot write news.jsonl"),
        (
            ["news.jsonl", "--out", "new", "--engine", "spark"],
            "--engine spark and --master MASTER go together",
        ),
        (["news.jsonl", "--out", "new", "--master", "local[2]"], "go together"),
        (["news.jsonl", "--out", "new", "--published", "today"], "is no date"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    typed: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "news.jsonl", report(0))
    ended = runner(monkeypatch, capsys, columns=200)("extract", *typed)
    assert ended.code == 2
    assert len(ended.error_lines) == 1
    assert told in ended.err


RUN = """
import sys
from cairn.engine import extracting
extracting.PART_PIECES = 2
from cairn.cli import main
main()
"""


def test_a_run_that_is_killed_goes_on_to_the_same_end(tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", *(report(number % 5, killed=number + 2) for number in range(24)))

    def start(out: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-c",
            RUN,
            "extract",
            str(news),
            "--out",
            str(tmp_path / out),
            "--workers",
            "1",
        ]
        return subprocess.Popen(command, stderr=subprocess.PIPE)  # noqa: S603

    def tables(out: str) -> dict[str, bytes]:
        return {
            str(path.relative_to(tmp_path / out)): path.read_bytes()
            for path in sorted((tmp_path / out).rglob("*.parquet"))
        }

    killed = start("killed")
    for _ in range(6_000):
        if any((tmp_path / "killed" / "parts").glob("*.json")) or killed.poll() is not None:
            break
        time.sleep(0.02)
    killed.kill()
    killed.communicate()
    done = len(list((tmp_path / "killed" / "parts").glob("*.json")))
    assert 0 < done <= 12
    _, told = start("killed").communicate(timeout=300)
    assert f"{done} of 12 parts done before" in told.decode()
    _, told = start("whole").communicate(timeout=300)
    assert "0 of 12 parts done before" in told.decode()
    assert tables("killed") == tables("whole")
