"""Cairn turns news reports into a ledger of who was harmed, according to whom.

>>> import cairn
>>> claims = cairn.read("Two men were shot dead in Kano on Friday, police said.", "2026-03-01")
>>> ledger = cairn.open_ledger("cairn.db")
>>> killed = ledger.claims(harm="killed", place="SY").to_pandas()
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cairn.opened import OpenLedger
    from cairn.pipeline import Tools
    from cairn.records import Claim

__all__ = ["open_ledger", "read"]


def read(
    text: str, published: dt.date | str | None = None, *, outlet: str | None = None
) -> tuple[Claim, ...]:
    """Return the claims of one report.

    The first call loads the reading model, which takes a second, and may build the index of places.

    Args:
        text: of the report; every span of a claim indexes it.
        published: day on which it was printed, or its ISO 8601; without one no relative day is resolved.
        outlet: who printed it.

    Raises:
        InputError: the day is none, or a file that Cairn brings along is missing.
    """
    from cairn.opened import read_text

    return read_text(text, published, outlet, _tools())


def open_ledger(path: str | Path) -> OpenLedger:
    """Open a ledger for reading; close it, or use it in a ``with`` statement.

    Args:
        path: of a file, or ``postgresql://user@host:port/database``.

    Raises:
        LedgerError: there is none, or it cannot be opened.
    """
    from cairn.opened import open_for_reading

    return open_for_reading(path)


@cache
def _tools() -> Tools:
    from cairn.pipeline import open_tools

    return open_tools()
