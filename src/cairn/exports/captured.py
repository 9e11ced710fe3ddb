"""Captured: what a run brought home, as a table: what is new, what changed and how, what stayed as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from cairn.exports.archived import fit, published
from cairn.exports.table import printable
from cairn.exports.versions import FIGURES_SHOWN, figure_lines, summary
from cairn.records import Difference, Document, Outcome

_STYLES = {Outcome.NEW: "green", Outcome.CHANGED: "bold magenta"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article that was captured.

    Attributes:
        outcome: what capturing it came to.
        url: as it was asked for.
        document: as it stands now.
        difference: what parts it from the version before, where it changed.
    """

    outcome: Outcome
    url: str
    document: Document
    difference: Difference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedTable:
    """What Rich prints: one row an article."""

    rows: tuple[Row, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
        table.add_column("what", no_wrap=True)
        table.add_column("report", ratio=1, overflow="fold")
        table.add_column("published", max_width=22, overflow="fold")
        for row in self.rows:
            cells = (
                Text(row.outcome.value, style=_STYLES.get(row.outcome, "dim")),
                _report(row),
                published(row.document),
            )
            table.add_row(*(fit(cell, options) for cell in cells))
        yield table


def captured_table(rows: Sequence[Row]) -> CapturedTable:
    """Return a table of what was captured for ``rich.console.Console.print``."""
    return CapturedTable(rows=tuple(rows))


def _report(row: Row) -> Text:
    """Return title, outlet, address and changes under each other."""
    document = row.document
    lines = [
        Text(printable(document.title or document.id), style="bold"),
        Text(printable(document.outlet or "outlet not said"), style="cyan" if document.outlet else "italic"),
        Text(printable(row.url), style="dim"),
    ]
    if row.difference is not None:
        lines += _changes(row.difference)
    return Text("\n").join(line for line in lines if line)


def _changes(difference: Difference) -> list[Text]:
    """Return the figures that changed, each on its line; where none did, what else."""
    figures = figure_lines(difference)
    if not figures:
        return [Text(" · ".join(summary(difference)), style="magenta")]
    more = len(figures) - FIGURES_SHOWN
    return figures[:FIGURES_SHOWN] + ([Text(f"{more} more figures", style="magenta")] if more > 0 else [])
