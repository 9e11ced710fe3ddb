"""Spark: the same files as on one machine, and an executor that is lost loses nothing."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest

from cairn.documents import find_splits
from cairn.engine import Order, spark
from cairn.records import Run
from engine.test_extracting import report, write

RUN = """
import sys
from cairn.documents import splits
splits.SPLIT_BYTES = 600
from cairn.cli import main
main()
"""
HAS_SPARK = shutil.which("java") and pytest.importorskip("pyspark", reason="pyspark is not installed")


def extract(news: Path, out: Path, *how: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, "extract", str(news), "--out", str(out), *how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603


def tables(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def test_without_java_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    news = write(tmp_path / "news.jsonl", report(0))
    ran = extract(news, tmp_path / "out", "--engine", "spark", "--master", "local[1]")
    told, _ = ran.communicate(timeout=300)
    assert ran.returncode == 2
    assert told.decode().startswith("cairn: Spark needs Java 17 or newer, and none was found; install it")
    assert len(told.decode().splitlines()) == 1


def test_an_executor_with_another_model_is_refused(tmp_path: Path) -> None:
    split = next(split for split in find_splits([str(write(tmp_path / "news.jsonl", report(0)))]))
    order = Order(folder=tmp_path / "out", run=Run(version="2", model="new", lexicon="new"))
    task = pa.record_batch([pa.array([pickle.dumps((split, order))])], names=["task"])
    [told] = spark._read_tasks([task])
    [row] = told.to_pylist()
    assert row["part"] is None
    assert "an executor has another version of Cairn" in row["problem"]


@pytest.mark.skipif(not HAS_SPARK, reason="no Java")
def test_spark_writes_what_this_machine_writes(tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", *(report(number % 5, killed=number + 2) for number in range(9)))
    here = extract(news, tmp_path / "here", "--workers", "1")
    ran_on_spark = extract(news, tmp_path / "spark", "--engine", "spark", "--master", "local[1]")
    for ran in (here, ran_on_spark):
        told, _ = ran.communicate(timeout=500)
        assert ran.returncode == 0, told.decode()
    assert len(tables(tmp_path / "here")) >= 15
    assert tables(tmp_path / "spark") == tables(tmp_path / "here")


@pytest.mark.slow
@pytest.mark.skipif(not HAS_SPARK, reason="no Java")
def test_an_executor_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    news = write(tmp_path / "news.jsonl", *(report(number % 5, killed=number + 2) for number in range(40)))
    ran_on_spark = extract(
        news, tmp_path / "spark", "--engine", "spark", "--master", "local-cluster[2,1,1024]"
    )
    for _ in range(6_000):
        if any((tmp_path / "spark" / "parts").glob("*.json")) or ran_on_spark.poll() is not None:
            break
        time.sleep(0.05)
    assert ran_on_spark.poll() is None
    victim = executors()[0]
    os.kill(victim, signal.SIGKILL)
    told, _ = ran_on_spark.communicate(timeout=600)
    assert ran_on_spark.returncode == 0, told.decode()
    here = extract(news, tmp_path / "here", "--workers", "2")
    here.communicate(timeout=500)
    assert tables(tmp_path / "spark") == tables(tmp_path / "here")


def executors() -> list[int]:
    """Return the processes of executors that this test has started."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            told = (process / "cmdline").read_bytes() if process.name.isdigit() else b""
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in told and is_ours(int(process.name)):
            found.append(int(process.name))
    return found


def is_ours(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
        process = int(stat.rsplit(")", 1)[1].split()[1])
    return False
