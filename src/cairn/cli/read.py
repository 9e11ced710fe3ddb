"""``cairn read``: reports in, claims out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from cairn.claims import Extraction
from cairn.cli.importing import ColumnsOption, DateFormatOption, choose_columns
from cairn.cli.shared import (
    USER_ERROR,
    OutletOption,
    PublishedOption,
    WorkersOption,
    choose_reader,
    day,
    errors,
    loaded_tools,
    open_output,
    plural,
    tell,
)
from cairn.documents import count_inputs, load_documents
from cairn.errors import InputError
from cairn.exports import claims_table, events_table, plover_record, write_objects, write_page
from cairn.lexicon import load_lexicon
from cairn.pipeline import Reader, publish
from cairn.records import Document, Skipped

SCREENFUL = 8
"""Documents from which a progress bar is worth its line: about a second of reading."""


class Format(StrEnum):
    """How claims are printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"
    PLOVER = "plover"
    """Its events alone, as records of PLOVER."""


def read_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Reports: .txt .md .html .pdf .jsonl .jsonl.gz .csv .tsv .parquet .eml .mbox .warc .wet "
            "(also .gz), folders of those, or - for standard input."
        ),
    ] = None,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
    form: Annotated[Format, typer.Option("--format", help="How to print what was read.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Read the bundled sample reports.")] = False,
    workers: WorkersOption = None,
) -> None:
    """Read reports and print every claim of harm with who said it and the words it stands on."""
    chosen = list(paths or ())
    if sample:
        chosen.append(str(files("cairn") / "sample" / "aleppo.jsonl"))
    if not chosen:
        raise InputError("nothing to read; name a file, a folder, - for standard input, or --sample")
    published_on = day(published, "--published")
    table = choose_columns(columns, date_format)
    stdin = sys.stdin.buffer if "-" in chosen else None
    with ExitStack() as stack:
        stream = open_output(stack, output)
        aside = Aside(skipped=[], notes=[])
        quiet = output is None and form is Format.TABLE
        documents = load_documents(chosen, published=published_on, outlet=outlet, stdin=stdin, columns=table)
        reader = choose_reader(stack, workers, loaded_tools)
        read = _read(documents, count_inputs(chosen), reader, aside, quiet=quiet)
        count = _print(read, form, stream)
    _close(count, aside)


@dataclass(frozen=True, slots=True)
class Aside:
    """What is told when the claims are printed: what was skipped, and what was assumed in reading."""

    skipped: list[Skipped]
    notes: list[str]


def _read(
    documents: Iterator[Document | Skipped],
    total: int | None,
    reader: Reader,
    aside: Aside,
    *,
    quiet: bool,
) -> Iterator[tuple[Document, Extraction]]:
    """Yield documents with what was read in them; put aside what is told at the end; show the progress."""
    wanted = errors.is_terminal and not quiet and (total is None or total > SCREENFUL)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        console=errors,
        disable=not wanted,
        transient=True,
    )
    with bar:
        task = bar.add_task("reading", total=total)
        for result in reader(documents):
            bar.advance(task)
            if isinstance(result, Skipped):
                aside.skipped.append(result)
                continue
            document, extraction = result
            aside.skipped.extend(extraction.dropped)
            aside.notes.extend(f"{document.id}: {note}" for note in document.notes)
            yield document, extraction


def _print(read: Iterator[tuple[Document, Extraction]], form: Format, stream: TextIO) -> tuple[int, int]:
    """Print every document's claims; return how many documents and claims there were."""
    documents = claims = 0

    def counted() -> Iterator[tuple[Document, Extraction]]:
        nonlocal documents, claims
        for document, found in read:
            documents += 1
            claims += len(found.claims)
            yield document, found

    if form is Format.JSON:
        write_objects((publish(document, found) for document, found in counted()), stream)
    elif form is Format.PLOVER:
        lexicon, coder = load_lexicon(), f"cairn {version('cairn-ledger')}"
        records = (
            plover_record(document, event, lexicon, coder=coder)
            for document, found in counted()
            for event in found.events
        )
        write_objects(records, stream)
    elif form is Format.HTML:
        told = ((document, found.claims, found.framing, found.events) for document, found in counted())
        write_page(told, stream)
    else:
        console = Console(file=stream)
        for document, found in counted():
            console.print(claims_table(document, found.claims))
            if found.events:
                console.print(events_table(document, found.events))
    return documents, claims


def _close(count: tuple[int, int], aside: Aside) -> None:
    """Print the closing line, after what was assumed in reading and the reasons for what was left out."""
    documents, claims = count
    tell(aside.notes, "noted", "dim")
    tell([f"skipped: {item.reason}" for item in aside.skipped], "skipped", "yellow")
    line = f"{plural(documents, 'document')}, {plural(claims, 'claim')}, {len(aside.skipped)} skipped"
    errors.print(line, style="bold", markup=False)
    if not documents:
        raise typer.Exit(USER_ERROR)
