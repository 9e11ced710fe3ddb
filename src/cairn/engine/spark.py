"""Spark: the splits of a long run are read by its executors, part by part, as on one machine.

Executors write parts as this process would, into a folder that all machines see. A split that is lost with an
executor is begun again by another one, which finds the parts that are there.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cairn.crew import Crew
from cairn.documents import Split
from cairn.engine.extracting import Order, Plan, extract_splits
from cairn.engine.parts import Part
from cairn.engine.reading import Given, Read, Task, reading_trade
from cairn.errors import CairnError, InputError
from cairn.installed import describe_run

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_LOGGING = files("cairn.engine") / "log4j2.properties"
"""Keeps Spark from talking into what a command prints."""

_TASK = "task binary"
_TOLD = "part string, problem string"
"""What an executor is given and what it tells back, as Spark writes it."""


def extract_on_spark(order: Order, plan: Plan, master: str) -> Iterator[Part]:
    """Read what a plan holds on Spark; yield the parts when all are written.

    Args:
        order: what to do; its folder and the inputs are where all executors see them.
        plan: what there is to read.
        master: of Spark: "spark://host:7077", "yarn", or "local-cluster[2,1,1024]" for two executors here.

    Raises:
        InputError: there is no Java or no pyspark; Spark cannot be reached, or gave up; an executor has
            another model or lexicon, or cannot write the folder.
    """
    if not plan.splits:
        return
    session = _open_session(master)
    from pyspark.errors import PySparkException

    order = replace(order, folder=order.folder.absolute())
    tasks = [(bytearray(pickle.dumps((_absolute(split), order))),) for split in plan.splits]
    try:
        context = session.sparkContext
        frame = session.createDataFrame(context.parallelize(tasks, len(tasks)), _TASK)
        told = frame.mapInArrow(_read_tasks, _TOLD).collect()
    except (PySparkException, OSError) as error:
        raise _gave_up(error) from error
    except Exception as error:
        if type(error).__module__.startswith("py4j"):
            raise _gave_up(error) from error
        raise
    finally:
        session.stop()
    for part, problem in told:
        if problem:
            raise InputError(problem)
        yield Part(**json.loads(part))


def _absolute(split: Split) -> Split:
    """Return a split whose files are found from wherever an executor works."""
    return replace(split, entries=tuple(replace(each, path=each.path.absolute()) for each in split.entries))


def _gave_up(error: Exception) -> InputError:
    return InputError(
        f"Spark gave up ({_first_line(error)}); run the same command again: what is done is kept"
    )


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _open_session(master: str) -> SparkSession:
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which(os.path.join(home, "bin", "java")) if home else shutil.which("java")):
        raise InputError(
            "Spark needs Java 17 or newer, and none was found; install it (on Debian and Ubuntu: apt install "
            "openjdk-17-jre-headless), or say where it is with JAVA_HOME"
        )
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError("Spark needs pyspark; install it with pip install 'cairn-ledger[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # It warns of versions of pandas, which nothing here uses.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    try:
        return (
            SparkSession.builder.master(master)
            .appName("cairn extract")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={_LOGGING}")
            .getOrCreate()
        )
    except Exception as error:  # Java's errors come as whatever the bridge makes of them
        raise InputError(f"Spark cannot be started at {master} ({_first_line(error)})") from error


def _read_tasks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Read splits and tell which parts came of them. Runs in the executors."""
    for batch in batches:
        for task in batch.column(0).to_pylist():
            split, order = pickle.loads(task)  # noqa: S301 (from the process that started this run)
            try:
                _check(order)
                parts = extract_splits([split], order, _crew(order.given))
                yield _row([(json.dumps(asdict(part)), None) for part in parts])
            except CairnError as error:
                yield _row([(None, str(error))])


def _check(order: Order) -> None:
    """Refuse to read with another model or lexicon than the process that started this run has.

    Raises:
        InputError: they differ.
    """
    if _run_id() != order.run.id:
        raise InputError(
            "an executor has another version of Cairn, its model or its lexicon than this machine; "
            "install the same on all"
        )


@cache
def _run_id() -> str:
    return describe_run().id


@cache
def _crew(given: Given) -> Crew[Task, Read]:
    """Return the process that reads for this one, started once; it ends when this one does."""
    return Crew(trade=reading_trade(given), size=1)


def _row(told: list[tuple[str | None, str | None]]) -> pa.RecordBatch:
    import pyarrow as pa

    part, problem = zip(*told, strict=True) if told else ((), ())
    return pa.record_batch(
        [pa.array(part, pa.string()), pa.array(problem, pa.string())], names=["part", "problem"]
    )
