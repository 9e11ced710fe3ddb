"""Long runs: inputs are read part by part into a folder, and a run that was cut off goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from cairn.crew import Crew, Lost, gather_crew
from cairn.documents import Columns, Piece, Refused, Split, find_splits, open_split
from cairn.engine.parts import (
    Part,
    drop_part,
    find_part,
    list_parts,
    open_folder,
    read_unread,
    receipt,
    unwritable,
    write_part,
)
from cairn.engine.reading import Given, Read, Task, reading_trade, why_lost
from cairn.errors import InputError
from cairn.records import Run, Skipped

PART_PIECES = 500
PART_BYTES = 32 << 20
"""Where a part ends: after some minutes of work on one processor, which is what a kill can cost; and before
what is held of it takes much memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a long run is to do.

    Attributes:
        folder: where parts are kept.
        run: the set-up that reads.
        given: what the user says of texts that do not say it themselves.
        columns: what the user says of tables.
    """

    folder: Path
    run: Run
    given: Given = field(default_factory=Given)
    columns: Columns = field(default_factory=Columns)


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to read.

    Attributes:
        splits: of the inputs.
        skipped: paths that lead to nothing.
    """

    splits: Sequence[Split]
    skipped: Sequence[Skipped]


def extract(order: Order, plan: Plan, workers: int) -> Iterator[Part]:
    """Read what a plan holds on processes of this machine; yield each part once it is safely written.

    Args:
        order: what to do, in a folder that is begun.
        plan: what there is to read.
        workers: processes that read, at least 1.

    Raises:
        InputError: the folder cannot be written, or the tools of reading cannot be opened.
    """
    with gather_crew(reading_trade(order.given), workers) as crew:
        yield from extract_splits(plan.splits, order, crew)


def extract_splits(splits: Sequence[Split], order: Order, crew: Crew[Task, Read]) -> Iterator[Part]:
    """Read splits part by part; see ``extract``."""
    read: list[Read] = []
    lost: set[int] = set()
    for item, came in crew.run(_items(splits, order)):
        if isinstance(item, Part):
            yield item if item.known else write_part(order.folder, item, read, lost)
            read, lost = [], set()
        elif isinstance(item, Skipped):
            read.append(item)
        elif isinstance(item, Refused):
            read.append(Skipped(document_id=item.name, reason=f"{item.name} {item.reason}"))
        elif isinstance(came, Lost):
            lost.add(len(read))
            read.append(why_lost(item, came))
        elif came is not None:
            read.append(came)


@contextmanager
def begin(order: Order, paths: Sequence[str]) -> Iterator[Plan]:
    """Make a folder ready, keep other runs out of it, and look what there is to read.

    Raises:
        InputError: the folder cannot be used, another run is writing to it, or it holds what another set-up
            has read and this run does not read again.
    """
    found = list(find_splits(paths))
    splits = [each for each in found if isinstance(each, Split)]
    with _locked(order.folder):
        read_again = {each.base for each in splits}
        others = sum(
            part.run != order.run.id and part.base not in read_again for part in list_parts(order.folder)
        )
        if others:
            raise InputError(
                f"{order.folder} holds {others} parts that another model or lexicon read, of inputs that are "
                "not among these; give those too, or another --out"
            )
        open_folder(order.folder, order.run)
        yield Plan(splits, [each for each in found if isinstance(each, Skipped)])


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise InputError(f"another run is writing to {folder}; wait for it, or stop it") from error
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def drop_others(order: Order, plan: Plan, parts: set[str]) -> None:
    """Remove the parts that the inputs of a plan no longer have, when all of it was read.

    Args:
        order: of the run.
        plan: that was read.
        parts: names of what its inputs have now.
    """
    bases = {each.base for each in plan.splits}
    for part in list_parts(order.folder):
        if part.base in bases and part.name not in parts:
            drop_part(order.folder, part)


def _items(splits: Sequence[Split], order: Order) -> Iterator[Piece | Refused | Skipped | Part]:
    """Yield the pieces of each part that is not there yet, and behind them the part, whether known or not.

    Where only the model is another one, a piece that gave it nothing to read is skipped as before.
    """
    for split in splits:
        for number, pieces in enumerate(_cut(open_split(split, order.columns))):
            part = Part(
                base=split.base,
                split=split.number,
                number=number,
                content=_digest(pieces, order.given),
                run=order.run.id,
                rest=replace(order.run, model="").id,
                rows={},
            )
            there = find_part(receipt(order.folder, part))
            if there and replace(there, rows={}) == part:
                yield replace(there, known=True)
            else:
                same = there and (there.content, there.rest) == (part.content, part.rest)
                kept = read_unread(order.folder, there) if there and same else {}
                for place, piece in enumerate(pieces):
                    yield kept.get(place, piece)
                yield part


def _cut(pieces: Iterator[Piece | Refused]) -> Iterator[list[Piece | Refused]]:
    part: list[Piece | Refused] = []
    size = 0
    for piece in pieces:
        part.append(piece)
        size += len(piece.body) if isinstance(piece, Piece) else 0
        if len(part) >= PART_PIECES or size >= PART_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _digest(pieces: Sequence[Piece | Refused], given: Given) -> str:
    """Return a digest of all of pieces that bears on what is read in them."""
    total = hashlib.sha256(json.dumps([str(given.published), given.outlet]).encode())
    for piece in pieces:
        if isinstance(piece, Refused):
            told: list[object] = [piece.name, piece.reason]
        else:
            latest = piece.moment.date().isoformat() if piece.address.startswith("http") else None
            told = [piece.id, piece.form, latest, piece.charset, piece.encoding, piece.columns]
            told += [piece.date_form, piece.notes, hashlib.sha256(piece.body).hexdigest()]
        total.update(json.dumps(told).encode())
    return total.hexdigest()
