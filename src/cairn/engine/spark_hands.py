"""Hands on Spark: tasks are done by its executors, and what comes of them is the same as here."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from cairn.engine.session import open_session, spark_at_work
from cairn.errors import CairnError, InputError
from cairn.hands import Hands
from cairn.installed import digest_code

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

WAVE = 8
"""Tasks for each of Spark's processors that are done before more are made: memory here stays bounded."""

OTHER_CODE = "an executor has another version of Cairn than this machine; install the same on all"

_TASK = "task binary"
_MADE = "made binary, problem string"

Task = TypeVar("Task")
Made = TypeVar("Made")


@contextmanager
def open_spark_hands(master: str) -> Iterator[Hands]:
    """Open the hands of Spark's executors.

    An executor that is lost is replaced by Spark, and its tasks are done again.

    Args:
        master: of Spark, see ``open_session``.

    Raises:
        InputError: Spark cannot be reached; or, from the hands, it gave up, or an executor has other code.
    """
    with open_session(master) as session:

        def do_all(do: Callable[[Task], Made], tasks: Iterable[Task], /) -> Iterator[Made]:
            return _do_all(session, do, tasks)

        yield do_all


def _do_all(session: SparkSession, do: Callable[[Task], Made], tasks: Iterable[Task]) -> Iterator[Made]:
    context = session.sparkContext
    with spark_at_work():
        shared = context.broadcast(do)
    left = iter(tasks)
    while wave := list(islice(left, WAVE * context.defaultParallelism)):
        rows = [(bytearray(pickle.dumps(task)),) for task in wave]
        with spark_at_work():
            frame = session.createDataFrame(context.parallelize(rows, len(rows)), _TASK)
            told = frame.mapInArrow(partial(_do_tasks, shared, digest_code()), _MADE).collect()
        for made, problem in told:
            if problem is not None:
                raise InputError(problem)
            yield pickle.loads(made)  # noqa: S301 (from the executors of this run)
    with spark_at_work():
        shared.destroy()


def _do_tasks(
    shared: Broadcast[Callable[[Task], Made]], code: str, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Do tasks. Runs in the executors.

    Args:
        shared: does them; opened here only once the code is known to be the same.
        code: digest of that of the process that started this run.
        batches: of tasks.
    """
    if _own_code() != code:
        yield _row(None, OTHER_CODE)
        return
    for batch in batches:
        for task in batch.column(0).to_pylist():
            try:
                made = shared.value(pickle.loads(task))  # noqa: S301 (from the process that started this run)
                yield _row(pickle.dumps(made), None)
            except CairnError as error:
                yield _row(None, str(error))


@cache
def _own_code() -> str:
    return digest_code()


def _row(made: bytes | None, problem: str | None) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.record_batch(
        [pa.array([made], pa.binary()), pa.array([problem], pa.string())], names=["made", "problem"]
    )
