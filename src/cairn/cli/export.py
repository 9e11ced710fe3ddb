"""``cairn export``: what the ledger holds, in the formats of the tools that people already work in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated

import typer

from cairn.cli.ledger import LEDGER, LedgerOption
from cairn.cli.lists import (
    AsOfOption,
    DecimalsOption,
    DocumentOption,
    HarmOption,
    IncidentOption,
    MeansOption,
    OutputOption,
    PerpetratorOption,
    PlaceOption,
    PublicOption,
    SinceOption,
    SpeakerOption,
    TextOption,
    UntilOption,
    opened_state,
)
from cairn.cli.shared import day, errors, now, open_output
from cairn.errors import InputError
from cairn.exports import (
    CLAIMS,
    CROSSWALKS,
    ESTIMATES,
    IN_FILES,
    INCIDENTS,
    SEVERAL,
    FileFormat,
    Layout,
    write_file,
    write_text,
)
from cairn.ledger import PUBLIC_DECIMALS, Asked
from cairn.tables import Question, check_rows, describe, make_sheet


class Written(StrEnum):
    """Which table is written."""

    CLAIMS = "claims"
    INCIDENTS = "incidents"
    ESTIMATES = "estimates"


class Organisation(StrEnum):
    """Whose columns incidents are written in."""

    UCDP = "ucdp"
    ACLED = "acled"
    GTD = "gtd"
    AIRWARS = "airwars"


LAYOUTS = {Written.CLAIMS: CLAIMS, Written.INCIDENTS: INCIDENTS, Written.ESTIMATES: ESTIMATES}


def export_command(
    form: Annotated[FileFormat, typer.Argument(metavar="FORMAT", help=" · ".join(FileFormat))],
    tables: Annotated[
        list[Written] | None,
        typer.Argument(
            metavar="[TABLE]...",
            help="claims (unless another is named), incidents, estimates; several for xlsx and sqlite.",
        ),
    ] = None,
    place: PlaceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    harm: HarmOption = None,
    means: MeansOption = None,
    speaker: SpeakerOption = None,
    perpetrator: PerpetratorOption = None,
    text: TextOption = None,
    document: DocumentOption = None,
    incident: IncidentOption = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", help="Policy of an incident's figures (range unless another is named)."),
    ] = None,
    crosswalk: Annotated[
        Organisation | None,
        typer.Option("--as", help="Incidents in the columns of an organisation, by its policy."),
    ] = None,
    public: PublicOption = False,
    decimals: DecimalsOption = PUBLIC_DECIMALS,
    as_of_day: AsOfOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Claims or incidents at most.")] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, so that Excel sees UTF-8.")
    ] = False,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Write claims, incidents or estimates for a spreadsheet, a map, a database or another program."""
    if crosswalk is not None:
        layouts = [_crosswalk(form, tables, crosswalk, policy)]
    else:
        layouts = _chosen(form, tables or ([*Written] if form is FileFormat.SQLITE else [Written.CLAIMS]))
    if output is None and form in IN_FILES:
        raise InputError(f"{form.value} is written to a file; name it with --output")
    known_by = day(as_of_day, "--as-of")
    question = Question(
        asked=Asked(
            place=place,
            since=day(since, "--since"),
            until=day(until, "--until"),
            harm=harm,
            means=means,
            speaker=speaker,
            perpetrator=perpetrator,
            words=text,
            document=document,
            incident=incident,
            public=public,
        ),
        policy=crosswalk.value if crosswalk else policy,
        limit=limit,
        decimals=decimals,
    )
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        if form is FileFormat.XLSX:
            for layout in layouts:
                check_rows(state, layout, question)
        sheets = [make_sheet(state, layout, question) for layout in layouts]
        if output is None:
            count = write_text(form, sheets[0], open_output(stack, None), bom=bom)
        else:
            told = describe(state, layouts, question, made_at=now(), known_by=known_by)
            count = write_file(form, sheets, output, guide=told, bom=bom)
    rows = f"{count:,} {'row' if count == 1 else 'rows'}"
    errors.print(f"{rows} written" + (f" to {output}" if output else ""), style="bold", markup=False)


def _chosen(form: FileFormat, tables: Sequence[Written]) -> list[Layout]:
    """Return the layouts of the tables that are named, each once."""
    layouts = [LAYOUTS[each] for each in dict.fromkeys(tables)]
    if len(layouts) > 1 and form not in SEVERAL:
        raise InputError(f"{form.value} holds one table; name one, or write {' or '.join(sorted(SEVERAL))}")
    return layouts


def _crosswalk(
    form: FileFormat, tables: Sequence[Written] | None, named: Organisation, policy: str | None
) -> Layout:
    """Return the layout of an organisation, where what else was typed goes with it."""
    if tables and set(tables) != {Written.INCIDENTS}:
        raise InputError(f"--as {named.value} is about incidents; leave out {', '.join(tables)}")
    if policy not in (None, named.value):
        raise InputError(f"--as {named.value} goes by the policy {named.value}; leave out --policy {policy}")
    if form is FileFormat.HXL:
        raise InputError(f"hxl has tags of its own; write --as {named.value} as csv")
    return CROSSWALKS[named.value]
