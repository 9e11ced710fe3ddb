"""``cairn claims``, ``cairn incidents``, ``cairn decisions``: what the ledger holds, as of any day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.table import Table

from cairn.cli.ledger import LEDGER, LedgerOption, opened
from cairn.cli.shared import day, end, errors, join_told, open_output, plural
from cairn.exports import (
    listed_claims_table,
    listed_decisions_table,
    listed_documents_table,
    listed_incidents_table,
    listed_json,
    write_objects,
    write_rows,
)
from cairn.ledger import (
    PUBLIC_DECIMALS,
    Asked,
    Row,
    State,
    as_of,
    count_claims,
    list_claims,
    list_conflicts,
    list_decisions,
    list_documents,
    list_incidents,
    show_public,
)
from cairn.records import Harm, Means

SCREENFUL = 50
"""Rows of a table that are printed unless the user asks for more; JSON and CSV are never cut."""


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the list.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="What was known by the end of a day (YYYY-MM-DD), in UTC.")
]
LimitOption = Annotated[
    int | None, typer.Option(min=1, help=f"Rows to print; {SCREENFUL} in a table, all otherwise.")
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", help="Name of a place, or a country's code such as SY.")
]
SinceOption = Annotated[str | None, typer.Option("--since", help="Harm on this day or later.")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Harm on this day or earlier.")]
HarmOption = Annotated[Harm | None, typer.Option("--harm", help="Kind of harm.")]
MeansOption = Annotated[Means | None, typer.Option("--means", help="By what it was done.")]
SpeakerOption = Annotated[str | None, typer.Option("--speaker", help="Part of the name of who says it.")]
PerpetratorOption = Annotated[
    str | None, typer.Option("--perpetrator", help="Part of the name of who is said to have done it.")
]
TextOption = Annotated[
    str | None, typer.Option("--text", help='Words that the report holds; "quoted ones" in their order.')
]
IncidentOption = Annotated[str | None, typer.Option("--incident", help="Id of the incident.")]
PublicOption = Annotated[
    bool, typer.Option("--public", help="Only public claims, without names, places coarsened.")
]
DecimalsOption = Annotated[
    int, typer.Option(min=0, max=5, help="With --public: places of a degree that are kept.")
]
DocumentOption = Annotated[str | None, typer.Option("--document", help="Name of the document.")]


def claims_command(
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
    public: PublicOption = False,
    decimals: DecimalsOption = PUBLIC_DECIMALS,
    as_of_day: AsOfOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """List the claims that stand, each with who says it and the words it stands on."""
    asked = Asked(
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
    )
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        stream = open_output(stack, output)
        rows = list_claims(state, asked, row_limit(limit, form))
        if public:
            rows = (show_public(row, decimals) for row in rows)
        if form is Format.TABLE:
            count = print_table(listed_claims_table, rows, stream)
            errors.print(how_many(count, count_claims(state, asked), "claim"), style="bold", markup=False)
        else:
            write_list(rows, form, stream)


def incidents_command(
    place: PlaceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    harm: HarmOption = None,
    means: MeansOption = None,
    speaker: SpeakerOption = None,
    perpetrator: PerpetratorOption = None,
    text: TextOption = None,
    as_of_day: AsOfOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """List incidents with the lowest and the highest figure that voices give now."""
    asked = Asked(
        place=place,
        since=day(since, "--since"),
        until=day(until, "--until"),
        harm=harm,
        means=means,
        speaker=speaker,
        perpetrator=perpetrator,
        words=text,
    )
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        stream = open_output(stack, output)
        rows = list_incidents(state, asked, limit)
        if form is Format.TABLE:
            count = print_table(listed_incidents_table, rows, stream)
            errors.print(plural(count, "incident"), style="bold", markup=False)
        else:
            write_list(rows, form, stream)


def decisions_command(
    orphaned: Annotated[
        bool, typer.Option("--orphaned", help="Only those whose claim no reading sees any more.")
    ] = False,
    as_of_day: AsOfOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """List what people decided, and which decisions contradict each other."""
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        stream = open_output(stack, output)
        rows = list_decisions(state, orphaned=orphaned)
        if form is Format.TABLE:
            count = print_table(listed_decisions_table, rows, stream)
            for reason in list_conflicts(state):
                errors.print(f"contradiction: {reason}", style="yellow", markup=False)
            errors.print(plural(count, "decision"), style="bold", markup=False)
        else:
            write_list(rows, form, stream)


def print_documents(
    ledger: str, asked: Asked, as_of_day: str | None, limit: int | None, form: Format, output: Path | None
) -> None:
    """Print the documents of the ledger."""
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        stream = open_output(stack, output)
        rows = list_documents(state, asked, row_limit(limit, form))
        if form is Format.TABLE:
            count = print_table(listed_documents_table, rows, stream)
            errors.print(plural(count, "document"), style="bold", markup=False)
        else:
            write_list(rows, form, stream)


def print_table(table: Callable[[Sequence[Row]], Table], rows: Iterable[Row], stream: TextIO) -> int:
    """Print rows for a person; return how many there were."""
    shown = list(rows)
    Console(file=stream, highlight=False).print(table(shown))
    return len(shown)


def write_list(rows: Iterable[Row], form: Format, stream: TextIO) -> None:
    """Write rows for a program, as they come."""
    try:
        if form is Format.JSON:
            write_objects(map(listed_json, rows), stream)
        else:
            write_rows(rows, stream)
    finally:
        end(rows)


@contextmanager
def opened_state(ledger: str, as_of_day: str | None) -> Iterator[State]:
    """Open the ledger at the end of a day, or as it stands."""
    with opened(ledger) as into, as_of(into, day(as_of_day, "--as-of"), join_told) as state:
        if state.behind > 0 and as_of_day is None:
            errors.print(
                f"{state.behind} batches are recorded but not in the lists yet; cairn rebuild takes them in",
                style="yellow",
                markup=False,
            )
        yield state


def row_limit(limit: int | None, form: Format) -> int | None:
    """Return how many rows are printed at most: a screenful of a table unless the user says."""
    return SCREENFUL if limit is None and form is Format.TABLE else limit


def how_many(shown: int, total: int, noun: str) -> str:
    """Return how many there are, and how to see the rest."""
    told = plural(total, noun) if total else f"no {noun} is asked for that stands"
    return told if shown == total else f"the first {shown} of {told}; --limit {total} shows all"
