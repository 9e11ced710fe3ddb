"""Worker processes that read pieces side by side; a piece that kills or stalls one costs that piece alone."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TypeVar

from cairn.documents.pieces import HARD, Piece, read_piece
from cairn.errors import CairnError, DocumentError
from cairn.records import Document

PIECE_SECONDS = 30
"""Processor time that one piece may take. A page takes some hundredths of a second, a long PDF seconds."""

PATIENCE_SECONDS = 300.0
"""Time by the clock that one piece may take: on a machine busy with other things a page waits long."""

BATCH_PIECES = 16
BATCH_BYTES = 1 << 20
"""What is handed to a worker at once: enough that it seldom waits, little enough that memory stays flat."""

BATCHES_AHEAD = 2
"""Batches that wait for each worker."""

HELD_ITEMS, HELD_BYTES = 100, 1 << 26
"""Items, for each worker, and bytes that are held at most while one piece keeps those behind it waiting."""

_PIECES_OF_A_LIFE = 20_000
"""Pieces after which a worker is replaced: what libraries remember of pages is freed with it."""

_MOST_MEMORY = 2 << 30
"""Address space of a worker, in bytes, where the system can bound it; a usual one takes a tenth of that."""

_GOODBYE_SECONDS = 5.0

_READY = "ready"
"""What a worker says first."""

Read = Document | DocumentError
"""What came of a piece."""

Reader = Callable[[Piece], Read]
"""Reads one piece. It runs in the workers, so it is a function that has a name there, or a partial of one."""

Other = TypeVar("Other")


@dataclass(slots=True)
class _Batch:
    """Pieces with their places in the order; those before ``done`` have come back."""

    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    done: int = 0
    since: float = 0.0

    @property
    def full(self) -> bool:
        return (
            len(self.pieces) >= BATCH_PIECES or sum(len(each.body) for _, each in self.pieces) >= BATCH_BYTES
        )


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    batch: _Batch | None = None
    lived: int = 0
    ready: bool = False


@dataclass(slots=True)
class _Crew:
    size: int
    reader: Reader
    seconds: int
    patience_s: float
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[_Batch] = field(default_factory=deque)
    read: dict[int, Read] = field(default_factory=dict)
    held_bytes: int = 0

    @property
    def busy(self) -> list[_Worker]:
        return [worker for worker in self.workers if worker.batch]


def read_pieces(
    items: Iterable[Piece | Other],
    reader: Reader,
    *,
    workers: int,
    seconds: int = PIECE_SECONDS,
    patience_s: float = PATIENCE_SECONDS,
) -> Iterator[tuple[Piece | Other, Read | None]]:
    """Yield each piece with what was read in it, in the order given; whatever is no piece passes through.

    Items are taken as they are needed: some batches are held at a time, however many there are.

    Args:
        items: pieces as they come out of files, and what else is to keep its place among them.
        reader: reads a piece; what it raises ends its worker.
        workers: processes beside this one; 0 reads here, where a hostile piece can stall or end the run.
        seconds: processor time that a piece may take, where the system can bound it.
        patience_s: time by the clock that a piece may take, in seconds.
    """
    if not workers:
        for item in items:
            yield item, reader(item) if isinstance(item, Piece) else None
        return
    crew = _Crew(size=workers, reader=reader, seconds=seconds, patience_s=patience_s)
    try:
        yield from _in_order(crew, enumerate(items))
    finally:
        for worker in crew.workers:
            _end(worker)


def _in_order(
    crew: _Crew, items: Iterator[tuple[int, Piece | Other]]
) -> Iterator[tuple[Piece | Other, Read | None]]:
    held: deque[tuple[int, Piece | Other]] = deque()
    drained = False
    while held or not drained:
        while not drained and _has_room(crew, held) and not (held and _is_ready(crew, held[0])):
            drained = not _take_batch(crew, items, held)
            _hand_out(crew)
        while held and _is_ready(crew, held[0]):
            number, item = held.popleft()
            crew.held_bytes -= _weight(item)
            yield item, crew.read.pop(number, None)
        if held:
            _hand_out(crew)
            _listen(crew)


def _has_room(crew: _Crew, held: deque[tuple[int, Piece | Other]]) -> bool:
    waiting = len(crew.waiting) < crew.size * BATCHES_AHEAD
    return waiting and len(held) < crew.size * HELD_ITEMS and crew.held_bytes < HELD_BYTES


def _weight(item: object) -> int:
    return len(item.body) if isinstance(item, Piece) else 0


def _is_ready(crew: _Crew, item: tuple[int, Piece | Other]) -> bool:
    return not isinstance(item[1], Piece) or item[0] in crew.read


def _take_batch(
    crew: _Crew, items: Iterator[tuple[int, Piece | Other]], held: deque[tuple[int, Piece | Other]]
) -> bool:
    """Take items until there is a batch for a worker, or as many others; say whether there may be more."""
    batch = _Batch()
    for taken, (number, item) in enumerate(items, start=1):
        held.append((number, item))
        crew.held_bytes += _weight(item)
        if isinstance(item, Piece) and item.form in HARD:
            batch.pieces.append((number, item))
        elif isinstance(item, Piece):
            crew.read[number] = crew.reader(item)
        if batch.full or taken >= BATCH_PIECES:
            break
    else:
        if batch.pieces:
            crew.waiting.append(batch)
        return False
    if batch.pieces:
        crew.waiting.append(batch)
    return True


def _hand_out(crew: _Crew) -> None:
    """Give waiting batches to idle workers, starting workers until there are enough."""
    while crew.waiting:
        worker = next((each for each in crew.workers if each.batch is None), None)
        if worker is None:
            if len(crew.workers) >= crew.size:
                return
            worker = _start(crew)
            crew.workers.append(worker)
        batch = crew.waiting[0]
        try:
            if worker.lived >= _PIECES_OF_A_LIFE:
                raise OSError  # its time is over
            worker.line.send([piece for _, piece in batch.pieces])
        except OSError:  # or it died while it had nothing to do
            _dismiss(crew, worker)
            continue
        worker.batch, batch.since = batch, time.monotonic()
        worker.lived += len(batch.pieces)
        crew.waiting.popleft()


def _listen(crew: _Crew) -> None:
    """Wait for a worker and take in what it has read; replace those that died or stall."""
    busy = crew.busy
    longest = min(batch.since for worker in busy if (batch := worker.batch)) if busy else 0.0
    ready = wait([worker.line for worker in busy], max(0.0, longest + crew.patience_s - time.monotonic()))
    for worker in busy:
        batch = worker.batch
        if batch is None:
            continue
        if worker.line in ready:
            _take_in(crew, worker, batch)
        elif time.monotonic() - batch.since > crew.patience_s:
            _give_up(
                crew, worker, batch, f"takes more than {crew.patience_s:.0f} s to read; save its text as .txt"
            )


def _take_in(crew: _Crew, worker: _Worker, batch: _Batch) -> None:
    """Take in all that a worker has read by now."""
    try:
        while worker.line.poll():
            if not worker.ready:
                worker.ready = worker.line.recv() == _READY
                batch.since = time.monotonic()
                continue
            crew.read[batch.pieces[batch.done][0]] = worker.line.recv()
            batch.done, batch.since = batch.done + 1, time.monotonic()
            if batch.done == len(batch.pieces):
                worker.batch = None
                return
    except (EOFError, OSError):
        if not worker.ready:
            raise CairnError(
                "cannot start a process that reads pages; free some memory and try again"
            ) from None
        _give_up(crew, worker, batch, _last_words(worker, crew.seconds))


def _last_words(worker: _Worker, seconds: int) -> str:
    """Return why a worker that is gone has gone."""
    worker.process.join(_GOODBYE_SECONDS)
    if worker.process.exitcode == -getattr(signal, "SIGXCPU", 0):
        return f"takes more than {seconds} s to read; save its text as .txt"
    return "ended the process that read it, perhaps for want of memory; save its text as .txt"


def _give_up(crew: _Crew, worker: _Worker, batch: _Batch, reason: str) -> None:
    """Dismiss a worker, blame the piece that it was reading, and put the rest of its batch in front again."""
    crew.read[batch.pieces[batch.done][0]] = DocumentError(reason)
    if rest := batch.pieces[batch.done + 1 :]:
        crew.waiting.appendleft(_Batch(pieces=rest))
    _dismiss(crew, worker)


def _dismiss(crew: _Crew, worker: _Worker) -> None:
    crew.workers.remove(worker)
    _end(worker)


def _start(crew: _Crew) -> _Worker:
    # A fork would copy the parent's open database and the locks of its threads.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, crew.reader, crew.seconds), daemon=True)
    process.start()
    there.close()
    return _Worker(process=process, line=here)


def _end(worker: _Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _work(line: Connection, reader: Reader, seconds: int) -> None:
    """Read batches until the other end is closed. Runs in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the run, and its workers with it
    _bound_memory()
    with contextlib.suppress(EOFError, OSError):
        line.send(_READY)
        while True:
            for piece in line.recv():
                _allow(seconds)
                line.send(reader(piece))


def read_or_tell(piece: Piece, *, guess_date: bool) -> Read:
    """Return what is in a piece, or why there is nothing; a reader for ``read_pieces``.

    Args:
        piece: as it came.
        guess_date: look for a day of publication in the words when nothing else carries one.
    """
    try:
        return read_piece(piece, guess_date=guess_date)
    except DocumentError as error:
        return error
    except MemoryError:
        return DocumentError("needs more memory to be read than any report does; save its text as .txt")


def _allow(seconds: int) -> None:
    """Let this process have so much more processor time; it is ended when that is used up."""
    try:
        import resource  # not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, most))
    except (ImportError, ValueError, OSError):
        return


def _bound_memory() -> None:
    try:
        import resource  # not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > _MOST_MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, most))
    except (ImportError, ValueError, OSError):
        return
