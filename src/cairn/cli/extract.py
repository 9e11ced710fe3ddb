"""``cairn extract``: long runs over many reports, on every core or on Spark, into a folder of Parquet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
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
from cairn.cli.shared import (
    USER_ERROR,
    Engine,
    EngineOption,
    MasterOption,
    OutletOption,
    PublishedOption,
    building,
    check_engine,
    day,
    errors,
    plural,
    tell,
)
from cairn.engine import Given, Order, Part, Plan, begin, drop_others, extract, extract_on_spark, processors
from cairn.gazetteer import open_gazetteer
from cairn.installed import describe_run

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    parts: set[str] = field(default_factory=set)
    known: int = 0
    rows: Counter[str] = field(default_factory=Counter)

    def add(self, part: Part) -> None:
        """Count one part."""
        self.parts.add(part.name)
        self.known += part.known
        self.rows.update(part.rows)


def extract_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Reports: .txt .md .html .pdf .jsonl .jsonl.gz .csv .tsv .parquet .eml .mbox .warc .wet "
            "(also .gz), or folders of those.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder to keep what is read in; the same to go on.")],
    published: PublishedOption = None,
    outlet: OutletOption = None,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="Processes that read on this machine; one for each processor."),
    ] = None,
    engine: EngineOption = Engine.LOCAL,
    master: MasterOption = None,
) -> None:
    """Read very many reports into a folder of Parquet; run it again to go on where it was cut off.

    cairn load takes the folder into a ledger.
    """
    check_engine(engine, master)
    order = Order(
        folder=out,
        run=describe_run(),
        given=Given(published=day(published, "--published"), outlet=outlet),
        columns=choose_columns(columns, date_format),
    )
    tally = Tally()
    with begin(order, paths) as plan:
        open_gazetteer(progress=building)
        try:
            _run(_parts(order, plan, workers, master), len(plan.splits), tally)
        except KeyboardInterrupt:
            errors.print("interrupted; the same command goes on with what is left", style="yellow")
            raise typer.Exit(INTERRUPTED) from None
        drop_others(order, plan, tally.parts)
    _close(tally, plan, out)


def _parts(order: Order, plan: Plan, workers: int | None, master: str | None) -> Iterator[Part]:
    """Read what there is to read."""
    if master is None:
        return extract(order, plan, workers or processors())
    return extract_on_spark(order, plan, master)


def _run(parts: Iterator[Part], splits: int, tally: Tally) -> None:
    """Take what is read, showing how far it is."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("extracting"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[documents]:,} documents, {task.fields[claims]:,} claims"),
        console=errors,
        disable=not errors.is_terminal,
        transient=True,
    )
    begun: set[tuple[str, int]] = set()
    with bar:
        task = bar.add_task("extracting", total=splits, documents=0, claims=0)
        for part in parts:
            tally.add(part)
            begun.add((part.base, part.split))
            rows = tally.rows
            bar.update(task, completed=len(begun) - 1, documents=rows["documents"], claims=rows["claims"])


def _close(tally: Tally, plan: Plan, out: Path) -> None:
    tell([f"skipped: {each.reason}" for each in plan.skipped], "skipped", "yellow")
    rows = tally.rows
    found = f"{plural(rows['documents'], 'document')}, {plural(rows['claims'], 'claim')}"
    skipped = len(plan.skipped) + rows["skipped"]
    errors.print(
        f"{out} holds {found}, {plural(rows['events'], 'event')}; {skipped} skipped (see {out / 'skipped'}); "
        f"{tally.known} of {plural(len(tally.parts), 'part')} done before",
        style="bold",
        markup=False,
    )
    if not rows["documents"]:
        raise typer.Exit(USER_ERROR)
