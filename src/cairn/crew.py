"""Worker processes that do tasks side by side, in order; a task that kills or stalls one is lost alone."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeGuard, TypeVar

from cairn.errors import CairnError

BATCH_BYTES = 1 << 20
"""What is handed to a worker at once at most: little enough that memory stays flat."""

BATCHES_AHEAD = 2
"""Batches that wait for each worker."""

HELD_ITEMS, HELD_BYTES = 100, 1 << 26
"""Items, for each worker, and bytes that are held at most while one task keeps those behind it waiting."""

START_SECONDS = 300.0
"""Time by the clock in which a worker must have learnt its trade, however busy the machine is."""

PATIENCE = 10
"""Time by the clock that a task may take, in times of the processor time that it may take."""

_GOODBYE_SECONDS = 5.0

_MOST_STILLBORN = 3
"""Workers in a row that end before they have learnt their trade, after which there is no use in more."""

_READY = "ready"
"""What a worker says first."""

Task = TypeVar("Task")
Result = TypeVar("Result")
Item = TypeVar("Item")
"""A task, or what only keeps its place among them."""

Do = Callable[[Sequence[Task]], Iterator[Result]]
"""Does some tasks; yields what came of each, in order. What it raises ends its worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade(Generic[Task, Result]):
    """What the workers of a crew do.

    Attributes:
        name: for messages: "read pages".
        learn: called once in each worker, returns what does the tasks. It is sent there, so it is a function
            that has a name in a module, or a partial of one. A ``CairnError`` that it raises ends the run.
        takes: says whether an item is a task; others only keep their place.
        weigh: a task's size in bytes.
        seconds: processor time that a task may take, where the system can bound it.
        memory: address space of a worker in bytes, where the system can bound it.
        batch: tasks that are handed to a worker at once.
        jointly: tasks of a batch are done together, so that only one that is alone can be blamed.
        life: tasks after which a worker is replaced: what libraries remember is freed with it.
    """

    name: str
    learn: Callable[[], Do[Task, Result]]
    takes: Callable[[object], TypeGuard[Task]]
    weigh: Callable[[Task], int]
    seconds: Callable[[Task], int]
    memory: int
    batch: int = 16
    jointly: bool = False
    life: int = 20_000
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing came of a task.

    Attributes:
        seconds: of the processor or the clock, after which it was given up; ``None``: it ended its worker.
    """

    seconds: float | None = None


@dataclass(slots=True)
class _Batch(Generic[Task]):
    """Tasks with their places in the order; those before ``done`` have come back."""

    tasks: list[tuple[int, Task]] = field(default_factory=list)
    weight: int = 0
    done: int = 0
    since: float = 0.0


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    line: Connection
    batch: _Batch[Task] | None = None
    lived: int = 0
    ready: bool = False


@dataclass(slots=True)
class Crew(Generic[Task, Result]):
    """Workers of one trade. They are started when there is work, and stay until the crew is dismissed."""

    trade: Trade[Task, Result]
    size: int
    _workers: list[_Worker[Task]] = field(default_factory=list)

    def run(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | Lost | None]]:
        """Yield each item with what came of it, in the order given; ``None`` for what is no task.

        Items are taken as they are needed: some batches are held at a time, however many there are.

        Raises:
            CairnError: workers cannot be started, or cannot learn their trade.
        """
        run = _Run(trade=self.trade, size=self.size, workers=self._workers)
        try:
            yield from _in_order(run, enumerate(items))
        finally:
            for worker in [each for each in self._workers if each.batch]:
                _dismiss(run, worker)

    @property
    def processes(self) -> list[int]:
        """Return the numbers of the processes that the system knows the workers by."""
        return [worker.process.pid or 0 for worker in self._workers]

    def dismiss(self) -> None:
        """End all workers."""
        while self._workers:
            _end(self._workers.pop())


@contextlib.contextmanager
def gather_crew(trade: Trade[Task, Result], size: int) -> Iterator[Crew[Task, Result]]:
    """Open a crew; its workers are ended with it.

    Args:
        trade: what they do.
        size: processes beside this one, at least 1.
    """
    crew = Crew(trade=trade, size=size)
    try:
        yield crew
    finally:
        crew.dismiss()


@dataclass(slots=True, kw_only=True)
class _Run(Generic[Task, Result]):
    trade: Trade[Task, Result]
    size: int
    workers: list[_Worker[Task]]
    waiting: deque[_Batch[Task]] = field(default_factory=deque)
    came: dict[int, Result | Lost | None] = field(default_factory=dict)
    held_bytes: int = 0
    stillborn: int = 0

    def weight(self, item: object) -> int:
        return self.trade.weigh(item) if self.trade.takes(item) else 0

    def seconds(self, batch: _Batch[Task]) -> list[int]:
        """Return what each task that is left of a batch may take of the processor's time."""
        left = [self.trade.seconds(task) for _, task in batch.tasks[batch.done :]]
        return [sum(left)] * len(left) if self.trade.jointly else left

    def ends(self, worker: _Worker[Task], batch: _Batch[Task]) -> float:
        """Return the moment at which a worker is given up."""
        patience = self.trade.patience * self.seconds(batch)[0] if worker.ready else START_SECONDS
        return batch.since + patience


def _in_order(
    run: _Run[Task, Result], items: Iterator[tuple[int, Item]]
) -> Iterator[tuple[Item, Result | Lost | None]]:
    held: deque[tuple[int, Item]] = deque()
    drained = False
    while held or not drained:
        while not drained and _has_room(run, held) and not (held and held[0][0] in run.came):
            drained = not _take_batch(run, items, held)
            _hand_out(run)
        while held and held[0][0] in run.came:
            number, item = held.popleft()
            run.held_bytes -= run.weight(item)
            yield item, run.came.pop(number)
            _listen(run, wanted=False)  # a worker that is done must not wait for whoever takes the results
            _hand_out(run)
        if held:
            _hand_out(run)
            _listen(run)


