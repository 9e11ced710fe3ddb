"""Reading on worker processes: what this process would read, document by document and in order."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeGuard, TypeVar

from cairn.claims import Extraction
from cairn.crew import Crew, Lost, Trade, gather_crew
from cairn.documents import Piece, load_piece
from cairn.gazetteer import open_gazetteer
from cairn.pipeline import Reader, Tools, open_tools, read_documents
from cairn.records import Document, Skipped

SECONDS = 20
CHARS_A_SECOND = 1_000
"""Processor time that a document may take: so much, and a second for so many characters. That is more than
ten times what reports take."""

MOST_MEMORY = 4 << 30
"""Address space of a worker, in bytes. A usual one takes a third of it, and of memory a tenth."""

BATCH_DOCUMENTS = 16
"""Documents that are read together: the sentences of all fill the model's batches."""

Task = Document | Piece
"""What a worker reads: a document, or one as it came out of a file."""

Read = tuple[Document, Extraction] | Skipped
"""What came of it."""

Other = TypeVar("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says of texts that do not say it themselves, see ``load_documents``."""

    published: dt.date | None = None
    outlet: str | None = None


@contextmanager
def open_reader(workers: int, progress: Callable[[str], None] | None = None) -> Iterator[Reader]:
    """Open processes that read documents; they end with the context.

    A document that ends its process, or takes far more time or memory than any report does, is skipped with
    a reason.

    Args:
        workers: how many processes, at least 1; each opens the tools of reading once.
        progress: called with one line a step while the index of places is built, which its first use does.

    Raises:
        InputError: the tools cannot be opened; from the reader, when it is first used.
    """
    open_gazetteer(progress=progress)  # built once here, before all look for it
    with gather_crew(reading_trade(), workers) as crew:
        yield partial(_read_all, crew)


def reading_trade(given: Given | None = None) -> Trade[Task, Read]:
    """Return what workers do that read.

    Args:
        given: what the user says of pieces.
    """
    return Trade(
        name="read reports",
        learn=partial(_learn, given or Given()),
        takes=_is_task,
        weigh=_weigh,
        seconds=_seconds,
        memory=MOST_MEMORY,
        batch=BATCH_DOCUMENTS,
        jointly=True,
    )


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def why_lost(task: Task, lost: Lost) -> Skipped:
    """Return why a document is skipped whose worker is gone."""
    if lost.seconds is not None:
        reason = f"takes more than {lost.seconds:.0f} s to read; give its parts as reports of their own"
    else:
        reason = "ended the process that read it, perhaps for want of memory; give its parts as reports"
    return Skipped(
        document_id=task.id, reason=f"{task.name if isinstance(task, Piece) else task.id} {reason}"
    )


def _read_all(
    crew: Crew[Task, Read], documents: Iterable[Document | Other], /
) -> Iterator[tuple[Document, Extraction] | Skipped | Other]:
    for item, came in crew.run(documents):
        if not isinstance(item, Document):
            yield item
        elif isinstance(came, Lost):
            yield why_lost(item, came)
        elif came is not None:
            yield came


def _learn(given: Given) -> Callable[[Sequence[Task]], Iterator[Read]]:
    tools = open_tools(threads=1)  # as many processors are used as there are workers
    return partial(_read, tools=tools, given=given)


def _read(tasks: Sequence[Task], tools: Tools, given: Given) -> Iterator[Read]:
    def document(task: Task) -> Document | Skipped:
        if isinstance(task, Document):
            return task
        return load_piece(task, published=given.published, outlet=given.outlet)

    found: Iterator[Read] = read_documents(map(document, tasks), tools)
    return found


def _is_task(item: object) -> TypeGuard[Task]:
    return isinstance(item, Document | Piece)


def _weigh(task: Task) -> int:
    return len(task.body if isinstance(task, Piece) else task.text)


def _seconds(task: Task) -> int:
    return SECONDS + _weigh(task) // CHARS_A_SECOND
