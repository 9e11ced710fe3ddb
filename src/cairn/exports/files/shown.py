"""Shown: what a returned table changes, for a person who is about to sign it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from cairn.exports.files.corrections import Change
from cairn.exports.table import clean, folding_table, printable


def changes_table(changes: Sequence[Change]) -> Table:
    """Return a table of changes: row and claim, slot, what was and what is to be."""
    table = folding_table("row", "claim", "slot", "was", "becomes", "why")
    for change in changes:
        table.add_row(
            Text(f"{change.row:,}"),
            Text(change.claim, "dim"),
            Text(change.slot or "the claim", "bold"),
            Text(printable(change.before), "red strike" if change.slot else ""),
            Text(printable(change.value), "green"),
            clean(change.why),
        )
    return table
