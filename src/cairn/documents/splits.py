"""Splits: inputs cut into stretches that can be read apart, on other processes or machines."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from cairn.documents.files import Columns, Stretch, open_pieces
from cairn.documents.inputs import STDIN, Input, Kind, find_inputs
from cairn.documents.pieces import Piece, Refused
from cairn.errors import InputError
from cairn.records import Skipped

SPLIT_BYTES = 8 << 20
"""Bytes of JSON Lines in a split: a few thousand reports, minutes of work."""

SPLIT_ROWS = 4_000
"""Rows of a Parquet file in a split at least, where its groups allow it."""

SPLIT_FILES = 500
"""Files of one report each in a split."""

_READ_BYTES = 1 << 20

_SINGLE = (Kind.TEXT, Kind.PAGE, Kind.PDF, Kind.MAIL)
"""Kinds of files that are one report each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A stretch of the inputs that is read by itself.

    Attributes:
        base: names the file, or the folder, that it is a stretch of: the same in every run over that path.
        number: of the stretch in it, from 0.
        entries: files to read; one where ``stretch`` says which part of it.
    """

    base: str
    number: int
    entries: tuple[Input, ...]
    stretch: Stretch | None = None


def find_splits(paths: Sequence[str]) -> Iterator[Split | Skipped]:
    """Yield all that ``paths`` lead to, cut into splits, in the order of ``load_documents``.

    JSON Lines and Parquet files are cut where they are long; web archives, mailboxes, packed lines and tables
    can be read from their start only and are a split each. Files of one report are put together.

    Raises:
        InputError: standard input is among the paths, which nobody can read twice.
    """
    if STDIN in paths:
        raise InputError("standard input cannot be read again when a run goes on; save it to a file first")
    entries = iter(find_inputs(paths))
    for (given, together), group in groupby(entries, key=_place):
        if together:
            files = (each for each in group if isinstance(each, Input))
            for number, some in enumerate(_some(files)):
                yield Split(base=_base(Path(given)), number=number, entries=some)
            continue
        for entry in group:
            if isinstance(entry, Skipped):
                yield entry
                continue
            for number, stretch in enumerate(_stretches(entry)):
                yield Split(base=_base(entry.path), number=number, entries=(entry,), stretch=stretch)


def open_split(split: Split, columns: Columns | None = None) -> Iterator[Piece | Refused]:
    """Yield what a split holds, as far as it can be read."""
    for entry in split.entries:
        yield from open_pieces(entry, columns=columns, stretch=split.stretch)


def _place(entry: Input | Skipped) -> tuple[str, bool]:
    """Return what an entry was found by, and whether it is put together with its neighbours."""
    if isinstance(entry, Skipped):
        return "", False
    return entry.given, entry.kind in _SINGLE


def _some(files: Iterator[Input]) -> Iterator[tuple[Input, ...]]:
    while some := tuple(islice(files, SPLIT_FILES)):
        yield some


def _base(path: Path) -> str:
    """Return a name for a path: readable, and different for different places."""
    real = os.path.realpath(path)
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] or "input"
    return f"{slug}-{hashlib.sha256(real.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _stretches(entry: Input) -> Iterator[Stretch | None]:
    try:
        size = entry.path.stat().st_size
    except OSError:
        size = 0  # whoever reads it says what is wrong
    if size <= SPLIT_BYTES or entry.kind not in (Kind.LINES, Kind.PARQUET):
        yield None
    elif entry.kind is Kind.LINES:
        yield from _cut_lines(entry.path)
    else:
        yield from _cut_groups(entry.path)


def _cut_lines(path: Path) -> Iterator[Stretch]:
    """Yield stretches of about ``SPLIT_BYTES``, each of whole lines."""
    start = before = 0
    with path.open("rb") as stream:
        while block := stream.read(SPLIT_BYTES):
            # The line that the block breaks off in is the last of its stretch.
            count, size = block.count(b"\n") + (not block.endswith(b"\n")), len(block)
            while not block.endswith(b"\n") and (block := stream.readline(_READ_BYTES)):
                size += len(block)
            yield Stretch(start=start, before=before, count=count)
            start, before = start + size, before + count


def _cut_groups(path: Path) -> Iterator[Stretch | None]:
    """Yield stretches of whole groups, of ``SPLIT_ROWS`` rows or more but for the last."""
    from cairn.documents.parquet import count_groups

    groups = count_groups(path)
    first = before = rows = 0
    for number, count in enumerate(groups):
        rows += count
        if rows >= SPLIT_ROWS or number == len(groups) - 1:
            yield Stretch(start=first, before=before, count=number + 1 - first)
            first, before, rows = number + 1, before + rows, 0
    if not groups:
        yield None
