"""Batches: work done here, or by other processes when there is much of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

AHEAD = 2
"""Batches for each process that are made before the first is done, so that none waits."""


def run_batches(function: Callable[[Given], Made], batches: Iterable[Given], workers: int) -> Iterator[Made]:
    """Yield what ``function`` makes of each batch, in their order.

    Args:
        function: of a module, so that other processes can find it.
        batches: each made when it is asked for, or a few ahead of the results.
        workers: processes; with 1 the work is done in this one.
    """
    if workers == 1:
        yield from map(function, batches)
        return
    # Fresh processes, not forks: forks of a process with threads may never come back.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        left = iter(batches)
        begun: deque[Future[Made]] = deque(
            pool.submit(function, each) for each in islice(left, AHEAD * workers)
        )
        while begun:
            made = begun.popleft().result()
            begun.extend(pool.submit(function, each) for each in islice(left, 1))
            yield made
