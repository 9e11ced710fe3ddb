"""Load: what a long run has read, from its folder into a ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from cairn.claims import Extraction
from cairn.engine.parts import list_parts, read_part, run_of
from cairn.ledger import Appended, Ledger, Read, append_readings
from cairn.records import Document, Run, Skipped

TOGETHER = 100
"""Documents that are written to the ledger at one go."""


def load_extracted(
    ledger: Ledger, folder: Path, clock: Callable[[], dt.datetime]
) -> Iterator[Appended | Skipped]:
    """Put all that a long run has read into a ledger; yield what became of each document.

    What the ledger has already stays as it is, so that loading can be done again.

    Args:
        ledger: open.
        folder: that ``cairn extract`` wrote; what is finished of it counts, while the rest is being read.
        clock: gives the moment, in UTC.

    Raises:
        InputError: the folder is none of a long run, is damaged, or mixes what several set-ups have read.
    """
    run = run_of(folder)
    skipped: list[Skipped] = []
    reads = _reads(read_extracted(folder), run, skipped)
    yield from append_readings(ledger, reads, clock, size=TOGETHER)
    yield from skipped


def is_extracted(folder: Path) -> bool:
    """Say whether a folder is one that ``cairn extract`` wrote."""
    return (folder / "run.json").is_file() and (folder / "parts").is_dir()


def read_extracted(folder: Path) -> Iterator[tuple[Document, Extraction] | Skipped]:
    """Yield what a long run has read.

    Args:
        folder: that ``cairn extract`` wrote; what is finished of it counts.

    Raises:
        InputError: the folder is none of a long run, is damaged, or mixes what several set-ups have read.
    """
    run_of(folder)
    for part in list_parts(folder):
        yield from read_part(folder, part)


def _reads(
    results: Iterator[tuple[Document, Extraction] | Skipped], run: Run, skipped: list[Skipped]
) -> Iterator[Read]:
    for each in results:
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            document, found = each
            yield Read(document=document, claims=found.claims, events=found.events, run=run)
