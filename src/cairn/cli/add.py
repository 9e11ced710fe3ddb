"""``cairn add``: reports into the ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from cairn.cli.importing import ColumnsOption, DateFormatOption, choose_columns
from cairn.cli.ledger import LEDGER, LedgerOption, holds, opened
from cairn.cli.shared import (
    USER_ERROR,
    OutletOption,
    PublishedOption,
    WorkersOption,
    choose_reader,
    day,
    errors,
    join_told,
    loaded_tools,
    now,
    plural,
    tell,
)
from cairn.documents import count_inputs, load_documents, open_archive
from cairn.errors import InputError
from cairn.installed import GIVEN
from cairn.ledger import Ledger, Rebuilt, refresh
from cairn.pipeline import Reader, add_documents, read_kept
from cairn.records import Document, Run, Skipped


@dataclass(slots=True)
class Tally:
    """What adding came to."""

    documents: int = 0
    known: int = 0
    claims: int = 0
    events: int = 0
    new: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def add_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Reports, as for cairn read: files, folders, or - for standard input."),
    ] = None,
    ledger: LedgerOption = LEDGER,
    archive: Annotated[
        Path | None, typer.Option("--archive", help="Add every version in an archive of captures.")
    ] = None,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
    as_read: Annotated[
        bool,
        typer.Option(
            "--as-read",
            help="Keep the claims and events that JSON Lines carry, and do not read their texts again.",
        ),
    ] = False,
    workers: WorkersOption = None,
) -> None:
    """Read reports into the ledger: each is kept with its claims as soon as it is read."""
    chosen = list(paths or ())
    if not chosen and archive is None:
        raise InputError("nothing to add; name a file, a folder, - for standard input, or --archive")
    published_on, table = day(published, "--published"), choose_columns(columns, date_format)
    stdin = sys.stdin.buffer if "-" in chosen else None
    tally = Tally()
    with ExitStack() as stack:
        into = stack.enter_context(opened(ledger, create=True))
        run = GIVEN if as_read else None
        read = kept_reader(chosen) if as_read else choose_reader(stack, workers, loaded_tools)
        documents: Iterator[Document | Skipped]
        if chosen:
            documents = load_documents(
                chosen, published=published_on, outlet=outlet, stdin=stdin, columns=table
            )
            add_all(into, documents, read, count_inputs(chosen), tally, run)
        if archive is not None:
            kept = stack.enter_context(open_archive(archive, read_only=True))
            documents = (
                kept.document(each) for latest in kept.latest() for each in kept.versions(latest.url)
            )
            add_all(into, documents, read, None, tally, run)
        with errors.status("joining claims into incidents"):
            rebuilt = refresh(into, join_told)
    tell_added(tally, rebuilt, ledger)
    if not tally.documents:
        raise typer.Exit(USER_ERROR)


def add_all(
    ledger: Ledger,
    documents: Iterator[Document | Skipped],
    read: Reader,
    total: int | None,
    tally: Tally,
    run: Run | None,
) -> None:
    """Add documents, showing how far it is and counting in ``tally`` what was found."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("adding"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[claims]:,} claims"),
        console=errors,
        disable=not errors.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("adding", total=total, claims=0)
        for result in add_documents(ledger, documents, read, now, run):
            if isinstance(result, Skipped):
                tally.skipped.append(result)
                continue
            tally.documents += 1
            tally.known += result.known
            tally.claims += result.claims
            tally.events += result.events
            tally.new += result.new
            tally.skipped.extend(result.skipped)
            bar.update(task, advance=1, claims=tally.claims)


def kept_reader(paths: Sequence[str]) -> Reader:
    """Return what takes claims and events from the files that carry them."""
    from cairn.evaluation import load_gold

    if not paths or any(not path.lower().endswith(".jsonl") for path in paths):
        raise InputError("--as-read takes files of JSON Lines, as cairn read --format json writes them")
    reports = {id_: report for path in paths for id_, report in load_gold(Path(path)).items()}
    return partial(read_kept, reports=reports)


def tell_added(tally: Tally, rebuilt: Rebuilt, name: str) -> None:
    """Print what adding came to."""
    tell([f"skipped: {each.reason}" for each in tally.skipped], "skipped", "yellow")
    added = tally.documents - tally.known
    found = f"{plural(tally.claims, 'claim')} and {plural(tally.events, 'event')}"
    line = f"{plural(added, 'document')} added with {found}"
    if tally.known:
        line += f", {tally.known} known already"
    errors.print(f"{line}, {len(tally.skipped)} skipped", style="bold", markup=False)
    errors.print(f"{name} now holds {holds(rebuilt)}", markup=False)
