"""Spark: the splits of a long run are read by its executors, part by part, as on one machine.

Executors write parts as this process would, into a folder that all machines see. A split that is lost with an
executor is begun again by another one, which finds the parts that are there.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import cache
from typing import TYPE_CHECKING

from cairn.crew import Crew
from cairn.documents import Split
from cairn.engine.extracting import Order, Plan, extract_splits
from cairn.engine.parts import Part
from cairn.engine.reading import Given, Read, Task, reading_trade
from cairn.engine.session import open_session, spark_at_work
from cairn.errors import CairnError, InputError
from cairn.installed import describe_run

if TYPE_CHECKING:
    import pyarrow as pa

_TASK = "task binary"
_TOLD = "part string, problem string"
"""What an executor is given and what it tells back, as Spark writes it."""


def extract_on_spark(order: Order, plan: Plan, master: str) -> Iterator[Part]:
    """Read what a plan holds on Spark; yield the parts when all are written.

    Args:
        order: what to do; its folder and the inputs are where all executors see them.
        plan: what there is to read.
        master: of Spark, see ``open_session``.

    Raises:
        InputError: there is no Java or no pyspark; Spark cannot be reached, or gave up; an executor has
            another model or lexicon, or cannot write the folder.
    """
    if not plan.splits:
        return
    order = replace(order, folder=order.folder.absolute())
    tasks = [(bytearray(pickle.dumps((_absolute(split), order))),) for split in plan.splits]
    with open_session(master) as session, spark_at_work():
        context = session.sparkContext
        frame = session.createDataFrame(context.parallelize(tasks, len(tasks)), _TASK)
        told = frame.mapInArrow(_read_tasks, _TOLD).collect()
    for part, problem in told:
        if problem:
            raise InputError(problem)
        yield Part(**json.loads(part))


def _absolute(split: Split) -> Split:
    """Return a split whose files are found from wherever an executor works."""
    return replace(split, entries=tuple(replace(each, path=each.path.absolute()) for each in split.entries))


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
