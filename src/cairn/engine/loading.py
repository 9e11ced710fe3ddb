"""Load: what a long run has read, from its folder into a ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from cairn.engine.parts import list_parts, read_part, run_of
from cairn.ledger import Appended, Ledger, Read, append_readings
from cairn.records import Run, Skipped

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
    yield from append_readings(ledger, _read(folder, run, skipped), clock, size=TOGETHER)
    yield from skipped


def _read(folder: Path, run: Run, skipped: list[Skipped]) -> Iterator[Read]:
    for part in list_parts(folder):
        for each in read_part(folder, part):
            if isinstance(each, Skipped):
                skipped.append(each)
            else:
                document, found = each
                yield Read(document=document, claims=found.claims, events=found.events, run=run)
