"""Pages, PDF files and mails are read by worker processes; a piece that kills or stalls one is lost alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeGuard, TypeVar

from cairn.crew import PATIENCE, Lost, Trade, gather_crew
from cairn.documents.pieces import HARD, Piece, read_piece
from cairn.errors import DocumentError
from cairn.records import Document

PIECE_SECONDS = 30
"""Processor time that one piece may take. A page takes some hundredths of a second, a long PDF seconds."""

_MOST_MEMORY = 2 << 30
"""Address space of a worker, in bytes; a usual one takes a tenth of that."""

Read = Document | DocumentError
"""What came of a piece."""

Reader = Callable[[Piece], Read]
"""Reads one piece. It runs in the workers, so it is a function that has a name there, or a partial of one."""

Other = TypeVar("Other")


def read_pieces(
    items: Iterable[Piece | Other],
    reader: Reader,
    *,
    workers: int,
    seconds: int = PIECE_SECONDS,
    patience: float = PATIENCE,
) -> Iterator[tuple[Piece | Other, Read | None]]:
    """Yield each piece with what was read in it, in the order given; whatever is no piece passes through.

    Pieces that are easy to read, such as texts, are read in this process.

    Args:
        items: pieces as they come out of files, and what else is to keep its place among them.
        reader: reads a piece; what it raises ends its worker.
        workers: processes beside this one; 0 reads here, where a hostile piece can stall or end the run.
        seconds: processor time that a piece may take, where the system can bound it.
        patience: time by the clock that a piece may take, in times of that.
    """
    if not workers:
        for item in items:
            yield item, reader(item) if isinstance(item, Piece) else None
        return
    trade: Trade[Piece, Read] = Trade(
        name="read pages",
        learn=partial(_learn, reader),
        takes=_is_hard,
        weigh=_weigh,
        seconds=lambda _: seconds,
        memory=_MOST_MEMORY,
        patience=patience,
    )
    with gather_crew(trade, workers) as crew:
        for item, came in crew.run(items):
            if isinstance(came, Lost):
                yield item, _why(came)
            elif came is None and isinstance(item, Piece):
                yield item, reader(item)
            else:
                yield item, came


def _learn(reader: Reader) -> Callable[[Sequence[Piece]], Iterator[Read]]:
    return partial(map, reader)


def _is_hard(item: object) -> TypeGuard[Piece]:
    return isinstance(item, Piece) and item.form in HARD


def _weigh(piece: Piece) -> int:
    return len(piece.body)


def _why(lost: Lost) -> DocumentError:
    if lost.seconds is not None:
        return DocumentError(f"takes more than {lost.seconds:.0f} s to read; save its text as .txt")
    return DocumentError("ended the process that read it, perhaps for want of memory; save its text as .txt")


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
