"""``cairn decide --from``: corrections that were made in a spreadsheet, shown before they are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console

from cairn.cli.ledger import opened
from cairn.cli.shared import USER_ERROR, errors, join_told, now, plural, tell
from cairn.corrections import Compared, compare_file, decisions_from
from cairn.exports import Refused, changes_table
from cairn.ledger import append_decisions, as_of, refresh


def decide_from(path: Path, *, ledger: str, who: str, why: str, partial: bool, yes: bool) -> None:
    """Record what was changed in an exported table of claims.

    Args:
        path: of the file.
        ledger: name of the ledger.
        who: signs.
        why: for rows that give no reason of their own.
        partial: record the rows that can be taken, though others cannot.
        yes: do not ask.
    """
    moment = now()
    with opened(ledger) as into:
        with as_of(into, None) as state:
            compared = compare_file(state, path)
            made, refused = decisions_from(into, state, compared, who=who, at=moment, why=why)
        every = [*compared.refused, *refused]
        _show(compared, every)
        if not made or (every and not partial):
            _end(compared, every, partial=partial)
            return
        if not yes:
            typer.confirm(f"Record {plural(len(made), 'decision')} by {who}?", abort=True)
        count = append_decisions(into, made, moment)
        refresh(into, join_told)
    errors.print(f"{plural(count, 'decision')} recorded", style="bold", markup=False)


def _show(compared: Compared, refused: Sequence[Refused]) -> None:
    if compared.changes:
        Console(highlight=False).print(changes_table(compared.changes))
    lines = [f"row {each.row}, column {each.column}: {each.reason}" for each in refused]
    tell(lines, "refused cells", "red")


def _end(compared: Compared, refused: Sequence[Refused], *, partial: bool) -> None:
    """Say why nothing is recorded; a refusal is an error."""
    if not refused:
        errors.print(f"nothing is changed in {plural(compared.rows, 'row')}", style="bold", markup=False)
        return
    rows = plural(len({each.row for each in refused}), "row")
    hint = "" if partial else "; --partial records the others"
    errors.print(f"nothing recorded: {rows} cannot be taken{hint}", style="bold red", markup=False)
    raise typer.Exit(USER_ERROR)
