"""Hands: what does many tasks that do not depend on each other; this process, or others beside it.

Whoever has such tasks takes hands as an argument, and need not know where they are. Those on Spark are made
by ``cairn.engine``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Made = TypeVar("Made")

AHEAD = 2
"""Tasks for each process that are made before the first is done, so that none waits."""


class Hands(Protocol):
    """Does tasks, wherever."""

    def __call__(self, do: Callable[[Task], Made], tasks: Iterable[Task], /) -> Iterator[Made]:
        """Yield what ``do`` makes of each task, in their order.

        Args:
            do: a function of a module, or a partial of one, so that others can find it.
            tasks: each is made when it is asked for, or some ahead of the results.
        """
        ...


def own_hands(do: Callable[[Task], Made], tasks: Iterable[Task], /) -> Iterator[Made]:
    """Do tasks in this process, see ``Hands``."""
    yield from map(do, tasks)


def many_hands(workers: int) -> Hands:
    """Return the hands of so many processes beside this one, started anew for each run of tasks."""

    def do_all(do: Callable[[Task], Made], tasks: Iterable[Task], /) -> Iterator[Made]:
        # Fresh processes, not forks: forks of a process with threads may never come back.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            left = iter(tasks)
            begun: deque[Future[Made]] = deque(
                pool.submit(do, each) for each in islice(left, AHEAD * workers)
            )
            while begun:
                made = begun.popleft().result()
                begun.extend(pool.submit(do, each) for each in islice(left, 1))
                yield made

    return do_all
