"""``cairn incident``: the dossier of one attack."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from cairn.cli.ledger import LEDGER, LedgerOption, opened
from cairn.cli.lists import AsOfOption, OutputOption
from cairn.cli.shared import day, errors, join_told, open_output
from cairn.errors import InputError
from cairn.estimates import estimate_all, take_group_positions, take_positions
from cairn.exports import dossier, dossier_json, write_objects
from cairn.ledger import as_of, find_incident, most_told, read_around, read_incident
from cairn.pipeline import fit_around, hear


class Format(StrEnum):
    """How a dossier is printed."""

    TEXT = "text"
    JSON = "json"


def incident_command(
    name: Annotated[
        str | None, typer.Argument(help="Id of an incident; the one that most reports tell otherwise.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the dossier.")] = Format.TEXT,
    as_of_day: AsOfOption = None,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Print all that is told of one incident: who says what, what fits together, and every quote."""
    with ExitStack() as stack:
        into = stack.enter_context(opened(ledger))
        state = stack.enter_context(as_of(into, day(as_of_day, "--as-of"), join_told))
        found = find_incident(state, name) if name else most_told(state)
        if found is None:
            asked = f"no incident {name}; cairn incidents lists them" if name else "no incident yet"
            raise InputError(f"{ledger} holds {asked}")
        if name and found != name:
            errors.print(f"{name} was joined with {found}", style="yellow", markup=False)
        heard, decisions = read_incident(state, found)
        told = hear(heard, decisions)
        weighed = [*take_positions(told), *take_group_positions(told)]
        stands = [(stand, estimate_all(stand)) for stand in weighed]
        around = read_around(state, heard)
        fit = fit_around(found, told, around)
        stream = open_output(stack, output)
        if form is Format.JSON:
            write_objects([dossier_json(found, heard, stands, fit, around)], stream)
        else:
            Console(file=stream, highlight=False).print(dossier(found, heard, stands, fit, around))
