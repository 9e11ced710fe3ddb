"""``cairn framing``: which outlet calls whom what."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cairn.cli.importing import ColumnsOption, DateFormatOption, choose_columns
from cairn.cli.shared import (
    USER_ERROR,
    OutletOption,
    PublishedOption,
    day,
    errors,
    loaded_tools,
    open_output,
    plural,
    tell,
)
from cairn.documents import load_documents
from cairn.exports import compare_outlets, framing_table, usage_json, write_objects, write_rows
from cairn.pipeline import read_documents
from cairn.records import Document, Framing, FramingKind, Skipped

SCREENFUL = 40
"""Rows of a table that are printed unless the user asks for more; JSON and CSV are never cut."""


class Format(StrEnum):
    """How usages are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def framing_command(
    paths: Annotated[list[str], typer.Argument(help="Reports, as for cairn read.")],
    published: PublishedOption = None,
    outlet: OutletOption = None,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
    kind: Annotated[FramingKind | None, typer.Option("--kind", help="Only one kind of wording.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"Rows to print; {SCREENFUL} in a table, all otherwise.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
) -> None:
    """Compare outlets: who calls whom what, in whose words, how often, with quotes."""
    published_on, table = day(published, "--published"), choose_columns(columns, date_format)
    stdin = sys.stdin.buffer if "-" in paths else None
    skipped: list[Skipped] = []
    with ExitStack() as stack:
        stream = open_output(stack, output)
        documents = load_documents(paths, published=published_on, outlet=outlet, stdin=stdin, columns=table)
        with errors.status("reading"):
            read = list(_read(documents, kind, skipped))
        usages = compare_outlets(read)
        shown = usages[: limit or (SCREENFUL if form is Format.TABLE else None)]
        if form is Format.TABLE:
            Console(file=stream, highlight=False).print(framing_table(shown))
        elif form is Format.JSON:
            write_objects(map(usage_json, shown), stream)
        else:
            write_rows(map(usage_json, shown), stream)
    tell([f"skipped: {each.reason}" for each in skipped], "skipped", "yellow")
    places = sum(usage.times for usage in usages)
    cut = f"; --limit {len(usages)} shows all" if len(shown) < len(usages) else ""
    line = f"{plural(places, 'loaded wording')} in {plural(len(read), 'report')}{cut}"
    errors.print(line, style="bold", markup=False)
    if not read:
        raise typer.Exit(USER_ERROR)


def _read(
    documents: Iterator[Document | Skipped], kind: FramingKind | None, skipped: list[Skipped]
) -> Iterator[tuple[Document, Sequence[Framing]]]:
    for result in read_documents(documents, loaded_tools()):
        if isinstance(result, Skipped):
            skipped.append(result)
        else:
            document, extraction = result
            yield document, [each for each in extraction.framing if kind in (None, each.kind)]
