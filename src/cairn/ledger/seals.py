"""Seals: digests of entries, and the chain that ties every batch to all before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import orjson

from cairn.ledger.rows import Value, Values

FIRST = "0" * 64
"""What the first batch is chained to."""


def seal_entry(table: str, values: Sequence[Value], parts: Sequence[Sequence[Values]]) -> str:
    """Return the SHA-256 of one entry with its parts, in hexadecimal.

    Args:
        table: its name.
        values: plain, in the order of the columns, from ``number`` to the one before ``digest``.
        parts: for each table of parts its rows, in order.
    """
    return hashlib.sha256(orjson.dumps([table, values, parts])).hexdigest()


def seal_batch(before: str, number: int, recorded_at: str, digests: Iterable[str]) -> str:
    """Return the link of the chain that seals one batch.

    Args:
        before: link of the batch before it; ``FIRST`` for the first.
        number: of the batch.
        recorded_at: as ``write_moment`` has it.
        digests: of its entries, table by table in the order of ``tables.ENTRIES``, by number.
    """
    chain = hashlib.sha256(f"{before}\n{number}\n{recorded_at}".encode())
    for digest in digests:
        chain.update(b"\n" + digest.encode())
    return chain.hexdigest()
