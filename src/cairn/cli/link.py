"""``cairn link``: which claims, of which reports, speak of the same attack."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from cairn.claims import Extraction
from cairn.cli.importing import ColumnsOption, DateFormatOption, choose_columns
from cairn.cli.shared import (
    USER_ERROR,
    Engine,
    EngineOption,
    MasterOption,
    OutletOption,
    PublishedOption,
    WorkersOption,
    check_engine,
    choose_hands,
    choose_reader,
    day,
    errors,
    loaded_tools,
    open_output,
    plural,
    tell,
)
from cairn.documents import load_documents
from cairn.engine import is_extracted, read_extracted
from cairn.exports import incidents_table, write_objects
from cairn.incidents import Linked, Told
from cairn.pipeline import link_reports, publish, read_given
from cairn.records import Document, Skipped

JSON_LINES = (".jsonl", ".jsonl.gz", ".ndjson")


class Format(StrEnum):
    """How incidents are printed."""

    TABLE = "table"
    JSON = "json"


def link_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Reports, as for cairn read; JSON Lines that carry claims, and folders of cairn extract, "
            "are linked as they are."
        ),
    ],
    published: PublishedOption = None,
    outlet: OutletOption = None,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say under each incident why its accounts are one.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="json: the reports with ids of incidents that all share.")
    ] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
    workers: WorkersOption = None,
    engine: EngineOption = Engine.LOCAL,
    master: MasterOption = None,
) -> None:
    """Link claims about the same attack across reports, and say why; needs no ledger."""
    published_on, table = day(published, "--published"), choose_columns(columns, date_format)
    check_engine(engine, master)
    skipped: list[Skipped] = []
    with ExitStack() as stack:
        stream = open_output(stack, output)
        tools = cache(loaded_tools)
        reader = cache(lambda: choose_reader(stack, workers, tools))
        reports: list[dict[str, Any]] = []
        told: list[Told] = []
        with errors.status("reading"):
            for path in paths:
                if _carries_claims(path):
                    found = read_given(Path(path), tools())
                elif is_extracted(Path(path)):
                    found = _take(read_extracted(Path(path)), skipped)
                else:
                    stdin = sys.stdin.buffer if path == "-" else None
                    documents = load_documents(
                        [path], published=published_on, outlet=outlet, stdin=stdin, columns=table
                    )
                    found = _take(reader()(documents), skipped)
                for report, each in found:
                    reports.append(report)
                    told.append(each)
        with errors.status(f"linking {plural(len(told), 'report')}"):
            linked = link_reports(told, hands=choose_hands(stack, engine, master))
        if form is Format.JSON:
            write_objects(_with_incidents(reports, told, linked), stream)
        else:
            shown = incidents_table(told_pairs(told), linked.incidents, why=why)
            Console(file=stream, highlight=False).print(shown)
    tell([f"skipped: {each.reason}" for each in skipped], "skipped", "yellow")
    several = sum(len(each.documents) > 1 for each in linked.incidents)
    line = f"{plural(len(linked.incidents), 'incident')}, {several} of them told by several reports"
    errors.print(line, style="bold", markup=False)
    if not told:
        raise typer.Exit(USER_ERROR)


def told_pairs(told: Sequence[Told]) -> list[tuple[Document, Sequence[Any]]]:
    """Return reports with their claims as exports take them."""
    return [(each.document, each.claims) for each in told]


def _take(
    results: Iterable[tuple[Document, Extraction] | Skipped], skipped: list[Skipped]
) -> Iterator[tuple[dict[str, Any], Told]]:
    """Yield reports as published and as they are linked; put what was skipped aside."""
    for result in results:
        if isinstance(result, Skipped):
            skipped.append(result)
        else:
            document, extraction = result
            skipped.extend(extraction.dropped)
            yield publish(document, extraction), Told(document=document, claims=extraction.claims)


def _carries_claims(path: str) -> bool:
    """Say whether a file is JSON Lines whose first report carries claims."""
    if not path.lower().endswith(JSON_LINES) or not Path(path).is_file():
        return False
    opening = gzip.open if path.lower().endswith(".gz") else open
    try:
        with opening(path, "rt", encoding="utf-8") as lines:
            first = next((line for line in lines if line.strip()), "")
        found = json.loads(first) if first else {}
    except (OSError, ValueError, EOFError):
        return False  # whoever reads it as reports says what is wrong with it
    return isinstance(found, dict) and isinstance(found.get("claims"), list)


def _with_incidents(
    reports: Sequence[dict[str, Any]], told: Sequence[Told], linked: Linked
) -> Iterator[dict[str, Any]]:
    """Yield the reports as they were, each claim with the incident that it is about, ``null`` for none."""
    for report, each in zip(reports, told, strict=True):
        claims = [
            {**given, "incident": linked.of.get(claim.id)}
            for given, claim in zip(report["claims"], each.claims, strict=True)
        ]
        yield {**report, "claims": claims}
