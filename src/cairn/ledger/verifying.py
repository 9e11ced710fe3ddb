"""Verify: is all that was ever recorded still there, as it was recorded, in that order?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cairn.ledger.difference import schema_differences
from cairn.ledger.seals import FIRST, seal_batch, seal_entry
from cairn.ledger.store import Ledger
from cairn.ledger.stream import Entry, redacted_digests, stream_batches

SHOWN = 100
"""Faults that are told; more of them say nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What ``verify`` found.

    Attributes:
        faults: one line each; empty when all is as it was recorded.
        batches: how many were looked at.
        entries: how many, by table.
        redacted: how many entries were changed by erasures on legal demand, as their tombstones say.
        head: the chain's last link. Noted elsewhere, it shows later that nothing was cut off the end.
    """

    faults: tuple[str, ...]
    batches: int
    entries: dict[str, int]
    redacted: int
    head: str


def verify(
    ledger: Ledger, expect: str | None = None, progress: Callable[[int], None] | None = None
) -> Verified:
    """Look at every row of evidence and at the schema.

    Args:
        ledger: open.
        expect: a head that was noted before; some batch must have ended in it.
        progress: called with the number of batches looked at.

    Returns:
        Every altered, removed, added or reordered row is named; where someone altered a row and made its
        digest anew, its batch is, and where the whole chain was made anew, only ``expect`` can tell.
    """
    faults: list[str] = []
    counts = Counter[str]()
    before, number, met = FIRST, 0, expect in (None, FIRST)
    with ledger.reading() as connection:
        faults.extend(schema_differences(connection))
        redacted = redacted_digests(connection)
        highest: dict[str, int] = {}
        for batch, entries in stream_batches(connection):
            for entry in entries:
                faults.extend(_check_entry(entry, redacted, highest))
                counts[entry.table.name] += 1
            if not batch:
                faults.extend(
                    f"{_name(entry)} says that it came in batch {entry.batch}, which is not there"
                    for entry in entries
                )
                continue
            expected, number = number + 1, int(batch[0] or 0)
            if number != expected:
                faults.append(f"batch {expected} is missing: {number} is the next")
            recorded_at, link = str(batch[1]), str(batch[3])
            digests = [str(entry.values[-1]) for entry in entries]
            if len(digests) != batch[2]:
                faults.append(f"batch {number} has {len(digests)} entries, not {batch[2]} as recorded")
            elif seal_batch(before, number, recorded_at, digests) != link:
                faults.append(
                    f"batch {number} of {recorded_at} is not what was sealed: an entry of it, its moment, or "
                    "a batch before it was changed"
                )
            before = link
            met = met or link == expect
            if progress:
                progress(number)
    if not met:
        faults.append("the head that was noted is nowhere in the chain: batches were cut off or made anew")
    return Verified(
        faults=tuple(faults[:SHOWN]),
        batches=number,
        entries=dict(counts),
        redacted=len(redacted),
        head=before,
    )


def _check_entry(
    entry: Entry, redacted: Mapping[tuple[str, int], str], highest: dict[str, int]
) -> Iterator[str]:
    """Yield what is wrong with one entry on its own."""
    table = entry.table.name
    expected = highest.get(table, 0) + 1
    if entry.number > expected:
        last = f" to {entry.number - 1}" if entry.number > expected + 1 else ""
        yield f"{table} {expected}{last} removed"
    highest[table] = entry.number
    sealed = redacted.get((table, entry.number), entry.values[-1])
    if seal_entry(table, entry.values[:-1], entry.parts) != sealed:
        yield f"{_name(entry)} was altered"


def _name(entry: Entry) -> str:
    id_ = entry.values[2] if "id" in entry.table.c else None
    return f"{entry.table.name} {entry.number}" + (f" ({id_})" if id_ else "")