def _has_room(run: _Run[Task, Result], held: deque[tuple[int, Item]]) -> bool:
    waiting = len(run.waiting) < run.size * BATCHES_AHEAD
    return waiting and len(held) < run.size * HELD_ITEMS and run.held_bytes < HELD_BYTES


def _take_batch(
    run: _Run[Task, Result], items: Iterator[tuple[int, Item]], held: deque[tuple[int, Item]]
) -> bool:
    """Take items until there is a batch for a worker, or as many others; say whether there may be more."""
    batch: _Batch[Task] = _Batch()
    more = False
    for taken, (number, item) in enumerate(items, start=1):
        held.append((number, item))
        if run.trade.takes(item):
            batch.tasks.append((number, item))
            batch.weight += run.trade.weigh(item)
            run.held_bytes += run.trade.weigh(item)
        else:
            run.came[number] = None
        if taken >= run.trade.batch or batch.weight >= BATCH_BYTES:
            more = True
            break
    if batch.tasks:
        run.waiting.append(batch)
    return more


def _hand_out(run: _Run[Task, Result]) -> None:
    """Give waiting batches to idle workers, starting workers until there are enough."""
    while run.waiting:
        worker = next((each for each in run.workers if each.batch is None), None)
        if worker is None:
            if len(run.workers) >= run.size:
                return
            worker = _start(run.trade)
            run.workers.append(worker)
        batch = run.waiting[0]
        try:
            if worker.lived >= run.trade.life:
                raise OSError  # its time is over
            worker.line.send((run.seconds(batch), [task for _, task in batch.tasks]))
        except OSError:  # or it died while it had nothing to do
            _dismiss(run, worker)
            continue
        worker.batch, batch.since = batch, time.monotonic()
        worker.lived += len(batch.tasks)
        run.waiting.popleft()


def _listen(run: _Run[Task, Result], *, wanted: bool = True) -> None:
    """Take in what workers have done; replace those that died or stall.

    Args:
        run: some of its workers are busy.
        wanted: wait until there is something to take in.
    """
    busy = [(worker, batch) for worker in run.workers if (batch := worker.batch)]
    now = time.monotonic()
    longest = min((run.ends(*each) for each in busy), default=now) - now if wanted else 0.0
    ready = wait([worker.line for worker, _ in busy], max(0.0, longest))
    for worker, batch in busy:
        if worker.line in ready:
            _take_in(run, worker, batch)
        elif time.monotonic() > run.ends(worker, batch):
            _give_up(run, worker, batch, slow=True)


def _take_in(run: _Run[Task, Result], worker: _Worker[Task], batch: _Batch[Task]) -> None:
    """Take in all that a worker has done by now."""
    try:
        while worker.line.poll():
            said = worker.line.recv()
            batch.since = time.monotonic()
            if not worker.ready:
                if isinstance(said, CairnError):
                    raise said
                worker.ready, run.stillborn = True, 0
                continue
            run.came[batch.tasks[batch.done][0]] = said
            batch.done += 1
            if batch.done == len(batch.tasks):
                worker.batch = None
                return
    except (EOFError, OSError):
        if not worker.ready:
            run.stillborn += 1
            if run.stillborn >= _MOST_STILLBORN:
                raise CairnError(
                    f"cannot start a process to {run.trade.name}; free some memory and try again"
                ) from None
            run.waiting.appendleft(batch)
            _dismiss(run, worker)
            return
        worker.process.join(_GOODBYE_SECONDS)
        _give_up(run, worker, batch, slow=worker.process.exitcode == -getattr(signal, "SIGXCPU", 0))


def _give_up(run: _Run[Task, Result], worker: _Worker[Task], batch: _Batch[Task], *, slow: bool) -> None:
    """Dismiss a worker, blame the task that it was doing, and put the rest of its batch in front again.

    Of tasks that were done together nobody knows which is to blame: each is done again, alone.
    """
    left = batch.tasks[batch.done :]
    if run.trade.jointly and len(left) > 1:
        run.waiting.extendleft(_Batch(tasks=[each]) for each in reversed(left))
    else:
        run.came[left[0][0]] = Lost(run.seconds(batch)[0] if slow else None)
        if rest := left[1:]:
            run.waiting.appendleft(_Batch(tasks=rest))
    _dismiss(run, worker)


def _dismiss(run: _Run[Task, Result], worker: _Worker[Task]) -> None:
    run.workers.remove(worker)
    _end(worker)


def _start(trade: Trade[Task, Result]) -> _Worker[Task]:
    # A fork would copy the parent's open database and the locks of its threads.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, trade.learn, trade.memory), daemon=True)
    process.start()
    there.close()
    return _Worker(process=process, line=here)


def _end(worker: _Worker[Task]) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _work(line: Connection, learn: Callable[[], Do[Task, Result]], memory: int) -> None:
    """Do batches until the other end is closed. Runs in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the run, and its workers with it
    _bound_memory(memory)
    with contextlib.suppress(EOFError, OSError):
        try:
            do = learn()
        except CairnError as error:
            line.send(error)
            return
        line.send(_READY)
        while True:
            seconds, tasks = line.recv()
            done = iter(do(tasks))
            for allowed in seconds:
                _allow(allowed)
                line.send(next(done))


def _allow(seconds: int) -> None:
    """Let this process have so much more processor time; it is ended when that is used up."""
    try:
        import resource  # not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, most))
    except (ImportError, ValueError, OSError):
        return


def _bound_memory(most_bytes: int) -> None:
    try:
        import resource  # not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > most_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most))
    except (ImportError, ValueError, OSError):
        return
