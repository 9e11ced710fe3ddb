"""Hands on Spark: the same incidents and the same copies as here, from executors that are processes apart."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from cairn.engine import spark_hands
from cairn.errors import RecordError
from cairn.hands import many_hands, own_hands
from cairn.installed import digest_code
from engine.test_spark import executors

HAS_SPARK = shutil.which("java") and pytest.importorskip("pyspark", reason="pyspark is not installed")
TOWNS = ("Kano", "Homs", "Mykolaiv", "Goma", "Mocoa")

RUN = """
import json, os, sys
from cairn.documents import CopyIndex, add_documents, find_copies
from cairn.documents.copies import find, index
from cairn.engine import open_spark_hands
from cairn.hands import own_hands
from cairn.incidents import screening
from cairn.pipeline import link_reports
from cairn.records import Document
from engine.test_spark_hands import processes, reports

screening.ROWS, screening.WIDTH, screening.TOGETHER = 4, 8, 2  # so that there are many tasks
find.BATCH, index.CHUNK = 5, 7
told = reports()
documents = [each.document for each in told]

def linked(hands):
    found = link_reports(told, hands=hands)
    copies = list(find_copies(add_documents(CopyIndex(), documents, hands=hands), hands=hands))
    return found, copies

with open_spark_hands("local-cluster[2,1,1024]") as hands:
    there = linked(hands)
    workers = list(hands(processes, range(40)))
here = linked(own_hands)
json.dump({
    "same incidents": there[0] == here[0],
    "same copies": there[1] == here[1],
    "incidents": len(here[0].incidents),
    "of several": sum(len(each.documents) > 1 for each in here[0].incidents),
    "copies": len(here[1]),
    "order": [number for number, _, _ in workers],
    "processes": len({process for _, process, _ in workers} - {os.getpid()}),
    "executors": len({parent for _, _, parent in workers}),
}, sys.stdout)
"""


def reports() -> list[object]:
    """Return three reports on each of twenty attacks, which repeat each other's words."""
    from cairn.records import Place
    from incidents.made import claim, on, told

    made = []
    for number in range(60):
        town, turn = number % 5, number // 5 % 4
        place = Place(name=TOWNS[town], country="SY", latitude=10.0 + 4 * town, longitude=37.0, radius_km=3.0)
        killed, day = 11 + 7 * town + turn, 1 + 6 * turn
        words = (
            f"Shells hit the old market of {TOWNS[town]} before noon and killed {killed} people who had come "
            f"to buy bread there, said the head of hospital {town}, where the wounded were carried in."
        )
        text = words if number < 40 else f"{words} Report {number} heard no more of it that day."
        name = f"r{number:02}"
        made.append(told(name, claim(name, killed=killed, place=place, time=on(day)), day=day, text=text))
    return made  # type: ignore[return-value]


def processes(number: int) -> tuple[int, int, int]:
    """Return a number, and by which process of which other one it was taken."""
    import os
    import time

    time.sleep(0.05)
    return number, os.getpid(), os.getppid()


def refuse(number: int) -> int:
    raise RecordError(f"{number} is no record")


@pytest.mark.skipif(not HAS_SPARK, reason="no Java")
def test_executors_find_the_incidents_and_copies_that_this_process_finds(tmp_path: Path) -> None:
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", RUN],
        capture_output=True, text=True, timeout=600, check=False, cwd=tmp_path, env=environment(),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["same incidents"]
    assert found["same copies"]
    assert found["of several"] > 10
    assert found["copies"] > 10
    assert found["order"] == list(range(40))
    assert found["executors"] == 2
    assert found["processes"] >= 2


LONG = """
import json, sys
from cairn.engine import open_spark_hands
from engine.test_spark_hands import processes

with open_spark_hands("local-cluster[2,1,1024]") as hands:
    list(hands(processes, range(4)))
    print("begun", flush=True)
    print(json.dumps([number for number, _, _ in hands(processes, range(300))]))
"""


@pytest.mark.slow
@pytest.mark.skipif(not HAS_SPARK, reason="no Java")
def test_an_executor_that_is_killed_costs_nothing_but_time(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", LONG], stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment()
    ) as ran:
        assert ran.stdout
        assert ran.stdout.readline() == "begun\n"
        os.kill(executors()[0], signal.SIGKILL)
        assert json.loads(ran.stdout.readline()) == list(range(300))
    assert ran.returncode == 0


def environment() -> dict[str, str]:
    """Return the environment of a process that finds these tests, as its executors do."""
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path}


def told(do: object, code: str) -> list[dict[str, object]]:
    """Return what an executor tells of one task."""
    shared = SimpleNamespace(value=do)
    task = pa.record_batch([pa.array([pickle.dumps(7)])], names=["task"])
    return [row for batch in spark_hands._do_tasks(shared, code, [task]) for row in batch.to_pylist()]  # type: ignore[arg-type]


def test_an_executor_with_other_code_is_refused() -> None:
    assert told(str, "other") == [{"made": None, "problem": spark_hands.OTHER_CODE}]
    [row] = told(str, digest_code())
    assert pickle.loads(row["made"]) == "7"  # type: ignore[arg-type]  # noqa: S301


def test_a_fault_of_a_task_is_told_in_its_words() -> None:
    assert told(refuse, digest_code()) == [{"made": None, "problem": "7 is no record"}]


@pytest.mark.parametrize("hands", [own_hands, many_hands(2)])
def test_hands_keep_the_order_and_take_tasks_as_they_are_needed(hands: object) -> None:
    begun = []

    def tasks() -> object:
        for number in range(40):
            begun.append(number)
            yield number

    made = hands(str, tasks())  # type: ignore[operator]
    assert next(made) == "0"
    assert len(begun) < 10
    assert list(made) == [str(number) for number in range(1, 40)]
